"""The beats of music: tempo and the moments a foot would tap.

The method is that of D. P. W. Ellis, "Beat Tracking by Dynamic Programming", Journal of New Music Research 36 (2007):
how strongly something begins at each moment, the tempo from how that repeats (people tend to 120 a minute), and then
the row of moments that are both strong and evenly spaced, found by dynamic programming. Our own: bass drums count for
as much as everything above them, or hats between the beats would be taken for them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from studio.core.opentime import Time
from studio.core.task import Task
from studio.media.sound.reading import RATE, converted
from studio.media.sound.waveform import seconds

HOP = 480  # samples between two looks: 10 ms
WINDOW = 2048
BANDS = 40
BASS = 4  # bands up to about 200 Hz
SLOWEST, FASTEST, USUAL = 40.0, 220.0, 120.0  # beats a minute
OCTAVES = 0.9  # how far from the usual tempo is still likely: a standard deviation
TIGHT = 100.0  # how much an uneven beat costs against a weak one
FAINT = 0.03  # the power of a tone at -70 dB in a window: under it nothing begins
REPEATS = 0.08  # how much like itself a period later it must be: noise is about 0.03
LATE = 0.007  # seconds before a beat that its beginning shows in the window around it

Line = npt.NDArray[np.float64]


def beats(path: Path, task: Task[Any] | None = None) -> tuple[float, list[Time]]:
    """Beats a minute and the moments of the beats in the source's seconds; (0.0, []) where there are none.

    Refused: video.source_missing, video.no_sound_in. Cancelled when `task` is.
    """
    onsets = _strength(path, task)
    if len(onsets) < 2 * RATE // HOP or onsets.max() <= 0:
        return 0.0, []
    onsets = onsets / onsets.std()
    period = tempo(onsets)
    found = _row(onsets, period) if period else np.zeros(0, np.int64)
    if len(found) < 2:
        return 0.0, []
    moments = np.maximum(0, _between(onsets, found) * HOP / RATE + LATE)
    apart = np.polyfit(np.arange(len(moments)), moments, 1)[0]
    return round(60 / float(apart), 2), [Fraction(round(moment * 1000), 1000) for moment in moments]


def _strength(path: Path, task: Task[Any] | None) -> Line:
    """How strongly something begins, every HOP samples: what came up since the last look, over all bands."""
    bands = np.concatenate([*_bands(_mono(path, task)), np.zeros((0, BANDS))])
    if not len(bands):
        return np.zeros(0)
    risen = np.maximum(0, np.diff(bands, axis=0, prepend=bands[:1]))
    rise = _even(risen[:, :BASS].mean(axis=1)) + _even(risen[:, BASS:].mean(axis=1))
    around = 100  # a second: what comes up all the time is no beginning
    kernel = np.ones(2 * around + 1) / (2 * around + 1)
    mean = np.convolve(np.pad(rise, around, mode="reflect" if len(rise) > around else "edge"), kernel, "valid")
    strength: Line = np.maximum(0, rise - mean)
    return np.convolve(strength, np.hanning(7)[1:-1] / 3, "same")


def _even(line: Line) -> Line:
    """As large as any other."""
    return line / max(1e-9, float(line.std()))


def _mono(path: Path, task: Task[Any] | None) -> Iterator[npt.NDArray[np.float32]]:
    for rate, samples in seconds(path, task):
        yield (samples if rate == RATE else converted(samples, rate)).mean(axis=1)


def _bands(blocks: Iterator[npt.NDArray[np.float32]]) -> Iterator[Line]:
    """(n, BANDS) loudness in dB, a look every HOP samples; each sees WINDOW samples around its moment."""
    rest = np.zeros(WINDOW // 2, np.float32)
    window, filters = np.hanning(WINDOW).astype(np.float32), _mel()
    for block in blocks:
        rest = np.concatenate([rest, block])
        looks = (len(rest) - WINDOW) // HOP + 1
        if looks > 0:
            frames = np.lib.stride_tricks.sliding_window_view(rest, WINDOW)[: looks * HOP : HOP]
            power = np.abs(np.fft.rfft(frames * window, axis=1)) ** 2
            yield 10 * np.log10(np.maximum(power @ filters, FAINT))
            rest = rest[looks * HOP :]


@cache
def _mel() -> Line:
    """(WINDOW / 2 + 1, BANDS): triangles that are evenly spaced to the ear, 30 Hz to 12 kHz."""
    def ear(hertz: float) -> float:
        return 2595 * math.log10(1 + hertz / 700)

    edges = 700 * (10 ** (np.linspace(ear(30), ear(12_000), BANDS + 2) / 2595) - 1)
    hertz = np.fft.rfftfreq(WINDOW, 1 / RATE)[:, None]
    up = (hertz - edges[:-2]) / (edges[1:-1] - edges[:-2])
    down = (edges[2:] - hertz) / (edges[2:] - edges[1:-1])
    filters = np.maximum(0, np.minimum(up, down))
    even: Line = filters / np.maximum(filters.sum(axis=0), 1e-9)
    return even


def tempo(onsets: Line) -> float:
    """Looks from one beat to the next: where the onsets repeat most, the usual tempo preferred; 0 where none do."""
    size = 1 << (2 * len(onsets)).bit_length()
    spectrum = np.abs(np.fft.rfft(onsets - onsets.mean(), size)) ** 2
    repeats = np.fft.irfft(spectrum, size)[: len(onsets)]
    first, last = int(60 * RATE / HOP / FASTEST), min(len(onsets) - 2, int(60 * RATE / HOP / SLOWEST))
    periods = np.arange(first, last + 1)
    likely = np.exp(-0.5 * (np.log2(60 * RATE / HOP / periods / USUAL) / OCTAVES) ** 2)
    # what repeats after one period does so after two, too: both together say more than one alone
    twice = repeats[np.minimum(periods * 2, len(repeats) - 1)]
    best = int(np.argmax((repeats[periods] + 0.5 * twice) * likely))
    return _peak(repeats, int(periods[best])) if repeats[periods[best]] > REPEATS * repeats[0] else 0.0


def _peak(line: Line, at: int) -> float:
    """The top of a parabola through a point and its neighbours."""
    before, here, after = (float(line[near]) for near in (at - 1, at, at + 1))
    bend = before - 2 * here + after
    return at + float(0.5 * (before - after) / bend if bend < 0 else 0.0)


def _row(onsets: Line, period: float) -> npt.NDArray[np.int64]:
    """The looks that are beats."""
    reach = np.arange(-round(2 * period), -max(1, round(period / 2)) + 1)
    costs = -TIGHT * np.log(-reach / period) ** 2
    scores, came = onsets.copy(), np.full(len(onsets), -1, np.int64)
    for at in range(-int(reach[-1]), len(onsets)):
        before = at + reach
        known = before >= 0
        options = scores[before[known]] + costs[known]
        best = int(np.argmax(options))
        if options[best] > 0:
            scores[at] += options[best]
            came[at] = before[known][best]
    at = len(scores) - 1 - int(np.argmax(scores[::-1][: max(1, round(1.5 * period))]))
    row = [at]
    while came[at] >= 0:
        at = int(came[at])
        row.append(at)
    return _worth(onsets, np.array(row[::-1]))


def _worth(onsets: Line, row: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Without the beats before the music begins and after it ends."""
    near = np.array([onsets[max(0, at - 3) : at + 4].max() for at in row])
    strong = np.flatnonzero(near > 0.25 * np.sqrt(np.mean(near**2)))
    return row[strong[0] : strong[-1] + 1] if len(strong) else row[:0]


def _between(onsets: Line, row: npt.NDArray[np.int64]) -> Line:
    """The beats finer than a look, where the onset has a top."""
    inside = (row > 0) & (row < len(onsets) - 1)
    tops = inside.copy()
    tops[inside] = (onsets[row[inside]] >= onsets[row[inside] - 1]) & (onsets[row[inside]] >= onsets[row[inside] + 1])
    return np.array([_peak(onsets, int(at)) if top else float(at) for at, top in zip(row, tops, strict=True)])
