"""Where nothing is said: pauses in a source, and what of a clip would go if they were cut out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from studio.core.opentime import Time
from studio.core.task import Task
from studio.core.timeline import ZERO, Clip, Timeline
from studio.media.sound.decoding import Samples
from studio.media.sound.waveform import seconds

THRESHOLD, LEAST, MARGIN = -40.0, Fraction(1, 2), Fraction(1, 10)
PER_SECOND = 100
BRIEF = 5  # hundredths: a click so short does not end a pause

Range = tuple[Time, Time]


def silences(
    path: Path, task: Task[Any] | None = None, threshold: float = THRESHOLD, least: Time = LEAST
) -> list[Range]:
    """Stretches of a source (start, end; its seconds) in which it stays under `threshold` dB for `least` seconds.

    Refused: video.source_missing, video.no_sound_in. Cancelled when `task` is.
    """
    loud = np.concatenate([_levels(samples) > threshold for _, samples in seconds(path, task)] or [np.zeros(0, bool)])
    edges = np.flatnonzero(np.diff(np.concatenate([[True], _steady(loud), [True]]).astype(np.int8)))
    found = [(Fraction(int(a), PER_SECOND), Fraction(int(b), PER_SECOND))
             for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return [(start, end) for start, end in found if end - start >= least]


def jump_cuts(timeline: Timeline, clip: Clip, pauses: Iterable[Range], keep: Time = MARGIN) -> list[Range]:
    """The stretches of a clip that would go, in its own clock (0 is its first frame), on whole frames of the timeline.

    pauses: of its source, in the source's seconds; keep: seconds of the timeline that are left of a pause at each end
    where something is said before or after it.
    """
    found = []
    for start, end in (_local(clip, pause) for pause in pauses):
        first = ZERO if start <= 0 else _up(start + keep, timeline.rate)
        last = clip.duration if end >= clip.duration else _down(end - keep, timeline.rate)
        if first < last and end > 0 and start < clip.duration:
            found.append((first, last))
    return _joined(sorted(found))


def _levels(samples: Samples) -> npt.NDArray[np.float64]:
    """The level in dB of each hundredth of a second."""
    starts = np.arange(PER_SECOND) * len(samples) // PER_SECOND
    loudest = np.maximum(np.abs(samples[:, 0]), np.abs(samples[:, 1]))
    power = np.add.reduceat(np.square(loudest, dtype=np.float64), starts)
    levels: npt.NDArray[np.float64] = 10 * np.log10(power / np.diff(starts, append=len(samples)) + 1e-12)
    return levels


def _steady(loud: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Without what is loud for less than BRIEF."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], loud, [False]]).astype(np.int8)))
    out = loud.copy()
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        if end - begin < BRIEF and begin > 0 and end < len(loud):
            out[begin:end] = False
    return out


def _local(clip: Clip, pause: Range) -> Range:
    """A stretch of the source in the clip's own clock."""
    begin, end = sorted(clip.local_time(moment) for moment in pause)
    return begin, end


def _up(moment: Time, rate: Fraction) -> Time:
    return -(-moment * rate // 1) / rate


def _down(moment: Time, rate: Fraction) -> Time:
    return (moment * rate // 1) / rate


def _joined(ranges: Sequence[Range]) -> list[Range]:
    """Those that touch are one. ranges: in order of where they begin."""
    found: list[Range] = []
    for start, end in ranges:
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found
