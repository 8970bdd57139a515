"""MoviePy's effects on sound, at the mixer's own speed, and what its effects of time do to the sound.

An effect turns one way to read a clip's sound into another, so that each may look at any other moment (an echo) or at
all of it (the loudest sample). The mixer asks `through` once for a clip and reads blocks from what it gets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.core.curve import Curve
from studio.core.effects import spec
from studio.core.effects.timing import bounded, exact, freeze, loop
from studio.core.opentime import Time
from studio.core.timeline import Effect

Samples = NDArray[np.float32]
# (index of the first sample, counted from the clip's first frame; count) -> (count, 2); silence where there is nothing
Read = Callable[[int, int], Samples]
WINDOW = 480_000  # samples looked at together when all of a clip is


@dataclass(frozen=True, slots=True)
class Heard:
    """What an effect works on. samples: how many the clip has; rate: a second; frame: seconds of a picture's frame."""

    read: Read
    duration: Time
    rate: int
    frame: Time

    @property
    def samples(self) -> int:
        return round(self.duration * self.rate)

    def at(self, seconds: Time) -> int:
        """The sample at a moment."""
        return round(seconds * self.rate)


def through(effects: Sequence[Effect], read: Read, duration: Time, rate: int, frame: Time) -> Read:
    """A clip's sound after its effects, in order; those that MoviePy has none of its own for sound are passed over."""
    for effect in effects:
        twin = TWINS.get(spec(effect.name).moviepy) if effect.enabled else None
        if twin is not None:
            read = twin(effect, Heard(read, duration, rate, frame))
    return read


def touches(effects: Sequence[Effect]) -> bool:
    """Whether `through` would change anything."""
    return any(effect.enabled and spec(effect.name).moviepy in TWINS for effect in effects)


def _scaled(heard: Heard, factor: Callable[[NDArray[np.int64]], NDArray[Any]]) -> Read:
    """factor: of sample numbers, (n,) or (n, 2)."""
    def read(start: int, count: int) -> Samples:
        by = factor(np.arange(start, start + count))
        scaled: Samples = (heard.read(start, count) * (by if by.ndim == 2 else by[:, None])).astype(np.float32)
        return scaled
    return read


def _fade_in(effect: Effect, heard: Heard) -> Read:
    length = bounded(effect, "duration") * heard.rate
    return _scaled(heard, lambda n: np.clip(n / length, 0.0, 1.0))


def _fade_out(effect: Effect, heard: Heard) -> Read:
    length, end = bounded(effect, "duration") * heard.rate, heard.samples
    return _scaled(heard, lambda n: np.clip((end - n) / length, 0.0, 1.0))


