"""Which frames of a timeline are pictures of a source as they are, and which packets carry them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

import numpy as np

from studio.core import export as presets
from studio.core.effects import EFFECTS
from studio.core.opentime import Time
from studio.core.playing import Playing, layers
from studio.core.timeline import Clip, Source, Timeline
from studio.media.export.job import Job
from studio.media.export.smart.index import Index, Unit

WORTH = 0.2  # below this part of the frames it is not worth the trouble
SHORTEST = 8  # frames: fewer are encoded with their neighbours
TOLD = (1, 2)  # a matrix of BT.709, or none: what the compositor makes, too


@dataclass(frozen=True, eq=False)
class Copy:
    """Frames [begin, end) of the file are packets [first, last) of a source, as they are."""

    begin: int
    end: int
    source: Index
    first: int
    last: int


@dataclass(frozen=True)
class Make:
    """Frames [begin, end) of the file are drawn and encoded."""

    begin: int
    end: int


Piece = Copy | Make


@dataclass(frozen=True)
class Span:
    """Frames [begin, end) show nothing but one clip."""

    begin: int
    end: int
    clip: Clip
    source: Source
    local: Time


def plan(job: Job, index: Callable[[Source], Index | None]) -> tuple[Piece, ...]:
    """The file as pieces in order; () when too little can be kept. index: of a source, None when it cannot be."""
    if not allowed(job):
        return ()
    indexed = [(span, index(span.source)) for span in spans(job)]
    fit = [(span, found) for span, found in indexed if found is not None and fits(found, job)]
    if not fit:
        return ()
    votes: Counter[object] = Counter()
    for span, found in fit:
        votes[found.config] += span.end - span.begin
    chosen = votes.most_common(1)[0][0]
    copies = [copy for span, found in fit if found.config == chosen for copy in kept(job, span, found)]
    if sum(copy.end - copy.begin for copy in copies) < WORTH * job.frames:
        return ()
    return tuple(_filled(copies, job.frames))


def allowed(job: Job) -> bool:
    """Whether the preset asks for nothing that a source's packets might not have."""
    preset = job.preset
    plain = preset.video == "h264" and preset.container in ("mp4", "mov", "mkv") and not preset.pixel_format
    return plain and preset.smart and not (preset.bitrate or preset.peak or preset.quality)


def fits(found: Index, job: Job) -> bool:
    """Whether a source's pictures are the file's: their size, square pixels, colours."""
    info = found.info
    colours = not info.full and info.matrix in TOLD and (info.matrix == 1 or info.height > 576)
    return (info.coded_width, info.coded_height) == job.size and info.sar == 1 and colours and not info.hdr


def spans(job: Job) -> Iterator[Span]:
    """Stretches of the timeline on which one unchanged clip is all that is seen."""
    timeline, rate = job.timeline, presets.rate(job.preset, job.timeline)
    marks = sorted(_marks(timeline))
    for start, end in pairwise(marks):
        seen = layers(timeline, (start + end) / 2)
        if len(seen) != 1 or not isinstance(seen[0], Playing):
            continue
        clip, source = seen[0].clip, timeline.source_of(seen[0].clip)
        begin, stop = -(-start * rate // 1), -(-end * rate // 1)
        if source is not None and source.kind == "video" and plain(clip) and begin < stop:
            local = Fraction(begin) / rate - (start + end) / 2 + seen[0].local
            yield Span(int(begin), int(stop), clip, source, local)


def _marks(timeline: Timeline) -> set[Time]:
    """Every moment at which what is seen may change."""
    found: set[Time] = set()
    for track in timeline.tracks:
        if not track.seen or track.hidden:
            continue
        for placed in track.placed:
            into, out = track.transition_before(placed), track.transition_after(placed)
            found |= {placed.begin, placed.end}
            found |= {placed.begin - into.before, placed.begin + into.after} if into else set()
            found |= {placed.end - out.before, placed.end + out.after} if out else set()
    return {mark for mark in found if mark >= 0}


def plain(clip: Clip) -> bool:
    """Whether a clip's picture is its source's own at its own pace."""
    changed = any(effect.enabled and _pictured(effect.name) for effect in clip.effects)
    return clip.kind == "media" and clip.speed == 1 and not clip.reverse and clip.transform.plain and not changed


def _pictured(name: str) -> bool:
    spec = EFFECTS.get(name)
    return spec is None or spec.domain != "sound"


def kept(job: Job, span: Span, found: Index) -> Iterator[Copy]:
    """The packets of a span that can be taken as they are."""
    count = span.end - span.begin
    pictures = found.shown(span.clip.source_time(span.local), 1 / job.rate, count)
    lag = pictures - np.arange(count)  # constant where each frame shows the next picture
    edges = [0, *(np.flatnonzero(np.diff(lag)) + 1).tolist(), count]
    for begin, end in pairwise(edges):
        first, last = int(pictures[begin]), int(pictures[end - 1])
        for unit in found.units:
            if unit.first < first or unit.first > last:
                continue
            packets, shown = (unit.end, unit.last + 1) if unit.last <= last else _head(found, unit, last)
            at = span.begin + begin + unit.first - first
            if shown - unit.first >= SHORTEST:
                yield Copy(at, at + shown - unit.first, found, unit.begin, packets)


def _head(found: Index, unit: Unit, last: int) -> tuple[int, int]:
    """The longest beginning of a unit that is whole by itself and shows nothing behind picture `last`: where its
    packets end, and the picture after its last."""
    order = found.order[unit.begin : unit.end]
    tops = np.maximum.accumulate(order)
    whole = tops == unit.first + np.arange(len(order))
    fit = np.flatnonzero(whole & (tops <= last))
    return (unit.begin + int(fit[-1]) + 1, int(tops[fit[-1]]) + 1) if len(fit) else (unit.begin, unit.first)


def _joined(copies: list[Copy]) -> list[Copy]:
    """Those that go on where the one before ends, in the source too, as one."""
    found: list[Copy] = []
    for copy in copies:
        last = found[-1] if found else None
        goes_on = last is not None and (last.last, last.end) == (copy.first, copy.begin)
        if last is not None and goes_on and last.source is copy.source:
            found[-1] = replace(last, end=copy.end, last=copy.last)
        else:
            found.append(copy)
    return found


def _filled(copies: list[Copy], frames: int) -> Iterator[Piece]:
    """The copies in order, and what lies between them."""
    at = 0
    for copy in _joined(sorted(copies, key=lambda copy: copy.begin)):
        if copy.begin > at:
            yield Make(at, copy.begin)
        yield copy
        at = copy.end
    if at < frames:
        yield Make(at, frames)
