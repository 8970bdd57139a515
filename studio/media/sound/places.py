"""Where decoded sound lies on its file's clock, in whole samples, however coarse the file's time stamps are."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av.error
from av.stream import Discard

from studio.media.clips import first_frame, opened, picture_stream

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.video.stream import VideoStream


GAP = 60  # seconds of silence in the middle that are believed of a file that does not tell how long it is


def origin(path: Path) -> Fraction:
    """The time stamp that is 0 on the file's clock: that of its first picture, or where sound without one begins."""
    with opened(path) as container:
        video = picture_stream(container)
        if video is not None and (first := _first(container, video)) is not None:
            return first
        return min((stream.start_time * stream.time_base for stream in container.streams.audio
                    if stream.start_time is not None and stream.time_base is not None), default=Fraction(0))


def _first(container: InputContainer, video: VideoStream) -> Fraction | None:
    """When the first picture that decodes is shown; what the header says where none does."""
    for other in container.streams:
        if other.index != video.index:
            other.discard = Discard.all
    try:
        frame = first_frame(container, video)
    except (av.error.FFmpegError, AttributeError):  # PyAV gives a stream of an unknown codec no context to decode with
        frame = None
    at = video.start_time if frame is None or frame.pts is None else frame.pts
    return None if at is None or video.time_base is None else at * video.time_base


class Places:
    """Frames of one stream, placed one after another.

    Time stamps of milliseconds (WebM, FLV) are coarser than a sample: a frame that follows another begins where that
    one ended, and after a seek it lies on the grid of frames that are all as long as each other.

    first     the sample where the file says that its sound begins
    """

    def __init__(self, stream: AudioStream, start: Fraction, rate: int, length: float | None = None) -> None:
        """start: the time stamp that is 0; length: seconds of the whole file, when it tells."""
        self._tick = stream.time_base or Fraction(1, rate)
        self._start, self._rate = start, rate
        # a time stamp in samples, rounded, in whole numbers: there are many
        scale, shift = self._tick * rate, start * rate - Fraction(1, 2)
        self._parts = scale.denominator * shift.denominator
        self._times, self._minus = int(scale * self._parts), int(shift * self._parts)
        self._end = int((length + 1) * rate) if length else 0
        # what lies before it is what an encoder put there to warm up
        self.first = None if stream.start_time is None else round((stream.start_time * self._tick - start) * rate)
        self._loose = int(self._tick * rate * 3 / 2) + 2  # samples by which a rounded time stamp may be off
        self._expected: int | None = None
        self._grid: int | None = None

    def ticks(self, at: Fraction) -> int:
        """A moment of the clock as a time stamp of the stream."""
        return int((at + self._start) / self._tick)

    def lost(self) -> None:
        """The next frame follows none: the file was sought in."""
        self._expected = None

    def place(self, frame: AudioFrame, count: int) -> int:
        """The index of the first of its `count` samples."""
        at = self._index(frame)
        if self._grid is None:
            self._grid = at + count  # the first one may be cut short at its beginning, the second begins on the grid
        self._expected = at + count
        return at

    def _index(self, frame: AudioFrame) -> int:
        if frame.pts is None:
            return self._expected or 0
        told = (frame.pts * self._times - self._minus) // self._parts
        if self._expected is None:
            return self._on_grid(told, frame.samples)
        # a time stamp that jumps back or far beyond the end is not believed: what is there follows what was there
        far = told > max(self._end, self._expected + GAP * self._rate)
        return self._expected if far or told <= self._expected + self._loose else told

    def _on_grid(self, told: int, length: int) -> int:
        if self._grid is None or self._loose <= 3:
            return told
        near = self._grid + round((told - self._grid) / length) * length
        return near if abs(near - told) <= self._loose else told
