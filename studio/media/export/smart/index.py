"""Where the packets of a film lie, and in what order they are shown; nothing is decoded."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import av.error
import numpy as np

from studio.core.opentime import Time
from studio.media.clips import opened, picture_stream
from studio.media.export.smart import h264
from studio.media.export.smart.h264 import Config

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.stream import VideoStream
    from numpy.typing import NDArray

    from studio.media.video.info import Info


@dataclass(frozen=True)
class Unit:
    """A stretch that leans on nothing outside: from an IDR picture to before the next one.

    begin, end    packets, in the order of decoding
    first, last   pictures, in the order of showing; both are in it
    """

    begin: int
    end: int
    first: int
    last: int


@dataclass(frozen=True)
class Index:
    """path, info: of the file; config: its parameter sets; tag: its name in MP4.

    times   of the pictures in the order they are shown, in ticks of the file's clock
    order   packet (in the order of decoding) -> which picture of `times` it is
    """

    path: Path
    info: Info
    config: Config
    times: NDArray[np.int64]
    order: NDArray[np.int64]
    units: tuple[Unit, ...]

    @cached_property
    def keys(self) -> frozenset[int]:
        """The packets that are IDR pictures."""
        return frozenset(unit.begin for unit in self.units)

    def shown(self, start: Time, step: Time, count: int) -> NDArray[np.int64]:
        """Which picture is shown at `start`, `start + step`, ... seconds of the source; as the reader chooses."""
        first, each = start / self.info.grain, step / self.info.grain
        low = first.denominator * each.denominator
        a, b = first.numerator * each.denominator, each.numerator * first.denominator
        grains = [(2 * (a + b * n) + low) // (2 * low) for n in range(count)]
        each_grain, zero = int(self.info.grain / self.info.tick), int(self.info.zero / self.info.tick)
        ticks = np.array(grains, np.int64) * each_grain + zero
        return np.searchsorted(self.times, ticks, "right") - 1


def index(path: Path, info: Info) -> Index | None:
    """None when the film's packets cannot be kept: not H.264 with an avcC, interlaced, turned, 10 bits, broken."""
    if info.codec != "h264" or info.fmt != "yuv420p" or info.interlaced or info.rotation or info.mirrored:
        return None
    try:
        with opened(path) as container:
            stream = picture_stream(container)
            found = None if stream is None else h264.config(stream.codec_context.extradata or b"")
            if stream is None or found is None:
                return None
            listed = _listed(container, stream)
    except (av.error.FFmpegError, ValueError, UnicodeError):
        return None
    return None if listed is None else _ordered(path, info, found, *listed)


def _listed(container: InputContainer, stream: VideoStream) -> tuple[list[int], list[int]] | None:
    """When each packet is shown, and which of them are IDR pictures; None when one has no time or is not shown."""
    times: list[int] = []
    keys: list[int] = []
    for packet in container.demux(stream):
        if packet.size == 0:
            continue
        if packet.pts is None or packet.is_discard or packet.is_corrupt:
            return None
        if packet.is_keyframe and h264.begins_anew(bytes(packet)):
            keys.append(len(times))
        times.append(packet.pts)
    return times, keys


def _ordered(path: Path, info: Info, config: Config, times: list[int], keys: list[int]) -> Index | None:
    at = np.array(times, np.int64)
    shown = np.argsort(at, kind="stable")
    sorted_times = at[shown]
    if not len(at) or bool((np.diff(sorted_times) <= 0).any()) or sorted_times[0] * info.tick != info.zero:
        return None
    order = np.empty_like(shown)
    order[shown] = np.arange(len(shown))
    units = []
    for begin, end in zip(keys, [*keys[1:], len(times)], strict=True):
        pictures = order[begin:end]
        first, last = int(pictures.min()), int(pictures.max())
        if last - first + 1 == end - begin and int(order[begin]) == first:
            units.append(Unit(begin, end, first, last))
    return Index(path, info, config, sorted_times, order, tuple(units))
