"""A compositor and a mixer that write down the moment they were asked for, in a way that survives any encoder.

The number of a frame stands in its picture as 16 black or white blocks; the sound is a tone that clicks at each second.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.task import Task
from studio.core.timeline import Clip, Source, Timeline, Track
from studio.core.words import N
from studio.media.export.job import Engine

BITS, RATE = 16, 48_000


def stamp(luma: NDArray[np.uint8], number: int) -> None:
    """Writes `number` over the top of a picture's luma plane."""
    height, width = luma.shape
    edge = width // BITS
    for bit in range(BITS):
        luma[: height // 4, bit * edge : (bit + 1) * edge] = 235 if number >> bit & 1 else 16


def number_in(luma: NDArray[np.uint8]) -> int:
    """The number that stands in a picture."""
    height, width = luma.shape
    edge = width // BITS
    strip = luma[: height // 4]
    blocks = [strip[:, bit * edge + edge // 4 : (bit + 1) * edge - edge // 4].mean() for bit in range(BITS)]
    return sum(1 << bit for bit, mean in enumerate(blocks) if mean > 126)


def luma_of(frame: av.VideoFrame) -> NDArray[np.uint8]:
    plane = frame.reformat(format="yuv420p").to_ndarray() if frame.format.name != "yuv420p" else frame.to_ndarray()
    return np.asarray(plane[: frame.height, : frame.width], np.uint8)


def picture(size: tuple[int, int], number: int) -> av.VideoFrame:
    """A moving pattern with its number."""
    width, height = size
    y, x = np.mgrid[0:height, 0:width]
    luma = (120 + 60 * np.sin(x / 9 + number / 5) * np.cos(y / 13 - number / 7)).astype(np.uint8)
    stamp(luma, number)
    chroma = [np.full((height // 2, width // 2), 128 + d, np.uint8) for d in (number % 40 - 20, 20 - number % 40)]
    frame = av.VideoFrame(width, height, "yuv420p")
    for plane, values in zip(frame.planes, (luma, *chroma), strict=True):
        padded = np.zeros((plane.height, plane.line_size), np.uint8)
        padded[:, : plane.width] = values
        plane.update(padded.tobytes())
    return frame


class Counting:
    """Frame `round(t * rate)` of the timeline carries that number; fault: raised at that number."""

    def __init__(self, fault: tuple[int, Exception] | None = None) -> None:
        self.asked: list[Fraction] = []
        self.closed, self._fault = False, fault

    def frame(self, timeline: Timeline, t: Fraction, size: tuple[int, int] | None = None) -> av.VideoFrame:
        self.asked.append(t)
        number = int(t * timeline.rate)
        if self._fault is not None and number == self._fault[0]:
            raise self._fault[1]
        return picture(size or (timeline.width, timeline.height), number)

    def picture(self, timeline: Timeline, t: Fraction, size: tuple[int, int]) -> Image.Image:
        frame = self.frame(timeline, t, size)
        image: Image.Image = frame.to_image()
        return image

    def close(self) -> None:
        self.closed = True


class Clicking:
    """A quiet tone with a click of 1/100 s at the beginning of each second."""

    def __init__(self) -> None:
        self.asked = 0

    def block(self, timeline: Timeline, start: int, count: int) -> NDArray[np.float32]:
        self.asked += count
        n = np.arange(start, start + count)
        tone = 0.02 * np.sin(n * 2 * np.pi * 330 / RATE)
        click = np.where(n % RATE < RATE // 100, 0.7 * np.sin(n * 2 * np.pi * 2000 / RATE), 0.0)
        return np.repeat((tone + click).astype(np.float32)[:, None], 2, axis=1)

    def close(self) -> None:
        pass


def counting(fault: tuple[int, Exception] | None = None) -> Engine:
    return Engine(lambda where: Counting(fault), lambda where: Clicking())


def line(seconds: Fraction | int = 1, *, size: tuple[int, int] = (160, 96), rate: Fraction = Fraction(30)) -> Timeline:
    """A timeline of one sounding clip."""
    source = Source("s", "s.mp4", "video", duration=Fraction(seconds), rate=rate, sound=True)
    clip = Clip("c", Fraction(seconds), source="s")
    tracks = (Track("main", "main", (clip,)),)
    return Timeline("t", *size, rate=rate, tracks=tracks, sources={"s": source}, loudness=None)


def nowhere(source: Source) -> Path:
    """Nothing here is read from a file."""
    raise Refused(error("video.source_missing", "media", name=source.name))


def task() -> Task[object]:
    return Task(N("Test", "Test"), "render", lambda: 0.0)


def numbers(path: Path) -> list[int]:
    """What stands in each frame of a film, in order."""
    with av.open(str(path)) as file:
        return [number_in(luma_of(frame)) for frame in file.decode(video=0)]


def sound(path: Path) -> NDArray[np.float32]:
    """The sound of a file (count, 2) at 48 kHz from the moment its picture begins."""
    with av.open(str(path)) as file:
        turn = av.AudioResampler("flt", "stereo", RATE)
        parts, first = [], None
        for frame in file.decode(audio=0):
            first = frame.time if first is None else first
            parts += [each.to_ndarray().reshape(-1, 2) for each in turn.resample(frame)]
        parts += [each.to_ndarray().reshape(-1, 2) for each in turn.resample(None)]
    samples = np.concatenate(parts).astype(np.float32)
    shift = round((first or 0.0) * RATE)
    return samples[-shift:] if shift < 0 else np.pad(samples, ((shift, 0), (0, 0)))
