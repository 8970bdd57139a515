"""What a clip is made of before anything is done to it: a film's frame, a still picture, a colour."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from av.video.frame import VideoFrame

from studio.core.opentime import Time
from studio.core.timeline import Clip
from studio.media.video.canvas import filled
from studio.media.video.chain import Chains
from studio.media.video.effects.native import Step
from studio.media.video.flow import Flow, parts
from studio.media.video.normal import normal
from studio.media.video.photos import Photos
from studio.media.video.readers import Readers

if TYPE_CHECKING:
    pass

COLOURS = 16


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
        self._photos = Photos()
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

    def still(self, path: Path, s: Time) -> Raw:
        """A picture, or what an animation shows at `s`. Refused as by `Photos`."""
        photo = self._photos.photo(path)
        number = photo.at(s)
        frame = photo.frames[number]
        return Raw(frame, (), frame.width, frame.height, (photo.name, number))

    def colour(self, color: str) -> Raw:
        """A surface of one colour."""
        if color not in self._colours:
            self._colours[color] = Raw(filled(16, 16, color).frame, (), 16, 16, color)
            while len(self._colours) > COLOURS:
                self._colours.popitem(last=False)
        return self._colours[color]
