"""A playback head: one pass through the pictures of a film, forward from any key frame."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import av
import av.error
from av.stream import Discard

from studio.core.errors import Refused
from studio.core.finding import error
from studio.media.clips import opened, picture_stream
from studio.media.video.frames import NEVER, Still

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.packet import Packet
    from av.video.codeccontext import VideoCodecContext
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

# What ITU-T H.273 lists and libswscale converts.
MATRICES, TRANSFERS, PRIMARIES = {0, 1, *range(4, 15)}, {1, *range(4, 9), *range(11, 19)}, {1, *range(4, 23)}
UNTOLD = 2
WITH_ALPHA = {"vp9": "libvpx-vp9", "vp8": "libvpx"}  # libav's own decoders leave the alpha plane out
BROKEN = (av.error.FFmpegError, UnicodeError)


class Head:
    """Not for two threads at once.

    Packets are read ahead of decoding until no picture up to the wanted moment can be missing. So the wanted one is
    known before it is decoded: nothing behind it is decoded to be sure, and those on the way to it that no other
    picture is built on are not decoded at all.
    """

    def __init__(self, path: Path) -> None:
        """Refused: video.source_missing, media.unreadable, media.no_picture, video.codec_unknown."""
        self.path = path
        self._closing = ExitStack()
        try:
            self.container, self.stream = self._open()
        except BaseException:
            self._closing.close()
            raise
        self.tick: Fraction = self.stream.time_base or Fraction(1, 1000)
        self._context = _decoder(self.stream)
        self._context.thread_type = _threads(self.stream)
        self.at_start = True
        self._reset()

    def _open(self) -> tuple[InputContainer, VideoStream]:
        try:
            container = self._closing.enter_context(opened(self.path))
        except (*BROKEN, OSError) as fault:
            raise unreadable(self.path) from fault
        stream = picture_stream(container)
        if stream is None:
            raise Refused(error("media.no_picture", "media", name=self.path.name))
        if stream.codec_context is None:
            raise Refused(error("video.codec_unknown", "media", name=self.path.name))
        for other in container.streams:
            if other.index != stream.index:
                other.discard = Discard.all
        return container, stream

    def close(self) -> None:
        """Lets go of the file. What is asked of it afterwards has nothing."""
        self._queue.clear()
        self._out.clear()
        self._read_all = self._drained = True  # libav would end the program over a closed file
        self._closing.close()

    def seek(self, tick: int) -> None:
        """To the last key frame at or before `tick`, as far as the file's index knows; else to its start."""
        self.at_start = False
        try:
            self.container.seek(tick, stream=self.stream)
        except BROKEN:
            self.rewind()
            return
        self._reset()

    def key_before(self, tick: int) -> int | None:
        """The last key frame at or before `tick` by the file's index; None where that does not reach so far."""
        entries = self.stream.index_entries
        nth = entries.search_timestamp(tick)
        if nth < 0 or entries[len(entries) - 1].timestamp < tick < self._end():
            return None
        return entries[nth].timestamp

    def _end(self) -> int:
        """Where the film ends by its header; never where it does not say so."""
        return (self.stream.start_time or 0) + self.stream.duration if self.stream.duration else NEVER

    def rewind(self) -> None:
        """To the very first packet, whatever the file's index says."""
        self._closing.close()
        self._closing = ExitStack()
        self.container, self.stream = self._open()
        self._context = _decoder(self.stream)
        self._context.thread_type = _threads(self.stream)
        self.at_start = True
        self._reset()

    def _reset(self) -> None:
        if self._context is not self.stream.codec_context:
            self._context.flush_buffers()
        self.now: Still | None = None
        self.key: int | None = None  # the time of the key frame this pass began with
        self.exact = True  # the picture that was wanted came, as far as anybody can tell
        self._demux: Iterator[Packet[VideoStream]] = self.container.demux(self.stream)
        self._queue: deque[Packet[VideoStream]] = deque()
        self._out: deque[tuple[int, VideoFrame]] = deque()
        self._times: list[int] = []  # of every picture that was read and is not yet behind, in order
        self._seen = -NEVER  # no packet to come belongs before this
        self._timed = True  # packets say when they are shown
        self._read_all = self._drained = False

    def forward(self, tick: int, skip: bool = False) -> Iterator[Still]:
        """Every picture from the present one up to the last that begins at or before `tick`.

        skip: pictures on the way that no other is built on may be left out. Nothing when the first one begins later.
        """
        target = self._target(tick)
        while target is None or self.now is None or self.now.at < target:
            if not self._out and not self._decode(target if skip else None):
                break
            if not self._out:
                continue
            if self._out[0][0] > tick:
                break
            yield self._take()
        self.exact = target is None or (self.now is not None and self.now.at == target)

    def first(self) -> Still | None:
        """The next picture, whenever it begins; None behind the last."""
        return next(self.pictures(), self.now)

    def pictures(self) -> Iterator[Still]:
        """Every picture from the present one to the end."""
        while self._out or self._decode(None):
            if self._out:
                yield self._take()

    def fill(self, pictures: int) -> bool:
        """Decodes one more packet while fewer than `pictures` are ready; False once there are, or none is left."""
        return len(self._out) < pictures and self._decode(None)

    def _take(self) -> Still:
        at, frame = self._out.popleft()
        del self._times[: bisect_right(self._times, at)]
        self.now = Still(at, max(at + 1, self._next_time()), frame)
        return self.now

    def _next_time(self) -> int:
        """When the next picture begins, or a moment that is surely not later."""
        if self._out:
            return self._out[0][0]
        if not self._timed:
            return NEVER if self._drained else -NEVER
        known = self._times[0] if self._times else NEVER
        return known if self._read_all else min(known, self._seen)

    def _target(self, tick: int) -> int | None:
        """The time of the last picture at or before `tick`, found without decoding; None when packets do not tell."""
        while self._timed and not self._read_all and self._seen <= tick:
            self._read()
        if not self._timed:
            return None
        nth = bisect_right(self._times, tick) - 1
        if nth >= 0:
            return self._times[nth]
        return self.now.at if self.now is not None and self.now.at <= tick else None

    def _read(self) -> None:
        """One more packet into the queue."""
        try:
            packet = next(self._demux, None)
        except BROKEN:
            packet = None  # cut off here: what came before still plays
        if packet is None or (packet.size == 0 and packet.dts is None):
            self._read_all = True
            return
        if packet.size == 0:
            return  # "the same picture again", as AVI says it
        if self.key is None and not self._begins(packet):
            return
        self._queue.append(packet)
        if packet.pts is None:
            self._timed = False
        elif not packet.is_discard:
            insort(self._times, packet.pts)
        if packet.dts is not None:
            self._seen = max(self._seen, packet.dts)

    def _begins(self, packet: Packet[VideoStream]) -> bool:
        """Whether a pass can begin with this packet: a decoder makes rubbish of what follows no key frame."""
        if not packet.is_keyframe and not self.at_start:
            return False
        self.key = packet.pts if packet.pts is not None and not self.at_start else -NEVER
        return True

    def _decode(self, skip_before: int | None) -> bool:
        """Feeds the decoder once; False when nothing is left to feed."""
        if not self._queue and not self._read_all:
            self._read()
        if not self._queue:
            return self._drain() if self._read_all else True
        packet = self._queue.popleft()
        passing = skip_before is not None and packet.pts is not None and packet.pts < skip_before
        self._context.skip_frame = "NONREF" if passing else "DEFAULT"
        try:
            self._keep(self._context.decode(packet))
        except BROKEN:
            pass  # a damaged picture: the next ones may be whole
        return True

    def _drain(self) -> bool:
        if self._drained:
            return False
        self._drained = True
        try:
            self._keep(self._context.decode(None))
        except BROKEN:
            pass
        return True

    def _keep(self, frames: list[VideoFrame]) -> None:
        behind = self._out[-1][0] if self._out else self.now.at if self.now is not None else -NEVER
        for frame in frames:
            at = frame.pts if self._timed else frame.dts
            # Pictures before the key frame lean on what was not read; times that jump back have been shown already.
            if at is not None and at > behind and (self.key is None or at >= self.key):
                self._out.append((at, _told(frame)))
                behind = at


