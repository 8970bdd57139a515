"""Which words of a video a platform's own buttons would cover, and how far they must go."""

from __future__ import annotations

from dataclasses import dataclass, replace

from studio.core.curve import Curve
from studio.core.edits.looks import change
from studio.core.safezone import HEIGHT, SafeZone
from studio.core.timeline import Clip, Timeline
from studio.services.videos.lying import Lying, lies


@dataclass(frozen=True, slots=True)
class Covered:
    """number: of the clip on its track, from 1; by: px of the canvas it must go, up is below 0 (None: no place)."""

    clip: str
    captions: bool
    number: int
    box: Lying
    by: float | None


def covered(timeline: Timeline, zone: SafeZone) -> list[Covered]:
    """Titles and captions that do not lie in the safe area at the middle of their time, in order of time."""
    if not zone.fits(timeline.width, timeline.height):
        return []
    found = []
    for track in timeline.tracks:
        if track.role not in ("titles", "captions") or track.hidden:
            continue
        for number, placed in enumerate(track.placed, 1):
            one = _covered(timeline, zone, placed.clip, track.role == "captions", number)
            if one is not None:
                found.append((placed.begin, one))
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def _covered(timeline: Timeline, zone: SafeZone, clip: Clip, captions: bool, number: int) -> Covered | None:
    box = lies(timeline, clip, clip.duration / 2) if clip.kind == "title" else None
    if box is None:
        return None
    scale = HEIGHT / timeline.height
    x, y, w, h = (value * scale for value in box.bounds)
    if zone.holds((x, y, w, h)):
        return None
    way = zone.lifted((x, y, w, h))
    return Covered(clip.id, captions, number, box, None if way is None else way / scale)


def lifted(timeline: Timeline, one: Covered) -> Timeline:
    """The timeline with that clip moved to where nothing covers it, on all its way."""
    if one.by is None:
        return timeline
    by = one.by

    def moved(clip: Clip) -> Clip:
        y = clip.transform.y
        keys = tuple(replace(key, value=key.value + by) for key in y.keys)
        return replace(clip, transform=replace(clip.transform, y=Curve(y.value + by, keys)))

    return change(timeline, [one.clip], moved)
