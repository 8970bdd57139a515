"""Drags as data: what is taken in hand, and what the timeline becomes when it is moved. The mouse and the keys move
them alike; nothing here knows pixels. Every `change` raises Refused where it cannot be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar, Protocol

from studio.core.curve import Curve
from studio.core.edits import join, looks, place, trim
from studio.core.edits.items import the_clip
from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.opentime import Time
from studio.core.timeline import ZERO, Placed, Timeline
from studio.core.words import Marked, N
from studio.ui.video.timeline.document import apart
from studio.ui.video.timeline.layout import LOUDEST, QUIETEST, curves, moments


@dataclass(frozen=True, slots=True)
class Aim:
    """Where it is held now. by: seconds from where it was taken; track: the lane it is over, "" for its own;
    up: decibels louder; copy: a copy of it is meant."""

    by: Time = ZERO
    track: str = ""
    up: float = 0.0
    copy: bool = False


class Gesture(Protocol):
    """Something in hand. clips: those that change with it; they are no targets to snap to."""

    @property
    def name(self) -> Marked:
        """What undo calls it."""
        ...

    @property
    def clips(self) -> frozenset[str]: ...

    def edges(self, timeline: Timeline) -> tuple[Time, ...]:
        """The moments that cling to others, where they were; the first one falls on a frame. Empty: none do."""
        ...

    def change(self, timeline: Timeline, aim: Aim) -> Timeline:
        """The timeline when it is let go there."""
        ...


def _placed(timeline: Timeline, id: str) -> Placed:
    """A clip, on a locked track, too: whether it may change is asked when it does."""
    found = timeline.find(id)
    if found is None:
        raise Refused(error("video.no_clip", "clip", clip=id))
    return found[1]


def _ends(timeline: Timeline, clips: frozenset[str]) -> tuple[Time, ...]:
    found = [placed for _, placed in timeline.clips() if placed.clip.id in clips]
    return tuple(each for placed in found for each in (placed.begin, placed.end))


@dataclass(frozen=True, slots=True)
class Move:
    """Clips moved, by the one that was grabbed."""

    clips: frozenset[str]
    clip: str
    name: ClassVar[Marked] = N("timeline", "Move clip")

    def edges(self, timeline: Timeline) -> tuple[Time, ...]:
        placed = _placed(timeline, self.clip)
        return tuple(dict.fromkeys((placed.begin, placed.end, *_ends(timeline, self.clips))))

    def change(self, timeline: Timeline, aim: Aim) -> Timeline:
        if aim.copy:
            first = min(_ends(timeline, self.clips))
            return place.paste(timeline, place.copies(timeline, self.clips), max(ZERO, first + aim.by))
        track, _ = the_clip(timeline, self.clip)
        on_main = frozenset(p.clip.id for t, p in timeline.clips() if t.role == "main") & self.clips
        mine = frozenset(p.clip.id for p in track.placed) & self.clips
        leaders = on_main or mine
        leader = self.clip if self.clip in leaders else next(iter(leaders))
        edited = place.move(timeline, leaders, aim.by, aim.track if leaders == mine else "")
        rest = self.clips - leaders
        by = the_clip(edited, leader)[1].begin - the_clip(timeline, leader)[1].begin
        return place.move(edited, rest, by) if rest and by else edited


@dataclass(frozen=True, slots=True)
class Trim:
    """One end of a clip. ripple: None as its track does it, True and False against that."""

    clip: str
    edge: trim.Edge
    clips: frozenset[str]
    ripple: bool | None = None
    linked: bool = True
    along: bool = False
    name: ClassVar[Marked] = N("timeline", "Trim clip")

    def edges(self, timeline: Timeline) -> tuple[Time, ...]:
        placed = _placed(timeline, self.clip)
        return (placed.begin if self.edge == "start" else placed.end,)

    def change(self, timeline: Timeline, aim: Aim) -> Timeline:
        def trimmed(one: Timeline) -> Timeline:
            return trim.trim(one, self.clip, self.edge, aim.by, self.ripple, self.along)

        return trimmed(timeline) if self.linked else apart(timeline, [self.clip], trimmed)


@dataclass(frozen=True, slots=True)
class Roll:
    """The cut at one end of a clip."""

    clip: str
    edge: trim.Edge
    clips: frozenset[str]
    name: ClassVar[Marked] = N("timeline", "Roll cut")

    def edges(self, timeline: Timeline) -> tuple[Time, ...]:
        placed = _placed(timeline, self.clip)
        return (placed.begin if self.edge == "start" else placed.end,)

    def change(self, timeline: Timeline, aim: Aim) -> Timeline:
        return trim.roll(timeline, self.clip, self.edge, aim.by)


@dataclass(frozen=True, slots=True)
class Slip:
    """What is seen of the source; to the right shows what came before."""

    clip: str
    clips: frozenset[str]
    linked: bool = True
    name: ClassVar[Marked] = N("timeline", "Slip clip")

    def edges(self, timeline: Timeline) -> tuple[Time, ...]:
        return ()

    def change(self, timeline: Timeline, aim: Aim) -> Timeline:
        def slipped(one: Timeline) -> Timeline:
            return trim.slip(one, self.clip, -timeline.snapped(aim.by))

        return slipped(timeline) if self.linked else apart(timeline, [self.clip], slipped)


@dataclass(frozen=True, slots=True)
class Slide:
    """A clip between its neighbours."""

    clip: str
    clips: frozenset[str]
    name: ClassVar[Marked] = N("timeline", "Slide clip")

    def edges(self, timeline: Timeline) -> tuple[Time, ...]:
        placed = _placed(timeline, self.clip)
        return placed.begin, placed.end

    def change(self, timeline: Timeline, aim: Aim) -> Timeline:
        return trim.slide(timeline, self.clip, aim.by)


@dataclass(frozen=True, slots=True)
class Lengthen:
    """A transition made longer (to the right) or shorter."""

    transition: str
    clips: frozenset[str] = frozenset()
    name: ClassVar[Marked] = N("timeline", "Change transition length")

    def edges(self, timeline: Timeline) -> tuple[Time, ...]:
        return ()

    def change(self, timeline: Timeline, aim: Aim) -> Timeline:
        found = join.find_transition(timeline, self.transition)
        if found is None:
            return timeline
        frame = 1 / timeline.rate
        longer = max(2 * frame, found[1].duration + 2 * timeline.snapped(aim.by))
        return join.set_transition(timeline, self.transition, duration=longer)


@dataclass(frozen=True, slots=True)
class MoveKeys:
    """All key frames of a clip's picture at one moment, moved together. nth: which moment of the clip."""

    clip: str
    nth: int
    clips: frozenset[str]
    name: ClassVar[Marked] = N("timeline", "Move key frame")

    def edges(self, timeline: Timeline) -> tuple[Time, ...]:
        placed = _placed(timeline, self.clip)
        return (placed.begin + moments(placed.clip)[self.nth],)

    def change(self, timeline: Timeline, aim: Aim) -> Timeline:
        _, placed = the_clip(timeline, self.clip)
        at = moments(placed.clip)[self.nth]
        to = min(max(at + aim.by, ZERO), placed.clip.duration)
        for owner, field, curve in curves(placed.clip):
            if any(key.at == at for key in curve.keys):
                timeline = looks.with_curve(timeline, self.clip, owner, field, _moved(at, to))
        return timeline


