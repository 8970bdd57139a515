"""Bringing a backup back: looked at whole before anything is touched, and what was there is kept first."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, BinaryIO

from studio.core.delivery import State
from studio.core.errors import WorkspaceProblem
from studio.core.finding import Finding, error, warning
from studio.store import opening, problems
from studio.store.backups import FORMAT, MANIFEST, Backups, is_sound, unreadable
from studio.store.database import Database, connect
from studio.store.files import PIECE, FileStore, digest, sync_file, sync_folder
from studio.store.locks import WindowLock, exclusive, holder
from studio.store.migrate import KNOWN
from studio.store.process import mark

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

_MEDIA = re.compile(r"media/(?P<dir>[0-9a-f]{2})/(?P<id>(?P=dir)[0-9a-f]{62})(?P<suffix>\.[a-z0-9]{1,8})?", re.ASCII)
MANIFEST_MOST = 256 << 20  # bytes; a million files
Check = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Restored:
    """posts, media: how many the workspace has now. kept: the backup of what was there before, or None.

    missing   ids of files the restored library has and the disk has not (a database-only backup elsewhere)
    held      ids of deliveries whose time passed since the backup: now "missed", for a person to decide
    """

    posts: int
    media: int
    kept: Path | None
    missing: tuple[str, ...]
    held: tuple[str, ...]


def restore(file: Path, folder: Path, *, check: Check | None = None) -> Restored:
    """Brings a backup back into `folder`, which may hold a workspace already: that is backed up first.

    Everything is unpacked and checked beside the workspace before anything is replaced, and the database is
    replaced in one transaction, so other processes may have it open. Deliveries whose time passed since the
    backup are not sent again by themselves. WorkspaceProblem: backup.corrupt, backup.newer, workspace.in_use
    (a window has it open), workspace.full, backup.missing.
    """
    folder = folder.absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(folder), _beside(folder) as work:
            _unpack(file, work, check)
            return _exchange(work, folder)
    except OSError as fault:
        raise problems.of_disk(fault, folder) from fault
    except sqlite3.Error as fault:
        raise problems.of_database(fault, folder) or fault from fault


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """No window has the workspace, and nobody migrates it."""
    with contextlib.ExitStack() as stack:
        window = WindowLock.take(folder)
        if window is None:
            values = {"folder": str(folder), **holder(folder)}
            raise WorkspaceProblem(Finding("workspace.in_use", "error", "workspace", values))
        stack.callback(window.release)
        stack.enter_context(exclusive(folder))
        yield


@contextlib.contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """A place on the same disk, gone afterwards."""
    with TemporaryDirectory(prefix=f".{mark()}restore-", dir=folder, ignore_cleanup_errors=True) as work:
        yield Path(work)


@contextlib.contextmanager
def _source(file: Path) -> Iterator[BinaryIO]:
    try:
        source = file.open("rb")
    except FileNotFoundError as fault:
        raise WorkspaceProblem(error("backup.missing", "backup", name=file.name)) from fault
    except (OSError, ValueError) as fault:
        raise unreadable(file) from fault
    with source:
        yield source


def _unpack(file: Path, work: Path, check: Check | None) -> None:
    """Everything into `work`, each file checked against what the archive says of it."""
    from zipfile import BadZipFile, ZipFile
    from zlib import error as ZlibError

    try:
        with _source(file) as source, ZipFile(source) as archive:
            manifest = _read_manifest(archive, file)
            entries = [e for e in archive.infolist() if e.filename != MANIFEST]
            for done, entry in enumerate(entries, 1):
                _unpack_one(archive, entry, work, file)
                if check is not None:
                    check(0.9 * done / len(entries))
    except (BadZipFile, ZlibError, EOFError, NotImplementedError, RuntimeError, ValueError) as fault:
        raise unreadable(file) from fault
    _check_database(work / opening.NAME, manifest, file)


def _read_manifest(archive: ZipFile, file: Path) -> dict[str, Any]:
    entry = next((e for e in archive.infolist() if e.filename == MANIFEST), None)
    if entry is None or entry.file_size > MANIFEST_MOST:
        raise unreadable(file)
    manifest = json.loads(archive.read(entry))
    if not isinstance(manifest, dict) or not isinstance(manifest.get("format"), int):
        raise unreadable(file)
    if manifest["format"] > FORMAT or manifest.get("revision") not in KNOWN:
        revision = str(manifest.get("revision"))
        raise WorkspaceProblem(error("backup.newer", "backup", name=file.name, revision=revision, known=KNOWN[-1]))
    return manifest


def _unpack_one(archive: ZipFile, entry: ZipInfo, work: Path, file: Path) -> None:
    """Only names that a backup has are unpacked; any other, such as one with "..", makes it no backup."""
    named = _MEDIA.fullmatch(entry.filename)
    if named is None and entry.filename != opening.NAME:
        raise unreadable(file)
    place = work / entry.filename
    place.parent.mkdir(parents=True, exist_ok=True)
    hashing = hashlib.sha256()
    with archive.open(entry) as source, place.open("xb") as target:
        while piece := source.read(PIECE):
            hashing.update(piece)
            target.write(piece)
        target.flush()
        sync_file(target.fileno())
    if named is not None and hashing.hexdigest() != named["id"]:
        raise unreadable(file)


def _check_database(database: Path, manifest: dict[str, Any], file: Path) -> None:
    if not database.is_file() or not is_sound(database):
        raise unreadable(file)
    if opening.look(database).revision != manifest["revision"]:
        raise unreadable(file)


def _exchange(work: Path, folder: Path) -> Restored:
    kept = _keep_present(folder)
    _bring_media(work / "media", folder / "media")
    _bring_database(work / opening.NAME, folder / opening.NAME)
    return _settle(folder, kept)


def _keep_present(folder: Path) -> Path | None:
    """A backup of what is there; a damaged database is moved aside as it is."""
    path = folder / opening.NAME
    if not path.exists():
        return None
    if is_sound(path) and opening.look(path).tables:
        with contextlib.closing(Database(str(path), folder)) as database:
            return Backups(folder, database).before_restore()
    aside = folder / "backups" / f"damaged-{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
    aside.mkdir(parents=True)
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm", f"{path.name}-journal"):
        if (folder / name).exists():
            os.replace(folder / name, aside / name)
    return aside


def _bring_media(source: Path, media: Path) -> None:
    """Files that are missing here, or are not what their name says, come from the backup."""
    here = FileStore(media)
    folders = set()
    for id, path in FileStore(source).every():
        there = here.path(id) if here.has(id) else None
        if there is not None and digest(there) == id:
            continue
        place = there or media / id[:2] / path.name
        place.parent.mkdir(parents=True, exist_ok=True)
        os.replace(path, place)
        folders |= {place.parent, media}
    for folder in folders:
        sync_folder(folder)


def _bring_database(source: Path, place: Path) -> None:
    """Into the database that is there in one transaction, or as the database when there is none."""
    if not place.exists():
        shutil.move(source, place)
        opening.prepare_journal(place)
        sync_folder(place.parent)
        return
    with contextlib.closing(connect(str(source))) as restored, contextlib.closing(connect(str(place))) as target:
        target.execute("PRAGMA synchronous=FULL")
        restored.backup(target)
    opening.prepare_journal(place)


def _settle(folder: Path, kept: Path | None) -> Restored:
    from studio.store.workspace import Workspace

    with Workspace.open(folder) as workspace:
        held = _hold_past(workspace)
        assets = workspace.assets.list()
        missing = tuple(a.id for a in assets if not workspace.files.has(a.id))
        return Restored(workspace.posts.count(), len(assets) - len(missing), kept, missing, held)


def _hold_past(workspace: Any) -> tuple[str, ...]:
    """What was to go out between the backup and now may have gone out: a person decides, nothing is sent twice."""
    deliveries, now = workspace.deliveries, datetime.now(UTC)
    for d in deliveries.list(states=[State.PREPARING, State.STAGING]):  # sent to the end, perhaps, after the copy
        deliveries.move(d.id, d.state, State.DUE, data={"reason": "restored"}, owner="")
    past = deliveries.list(states=[State.SCHEDULED, State.DUE, State.HELD], end=now)
    why = (warning("delivery.restored", "delivery"),)
    for d in past:
        deliveries.move(d.id, d.state, State.MISSED, data={"reason": "restored"}, error=why)
    return tuple(d.id for d in past)
