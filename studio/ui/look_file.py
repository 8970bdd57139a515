"""What the window must know before the workspace is open: language, theme, where it stood. A small file in the cache.

It may be deleted at any time; then the window starts as it would on a new machine and asks the workspace afterwards.
"""

from __future__ import annotations

import json
import os
from pathlib import Path


class LookFile:
    """The `SettingsStore` of the window itself. Never fails: view state is no one's work."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept: dict[str, object] = self._read()

    def get(self, key: str, default: object) -> object:
        return self._kept.get(key, default)

    def set(self, key: str, value: object) -> None:
        """Keeps it, on disk too where that is possible."""
        if self._kept.get(key) == value:
            return
        self._kept[key] = value
        part = self._path.with_name(f"{self._path.name}.{os.getpid()}.part")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(self._kept), encoding="utf-8")
            os.replace(part, self._path)
        except OSError:
            return

    def _read(self) -> dict[str, object]:
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return kept if isinstance(kept, dict) else {}
