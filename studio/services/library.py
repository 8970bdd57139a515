"""The library: files come in (hashed while copied, probed, thumbnailed), are found, described and used."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from studio.core.asset import Asset
from studio.core.errors import Refused
from studio.core.event import Event
from studio.core.finding import Finding, error
from studio.core.ids import new_id
from studio.core.post import Kind, moment_of
from studio.core.words import N

if TYPE_CHECKING:
    from concurrent.futures import Future

    from studio.core.task import Task
    from studio.store.posts import PostRow
    from studio.store.workspace import Workspace

THUMB = 240  # px, the longer edge of a library thumbnail
WORKERS = 2


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one file. asset: None when it was refused (see findings). new: False when it was here already."""

    path: Path
    asset: Asset | None
    findings: tuple[Finding, ...] = ()
    new: bool = True


def _readable(path: Path) -> tuple[Finding, ...]:
    if path.is_dir():
        return (error("media.folder", "media", name=path.name),)
    if not path.exists():
        return (error("media.no_file", "media", name=path.name),)
    return ()


def _finished(waiting: Sequence[Future[Added]]) -> list[Added]:
    """What is done; the rest is called off, and what is being worked on is waited for."""
    from concurrent.futures import wait

    for future in waiting:
        future.cancel()
    wait(waiting)
    return [f.result() for f in waiting if not f.cancelled() and f.exception() is None]


class Library:
    """changed: emitted with the id of an asset that was added, described or removed, "" for many."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.changed: Event[[str]] = Event()

    def add(self, paths: Sequence[Path], task: Task[Any] | None = None) -> list[Added]:
        """Takes files into the library, in order. One that is refused does not stop the others.

        Raises WorkspaceProblem (read-only, full) and Cancelled; what was finished before stays.
        """
        from concurrent.futures import ThreadPoolExecutor

        added: list[Added] = []
        with ThreadPoolExecutor(min(WORKERS, max(1, len(paths))), "import") as pool:
            waiting = [pool.submit(self._one, path) for path in paths]
            try:
                for number, future in enumerate(waiting, 1):
                    added.append(future.result())
                    if task is not None:
                        step = N("job", "{number} of {all} files", number=number, all=len(paths))
                        task.progress(number / len(paths), step)
            finally:
                self._keep(_finished(waiting))
        return added

    def add_bytes(self, name: str, data: bytes) -> Added:
        """A picture from the clipboard."""
        with TemporaryDirectory(prefix="yigao-") as folder:
            path = Path(folder) / (Path(name).name or "pasted.png")
            path.write_bytes(data)
            return self.add([path])[0]

    def _one(self, path: Path) -> Added:
        if findings := _readable(path):
            return Added(path, None, findings)
        try:
            return self._take(path)
        except Refused as refused:
            return Added(path, None, refused.findings)
        except PermissionError:
            return Added(path, None, (error("media.no_permission", "media", name=path.name),))

    def _take(self, path: Path) -> Added:
        from studio.media.probe import remarks, right_name
        from studio.media.thumbs import ingest

        room = self._thumbs / "new"
        room.mkdir(parents=True, exist_ok=True)
        seen = ingest(path, room / new_id(), THUMB)
        try:
            stored = self._workspace.files.add(path, suffix=seen.probe.suffix, sync=False)
            findings = remarks(path.name, seen.probe)
            if self._workspace.assets.has(stored.id):
                return Added(path, self._workspace.assets.get(stored.id), findings, new=False)
            if seen.thumbnail is not None:
                self._place(seen.thumbnail, self._thumb_path(stored.id, THUMB, seen.thumbnail.suffix))
        finally:
            if seen.thumbnail is not None:
                seen.thumbnail.unlink(missing_ok=True)
        return Added(path, Asset(stored.id, right_name(path.name, seen.probe), stored.bytes, seen.probe), findings)

    def _keep(self, added: Sequence[Added]) -> None:
        """Rows only after the files are safely on disk."""
        assets = [one.asset for one in added if one.asset is not None and one.new]
        if not assets:
            return
        self._workspace.files.flush()
        self._workspace.assets.save_many(assets)
        self.changed.emit(assets[0].id if len(assets) == 1 else "")

    def get(self, id: str) -> Asset:
        return self._workspace.assets.get(id)

    def path(self, id: str) -> Path:
        """Where the original lies; NotFound when it is gone. Never write to it."""
        return self._workspace.files.path(id)

    def cached_thumbnail(self, id: str, size: int = THUMB) -> Path | None:
        """The thumbnail when it was made already; quick."""
        for suffix in (".jpg", ".png", ".webp"):
            path = self._thumb_path(id, size, suffix)
            if path.exists():
                return path
        return None

    def thumbnail(self, id: str, size: int = THUMB) -> Path:
        """The thumbnail, made now when it is missing. Takes time: call it from a job. Refused when unreadable.

        id    of a film also "ID@SECONDS": the picture at that moment, as `core.post.at_moment` writes it
        """
        if (ready := self.cached_thumbnail(id, size)) is not None:
            return ready
        from studio.media.thumbs import thumbnail

        media, at = moment_of(id)
        made = thumbnail(self.path(media), self._thumb_path(id, size, ""), size, at)
        if made is None:
            raise Refused(error("media.no_picture", "media", name=self.get(media).name))
        return made

    def set_alt(self, id: str, alt: str) -> None:
        """The library's alt text; posts that already use the file keep theirs."""
        self._workspace.assets.set_alt(id, alt)
        self.changed.emit(id)

    def used_in(self, id: str) -> list[PostRow]:
        """The posts that use it, newest first."""
        return self._workspace.posts.using(id)

    def remove(self, id: str) -> None:
        """Forgets the file; refused while a post or a video project uses it."""
        if used := self.used_in(id):
            raise Refused(error("media.in_use", "media", name=self.get(id).name, posts=len(used)))
        if videos := self._workspace.videos.using(id):
            raise Refused(error("media.in_videos", "media", name=self.get(id).name, videos=len(videos)))
        self._workspace.assets.remove(id)
        self._workspace.files.remove(id)
        self.changed.emit(id)

    def check(self, id: str) -> tuple[Finding, ...]:
        """Is the original still there, with the bytes it came with? Reads the whole file."""
        return self._workspace.files.verify(id)

    @property
    def _thumbs(self) -> Path:
        return self._workspace.cache / "thumbs"

    def _thumb_path(self, id: str, size: int, suffix: str) -> Path:
        place = self._thumbs / str(size) / id[:2]
        place.mkdir(parents=True, exist_ok=True)
        return place / f"{id}{suffix}"

    @staticmethod
    def _place(made: Path, place: Path) -> None:
        os.replace(made, place)

    def list(
        self, query: str = "", *, kind: Kind | None = None, limit: int | None = None, offset: int = 0
    ) -> list[Asset]:
        """Newest first; searches name, alt text and tags."""
        return self._workspace.assets.list(query, kind=kind, limit=limit, offset=offset)
