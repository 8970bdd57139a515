"""The file that is being written: beside its target under a name of its own, in its place once it is whole.

While it is written it is locked; the lock goes with the process, however that ends. So whatever of these lies about
without a lock is of a studio that was killed, and is swept away the next time something is exported there.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from studio.core.ids import new_id

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_OURS = re.compile(r".+\.([0-9a-hjkmnp-tv-z]{16})\.export\.part")


@contextmanager
def part(target: Path, *, folder: bool = False) -> Iterator[Path]:
    """Where to write; becomes `target` when the block ends well, and is gone when it does not.

    folder  a folder of files instead of one. OSError when it cannot be made or put in its place.
    """
    path = target.with_name(f"{target.name}.{new_id()}.export.part")
    path.mkdir() if folder else path.touch()
    try:
        with _held(path):
            yield path
            if sys.platform != "win32":
                _replace(path, target)
        if sys.platform == "win32":  # what is open cannot be renamed there
            _replace(path, target)
    finally:
        _remove(path)


def _replace(path: Path, target: Path) -> None:
    if path.is_dir() and target.is_dir():
        old = target.with_name(f"{target.name}.{new_id()}.export.part")
        target.rename(old)
        path.rename(target)
        _remove(old)
    else:
        os.replace(path, target)


def is_full(fault: BaseException) -> bool:
    """Whether this is a disk that takes no more."""
    return isinstance(fault, OSError) and fault.errno in FULL


def sweep(folder: Path) -> tuple[Path, ...]:
    """Removes what exports that were killed left in `folder`; what is being written stays. Gives what was removed."""
    gone = []
    with contextlib.suppress(OSError):
        for path in sorted(folder.iterdir()):
            if _OURS.fullmatch(path.name) and not _busy(path):
                _remove(path)
                gone.append(path)
    return tuple(path for path in gone if not path.exists())


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


if sys.platform == "win32":  # an open file cannot be removed there: no lock is needed

    @contextmanager
    def _held(path: Path) -> Iterator[None]:
        if path.is_dir():
            with (path / ".busy").open("wb"):
                yield
            (path / ".busy").unlink(missing_ok=True)
        else:
            yield

    def _busy(path: Path) -> bool:
        return False

else:
    import fcntl

    @contextmanager
    def _held(path: Path) -> Iterator[None]:
        handle = os.open(path, os.O_RDONLY)
        try:
            with contextlib.suppress(OSError):  # a file system without locks
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        finally:
            os.close(handle)

    def _busy(path: Path) -> bool:
        try:
            handle = os.open(path, os.O_RDONLY)
        except OSError:
            return True
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return False
        except OSError:
            return True
        finally:
            os.close(handle)
