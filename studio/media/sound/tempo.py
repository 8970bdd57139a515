"""Sound at another speed whose pitch stays: WSOLA, as `atempo` of libavfilter does it."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from studio.media.sound.decoding import Samples
from studio.media.sound.graph import filtered
from studio.media.sound.reading import RATE
from studio.media.sound.varispeed import Read

RUN_UP = RATE // 4  # samples of the result before those that count
BEHIND = RATE // 4  # samples of the source that the filter holds back


def stretched(read: Read, first: Fraction, speed: Fraction, count: int) -> Samples:
    """(count, 2): the source from `first` on, in its samples, `speed` times as fast. read(start, count) gives it."""
    begin = round(first - RUN_UP * speed)
    wanted = int((RUN_UP + count) * speed) + BEHIND
    out = tempo(read(begin, wanted), speed)[RUN_UP : RUN_UP + count]
    return np.pad(out, ((0, count - len(out)), (0, 0)))


def tempo(samples: Samples, speed: Fraction) -> Samples:
    """The whole of it at another speed. Several small steps sound better than a large one, which leaves parts out."""
    steps = 1
    while not 0.5 <= (factor := float(speed) ** (1 / steps)) <= 2:
        steps += 1
    length = int(len(samples) / speed) + 1
    padded = np.pad(samples, ((0, max(0, length - len(samples))), (0, 0)))
    return filtered(padded, [("atempo", {"tempo": f"{factor:.9f}"})] * steps)[:length]


def transposed(samples: Samples, semitones: float) -> Samples:
    """Higher or lower at the same speed, as long as it came in."""
    ratio = 2 ** (semitones / 12)
    steps = [("asetrate", {"sample_rate": str(round(RATE * ratio))}), ("aresample", {"sample_rate": str(RATE)}),
             ("atempo", {"tempo": f"{RATE / round(RATE * ratio):.9f}"})]
    return filtered(samples, steps)
