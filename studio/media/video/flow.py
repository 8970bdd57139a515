"""Frames between frames, by optical flow: for a clip that is slower than it was filmed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from av.error import BlockingIOError as NotYet
from av.error import EOFError as Ended
from av.filter import Graph

from studio.core.opentime import Time
from studio.media.video.chain import ENDING, TAGGED, Chains
from studio.media.video.effects.native import Step
from studio.media.video.reader import Reader

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

MOST, KEPT = 8, 3  # frames made of one, and for how many they are kept
SEARCH = "mi_mode=mci:mc_mode=aobmc:me_mode=bidir:vsbmc=1"


@dataclass(frozen=True, slots=True)
class Three:
    """A frame of a film and the two after it, each with its time in the source."""

    reader: Reader
    frames: tuple[VideoFrame, ...]
    times: tuple[Time, ...]


class Flow:
    """Each frame depends on the one before it and the two after it only. Not for two threads at once."""

    def __init__(self, chains: Chains) -> None:
        self._chains = chains
        self._threes: OrderedDict[Path, Three] = OrderedDict()
        self._made: OrderedDict[tuple[Path, int | None, int], tuple[Three, list[VideoFrame]]] = OrderedDict()

    def between(self, reader: Reader, steps: Sequence[Step], s: Time, count: int) -> tuple[VideoFrame, Hashable] | None:
        """The frame at `s`, of `count` for each of the film's, and its name; None when the film's own is the one.

        steps: what makes the film's frames yuv420p in bt709
        """
        three = self._three(reader, s)
        begin, end = three.times[:2]
        if end <= begin:
            return None
        number = min(count - 1, max(0, round(count * (s - begin) / (end - begin))))
        key = reader.path, three.frames[0].pts, count
        if not number:
            return None
        if key not in self._made or self._made[key][0].reader is not reader:
            self._made[key] = three, made(self._ready(three, steps), count)
            while len(self._made) > KEPT:
                self._made.popitem(last=False)
        found = self._made[key][1]
        return (found[number], (*key, number)) if number < len(found) else None

    def _ready(self, three: Three, steps: Sequence[Step]) -> list[VideoFrame]:
        return [self._chains.run(("flow", nth), [*steps, TAGGED, *ENDING], frame)
                for nth, frame in enumerate(three.frames)]

    def _three(self, reader: Reader, s: Time) -> Three:
        """Those around `s`. What was read for the last moment is used again: going back would be a seek."""
        kept = self._threes.pop(reader.path, None)
        if kept is None or kept.reader is not reader or not kept.times[0] <= s < kept.times[2]:
            kept = self._after(reader, (reader.frame(s),))
        elif s >= kept.times[1]:
            kept = self._after(reader, kept.frames[1:])
        self._threes[reader.path] = kept
        while len(self._threes) > KEPT:
            self._threes.popitem(last=False)
        return kept

    def _after(self, reader: Reader, frames: tuple[VideoFrame, ...]) -> Three:
        step = 1 / (reader.info.rate or Fraction(30))
        while len(frames) < 3:
            frames = (*frames, reader.frame(_time(reader, frames[-1]) + step))
        return Three(reader, frames, tuple(_time(reader, frame) for frame in frames))


def _time(reader: Reader, frame: VideoFrame) -> Time:
    return (frame.pts or 0) * reader.info.tick - reader.info.zero


def made(frames: Sequence[VideoFrame], count: int) -> list[VideoFrame]:
    """What the filter makes from the first frame to the second, `count` of them, the first itself included."""
    graph = Graph()
    first = frames[0]
    source = graph.add_buffer(width=first.width, height=first.height, format=first.format, time_base=Fraction(1))
    graph.link_nodes(
        source, graph.add(*TAGGED), graph.add("minterpolate", f"fps={count}:{SEARCH}"), graph.add("buffersink"))
    graph.configure()
    for nth, frame in enumerate(frames):
        frame.pts, frame.time_base = nth, Fraction(1)
        graph.push(frame)
    graph.push(None)
    found: list[VideoFrame] = []
    while len(found) < count:
        try:
            found.append(graph.vpull())
        except (NotYet, Ended):
            break
    return found


def parts(rate: Fraction, filmed: Fraction, speed: Fraction) -> int:
    """How many frames of the timeline are shown for one of the film: 1 when nothing lies between."""
    many = rate / (filmed * speed)
    if many <= 1:
        return 1
    return int(min(MOST, many if many.denominator == 1 else -(-2 * many // 1)))
