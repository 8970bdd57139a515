"""Loudness over time: curves in dB, fades and crossfades as factors for a stretch of samples."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt

from studio.core.curve import Curve

Factors = npt.NDArray[np.float32]
Parts = npt.NDArray[np.float64]

SILENT = -90.0  # dB; a gain at or below it is nothing at all


def _both(part: Parts) -> Parts:
    return np.where(part < 0.5, 2 * part * part, 1 - (2 - 2 * part) ** 2 / 2)


# the same ways as `core.curve.EASINGS`, for many moments at once
EASINGS: Mapping[str, Callable[[Parts], Parts]] = {
    "linear": lambda part: part, "hold": np.zeros_like, "in": lambda part: part * part,
    "out": lambda part: 1 - (1 - part) ** 2, "both": _both,
}


def values(curve: Curve, start: int, count: int, rate: int) -> Parts:
    """The curve at `count` samples from sample `start` of the clip."""
    if not curve.moves:
        return np.full(count, curve.keys[0].value if curve.keys else curve.value)
    at = np.arange(start, start + count) / rate
    out = np.full(count, curve.keys[-1].value)
    out[at < float(curve.keys[0].at)] = curve.keys[0].value
    for one, two in zip(curve.keys, curve.keys[1:], strict=False):
        begin, end = float(one.at), float(two.at)
        inside = (at >= begin) & (at < end)
        if inside.any():
            part = (at[inside] - begin) / (end - begin)
            out[inside] = one.value + (two.value - one.value) * EASINGS[one.ease](part)
    return out


def factor(decibels: float) -> float:
    """dB -> what samples are multiplied with."""
    return 0.0 if decibels <= SILENT else 10.0 ** (decibels / 20)


def factors(curve: Curve, start: int, count: int, rate: int) -> Factors | float:
    """A gain in dB as factors for `count` samples; one number where it does not change."""
    if not curve.moves:
        return factor(curve.keys[0].value if curve.keys else curve.value)
    decibels = values(curve, start, count, rate)
    return np.where(decibels <= SILENT, 0.0, 10.0 ** (decibels / 20)).astype(np.float32)


def rise(start: int, count: int, length: int, *, equal_power: bool) -> Factors | None:
    """From nothing to everything over `length` samples, as seen from sample `start` of it; None when it is over.

    equal_power   two that cross sound as loud together as each alone (they are different sounds); else in a line
    """
    if length <= 0 or start >= length:
        return None
    part = np.clip((np.arange(start, start + count) + 0.5) / length, 0.0, 1.0)
    return (np.sin(part * np.pi / 2) if equal_power else part).astype(np.float32)


def fall(start: int, count: int, length: int, *, equal_power: bool) -> Factors | None:
    """The same backwards: sample 0 is the first of the fall; None before it."""
    if length <= 0 or start + count <= 0:
        return None
    part = np.clip((np.arange(start, start + count) + 0.5) / length, 0.0, 1.0)
    return (np.cos(part * np.pi / 2) if equal_power else 1 - part).astype(np.float32)