def _told(frame: VideoFrame) -> VideoFrame:
    """The frame, without what it says of its colours where a broken header says what no filter knows."""
    if frame.colorspace not in MATRICES:
        frame.colorspace = UNTOLD
    if frame.color_trc not in TRANSFERS:
        frame.color_trc = UNTOLD
    if frame.color_primaries not in PRIMARIES:
        frame.color_primaries = UNTOLD
    return frame


def _threads(stream: VideoStream) -> Literal["AUTO", "SLICE"]:
    """Pictures side by side; but where every one is a key frame, only parts of one: those after it are not wanted."""
    entries = stream.index_entries
    listed = [entries[nth].is_keyframe for nth in range(min(100, len(entries)))]
    return "SLICE" if len(listed) > 1 and all(listed) else "AUTO"


def _decoder(stream: VideoStream) -> VideoCodecContext:
    """The stream's own decoder, or the one that also gives its alpha."""
    context = stream.codec_context
    name = WITH_ALPHA.get(context.name)
    told = stream.metadata.get("alpha_mode", stream.metadata.get("ALPHA_MODE"))
    if name is None or told != "1":
        return context
    other = av.CodecContext.create(name, "r")
    assert isinstance(other, av.VideoCodecContext)
    other.extradata = context.extradata
    return other


def unreadable(path: Path) -> Refused:
    """Why a file cannot be opened."""
    if not path.exists():
        return Refused(error("video.source_missing", "media", name=path.name))
    empty = path.is_file() and path.stat().st_size == 0
    return Refused(error("media.empty" if empty else "media.unreadable", "media", name=path.name))
