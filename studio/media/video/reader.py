"""The pictures of one film, by time: exactly the right one, forwards, backwards and at random."""

from __future__ import annotations

import threading
from collections.abc import Hashable
from pathlib import Path
from typing import TYPE_CHECKING

from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.opentime import Time
from studio.media.video.ahead import Ahead
from studio.media.video.frames import NEVER, FrameCache, Still, Twins
from studio.media.video.head import Head
from studio.media.video.info import Info, info_of

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

OWN_BUDGET = 128_000_000  # bytes of pictures that a reader without a shared cache keeps
STEPS_BACK = (1, 4, 16)  # seconds a seek goes further back when the wanted picture did not come
HEADS = 3
UNSURE = 2  # seconds that are decoded rather than sought over where the file does not list its key frames
FEW = 4  # pictures that are decoded rather than sought over in any case
NEARBY = 2  # seconds: a request this close to the last one is a step on or back


class Reader:
    """Gives the picture that is shown at a moment: the last whose time is at or before it, within half of what the file
    rounds its times to (see `Info.ticks`). Before the first picture it is the first, past the end the last.

    Frames are as decoded: neither turned nor converted (see `normal`), but all of one size and format. Each is its
    caller's own but for the pixels, which nobody may alter. Safe from any thread; calls wait for one another. A film
    that plays at several places at once (two clips of it in a crossfade) is read by a head for each.
    """

    def __init__(self, path: Path, *, cache: FrameCache | None = None, ahead: int = 0) -> None:
        """cache: shared with other readers, or None for one of its own; ahead: how many pictures a thread decodes
        before they are asked for while the film is read forwards.

        Refused: video.source_missing, media.unreadable, media.empty, media.no_picture, video.codec_unknown.
        """
        self.path = path
        self._cache = cache if cache is not None else FrameCache(OWN_BUDGET)
        self._lock, self._twins = threading.RLock(), Twins()
        self._film: Hashable = identity(path)
        head = Head(path)
        try:
            self._first = _first(head)
            self.info: Info = info_of(path, head.container, head.stream, self._first.frame, self._first.at)
        except BaseException:
            head.close()
            raise
        self._heads = [head]  # the last used is the last
        self._left: int | None = None  # where a head was when it was last called away
        self._asked = self._first.at
        self._cache.put(self._film, self._first)
        self._pictures = ahead
        self._ahead: Ahead | None = None

    def close(self) -> None:
        """Lets go of the file. Frames that were given stay good; a later call opens the file again."""
        with self._lock:
            if self._ahead is not None:
                self._ahead.stop()
            self._ahead = None
            for head in self._heads:
                head.close()
            self._heads = []

    def frame(self, s: Time) -> VideoFrame:
        """The picture at `s` seconds of the source. Refused when the file went or broke meanwhile."""
        tick = self.tick_at(s)
        with self._lock:
            if not self._heads:
                self._heads.append(Head(self.path))
            still = self._still(tick)
            if self._pictures and 0 < (tick - self._asked) * self.info.tick < NEARBY:
                self._ahead = self._ahead or Ahead(self._lock, self._heads[-1], self._pictures)
                self._ahead.wake(self._heads[-1])
            self._asked = tick
        return self._handed(still)

    def near(self, s: Time) -> VideoFrame | None:
        """The picture nearest to `s` of those that are at hand, at once; None when there is none."""
        found = self._cache.nearest(self._film, self.tick_at(s))
        return self._handed(found) if found is not None else None

    def _handed(self, still: Still) -> VideoFrame:
        """The picture for a caller, of the size and format that `info` promises, whatever the film does midway."""
        frame, first = self._twins.of(still.frame), self._first.frame
        if (frame.width, frame.height, frame.format.name) == (first.width, first.height, first.format.name):
            return frame
        return frame.reformat(first.width, first.height, first.format.name)

    def tick_at(self, s: Time) -> int:
        """The file's own clock at `s`, to the nearest tick, halves up; not before the first picture."""
        return max(self._first.at, min(NEVER >> 2, self.info.ticks(s)))

    def _still(self, tick: int) -> Still:
        for head in reversed(self._heads):
            if head.now is not None and head.now.at <= tick < head.now.until:
                self._use(head)
                return head.now
        kept = self._cache.at(self._film, tick)
        if kept is not None:
            return kept
        near = [head for head in self._heads if head.now is not None and self._goes_on(head, head.now.at, tick)]
        return self._play(self._use(near[-1]), tick) if near else self._seek(self._spare(tick), tick)

    def _use(self, head: Head) -> Head:
        self._heads.remove(head)
        self._heads.append(head)
        return head

    def _goes_on(self, head: Head, at: int, tick: int) -> bool:
        """Whether decoding on from `at` gets to `tick` sooner than seeking does."""
        if tick < at:
            return False
        far = (tick - at) * self.info.tick
        if far * (self.info.rate or 30) < FEW:
            return True
        key = head.key_before(tick)
        return far < UNSURE if key is None else key <= at

    def _play(self, head: Head, tick: int) -> Still:
        for _still in head.forward(tick):
            pass
        return head.now or self._first

    def _spare(self, tick: int) -> Head:
        """The head that shall seek: another one when somebody still plays on from where the last was called away."""
        head = self._heads[-1]
        left, self._left = self._left, head.now.at if head.now is not None else None
        if left is None or not 0 <= (tick - left) * self.info.tick < 1:
            return head
        self._left = None
        if len(self._heads) == HEADS:
            return self._use(self._heads[0])
        self._heads.append(Head(self.path))
        return self._heads[-1]

    def _seek(self, head: Head, tick: int) -> Still:
        """Lands on a key frame before `tick` and decodes up to it; from further back when it did not come whole."""
        stepping = 0 <= (self._asked - tick) * self.info.tick < NEARBY
        for back in (0, *STEPS_BACK):
            head.seek(tick - round(back / self.info.tick))
            self._run(head, tick, stepping)
            if head.now is not None and (head.exact or head.at_start):
                return head.now
        if head.now is None:
            self._rewind(head)
            self._run(head, tick, stepping)
        return self._lost(head.now or self._first, tick)

    def _lost(self, found: Still, tick: int) -> Still:
        """A damaged picture: the one before it stands in for it, without being looked for again."""
        still = Still(found.at, max(found.until, tick + 1), found.frame)
        self._cache.put(self._film, still)
        return still

    def _rewind(self, head: Head) -> None:
        try:
            head.rewind()
        except Refused:
            self._heads.remove(head)
            head.close()
            raise

    def _run(self, head: Head, tick: int, stepping: bool) -> None:
        """Decodes up to `tick`. stepping: backwards, so every picture on the way is wanted soon; else a few are kept
        for `near`."""
        apart = 0 if stepping else round(Time(1, 4) / self.info.tick)
        kept = -NEVER
        for still in head.forward(tick, skip=not stepping):
            if still.at - kept >= apart:
                self._cache.put(self._film, still)
                kept = still.at
        if head.now is not None:
            self._cache.put(self._film, head.now)


def _first(head: Head) -> Still:
    first = head.first()
    if first is None:
        raise Refused(error("media.unreadable", "media", name=head.path.name))
    return first


def identity(path: Path) -> tuple[str, int, int]:
    """What tells a file from the one that replaced it. Refused when it is not there."""
    try:
        told = path.stat()
    except OSError as fault:
        raise Refused(error("video.source_missing", "media", name=path.name)) from fault
    return str(path.absolute()), told.st_mtime_ns, told.st_size
