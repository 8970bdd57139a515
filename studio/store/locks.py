"""Locks between processes: one window per workspace, one migration at a time. The system frees them at death."""

from __future__ import annotations

import contextlib
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from studio.core.errors import WorkspaceProblem
from studio.core.finding import Value, error
from studio.store import problems

if TYPE_CHECKING:
    from filelock import FileLock

MIGRATION_WAIT = 120.0  # seconds; a migration of a large workspace with its backup


@contextmanager
def exclusive(folder: Path) -> Iterator[None]:
    """Held while the database is made, migrated or restored. WorkspaceProblem("workspace.locked") after two minutes."""
    from filelock import FileLock, Timeout

    lock = FileLock(str(folder / ".migrate.lock"), timeout=MIGRATION_WAIT)
    try:
        lock.acquire()
    except Timeout as fault:
        raise WorkspaceProblem(error("workspace.locked", "workspace", folder=str(folder))) from fault
    except OSError as fault:
        raise problems.of_disk(fault, folder) from fault
    try:
        yield
    finally:
        lock.release()


@contextmanager
def turn(folder: Path, name: str, wait: float) -> Iterator[bool]:
    """Held by one caller at a time, over threads and processes; False when it was not to be had in `wait` seconds.

    name   becomes a file's name below `folder`. WorkspaceProblem where no lock can be made.
    """
    from filelock import FileLock, Timeout

    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(str(folder / f"{name}.lock"), timeout=wait)  # a new one each time: threads wait as well
        lock.acquire()
    except Timeout:
        yield False
        return
    except OSError as fault:
        raise problems.of_disk(fault, folder) from fault
    try:
        yield True
    finally:
        lock.release()


class WindowLock:
    """Held by the one window that may edit. A context manager; released by `release` or when the process dies."""

    def __init__(self, lock: FileLock, info: Path) -> None:
        self._lock, self._info = lock, info

    @classmethod
    def take(cls, folder: Path) -> WindowLock | None:
        """The lock, or None when another window holds it. WorkspaceProblem where no lock can be made."""
        from filelock import FileLock, Timeout

        lock = FileLock(str(folder / ".window.lock"), timeout=0)
        try:
            lock.acquire()
        except Timeout:
            return None
        except OSError as fault:
            raise problems.of_disk(fault, folder) from fault
        info = folder / ".window.json"
        with contextlib.suppress(OSError):  # it only serves a message; the lock itself is what counts
            info.write_text(json.dumps({"pid": os.getpid(), "host": socket.gethostname()}), encoding="utf-8")
        return cls(lock, info)

    @property
    def held(self) -> bool:
        return self._lock.is_locked

    def release(self) -> None:
        """Safe to call twice."""
        if self.held:
            with contextlib.suppress(OSError):
                self._info.unlink(missing_ok=True)
            self._lock.release()

    def __enter__(self) -> WindowLock:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def holder(folder: Path) -> dict[str, Value]:
    """{"pid", "host"} of the window that has the workspace, as far as known, for a message."""
    try:
        known = json.loads((folder / ".window.json").read_text(encoding="utf-8"))
        return {"pid": int(known["pid"]), "host": str(known["host"])}
    except (OSError, ValueError, KeyError, TypeError):
        return {"pid": 0, "host": ""}