def _moved(at: Time, to: Time) -> Callable[[Curve], Curve]:
    """A key frame moved from `at` to `to`; one that is there makes room."""
    def moved(curve: Curve) -> Curve:
        key = next((each for each in curve.keys if each.at == at), None)
        if key is None or at == to:
            return curve
        left = replace(curve, keys=tuple(each for each in curve.keys if each.at != at))
        return left.with_key(to, key.value, key.ease)

    return moved


@dataclass(frozen=True, slots=True)
class Fade:
    """How long a clip's sound takes to come or go. side: "in" or "out"."""

    clip: str
    side: str
    clips: frozenset[str]
    name: ClassVar[Marked] = N("timeline", "Change fade")

    def edges(self, timeline: Timeline) -> tuple[Time, ...]:
        placed = _placed(timeline, self.clip)
        sound = placed.clip.sound
        return (placed.begin + sound.fade_in if self.side == "in" else placed.end - sound.fade_out,)

    def change(self, timeline: Timeline, aim: Aim) -> Timeline:
        _, placed = the_clip(timeline, self.clip)
        sound, whole = placed.clip.sound, placed.clip.duration
        if self.side == "in":
            sound = replace(sound, fade_in=min(max(ZERO, sound.fade_in + aim.by), whole - sound.fade_out))
        else:
            sound = replace(sound, fade_out=min(max(ZERO, sound.fade_out - aim.by), whole - sound.fade_in))
        return looks.set_fields(timeline, [self.clip], sound=sound)


@dataclass(frozen=True, slots=True)
class Volume:
    """The line of a clip's volume, all of it."""

    clip: str
    clips: frozenset[str]
    name: ClassVar[Marked] = N("timeline", "Change volume")

    def edges(self, timeline: Timeline) -> tuple[Time, ...]:
        return ()

    def change(self, timeline: Timeline, aim: Aim) -> Timeline:
        def louder(curve: Curve) -> Curve:
            keys = tuple(replace(key, value=_audible(key.value + aim.up)) for key in curve.keys)
            return Curve(_audible(curve.value + aim.up), keys)

        return looks.with_curve(timeline, self.clip, "sound", "gain", louder)


@dataclass(frozen=True, slots=True)
class VolumePoint:
    """One point of the line. nth: which key frame."""

    clip: str
    nth: int
    clips: frozenset[str]
    name: ClassVar[Marked] = N("timeline", "Change volume")

    def edges(self, timeline: Timeline) -> tuple[Time, ...]:
        placed = _placed(timeline, self.clip)
        return (placed.begin + placed.clip.sound.gain.keys[self.nth].at,)

    def change(self, timeline: Timeline, aim: Aim) -> Timeline:
        _, placed = the_clip(timeline, self.clip)
        key = placed.clip.sound.gain.keys[self.nth]
        to = min(max(key.at + aim.by, ZERO), placed.clip.duration)

        def moved(curve: Curve) -> Curve:
            there = _moved(key.at, to)(curve)
            return there.with_key(to, _audible(key.value + aim.up), key.ease)

        return looks.with_curve(timeline, self.clip, "sound", "gain", moved)


def _audible(gain: float) -> float:
    """Decibels within what the line shows."""
    return round(min(LOUDEST, max(QUIETEST, gain)), 1)


@dataclass(frozen=True, slots=True)
class MoveMarker:
    """A marker at another moment. nth: which one."""

    nth: int
    clips: frozenset[str] = frozenset()
    name: ClassVar[Marked] = N("timeline", "Move marker")

    def edges(self, timeline: Timeline) -> tuple[Time, ...]:
        return (timeline.markers[self.nth].at,)

    def change(self, timeline: Timeline, aim: Aim) -> Timeline:
        marker = timeline.markers[self.nth]
        to = max(ZERO, marker.at + aim.by)
        others = [each for each in timeline.markers if each not in (marker,) and each.at != to]
        moved = sorted([*others, replace(marker, at=to)], key=lambda each: each.at)
        return replace(timeline, markers=tuple(moved))
