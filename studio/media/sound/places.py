"""Where decoded sound lies on its file's clock, in whole samples, however coarse the file's time stamps are."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer


def origin(container: InputContainer) -> Fraction:
    """The time stamp that is 0 on the file's clock: where picture and sound begin, as players show it."""
    starts = [stream.start_time * stream.time_base for stream in (*container.streams.video, *container.streams.audio)
              if stream.start_time is not None and stream.time_base is not None]
    return min(starts, default=Fraction(0))


class Places:
    """Frames of one stream, placed one after another.

    Time stamps of milliseconds (WebM, FLV) are coarser than a sample: a frame that follows another begins where that
    one ended, and after a seek it lies on the grid of frames that are all as long as each other.
    """

    def __init__(self, stream: AudioStream, start: Fraction, rate: int) -> None:
        self._tick = stream.time_base or Fraction(1, rate)
        self._start, self._rate = start, rate
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
        told = round((frame.pts * self._tick - self._start) * self._rate)
        if self._expected is None:
            return self._on_grid(told, frame.samples)
        # a time stamp that jumps back is not believed: what is there follows what was there
        return self._expected if told <= self._expected + self._loose else told

    def _on_grid(self, told: int, length: int) -> int:
        if self._grid is None or self._loose <= 3:
            return told
        near = self._grid + round((told - self._grid) / length) * length
        return near if abs(near - told) <= self._loose else told
