"""Copies of a workspace, each one zip file, taken while others go on writing.

    yigao.json       what is in it: format, schema revision, when, and the library's files by hash
    studio.db        the database at one moment (SQLite's backup API), checked before it is packed
    media/ab/ab12..  the originals, in a full backup

Daily ones and those before a migration hold the database and the list of files: originals are never altered,
so restoring brings the database back and leaves the media folder. `make` writes a full one. No secret is in
any of them: secrets are only in the keychain. Bringing one back is in `restore.py`.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.core.errors import WorkspaceProblem
from studio.core.finding import error
from studio.store import migrate, opening, problems
from studio.store.database import Database, connect
from studio.store.files import PIECE, FileStore, discard, sync_file, sync_folder
from studio.store.process import mark, sweep

if TYPE_CHECKING:
    from zipfile import ZipFile

    from studio.store.restore import Restored

FORMAT = 1
MANIFEST = "yigao.json"
Check = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup file. kind: "daily", "migration", "full", "restore" or "other". at: UTC. bytes: of the file."""

    path: Path
    kind: str
    at: datetime
    bytes: int


class Backups:
    def __init__(self, folder: Path, database: Database) -> None:
        """Of the workspace in `folder`; its own files lie in backups/."""
        self.folder, self._database = folder / "backups", database
        self._root = folder

    def make(self, out: Path | None = None, *, media: bool = True, check: Check | None = None) -> Path:
        """Writes a backup, by default a full one into backups/; returns the file.

        check   called with the fraction done; may raise `Cancelled`
        The file appears whole or not at all. WorkspaceProblem: full, read-only, corrupt (a damaged database is
        never packed over a good backup).
        """
        return self._make(out or self._named("full"), media, check)

    def daily(self, keep: int = 14) -> Path | None:
        """Makes today's (UTC) if there is none, then removes all but the newest `keep`. None when there was one."""
        place = self.folder / f"daily-{datetime.now(UTC):%Y-%m-%d}.zip"
        made = None if place.exists() else self._make(place, False, None)
        for old in sorted(self.folder.glob("daily-*.zip"))[: -max(1, keep)]:
            old.unlink(missing_ok=True)
        return made

    def before_migration(self, revision: str) -> Path:
        """The state before an upgrade from `revision`."""
        return self._make(self._named(f"migration-{revision}"), False, None)

    def before_restore(self) -> Path:
        """The state before another backup is brought back."""
        return self._make(self._named("restore"), False, None)

    def sweep(self) -> int:
        """Removes what dead processes left unfinished; returns how many."""
        return sweep(self.folder.glob(".*")) if self.folder.is_dir() else 0

    def list(self) -> list[Backup]:
        """The newest first."""
        found = [_described(p) for p in self.folder.glob("*.zip")] if self.folder.is_dir() else []
        return sorted(found, key=lambda b: b.at, reverse=True)

    @staticmethod
    def restore(file: Path, folder: Path, *, check: Check | None = None) -> Restored:
        """Brings a backup back into a workspace; see `restore.restore`."""
        from studio.store.restore import restore

        return restore(file, folder, check=check)

    def _named(self, kind: str) -> Path:
        stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%S}"
        names = [self.folder / f"{kind}-{stamp}{end}.zip" for end in ("", *(f"-{n}" for n in range(2, 1000)))]
        return next(n for n in names if not n.exists())

    def _make(self, out: Path, media: bool, check: Check | None) -> Path:
        import tempfile

        try:
            out.parent.mkdir(parents=True, exist_ok=True)
            part = out.with_name(f".{mark()}{out.name}.part")
            try:
                with tempfile.TemporaryDirectory(
                    prefix=f".{mark()}backup-", dir=out.parent, ignore_cleanup_errors=True
                ) as work:
                    self._pack(part, Path(work) / opening.NAME, media, check)
                os.replace(part, out)
                sync_folder(out.parent)
            finally:
                discard(part)
        except OSError as fault:
            raise problems.of_disk(fault, out.parent) from fault
        return out

    def _pack(self, part: Path, copy: Path, media: bool, check: Check | None) -> None:
        from zipfile import ZIP_DEFLATED, ZipFile

        self._copy_database(copy)
        # The files are listed after the database was copied: a row's file is always there before the row.
        files = dict(FileStore(self._root / "media").every())
        manifest = _manifest(copy, files, media)
        with ZipFile(part, "x", ZIP_DEFLATED, compresslevel=3) as archive:
            archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
            _stream(archive, copy, opening.NAME, stored=False)
            for done, path in enumerate(files.values() if media else (), 1):
                with contextlib.suppress(FileNotFoundError):  # removed from the library just now
                    _stream(archive, path, f"media/{path.parent.name}/{path.name}", stored=True)
                if check is not None:
                    check(done / len(files))
        with part.open("rb+") as file:
            sync_file(file.fileno())

    def _copy_database(self, copy: Path) -> None:
        """One moment of the database as a file of its own, checked."""
        try:
            if self._database.dialect == "sqlite":
                _copy_sqlite(self._database, copy)
            else:
                copy_rows(self._database, copy)
            if not is_sound(copy):
                raise problems.corrupt(self._root)
        except sqlite3.Error as fault:
            raise problems.of_database(fault, self._root) or fault from fault


