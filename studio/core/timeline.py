"""A video as a document: tracks of clips, gaps and transitions in exact time. What plays when; never how it looks.

A track is a sequence, so two clips cannot overlap and taking one out is a ripple. A transition stands between two
clips and takes no time of its own: `before` the cut the outgoing clip is joined by the incoming one, `after` it the
outgoing one still plays on, each beyond its own range (its handles).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Literal

from studio.core.curve import Curve
from studio.core.opentime import Time
from studio.core.post import Kind
from studio.core.title import Title

Role = Literal["main", "overlay", "titles", "captions", "voice", "music", "sound"]
Fit = Literal["cover", "contain", "fill", "blur"]
ClipKind = Literal["media", "title", "solid", "adjustment"]
Param = Curve | bool | str
SEEN: tuple[Role, ...] = ("main", "overlay", "titles", "captions")
HEARD: tuple[Role, ...] = ("voice", "music", "sound")
ZERO, ONE, THIRTY = Fraction(0), Fraction(1), Fraction(30)
NONE, FULL = Curve(0.0), Curve(1.0)


@dataclass(frozen=True, slots=True)
class Source:
    """A file that clips are cut from.

    path      absolute, or relative to the project's file, with "/"
    media     its id in the library, "" when it is not there; hash: SHA-256 of its bytes in hex, "" while unknown
    width, height  as shown: upright, in square pixels; duration, rate: seconds, frames a second; None for pictures
    rate      an average where the frame rate varies
    """

    id: str
    path: str
    kind: Kind
    name: str = ""
    media: str = ""
    hash: str = ""
    width: int = 0
    height: int = 0
    duration: Time | None = None
    rate: Fraction | None = None
    sound: bool = False
    alpha: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """One effect on a clip. name: one of `core.effects.EFFECTS`; params: its fields by name, absent: their default."""

    id: str
    name: str
    params: Mapping[str, Param] = field(default_factory=dict)
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Transform:
    """Where a picture lies. x, y: px of the timeline's canvas from the middle, right and down; scale: 1 is as `fit`
    lays it; rotation: degrees clockwise; opacity: 0 to 1. Curves run in the clip's own time."""

    x: Curve = NONE
    y: Curve = NONE
    scale: Curve = FULL
    rotation: Curve = NONE
    opacity: Curve = FULL

    @property
    def plain(self) -> bool:
        """True when the picture lies as its fit lays it."""
        return self == PLAIN


PLAIN = Transform()


@dataclass(frozen=True, slots=True)
class Sound:
    """How a clip is heard. gain: dB; fades: seconds; keep_pitch: a changed speed does not change the voice."""

    gain: Curve = NONE
    fade_in: Time = ZERO
    fade_out: Time = ZERO
    muted: bool = False
    keep_pitch: bool = True


AS_IS = Sound()


@dataclass(frozen=True, slots=True)
class Clip:
    """A stretch of a source (or a title, a colour, an adjustment of what lies below) on a track.

    duration  seconds on the timeline     start   where it begins in the source, in the source's seconds
    speed     source seconds per timeline second, above 0; reverse: the same range, backwards
    smooth    frames between frames are made by optical flow where it is slower than its source
    link      clips with the same one are edited together (picture and its sound); group: chosen together
    """

    id: str
    duration: Time
    kind: ClipKind = "media"
    source: str = ""
    start: Time = ZERO
    speed: Fraction = ONE
    reverse: bool = False
    smooth: bool = False
    fit: Fit = "cover"
    title: Title | None = None
    color: str = "#000000"
    transform: Transform = PLAIN
    effects: tuple[Effect, ...] = ()
    sound: Sound = AS_IS
    name: str = ""
    link: str = ""
    group: str = ""

    @property
    def length(self) -> Time:
        """Seconds of the source it takes."""
        return self.duration * self.speed

    @property
    def end(self) -> Time:
        """Where it ends in the source."""
        return self.start + self.length

    def source_time(self, local: Time) -> Time:
        """The source's moment at `local` seconds after the clip's first frame (before it and beyond its end, too)."""
        return self.end - local * self.speed if self.reverse else self.start + local * self.speed

    def local_time(self, source_time: Time) -> Time:
        """Seconds after the clip's first frame at which a moment of the source comes; the reverse of `source_time`."""
        return (self.end - source_time if self.reverse else source_time - self.start) / self.speed


@dataclass(frozen=True, slots=True)
class Gap:
    """Nothing, for a while."""

    duration: Time


@dataclass(frozen=True, slots=True)
class Transition:
    """Between two clips. kind: one of `core.transitions.TRANSITIONS`; before, after: seconds around the cut."""

    id: str
    kind: str
    before: Time
    after: Time
    params: Mapping[str, Param] = field(default_factory=dict)

    @property
    def duration(self) -> Time:
        """How long both clips are seen."""
        return self.before + self.after


