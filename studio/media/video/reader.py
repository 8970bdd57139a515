"""The pictures of one film, by time: exactly the right one, forwards, backwards and at random."""

from __future__ import annotations

import threading
from collections.abc import Hashable
from pathlib import Path
from typing import TYPE_CHECKING

from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.opentime import Time
from studio.media.video.frames import NEVER, FrameCache, Still
from studio.media.video.head import Head
from studio.media.video.info import Info, info_of

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

OWN_BUDGET = 128_000_000  # bytes of pictures that a reader without a shared cache keeps
STEPS_BACK = (1, 4, 16, 64)  # seconds a seek goes further back when it landed behind the wanted picture


class Reader:
    """Gives the picture that is shown at a moment: the last whose time is at or before it, within half a tick (times
    that a file rounds, such as WebM's milliseconds, count as what they were rounded from). Before the first picture
    it is the first, past the end the last.

    Frames are as decoded: neither turned nor converted (see `normal`), and shared, so nobody may alter one, not even
    its pts. Safe from any thread; calls wait for one another.
    """

    def __init__(self, path: Path, *, cache: FrameCache | None = None, ahead: int = 0) -> None:
        """Refused: video.source_missing, media.unreadable, media.empty, media.no_picture, video.codec_unknown."""
        self.path = path
        self._cache = cache if cache is not None else FrameCache(OWN_BUDGET)
        self._lock = threading.RLock()
        self._film: Hashable = identity(path)
        self._head = Head(path)
        try:
            first = self._head.first()
            if first is None:
                raise Refused(error("media.unreadable", "media", name=path.name))
            self._first = first
            self.info: Info = info_of(path, self._head.container, self._head.stream, first.frame, first.at)
        except BaseException:
            self._head.close()
            raise
        self._cache.put(self._film, first)

    def close(self) -> None:
        """Lets go of the file. Frames that were given stay good."""
        with self._lock:
            self._head.close()

    def frame(self, s: Time) -> VideoFrame:
        """The picture at `s` seconds of the source. Refused when the file broke or went meanwhile."""
        tick = self.tick_at(s)
        with self._lock:
            return self._still(tick).frame

    def near(self, s: Time) -> VideoFrame | None:
        """The picture nearest to `s` of those that are at hand, at once; None when there is none."""
        found = self._cache.nearest(self._film, self.tick_at(s))
        return found.frame if found is not None else None

    def tick_at(self, s: Time) -> int:
        """The file's own clock at `s`, to the nearest tick, halves up."""
        ticks = (s + self.info.zero) / self.info.tick
        return max(self._first.at, min(NEVER >> 2, (2 * ticks + 1) // 2))

    def _still(self, tick: int) -> Still:
        now = self._head.now
        if now is not None and now.at <= tick < now.until:
            return now
        kept = self._cache.at(self._film, tick)
        if kept is not None:
            return kept
        if now is not None and now.at <= tick and self._goes_on(now.at, tick):
            return self._play(tick)
        return self._seek(tick)

    def _goes_on(self, at: int, tick: int) -> bool:
        """Whether decoding on from `at` gets to `tick` sooner than seeking."""
        entries = self._head.stream.index_entries
        nth = entries.search_timestamp(tick)
        key = entries[nth].timestamp if nth >= 0 else None
        if key is None or key <= at:
            return (tick - at) * self.info.tick < 10
        return (tick - at) * self.info.tick * (self.info.rate or 30) < 4

    def _play(self, tick: int) -> Still:
        for _still in self._head.forward(tick):
            pass
        assert self._head.now is not None
        return self._head.now

    def _seek(self, tick: int) -> Still:
        for back in (0, *STEPS_BACK):
            self._head.seek(tick - round(back / self.info.tick))
            found = self._run(tick)
            if found is not None and self._head.exact:
                return found
        self._head.rewind()
        return self._run(tick) or self._first

    def _run(self, tick: int) -> Still | None:
        for still in self._head.forward(tick):
            self._cache.put(self._film, still)
        return self._head.now


def identity(path: Path) -> tuple[str, int, int]:
    """What tells a file from the one that replaced it. Refused when it is not there."""
    try:
        told = path.stat()
    except OSError as fault:
        raise Refused(error("video.source_missing", "media", name=path.name)) from fault
    return str(path.absolute()), told.st_mtime_ns, told.st_size
