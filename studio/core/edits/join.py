"""Transitions between clips."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from studio.core.edits.items import part, the_clip, with_items
from studio.core.edits.place import shifted
from studio.core.edits.rules import head, tail
from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.ids import new_id
from studio.core.opentime import Time
from studio.core.timeline import ZERO, Clip, Item, Param, Placed, Timeline, Track, Transition
from studio.core.transitions import TRANSITIONS


def join(timeline: Timeline, clip: str, kind: str, duration: Time, along: bool = True) -> Timeline:
    """A transition at the end of a clip, into the next one; one that is there is replaced.

    Half of it before the cut, half after. What the clips lack of handles is taken from their ends, which makes the
    film shorter by as much; with `along`, what begins later on other tracks follows.
    Refused: no clip follows directly, an unknown kind, clips too short for any of it.
    """
    if kind not in TRANSITIONS:
        raise Refused(error("video.no_transition", "transition", name=kind))
    edited = unjoin(timeline, clip)
    track, one = the_clip(edited, clip)
    two = _next(track, one)
    half = min(duration, *(placed.clip.duration for placed in (one, two))) / 2
    half -= half % (1 / timeline.rate)
    if half <= 0:
        raise Refused(error("video.too_short", "transition", clip=clip))
    left, right = _short(tail(timeline, one.clip), half), _short(head(timeline, two.clip), half)
    items: list[Item] = list(track.items)
    items[one.index] = part(one.clip, ZERO, one.clip.duration - left)
    items[two.index] = part(two.clip, right, two.clip.duration)
    items.insert(two.index, Transition(new_id(), kind, half, half))
    joined = with_items(edited, track, items)
    return shifted(joined, one.end, -(left + right), without=(track.id,)) if along and left + right else joined


def _short(room: Time | None, wanted: Time) -> Time:
    """What is missing of a handle."""
    return ZERO if room is None else max(ZERO, wanted - room)


def _next(track: Track, placed: Placed) -> Placed:
    follower = track.by_index.get(placed.index + 1)
    if follower is None:
        raise Refused(error("video.no_cut", "clip", clip=placed.clip.id))
    return follower


def unjoin(timeline: Timeline, clip: str) -> Timeline:
    """The transition at the end of a clip taken out; a plain cut is left."""
    track, placed = the_clip(timeline, clip)
    out = track.transition_after(placed)
    return timeline if out is None else with_items(timeline, track, [item for item in track.items if item is not out])


def find_transition(timeline: Timeline, id: str) -> tuple[Track, Transition, Placed] | None:
    """A transition by its id, with its track and the clip it leads out of."""
    for track in timeline.tracks:
        for index, item in enumerate(track.items):
            if isinstance(item, Transition) and item.id == id:
                return track, item, track.by_index[index - 1]
    return None


def set_transition(
    timeline: Timeline, id: str, kind: str | None = None, duration: Time | None = None,
    params: Mapping[str, Param] | None = None,
) -> Timeline:
    """Another kind, length or parameters. Refused: no such transition."""
    found = find_transition(timeline, id)
    if found is None:
        raise Refused(error("video.no_transition", "transition", name=id))
    track, old, placed = found
    if kind is not None and kind not in TRANSITIONS:
        raise Refused(error("video.no_transition", "transition", name=kind))
    if duration is not None and duration != old.duration:
        timeline = join(timeline, placed.clip.id, kind or old.kind, duration)
        track = timeline.track(track.id) or track
    at = next(index for index, item in enumerate(track.items) if _is(track, item, placed.clip))
    now = track.items[at]
    assert isinstance(now, Transition)
    new = replace(now, id=id, kind=kind or old.kind, params=old.params if params is None else params)
    return timeline.with_track(replace(track, items=(*track.items[:at], new, *track.items[at + 1:])))


def _is(track: Track, item: Item, clip: Clip) -> bool:
    """Whether it is the transition that leads out of the clip."""
    placed = track.clip(clip.id)
    return isinstance(item, Transition) and placed is not None and track.transition_after(placed) is item
