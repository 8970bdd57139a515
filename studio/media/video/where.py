"""Where the file of a source lies: handed to the engine by whoever knows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from studio.core.timeline import Source

# Refused with video.source_missing when the file is gone.
Where = Callable[[Source], Path]