def _copy_sqlite(database: Database, copy: Path) -> None:
    pooled = database.engine.raw_connection()
    try:
        source = pooled.driver_connection
        assert isinstance(source, sqlite3.Connection)
        with contextlib.closing(connect(str(copy))) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
    finally:
        pooled.close()


def copy_rows(database: Database, copy: Path) -> None:
    """The same from any other database: every row of every table, in one consistent view, into a new SQLite file."""
    from sqlalchemy import insert, select

    from studio.store.tables import metadata

    with (
        contextlib.closing(Database(str(copy), copy.parent)) as target,
        database.read() as source,
        target.write() as connection,
    ):
        migrate.create(connection)
        for table in metadata.sorted_tables:
            for rows in source.execute(select(table)).mappings().partitions(500):
                connection.execute(insert(table), [dict(row) for row in rows])


def is_sound(path: Path) -> bool:
    """True when SQLite finds nothing wrong with the file."""
    try:
        with opening.untouched(path) as target, contextlib.closing(connect(target)) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except sqlite3.Error:
        return False


def _manifest(copy: Path, files: dict[str, Path], media: bool) -> dict[str, Any]:
    return {
        "format": FORMAT, "revision": opening.look(copy).revision, "at": datetime.now(UTC).isoformat(), "full": media,
        "media": [{"id": id, "name": path.name, "bytes": size} for id, path, size in _sizes(files)],
    }


def _sizes(files: dict[str, Path]) -> Iterator[tuple[str, Path, int]]:
    for id, path in files.items():
        with contextlib.suppress(FileNotFoundError):
            yield id, path, path.stat().st_size


def _stream(archive: ZipFile, path: Path, name: str, *, stored: bool) -> None:
    """Packs a file in pieces. Originals are compressed already, so they are only stored."""
    import shutil
    from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipInfo

    entry = ZipInfo(name, date_time=datetime.now(UTC).timetuple()[:6])
    entry.compress_type = ZIP_STORED if stored else ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    with path.open("rb") as source, archive.open(entry, "w", force_zip64=True) as target:
        shutil.copyfileobj(source, target, PIECE)


def _described(path: Path) -> Backup:
    status = path.stat()
    kind = path.name.split("-")[0]
    known = kind if kind in ("daily", "migration", "full", "restore") else "other"
    return Backup(path, known, datetime.fromtimestamp(status.st_mtime, UTC), status.st_size)


def unreadable(file: Path) -> WorkspaceProblem:
    """The problem of a file that is no backup, or a damaged one."""
    return WorkspaceProblem(error("backup.corrupt", "backup", name=file.name))
