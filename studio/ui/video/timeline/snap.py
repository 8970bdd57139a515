"""What edges cling to: other clips, the playhead, markers, beats. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from studio.core.opentime import Time
from studio.core.timeline import ZERO, Timeline


@dataclass(frozen=True, slots=True)
class Snapped:
    """by: the shift with its snap; line: the moment that was met, or None."""

    by: Time
    line: Time | None = None


def targets(
    timeline: Timeline, playhead: Time, without: Collection[str] = (), marks: Iterable[Time] = ()
) -> tuple[Time, ...]:
    """Every moment to cling to, in order: edges of the other clips, playhead, markers, beats, in and out."""
    found = {ZERO, playhead, *marks, *timeline.beats, *(marker.at for marker in timeline.markers)}
    for track in timeline.tracks:
        for placed in track.placed:
            if placed.clip.id not in without:
                found.update((placed.begin, placed.end))
    return tuple(sorted(found))


def nearest(moments: Sequence[Time], t: Time) -> Time | None:
    """The moment of an ordered list nearest to `t`."""
    at = bisect_left(moments, t)
    return min(moments[max(0, at - 1) : at + 1], key=lambda each: abs(each - t), default=None)


def beyond(moments: Sequence[Time], t: Time, forward: bool) -> Time | None:
    """The next moment after (before) `t`."""
    later = [each for each in moments if (each > t if forward else each < t)]
    return (later[0] if forward else later[-1]) if later else None


def snap(edges: Iterable[Time], by: Time, moments: Sequence[Time], reach: Time) -> Snapped:
    """The shift `by`, changed by up to `reach` seconds so that one of the moved edges meets a moment."""
    best = Snapped(by)
    least = reach
    for edge in edges:
        target = nearest(moments, edge + by)
        if target is not None and abs(target - edge - by) <= least:
            least = abs(target - edge - by)
            best = Snapped(target - edge, target)
    return best


def to_frame(timeline: Timeline, edge: Time, by: Time) -> Time:
    """The shift that brings an edge onto the nearest frame."""
    return timeline.snapped(edge + by) - edge
