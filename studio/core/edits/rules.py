"""What is always true of a timeline. Edits keep it, files are checked for it, tests try to break it."""

from __future__ import annotations

import math
from collections.abc import Iterator

from studio.core.opentime import Time
from studio.core.timeline import ZERO, Clip, Gap, Placed, Timeline, Track, Transition


def broken(timeline: Timeline) -> str:
    """The first rule that does not hold, in plain words; "" when all do.

    Ids are unique; durations are positive; a transition stands between two clips, is not longer than they are, and
    both have the handles it needs; clips lie within their sources; nothing is infinite.
    """
    return next(_faults(timeline), "")


def _faults(timeline: Timeline) -> Iterator[str]:
    if min(timeline.width, timeline.height) < 1 or timeline.rate <= 0:
        yield f"a canvas of {timeline.width} x {timeline.height} at {timeline.rate}"
    ids = [track.id for track in timeline.tracks]
    for track in timeline.tracks:
        ids += [item.id for item in track.items if not isinstance(item, Gap)]
        yield from track_faults(timeline, track)
    if len(set(ids)) < len(ids):
        yield "an id is used twice"


def track_faults(timeline: Timeline, track: Track) -> Iterator[str]:
    """What is wrong with one track."""
    for item in track.items:
        if item.duration <= 0:
            yield f"{type(item).__name__.lower()} of {item.duration} s in track {track.id}"
    for one, two in zip(track.items, track.items[1:], strict=False):
        if isinstance(one, Gap) and isinstance(two, Gap):
            yield f"two gaps in a row in track {track.id}"
    if track.items and isinstance(track.items[-1], Gap):
        yield f"a gap at the end of track {track.id}"
    for index, item in enumerate(track.items):
        if isinstance(item, Transition):
            yield from _transition_faults(timeline, track, index)
        elif isinstance(item, Clip):
            yield from clip_faults(timeline, item)


def clip_faults(timeline: Timeline, clip: Clip) -> Iterator[str]:
    """What is wrong with one clip alone."""
    if clip.speed <= 0:
        yield f"speed {clip.speed} of clip {clip.id}"
    if clip.kind == "media":
        source = timeline.source_of(clip)
        if source is None:
            yield f"clip {clip.id} is cut from a source that is not there"
        elif clip.start < 0 or (source.duration is not None and clip.end > source.duration):
            yield f"clip {clip.id} reaches beyond its source"
    if clip.kind == "title" and clip.title is None:
        yield f"title {clip.id} has no words"
    if any(not math.isfinite(value) for value in _numbers(clip)):
        yield f"clip {clip.id} holds a number that is none"


def _numbers(clip: Clip) -> Iterator[float]:
    move = clip.transform
    for curve in (move.x, move.y, move.scale, move.rotation, move.opacity, clip.sound.gain):
        yield curve.value
        yield from (key.value for key in curve.keys)


def _transition_faults(timeline: Timeline, track: Track, index: int) -> Iterator[str]:
    item = track.items[index]
    assert isinstance(item, Transition)
    pair = neighbours(track, index)
    if pair is None:
        yield f"transition {item.id} does not stand between two clips"
        return
    if item.before < 0 or item.after < 0:
        yield f"transition {item.id} has a negative side"
    for placed in pair:
        into, out = track.transition_before(placed), track.transition_after(placed)
        if (into.after if into else ZERO) + (out.before if out else ZERO) > placed.clip.duration:
            yield f"transitions around clip {placed.clip.id} are longer than it"
    one, two = pair
    if not (_enough(tail(timeline, one.clip), item.after) and _enough(head(timeline, two.clip), item.before)):
        yield f"transition {item.id} needs more than its clips have left"


def neighbours(track: Track, index: int) -> tuple[Placed, Placed] | None:
    """The clips on either side of the item at `index`; None when there are not two, side by side with it."""
    one, two = track.by_index.get(index - 1), track.by_index.get(index + 1)
    return (one, two) if one is not None and two is not None else None


def _enough(room: Time | None, wanted: Time) -> bool:
    return room is None or room >= wanted


def head(timeline: Timeline, clip: Clip) -> Time | None:
    """Timeline seconds that the clip could begin earlier; None: as much as one likes (pictures, titles)."""
    return _after(timeline, clip) if clip.reverse else _ahead(timeline, clip)


def tail(timeline: Timeline, clip: Clip) -> Time | None:
    """Timeline seconds that the clip could go on; None: as much as one likes."""
    return _ahead(timeline, clip) if clip.reverse else _after(timeline, clip)


def _ahead(timeline: Timeline, clip: Clip) -> Time | None:
    source = timeline.source_of(clip)
    return None if source is None or source.duration is None else clip.start / clip.speed


def _after(timeline: Timeline, clip: Clip) -> Time | None:
    source = timeline.source_of(clip)
    return None if source is None or source.duration is None else (source.duration - clip.end) / clip.speed
