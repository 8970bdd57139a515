"""A file that is there whole or not at all, whatever happens while it is written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from studio.core.ids import new_id


@contextmanager
def whole(target: Path) -> Iterator[BinaryIO]:
    """Open for writing beside `target`; in its place once the block ended well, gone when it did not."""
    part = target.with_name(f"{target.name}.{new_id()}.part")
    try:
        with part.open("wb") as file:
            yield file
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
