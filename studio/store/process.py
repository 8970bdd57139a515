"""Unfinished files carry the mark of the process that writes them; those of dead processes are swept."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import socket
import sys
import time
from collections.abc import Iterable
from pathlib import Path

_HOST = hashlib.sha256(socket.gethostname().encode("utf-8", "replace")).hexdigest()[:8]
_MARK = re.compile(r"\.?(?P<host>[0-9a-f]{8})-(?P<pid>\d+)-", re.ASCII)
FOREIGN_AGE = 7 * 24 * 3600.0  # seconds; what another computer left cannot be asked whether it is alive


def mark() -> str:
    """What the name of an unfinished file begins with: this computer and this process."""
    return f"{_HOST}-{os.getpid()}-"


def sweep(paths: Iterable[Path]) -> int:
    """Removes those of these files and folders that a dead process left; returns how many."""
    stale = [path for path in paths if _is_stale(path)]
    for path in stale:
        if path.is_dir():
            import shutil

            shutil.rmtree(path, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
    return len(stale)


def _is_stale(path: Path) -> bool:
    name = _MARK.match(path.name)
    if name is None:
        return False
    if name["host"] == _HOST:
        return not alive(int(name["pid"]))
    try:
        return time.time() - path.stat().st_mtime > FOREIGN_AGE
    except FileNotFoundError:
        return False


def alive(pid: int) -> bool:
    """True while a process of that number runs, whoever owns it."""
    if pid <= 0:
        return False
    if sys.platform == "win32":
        return _alive_on_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return pid < 2**31
    return True


def _alive_on_windows(pid: int) -> bool:
    # os.kill(pid, 0) would end the process there. Windows API OpenProcess/GetExitCodeProcess; STILL_ACTIVE is 259.
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    handle = kernel.OpenProcess(0x1000, False, pid)  # PROCESS_QUERY_LIMITED_INFORMATION
    if not handle:
        return False
    code = ctypes.c_ulong()
    kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    return code.value == 259
