"""A compositor that writes the frame's number into its picture, a mixer that counts, a clock that one sets."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from fractions import Fraction

import av
import numpy as np

from studio.core.timeline import Clip, Timeline, Track


def colours(seconds: Fraction = Fraction(2), rate: Fraction = Fraction(30), **more: object) -> Timeline:
    """One grey clip."""
    clip = Clip("c", seconds, kind="solid", color="#808080")
    return Timeline("t", 64, 64, rate, (Track("main", "main", (clip,)),), **more)  # type: ignore[arg-type]


class Numbers:
    """Frame n has the luma 16 + n % 200. asked: what was composed, in order; gate: holds it back while cleared."""

    def __init__(self) -> None:
        self.asked: list[tuple[Fraction, tuple[int, int] | None]] = []
        self.gate, self.cost, self.fault = threading.Event(), 0.0, None
        self.gate.set()
        self.closed = False

    def frame(self, timeline: Timeline, t: Fraction, size: tuple[int, int] | None = None) -> av.VideoFrame:
        self.gate.wait(5)
        self.asked.append((t, size))
        if self.fault is not None:
            raise self.fault
        time.sleep(self.cost)
        width, height = size or (timeline.width, timeline.height)
        made = av.VideoFrame(width, height, "yuv420p")
        planes = (16 + int(t * timeline.rate) % 200, 128, 128)
        for plane, value in zip(made.planes, planes, strict=True):
            plane.update(bytes([value]) * plane.buffer_size)
        return made

    def close(self) -> None:
        self.closed = True


class Ramp:
    """Sample n has the value n / 1,000,000 on both sides."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, int]] = []

    def block(self, timeline: Timeline, start: int, count: int) -> np.ndarray:
        self.asked.append((start, count))
        line = (np.arange(start, start + count) / 1e6).astype(np.float32)
        return np.stack([line, line], axis=1)


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Recorder:
    """A loudspeaker without a device that takes what it should have taken; heard as far as it was told."""

    def __init__(self) -> None:
        self.pull: Callable[[int], bytes] | None = None
        self.position: float | None = None
        self.said: list[str] = []

    def begin(self, pull: Callable[[int], bytes], hz: int) -> None:
        self.pull = pull
        self.said.append("begin")

    def end(self) -> None:
        self.pull = None
        self.said.append("end")

    def heard(self) -> float | None:
        return self.position


def until(true: Callable[[], bool], seconds: float = 5.0) -> None:
    """Waits for a thread to have done something."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.002)
