"""Running a picture through libavfilter: graphs are set up once and kept while their steps stay the same."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from av.error import BlockingIOError as NotYet
from av.filter import Graph

from studio.media.video.effects.native import Step

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

MOST, IDLE = 32, 45  # graphs that are kept, and for how many pictures of the timeline: each holds a few frames
BT709, LIMITED = 1, 1  # numbers of ITU-T H.273 and libav
# Neither costs anything where the picture is so already. Where a graph is set up nobody knows its pictures' colours,
# so whatever is bt709 must be said to be: else a filter that scales takes it for bt601.
TAGGED: Step = ("setparams", "colorspace=bt709:range=limited")
ENDING: tuple[Step, ...] = (
    ("scale", "out_color_matrix=bt709:out_range=limited"), ("format", "yuv420p|yuva420p"),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A graph, what it does and when it was used last."""

    steps: tuple[Step, ...]
    graph: Graph
    used: int


class Chains:
    """Graphs by what they are for. Not for two threads at once."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._now = most, 0
        self._graphs: OrderedDict[Hashable, Kept] = OrderedDict()  # those used last at the end

    def run(self, key: Hashable, steps: Sequence[Step], frame: VideoFrame) -> VideoFrame:
        """`frame` after `steps`, as a frame of its own (it may share its pixels with the one that came in).

        key: who asks; its graph is set up anew when its steps changed. av.error.FFmpegError or ValueError when a
        filter does not exist, does not take its arguments or fails.
        """
        place = (key, frame.width, frame.height, frame.format.name)
        wanted = tuple(steps)
        kept = self._graphs.pop(place, None)
        graph = kept.graph if kept is not None and kept.steps == wanted else made(wanted, frame)
        graph.push(frame)
        try:
            done = graph.vpull()
        except NotYet:
            return _drained(graph, None)  # it waits for more; a graph that was told there is none is used up
        if done.planes[0].line_size < 0:  # a picture upside down is its rows counted from the end: no use to us
            done = _drained(made((("copy", ""),), done), done)
        self._graphs[place] = Kept(wanted, graph, self._now)
        while len(self._graphs) > self._most:
            self._graphs.popitem(last=False)
        return done

    def begin(self) -> None:
        """Another picture of the timeline is begun: graphs that none of the last ones needed are let go."""
        self._now += 1
        while self._graphs and next(iter(self._graphs.values())).used < self._now - IDLE:
            self._graphs.popitem(last=False)

    def fresh(self, frame: VideoFrame) -> VideoFrame:
        """The same pixels as a frame of its own, whose time may be set."""
        return self.run("fresh", (), frame)

    def close(self) -> None:
        """Lets go of all graphs."""
        self._graphs.clear()


def _drained(graph: Graph, frame: VideoFrame | None) -> VideoFrame:
    graph.push(frame)
    return graph.vpull()


def made(steps: Sequence[Step], frame: VideoFrame) -> Graph:
    """A graph of one row of filters for pictures like `frame`."""
    graph = Graph()
    graph.threads = 1  # pictures are small next to what encodes them beside us
    first = graph.add_buffer(
        width=frame.width, height=frame.height, format=frame.format, time_base=frame.time_base or Fraction(1, 1000)
    )
    graph.link_nodes(first, *(_node(graph, step) for step in steps), graph.add("buffersink"))
    graph.configure()
    return graph


def _node(graph: Graph, step: Step):  # type: ignore[no-untyped-def]  # PyAV does not name the type in public
    name, args = step
    return graph.add(name, args) if args else graph.add(name)


def ready(frame: VideoFrame) -> VideoFrame:
    """The frame with the tags of what every picture here is: bt709, limited."""
    frame.colorspace, frame.color_range = BT709, LIMITED
    frame.color_primaries, frame.color_trc = BT709, BT709
    return frame
