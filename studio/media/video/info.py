"""What the picture of a film is: its shape, its clock and its colours."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

import av
from av.sidedata.sidedata import SideData, Type

from studio.core.opentime import Time
from studio.media.clips import duration

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

Hdr = Literal["", "pq", "hlg"]
TRANSFERS: dict[int, Hdr] = {16: "pq", 18: "hlg"}  # ITU-T H.273
NOTE = "proxy of a film with a grain of "
MILLISECOND = Fraction(1, 1000)
USUAL_PEAK = 1000
PROGRESSIVE = 1  # libav's AVFieldOrder; 0 is not told
STRETCH = Fraction(8)
SD_HEIGHT = 576  # up to here an untold matrix is BT.601's, above BT.709's: what players assume


@dataclass(frozen=True, slots=True)
class Info:
    """Facts of the moving picture in a file.

    width, height              as shown: upright, in square pixels
    coded_width, coded_height  of the frames that the reader gives
    rotation    degrees clockwise (0, 90, 180, 270) by which a frame is turned to be upright; mirrored: flipped
                left to right before that
    sar         width of a pixel by its height, before turning
    rate        frames a second: an average where it varies, None when nobody knows
    duration    seconds; None when nobody knows
    zero        when the first picture comes by the file's own clock, in seconds: moment 0 of the source
    tick        seconds of one unit of the file's clock
    grain       seconds that its times are rounded to: a tick, or more where a film was put into a file with a finer
                clock (a WebM or MKV recording in MP4) or stands in for one with a coarser clock (a proxy)
    interlaced  some of its frames are two fields
    fmt         libav's name of the pixel format, such as "yuv420p10le"
    peak        brightest light of an HDR picture in cd/m²
    matrix, transfer, primaries  numbers of ITU-T H.273 (2: not told); full: 0-255 rather than 16-235
    """

    width: int
    height: int
    coded_width: int
    coded_height: int
    rotation: int
    mirrored: bool
    sar: Fraction
    rate: Fraction | None
    duration: Time | None
    zero: Time
    tick: Time
    grain: Time
    codec: str
    fmt: str
    sound: bool
    alpha: bool
    interlaced: bool
    hdr: Hdr
    peak: int
    matrix: int
    full: bool
    transfer: int
    primaries: int

    def ticks(self, s: Time) -> int:
        """The file's own clock at `s` seconds of the source, halves up. A picture is shown from the tick of its time
        on; a time that the file rounds counts as what it was rounded from."""
        return int(nearest(s, self.grain) * (self.grain / self.tick) + nearest(self.zero, self.tick))


def nearest(s: Time, unit: Time) -> int:
    """Whole units in `s`, halves up."""
    return int((2 * s / unit + 1) // 2)


def info_of(path: Path, container: InputContainer, stream: VideoStream, first: VideoFrame, zero: int) -> Info:
    """What is known once the first picture is decoded. zero: that picture's time in ticks."""
    rotation, mirrored = turn(first)
    sar = stream.sample_aspect_ratio or Fraction(1)
    if not 1 / STRETCH <= sar <= STRETCH:
        sar = Fraction(1)  # a broken header: no camera does that
    width, height = max(1, round(first.width * sar)), first.height
    if rotation % 180:
        width, height = height, width
    tick = stream.time_base or Fraction(1, 1000)
    transfer = _told(first.color_trc)
    return Info(
        width, height, first.width, first.height, rotation, mirrored, sar,
        rate=stream.average_rate or stream.guessed_rate, duration=_length(path, container, stream, zero * tick),
        zero=zero * tick, tick=tick, grain=_grain(container, stream, tick),
        codec=stream.codec_context.name, fmt=first.format.name, sound=bool(container.streams.audio),
        alpha=_see_through(first), interlaced=first.interlaced_frame or stream.codec_context.field_order > PROGRESSIVE,
        hdr=TRANSFERS.get(transfer, ""),
        peak=_peak(first),
        matrix=_told(first.colorspace), full=_full(first),
        transfer=transfer, primaries=_told(first.color_primaries),
    )


def _length(path: Path, container: InputContainer, stream: VideoStream, zero: Time) -> Time | None:
    """Seconds from the first picture to the end."""
    told = duration(container, stream, path)
    if told is None:
        return None
    start = Fraction(container.start_time or 0, av.time_base)
    if container.format.name.startswith("matroska"):
        start = Fraction(0)  # it tells when it ends, not how long it is
    return max(Fraction(0), told + start - zero)


def grain_note(grain: Time) -> str:
    """What a proxy carries in its comment: how coarse the times of its film are, so that it rounds as that does."""
    return f"{NOTE}{grain}"


def _grain(container: InputContainer, stream: VideoStream, tick: Time) -> Time:
    comment = container.metadata.get("comment", "")
    told = _fraction(comment.removeprefix(NOTE)) if comment.startswith(NOTE) else None
    if told is not None and (told / tick).denominator == 1:
        return told
    return MILLISECOND if _in_milliseconds(stream, tick) else tick


def _fraction(text: str) -> Fraction | None:
    try:
        told = Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None
    return told if told > 0 else None


def _in_milliseconds(stream: VideoStream, tick: Time) -> bool:
    """Whether all of the first times are whole milliseconds by a finer clock, and not evenly apart: only rounding does
    that to a film."""
    each = MILLISECOND / tick
    if each.denominator != 1 or each == 1:
        return False
    entries = stream.index_entries
    times = [entries[nth].timestamp for nth in range(min(300, len(entries)))]
    apart = {b - a for a, b in pairwise(times)}
    return len(apart) > 1 and all(at % each.numerator == 0 for at in (*apart, *times[:1]))


def turn(frame: VideoFrame) -> tuple[int, bool]:
    """Degrees clockwise and mirroring that make a frame upright, by the matrix it carries."""
    matrix = _beside(frame, Type.DISPLAYMATRIX)
    if len(matrix) < 36:
        return 0, False
    a, b, _, c, d, *_ = struct.unpack("=9i", matrix[:36])
    mirrored = a * d - b * c < 0
    return _degrees(-a if mirrored else a, -b if mirrored else b), mirrored


def _beside(frame: VideoFrame, kind: Type) -> bytes:
    """What a frame carries beside its pixels; b"" when it has none of that kind."""
    carried = cast(Iterable[SideData], frame.side_data)
    return next((bytes(data) for data in carried if data.type == kind), b"")


def _peak(frame: VideoFrame) -> int:
    """By the display it was mastered on (AVMasteringDisplayMetadata: rationals, the tenth is the largest luminance)."""
    told = _beside(frame, Type.MASTERING_DISPLAY_METADATA)
    if len(told) < 88:
        return USUAL_PEAK
    top, bottom, _, known = struct.unpack_from("=4i", told, 72)
    return round(top / bottom) if known and top > 0 and bottom > 0 else USUAL_PEAK


def _degrees(a: int, b: int) -> int:
    """The quarter turn that the first row of a display matrix stands for; others are rounded to the nearest."""
    if abs(a) >= abs(b):
        return 0 if a >= 0 else 180
    return 90 if b > 0 else 270


def _told(value: int) -> int:
    """0 is RGB's matrix or nothing at all."""
    return int(value) or 2


def _full(frame: VideoFrame) -> bool:
    return frame.color_range == 2 or frame.format.name.startswith("yuvj") or frame.format.is_rgb


def _see_through(frame: VideoFrame) -> bool:
    names = [component.is_alpha for component in frame.format.components]
    return any(names) or frame.format.name == "pal8"
