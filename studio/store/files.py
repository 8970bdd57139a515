"""Originals by the SHA-256 of their bytes: media/ab/ab12...<suffix>, never altered.

Durability: a file is written to media/.part/, made durable, and only then renamed into place; the library's row
is written after that. So a row in the database always has its whole file, and a crash leaves at most a .part
file (swept at the next start) or a whole file without a row (which the next import of it adopts).

One fsync for each of a thousand photos is slow, so `add(..., sync=False)` leaves that to one `flush()` for all;
the rows must be written after it. A file whose content is there already is compared by hash, not by size:
what a power cut left of a rename that was not flushed is replaced.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from studio.core.errors import NotFound, Refused
from studio.core.finding import Finding, error
from studio.core.ids import new_id
from studio.store import problems
from studio.store.process import mark, sweep

PIECE = 1 << 20
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}", re.ASCII)
_ID = re.compile(r"[0-9a-f]{64}", re.ASCII)
Check = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Stored:
    """id: SHA-256 in hex. new: False when the same bytes were there already."""

    id: str
    bytes: int
    path: Path
    new: bool


def digest(path: Path, check: Check | None = None) -> str:
    """SHA-256 of a file in hex, read in pieces."""
    hashing = hashlib.sha256()
    with path.open("rb") as file:
        for piece in _pieces(file, check):
            hashing.update(piece)
    return hashing.hexdigest()


def discard(part: Path) -> None:
    """Removes an unfinished file; one that the disk does not let go of is swept later."""
    with contextlib.suppress(OSError):
        part.unlink(missing_ok=True)


def sync_file(handle: int) -> None:
    """Makes an open file's bytes durable, on macOS through the drive's own cache too (fcntl(2), F_FULLFSYNC)."""
    if sys.platform == "darwin":
        import fcntl

        fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
    else:
        os.fsync(handle)


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder durable (POSIX; elsewhere the rename itself is)."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _pieces(file: BinaryIO, check: Check | None = None) -> Iterator[bytes]:
    size, done = os.fstat(file.fileno()).st_size, 0
    while piece := file.read(PIECE):
        done += len(piece)
        yield piece
        if check is not None:
            check(min(1.0, done / size) if size else 1.0)


def _open_source(source: Path) -> BinaryIO:
    """Refused for anything that is no readable plain file."""
    try:
        # A FIFO without a writer must not hang us.
        handle = os.open(source, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as fault:
        raise _unreadable(source, fault) from fault
    kind = os.fstat(handle).st_mode
    if not stat.S_ISREG(kind):
        os.close(handle)
        raise Refused(error("media.folder" if stat.S_ISDIR(kind) else "media.unreadable", "media", name=source.name))
    return open(handle, "rb", buffering=0)


def _unreadable(source: Path, fault: Exception) -> Refused:
    codes: dict[type[Exception], str] = {FileNotFoundError: "media.no_file", PermissionError: "media.no_permission"}
    return Refused(error(codes.get(type(fault), "media.unreadable"), "media", name=source.name))


class FileStore:
    def __init__(self, folder: Path) -> None:
        """`folder` is the workspace's media/; it is made on the first `add`."""
        self.folder = folder
        self._parts = folder / ".part"
        self._unsynced: set[Path] = set()
        self._known: dict[str, Path] = {}  # where a file was last found
        self._lock = threading.Lock()

    def add(
        self, source: Path, *, suffix: str = "", check: Check | None = None, sync: bool = True
    ) -> Stored:
        """Copies a file in and hashes it on the way, 1 MiB at a time.

        check   called with the fraction done; may raise `Cancelled`
        sync    False: not durable before `flush()`
        Leaves nothing behind on any error. Refused: media.no_file, .no_permission, .folder, .unreadable;
        WorkspaceProblem: full, read-only.
        """
        with _open_source(source) as file:
            return self._add(_read(file, source, check), suffix, sync)

    def add_bytes(self, data: bytes, *, suffix: str = "", sync: bool = True) -> Stored:
        """The same for bytes at hand, such as a picture from the clipboard."""
        return self._add(iter([data]), suffix, sync)

    def _add(self, pieces: Iterator[bytes], suffix: str, sync: bool) -> Stored:
        part = self._parts / f"{mark()}{new_id()}.part"
        try:
            self._parts.mkdir(parents=True, exist_ok=True)
            id, size = self._write(part, pieces, sync)
            return self._settle(part, id, size, suffix, sync)
        except OSError as fault:
            raise problems.of_disk(fault, self.folder.parent) from fault
        finally:
            discard(part)

    def _write(self, part: Path, pieces: Iterator[bytes], sync: bool) -> tuple[str, int]:
        hashing, size = hashlib.sha256(), 0
        with part.open("xb", buffering=0) as file:
            for piece in pieces:
                hashing.update(piece)
                size += len(piece)
                _write_all(file, piece)
            if sync:
                sync_file(file.fileno())
        return hashing.hexdigest(), size

    def _settle(self, part: Path, id: str, size: int, suffix: str, sync: bool) -> Stored:
        there = self._find(id)
        if there is not None and there.stat().st_size == size and digest(there) == id:
            return Stored(id, size, there, new=False)
        place = there or self.folder / id[:2] / (id + (suffix if _SUFFIX.fullmatch(suffix) else ""))
        place.parent.mkdir(exist_ok=True)
        os.replace(part, place)
        if sync:
            sync_folder(place.parent)
            sync_folder(self.folder)
        else:
            with self._lock:
                self._unsynced.add(place)
        return Stored(id, size, place, new=True)

    def flush(self) -> None:
        """Makes everything durable that was added with `sync=False`."""
        with self._lock:
            waiting, self._unsynced = self._unsynced, set()
        try:
            if waiting and not _sync_disk(self.folder):
                self._sync_each(waiting)
        except OSError as fault:
            with self._lock:
                self._unsynced |= waiting
            raise problems.of_disk(fault, self.folder.parent) from fault

    def _sync_each(self, paths: set[Path]) -> None:
        for path in paths:
            if path.exists():
                with path.open("rb+") as file:
                    sync_file(file.fileno())
        for folder in {p.parent for p in paths} | {self.folder}:
            sync_folder(folder)

    def path(self, id: str) -> Path:
        """Where the file is. NotFound("media") when it is not on disk."""
        found = self._find(id)
        if found is None:
            raise NotFound("media", id)
        return found

    def has(self, id: str) -> bool:
        return self._find(id) is not None

    def verify(self, id: str) -> tuple[Finding, ...]:
        """Reads the file again: "media.missing", "media.swapped" when its bytes are others, or nothing."""
        found = self._find(id)
        try:
            if found is None:
                return (error("media.missing", "media", id=id, name=id),)
            return () if digest(found) == id else (error("media.swapped", "media", id=id, name=found.name),)
        except OSError:
            return (error("media.unreadable", "media", name=id),)

    def remove(self, id: str) -> None:
        """Deletes the file; nothing happens when it is not there. WorkspaceProblem when it cannot be deleted."""
        try:
            if found := self._find(id):
                found.unlink(missing_ok=True)
        except OSError as fault:
            raise problems.of_disk(fault, self.folder.parent) from fault

    def every(self) -> Iterator[tuple[str, Path]]:
        """Id and path of each file on disk."""
        for folder in sorted(self.folder.glob("[0-9a-f][0-9a-f]")):
            for path in sorted(folder.iterdir()):
                if _ID.fullmatch(path.name[:64]) and path.name[64:65] in ("", "."):
                    yield path.name[:64], path

    def sweep(self) -> int:
        """Removes unfinished files of processes that are gone; returns how many."""
        return sweep(self._parts.glob("*.part")) if self._parts.is_dir() else 0

    def _find(self, id: str) -> Path | None:
        known = self._known.get(id)
        if known is not None and os.path.isfile(known):  # asked for with every keystroke, once for each account
            return known
        if not _ID.fullmatch(id):
            return None
        folder = self.folder / id[:2]
        plain = folder / id
        found = plain if plain.is_file() else next((p for p in folder.glob(f"{id}.*") if p.is_file()), None)
        if found is not None:
            self._known[id] = found
        return found


def _read(file: BinaryIO, source: Path, check: Check | None) -> Iterator[bytes]:
    pieces = _pieces(file, check)
    while True:
        try:
            piece = next(pieces, None)
        except OSError as fault:
            raise _unreadable(source, fault) from fault
        if piece is None:
            return
        yield piece


def _write_all(file: BinaryIO, piece: bytes) -> None:
    rest = memoryview(piece)
    while rest:
        rest = rest[file.write(rest) :]


def _sync_disk(folder: Path) -> bool:
    """Linux: one `syncfs` for the whole file system of `folder`; False where there is none."""
    if sys.platform != "linux":
        return False
    import ctypes

    syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if syncfs is None:
        return False
    handle = os.open(folder, os.O_RDONLY)
    try:
        if syncfs(handle) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))
    finally:
        os.close(handle)
    return True
