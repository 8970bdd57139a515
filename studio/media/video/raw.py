"""What a clip is made of before anything is done to it: a film's frame, a still picture, a colour."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from av.video.frame import VideoFrame

from studio.core.opentime import Time
from studio.core.timeline import Clip
from studio.media.video.canvas import filled
from studio.media.video.chain import Chains, ready
from studio.media.video.effects.native import Step
from studio.media.video.flow import Flow, parts
from studio.media.video.normal import normal
from studio.media.video.picture import of_rgba, to_frame
from studio.media.video.reader import identity
from studio.media.video.readers import Readers

if TYPE_CHECKING:
    from PIL import Image

LARGEST = 4096  # px of a still picture's longer side: enough to zoom in, and no photo eats the memory
STILLS, COLOURS = 8, 16


@dataclass(frozen=True, slots=True)
class Raw:
    """A picture as it came. steps: what makes it upright, bt709 and 4:2:0; width, height: px after these; name: tells
    it from every other one; passing: the timeline's next picture will be another one."""

    frame: VideoFrame
    steps: Sequence[Step]
    width: int
    height: int
    name: Hashable
    passing: bool = False


class Raws:
    """Frames of sources. Not for two threads at once."""

    def __init__(self, readers: Readers, chains: Chains) -> None:
        self._readers, self._flow = readers, Flow(chains)
        self._stills: OrderedDict[tuple[str, int, int], Raw] = OrderedDict()
        self._colours: OrderedDict[str, Raw] = OrderedDict()

    def film(self, rate: Fraction, clip: Clip, path: Path, s: Time) -> Raw:
        """The frame of a film at `s`. rate: of the timeline. Refused as by `Reader`."""
        reader = self._readers.reader(path)
        info = reader.info
        if clip.reverse:  # a frame is shown until the next one begins, so backwards it is the one before
            s -= Fraction(1, 2) / (info.rate or 30)
        many = parts(rate, info.rate or Fraction(30), clip.speed) if clip.smooth and not info.alpha else 1
        between = self._flow.between(reader, normal(info), s, many) if many > 1 else None
        if between is not None:
            return Raw(between[0], (), info.width, info.height, between[1])
        frame = reader.frame(s)
        return Raw(frame, normal(info), info.width, info.height, (path, frame.pts),
                   passing=(info.rate or 0) * clip.speed >= rate)

    def still(self, path: Path) -> Raw:
        """A still picture, upright, in sRGB. Refused: gone, unreadable, too large."""
        key = identity(path)
        if key not in self._stills:
            self._stills[key] = _still(path, key)
            while len(self._stills) > STILLS:
                self._stills.popitem(last=False)
        self._stills.move_to_end(key)
        return self._stills[key]

    def colour(self, color: str) -> Raw:
        """A surface of one colour."""
        if color not in self._colours:
            self._colours[color] = Raw(filled(16, 16, color).frame, (), 16, 16, color)
            while len(self._colours) > COLOURS:
                self._colours.popitem(last=False)
        return self._colours[color]


def _still(path: Path, name: Hashable) -> Raw:
    from studio.media import images

    with images.opened(path) as image, images.guarded(path):
        profile, turned = image.info.get("icc_profile"), images.orientation(image)
        small = images.reduced(image, images.fitted(*image.size, LARGEST))
        picture = images.upright(images.srgb(small, profile), turned)
    frame = frame_of(picture)
    return Raw(frame, (), picture.width, picture.height, name)


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


def _clear(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> VideoFrame:
    """Chroma is halved by opacity: the colour of what is clear must not bleed into edges."""
    frame = to_frame(of_rgba(pixels))
    height, width = pixels.shape[:2]
    if (frame.width, frame.height) == (width, height):
        return frame
    return Chains().run("odd", [("crop", f"{width}:{height}:0:0:exact=1")], frame)
