"""Compares an exported film with what the compositor shows, frame by frame."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from studio.core import export as presets
from studio.core.timeline import Source, Timeline
from studio.media.export.exporting import export
from studio.media.video.compositor import Compositor
from tests.media.export.counting import luma_of, task
from tests.media.ssim import ssim

Plane = NDArray[np.uint8]
# Finer than usual: a dissolve is noise to any codec, and with CRF 20 its worst frames come out at 0.97.
FINE = replace(presets.USUAL, quality=16)


@dataclass(frozen=True)
class Compared:
    """likeness: the smallest SSIM of the frames looked at; displaced: those that are more like their neighbour."""

    frames: int
    wanted: int
    likeness: float
    displaced: tuple[int, ...]


def where(source: Source) -> Path:
    return Path(source.path)


def compared(timeline: Timeline, target: Path, share: Fraction, preset: presets.Preset = FINE) -> Compared:
    """Exports the timeline and looks at `share` of its frames, cuts and transitions included."""
    export(timeline, where, preset, target, task())
    with av.open(str(target)) as file:
        frames = [luma_of(frame) for frame in file.decode(video=0)]
    total = presets.frames(preset, timeline)
    chosen = sorted({0, total - 1, *range(0, total, max(1, round(1 / share))), *_edges(timeline, total)})
    compositor = Compositor(where)
    try:
        shown = {n: _shown(compositor, timeline, preset, n) for n in _around(chosen, total)}
    finally:
        compositor.close()
    chosen = [n for n in chosen if n < len(frames)]
    likeness = min(ssim(frames[n], shown[n]) for n in chosen)
    return Compared(len(frames), total, likeness, tuple(n for n in chosen if _displaced(frames[n], n, shown)))


def _edges(timeline: Timeline, total: int) -> set[int]:
    edges = {int(placed.begin * timeline.rate) for _, placed in timeline.clips()}
    return {n for edge in edges for n in (edge - 1, edge) if 0 <= n < total}


def _around(chosen: list[int], total: int) -> set[int]:
    return {near for n in chosen for near in (n - 1, n, n + 1) if 0 <= near < total}


def _shown(compositor: Compositor, timeline: Timeline, preset: presets.Preset, n: int) -> Plane:
    size = presets.size(preset, timeline)
    return luma_of(compositor.frame(timeline, presets.moment(preset, timeline, n), size))


def _displaced(frame: Plane, n: int, shown: dict[int, Plane]) -> bool:
    """Whether a neighbour is clearly more like the exported frame than the one that belongs there."""
    own = _apart(frame, shown[n])
    return any(near in shown and _apart(shown[n], shown[near]) > 1 and _apart(frame, shown[near]) < own
               for near in (n - 1, n + 1))


def _apart(one: Plane, two: Plane) -> float:
    return float(np.abs(one.astype(np.int16) - two).mean())
