"""Sound at places between its samples: another speed with another pitch, as a tape would play it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache

import numpy as np
import numpy.typing as npt

from studio.media.sound.decoding import Samples

HALF = 16  # samples the filter looks to either side at the speed of the source
FINE = 512  # places between two samples at which the filter is known; between them it is a line
WIDEST = 4  # faster than this lets a little through that folds back: the filter would cost too much
CHUNK = 8192

Read = Callable[[int, int], Samples]


def at_speed(read: Read, first: Fraction, step: Fraction, count: int) -> Samples:
    """(count, 2): what lies at `first`, `first + step`, ... in samples of the source. read(start, count) gives it."""
    out = np.empty((count, 2), np.float32)
    for begin in range(0, count, CHUNK):
        part = min(CHUNK, count - begin)
        out[begin : begin + part] = _chunk(read, first + begin * step, step, part)
    return out


def _chunk(read: Read, first: Fraction, step: Fraction, count: int) -> Samples:
    stretch = min(float(WIDEST), max(1.0, float(abs(step))))
    half = int(np.ceil(HALF * stretch))
    whole = first.numerator // first.denominator
    places = float(first - whole) + np.arange(count) * float(step)
    floor = np.floor(places).astype(np.int64)
    low, high = int(floor.min()) - half + 1, int(floor.max()) + half
    source = read(whole + low, high - low + 1)
    offsets = np.arange(-half + 1, half + 1)
    weights = _weights((places - floor)[:, None] - offsets[None, :], stretch)
    taken = source[(floor - low)[:, None] + offsets[None, :]]
    mixed: Samples = np.einsum("nkc,nk->nc", taken, weights)
    return mixed


def _weights(distance: npt.NDArray[np.float64], stretch: float) -> npt.NDArray[np.float32]:
    table = _table()
    place = np.minimum(np.abs(distance) / stretch, HALF - 1e-9) * FINE
    low = place.astype(np.int64)
    part = (place - low).astype(np.float32)
    return ((table[low] * (1 - part) + table[low + 1] * part) / stretch).astype(np.float32)


@cache
def _table() -> npt.NDArray[np.float32]:
    """A sinc in a Kaiser window, from its middle to its end. It lets through 95 % of the band."""
    at = np.arange(HALF * FINE + 2) / FINE
    window = np.i0(8.0 * np.sqrt(np.maximum(0, 1 - (at / HALF) ** 2))) / np.i0(8.0)
    return (np.sinc(at * 0.95) * 0.95 * window).astype(np.float32)
