"""Whether a process of this computer is still there."""

from __future__ import annotations

import os
import sys


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
