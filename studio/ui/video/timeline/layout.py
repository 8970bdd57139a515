"""Where everything of the timeline lies: one function for painting, hit testing and tests.

Everything has a name: "ruler", "head:TRACK", "eye:TRACK", "lock:TRACK", "clip:ID", "start:ID", "end:ID" (its edges),
"join:ID" (a transition), "cut:ID" (where one could be put, at the end of clip ID), "key:ID:N" (the N-th moment with
key frames), "in:ID" and "out:ID" (fades), "gain:ID" (the line of its volume), "point:ID:N" (a point of it), "marker:N",
"lane:TRACK". What is not seen has no place.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF

from studio.core.curve import Curve
from studio.core.opentime import Time
from studio.core.timeline import Clip, Placed, Role, Timeline, Track, Transition
from studio.ui.video.timeline.scale import Scale

HEIGHTS: Mapping[Role, int] = {
    "captions": 30, "titles": 32, "main": 82, "overlay": 44, "voice": 52, "music": 56, "sound": 52,
}
INSETS: Mapping[Role, int] = {"main": 3}
GAP = 1.5  # px between two clips
GRIP = 7.0  # px of a clip's edge that trims it
JOIN = (24.0, 22.0)
KEY = 8.0
FADE = 9.0
LEAST_LABEL = 28.0
FLAG = 9.0
NEAR = 3.5  # px from the line of the volume that still take it
LOUDEST, QUIETEST = 12.0, -48.0  # dB the line shows


@dataclass(frozen=True, slots=True)
class Measures:
    """Px at the present text scale. head: width of the headers; tall: factor of the tracks' heights."""

    head: float = 116.0
    ruler: float = 26.0
    text: float = 1.0
    tall: float = 1.0


@dataclass(frozen=True, slots=True)
class Lane:
    """A track's strip. top, height: px, header included; number: its place among the lanes, from the top."""

    track: Track
    top: float
    height: float
    number: int

    @property
    def bottom(self) -> float:
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Box:
    """A clip that is at least partly seen. rect: all of it, even what lies outside."""

    track: Track
    placed: Placed
    rect: QRectF

    @property
    def clip(self) -> Clip:
        return self.placed.clip


@dataclass(frozen=True, slots=True)
class Badge:
    """A transition between two clips. rect: its badge; whole: the time it takes."""

    track: Track
    transition: Transition
    after: str
    rect: QRectF
    whole: QRectF


@dataclass(frozen=True, slots=True)
class Hit:
    """What is under the pointer. kind: the part of the name before the first ":"; id: the rest."""

    kind: str
    id: str = ""
    track: str = ""

    @property
    def name(self) -> str:
        return f"{self.kind}:{self.id}" if self.id else self.kind


