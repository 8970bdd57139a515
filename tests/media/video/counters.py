"""Films whose every picture says its own number, in squares large enough to outlast any codec."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

BITS = 12
SIZE = (192, 96)


def numbered(number: int, size: tuple[int, int] = SIZE) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """An RGB picture with `number` as 12 squares in two rows, black and white on grey."""
    width, height = size
    picture = np.full((height, width, 3), 128, np.uint8)
    for bit in range(BITS):
        top, left = divmod(bit, 6)
        value = 235 if number >> bit & 1 else 20
        picture[top * height // 2 : (top + 1) * height // 2, left * width // 6 : (left + 1) * width // 6] = value
    return picture


def number(frame: av.VideoFrame) -> int:
    """What a frame of `numbered` says, whatever its size and format."""
    grey = frame.to_ndarray(format="gray").astype(float)
    height, width = grey.shape
    found = 0
    for bit in range(BITS):
        top, left = divmod(bit, 6)
        y, x = round((top + 0.5) * height / 2), round((left + 0.5) * width / 6)
        found |= int(grey[y - 1 : y + 2, x - 1 : x + 2].mean() > 128) << bit
    return found


def film(
    path: Path, times: Sequence[Fraction], *, size: tuple[int, int] = SIZE, codec: str = "libx264",
    rate: Fraction = Fraction(30), tick: Fraction = Fraction(1, 90000), pixels: str = "yuv420p", gop: int = 30,
    options: dict[str, str] | None = None, container: dict[str, str] | None = None, grain: int = 0,
) -> Path:
    """A film without sound that shows picture n from `times[n]` on. grain: how noisy, for large packets."""
    with av.open(str(path), "w", options=container or {}) as file:
        stream = file.add_stream(codec, rate, options={"preset": "veryfast", **(options or {})} if "x26" in codec
                                 else options or {})
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = *size, pixels
        stream.codec_context.time_base, stream.codec_context.gop_size = tick, gop
        stream.time_base = tick
        for frame in frames(times, size, tick, grain):
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return path


def frames(
    times: Sequence[Fraction], size: tuple[int, int], tick: Fraction, grain: int = 0
) -> Iterable[av.VideoFrame]:
    """Picture n at `times[n]`, rounded to `tick`."""
    dice = np.random.default_rng(1)
    for n, at in enumerate(times):
        picture = numbered(n, size)
        if grain:
            picture = np.clip(picture + dice.normal(0, grain, picture.shape), 0, 255).astype(np.uint8)
        frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
        frame.pts, frame.time_base = round(at / tick), tick
        yield frame


def steady(rate: Fraction, count: int) -> list[Fraction]:
    """The times of `count` pictures at `rate`."""
    return [n / rate for n in range(count)]
