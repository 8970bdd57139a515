"""Which process holds a delivery, and whether it still lives: an operating-system lock per process.

A process id alone can come back for another program after a restart; a lock is released by the system
when its process ends, however it ends.
"""

from __future__ import annotations

import os
import re
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from studio.core.ids import new_id

if TYPE_CHECKING:
    from filelock import BaseFileLock

_NAME = re.compile(r"[0-9]+-[0-9a-z]{16}")


class Owners:
    """folder: where the locks lie (inside the workspace's cache)."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._guard = folder, threading.Lock()
        self._lock: BaseFileLock | None = None
        self._name = ""

    @property
    def me(self) -> str:
        """This process's name, "pid-random"; its lock is taken at the first call and kept until the end."""
        with self._guard:
            if not self._name:
                name = f"{os.getpid()}-{new_id()}"
                self._lock = self._file(name)
                self._lock.acquire(timeout=0)
                self._name = name
            return self._name

    def alive(self, name: str) -> bool:
        """True while the process of that name runs, this one included; False for anything unreadable."""
        if name == self._name and name:
            return True
        if not _NAME.fullmatch(name) or not self._path(name).exists():
            return False
        return not self._free(name)

    def release(self) -> None:
        """Gives this process's name up."""
        with self._guard:
            if self._lock is not None:
                self._lock.release()
                self._path(self._name).unlink(missing_ok=True)
            self._lock, self._name = None, ""

    def _free(self, name: str) -> bool:
        from filelock import Timeout

        lock = self._file(name)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return False
        lock.release()
        self._path(name).unlink(missing_ok=True)
        return True

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.lock"

    def _file(self, name: str) -> BaseFileLock:
        from filelock import FileLock

        self._folder.mkdir(parents=True, exist_ok=True)
        return FileLock(self._path(name))