@dataclass(frozen=True)
class Plan:
    """Everything that is seen, in px of the widget."""

    timeline: Timeline
    scale: Scale
    measures: Measures
    width: float
    height: float
    lanes: tuple[Lane, ...]
    boxes: tuple[Box, ...]
    badges: tuple[Badge, ...]
    total: float  # px all lanes are high

    @property
    def origin(self) -> float:
        return self.measures.head

    @property
    def body(self) -> QRectF:
        """Where the tracks are."""
        top = self.measures.ruler
        return QRectF(self.origin, top, max(0.0, self.width - self.origin), max(0.0, self.height - top))

    @property
    def ruler(self) -> QRectF:
        return QRectF(self.origin, 0, max(0.0, self.width - self.origin), self.measures.ruler)

    @cached_property
    def by_clip(self) -> Mapping[str, Box]:
        return {box.clip.id: box for box in self.boxes}

    def lane(self, track: str) -> Lane | None:
        return next((lane for lane in self.lanes if lane.track.id == track), None)

    def lane_at(self, y: float) -> Lane | None:
        return next((lane for lane in self.lanes if lane.top <= y < lane.bottom), None)

    def head(self, lane: Lane) -> QRectF:
        return QRectF(0, lane.top, self.origin, lane.height)

    def eye(self, lane: Lane) -> QRectF:
        """The button that hides or mutes a track."""
        side = 22.0 * self.measures.text
        return QRectF(self.origin - side - 6, lane.top + (lane.height - 1 - side) / 2, side, side)

    def lock(self, lane: Lane) -> QRectF:
        """The sign of a track's kind; while the pointer is there, the button that locks it."""
        return self.eye(lane).translated(6 - self.eye(lane).left(), 0)

    def areas(self) -> Iterator[tuple[Hit, QRectF]]:
        """Every hit area, the uppermost first."""
        yield from self._marks()
        yield Hit("add"), QRectF(4, 0, 26 * self.measures.text, self.measures.ruler)
        yield Hit("ruler"), self.ruler
        for lane in self.lanes:
            id = lane.track.id
            yield Hit("eye", id, id), self.eye(lane)
            yield Hit("lock", id, id), self.lock(lane)
            yield Hit("head", id, id), self.head(lane)
        for badge in self.badges:
            yield Hit("join", badge.transition.id, badge.track.id), badge.rect
        for box in self.boxes:
            yield from self._parts(box)
        for box in self.boxes:
            yield Hit("clip", box.clip.id, box.track.id), box.rect
        for lane in self.lanes:
            yield Hit("lane", lane.track.id, lane.track.id), QRectF(self.origin, lane.top, self.width, lane.height)

    def _marks(self) -> Iterator[tuple[Hit, QRectF]]:
        for number, marker in enumerate(self.timeline.markers):
            x = self.scale.x(marker.at)
            if self.origin - FLAG <= x <= self.width:
                yield Hit("marker", str(number)), QRectF(x - FLAG / 2, 0, FLAG, self.measures.ruler / 2)

    def _parts(self, box: Box) -> Iterator[tuple[Hit, QRectF]]:
        """What lies on a clip: key frames, fades, edges. A clip too narrow for edges is only a clip."""
        rect, clip, track = box.rect, box.clip, box.track.id
        if rect.width() < 4 * GRIP:
            return
        for number, at in enumerate(moments(clip)):
            yield Hit("key", f"{clip.id}:{number}", track), self.diamond(box, at)
        for number, place in enumerate(self.points(box)):
            yield Hit("point", f"{clip.id}:{number}", track), place
        for side, place in self.fades(box):
            yield Hit(side, clip.id, track), place
        yield Hit("start", clip.id, track), QRectF(rect.left(), rect.top(), GRIP, rect.height())
        yield Hit("end", clip.id, track), QRectF(rect.right() - GRIP, rect.top(), GRIP, rect.height())

    def diamond(self, box: Box, at: Time) -> QRectF:
        """The mark of a moment with key frames, at the foot of its clip."""
        x = self.scale.x(box.placed.begin + at)
        return QRectF(x - KEY / 2 - 1, box.rect.bottom() - KEY - 5, KEY + 2, KEY + 2)

    def fades(self, box: Box) -> Iterator[tuple[str, QRectF]]:
        """The grips of the fades of a clip that is heard."""
        if box.track.seen or box.rect.width() < 60:
            return
        sound, rect = box.clip.sound, box.rect
        left = max(rect.left() + GRIP + 1, self.scale.x(box.placed.begin + sound.fade_in) - FADE / 2)
        right = min(rect.right() - GRIP - FADE - 1, self.scale.x(box.placed.end - sound.fade_out) - FADE / 2)
        yield "in", QRectF(min(left, right), rect.top(), FADE, FADE)
        yield "out", QRectF(right, rect.top(), FADE, FADE)

    def level(self, box: Box, gain: float) -> float:
        """How high the line of a volume lies, px: 0 dB a quarter from the top."""
        low, high = QUIETEST, LOUDEST
        part = (min(high, max(low, gain)) - low) / (high - low)
        return box.rect.bottom() - 4 - part * (box.rect.height() - 8)

    def decibels(self, box: Box, px: float) -> float:
        """How much louder it is `px` higher up."""
        return px / max(1.0, box.rect.height() - 8) * (LOUDEST - QUIETEST)

    def points(self, box: Box) -> Iterator[QRectF]:
        """The points of a sound's volume, one for each of its key frames."""
        if box.track.seen:
            return
        for key in box.clip.sound.gain.keys:
            x, y = self.scale.x(box.placed.begin + key.at), self.level(box, key.value)
            yield QRectF(x - KEY / 2, y - KEY / 2, KEY, KEY)

    def on_line(self, box: Box, at: QPointF) -> bool:
        """Whether a place is on the line of the volume."""
        if box.track.seen or box.rect.width() < 4 * GRIP:
            return False
        local = self.scale.time(at.x()) - box.placed.begin
        return abs(self.level(box, box.clip.sound.gain.at(local)) - at.y()) <= NEAR

    def hit(self, at: QPointF) -> Hit | None:
        """What is there; what lies under the ruler or a header is covered by it."""
        for hit, rect in self.areas():
            if rect.contains(at) and self._open(hit, at):
                on_line = hit.kind == "clip" and self.on_line(self.by_clip[hit.id], at)
                return Hit("gain", hit.id, hit.track) if on_line else hit
        return None

    def _open(self, hit: Hit, at: QPointF) -> bool:
        ruled = hit.kind in ("marker", "ruler", "add")
        headed = hit.kind in ("head", "eye", "lock", "add")
        return (ruled or at.y() >= self.measures.ruler) and (headed or at.x() >= self.origin)

    def area(self, name: str) -> QRectF:
        """The place of a name; empty when it is not seen."""
        return next((rect for hit, rect in self.areas() if hit.name == name), QRectF())


