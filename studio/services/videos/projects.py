"""Video projects: make, find, keep, copy, remove; and the files they are cut from."""

from __future__ import annotations

import builtins
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.core.edits.arrange import empty
from studio.core.edits.place import with_source
from studio.core.errors import NotFound, Refused
from studio.core.event import Event
from studio.core.finding import error
from studio.core.ids import new_id
from studio.core.timeline import Clip, Source, Timeline

if TYPE_CHECKING:
    from studio.core.asset import Asset
    from studio.core.task import Task
    from studio.services.library import Added, Library
    from studio.services.videos.baking import Baking
    from studio.services.videos.looking import Looking
    from studio.services.videos.session import VideoSession
    from studio.store.videos import VideoRow as VideoRow  # what lists give; front-ends name it from here
    from studio.store.workspace import Workspace

STILL = Fraction(3)  # seconds a picture stays when nobody says how long


class Videos:
    """changed: emitted with the id of a project that was saved or removed."""

    def __init__(self, workspace: Workspace, library: Library) -> None:
        self._workspace, self._library = workspace, library
        self.changed: Event[[str]] = Event()

    @property
    def cache(self) -> Path:
        """Proxies, wave forms, thumbnails and baked clips: all of it can be made again."""
        return self._workspace.cache / "video"

    @cached_property
    def looking(self) -> Looking:
        """Thumbnails and wave forms of sources, remembered on disk."""
        from studio.services.videos.looking import Looking

        return Looking(self.cache, self.where)

    @cached_property
    def baking(self) -> Baking:
        """Effects that are rendered into the cache before they are seen."""
        from studio.services.videos.baking import Baking

        return Baking(self.cache, self.where)

    # projects ---------------------------------------------------------------------------------------------------

    def create(self, name: str = "", width: int = 1080, height: int = 1920, rate: Fraction = Fraction(30)) -> Timeline:
        """A new saved project with its usual tracks."""
        timeline = empty(name, width, height, rate)
        self.save(timeline, expect=0)
        return timeline

    def get(self, id: str) -> Timeline:
        """NotFound when there is none."""
        return self._workspace.videos.get(id)

    def revision(self, id: str) -> int:
        """Number of the saved revision; 0 when it was never saved."""
        return self._workspace.videos.revision(id)

    def save(self, timeline: Timeline, *, expect: int | None = None) -> int:
        """Saves all of it or nothing; Refused("video.changed_elsewhere") when `expect` is not the saved revision."""
        number = self._workspace.videos.save(timeline, expect=expect)
        self.changed.emit(timeline.id)
        return number

    def list(self) -> Sequence[VideoRow]:
        """All of them, the one edited last first."""
        return self._workspace.videos.list()

    def open(self, id: str) -> VideoSession:
        """The project opened for editing; NotFound when there is none."""
        from studio.services.videos.session import VideoSession

        return VideoSession(self, self.get(id))

    def duplicate(self, id: str, name: str) -> Timeline:
        """A copy with its own id."""
        copy = replace(self.get(id), id=new_id(), name=name)
        self.save(copy, expect=0)
        return copy

    def rename(self, id: str, name: str) -> None:
        """For a project that is not open; an open one is renamed by an edit."""
        self.save(replace(self.get(id), name=name))

    def remove(self, id: str) -> None:
        """Forgets the project; its files stay in the library."""
        self._workspace.videos.delete(id)
        self.changed.emit(id)

    def post_of(self, id: str) -> str:
        """The post that a project is for, or ""."""
        return next((row.post for row in self.list() if row.id == id), "")

    def set_post(self, id: str, post: str) -> None:
        """The post that a project is for; "" for none."""
        self._workspace.videos.set_post(id, post)
        self.changed.emit(id)

    def of_post(self, post: str) -> VideoRow | None:
        """The project of a post, the one edited last when there are several."""
        return next((row for row in self.list() if post and row.post == post), None)

    # files ------------------------------------------------------------------------------------------------------

    def where(self, source: Source) -> Path:
        """Where a source's file lies. Refused video.source_missing when it is gone."""
        if source.media:
            try:
                return self._library.path(source.media)
            except NotFound:
                pass
        path = Path(source.path) if source.path else None
        if path is None or not path.is_file():
            raise Refused(error("video.source_missing", "media", name=source.name or source.path))
        return path

    def source(self, asset: Asset) -> Source:
        """A file of the library as a source; its id is the file's own, so the same file is one source."""
        from studio.media.video.sources import described

        path = self._library.path(asset.id)
        found = described(path, id=asset.id[:16], media=asset.id, hash=asset.id, name=asset.name)
        return replace(found, path="")

    def add_files(
        self, paths: Sequence[Path], task: Task[Any] | None = None
    ) -> tuple[builtins.list[Source], builtins.list[Added]]:
        """Takes files into the library: (sources in order, those that were refused with their findings)."""
        added = self._library.add(paths, task)
        sources: builtins.list[Source] = []
        refused: builtins.list[Added] = []
        for one in added:
            try:
                if one.asset is None:
                    refused.append(one)
                else:
                    sources.append(self.source(one.asset))
            except Refused as problem:
                refused.append(replace(one, asset=None, findings=problem.findings))
        return sources, refused


def clip_of(source: Source, timeline: Timeline) -> Clip:
    """All of a source as a clip, its end on a frame; a picture stays for three seconds."""
    duration = source.duration if source.duration is not None else STILL
    whole = duration * timeline.rate // 1 / timeline.rate
    return Clip(new_id(), Fraction(whole) or duration, source=source.id, name=Path(source.name).stem)


def knowing(timeline: Timeline, sources: Sequence[Source]) -> Timeline:
    """The timeline with sources it may be cut from."""
    for source in sources:
        timeline = with_source(timeline, source)
    return timeline
