"""A true-peak limiter that is a function of what is near: it looks ahead, goes down softly and comes up slowly."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from studio.media.sound.decoding import Samples
from studio.media.sound.envelope import factor
from studio.media.sound.reading import RATE
from studio.media.sound.truepeak import TAPS, peaks

CHUNK = RATE // 1000
SOFT = 4  # chunks over which it goes down, before the peak
UP = 0.1  # dB a chunk (a millisecond) by which it comes up again
DEEP = 400  # chunks after which even the loudest is forgotten (40 dB)
SPARE = 0.1  # dB under the ceiling, for what a gain that moves makes between samples
CONTEXT_BEFORE = (DEEP + 2 * SOFT + 4) * CHUNK + TAPS
CONTEXT_AFTER = (2 * SOFT + 4) * CHUNK + TAPS


def limited(samples: Samples, begin: int, start: int, count: int, ceiling: float) -> Samples:
    """(count, 2) from sample `start`, held under `ceiling` dBTP.

    samples: (CONTEXT_BEFORE + count + CONTEXT_AFTER, 2), from sample `begin` on
    """
    wanted = samples[start - begin :][:count]
    limit = factor(ceiling - SPARE)
    if np.abs(samples).max(initial=0) < limit / 2:
        return wanted
    first = -(-(begin + TAPS) // CHUNK)  # whole chunks of the timeline, so that each is the same in every block
    last = (begin + len(samples) - TAPS) // CHUNK
    at = first * CHUNK - begin
    loud = peaks(samples[at - TAPS : at + (last - first) * CHUNK + TAPS], CHUNK)
    if loud.max() <= limit:
        return wanted
    decibels = _held(np.minimum(0.0, 20 * np.log10(limit / np.maximum(loud, 1e-9))))
    centres = (np.arange(first, last) + 0.5) * CHUNK
    gain = 10 ** (np.interp(np.arange(start, start + count), centres, decibels) / 20)
    return wanted * gain.astype(np.float32)[:, None]


def _held(needed: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The gain in dB for each chunk: nowhere above what is needed there or beside it."""
    at = np.arange(len(needed)) * UP
    slow = np.minimum(0.0, np.minimum.accumulate(needed - at) + at)
    reach = SOFT + 1
    padded = np.pad(slow, reach, mode="edge")
    least = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1).min(axis=1)
    weights = np.hanning(2 * SOFT + 3)[1:-1]
    held: npt.NDArray[np.float64] = np.convolve(np.pad(least, SOFT, mode="edge"), weights / weights.sum(), "valid")
    return held