def lay_out(
    timeline: Timeline, scale: Scale, measures: Measures, width: float, height: float, down: float = 0.0
) -> Plan:
    """Place everything. down: px the tracks are scrolled up."""
    lanes, y = [], measures.ruler - down
    for number, track in enumerate(shown_tracks(timeline)):
        tall = round(HEIGHTS[track.role] * measures.text * measures.tall)
        lanes.append(Lane(track, y, tall, number))
        y += tall
    boxes: list[Box] = []
    badges: list[Badge] = []
    for lane in lanes:
        if lane.bottom > measures.ruler and lane.top < height:
            mine = tuple(_boxes(lane, scale, width))
            boxes += mine
            badges += _badges(lane, mine, scale, width)
    total = y + down - measures.ruler
    return Plan(timeline, scale, measures, width, height, tuple(lanes), tuple(boxes), tuple(badges), total)


def shown_tracks(timeline: Timeline) -> tuple[Track, ...]:
    """The tracks from the top: pictures with the front one first, then sounds."""
    pictures = [track for track in timeline.tracks if track.seen]
    return (*reversed(pictures), *(track for track in timeline.tracks if not track.seen))


def _boxes(lane: Lane, scale: Scale, width: float) -> Iterator[Box]:
    placed = lane.track.placed
    first = max(0, lane.track.nth_at(Time(max(0.0, scale.left))))
    inset = INSETS.get(lane.track.role, 4)
    for each in placed[first:]:
        left, right = scale.x(each.begin), scale.x(each.end)
        if left >= width:
            return
        if right > scale.origin:
            gap = min(GAP, (right - left) / 2)
            yield Box(lane.track, each, QRectF(left, lane.top + inset, right - left - gap, lane.height - 2 * inset - 1))


def _badges(lane: Lane, boxes: tuple[Box, ...], scale: Scale, width: float) -> Iterator[Badge]:
    for box in boxes:
        for transition, after in _joins(lane.track, box.placed):
            cut = scale.x(after.end)
            wide, high = JOIN
            high = min(high, box.rect.height())
            rect = QRectF(cut - wide / 2 - GAP / 2, box.rect.center().y() - high / 2, wide, high)
            left = scale.x(after.end - transition.before)
            whole = QRectF(left, box.rect.top(), float(transition.duration) * scale.per_second, box.rect.height())
            yield Badge(lane.track, transition, after.clip.id, rect, whole)


def _joins(track: Track, placed: Placed) -> Iterator[tuple[Transition, Placed]]:
    """The transition out of a clip."""
    out = track.transition_after(placed)
    if out is not None:
        yield out, placed


def moments(clip: Clip) -> tuple[Time, ...]:
    """The moments of a clip with key frames of its picture or its effects, in its own seconds, in order."""
    found = {key.at for _, _, curve in curves(clip) for key in curve.keys}
    return tuple(sorted(at for at in found if 0 <= at <= clip.duration))


def curves(clip: Clip) -> Iterator[tuple[str, str, Curve]]:
    """(owner, field, curve) of everything on a clip that may move; the owner as `edits.looks.with_curve` takes it.
    The volume is drawn as a line and has points of its own."""
    for name in ("x", "y", "scale", "rotation", "opacity"):
        yield "transform", name, getattr(clip.transform, name)
    for effect in clip.effects:
        for field, param in effect.params.items():
            if isinstance(param, Curve):
                yield effect.id, field, param


def cuts(track: Track) -> tuple[tuple[Time, str], ...]:
    """(moment, clip that ends) of every place where one clip follows another directly."""
    placed = track.placed
    return tuple((one.end, one.clip.id) for one, two in pairwise(placed) if one.end == two.begin)


def cut_near(plan: Plan, at: QPointF, reach: float = 9.0) -> tuple[Lane, str] | None:
    """A plain cut under the pointer, where a transition could be put."""
    lane = plan.lane_at(at.y())
    if lane is None or not lane.track.seen or at.x() < plan.origin:
        return None
    found = cuts(lane.track)
    when = plan.scale.time(at.x())
    index = bisect_left(found, (when, ""))
    near = [each for each in found[max(0, index - 1) : index + 1] if abs(plan.scale.x(each[0]) - at.x()) <= reach]
    taken = {badge.after for badge in plan.badges}
    return next(((lane, id) for _, id in near if id not in taken), None)
