"""Which moment of a clip is seen: MoviePy's effects of time on a clip whose duration stays the editor's.

Each takes a moment of the clip (seconds from its first frame) and gives the one that is shown instead. What lies
beyond the clip's own range is read on from its source. See `scripted_time` for what each means here.
frame: seconds of one frame; backwards, the first frame is the one that ends the clip.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction

from studio.core.effects import number, spec, value
from studio.core.opentime import Time
from studio.core.timeline import ZERO, Effect

TimeMap = Callable[[Effect, Time, Time, Time], Time]
MICRO = 1_000_000


def shown(effect: Effect, local: Time, duration: Time, frame: Time) -> Time:
    """The moment that is shown at `local` of a clip of `duration` seconds; `local` itself for other effects."""
    found = TIME_MAPS.get(spec(effect.name).moviepy)
    return local if found is None or duration <= 0 else found(effect, local, duration, frame)


def exact(effect: Effect, field: str) -> Time:
    """A parameter within its bounds, to the millionth: 0.1 is 1/10."""
    return Fraction(bounded(effect, field)).limit_denominator(MICRO)


def bounded(effect: Effect, field: str, local: Time = ZERO) -> float:
    """A numeric parameter within its field's bounds: what a file says may lie outside of them, or be no number (then it
    is the field's default). Refused: no such field."""
    try:
        told = number(effect, field, local)
    except (TypeError, ValueError):
        told = number(replace(effect, params={}), field)
    declared = spec(effect.name).field(field)
    least, most = (declared.least, declared.most) if declared else (None, None)
    told = told if least is None else max(least, told)
    return told if most is None else min(most, told)


def _accel_decel(effect: Effect, local: Time, duration: Time, frame: Time) -> Time:
    """Slow, fast, slow (or the reverse). Where the new duration is shorter, the last frame stays."""
    new = exact(effect, "new_duration") or duration
    part = float(min(Fraction(1), max(ZERO, local / new))) ** bounded(effect, "soonness")
    power = 1.0 + bounded(effect, "abruptness")
    eased = _half(part, power) if part < 0.5 else 1 - _half(1 - part, power)
    return Fraction(eased).limit_denominator(MICRO) * duration


def _half(part: float, power: float) -> float:
    return float(0.5 ** (1 - power) * part**power)


def _multiply_speed(effect: Effect, local: Time, duration: Time, frame: Time) -> Time:
    final = exact(effect, "final_duration")
    return local * (duration / final if final else exact(effect, "factor"))


def freeze(effect: Effect, duration: Time, frame: Time) -> tuple[Time, Time]:
    """When a frozen frame begins and how long it stays; without a length it stays to the end."""
    at = min(exact(effect, "t"), duration)
    if value(effect, "t.end"):
        at = max(ZERO, duration - exact(effect, "padding_end") - frame)
    lasts = exact(effect, "freeze_duration")
    if not lasts:
        total = exact(effect, "total_duration")
        lasts = max(ZERO, total - duration) if total else duration
    return at, lasts


def _freeze(effect: Effect, local: Time, duration: Time, frame: Time) -> Time:
    at, lasts = freeze(effect, duration, frame)
    return local if local < at else max(at, local - lasts)


def loop(effect: Effect, duration: Time, times: str) -> tuple[Time, Time]:
    """How long one round is, and when the last one ends."""
    total = exact(effect, "duration") or duration
    return total / max(1, round(bounded(effect, times))), total


def _loop(effect: Effect, local: Time, duration: Time, frame: Time) -> Time:
    period, total = loop(effect, duration, "n")
    return local % period if ZERO <= local < total else min(local, period) if local < ZERO else period


def _mirror(effect: Effect, local: Time, duration: Time, frame: Time) -> Time:
    return duration - local - frame


def _symmetrize(effect: Effect, local: Time, duration: Time, frame: Time) -> Time:
    return local if local < duration / 2 else duration - local - frame


TIME_MAPS: Mapping[str, TimeMap] = {
    "AccelDecel": _accel_decel, "Freeze": _freeze, "Loop": _loop, "MultiplySpeed": _multiply_speed,
    "TimeMirror": _mirror, "TimeSymmetrize": _symmetrize,
}
