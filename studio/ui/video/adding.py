"""Things put on the timeline from the bin, the file manager or the clipboard: read where they must be, then placed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from studio.core.edits import join, looks, place
from studio.core.edits.arrange import add_track, free_track
from studio.core.finding import Finding
from studio.core.ids import new_id
from studio.core.opentime import Time
from studio.core.timeline import ZERO, Clip, Role, Source, Timeline, Track
from studio.core.title import on_canvas
from studio.core.title_styles import STYLES
from studio.services.videos.projects import clip_of
from studio.ui.i18n import N, tr
from studio.ui.problems import findings_of
from studio.ui.video.carried import Carried
from studio.ui.video.timeline.drop import Drop, landed

if TYPE_CHECKING:
    from studio.core.task import Task
    from studio.services.desk import Desk
    from studio.ui.jobs import JobsBridge
    from studio.ui.video.timeline.document import Document

TITLE_FOR, JOIN_FOR = Fraction(3), Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Where:
    """Where something is wanted. track: "" for the one that fits."""

    at: Time
    track: str = ""


class Adding(QObject):
    """busy(bool): files are being read. refused([Finding]): what was not taken, and why. added([clip ids])."""

    busy = Signal(bool)
    refused = Signal(object)
    added = Signal(object)

    def __init__(self, desk: Desk, bridge: JobsBridge, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._bridge, self._running = desk, bridge, 0

    def put(self, document: Document, things: Sequence[Carried], chosen: Sequence[str], where: Where) -> None:
        """Each thing where it belongs: clips at the moment, effects and transitions on what is chosen."""
        for thing in things:
            if thing.kind in ("effect", "transition"):
                self._on_clips(document, thing, chosen, where)
            elif thing.kind == "title":
                self._title(document, thing.id, where)
        files = [thing for thing in things if thing.kind in ("source", "asset")]
        known = [document.timeline.sources[t.id] for t in files if t.id in document.timeline.sources]
        if len(known) == len(files):
            self._place(document, known, where)
        else:
            self._read(document, lambda _task: (self._sources(document, files), ()), where)

    def take_in(self, document: Document, paths: Sequence[Path], where: Where | None) -> None:
        """Files into the library and this video; with a place, onto the timeline, too."""
        def work(task: Task[Any]) -> tuple[list[Source], list[Finding]]:
            wanted = [file for path in paths for file in _inside(path)]
            sources, refused = self._desk.videos.add_files(wanted, task)
            return sources, [finding for one in refused for finding in one.findings]

        self._read(document, work, where)

    def drop(self, document: Document, dropped: Drop) -> None:
        """What the timeline could not place by itself."""
        where = Where(dropped.at, dropped.track)
        if dropped.files:
            self.take_in(document, dropped.files, where)
        if dropped.things:
            self.put(document, dropped.things, (), where)

    # inside ----------------------------------------------------------------------------------------------------

    def _sources(self, document: Document, files: Sequence[Carried]) -> list[Source]:
        videos, library = self._desk.videos, self._desk.library
        sources = document.timeline.sources
        return [sources[t.id] if t.id in sources else videos.source(library.get(t.id)) for t in files]

    def _read(
        self, document: Document, work: Callable[[Task[Any]], tuple[Sequence[Source], Sequence[Finding]]],
        where: Where | None,
    ) -> None:
        def done(found: tuple[Sequence[Source], Sequence[Finding]]) -> None:
            self._ended()
            sources, findings = found
            if sources and where is None:
                document.edit(N("video", "Import files"), lambda t: _knowing(t, sources))
            elif sources and where is not None:
                self._place(document, sources, where)
            self.refused.emit(list(findings))

        def failed(fault: BaseException) -> None:
            self._ended()
            self.refused.emit(list(findings_of(fault)))

        self._running += 1
        self.busy.emit(True)
        self._bridge.submit("store", N("job", "Adding files"), work, done, failed, self._ended, owner=self)

    def _ended(self) -> None:
        self._running -= 1
        self.busy.emit(self._running > 0)

    def _place(self, document: Document, sources: Sequence[Source], where: Where) -> None:
        if not sources:
            return
        clips = [clip_of(source, document.timeline) for source in sources]
        self._edit(document, N("video", "Add to the timeline"), lambda t: placed(t, sources, clips, where),
                   [clip.id for clip in clips])

    def _title(self, document: Document, style: str, where: Where) -> None:
        preset = STYLES[style]
        words = tr("video", "Your words") if preset.use == "title" else tr("video", "Your caption")
        timeline = document.timeline
        title = on_canvas(preset.title(words), timeline.width, timeline.height)
        clip = Clip(new_id(), timeline.snapped(TITLE_FOR), "title", title=title)
        role: Role = "titles" if preset.use == "title" else "captions"
        self._edit(document, N("video", "Add title"), lambda t: put_free(t, role, clip, where), [clip.id])

    def _on_clips(self, document: Document, thing: Carried, chosen: Sequence[str], where: Where) -> None:
        clips = list(chosen) or _playing(document.timeline, where.at)
        if thing.kind == "effect":
            self._edit(document, N("video", "Add effect"), lambda t: looks.add_effect(t, clips, thing.id), clips)
            return

        def joined(timeline: Timeline) -> Timeline:
            for clip in clips:
                timeline = join.join(timeline, clip, thing.id, JOIN_FOR)
            return timeline

        self._edit(document, N("video", "Add transition"), joined, clips)

    def _edit(self, document: Document, words: Any, change: Callable[[Timeline], Timeline], ids: list[str]) -> None:
        from studio.core.errors import Problem

        try:
            document.edit(words, change)
        except Problem as problem:
            self.refused.emit(list(problem.findings))
            return
        self.added.emit(ids)


def placed(timeline: Timeline, sources: Sequence[Source], clips: Sequence[Clip], where: Where) -> Timeline:
    """The sources known, and their clips one behind the other from a moment on."""
    timeline, at = _knowing(timeline, sources), where.at
    for source, clip in zip(sources, clips, strict=True):
        timeline, track = _fitting(timeline, source, where.track)
        timeline = landed(timeline, track.id, clip, at)
        at += clip.duration
    return timeline


def put_free(timeline: Timeline, role: Role, clip: Clip, where: Where) -> Timeline:
    """On a track of the role that is free then: the one that is meant, or a new one."""
    wanted = timeline.track(where.track) if where.track else None
    end = where.at + clip.duration
    if wanted is not None and wanted.role in ("titles", "captions") and place.has_room(wanted, where.at, end):
        return place.put(timeline, wanted.id, clip, where.at)
    timeline, track = free_track(timeline, role, where.at, end)
    return place.put(timeline, track, clip, where.at)


def _fitting(timeline: Timeline, source: Source, wanted: str) -> tuple[Timeline, Track]:
    """The track that is meant when it takes such a source, else the main one, or the first of sound."""
    track = timeline.track(wanted) if wanted else None
    heard = source.kind == "audio"
    if track is not None and track.seen != heard and track.role not in ("titles", "captions"):
        return timeline, track
    role: Role = "music" if heard else "main"
    if timeline.role(role) is None:
        timeline = add_track(timeline, role)
    found = timeline.role(role)
    assert found is not None
    return timeline, found


def _knowing(timeline: Timeline, sources: Sequence[Source]) -> Timeline:
    for source in sources:
        timeline = place.with_source(timeline, source)
    return timeline


def _playing(timeline: Timeline, at: Time) -> list[str]:
    """The clip of the main track at a moment, for what needs one and none is chosen."""
    main = timeline.role("main")
    found = main.at(max(ZERO, at)) if main is not None else None
    return [found.clip.id] if found is not None else []


def _inside(path: Path) -> list[Path]:
    """A file, or the files of a folder."""
    return sorted(file for file in path.iterdir() if file.is_file()) if path.is_dir() else [path]
