"""The sound of one file as it lies in it, at its own rate: stereo, exact to the sample wherever reading begins."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av
import av.error
import numpy as np
import numpy.typing as npt
from av.stream import Discard, Disposition

from studio.media.clips import opened
from studio.media.sound.places import Places, origin

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer

Samples = npt.NDArray[np.float32]

SETTLED = Fraction(1, 4)  # seconds a decoder is fed before it is trusted (Opus asks for 80 ms, a low MP3 for more)
AHEAD = 2  # seconds that are decoded through rather than sought over
TIRED = 200  # packets in a row that do not decode: the rest of the file is left
PLAIN = ("flt", "fltp", "s16", "s16p")
RATES = range(1_000, 800_000)
BEGINNING = -(1 << 62)  # a sample index before all others


class Decoder:
    """One opened file. Not safe for several threads.

    rate     samples a second as the file has them
    broken   something in it, or all of it, did not decode and is silence
    ended    nothing comes after what was read
    """

    def __init__(self, path: Path) -> None:
        """av.error.FFmpegError when it cannot be opened or decoded at all, LookupError when nothing in it is sound."""
        self._path, self.broken, self._origin, self._heard = path, False, origin(path), False
        self._open()

    def _open(self) -> None:
        self._closing, self._from, self._to, self.ended = ExitStack(), BEGINNING, BEGINNING, False
        self._container = self._closing.enter_context(opened(self._path))
        try:
            self._stream = chosen(self._container)
            self.rate = _rate(self._stream)
            length = self._container.duration
            self._places = Places(self._stream, self._origin, self.rate, length / av.time_base if length else None)
        except BaseException:
            self.close()
            raise
        self._converters: dict[tuple[str, str, int], av.AudioResampler] = {}
        self._begin(BEGINNING)
        self._next()  # where the first block lies tells the place of those that are sought

    @property
    def until(self) -> int:
        """The sample behind the last one that was decoded."""
        return self._to

    def close(self) -> None:
        self._closing.close()

    def read(self, start: int, count: int) -> Samples:
        """(count, 2) from sample `start` of the file's clock; silence where it has none."""
        out = np.zeros((count, 2), np.float32)
        if start < self._from or (start > max(self._to, 0) + AHEAD * self.rate and not self.ended):
            self._seek(start)
        while self._kept and self._kept[0][0] + len(self._kept[0][1]) <= start:
            at, block = self._kept.popleft()
            self._from = at + len(block)
        for at, block in self._kept:
            lay(out, start, block, at)
        while self._to < start + count and (found := self._next()) is not None:
            lay(out, start, found[1], found[0])
        if self._places.first is not None and start < self._places.first:
            out[: self._places.first - start] = 0
        return out

    def _next(self) -> tuple[int, Samples] | None:
        """The next block and where it begins."""
        frame = next(self._frames, None)
        if frame is None:
            self.ended = True
            self.broken |= not self._heard
            return None
        pts, block = frame.pts, self._stereo(frame)
        frame.pts = pts
        at = self._places.place(frame, len(block))
        self._to, self._heard = at + len(block), True
        self._kept.append((at, block))
        return at, block

    def _begin(self, trusted: int) -> None:
        """Decoding begins anew where the container stands; what is there is good from sample `trusted` on."""
        self._places.lost()
        self._kept: deque[tuple[int, Samples]] = deque()
        self._frames = self._decode()
        self._from, self._to, self.ended = trusted, BEGINNING, False

    def _seek(self, start: int) -> None:
        """To before `start`, far enough that the decoder has settled there."""
        early = 2 * SETTLED
        while (target := Fraction(start, self.rate) - early) > 0 and self._jump(target):
            self._begin(start)
            first = self._next()
            if first is not None and first[0] <= start - SETTLED * self.rate:
                return
            early *= 4
        if self._jump(Fraction(-1)):
            self._begin(BEGINNING)
        else:
            self.close()
            self._open()

    def _jump(self, target: Fraction) -> bool:
        """False when the file cannot be sought in."""
        try:
            self._container.seek(self._places.ticks(target), stream=self._stream)
        except av.error.FFmpegError:
            return False
        return True

    def _decode(self) -> Iterator[AudioFrame]:
        failed, packets = 0, self._container.demux(self._stream)
        while failed < TIRED:
            try:
                packet = next(packets)
            except (StopIteration, av.error.EOFError):
                return
            except (av.error.FFmpegError, IndexError):  # PyAV does not know of streams that turn up in the middle
                self.broken, failed = True, failed + 1
                packets = self._container.demux(self._stream)
                continue
            try:
                frames = packet.decode()
            except av.error.EOFError:
                return
            except av.error.FFmpegError:
                self.broken, failed = True, failed + 1
                continue
            failed = 0
            yield from frames

    def _stereo(self, frame: AudioFrame) -> Samples:
        """The frame's samples as (n, 2). A single channel is as loud on both sides as it was alone."""
        width = 1 if frame.layout.nb_channels == 1 else 2
        if frame.format.name in PLAIN and frame.layout.name in ("mono", "stereo") and frame.sample_rate == self.rate:
            return plain(frame, width)
        key = (frame.format.name, frame.layout.name, frame.sample_rate)
        if key not in self._converters:
            self._converters[key] = av.AudioResampler("flt", "mono" if width == 1 else "stereo", self.rate)
        frame.pts = None
        return both_sides(self._converters[key].resample(frame), width)


def plain(frame: AudioFrame, width: int) -> Samples:
    """What needs no library to become floats as (n, 2)."""
    there = frame.to_ndarray()
    there = there.T if frame.format.is_planar else there.reshape(-1, width)
    block: Samples = there.astype(np.float32, copy=False)
    if there.dtype == np.int16:
        block /= np.float32(32768)
    return np.repeat(block.ravel(), 2).reshape(-1, 2) if width == 1 else block


def both_sides(frames: list[AudioFrame], width: int) -> Samples:
    """Frames of interleaved floats of one or two channels as (n, 2)."""
    parts = [frame.to_ndarray().reshape(-1, width) for frame in frames]
    block = np.concatenate(parts).astype(np.float32, copy=False) if parts else np.zeros((0, width), np.float32)
    return np.repeat(block.ravel(), 2).reshape(-1, 2) if width == 1 else block


def chosen(container: InputContainer) -> AudioStream:
    """The stream of sound that players take; the others are not even read. LookupError without one."""
    sounds = container.streams.audio
    if not sounds:
        raise LookupError("no sound")
    stream = next((one for one in sounds if one.disposition & Disposition.default), sounds[0])
    for other in container.streams:
        if other.index != stream.index:
            other.discard = Discard.all
    return stream


def _rate(stream: AudioStream) -> int:
    """LookupError when nothing here decodes it, or no rate can be what it says."""
    if stream.codec_context is None:
        raise LookupError("an unknown codec")
    rate = stream.codec_context.sample_rate or 48_000
    if rate not in RATES:
        raise LookupError("no such rate")
    return rate


def lay(out: Samples, start: int, block: Samples, at: int) -> None:
    """Writes the part of `block` (which begins at `at`) that falls into `out` (which begins at `start`)."""
    first, last = max(start, at), min(start + len(out), at + len(block))
    if first < last:
        out[first - start : last - start] = block[first - at : last - at]
