"""Peaks between samples: what a converter or an encoder makes of them. ITU-R BS.1770: four times as many samples."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from studio.media.sound.decoding import Samples

TIMES = 4
TAPS = 12  # samples to either side that one between them is made of


def peaks(samples: Samples, chunk: int) -> npt.NDArray[np.float64]:
    """The loudest between samples in each `chunk` of them, both sides together.

    samples: (TAPS + n * chunk + TAPS, 2), with those that lie around -> (n,)
    """
    inner = samples[TAPS:-TAPS]
    loudest: npt.NDArray[np.float64] = np.abs(inner).reshape(-1, chunk * 2).max(axis=1).astype(np.float64)
    for taps in _between():
        for side in (0, 1):
            made = np.convolve(samples[:, side], taps, "valid")[1 : 1 + len(inner)]
            np.maximum(loudest, np.abs(made).reshape(-1, chunk).max(axis=1), out=loudest)
    return loudest


@cache
def _between() -> tuple[npt.NDArray[np.float32], ...]:
    """The filters for the three places between a sample and the next: a sinc in a Kaiser window."""
    at = np.arange(-TAPS + 1, TAPS + 1)
    found = []
    for nth in range(1, TIMES):
        distance = at - nth / TIMES
        window = np.i0(7.0 * np.sqrt(np.maximum(0, 1 - (distance / TAPS) ** 2))) / np.i0(7.0)
        taps = np.sinc(distance) * window
        found.append((taps / taps.sum())[::-1].astype(np.float32))
    return tuple(found)
