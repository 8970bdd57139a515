"""The engine, and the two ways to use it: `read()` and `write()`. Turns the driver's errors into known problems."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from studio.core.errors import WorkspaceProblem
from studio.core.finding import Finding
from studio.store import problems

BUSY_MS = 10_000
_TURN = 0x7969676130  # any number, the same for every writer of one database


def file_uri(path: Path, options: str) -> str:
    """An SQLite URI; any character of the path is safe."""
    plain = path.absolute().as_posix()
    return f"file://{'' if plain.startswith('/') else '/'}{quote(plain)}?{options}"


def connect(target: str) -> sqlite3.Connection:
    """A connection to a path or "file:" URI, without implicit transactions, usable from any thread."""
    return sqlite3.connect(
        target, uri=target.startswith("file:"), timeout=BUSY_MS / 1000, isolation_level=None, check_same_thread=False
    )


def _sqlite_engine(target: str) -> Engine:
    def opened() -> sqlite3.Connection:
        connection = connect(target)
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA synchronous=FULL")  # a commit that returned survives a power cut
        connection.execute("PRAGMA fullfsync=ON")  # macOS: through the drive's own cache; elsewhere it does nothing
        return connection

    engine = create_engine("sqlite://", creator=opened, poolclass=QueuePool, pool_size=8, max_overflow=-1)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A write takes its lock at once: it waits its turn instead of failing half-way.
        options = connection.get_execution_options()
        if options.get("immediate"):
            # NORMAL: nothing is lost when a process dies; a power cut may take the last moves, never their order.
            connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if options.get('synced', True) else 'NORMAL'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("immediate") else "BEGIN")

    return engine


def _server_engine(url: str) -> Engine:
    # The same promises on a server: a reading is one view of everything, writers take turns.
    engine = create_engine(url, pool_pre_ping=True, isolation_level="REPEATABLE READ")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("immediate"):
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_TURN})")
            if not connection.get_execution_options().get("synced", True):
                connection.exec_driver_sql("SET LOCAL synchronous_commit = off")

    return engine


class Database:
    """target   an SQLite path or "file:" URI, or any other SQLAlchemy URL when `server` is True

    read_only   the finding that says why nothing may be written, or None
    """

    def __init__(
        self, target: str, folder: Path, *, server: bool = False, read_only: Finding | None = None
    ) -> None:
        self.folder, self.read_only = folder, read_only
        self.engine = _server_engine(target) if server else _sqlite_engine(target)
        self._writing = self.engine.execution_options(immediate=True)
        self._quickly = self.engine.execution_options(immediate=True, synced=False)
        # Threads of one process take turns here: SQLite's own waiting sleeps, and wakes too late.
        self._turn = threading.RLock()

    @property
    def dialect(self) -> str:
        """"sqlite" or "postgresql"."""
        return self.engine.dialect.name

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view of everything, however others write meanwhile."""
        with self._known(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self, *, synced: bool = True) -> Iterator[Connection]:
        """All of it is committed, and on disk, when the block ends; nothing of it when it raises.

        synced   False for what may be done once more after a power cut: the disk is not waited for. Everything
                 before it is on disk as soon as one synced write is

        WorkspaceProblem: read-only, full, locked by another for 10 s, corrupt.
        """
        if self.read_only is not None:
            raise WorkspaceProblem(self.read_only)
        writing = self._writing if synced else self._quickly
        with self._known(), self._turn, writing.begin() as connection:
            yield connection

    @contextmanager
    def _known(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as fault:
            problem = problems.of_database(fault.orig, self.folder)
            if problem is None:
                raise
            raise problem from fault

    def close(self) -> None:
        """Closes every pooled connection; the last one out folds the WAL into the database."""
        self.engine.dispose()
