"""Who else has this workspace open: windows and workers, by locks that the system frees when a process ends."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from studio.store.owner import Owners

Part = Literal["window", "worker"]


class Presence:
    """This process's own mark, and a look at the others'. `cache`: the workspace's cache folder."""

    def __init__(self, cache: Path, part: Part) -> None:
        self._cache = cache / "present"
        self._mine = Owners(self._cache / part)
        self._name = self._mine.me

    def others(self, part: Part) -> int:
        """How many other processes have the workspace open that way now."""
        folder = self._cache / part
        names = [path.stem for path in folder.glob("*.lock")]
        look = Owners(folder)
        return sum(1 for name in names if name != self._name and look.alive(name))

    def close(self) -> None:
        """Takes the mark away."""
        self._mine.release()


def marked(cache: Path, part: Part) -> bool:
    """Whether a mark of that kind lies there. Quick: who left it may be gone."""
    return any((cache / "present" / part).glob("*.lock"))
