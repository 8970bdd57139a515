"""Decoded pictures kept at hand, within a budget of bytes, and handed out so that nobody disturbs another."""

from __future__ import annotations

import threading
from bisect import bisect_right, insort
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from av.filter import Graph

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

BUDGET = 256_000_000
NEVER = 1 << 62  # a tick that no film reaches


@dataclass(frozen=True, slots=True)
class Still:
    """One picture of a film and how long it is shown: from `at` up to, not including, `until`, in ticks."""

    at: int
    until: int
    frame: VideoFrame


class FrameCache:
    """Pictures of any number of films, those not used for longest given up first. Safe from any thread."""

    def __init__(self, budget: int = BUDGET) -> None:
        self.budget, self.bytes = budget, 0
        self._lock = threading.Lock()
        self._stills: OrderedDict[tuple[Hashable, int], Still] = OrderedDict()
        self._times: dict[Hashable, list[int]] = {}

    def put(self, film: Hashable, still: Still) -> None:
        """Keeps a picture; one larger than the whole budget is not kept."""
        size = weight(still.frame)
        if size > self.budget:
            return
        with self._lock:
            self._drop((film, still.at))
            while self.bytes + size > self.budget:
                self._drop(next(iter(self._stills)))
            self._stills[film, still.at] = still
            insort(self._times.setdefault(film, []), still.at)
            self.bytes += size

    def at(self, film: Hashable, tick: int) -> Still | None:
        """The picture that is shown at `tick`, if it is here."""
        with self._lock:
            times = self._times.get(film, [])
            nth = bisect_right(times, tick) - 1
            still = self._stills[film, times[nth]] if nth >= 0 else None
            if still is None or tick >= still.until:
                return None
            self._stills.move_to_end((film, still.at))
            return still

    def nearest(self, film: Hashable, tick: int) -> Still | None:
        """The picture that lies nearest to `tick` in time."""
        with self._lock:
            times = self._times.get(film, [])
            nth = bisect_right(times, tick)
            around = times[max(0, nth - 1) : nth + 1]
            return self._stills[film, min(around, key=lambda at: abs(at - tick))] if around else None

    def forget(self, film: Hashable) -> None:
        """Drops all of a film."""
        with self._lock:
            for at in list(self._times.get(film, [])):
                self._drop((film, at))

    def __len__(self) -> int:
        return len(self._stills)

    def _drop(self, key: tuple[Hashable, int]) -> None:
        still = self._stills.pop(key, None)
        if still is None:
            return
        film, at = key
        times = self._times[film]
        del times[bisect_right(times, at) - 1]
        if not times:
            del self._times[film]
        self.bytes -= weight(still.frame)


def weight(frame: VideoFrame) -> int:
    """Bytes of a picture in memory."""
    return sum(plane.buffer_size for plane in frame.planes)


class Twins:
    """Frames that share another's pixels but are their own in all else. Safe from any thread.

    PyAV keeps its converter with the frame it converted, so one frame in two threads would be one converter in two
    threads, and that ends the program.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kind: tuple[int, int, str] | None = None
        self._graph = Graph()

    def of(self, frame: VideoFrame) -> VideoFrame:
        """Another frame with the same pixels."""
        with self._lock:
            kind = (frame.width, frame.height, frame.format.name)
            if kind != self._kind:
                self._graph, self._kind = _passing(frame), kind
            self._graph.push(frame)
            return self._graph.vpull()


def _passing(frame: VideoFrame) -> Graph:
    """A graph that changes nothing."""
    graph = Graph()
    tick = frame.time_base or Fraction(1, 1000)
    source = graph.add_buffer(width=frame.width, height=frame.height, format=frame.format, time_base=tick)
    graph.link_nodes(source, graph.add("buffersink"))
    graph.configure()
    return graph
