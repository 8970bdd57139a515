"""Still pictures and small animations as frames: upright, in sRGB, kept within a number of bytes."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from av.video.frame import VideoFrame

from studio.core.opentime import Time
from studio.media.video.chain import Chains, ready
from studio.media.video.frames import weight
from studio.media.video.picture import of_rgba, to_frame
from studio.media.video.reader import identity

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL import Image

LARGEST = 4096  # px of a picture's longer side: enough to zoom in, and no photo eats the memory
MOVING = 48_000_000  # bytes of one animation's frames; a larger one is made smaller
BUDGET = 128_000_000  # bytes of all of them
MOVES = ("GIF", "WEBP", "PNG", "AVIF")
SHORTEST, USUAL = Fraction(1, 50), Fraction(1, 10)  # seconds: browsers show no frame for less, and guess what is untold


@dataclass(frozen=True, slots=True)
class Photo:
    """frames: one, or those of an animation; ends: when each is over, in seconds. name: tells it from all others."""

    name: tuple[str, int, int]
    frames: tuple[VideoFrame, ...]
    ends: tuple[Time, ...]

    def at(self, s: Time) -> int:
        """The number of the frame at `s`; an animation goes round."""
        return bisect_right(self.ends, s % self.ends[-1]) if len(self.frames) > 1 else 0


class Photos:
    """Those used last. Not for two threads at once."""

    def __init__(self, budget: int = BUDGET) -> None:
        self._budget, self._bytes = budget, 0
        self._photos: OrderedDict[tuple[str, int, int], Photo] = OrderedDict()

    def photo(self, path: Path) -> Photo:
        """Refused: gone, unreadable, too large."""
        key = identity(path)
        if key not in self._photos:
            self._photos[key] = loaded(path, key)
            self._bytes += _weight(self._photos[key])
        self._photos.move_to_end(key)
        while self._bytes > self._budget and len(self._photos) > 1:
            self._bytes -= _weight(self._photos.popitem(last=False)[1])
        return self._photos[key]


def _weight(photo: Photo) -> int:
    return sum(weight(frame) for frame in photo.frames)


def loaded(path: Path, name: tuple[str, int, int]) -> Photo:
    """Decodes a file. Refused: unreadable, too large."""
    from studio.media import images

    with images.opened(path) as image, images.guarded(path):
        count = int(getattr(image, "n_frames", 1)) if image.format in MOVES else 1
        if count > 1:
            frames, ends = zip(*_moving(image, count), strict=True)
            return Photo(name, frames, ends)
        profile, turned = image.info.get("icc_profile"), images.orientation(image)
        small = images.reduced(image, images.fitted(*image.size, LARGEST))
        picture = images.upright(images.srgb(small, profile), turned)
    return Photo(name, (frame_of(picture),), (Fraction(1),))


def _moving(image: Image.Image, count: int) -> Iterator[tuple[VideoFrame, Time]]:
    from PIL import Image

    from studio.media import images

    by = min(1.0, (MOVING / (count * image.width * image.height * 2.5)) ** 0.5)
    size = max(1, round(image.width * by)), max(1, round(image.height * by))
    end = Fraction(0)
    for number in range(1 if image.info.get("default_image") else 0, count):  # that one is for who shows no animations
        image.seek(number)
        image.load()  # WebP knows how long a frame is shown only then
        told = Fraction(image.info.get("duration") or 0).limit_denominator(1000) / 1000
        end += max(told, SHORTEST) if told else USUAL
        picture = image.convert("RGBA" if image.has_transparency_data else "RGB")
        yield frame_of(images.srgb(picture.resize(size, Image.Resampling.LANCZOS) if by < 1 else picture, None)), end


def frame_of(picture: Image.Image) -> VideoFrame:
    """RGB or RGBA as yuv420p or yuva420p (straight), bt709 limited, of the same size."""
    pixels = np.asarray(picture)
    if pixels.shape[2] == 4 and pixels[..., 3].min() < 255:
        return ready(_clear(pixels))
    frame = VideoFrame.from_ndarray(np.ascontiguousarray(pixels[..., :3]), format="rgb24")
    return ready(frame.reformat(
        format="yuv420p", src_colorspace="ITU709", dst_colorspace="ITU709", src_color_range="JPEG",
        dst_color_range="MPEG",
    ))


def _clear(pixels: NDArray[np.uint8]) -> VideoFrame:
    """Chroma is halved by opacity: the colour of what is clear must not bleed into edges."""
    frame = to_frame(of_rgba(pixels))
    height, width = pixels.shape[:2]
    if (frame.width, frame.height) == (width, height):
        return frame
    return Chains().run("odd", [("crop", f"{width}:{height}:0:0:exact=1")], frame)
