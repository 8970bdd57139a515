"""What a fault of the database or the disk means to a person."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

from studio.core.errors import WorkspaceProblem
from studio.core.finding import error

# Primary result codes, https://www.sqlite.org/rescode.html, read 2026-11.
_CODES = {
    sqlite3.SQLITE_FULL: "workspace.full",
    sqlite3.SQLITE_READONLY: "workspace.read_only",
    sqlite3.SQLITE_BUSY: "workspace.locked",
    sqlite3.SQLITE_LOCKED: "workspace.locked",
    sqlite3.SQLITE_CORRUPT: "workspace.corrupt",
    sqlite3.SQLITE_NOTADB: "workspace.corrupt",
    sqlite3.SQLITE_IOERR: "workspace.unreachable",
    sqlite3.SQLITE_CANTOPEN: "workspace.unreachable",
}
# A quota or a limit on file size shows as a failed write, not as SQLITE_FULL.
_WRITES = frozenset({sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE})
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


def newest_backup(folder: Path) -> str:
    """Name of the newest backup of a workspace, or ""."""
    files = [p for p in (folder / "backups").glob("*.zip") if p.is_file()]
    return max(files, key=lambda p: p.stat().st_mtime).name if files else ""


def corrupt(folder: Path) -> WorkspaceProblem:
    """A damaged database; names the newest backup when there is one."""
    backup = newest_backup(folder)
    code = "workspace.corrupt" if backup else "workspace.corrupt_no_backup"
    return WorkspaceProblem(error(code, "workspace", folder=str(folder), backup=backup))


def code_of(fault: BaseException | None) -> str | None:
    """The finding code for a fault of SQLite, or None when it is no fault of the workspace."""
    number = getattr(fault, "sqlite_errorcode", None)
    if number is None:
        # "file is not a database" comes without a number from the module's own checks.
        return "workspace.corrupt" if type(fault) is sqlite3.DatabaseError else None
    return "workspace.full" if number in _WRITES else _CODES.get(number & 0xFF)


def of_database(fault: BaseException | None, folder: Path) -> WorkspaceProblem | None:
    """The problem a person can act on, or None."""
    code = code_of(fault)
    if code == "workspace.corrupt":
        return corrupt(folder)
    return WorkspaceProblem(error(code, "workspace", folder=str(folder))) if code else None


def of_disk(fault: OSError, folder: Path) -> WorkspaceProblem:
    """What a failed write into the workspace means."""
    code = "unreachable"
    if fault.errno in _FULL:
        code = "full"
    elif fault.errno in _READ_ONLY:
        code = "read_only"
    return WorkspaceProblem(error(f"workspace.{code}", "workspace", folder=str(folder)))
