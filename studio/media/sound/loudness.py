"""How loud a mix is by EBU R 128, and the same mix brought to a loudness without going over its ceiling."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

import av
import av.error
import numpy as np

from studio.core.timeline import Timeline
from studio.media.sound.decoding import Samples, lay
from studio.media.sound.envelope import factor
from studio.media.sound.limiter import CONTEXT_AFTER, CONTEXT_BEFORE, limited
from studio.media.sound.reading import RATE

Told = Callable[[float], object]

TARGET = -14.0  # LUFS
CEILING = -1.0  # dBTP
LOUDEST_GAIN = 30.0  # dB: a mix of almost nothing is not made a roar
GATE = -70.0  # LUFS: what R 128 takes for silence
FRAME = RATE // 10  # samples the meter takes at a time
CLOSE = 0.3  # LU: nearer to the target is near enough


class Mix(Protocol):
    """Anything that gives the mix of a timeline in blocks: a `Mixer`, or a `Levelled` one."""

    def block(self, timeline: Timeline, start: int, count: int) -> Samples: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Loudness:
    """integrated: LUFS, GATE for silence; range: LU; true_peak: dBTP, -inf for silence."""

    integrated: float
    range: float
    true_peak: float

    @property
    def silent(self) -> bool:
        return self.integrated <= GATE


class Levelled:
    """A mix made louder or softer, and held under a ceiling. The same for blocks of any size. For one thread."""

    def __init__(self, mix: Mix, gain: float, ceiling: float | None = CEILING) -> None:
        """gain: dB; ceiling: dBTP, None: nothing is held back."""
        self.gain, self.ceiling = gain, ceiling
        self._mix = mix
        self._of: Timeline | None = None
        self._seconds: dict[int, Samples] = {}

    def block(self, timeline: Timeline, start: int, count: int) -> Samples:
        """(count, 2) float32 from sample `start` of the timeline."""
        if self.ceiling is None:
            return self._mix.block(timeline, start, count) * np.float32(factor(self.gain))
        if timeline is not self._of:
            self._of, self._seconds = timeline, {}
        out = np.zeros((count, 2), np.float32)
        for second in range(start // RATE, -(-(start + count) // RATE)):
            lay(out, start, self._second(timeline, second, self.ceiling), second * RATE)
        return out

    def _second(self, timeline: Timeline, second: int, ceiling: float) -> Samples:
        """A whole second, as each has to hear what is around it; the last two are kept."""
        if second not in self._seconds:
            begin, count = second * RATE - CONTEXT_BEFORE, CONTEXT_BEFORE + RATE + CONTEXT_AFTER
            around = self._mix.block(timeline, begin, count) * np.float32(factor(self.gain))
            kept = list(self._seconds.items())[-1:]
            self._seconds = dict([*kept, (second, limited(around, begin, second * RATE, RATE, ceiling))])
        return self._seconds[second]

    def close(self) -> None:
        """Closes the mix, too."""
        self._mix.close()


def measure(mix: Mix, timeline: Timeline, told: Told | None = None) -> Loudness:
    """The whole mix of a timeline. told: hears how much of it is done (0 to 1), and may raise to stop."""
    meter, total = Meter(), math.ceil(timeline.duration * RATE)
    for start in range(0, total, RATE):
        if told is not None:
            told(start / total)
        meter.add(mix.block(timeline, start, min(RATE, total - start)))
    return meter.result()


def levelled(mix: Mix, timeline: Timeline, target: float = TARGET, ceiling: float = CEILING,
             told: Told | None = None) -> tuple[Levelled, Loudness]:
    """The mix brought to `target` LUFS, and what it was before.

    Where peaks must be held back, what that takes from the loudness is given back once.
    """
    before = measure(mix, timeline, told)
    if before.silent:
        return Levelled(mix, 0.0, ceiling), before
    gain = min(LOUDEST_GAIN, target - before.integrated)
    if before.true_peak + gain <= ceiling:
        return Levelled(mix, gain, None), before
    short = target - measure(Levelled(mix, gain, ceiling), timeline, told).integrated
    if short > CLOSE:
        gain = min(LOUDEST_GAIN, gain + min(6.0, short * 1.15))  # some of it will be held back again
    return Levelled(mix, gain, ceiling), before


class Meter:
    """libavfilter's `ebur128`, fed block by block."""

    def __init__(self) -> None:
        self._graph = av.filter.Graph()
        self._in = self._graph.add_abuffer(sample_rate=RATE, format="flt", layout="stereo", time_base=Fraction(1, RATE))
        self._out = self._graph.add("abuffersink")
        meter = self._graph.add("ebur128", metadata="1", peak="true", framelog="quiet")
        self._in.link_to(meter)
        meter.link_to(self._out)
        self._graph.configure()
        self._at, self._told = 0, {}  # type: int, dict[str, str]

    def add(self, samples: Samples) -> None:
        """(n, 2) more of it."""
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples).reshape(1, -1), "flt", "stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE, self._at, Fraction(1, RATE)
        self._at += len(samples)
        self._in.push(frame)
        self._read()

    def result(self) -> Loudness:
        """What it was. A last tenth of a second that is only begun is filled with silence."""
        if rest := -self._at % FRAME:
            self.add(np.zeros((rest, 2), np.float32))
        told = {key.removeprefix("lavfi.r128."): float(value) for key, value in self._told.items()}
        peak = told.get("true_peak", 0.0)
        integrated = max(GATE, told.get("I", GATE))
        return Loudness(integrated if math.isfinite(integrated) else GATE, told.get("LRA", 0.0),
                        20 * math.log10(peak) if peak > 0 else -math.inf)

    def _read(self) -> None:
        while True:
            try:
                frame = self._out.pull()
            except av.error.BlockingIOError:
                return
            assert frame is not None
            self._told = dict(frame.metadata)