Item = Clip | Gap | Transition


@dataclass(frozen=True, slots=True)
class Placed:
    """A clip and when it plays on the timeline. index: of the item in its track."""

    clip: Clip
    begin: Time
    index: int

    @property
    def end(self) -> Time:
        return self.begin + self.clip.duration


@dataclass(frozen=True)
class Track:
    """items: in order; gain: dB on all of it; duck: quieter while a voice track speaks; hidden: neither seen nor heard.

    Without __slots__: where its clips lie is worked out once and remembered.
    """

    id: str
    role: Role
    items: tuple[Item, ...] = ()
    name: str = ""
    hidden: bool = False
    locked: bool = False
    gain: float = 0.0
    duck: bool = False

    @property
    def seen(self) -> bool:
        """True for a track of pictures, False for one of sound only."""
        return self.role in SEEN

    @cached_property
    def placed(self) -> tuple[Placed, ...]:
        """The clips with their times, in order."""
        found, at = [], ZERO
        for index, item in enumerate(self.items):
            if isinstance(item, Clip):
                found.append(Placed(item, at, index))
            if not isinstance(item, Transition):
                at += item.duration
        return tuple(found)

    @cached_property
    def duration(self) -> Time:
        """Seconds to the end of its last clip."""
        return self.placed[-1].end if self.placed else ZERO

    @cached_property
    def _begins(self) -> tuple[Time, ...]:
        return tuple(placed.begin for placed in self.placed)

    @cached_property
    def by_index(self) -> Mapping[int, Placed]:
        """The clips by their index in `items`."""
        return {placed.index: placed for placed in self.placed}

    def nth_at(self, t: Time) -> int:
        """Index in `placed` of the last clip that begins at or before `t`; -1 before the first."""
        return bisect_right(self._begins, t) - 1

    def at(self, t: Time) -> Placed | None:
        """The clip that plays at `t`."""
        nth = self.nth_at(t)
        return self.placed[nth] if nth >= 0 and t < self.placed[nth].end else None

    def clip(self, id: str) -> Placed | None:
        return next((placed for placed in self.placed if placed.clip.id == id), None)

    def transition_before(self, placed: Placed) -> Transition | None:
        """The transition that leads into a clip."""
        item = self.items[placed.index - 1] if placed.index else None
        return item if isinstance(item, Transition) else None

    def transition_after(self, placed: Placed) -> Transition | None:
        """The transition that leads out of a clip."""
        item = self.items[placed.index + 1] if placed.index + 1 < len(self.items) else None
        return item if isinstance(item, Transition) else None


@dataclass(frozen=True, slots=True)
class Marker:
    """A remark at a moment. color: a name of the look ("warn", "accent", ...)."""

    at: Time
    text: str = ""
    color: str = "warn"


@dataclass(frozen=True)
class Timeline:
    """width, height: px of the canvas; rate: frames a second; tracks: pictures from the bottom up, then sounds.

    loudness  what the mix is brought to at export, in LUFS; None: left as it is
    cover     the moment whose frame is the cover; None: chosen later
    beats     marks to snap to, in seconds
    """

    id: str
    width: int = 1080
    height: int = 1920
    rate: Fraction = THIRTY
    tracks: tuple[Track, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    name: str = ""
    markers: tuple[Marker, ...] = ()
    beats: tuple[Time, ...] = ()
    background: str = "#000000"
    loudness: float | None = -14.0
    cover: Time | None = None

    @cached_property
    def duration(self) -> Time:
        """Seconds to the end of the last clip of any track."""
        return max((track.duration for track in self.tracks), default=ZERO)

    @property
    def frames(self) -> int:
        """How many frames it has; a last one that is only begun counts."""
        return -(-self.duration * self.rate // 1)

    def snapped(self, t: Time) -> Time:
        """The moment of the frame nearest to `t`."""
        return Fraction(round(t * self.rate)) / self.rate

    def track(self, id: str) -> Track | None:
        return next((track for track in self.tracks if track.id == id), None)

    def role(self, role: Role) -> Track | None:
        """The first track of a role."""
        return next((track for track in self.tracks if track.role == role), None)

    def find(self, clip: str) -> tuple[Track, Placed] | None:
        """A clip by its id, with its track."""
        for track in self.tracks:
            if (placed := track.clip(clip)) is not None:
                return track, placed
        return None

    def clips(self) -> Iterator[tuple[Track, Placed]]:
        """Every clip of every track."""
        for track in self.tracks:
            for placed in track.placed:
                yield track, placed

    def source_of(self, clip: Clip) -> Source | None:
        return self.sources.get(clip.source)

    def with_track(self, track: Track) -> Timeline:
        """The same with the track of that id replaced."""
        return replace(self, tracks=tuple(track if each.id == track.id else each for each in self.tracks))
