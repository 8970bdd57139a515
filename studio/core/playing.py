"""What plays when: the one place where the timeline's clock is turned into its clips'.

Preview, poster frame and export all ask here, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from studio.core.opentime import Time
from studio.core.timeline import ZERO, Clip, Placed, Timeline, Track, Transition


@dataclass(frozen=True, slots=True)
class Playing:
    """A clip at one moment. local: seconds since its first frame; below 0 and beyond its end inside a transition."""

    track: Track
    clip: Clip
    local: Time

    @property
    def source_time(self) -> Time:
        return self.clip.source_time(self.local)


@dataclass(frozen=True, slots=True)
class Blend:
    """Two clips in a transition. progress: 0 at its first frame, below 1 at its last."""

    transition: Transition
    outgoing: Playing
    incoming: Playing
    progress: Time


Layer = Playing | Blend


@dataclass(frozen=True, slots=True)
class Heard:
    """A clip that sounds. begin, end: on the timeline, its handles in transitions included; fade_in, fade_out: seconds
    that its transitions take at either end (0 without)."""

    track: Track
    clip: Clip
    begin: Time
    end: Time
    origin: Time
    fade_in: Time
    fade_out: Time


def layers(timeline: Timeline, t: Time) -> tuple[Layer, ...]:
    """What is seen at `t`, bottom first."""
    seen = (layer(track, t) for track in timeline.tracks if track.seen and not track.hidden)
    return tuple(one for one in seen if one is not None)


def layer(track: Track, t: Time) -> Layer | None:
    """What one track shows at `t`."""
    nth = track.nth_at(t)
    if nth < 0:
        return None
    here = track.placed[nth]
    into = track.transition_before(here)
    if into is not None and t < here.begin + into.after:
        return _blend(track, into, track.placed[nth - 1], here, t)
    out = track.transition_after(here)
    if out is not None and t >= here.end - out.before:
        return _blend(track, out, here, track.placed[nth + 1], t)
    return Playing(track, here.clip, t - here.begin) if t < here.end else None


def _blend(track: Track, transition: Transition, one: Placed, two: Placed, t: Time) -> Blend:
    first = two.begin - transition.before
    return Blend(
        transition, Playing(track, one.clip, t - one.begin), Playing(track, two.clip, t - two.begin),
        (t - first) / transition.duration,
    )


def heard(timeline: Timeline) -> Iterator[Heard]:
    """Every clip that may sound, in order of its track; muted and hidden ones are left out."""
    for track in timeline.tracks:
        if track.hidden:
            continue
        for placed in track.placed:
            source = timeline.source_of(placed.clip)
            if placed.clip.kind == "media" and source is not None and source.sound and not placed.clip.sound.muted:
                yield _heard(track, placed)


def _heard(track: Track, placed: Placed) -> Heard:
    into, out = track.transition_before(placed), track.transition_after(placed)
    before, after = (into.before if into else ZERO), (out.after if out else ZERO)
    return Heard(
        track, placed.clip, placed.begin - before, placed.end + after, placed.begin,
        into.duration if into else ZERO, out.duration if out else ZERO,
    )
