"""The thread that makes the pictures of the player: the wanted one first, then those that will be due.

Of several wishes only the latest is fulfilled. What was made is kept within a budget, so that the nearest picture can
be shown at once and stepping back is instant.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from studio.core.event import Event
from studio.core.opentime import Time
from studio.core.timeline import Timeline
from studio.services.videos.running import Run

AHEAD = 24  # pictures made before they are due: a stall of most of a second is not seen
BUDGET = 128 * 1024 * 1024  # bytes of pictures kept
Size = tuple[int, int]


class Composes(Protocol):
    """What the player needs of `media.video.compositor.Compositor`."""

    def frame(self, timeline: Timeline, t: Time, size: Size | None = None) -> Any:
        """The picture at `t`, an av.VideoFrame in yuv420p, BT.709, limited."""
        ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Picture:
    """A frame for the screen. index: its number on the timeline; data: rows of B G R A bytes, `stride` bytes each."""

    index: int
    t: Time
    width: int
    height: int
    stride: int
    data: bytes


def for_screen(frame: Any, index: int, t: Time) -> Picture:
    """A frame of the compositor as the screen wants it."""
    screen = frame.reformat(
        format="bgra", src_colorspace="ITU709", dst_colorspace="ITU709", src_color_range="MPEG",
        dst_color_range="JPEG",
    )  # fmt: skip
    plane = screen.planes[0]
    return Picture(index, t, screen.width, screen.height, plane.line_size, bytes(plane))


@dataclass(frozen=True, slots=True)
class Wish:
    """One still picture. told: who gets it; None: everybody (`arrived`)."""

    t: Time
    size: Size
    told: Callable[[Picture], object] | None = None


class Pictures:
    """Start it with `begin()`; every method may be called from any thread.

    arrived    a wanted picture is there (from this thread)
    troubled   why there is none, a finding's Problem or a fault; None when it works again
    """

    def __init__(self, make: Callable[[], Composes], budget: int = BUDGET) -> None:
        self.arrived: Event[[Picture]] = Event()
        self.troubled: Event[[Exception | None]] = Event()
        self.cost = 0.0  # seconds a picture takes, on average lately
        self._make, self._budget = make, budget
        self._bell = threading.Condition()
        self._timeline: Timeline | None = None
        self._wishes: deque[Wish] = deque()
        self._run: Run | None = None
        self._size: Size = (2, 2)
        self._tick = 0
        self._now: Callable[[], int] = lambda: -1
        self._ready: deque[tuple[int, Picture]] = deque()
        self._kept: OrderedDict[tuple[int, Size], Picture] = OrderedDict()
        self._weight = 0
        self._ill = False
        self._open = True
        self._thread = threading.Thread(target=self._work, name="player-pictures", daemon=True)
        self._thread.start()

    # what is asked of it ---------------------------------------------------------------------------------------

    def show(self, timeline: Timeline, now: int = -1) -> None:
        """Another document: what was made of the one before is of no use. now: the tick that is on the screen."""
        with self._bell:
            if timeline is self._timeline:
                return
            self._timeline = timeline
            self._ready.clear()
            self._kept.clear()
            self._weight, self._tick = 0, max(now + 1, 0)
            self._bell.notify()

    def want(self, wish: Wish) -> Picture | None:
        """Ask for a still picture; gives the nearest one that is ready, of the same size, within a second."""
        with self._bell:
            near = self._nearest(wish)
            if wish.told is None:
                self._wishes = deque(one for one in self._wishes if one.told is not None)
            self._wishes.append(wish)
            self._bell.notify()
            return near

    def start(self, run: Run, size: Size, now: Callable[[], int]) -> None:
        """Make pictures ahead for a run; `now` gives the tick that is due, -1 before it began."""
        with self._bell:
            self._run, self._size, self._now, self._tick = run, size, now, 0
            self._ready.clear()
            self._bell.notify()

    def stop(self) -> None:
        with self._bell:
            self._run = None
            self._ready.clear()

    def ready(self) -> int:
        """How many pictures wait to be due, or -1 when there will be no more."""
        with self._bell:
            over = self._run is not None and self._run.frame(self._tick) is None
            return -1 if over and not self._ready else len(self._ready)

    def take(self, tick: int) -> tuple[int, Picture] | None:
        """The newest picture that is due at `tick`, with its own tick; older ones are given up."""
        with self._bell:
            found = None
            while self._ready and self._ready[0][0] <= tick:
                found = self._ready.popleft()
            self._bell.notify()
            return found

    def close(self) -> None:
        with self._bell:
            self._open = False
            self._bell.notify()
        self._thread.join()

    # the thread ------------------------------------------------------------------------------------------------

    def _work(self) -> None:
        compositor: Composes | None = None
        try:
            while (job := self._next()) is not None:
                try:
                    compositor = compositor or self._make()
                    self._do(compositor, job)
                except Exception as fault:  # whatever it is: said, and the player goes on
                    self._tell(fault)
                    self._skip(job)
        finally:
            if compositor is not None:
                compositor.close()

    def _next(self) -> tuple[Timeline, Wish | int] | None:
        """The latest wish, or the next tick to make; waits for one. None: the end."""
        with self._bell:
            while self._open:
                if self._timeline is not None and self._wishes:
                    return self._timeline, self._wishes.popleft()
                if self._timeline is not None and self._wanted_ahead():
                    return self._timeline, self._tick
                self._bell.wait()
        return None

    def _wanted_ahead(self) -> bool:
        """Whether a picture should be made ahead; one that would come too late is passed over."""
        if self._run is None or len(self._ready) >= AHEAD:
            return False
        now = self._now()
        if now >= 0 and self._tick <= now:
            self._tick = now + 1 + int(self.cost * float(self._run.rate))
        if self._tick > max(now, 0) + 2 * AHEAD:  # nothing can be made just now
            return False
        return self._run.frame(self._tick) is not None

    def _do(self, compositor: Composes, job: tuple[Timeline, Wish | int]) -> None:
        timeline, what = job
        if isinstance(what, Wish):
            index = int(what.t * timeline.rate // 1)
            made = self._made(compositor, timeline, index, what.size)
            (what.told or self.arrived.emit)(made)
        elif (run := self._run) is not None and (frame := run.frame(what)) is not None:
            made = self._made(compositor, timeline, frame, self._size)
            with self._bell:
                if run is self._run and timeline is self._timeline:
                    self._ready.append((what, made))
                    self._tick = what + 1
        self._tell(None)

    def _made(self, compositor: Composes, timeline: Timeline, index: int, size: Size) -> Picture:
        with self._bell:
            kept = self._kept.get((index, size)) if timeline is self._timeline else None
        if kept is not None:
            return kept
        import time

        began = time.perf_counter()
        t = index / timeline.rate
        made = for_screen(compositor.frame(timeline, t, size), index, t)
        self.cost += (time.perf_counter() - began - self.cost) * 0.2
        self._keep(timeline, size, made)
        return made

    def _keep(self, timeline: Timeline, size: Size, made: Picture) -> None:
        with self._bell:
            if timeline is not self._timeline:
                return
            self._kept[made.index, size] = made
            self._weight += len(made.data)
            while self._weight > self._budget and len(self._kept) > 1:
                _, gone = self._kept.popitem(last=False)
                self._weight -= len(gone.data)

    def _nearest(self, wish: Wish) -> Picture | None:
        timeline = self._timeline
        if timeline is None:
            return None
        index, within = int(wish.t * timeline.rate // 1), float(timeline.rate)
        near = [key for key in self._kept if key[1] == wish.size and abs(key[0] - index) <= within]
        best = min(near, key=lambda key: abs(key[0] - index), default=None)
        return None if best is None else self._kept[best]

    def _skip(self, job: tuple[Timeline, Wish | int]) -> None:
        """A tick that cannot be made is passed over, or the same fault would come for ever."""
        with self._bell:
            if not isinstance(job[1], Wish):
                self._tick = job[1] + 1

    def _tell(self, fault: Exception | None) -> None:
        if fault is not None or self._ill:
            self._ill = fault is not None
            self.troubled.emit(fault)
