"""Tracks, links, groups, detached sound, markers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from studio.core.edits.items import the_clip, with_items
from studio.core.edits.place import has_room, put
from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.ids import new_id
from studio.core.opentime import Time
from studio.core.timeline import HEARD, PLAIN, SEEN, Clip, Marker, Placed, Role, Sound, Timeline, Track

MOST_TRACKS = 99
ORDER: tuple[Role, ...] = (*SEEN, *HEARD)


def empty(name: str = "", width: int = 1080, height: int = 1920, rate: Any = 30) -> Timeline:
    """A new timeline: its main track, and one each of what most videos have."""
    tracks = tuple(Track(new_id(), role, duck=role == "music") for role in ORDER if role != "sound")
    return Timeline(new_id(), width, height, Time(rate), tracks, name=name)


def add_track(timeline: Timeline, role: Role, name: str = "") -> Timeline:
    """A track of a role, above (of sounds: below) those of the same. Refused: more than 99."""
    if len(timeline.tracks) >= MOST_TRACKS:
        raise Refused(error("video.too_many_tracks", "track", most=MOST_TRACKS))
    new = Track(new_id(), role, name=name, duck=role == "music")
    place = max((number for number, track in enumerate(timeline.tracks, 1)
                 if ORDER.index(track.role) <= ORDER.index(role)), default=0)
    return replace(timeline, tracks=(*timeline.tracks[:place], new, *timeline.tracks[place:]))


def remove_track(timeline: Timeline, track: str) -> Timeline:
    """A track and all that is on it taken out. Refused: the main track."""
    found = timeline.track(track)
    if found is None or found.role == "main":
        raise Refused(error("video.main_stays", "track", track=track))
    return replace(timeline, tracks=tuple(each for each in timeline.tracks if each.id != track))


def move_track(timeline: Timeline, track: str, to: int) -> Timeline:
    """The track at another place among all of them; pictures stay below sounds in the list."""
    found = timeline.track(track)
    if found is None:
        raise Refused(error("video.no_track", "track", track=track))
    others = [each for each in timeline.tracks if each.id != track]
    pictures = sum(each.seen for each in others)
    to = min(max(to, 0), pictures) if found.seen else min(max(to, pictures), len(others))
    return replace(timeline, tracks=(*others[:to], found, *others[to:]))


def set_track(timeline: Timeline, track: str, **fields: Any) -> Timeline:
    """A track's name, hidden, locked, gain or duck."""
    found = timeline.track(track)
    if found is None:
        raise Refused(error("video.no_track", "track", track=track))
    return timeline.with_track(replace(found, **fields))


def link(timeline: Timeline, clips: Iterable[str]) -> Timeline:
    """Clips edited together from now on."""
    name = new_id()
    return _each(timeline, set(clips), lambda clip: replace(clip, link=name))


def unlink(timeline: Timeline, clips: Iterable[str]) -> Timeline:
    """Clips edited each for itself."""
    return _each(timeline, set(clips), lambda clip: replace(clip, link=""))


def group(timeline: Timeline, clips: Iterable[str]) -> Timeline:
    """Clips chosen together from now on."""
    name = new_id()
    return _each(timeline, set(clips), lambda clip: replace(clip, group=name))


def ungroup(timeline: Timeline, clips: Iterable[str]) -> Timeline:
    """Clips chosen each for itself."""
    return _each(timeline, set(clips), lambda clip: replace(clip, group=""))


def _each(timeline: Timeline, clips: set[str], how: Callable[[Clip], Clip]) -> Timeline:
    for track in timeline.tracks:
        if any(placed.clip.id in clips for placed in track.placed):
            items = tuple(how(item) if isinstance(item, Clip) and item.id in clips else item for item in track.items)
            timeline = timeline.with_track(replace(track, items=items))
    return timeline


def detach(timeline: Timeline, clip: str, role: Role = "sound") -> Timeline:
    """A clip's sound as a clip of its own on a track of sounds, linked to the picture. Refused: it has none."""
    track, placed = the_clip(timeline, clip)
    source = timeline.source_of(placed.clip)
    if source is None or not source.sound or not track.seen or placed.clip.sound.muted:
        raise Refused(error("video.no_sound", "clip", clip=placed.clip.name or clip))
    name = placed.clip.link or new_id()
    picture = replace(placed.clip, sound=Sound(muted=True), link=name)
    heard = replace(placed.clip, id=new_id(), link=name, transform=PLAIN, title=None,
                    effects=tuple(each for each in placed.clip.effects if _sounds(each.name)))
    timeline = with_items(timeline, track, [picture if item is placed.clip else item for item in track.items])
    timeline, target = _with_room(timeline, placed, role)
    return put(timeline, target, heard, placed.begin)


def _sounds(effect: str) -> bool:
    from studio.core.effects import EFFECTS

    return effect in EFFECTS and (EFFECTS[effect].domain == "sound" or EFFECTS[effect].group == "time")


def _with_room(timeline: Timeline, placed: Placed, role: Role) -> tuple[Timeline, str]:
    """A track of the role that is free then; a new one when none is."""
    for track in timeline.tracks:
        if track.role == role and not track.locked and has_room(track, placed.begin, placed.end):
            return timeline, track.id
    known = {track.id for track in timeline.tracks}
    timeline = add_track(timeline, role)
    return timeline, next(track.id for track in timeline.tracks if track.id not in known)


def free_track(timeline: Timeline, role: Role, begin: Time, end: Time) -> tuple[Timeline, str]:
    """(timeline, id) of a track of the role where nothing plays then; a new one when none is free."""
    return _with_room(timeline, Placed(Clip("", end - begin), begin, 0), role)


def mark(timeline: Timeline, at: Time, text: str = "", color: str = "warn") -> Timeline:
    """A marker at `at`, in place of one that is there."""
    others = [marker for marker in timeline.markers if marker.at != at]
    return replace(timeline, markers=tuple(sorted([*others, Marker(at, text, color)], key=lambda each: each.at)))


def unmark(timeline: Timeline, at: Time) -> Timeline:
    return replace(timeline, markers=tuple(marker for marker in timeline.markers if marker.at != at))
