"""Where clips begin and end: trim, ripple, roll, slip, slide, speed.

All times are timeline seconds; to the right is positive. What goes further than there is material stops there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Literal

from studio.core.curve import Curve
from studio.core.edits.items import least, part, swapped, the_clip, with_items
from studio.core.edits.place import linked, shifted
from studio.core.edits.rules import head, tail
from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.opentime import Time
from studio.core.timeline import ZERO, Clip, Effect, Gap, Item, Placed, Timeline, Track, Transform
from studio.core.title import Word

Edge = Literal["start", "end"]
SLOWEST, FASTEST = Fraction(1, 20), Fraction(20)


def trim(timeline: Timeline, clip: str, edge: Edge, by: Time, ripple: bool | None = None,
         along: bool = False) -> Timeline:
    """One end of a clip (and of what is linked to it) moved by `by`.

    ripple  what follows on its track moves with it; without, a gap is left or a neighbour stands in the way. None: as
            the track does it (main ripples, others do not)
    along   with ripple: what begins later on other tracks moves, too
    """
    ids = linked(timeline, [clip])
    by = _allowed(timeline, ids, edge, by, ripple)
    if not by:
        return timeline
    _, placed = the_clip(timeline, clip)
    edited = timeline
    for id in sorted(ids):
        edited = _trimmed(edited, id, edge, by, ripple)
    grown = by if edge == "end" else -by
    touched = {track.id for track, each in timeline.clips() if each.clip.id in ids}
    rippled = _ripples(the_clip(timeline, clip)[0], ripple)
    return shifted(edited, placed.end, grown, without=touched) if along and rippled else edited


def _ripples(track: Track, ripple: bool | None) -> bool:
    return track.role == "main" if ripple is None else ripple


def _allowed(timeline: Timeline, ids: set[str], edge: Edge, by: Time, ripple: bool | None) -> Time:
    """`by`, as far as every one of the clips can go."""
    for id in ids:
        track, placed = the_clip(timeline, id)
        shorter, longer = _room(timeline, track, placed, edge, _ripples(track, ripple))
        inward = -by if edge == "end" else by
        inward = min(inward, shorter) if longer is None else max(-longer, min(inward, shorter))
        by = -inward if edge == "end" else inward
    return by


def _room(timeline: Timeline, track: Track, placed: Placed, edge: Edge, ripple: bool) -> tuple[Time, Time | None]:
    """(seconds it can become shorter, seconds it can become longer; None: no bound) at one end."""
    clip = placed.clip
    handle = head(timeline, clip) if edge == "start" else tail(timeline, clip)
    free = None if ripple else _free(track, placed, edge)
    longer = handle if free is None else free if handle is None else min(handle, free)
    return max(ZERO, clip.duration - 1 / timeline.rate), longer


def _free(track: Track, placed: Placed, edge: Edge) -> Time | None:
    """Seconds of gap beside the clip; None: nothing follows."""
    index = placed.index + (1 if edge == "end" else -1)
    if index >= len(track.items):
        return None
    beside = track.items[index] if index >= 0 else None
    return beside.duration if isinstance(beside, Gap) else ZERO


def _trimmed(timeline: Timeline, id: str, edge: Edge, by: Time, ripple: bool | None) -> Timeline:
    track, placed = the_clip(timeline, id)
    clip = placed.clip
    new = part(clip, by, clip.duration) if edge == "start" else part(clip, ZERO, clip.duration + by)
    if _ripples(track, ripple):
        return swapped(timeline, placed, track, new)
    items: list[Item] = list(track.items)
    items[placed.index] = new
    if edge == "end":
        _give(items, placed.index + 1, -by)
    else:
        _give(items, placed.index, by, before=True)
    return with_items(timeline, track, items)


def _give(items: list[Item], index: int, seconds: Time, before: bool = False) -> None:
    """A gap of so many seconds more (fewer, below 0) at `index`, joined to the one beside it."""
    beside = index - 1 if before else index
    if 0 <= beside < len(items) and isinstance(items[beside], Gap):
        items[beside] = Gap(items[beside].duration + seconds)
    elif seconds > 0:
        items.insert(index, Gap(seconds))


def roll(timeline: Timeline, clip: str, edge: Edge, by: Time) -> Timeline:
    """The cut at one end of a clip moved: one side becomes longer by what the other becomes shorter.

    Refused: no clip on the other side.
    """
    track, placed = the_clip(timeline, clip)
    nth = track.placed.index(placed)
    pair = track.placed[nth:nth + 2] if edge == "end" else track.placed[max(0, nth - 1):nth + 1]
    if len(pair) < 2 or pair[0].end != pair[1].begin:
        raise Refused(error("video.no_cut", "clip", clip=clip))
    one, two = pair
    frame = 1 / timeline.rate
    forward = least(two.clip.duration - frame, tail(timeline, one.clip))
    back = least(one.clip.duration - frame, head(timeline, two.clip))
    by = max(-back, min(by, forward))
    items = list(track.items)
    items[one.index] = part(one.clip, ZERO, one.clip.duration + by)
    items[two.index] = part(two.clip, by, two.clip.duration)
    return with_items(timeline, track, items)


def slip(timeline: Timeline, clip: str, by: Time) -> Timeline:
    """Another part of the source at the same place: `by` seconds later in it (of the timeline's clock)."""
    ids = linked(timeline, [clip])
    for id in ids:
        each = the_clip(timeline, id)[1].clip
        back, forward = head(timeline, each), tail(timeline, each)
        by = min(by, forward) if forward is not None else by
        by = max(by, -back) if back is not None else by
    edited = timeline
    for id in ids:
        track, placed = the_clip(edited, id)
        step = -by if placed.clip.reverse else by
        edited = swapped(edited, placed, track, replace(
            placed.clip, start=max(ZERO, placed.clip.start + step * placed.clip.speed)))
    return edited


def slide(timeline: Timeline, clip: str, by: Time) -> Timeline:
    """The clip moved between its neighbours, of which one becomes longer by what the other becomes shorter.

    Refused: not between two clips.
    """
    track, placed = the_clip(timeline, clip)
    nth = track.placed.index(placed)
    if not 0 < nth < len(track.placed) - 1:
        raise Refused(error("video.no_neighbours", "clip", clip=clip))
    one, two = track.placed[nth - 1], track.placed[nth + 1]
    if one.end != placed.begin or two.begin != placed.end:
        raise Refused(error("video.no_neighbours", "clip", clip=clip))
    frame = 1 / timeline.rate
    by = min(by, least(two.clip.duration - frame, tail(timeline, one.clip)))
    by = max(by, -least(one.clip.duration - frame, head(timeline, two.clip)))
    items = list(track.items)
    items[one.index] = part(one.clip, ZERO, one.clip.duration + by)
    items[two.index] = part(two.clip, by, two.clip.duration)
    return with_items(timeline, track, items)


def set_speed(timeline: Timeline, clip: str, speed: Fraction, along: bool = False) -> Timeline:
    """The same stretch of the source, faster or slower; what follows on its track moves with its end.

    Refused: slower than 1/20 or faster than 20 times, a still or a title.
    """
    if not SLOWEST <= speed <= FASTEST:
        raise Refused(error("video.speed", "speed", speed=float(speed), least=float(SLOWEST), most=float(FASTEST)))
    edited = timeline
    for id in sorted(linked(timeline, [clip])):
        edited = _with_speed(edited, id, speed)
    before, after = the_clip(timeline, clip)[1], the_clip(edited, clip)[1]
    touched = {track.id for track, each in timeline.clips() if each.clip.id in linked(timeline, [clip])}
    return shifted(edited, before.end, after.end - before.end, without=touched) if along else edited


def _with_speed(timeline: Timeline, id: str, speed: Fraction) -> Timeline:
    track, placed = the_clip(timeline, id)
    clip = placed.clip
    source = timeline.source_of(clip)
    if source is None or source.duration is None:
        raise Refused(error("video.no_speed", "speed", clip=clip.name or clip.kind))
    by = clip.speed / speed
    return swapped(timeline, placed, track, stretched(replace(clip, speed=speed), by))


def stretched(clip: Clip, by: Fraction) -> Clip:
    """The clip `by` times as long on the timeline, its key frames with it."""
    move, sound, title = clip.transform, clip.sound, clip.title
    longer: Callable[[Curve], Curve] = lambda curve: curve.stretched(by)  # noqa: E731  # said once, used thrice
    effects = tuple(_effect_stretched(each, longer) for each in clip.effects)
    if title is not None:
        title = replace(title, words=tuple(Word(w.text, w.start * by, w.end * by) for w in title.words))
    return replace(
        clip, duration=clip.duration * by, effects=effects, title=title,
        transform=Transform(*map(longer, (move.x, move.y, move.scale, move.rotation, move.opacity))),
        sound=replace(sound, gain=longer(sound.gain), fade_in=sound.fade_in * by, fade_out=sound.fade_out * by),
    )


def _effect_stretched(effect: Effect, longer: Callable[[Curve], Curve]) -> Effect:
    params = {name: longer(param) if isinstance(param, Curve) else param for name, param in effect.params.items()}
    return replace(effect, params=params)
