"""What every edit is made of: parts of clips, cuts of a sequence, and a sequence put in order again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from studio.core.captions import joined
from studio.core.curve import Curve
from studio.core.edits.rules import head, neighbours, tail
from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.ids import new_id
from studio.core.opentime import Time
from studio.core.timeline import ZERO, Clip, Effect, Gap, Item, Param, Placed, Timeline, Track, Transform, Transition
from studio.core.title import Title, Word


def part(clip: Clip, begin: Time, end: Time, id: str = "", said: bool = False) -> Clip:
    """The stretch of a clip from `begin` to `end`, in its own seconds (below 0 and beyond its end: handles).

    Key frames, spoken words and fades stay where they were in the picture. id: "" for the same one.
    said: of a text whose words have times only those of this stretch are left, as when one caption becomes two
    """
    skipped = clip.duration - end if clip.reverse else begin
    sound = clip.sound
    return replace(
        clip, id=id or clip.id, duration=end - begin, start=max(ZERO, clip.start + skipped * clip.speed),
        transform=_moved(clip.transform, begin), effects=tuple(_effect_moved(each, begin) for each in clip.effects),
        title=_title_moved(clip.title, begin, end, said),
        sound=replace(sound, gain=sound.gain.shifted(begin),
                      fade_in=min(sound.fade_in, end - begin) if begin <= 0 else ZERO,
                      fade_out=min(sound.fade_out, end - begin) if end >= clip.duration else ZERO),
    )


def _moved(move: Transform, by: Time) -> Transform:
    if move.plain or not by:
        return move
    return Transform(*(curve.shifted(by) for curve in (move.x, move.y, move.scale, move.rotation, move.opacity)))


def _effect_moved(effect: Effect, by: Time) -> Effect:
    return replace(effect, params=_params_moved(effect.params, by)) if by else effect


def _params_moved(params: Mapping[str, Param], by: Time) -> dict[str, Param]:
    return {name: param.shifted(by) if isinstance(param, Curve) else param for name, param in params.items()}


def _title_moved(title: Title | None, begin: Time, end: Time, said: bool) -> Title | None:
    if title is None or not title.words:
        return title
    words = tuple(Word(word.text, word.start - begin, word.end - begin) for word in title.words)
    if not said:
        return replace(title, words=tuple(word for word in words if word.end > 0 and word.start < end - begin))
    left = tuple(word for word in words if 0 <= (word.start + word.end) / 2 < end - begin)
    return replace(title, words=left, text=joined(word.text for word in left) or title.text)


def cut(items: Sequence[Item], at: Time) -> tuple[list[Item], list[Item]]:
    """The sequence before and after a moment; a clip that plays then becomes two, a transition there is left out."""
    left: list[Item] = []
    now = ZERO
    for index, item in enumerate(items):
        if isinstance(item, Transition):
            left.append(item)
            continue
        if now + item.duration > at:
            rest = list(items[index + 1:])
            if now < at:
                one, two = _halves(item, at - now)
                return [*left, one], [two, *rest]
            return _without_end(left), [item, *rest]
        left.append(item)
        now += item.duration
    if now < at:
        left.append(Gap(at - now))
    return left, []


def _without_end(items: list[Item]) -> list[Item]:
    return items[:-1] if items and isinstance(items[-1], Transition) else items


def _halves(item: Clip | Gap, at: Time) -> tuple[Item, Item]:
    if isinstance(item, Gap):
        return Gap(at), Gap(item.duration - at)
    return part(item, ZERO, at, said=True), part(item, at, item.duration, new_id(), said=True)


def tidied(timeline: Timeline, track: Track, items: Iterable[Item]) -> Track:
    """The track with these items: gaps joined, none at the end, transitions only where they can be."""
    fitted = _fit_transitions(timeline, replace(track, items=_joined(items)))
    return fitted if fitted.items != track.items else track


def _joined(items: Iterable[Item]) -> tuple[Item, ...]:
    found: list[Item] = []
    for item in items:
        if isinstance(item, Gap) and item.duration <= 0:
            continue
        if isinstance(item, Gap) and found and isinstance(found[-1], Gap):
            found[-1] = Gap(found[-1].duration + item.duration)
        else:
            found.append(item)
    while found and not isinstance(found[-1], Clip):
        found.pop()
    return tuple(found)


def _fit_transitions(timeline: Timeline, track: Track) -> Track:
    """Transitions without two clips go; those that are longer than their clips allow become shorter."""
    items: list[Item] = []
    room = ZERO
    for index, item in enumerate(track.items):
        if not isinstance(item, Transition):
            items.append(item)
            continue
        pair = neighbours(track, index)
        fitted = _fitted(timeline, item, pair, room) if pair is not None else None
        room = fitted.after if fitted is not None else ZERO
        if fitted is not None:
            items.append(fitted)
    gaps_joined = _joined(items)
    return track if gaps_joined == track.items else replace(track, items=gaps_joined)


def _fitted(timeline: Timeline, item: Transition, pair: tuple[Placed, Placed], taken: Time) -> Transition | None:
    """taken: what the transition before has of the outgoing clip. The incoming one may be had up to its half."""
    one, two = pair[0].clip, pair[1].clip
    before = least(item.before, one.duration - taken, head(timeline, two))
    after = least(item.after, two.duration / 2, tail(timeline, one))
    if before + after <= 0:
        return None
    return item if (before, after) == (item.before, item.after) else replace(item, before=before, after=after)


def least(*values: Time | None) -> Time:
    """The smallest, at least 0; None is no bound."""
    return max(ZERO, min(value for value in values if value is not None))


def with_items(timeline: Timeline, track: Track, items: Iterable[Item]) -> Timeline:
    """The timeline with a track's items replaced and put in order."""
    return timeline.with_track(tidied(timeline, track, items))


def the_track(timeline: Timeline, id: str) -> Track:
    """Refused: no such track, or a locked one."""
    track = timeline.track(id)
    if track is None:
        raise Refused(error("video.no_track", "track", track=id))
    if track.locked:
        raise Refused(error("video.locked", "track", track=track.name or track.role))
    return track


def the_clip(timeline: Timeline, id: str) -> tuple[Track, Placed]:
    """Refused: no such clip, or on a locked track."""
    found = timeline.find(id)
    if found is None:
        raise Refused(error("video.no_clip", "clip", clip=id))
    return the_track(timeline, found[0].id), found[1]


def swapped(timeline: Timeline, placed: Placed, track: Track, *instead: Item) -> Timeline:
    """The timeline with one clip replaced by other items."""
    items = [*track.items[:placed.index], *instead, *track.items[placed.index + 1:]]
    return with_items(timeline, track, items)
