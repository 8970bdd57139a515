"""What falls on the timeline from elsewhere: files, things of the bin. What it would do shows while it is over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPointF, QRectF
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent

from studio.core.edits import looks, place
from studio.core.edits.arrange import free_track
from studio.core.effects import EFFECTS
from studio.core.opentime import Time
from studio.core.timeline import ZERO, Clip, Role, Timeline, Track
from studio.core.transitions import TRANSITIONS
from studio.core.words import N
from studio.services.videos.projects import clip_of
from studio.ui.i18n import tr
from studio.ui.video.carried import Carried, unpack
from studio.ui.video.timeline.layout import Lane, cuts
from studio.ui.video.timeline.scene import Landing
from studio.ui.video.timeline.snap import nearest, snap, targets

if TYPE_CHECKING:
    from studio.ui.video.timeline.view import TimelineView

MARGIN, STRIDE = 48.0, 16.0  # px from the sides where the view moves along, and how far at each move
STILL = Fraction(3)  # seconds of a picture, or of a file that is not known yet


@dataclass(frozen=True, slots=True)
class Drop:
    """What the timeline cannot place by itself, and where it was let go. track: "" for the one that fits."""

    things: tuple[Carried, ...]
    files: tuple[Path, ...]
    track: str
    at: Time


def things_of(mime: QMimeData) -> tuple[Carried, ...]:
    """The things of a drag from the bin; another program may have written anything under that name."""
    return tuple(t for t in unpack(mime) if all(isinstance(each, str) for each in (t.kind, t.id, t.seconds)))


def length(thing: Carried) -> Time:
    """How long it will be; what is not known yet, or has no length, takes three seconds."""
    try:
        return max(STILL / 90, Fraction(thing.seconds))
    except (ValueError, ZeroDivisionError):
        return STILL


def files_of(mime: QMimeData) -> tuple[Path, ...]:
    """The files of a drag from the file manager."""
    return tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())


def landed(timeline: Timeline, track: str, clip: Clip, at: Time, along: bool = False) -> Timeline:
    """The clip put onto a track: into the main one at the cut nearest to `at`, on others where there is room, on a
    free one of the same role when there is none."""
    found = timeline.track(track)
    if found is not None and found.role == "main":
        moments = tuple(sorted({ZERO, *(placed.end for placed in found.placed)}))
        return place.insert(timeline, track, clip, nearest(moments, at) or ZERO, along)
    if found is not None and not found.locked and not place.has_room(found, at, at + clip.duration):
        timeline, track = free_track(timeline, found.role, at, at + clip.duration)
    return place.put(timeline, track, clip, at)


def fitting_track(timeline: Timeline, lane: Track | None, heard: bool) -> Track | None:
    """The track under the pointer when it takes such a clip, else the first that does."""
    if lane is not None and lane.seen != heard:
        return lane
    role: Role = "music" if heard else "main"
    return timeline.role(role) or next((t for t in timeline.tracks if t.seen != heard), None)


class Dropping:
    """Drags from elsewhere over one view."""

    def __init__(self, view: TimelineView) -> None:
        self._view = view

    def enter(self, event: QDragEnterEvent) -> None:
        if things_of(event.mimeData()) or files_of(event.mimeData()):
            event.acceptProposedAction()

    def move(self, event: QDragMoveEvent) -> None:
        view = self._view
        things, files = things_of(event.mimeData()), files_of(event.mimeData())
        self._go_along(event.position().x())
        view.landing = self.landing(things, files, QPointF(event.position()))
        view.update()
        if view.landing is None or view.landing.refused:
            event.ignore()
        else:
            event.acceptProposedAction()

    def leave(self) -> None:
        self._view.landing = None
        self._view.update()

    def drop(self, event: QDropEvent) -> None:
        things, files = things_of(event.mimeData()), files_of(event.mimeData())
        self.leave()
        if self.put(things, files, QPointF(event.position())):
            event.acceptProposedAction()

    def _go_along(self, x: float) -> None:
        """Held at a side, the view moves on."""
        view = self._view
        if view.scale_now.origin <= x < view.scale_now.origin + MARGIN and view.scale_now.left > 0:
            view.scroll_by(-STRIDE)
        elif x > view.width() - MARGIN:
            view.scroll_by(STRIDE)

    # where it would lie ----------------------------------------------------------------------------------------

    def landing(self, things: tuple[Carried, ...], files: tuple[Path, ...], at: QPointF) -> Landing | None:
        """What letting go here would do."""
        if not things and not files:
            return None
        first = things[0] if things else Carried("asset", "")
        if first.kind in ("effect", "transition"):
            return self._on_clip(first, at)
        lane, when = self._aim(first, at)
        if lane is None:
            return None
        plan = self._view.plan()
        if lane.track.role == "main":
            when = nearest(tuple(sorted({ZERO, *(p.end for p in lane.track.placed)})), when) or ZERO
        long = sum((length(thing) for thing in things), ZERO) or STILL
        rect = QRectF(plan.scale.x(when), lane.top + 3, max(24.0, float(long) * plan.scale.per_second), lane.height - 7)
        refused = tr("timeline", "This track is locked.") if lane.track.locked else ""
        words = self._name(first, files)
        if lane.track.role != "main" and not place.has_room(lane.track, when, when + long):
            words = tr("timeline", "{name}, on a track of its own", name=words)
        return Landing(rect, words, refused)

    def _aim(self, thing: Carried, at: QPointF) -> tuple[Lane | None, Time]:
        view = self._view
        plan, c = view.plan(), view.controller
        under = plan.lane_at(at.y())
        track = fitting_track(view.timeline, under.track if under is not None else None, thing.sound)
        lane = plan.lane(track.id) if track is not None else None
        when = max(ZERO, view.timeline.snapped(plan.scale.time(at.x())))
        if c.snapping:
            edges = (ZERO, length(thing))
            when = max(ZERO, snap(edges, when, targets(view.timeline, c.playhead), view.reach).by)
        return lane, when

    def _name(self, thing: Carried, files: tuple[Path, ...]) -> str:
        """What it is called."""
        source = self._view.controller.timeline.sources.get(thing.id)
        if source is not None:
            return source.name or source.path.rsplit("/", 1)[-1]
        spec = EFFECTS.get(thing.id) or TRANSITIONS.get(thing.id)
        return spec.label.say(self._view.theme.language.code) if spec is not None else files[0].name if files else ""

    def _on_clip(self, thing: Carried, at: QPointF) -> Landing | None:
        plan = self._view.plan()
        box = next((box for box in plan.boxes if box.rect.contains(at)), None)
        if box is None:
            words = tr("timeline", "Let it go on a clip.")
            wide = self._view.theme.width("small", words, 500) + 18.0
            return Landing(QRectF(at.x() + 12, at.y() - 12, wide, 26), "", words)
        rect = QRectF(box.rect)
        if thing.kind == "transition":
            late = at.x() > box.rect.center().x()
            side = box.rect.right() if late else box.rect.left()
            rect = QRectF(side - 24, box.rect.top(), 48, box.rect.height())
        return Landing(rect, self._name(thing, ()))

    # letting go ------------------------------------------------------------------------------------------------

    def put(self, things: tuple[Carried, ...], files: tuple[Path, ...], at: QPointF) -> bool:
        """Do it: what is known is placed at once, the rest is told by `dropped`."""
        view = self._view
        landing = self.landing(things, files, at)
        if landing is None or landing.refused:
            return False
        first = things[0] if things else Carried("asset", "")
        if first.kind in ("effect", "transition"):
            return self._put_on(first, at)
        lane, when = self._aim(first, at)
        known = all(thing.kind == "source" and thing.id in view.controller.timeline.sources for thing in things)
        track = lane.track.id if lane is not None else ""
        if files or not known:
            view.dropped.emit(Drop(things, files, track, when))
            return True
        return view.controller.edit(N("timeline", "Add clip"), lambda t: _placed(
            t, things, track, when, view.controller.following))

    def _put_on(self, thing: Carried, at: QPointF) -> bool:
        view = self._view
        c = view.controller
        box = next((box for box in view.plan().boxes if box.rect.contains(at)), None)
        if box is None:
            return False
        id = box.clip.id
        if thing.kind == "effect":
            return c.edit(N("timeline", "Add effect"), lambda t: looks.add_effect(t, [id], thing.id))
        before = box.placed.begin if at.x() <= box.rect.center().x() else None
        clip = next((name for when, name in cuts(box.track) if when == before), "") if before is not None else id
        return c.join(clip or id, thing.id)


def _placed(timeline: Timeline, things: Sequence[Carried], track: str, at: Time, along: bool) -> Timeline:
    """Known sources one behind the other."""
    for thing in things:
        clip = clip_of(timeline.sources[thing.id], timeline)
        timeline = landed(timeline, track, clip, at, along)
        at += clip.duration
    return timeline

