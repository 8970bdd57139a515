"""The player of a workspace: the studio's compositor and mixer, with proxies standing in for heavy films."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.core.errors import Problem
from studio.core.event import Event
from studio.core.finding import Finding
from studio.core.timeline import Source, Timeline
from studio.services.videos.player import Player

if TYPE_CHECKING:
    from studio.core.opentime import Time
    from studio.core.task import Task
    from studio.media.export.job import Options
    from studio.media.video.proxies import Proxies
    from studio.media.video.where import Where
    from studio.services.desk import Desk
    from studio.services.videos.exports import Exports
    from studio.services.videos.presets import Presets
    from studio.services.videos.projects import Videos
    from studio.services.videos.sounding import Speaker


class StandIns:
    """Proxies of a workspace's films, and what is remarked while they are watched.

    changed   emitted with a source's id when its proxy is there
    remarked  a file that is gone, an effect that failed: told once each, from the player's thread
    """

    def __init__(self, cache: Path, where: Where) -> None:
        self.changed: Event[[str]] = Event()
        self.remarked: Event[[Finding]] = Event()
        self._folder, self._where = cache / "proxies", where
        self._kept: Proxies | None = None

    def watched(self, source: Source) -> Path:
        """Where the picture of a source is read from while somebody edits: its proxy, else the file itself."""
        path = self._where(source)
        if source.kind != "video" or source.alpha:
            return path
        return self._proxies.proxy_for(path) or path

    def wanted(self, timeline: Timeline, task: Task[Any]) -> list[Source]:
        """The films of a timeline that are heavy and have no proxy yet. Opens files: for a job."""
        found = []
        for source in timeline.sources.values():
            task.check()
            if source.kind == "video" and not source.alpha and self._is_wanted(source):
                found.append(source)
        return found

    def _is_wanted(self, source: Source) -> bool:
        try:
            return self._proxies.wanted(self._where(source))
        except Problem:
            return False

    def make(self, source: Source, task: Task[Any]) -> Path:
        """Makes one. Refused, Cancelled: as `Proxies.make`."""
        made = self._proxies.make(self._where(source), task)
        self.changed.emit(source.id)
        return made

    @property
    def _proxies(self) -> Proxies:
        if self._kept is None:
            from studio.media.video.proxies import Proxies

            self._kept = Proxies(self._folder)
        return self._kept


def player(videos: Videos, stand_ins: StandIns, speaker: Speaker | None = None) -> Player:
    """A player of this workspace's projects. The engine is loaded with the first picture."""
    def compositor() -> Any:
        from studio.media.video.compositor import Compositor

        return Compositor(stand_ins.watched, troubled=stand_ins.remarked.emit, lenient=True)

    def mixer() -> Any:
        from studio.media.sound.mixer import Mixer

        return Mixer(videos.where)

    return Player(videos.baking.composing(compositor), videos.baking.mixing(mixer), speaker)


def exports(desk: Desk) -> Exports:
    """The queue of exports of a workspace; make it once."""
    from studio.services.videos.exports import Exports

    kept = None if desk.read_only else desk.workspace.settings
    return Exports(desk.jobs, kept, ready=desk.videos.baking.ready)


def presets(desk: Desk) -> Presets:
    """The presets of a workspace."""
    from studio.services.videos.presets import Presets

    return Presets(desk.workspace.settings)


def options(*, title: str, captions: str, ai: str, cover: Time | None) -> Options:
    """What is chosen for an export beside its preset; see `media.export.job.Options`."""
    from studio.media.export.job import Options

    return Options(title=title, captions=captions, ai=ai, cover=cover)  # type: ignore[arg-type]  # checked there
