"""Copies of the workspace: daily, before each migration, and when asked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.services.settings import Settings
    from studio.store.restore import Restored
    from studio.store.workspace import Workspace


class Backups:
    def __init__(self, workspace: Workspace, settings: Settings) -> None:
        self._workspace, self._settings = workspace, settings

    def make(self, out: Path | None = None) -> Path:
        """A whole copy, media included, as one file; `out` or a dated name in the workspace's backups."""
        return self._workspace.backups.make(out)

    def daily(self) -> Path | None:
        """Today's copy of the database when there is none yet; older ones than the setting says are removed."""
        if self._workspace.read_only:
            return None
        return self._workspace.backups.daily(int(self._settings.get("backups")))


def restore(file: Path, folder: Path) -> Restored:
    """Puts a backup back into `folder`; what was there is kept beside it first, and the answer says where."""
    from studio.store.backups import Backups as Store

    return Store.restore(file, folder)