def _levels(effect: Effect, field: str, heard: Heard) -> Callable[[NDArray[np.int64]], NDArray[np.float64]]:
    """A parameter for each sample; between its key frames it is followed in steps of 10 ms."""
    param = effect.params.get(field)
    if not isinstance(param, Curve) or not param.moves:
        steady = bounded(effect, field)
        return lambda n: np.full(len(n), steady)

    def along(n: NDArray[np.int64]) -> NDArray[np.float64]:
        points = np.arange(n[0], n[-1] + heard.rate // 100 + 1, heard.rate // 100) if len(n) else n
        values = [param.at(Fraction(int(point), heard.rate)) for point in points]
        return np.interp(n, points, values) if len(n) else np.zeros(0)
    return along


def _volume(effect: Effect, heard: Heard) -> Read:
    level = _levels(effect, "factor", heard)
    begin, end = exact(effect, "start_time"), exact(effect, "end_time") or heard.duration
    if not begin and end >= heard.duration:
        return _scaled(heard, level)
    first, last = -(-begin * heard.rate // 1), end * heard.rate // 1
    return _scaled(heard, lambda n: np.where((n >= first) & (n <= last), level(n), 1.0))


def _stereo(effect: Effect, heard: Heard) -> Read:
    left, right = _levels(effect, "left", heard), _levels(effect, "right", heard)
    return _scaled(heard, lambda n: np.stack([left(n), right(n)], axis=1))


def _normalize(effect: Effect, heard: Heard) -> Read:
    """The loudest sample is looked for once, when the first block is asked for."""
    found: list[float] = []

    def factor(n: NDArray[np.int64]) -> NDArray[np.float64]:
        if not found:
            found.append(_loudest(heard))
        return np.full(len(n), 1.0 / found[0] if found[0] else 1.0)
    return _scaled(heard, factor)


def _loudest(heard: Heard) -> float:
    starts = range(0, heard.samples, WINDOW)
    peaks = (np.abs(heard.read(at, min(WINDOW, heard.samples - at))).max(initial=0.0) for at in starts)
    return float(max(peaks, default=0.0))


def _delay(effect: Effect, heard: Heard) -> Read:
    """Each echo begins with the clip: nothing from before its first frame is repeated."""
    times, offset = round(bounded(effect, "n_repeats")), bounded(effect, "offset") * heard.rate
    levels = np.linspace(1, bounded(effect, "decay"), times + 1)

    def read(start: int, count: int) -> Samples:
        out = heard.read(start, count).astype(np.float32)
        for nth in range(1, times + 1):
            early = start - round(nth * offset)
            skipped = min(count, max(0, -early))
            if skipped < count and early < heard.samples:
                kept = min(count - skipped, heard.samples - max(0, early))
                echo = heard.read(early + skipped, kept)
                out[skipped : skipped + kept] += np.float32(levels[nth]) * echo
        return out
    return read


def _pieces(heard: Heard, length: int, where: Callable[[int], tuple[int, int]]) -> Read:
    """Sound put together from stretches. where: of a sample, the one that is heard and how many follow it in a row
    (0: silence from there on)."""
    def read(start: int, count: int) -> Samples:
        out, done = np.zeros((count, 2), np.float32), 0
        while done < count and start + done < length:
            at, run = where(start + done)
            if run <= 0:
                break
            run = min(run, count - done, length - start - done)
            out[done : done + run] = heard.read(at, run)
            done += run
        return out
    return read


def _rounds(times: str) -> Callable[[Effect, Heard], Read]:
    """The first part of a clip, over and over. times: the field that says how often."""
    def twin(effect: Effect, heard: Heard) -> Read:
        period, total = (max(1, heard.at(part)) for part in loop(effect, heard.duration, times))
        return _pieces(heard, total, lambda n: (n % period, period - n % period) if n >= 0 else (n, -n))
    return twin


def _freeze(effect: Effect, heard: Heard) -> Read:
    """Silent while the picture stands."""
    at, lasts = (heard.at(part) for part in freeze(effect, heard.duration, heard.frame))

    def read(start: int, count: int) -> Samples:
        out = np.zeros((count, 2), np.float32)
        before = min(count, max(0, at - start))
        if before:
            out[:before] = heard.read(start, before)
        after = min(count, max(0, at + lasts - start))
        if after < count:
            out[after:] = heard.read(start + after - lasts, count - after)
        return out
    return read


def _speed(effect: Effect, heard: Heard) -> Read:
    """Faster is higher, as in MoviePy: a clip's own speed keeps the pitch."""
    final = exact(effect, "final_duration")
    factor = heard.duration / final if final else exact(effect, "factor")
    step = float(factor)

    def read(start: int, count: int) -> Samples:
        wanted = (start + np.arange(count)) * step
        first = int(np.floor(start * step))
        block = heard.read(first, int(np.ceil((count + 1) * step)) + 2)
        places = np.arange(first, first + len(block))
        return np.stack([np.interp(wanted, places, block[:, side]) for side in (0, 1)], axis=1).astype(np.float32)
    return read


def _mirror(effect: Effect, heard: Heard) -> Read:
    return lambda start, count: heard.read(heard.samples - start - count, count)[::-1]


def _symmetrize(effect: Effect, heard: Heard) -> Read:
    half = heard.at(heard.duration / 2)

    def read(start: int, count: int) -> Samples:
        forth = min(count, max(0, half - start))
        back = count - forth
        parts = [heard.read(start, forth)] if forth else []
        if back:
            parts.append(heard.read(2 * half - (start + forth) - back, back)[::-1])
        return np.concatenate(parts) if parts else np.zeros((0, 2), np.float32)
    return read


def _loopable(effect: Effect, heard: Heard) -> Read:
    """Begins later, and at the end what lay before the beginning is heard as well."""
    overlap = heard.at(exact(effect, "overlap_duration"))
    joined = heard.samples - overlap

    def read(start: int, count: int) -> Samples:
        out = heard.read(start + overlap, count).astype(np.float32)
        skipped = min(count, max(0, joined - start))
        if skipped < count:
            out[skipped:] += heard.read(start + skipped - joined, count - skipped)
        return out
    return read


TWINS: Mapping[str, Callable[[Effect, Heard], Read]] = {
    "AudioDelay": _delay, "AudioFadeIn": _fade_in, "AudioFadeOut": _fade_out, "AudioLoop": _rounds("n_loops"),
    "AudioNormalize": _normalize, "Freeze": _freeze, "Loop": _rounds("n"), "MakeLoopable": _loopable,
    "MultiplySpeed": _speed,
    "MultiplyStereoVolume": _stereo, "MultiplyVolume": _volume, "TimeMirror": _mirror, "TimeSymmetrize": _symmetrize,
}
