"""A workspace: a folder with everything in it, opened."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from studio.core.errors import WorkspaceProblem
from studio.core.finding import Finding, error
from studio.store import migrate, opening, problems
from studio.store.accounts import AccountStore
from studio.store.assets import AssetStore
from studio.store.backups import Backups
from studio.store.database import Database, file_uri
from studio.store.deliveries import DeliveryStore
from studio.store.files import FileStore
from studio.store.holds import HoldStore
from studio.store.journal import Journal
from studio.store.locks import WindowLock, exclusive, holder
from studio.store.migrate import Schema
from studio.store.posts import PostStore
from studio.store.process import sweep
from studio.store.settings import SettingStore

if TYPE_CHECKING:
    from types import TracebackType

    from studio.store.remarks import RemarkStore
    from studio.store.videos import VideoStore

NAME = opening.NAME


class Workspace:
    """Everything a folder keeps. Safe to use from many threads, and by many processes at once.

    read_only   nothing can be written; `why` says so as a finding
    """

    def __init__(self, folder: Path, database: Database, cleanup: contextlib.ExitStack) -> None:
        self.folder, self.database, self._cleanup = folder, database, cleanup
        self._window: WindowLock | None = None
        self.cache = folder / "cache"
        self.posts = PostStore(database)
        self.assets = AssetStore(database)
        self.accounts = AccountStore(database)
        self.deliveries = DeliveryStore(database)
        self.journal = Journal(database)
        self.holds = HoldStore(database)
        self.settings = SettingStore(database)
        self.files = FileStore(folder / "media")
        self.backups = Backups(folder, database)

    @cached_property
    def videos(self) -> VideoStore:
        """Video projects; loaded with the first question."""
        from studio.store.videos import VideoStore

        return VideoStore(self.database)

    @cached_property
    def remarks(self) -> RemarkStore:
        """What clients said about previews; loaded with the first question."""
        from studio.store.remarks import RemarkStore

        return RemarkStore(self.database)

    @property
    def why(self) -> Finding | None:
        """Why it is read-only, or None."""
        return self.database.read_only

    @property
    def read_only(self) -> bool:
        return self.why is not None

    @classmethod
    def open(
        cls, folder: Path, *, read_only: bool = False, url: str | None = None, schema: Schema | None = None
    ) -> Workspace:
        """Opens it; makes it on first use; brings an older one up to date, with a backup before.

        url     a database on a server instead of the folder's own (an SQLAlchemy URL of PostgreSQL); the files stay
        schema  the revisions known, for tests
        WorkspaceProblem: workspace.newer (nothing is touched), .corrupt (nothing is touched), .older (to be upgraded
        and cannot be written), .full, .missing, .not_a_folder, .locked. One that cannot be written opens read-only
        by itself.
        """
        schema = schema or Schema()
        folder = folder.absolute()
        _make_folder(folder, make=not read_only)
        with contextlib.ExitStack() as cleanup:
            database = _server(folder, url, schema) if url else _own(folder, read_only, schema, cleanup)
            cleanup.callback(database.close)
            workspace = cls(folder, database, cleanup.pop_all())
        if not workspace.read_only:
            workspace.sweep()
        return workspace

    def sweep(self) -> int:
        """Removes what processes that died left unfinished; returns how many files and folders."""
        mine = sweep(self.folder.glob(".*-restore-*"))
        return mine + self.files.sweep() + self.backups.sweep()

    def take_window(self) -> WindowLock | None:
        """The right to edit here. None: another window has it, and this workspace is read-only from now on."""
        if self.read_only or self._window is not None:
            return self._window
        self._window = WindowLock.take(self.folder)
        if self._window is None:
            values = holder(self.folder)
            self.database.read_only = Finding(
                "workspace.in_use", "warning", "workspace", {"folder": str(self.folder), **values}
            )
        return self._window

    def check(self) -> tuple[Finding, ...]:
        """Reads the whole database: what is damaged in it, or nothing."""
        if self.database.dialect != "sqlite":
            return ()
        try:
            with self.database.read() as connection:
                lines = connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars().all()
                orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        except WorkspaceProblem as found:
            return found.findings
        whole = list(lines) == ["ok"] and not orphans
        return () if whole else problems.corrupt(self.folder).findings

    def close(self) -> None:
        """Safe to call twice."""
        if self._window is not None:
            self._window.release()
        self._cleanup.close()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _make_folder(folder: Path, *, make: bool) -> None:
    try:
        if make:
            folder.mkdir(parents=True, exist_ok=True)
        if not folder.is_dir():
            raise WorkspaceProblem(error("workspace.missing", "workspace", folder=str(folder)))
    except (FileExistsError, NotADirectoryError) as fault:
        raise WorkspaceProblem(error("workspace.not_a_folder", "workspace", folder=str(folder))) from fault
    except OSError as fault:
        raise problems.of_disk(fault, folder) from fault


def _own(folder: Path, read_only: bool, schema: Schema, cleanup: contextlib.ExitStack) -> Database:
    """The SQLite database in the folder."""
    why = Finding("workspace.asked_read_only", "info", "workspace") if read_only else opening.why_not_writable(folder)
    path = folder / NAME
    if why is None:
        try:
            _make_current(folder, schema)
            return _live(path, folder)
        except WorkspaceProblem as found:
            if found.findings[0].code not in ("workspace.full", "workspace.read_only") or not _is_current(path, schema):
                raise
            why = found.findings[0]
    if not path.exists():
        raise WorkspaceProblem(why if not read_only else error("workspace.missing", "workspace", folder=str(folder)))
    _refuse_others(folder, opening.look_or_problem(folder), schema, writable=False)
    return Database(cleanup.enter_context(_readable(path)), folder, read_only=why)


def _live(path: Path, folder: Path) -> Database:
    """The database for reading and writing, once it answered; without a WAL where that cannot work."""
    if opening.on_network(path):
        with contextlib.suppress(sqlite3.OperationalError):  # others have it open, in the mode it has
            opening.prepare_journal(path)
    try:
        return _answering(Database(str(path), folder))
    except WorkspaceProblem as found:
        if found.findings[0].code != "workspace.unreachable":
            raise
    with contextlib.suppress(sqlite3.Error):
        opening.prepare_journal(path)
    return _answering(Database(str(path), folder))


def _answering(database: Database) -> Database:
    """The same database. WorkspaceProblem: a full disk may refuse even the shared memory that reading needs."""
    try:
        with database.read() as connection:
            connection.exec_driver_sql("SELECT 1 FROM alembic_version")
    except BaseException:
        database.close()
        raise
    return database


@contextlib.contextmanager
def _readable(path: Path) -> Iterator[str]:
    """A target for reading only: live where that is possible, as it is now where the disk allows nothing else."""
    live = file_uri(path, "mode=ro")
    try:
        with contextlib.closing(sqlite3.connect(live, uri=True)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        with opening.untouched(path) as target:
            yield target
    else:
        yield live


def _is_current(path: Path, schema: Schema) -> bool:
    try:
        return opening.look(path).revision == schema.head
    except sqlite3.Error:
        return False


def _make_current(folder: Path, schema: Schema) -> None:
    """Leaves a database at head in the folder."""
    path = folder / NAME
    if path.exists():
        found = opening.look_or_problem(folder)
        if found.revision == schema.head:
            return
        _refuse_others(folder, found, schema, writable=True)
    with exclusive(folder):
        _build(folder, schema)


def _refuse_others(folder: Path, found: opening.Look, schema: Schema, *, writable: bool) -> None:
    """WorkspaceProblem for a database that this version must not touch."""
    if found.revision is None:
        if found.tables or problems.newest_backup(folder) or not writable:
            raise problems.corrupt(folder)
    elif found.revision not in schema.known:
        raise WorkspaceProblem(error(
            "workspace.newer", "workspace", folder=str(folder), revision=found.revision, known=schema.head
        ))
    elif found.revision != schema.head and not writable:
        raise WorkspaceProblem(error(
            "workspace.older", "workspace", folder=str(folder), revision=found.revision, known=schema.head
        ))


def _build(folder: Path, schema: Schema) -> None:
    path = folder / NAME
    try:
        found = opening.look_or_problem(folder) if path.exists() else opening.Look(0, None)
        if found.revision == schema.head:
            return  # another process was quicker
        if found.revision is None and problems.newest_backup(folder):
            raise problems.corrupt(folder)  # the database is gone, and a new empty one would hide that
        opening.prepare_journal(path)
        with contextlib.closing(Database(str(path), folder)) as database:
            _fill(database, folder, schema)
    except sqlite3.Error as fault:
        raise problems.of_database(fault, folder) or fault from fault


def _fill(database: Database, folder: Path, schema: Schema) -> None:
    with database.read() as connection:
        now = migrate.revision(connection)
    if now is not None and now != schema.head:
        Backups(folder, database).before_migration(now)
    with database.write() as connection:
        if now is None and schema.head == migrate.HEAD:
            migrate.create(connection)
        elif now != schema.head:
            migrate.upgrade(connection, schema)


def _server(folder: Path, url: str, schema: Schema) -> Database:
    """A database on a server: made or upgraded the same way."""
    if url.startswith("sqlite"):
        raise ValueError("a URL names a server; the SQLite database lies in the folder")
    database = Database(url, folder, server=True)
    with exclusive(folder), database.write() as connection:
        now = migrate.revision(connection)
        if now is not None and now not in schema.known:
            raise WorkspaceProblem(error("workspace.newer", "workspace", revision=now, known=schema.head))
        if now != schema.head:
            migrate.upgrade(connection, schema)
    return database
