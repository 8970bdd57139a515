"""Small films and timelines for the tests of what is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import numpy as np

from studio.core.playing import layers
from studio.core.timeline import Clip, Item, Source, Timeline, Track
from studio.media.video.compositor import Compositor
from studio.media.video.picture import planes, yuv_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Plane = NDArray[np.uint8]

TEN = Fraction(10)


def film(
    path: Path, pictures: Sequence[NDArray[np.uint8]], rate: int = 10, fmt: str = "yuv444p", colorspace: int = 1
) -> Source:
    """A lossless film of RGB pictures (height, width, 3), bt709 limited unless said otherwise."""
    height, width = pictures[0].shape[:2]
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx264", rate, options={"qp": "0", "preset": "ultrafast", "g": "5"})
        stream.width, stream.height, stream.pix_fmt = width, height, fmt
        stream.codec_context.colorspace, stream.codec_context.color_range = colorspace, 1
        for pixels in pictures:
            rgb = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgb24")
            frame = rgb.reformat(format=fmt, dst_colorspace=colorspace, src_color_range=2, dst_color_range=1)
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return Source(path.stem, path.as_posix(), "video", path.name, width=width, height=height,
                  duration=Fraction(len(pictures), rate), rate=Fraction(rate))


def plain(color: tuple[int, int, int], size: tuple[int, int] = (64, 48)) -> NDArray[np.uint8]:
    """A picture of one colour."""
    return np.full((size[1], size[0], 3), color, np.uint8)


def counted(count: int, size: tuple[int, int] = (64, 48)) -> list[NDArray[np.uint8]]:
    """Greys that say which picture it is: 20, 30, 40 ..."""
    return [plain((20 + 10 * n,) * 3, size) for n in range(count)]


def timeline(*items: Item, sources: Sequence[Source] = (), size: tuple[int, int] = (64, 48), **more: Any) -> Timeline:
    """One main track at 10 frames a second."""
    tracks = (Track("main", "main", items), *more.pop("above", ()))
    return Timeline("t", *size, TEN, tracks, {source.id: source for source in sources}, **more)


def overlay(*items: Item, role: Any = "overlay") -> Track:
    return Track(f"over {id(items)}", role, items)


def clip(source: Source | str, seconds: float = 1.0, **more: Any) -> Clip:
    name = source if isinstance(source, str) else source.id
    return Clip(more.pop("id", f"clip of {name}"), Fraction(seconds).limit_denominator(1000), source=name, **more)


def solid(color: str, seconds: float = 1.0, **more: Any) -> Clip:
    return Clip(more.pop("id", color), Fraction(seconds).limit_denominator(1000), "solid", color=color, **more)


def composer(**more: Any) -> Compositor:
    return Compositor(lambda source: Path(source.path), **more)


def drawn(line: Timeline, t: float = 0.0, size: tuple[int, int] | None = None, **more: Any) -> tuple[Plane, ...]:
    """Y, U and V at a moment."""
    one = composer(**more)
    try:
        return tuple(plane.copy() for plane in planes(one.frame(line, Fraction(t).limit_denominator(1000), size)))
    finally:
        one.close()


def luma(color: str) -> int:
    return yuv_of(color)[0]


def seen(line: Timeline, t: float) -> int:
    """How many layers play."""
    return len(layers(line, Fraction(t).limit_denominator(1000)))
