"""Music that steps back while somebody speaks: how much, at any moment, whatever was asked before."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from studio.media.sound.decoding import Samples
from studio.media.sound.envelope import Factors
from studio.media.sound.reading import RATE

DEPTH = -12.0  # dB by which it is quieter
SPEAKS = -42.0  # dB from which a voice is one
HOP = RATE // 100
BRIEF = 5  # hops around one, most of which must be loud: a click is no word
ATTACK, HOLD, RELEASE = 25, 40, 80  # hops: down before the first word, kept through pauses, up again
SECOND = RATE // HOP
KEPT = 1200  # seconds whose levels are remembered

Speech = Callable[[int, int], Samples]  # (start, count) -> (count, 2): what drives it


class Ducking:
    """speech: what is spoken on the timeline, by its samples."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech
        self._levels: OrderedDict[int, npt.NDArray[np.bool_]] = OrderedDict()

    def factors(self, start: int, count: int) -> Factors | None:
        """What the samples are multiplied with; None where nobody speaks."""
        first, last = start // HOP, (start + count - 1) // HOP + 1
        spoken = self._spoken(first - HOLD - RELEASE, last + ATTACK + 1)
        if not spoken.any():
            return None
        amount = depth(spoken)[HOLD + RELEASE : HOLD + RELEASE + last - first + 1]
        points = 10.0 ** (DEPTH * amount / 20)
        return np.interp(np.arange(start, start + count), np.arange(first, last + 1) * HOP, points).astype(np.float32)

    def _spoken(self, first: int, last: int) -> npt.NDArray[np.bool_]:
        """Whether somebody speaks, for hops `first` to `last` (not included)."""
        begin, end = first - BRIEF // 2, last + BRIEF // 2
        seconds = range(begin // SECOND, -(-end // SECOND))
        loud = np.concatenate([self._loud(second) for second in seconds])[begin - seconds[0] * SECOND :][: end - begin]
        return np.convolve(loud, np.ones(BRIEF, np.int32), "valid") > BRIEF // 2

    def _loud(self, second: int) -> npt.NDArray[np.bool_]:
        if second not in self._levels:
            spoken = self._speech(second * RATE, RATE)
            power = np.square(np.maximum(np.abs(spoken[:, 0]), np.abs(spoken[:, 1]))).reshape(SECOND, HOP).mean(axis=1)
            self._levels[second] = power > 10 ** (SPEAKS / 10)
            if len(self._levels) > KEPT:
                self._levels.popitem(last=False)
        return self._levels[second]


def depth(spoken: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """How far it steps back at each hop, 0 to 1: down in time for the next word, up again a while after the last."""
    at, far = np.arange(len(spoken)), 1 << 30
    since = at - np.maximum.accumulate(np.where(spoken, at, -far))
    until = np.minimum.accumulate(np.where(spoken, at, far)[::-1])[::-1] - at
    down, up = 1 - until / ATTACK, 1 - np.maximum(0, since - HOLD) / RELEASE
    part = np.clip(np.maximum(down, up), 0, 1)
    soft: npt.NDArray[np.float64] = part * part * (3 - 2 * part)
    return soft
