"""Whether an encoder of the graphics card really works: it is opened and fed, not looked up."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, cast

import av
import av.error
import av.logging

from studio.core.export import Preset
from studio.media.export.codecs import Encoder, hardware_encoders

if TYPE_CHECKING:
    from av.video.codeccontext import VideoCodecContext

TRIAL = (320, 240)  # some cards refuse smaller pictures


def working(preset: Preset, size: tuple[int, int]) -> Encoder | None:
    """The first of the graphics card's encoders that works for pictures of `size`; None when there is none."""
    return next((each for each in hardware_encoders(preset) if works(each.name, each.pixel_format, size)), None)


@lru_cache
def works(name: str, pixel_format: str, size: tuple[int, int] = TRIAL) -> bool:
    """True when the encoder takes a few frames and gives packets for them."""
    try:
        return _try(name, pixel_format, size)
    except (av.error.FFmpegError, ValueError, RuntimeError, OSError, NotImplementedError):
        return False


def _try(name: str, pixel_format: str, size: tuple[int, int]) -> bool:
    context = cast("VideoCodecContext", av.CodecContext.create(name, "w", hwaccel=_card(name)))
    context.width, context.height, context.pix_fmt = *size, pixel_format
    context.time_base, context.framerate = Fraction(1, 30), Fraction(30)
    packets = []
    for n in range(3):
        frame = av.VideoFrame(*size, pixel_format)
        frame.pts, frame.time_base = n, Fraction(1, 30)
        packets += context.encode(frame)
    packets += context.encode(None)
    return any(packet.size for packet in packets)


def _card(name: str) -> av.codec.hwaccel.HWAccel | None:
    return av.codec.hwaccel.HWAccel("vaapi") if name.endswith("_vaapi") else None
