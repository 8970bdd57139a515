"""Where a film was cut: the first frame of each new scene, and where scenes dissolve into one another.

Every frame is looked at, very small. A hard cut is a frame that differs from the one before it far more than frames
around it differ from theirs, so a shaking hand or a flash does not count. A dissolve or fade has no such frame: there
the picture drifts, without going back, over at least a few frames, and its middle is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import av
import av.error
import numpy as np
from av.video.reformatter import VideoReformatter
from numpy.typing import NDArray

from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.opentime import Time
from studio.core.task import Task
from studio.core.timeline import ZERO
from studio.media.clips import duration, opened, picture_stream

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

Glance = NDArray[np.uint8]
WIDTH, HEIGHT = 64, 36  # px at which frames are compared
TOGETHER, BESIDE = 1500, 300  # frames that are looked at together, and those around them
AROUND = 12  # frames on either side that say how much is usual
CLOSE = 3  # frames on either side than which a cut is larger
APART = Fraction(1, 5)  # seconds: no scene is shorter
LASTS = Fraction(1)  # seconds that are looked at together for a slow change
THRESHOLD = 14.0  # mean difference of luma and colour, 0 to 255, below which nothing is a cut


@dataclass(frozen=True, slots=True)
class Scene:
    """A change. at: seconds of the source: the first frame of what is new (of a dissolve: its middle)."""

    at: Time
    kind: Literal["cut", "dissolve"]
    strength: float


def scenes(
    path: Path, task: Task[Any] | None = None, threshold: float = THRESHOLD, start: Time = ZERO, end: Time | None = None
) -> list[Time]:
    """The moments of all changes within a stretch, in order, without its beginning. Refused: media.unreadable,
    media.no_picture, video.source_missing. Cancelled."""
    return [change.at for change in changes(path, task, threshold, start, end)]


def changes(
    path: Path, task: Task[Any] | None = None, threshold: float = THRESHOLD, start: Time = ZERO, end: Time | None = None
) -> list[Scene]:
    """Each change with what it is. threshold: lower finds more; start, end: seconds of the source."""
    watching = Watching(threshold)
    for at, glance in glimpses(path, task, start, end):
        watching.add(at, glance)
    return watching.done()


class Watching:
    """Finds changes in frames as they come, with only some seconds of them in memory."""

    def __init__(self, threshold: float = THRESHOLD) -> None:
        self._threshold = threshold
        self._times: list[Time] = []
        self._glances: list[Glance] = []
        self._found: list[Scene] = []
        self._until: Time | None = None  # what lies before it is told already

    def add(self, at: Time, glance: Glance) -> None:
        """The next frame."""
        self._times.append(at)
        self._glances.append(glance)
        if len(self._times) >= TOGETHER + 2 * BESIDE:
            self._look(self._times[-BESIDE])
            del self._times[: -2 * BESIDE], self._glances[: -2 * BESIDE]

    def done(self) -> list[Scene]:
        """All changes, when there are no more frames."""
        self._look(None)
        return self._found

    def _look(self, until: Time | None) -> None:
        for scene in found(self._times, self._glances, self._threshold):
            fresh = self._until is None or scene.at >= self._until
            if fresh and (until is None or scene.at < until) and not self._again(scene):
                self._found.append(scene)
        self._until = until

    def _again(self, scene: Scene) -> bool:
        """Whether it is the dissolve that was told last, seen once more with other frames around it."""
        last = self._found[-1] if self._found else None
        return last is not None and last.kind == scene.kind == "dissolve" and scene.at - last.at <= LASTS


def glimpses(
    path: Path, task: Task[Any] | None = None, start: Time = ZERO, end: Time | None = None
) -> Iterator[tuple[Time, Glance]]:
    """Every frame of a stretch, small, as (planes, HEIGHT, WIDTH) of luma and two of colour, as it lies in the file (it
    may have to be turned), with its time in seconds of the source. Refused as `scenes`."""
    try:
        with opened(path) as container:
            stream = picture_stream(container)
            if stream is None:
                raise Refused(error("media.no_picture", "media", name=path.name))
            stream.thread_type = "AUTO"
            length = end or duration(container, stream, None)
            smaller = VideoReformatter()
            for at, frame in _stretch(container, stream, start, end):
                if task is not None:
                    task.progress(float((at - start) / (length - start)) if length and length > start else None)
                yield at, glance_at(frame, smaller)
    except FileNotFoundError as fault:
        raise Refused(error("video.source_missing", "media", name=path.name)) from fault
    except (av.error.FFmpegError, OSError) as fault:
        raise Refused(error("media.unreadable", "media", name=path.name)) from fault


def _stretch(
    container: InputContainer, stream: VideoStream, start: Time, end: Time | None
) -> Iterator[tuple[Time, VideoFrame]]:
    """The frames that are shown from `start` to `end`, with their times from the first frame of the film."""
    tick = stream.time_base or Fraction(1, 1000)
    zero: Time | None = None
    if start > 2 and stream.start_time is not None:
        zero = stream.start_time * tick
        container.seek(int((start + zero) / tick), stream=stream)
    for frame in _decoded(container, stream):
        at = Fraction(frame.pts or 0) * (frame.time_base or tick)
        zero = at if zero is None else zero
        if end is not None and at - zero >= end:
            return
        if at - zero >= start - tick:
            yield at - zero, frame


def _decoded(container: InputContainer, stream: VideoStream) -> Iterator[VideoFrame]:
    """All that decodes; a file that breaks off ends there."""
    frames = container.decode(stream)
    seen = False
    while True:
        try:
            frame = next(frames)
        except StopIteration:
            return
        except av.error.FFmpegError:
            if not seen:
                raise
            return
        seen = True
        yield frame


def glance_at(frame: VideoFrame, smaller: VideoReformatter) -> Glance:
    """The frame as three planes of WIDTH x HEIGHT: Y, U, V. smaller: kept, as it is costly to set up."""
    small = smaller.reformat(frame, WIDTH, HEIGHT, "yuv444p", interpolation="AREA")
    return np.asarray(small.to_ndarray(), np.uint8)


def found(times: list[Time], glances: list[Glance], threshold: float) -> list[Scene]:
    """The changes among small frames."""
    if len(glances) < 2:
        return []
    steps = np.array([difference(a, b) for a, b in pairwise(glances)])
    cuts = _cuts(times, steps, glances, threshold)
    edges = [0, *(index for index, _ in cuts), len(glances)]
    soft = [one for a, b in pairwise(edges) for one in _dissolves(times, glances, a, b, threshold)]
    hard = [Scene(times[index], "cut", strength) for index, strength in cuts]
    return sorted([*hard, *soft], key=lambda scene: scene.at)


def difference(one: Glance, two: Glance) -> float:
    """How unlike two frames are, 0 to 255: where their light and colour lie, and how much of each there is."""
    apart = np.abs(one.astype(np.int16) - two).mean(axis=(1, 2))
    return float((apart[0] * 2 + apart[1] + apart[2]) / 2)


def _cuts(
    times: list[Time], steps: NDArray[np.float64], glances: list[Glance], threshold: float
) -> list[tuple[int, float]]:
    """(index of the first frame of the new scene, how strong)."""
    kept: list[tuple[int, float]] = []
    for at in (int(step) for step in np.flatnonzero(steps >= threshold)):
        index = at + 1
        if not _stands_out(steps, at, threshold) or _flash(glances, index, threshold):
            continue
        if kept and times[index] - times[kept[-1][0]] < APART:
            if steps[at] > kept[-1][1]:
                kept[-1] = index, float(steps[at])
            continue
        kept.append((index, float(steps[at])))
    return kept


def _stands_out(steps: NDArray[np.float64], at: int, threshold: float) -> bool:
    """Whether a step is far larger than is usual on one side of it, and larger than any close by: where something
    begins to move fast, the steps after the first are as large."""
    sides = [steps[max(0, at - AROUND) : at], steps[at + 1 : at + 1 + AROUND]]
    usual = min((float(np.median(side)) for side in sides if len(side)), default=0.0)
    close = max((float(side.max()) for side in (sides[0][-CLOSE:], sides[1][:CLOSE]) if len(side)), default=0.0)
    return bool(steps[at] >= 3 * usual + threshold / 2 and steps[at] >= 1.3 * close)


def _flash(glances: list[Glance], index: int, threshold: float) -> bool:
    """Whether the picture is back within a few frames, or has come back: a photographer's flash, a broken frame."""
    before, now = glances[index - 1], glances[index]
    same = max(threshold / 2, difference(before, now) / 4)
    goes = any(difference(before, glance) < same for glance in glances[index + 1 : index + 4])
    return goes or any(difference(now, glance) < same for glance in glances[max(0, index - 4) : index - 1])


