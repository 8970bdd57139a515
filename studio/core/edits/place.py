"""Clips onto the timeline, off it, and about on it.

The main track is magnetic: what is put in pushes on what follows, what is taken out pulls it up (ripple). On other
tracks a clip stays where it was put, and room must be there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from studio.core.edits.items import cut, part, swapped, the_clip, the_track, tidied, with_items
from studio.core.edits.rules import clip_faults
from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.ids import new_id
from studio.core.opentime import Time
from studio.core.timeline import ZERO, Clip, Gap, Item, Placed, Source, Timeline, Track, Transition


def with_source(timeline: Timeline, source: Source) -> Timeline:
    """The timeline knowing a source (the newer word about the same one counts)."""
    return replace(timeline, sources={**timeline.sources, source.id: source})


def append(timeline: Timeline, track: str, clip: Clip) -> Timeline:
    """The clip at the end of the track."""
    found = the_track(timeline, track)
    return with_items(timeline, found, [*found.items, _fresh(timeline, found, clip)])


def insert(timeline: Timeline, track: str, clip: Clip, at: Time, along: bool = False) -> Timeline:
    """The clip at `at`; what plays then is cut in two, what follows is pushed on.

    along   what begins later on other tracks is pushed on, too
    """
    found = the_track(timeline, track)
    left, right = cut(found.items, at)
    new = _fresh(timeline, found, clip)
    edited = with_items(timeline, found, [*left, new, *right])
    return shifted(edited, at, new.duration, without=(track,)) if along else edited


def overwrite(timeline: Timeline, track: str, clip: Clip, at: Time) -> Timeline:
    """The clip at `at`, in place of what plays there."""
    found = the_track(timeline, track)
    left, _ = cut(found.items, at)
    _, right = cut(found.items, at + clip.duration)
    return with_items(timeline, found, [*left, _fresh(timeline, found, clip), *_renewed(left, right)])


def put(timeline: Timeline, track: str, clip: Clip, at: Time) -> Timeline:
    """The clip at `at` where nothing plays. Refused: no room there."""
    found = the_track(timeline, track)
    if not has_room(found, at, at + clip.duration):
        raise Refused(error("video.no_room", "track", track=found.name or found.role))
    return overwrite(timeline, track, clip, at)


def suits(timeline: Timeline, track: Track, clip: Clip) -> bool:
    """Whether a clip may be on a track: sounds on those of sound, all that is seen on the others."""
    source = timeline.source_of(clip)
    if clip.kind != "media" or source is None:
        return track.seen
    return source.kind != "audio" if track.seen else source.sound


def has_room(track: Track, begin: Time, end: Time, without: Iterable[str] = ()) -> bool:
    """Whether nothing plays on the track in that time (but the clips left out)."""
    apart = set(without)
    return begin >= 0 and all(
        placed.clip.id in apart or placed.end <= begin or placed.begin >= end for placed in track.placed)


def split(timeline: Timeline, clip: str, at: Time) -> Timeline:
    """One clip cut in two at a moment of the timeline. Refused: it does not play then."""
    track, placed = the_clip(timeline, clip)
    if not placed.begin < at < placed.end:
        raise Refused(error("video.not_there", "clip", clip=clip))
    local = at - placed.begin
    one = part(placed.clip, ZERO, local, said=True)
    two = part(placed.clip, local, placed.clip.duration, new_id(), said=True)
    return swapped(timeline, placed, track, one, two)


def split_at(timeline: Timeline, at: Time, clips: Iterable[str] | None = None) -> Timeline:
    """Every clip that plays at `at` cut in two (of those named, and what is linked to them); linked parts stay linked.

    Refused: nothing plays then.
    """
    wanted = None if clips is None else linked(timeline, clips)
    there = [p for track, p in timeline.clips() if not track.locked and p.begin < at < p.end
             and (p.clip.id in wanted if wanted is not None else True)]
    if not there:
        raise Refused(error("video.not_there", "clip", clip=""))
    before = {placed.clip.id for _, placed in timeline.clips()}
    for placed in there:
        timeline = split(timeline, placed.clip.id, at)
    return _relinked(timeline, before)


def _relinked(timeline: Timeline, before: set[str]) -> Timeline:
    """The new halves linked among themselves, not to the old ones."""
    names: dict[str, str] = {}
    for track, placed in list(timeline.clips()):
        clip = placed.clip
        if clip.id not in before and clip.link:
            link = names.setdefault(clip.link, new_id())
            timeline = _changed(timeline, track.id, replace(clip, link=link))
    return timeline


def _changed(timeline: Timeline, track: str, clip: Clip) -> Timeline:
    found = timeline.track(track)
    assert found is not None
    items = tuple(clip if isinstance(each, Clip) and each.id == clip.id else each for each in found.items)
    return timeline.with_track(replace(found, items=items))


def linked(timeline: Timeline, clips: Iterable[str]) -> set[str]:
    """The clips and what is linked to them."""
    wanted = set(clips)
    links = {p.clip.link for _, p in timeline.clips() if p.clip.id in wanted and p.clip.link}
    return wanted | {p.clip.id for _, p in timeline.clips() if p.clip.link in links}


def grouped(timeline: Timeline, clips: Iterable[str]) -> set[str]:
    """The clips and what is grouped with them."""
    wanted = set(clips)
    groups = {p.clip.group for _, p in timeline.clips() if p.clip.id in wanted and p.clip.group}
    return wanted | {p.clip.id for _, p in timeline.clips() if p.clip.group in groups}


def lift(timeline: Timeline, clips: Iterable[str]) -> Timeline:
    """The clips taken out; where they were is a gap."""
    return _taken(timeline, set(clips), leave_gap=True)


def remove(timeline: Timeline, clips: Iterable[str], along: bool = False) -> Timeline:
    """The clips taken out; what follows on their tracks is pulled up (ripple).

    along   what begins later on other tracks is pulled up by as much as there is room
    """
    wanted = set(clips)
    gone = [(track, p) for track, p in timeline.clips() if p.clip.id in wanted]
    edited = _taken(timeline, wanted, leave_gap=False)
    touched = {track.id for track, _ in gone}
    for _, placed in sorted(gone, key=lambda each: each[1].begin, reverse=True) if along else ():
        edited = shifted(edited, placed.end, -placed.clip.duration, without=touched)
    return edited


def _taken(timeline: Timeline, wanted: set[str], *, leave_gap: bool) -> Timeline:
    for track in timeline.tracks:
        if not any(placed.clip.id in wanted for placed in track.placed):
            continue
        items: list[Item] = []
        for item in the_track(timeline, track.id).items:
            if not isinstance(item, Clip) or item.id not in wanted:
                items.append(item)
            else:
                items.append(Gap(item.duration) if leave_gap else _SEAM)
        timeline = timeline.with_track(tidied(timeline, track, _sewn(items)))
    return timeline


_SEAM: Item = Gap(ZERO)  # where something was taken out: a transition beside it has lost its clip


def _sewn(items: Sequence[Item]) -> list[Item]:
    gone = {index + step for index, item in enumerate(items) if item is _SEAM for step in (-1, 1)}
    return [item for index, item in enumerate(items)
            if item is not _SEAM and not (isinstance(item, Transition) and index in gone)]


def cut_ranges(timeline: Timeline, clip: str, ranges: Sequence[tuple[Time, Time]], along: bool = True) -> Timeline:
    """Stretches of a clip (in its own seconds) taken out with those of what is linked to it, the rest pulled together.

    For jump cuts and for cutting by the text. Refused: nothing would be left of it.
    """
    _, placed = the_clip(timeline, clip)
    kept = _kept(placed.clip.duration, ranges)
    if not kept:
        raise Refused(error("video.nothing_left", "clip", clip=clip))
    gone = sum((end - begin for begin, end in kept), ZERO) - placed.clip.duration
    edited = timeline
    for id in sorted(linked(timeline, [clip])):
        track, each = the_clip(edited, id)
        pieces = [part(each.clip, begin, end, new_id() if number else "")
                  for number, (begin, end) in enumerate(_kept(each.clip.duration, ranges))]
        edited = swapped(edited, each, track, *(pieces or _nothing(each.clip.duration)))
    touched = {track.id for track, each in timeline.clips() if each.clip.id in linked(timeline, [clip])}
    edited = _relinked_pieces(edited, {p.clip.id for _, p in timeline.clips()})
    return shifted(edited, placed.end, gone, without=touched) if along and gone else edited


def _nothing(duration: Time) -> list[Item]:
    return [Gap(duration)]


def _relinked_pieces(timeline: Timeline, before: set[str]) -> Timeline:
    """Pieces of linked clips are linked where they begin together."""
    names: dict[tuple[str, Time], str] = {}
    for track, placed in list(timeline.clips()):
        clip = placed.clip
        if clip.link and clip.id not in before:
            link = names.setdefault((clip.link, placed.begin), new_id())
            timeline = _changed(timeline, track.id, replace(clip, link=link))
    return timeline


def _kept(duration: Time, ranges: Sequence[tuple[Time, Time]]) -> list[tuple[Time, Time]]:
    """What lies between the ranges, in order."""
    kept, at = [], ZERO
    for begin, end in sorted(ranges):
        if min(begin, duration) > at:
            kept.append((at, min(begin, duration)))
        at = max(at, end)
    return [*kept, (at, duration)] if at < duration else kept


def shifted(timeline: Timeline, at: Time, by: Time, without: Iterable[str] = ()) -> Timeline:
    """What begins at or after `at` moved by `by` seconds on every track but those named and the locked ones.

    Earlier only as far as there is room; nothing is cut.
    """
    apart = set(without)
    for track in timeline.tracks:
        first = next((placed for placed in track.placed if placed.begin >= at), None)
        if track.id in apart or track.locked or first is None:
            continue
        timeline = timeline.with_track(tidied(timeline, track, _shifted(track, first, by)))
    return timeline


def _shifted(track: Track, first: Placed, by: Time) -> list[Item]:
    into = track.transition_before(first)
    if into is not None:
        return list(track.items)  # it belongs to a clip that stays
    items = list(track.items)
    if by >= 0:
        return [*items[:first.index], Gap(by), *items[first.index:]]
    before = items[first.index - 1] if first.index else None
    if not isinstance(before, Gap):
        return items
    return [*items[:first.index - 1], Gap(max(ZERO, before.duration + by)), *items[first.index:]]


def move(timeline: Timeline, clips: Iterable[str], by: Time, track: str = "") -> Timeline:
    """Clips moved by `by` seconds, all together; onto another track when one is named (for clips of one track).

    On the main track they are put between others, at the cut nearest to where they come to lie. Refused: no room
    there, before the beginning, a picture onto a track of sounds or the other way.
    """
    wanted = [(t, p) for t, p in timeline.clips() if p.clip.id in set(clips)]
    if not wanted:
        raise Refused(error("video.no_clip", "clip", clip=""))
    first = min(placed.begin for _, placed in wanted)
    by = max(by, -first)
    edited = timeline
    for source in timeline.tracks:
        mine = [placed for t, placed in wanted if t.id == source.id]
        if mine:
            edited = _moved(edited, source, mine, by, track if track and _one_kind(wanted) else source.id)
    return edited


def _one_kind(wanted: Sequence[tuple[Track, Placed]]) -> bool:
    return len({track.id for track, _ in wanted}) == 1


def _moved(timeline: Timeline, source: Track, mine: Sequence[Placed], by: Time, target: str) -> Timeline:
    found = the_track(timeline, target)
    if not all(suits(timeline, found, placed.clip) for placed in mine):
        raise Refused(error("video.wrong_track", "track", track=found.name or found.role))
    ids = [placed.clip.id for placed in mine]
    if found.role == "main":
        return _moved_into(timeline, source, mine, by, found.id)
    edited = remove(timeline, ids) if source.role == "main" else lift(timeline, ids)
    for placed in mine:
        edited = put(edited, target, placed.clip, placed.begin + by)
    return edited


def _moved_into(timeline: Timeline, source: Track, mine: Sequence[Placed], by: Time, target: str) -> Timeline:
    """Onto the magnetic track, as one block at the nearest cut."""
    begin = mine[0].begin + by
    middle = begin + sum((placed.clip.duration for placed in mine), ZERO) / 2
    ids = [placed.clip.id for placed in mine]
    edited = remove(timeline, ids) if source.id == target else lift(timeline, ids)
    track = the_track(edited, target)
    at = middle if source.id == target and by > 0 else begin
    at -= sum((p.clip.duration for p in mine if p.begin < at), ZERO) if source.id == target and by > 0 else ZERO
    cuts = [ZERO, *(placed.end for placed in track.placed)]
    place = min(cuts, key=lambda each: abs(each - at))
    left, right = cut(track.items, place)
    return with_items(edited, track, [*left, *(placed.clip for placed in mine), *right])


def copies(timeline: Timeline, clips: Iterable[str]) -> tuple[tuple[str, Time, Clip], ...]:
    """For the clipboard: (role of its track, seconds after the first of them, clip)."""
    wanted = set(clips)
    found = [(track, placed) for track, placed in timeline.clips() if placed.clip.id in wanted]
    first = min((placed.begin for _, placed in found), default=ZERO)
    return tuple((track.role, placed.begin - first, placed.clip) for track, placed in found)


def paste(timeline: Timeline, copied: Sequence[tuple[str, Time, Clip]], at: Time) -> Timeline:
    """Copies put at `at` with ids, links and groups of their own: into the main track, over what lies on others."""
    names: dict[str, str] = {}
    for role, after, clip in copied:
        track = next((t for t in timeline.tracks if t.role == role and not t.locked), None)
        if track is None:
            raise Refused(error("video.no_track", "track", track=role))
        new = replace(
            clip, id=new_id(), link=names.setdefault(clip.link, new_id()) if clip.link else "",
            group=names.setdefault(clip.group, new_id()) if clip.group else "")
        place = insert if role == "main" else overwrite
        timeline = place(timeline, track.id, new, min(at + after, track.duration) if role == "main" else at + after)
    return timeline


def _fresh(timeline: Timeline, track: Track, clip: Clip) -> Clip:
    """The clip under an id that is not taken. Refused: it cannot be on this track, or lies beyond its source."""
    if not suits(timeline, track, clip):
        raise Refused(error("video.wrong_track", "track", track=track.name or track.role))
    if why := next(clip_faults(timeline, clip), ""):
        raise Refused(error("video.broken", "clip", reason=why))
    return replace(clip, id=new_id()) if not clip.id or timeline.find(clip.id) is not None else clip


def _renewed(left: Sequence[Item], right: Sequence[Item]) -> list[Item]:
    """The right part, with other ids where both parts are of one clip."""
    taken = {item.id for item in left if isinstance(item, Clip)}
    return [replace(item, id=new_id()) if isinstance(item, Clip) and item.id in taken else item for item in right]
