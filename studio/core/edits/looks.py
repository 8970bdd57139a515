"""How a clip looks and sounds: its own fields, its transform, its effects, key frames."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from studio.core.curve import Curve
from studio.core.edits.items import the_clip
from studio.core.effects import Field, spec
from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.ids import new_id
from studio.core.opentime import Time
from studio.core.timeline import Clip, Effect, Param, Timeline

TIMED = frozenset({"id", "duration", "source", "start", "speed", "kind"})
TRANSFORM, SOUND = "transform", "sound"


def change(timeline: Timeline, clips: Iterable[str], how: Callable[[Clip], Clip]) -> Timeline:
    """Clips changed by `how`, which must leave their time alone."""
    for id in clips:
        track, placed = the_clip(timeline, id)
        new = how(placed.clip)
        assert all(getattr(new, name) == getattr(placed.clip, name) for name in TIMED), "edits.looks keeps times"
        items = list(track.items)
        items[placed.index] = new
        timeline = timeline.with_track(replace(track, items=tuple(items)))
    return timeline


def set_fields(timeline: Timeline, clips: Iterable[str], **fields: Any) -> Timeline:
    """A clip's own fields: fit, title, color, reverse, smooth, name, transform, sound."""
    return change(timeline, clips, lambda clip: replace(clip, **fields))


def add_effect(timeline: Timeline, clips: Iterable[str], name: str, **params: Param) -> Timeline:
    """An effect at the end of each clip's effects. Refused: unknown, or a parameter that does not fit."""
    declared = spec(name)
    given = {key: checked(name, key, value) for key, value in params.items()}
    return change(timeline, clips, lambda clip: replace(
        clip, effects=(*clip.effects, Effect(new_id(), declared.name, given))))


def remove_effect(timeline: Timeline, clip: str, effect: str) -> Timeline:
    return change(timeline, [clip], lambda each: replace(
        each, effects=tuple(one for one in each.effects if one.id != effect)))


def move_effect(timeline: Timeline, clip: str, effect: str, to: int) -> Timeline:
    """An effect at another place in the order they are applied."""
    def moved(each: Clip) -> Clip:
        others = [one for one in each.effects if one.id != effect]
        mine = [one for one in each.effects if one.id == effect]
        return replace(each, effects=(*others[:to], *mine, *others[to:]))

    return change(timeline, [clip], moved)


def enable_effect(timeline: Timeline, clip: str, effect: str, on: bool) -> Timeline:
    return _with_effect(timeline, clip, effect, lambda one: replace(one, enabled=on))


def set_param(timeline: Timeline, clip: str, effect: str, field: str, value: Param | float) -> Timeline:
    """An effect's parameter. Refused: no such field, or a value that does not fit."""
    def with_value(one: Effect) -> Effect:
        return replace(one, params={**one.params, field: checked(one.name, field, value)})

    return _with_effect(timeline, clip, effect, with_value)


def _with_effect(timeline: Timeline, clip: str, effect: str, how: Callable[[Effect], Effect]) -> Timeline:
    return change(timeline, [clip], lambda each: replace(
        each, effects=tuple(how(one) if one.id == effect else one for one in each.effects)))


def checked(effect: str, field: str, value: Param | float) -> Param:
    """`value` as the field takes it. Refused with video.no_field or video.unfit."""
    declared = spec(effect).field(field)
    if declared is None:
        raise Refused(error("video.no_field", "effect", name=effect, parameter=field))
    if declared.numeric:
        curve = value if isinstance(value, Curve) else _number(effect, field, value)
        if not all(_between(declared, one) for one in (curve.value, *(key.value for key in curve.keys))):
            raise _unfit(effect, field, value)
        return curve
    fits = isinstance(value, bool) if declared.kind == "switch" else isinstance(value, str)
    if not fits or (declared.choices and value not in [choice for choice, _ in declared.choices]):
        raise _unfit(effect, field, value)
    assert isinstance(value, bool | str)
    return value


def _between(declared: Field, value: float) -> bool:
    low, high = declared.least, declared.most
    return (low is None or value >= low) and (high is None or value <= high) and math.isfinite(value)


def _number(effect: str, field: str, value: Param | float) -> Curve:
    try:
        return Curve(float(value))  # type: ignore[arg-type]  # a Curve was looked for before
    except (TypeError, ValueError):
        raise _unfit(effect, field, value) from None


def _unfit(effect: str, field: str, value: object) -> Refused:
    shown = value.value if isinstance(value, Curve) else value
    return Refused(error("video.unfit", "effect", name=effect, parameter=field, value=str(shown)))


def set_curve(timeline: Timeline, clip: str, owner: str, field: str, value: float, at: Time) -> Timeline:
    """A number of a clip's "transform" or "sound", or of one of its effects (by id), as it is to be at `at`.

    at   seconds from the clip's first frame; where there are key frames one is set there, else it holds throughout
    """
    return with_curve(timeline, clip, owner, field, lambda curve: curve.with_value(value, at))


def toggle_key(timeline: Timeline, clip: str, owner: str, field: str, at: Time) -> Timeline:
    """A key frame set at `at` with the value of that moment, or the one that is there taken out."""
    def toggled(curve: Curve) -> Curve:
        there = any(key.at == at for key in curve.keys)
        return curve.without_key(at) if there else curve.with_key(at, curve.at(at))

    return with_curve(timeline, clip, owner, field, toggled)


def with_curve(
    timeline: Timeline, clip: str, owner: str, field: str, how: Callable[[Curve], Curve]
) -> Timeline:
    """A curve of a clip changed; owner: "transform", "sound" or the id of an effect."""
    if owner in (TRANSFORM, SOUND):
        def changed(each: Clip) -> Clip:
            whole: Any = getattr(each, owner)
            return replace(each, **{owner: replace(whole, **{field: how(getattr(whole, field))})})

        return change(timeline, [clip], changed)

    def with_param(one: Effect) -> Effect:
        return replace(one, params={**one.params, field: checked(one.name, field, how(curve_of(one, field)))})

    return _with_effect(timeline, clip, owner, with_param)


def curve_of(effect: Effect, field: str) -> Curve:
    """An effect's numeric parameter as a curve; its default where it is not set."""
    declared = spec(effect.name).field(field)
    if declared is None or not declared.numeric:
        raise Refused(error("video.no_field", "effect", name=effect.name, parameter=field))
    param = effect.params.get(field)
    return param if isinstance(param, Curve) else Curve(float(declared.default))