def _dissolves(times: list[Time], glances: list[Glance], a: int, b: int, threshold: float) -> list[Scene]:
    """Slow changes within one stretch without cuts. Of windows that overlap, the one whose ends differ most is told."""
    kept: list[Scene] = []
    begin = a
    while (end := _window(times, begin, b)) is not None:
        apart, middle = difference(glances[begin], glances[end]), (begin + end) // 2
        if apart >= 2 * threshold and _mixes(glances, begin, end, apart):
            scene = Scene(times[middle], "dissolve", apart)
            if not kept or scene.at - kept[-1].at > LASTS:
                kept.append(scene)
            elif apart > kept[-1].strength:
                kept[-1] = scene
        begin += max(1, (end - begin) // 8)
    return kept


def _window(times: list[Time], begin: int, b: int) -> int | None:
    """The last frame of the window that begins at a frame, when it has enough of them before `b`."""
    end = begin
    while end + 1 < b and times[end] - times[begin] < LASTS:
        end += 1
    return end if end - begin >= 5 and times[end] - times[begin] >= LASTS else None


def _mixes(glances: list[Glance], begin: int, end: int, apart: float) -> bool:
    """Whether the frames between are mixtures of the first and the last: a moving picture is not."""
    one, two = glances[begin].astype(np.float32), glances[end].astype(np.float32)
    way = two - one
    long = float((way * way).sum()) or 1.0
    shares = []
    for n in range(begin + 1, end):
        share = float(((glances[n] - one) * way).sum()) / long
        rest = difference(glances[n], np.clip(one + way * share, 0, 255).astype(np.uint8))
        if rest > 0.25 * apart:
            return False
        shares.append(share)
    rises = np.diff(np.array([0.0, *shares, 1.0]))
    return bool((rises > -0.1).all() and rises.max() < 0.5)
