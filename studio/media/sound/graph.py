"""Samples through a chain of libavfilter filters, whose parameters may move while they run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

import av
import av.error
import numpy as np
from av.filter.context import FilterContext

from studio.media.sound.decoding import Samples, both_sides
from studio.media.sound.reading import RATE

Step = tuple[str, Mapping[str, str]]  # a filter and its options by their full names
Steps = Sequence[Step]

BEAT = 960  # samples between two looks at parameters that move: 20 ms


def filtered(samples: Samples, steps: Steps, moving: Callable[[int], Steps] | None = None) -> Samples:
    """(n, 2) through the filters, as long as it came in: what a filter adds at the end is cut off.

    moving: the steps as they are at a sample, for parameters that move; the same filters, other values.
    """
    graph, placed = _made(steps)
    source, sink = placed[0], placed[-1]
    found: list[av.AudioFrame] = []
    size = BEAT if moving else RATE
    now = list(steps)
    for at in range(0, len(samples), size):
        if moving is not None and at:
            now = _turned(placed[1:-2], now, moving(at))
        source.push(_frame(samples[at : at + size], at))
        found += _pulled(sink)
    source.push(None)
    found += _pulled(sink)
    del graph  # held until here: its filters die with it
    out = both_sides(found, 2)
    return out[: len(samples)] if len(out) >= len(samples) else np.pad(out, ((0, len(samples) - len(out)), (0, 0)))


def _made(steps: Steps) -> tuple[av.filter.Graph, list[FilterContext]]:
    graph = av.filter.Graph()
    placed = [graph.add_abuffer(sample_rate=RATE, format="flt", layout="stereo", time_base=Fraction(1, RATE))]
    for name, options in (*steps, ("aformat", {"sample_fmts": "flt", "channel_layouts": "stereo",
                                               "sample_rates": str(RATE)}), ("abuffersink", {})):
        placed.append(graph.add(name, **options))
        placed[-2].link_to(placed[-1])
    graph.configure()
    return graph, placed


def _frame(samples: Samples, at: int) -> av.AudioFrame:
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples).reshape(1, -1), "flt", "stereo")
    frame.sample_rate, frame.pts, frame.time_base = RATE, at, Fraction(1, RATE)
    return frame


def _pulled(sink: FilterContext) -> list[av.AudioFrame]:
    found: list[av.AudioFrame] = []
    while True:
        try:
            frame = sink.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return found
        assert isinstance(frame, av.AudioFrame)
        found.append(frame)


def _turned(filters: list[FilterContext], before: list[Step], after: Steps) -> list[Step]:
    """Tells the filters which of their options changed."""
    for context, (_, old), (_, new) in zip(filters, before, after, strict=True):
        for option, value in new.items():
            if old[option] != value:
                context.process_command(option, value)
    return list(after)
