"""Getting at a workspace's database: looking before touching, choosing how it may be opened."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from studio.core.finding import Finding, warning
from studio.store import problems
from studio.store.database import connect, file_uri

NAME = "studio.db"
# File systems on which processes of two computers would each keep their own idea of the WAL's shared memory.
_NETWORK = frozenset({
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "ceph", "glusterfs", "lustre", "fuse.sshfs", "fuse.rclone",
})


@dataclass(frozen=True, slots=True)
class Look:
    """What a database file is, found out without changing a byte of the folder.

    tables     how many it has
    revision   the revision it is at, None when it is no database of ours
    """

    tables: int
    revision: str | None


@contextlib.contextmanager
def untouched(path: Path) -> Iterator[str]:
    """A target to read the database from that changes nothing beside it, its WAL included if there is one."""
    wal, shared = (path.with_name(path.name + end) for end in ("-wal", "-shm"))
    if not wal.exists() or wal.stat().st_size == 0:
        yield file_uri(path, "mode=ro&immutable=1")
    elif shared.exists():
        yield file_uri(path, "mode=ro&readonly_shm=1")
    else:
        import shutil
        import tempfile

        with tempfile.TemporaryDirectory(prefix="yigao-", ignore_cleanup_errors=True) as folder:
            copy = Path(folder) / path.name
            shutil.copyfile(path, copy)
            shutil.copyfile(wal, copy.with_name(wal.name))
            yield str(copy)


def look(path: Path) -> Look:
    """Reads the revision. sqlite3.Error when the file cannot be read as a database."""
    with untouched(path) as target, contextlib.closing(connect(target)) as connection:
        tables: int = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if known else None
    return Look(tables, row[0] if row else None)


def look_or_problem(folder: Path) -> Look:
    """The same with WorkspaceProblem for what a person can act on."""
    try:
        return look(folder / NAME)
    except sqlite3.Error as fault:
        raise problems.of_database(fault, folder) or problems.corrupt(folder) from fault


def why_not_writable(folder: Path) -> Finding | None:
    """Why the workspace can only be read, found without writing; None when it can be written."""
    if _writable(folder) and _opens_for_writing(folder / NAME):
        return None
    return warning("workspace.read_only", "workspace", folder=str(folder))


def _writable(folder: Path) -> bool:
    if sys.platform == "win32":
        return _holds_a_file(folder)  # os.access knows nothing of Windows' permissions on folders
    return os.access(folder, os.W_OK | os.X_OK)


def _holds_a_file(folder: Path) -> bool:
    import tempfile

    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _opens_for_writing(path: Path) -> bool:
    try:
        os.close(os.open(path, os.O_RDWR))
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


def prepare_journal(path: Path) -> str:
    """Sets the journal mode: WAL, or a plain rollback journal where WAL cannot work. Returns the mode in force."""
    with contextlib.closing(connect(str(path))) as connection:
        if on_network(path):
            return _journal(connection, "DELETE")
        try:
            mode = _journal(connection, "WAL")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.OperationalError as fault:
            if problems.code_of(fault) == "workspace.full":
                raise
            mode = "broken"
    return mode if mode == "wal" else _without_wal(path)


def _without_wal(path: Path) -> str:
    # A connection in exclusive mode needs no shared memory, so it can take even a WAL database back.
    with contextlib.closing(connect(str(path))) as connection:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        return _journal(connection, "DELETE")


def _journal(connection: sqlite3.Connection, mode: str) -> str:
    return str(connection.execute(f"PRAGMA journal_mode={mode}").fetchone()[0])


def on_network(path: Path) -> bool:
    """True when the file lies on a drive shared over a network, as far as the system says."""
    if sys.platform == "win32":
        import ctypes

        drive = path.absolute().drive
        return drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(drive + "\\") == 4  # DRIVE_REMOTE
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return kind_of_mount(mounts, path.absolute().as_posix()) in _NETWORK


def kind_of_mount(mounts: str, path: str) -> str:
    """File-system type of the mount that holds `path`, from the text of /proc/self/mounts."""
    best, kind = "", ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        point = fields[1].replace("\\040", " ").rstrip("/")
        if len(point) >= len(best) and (path == point or path.startswith(point + "/")):
            best, kind = point, fields[2]
    return kind
