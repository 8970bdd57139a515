"""A film of one shape seen in another: which part of each picture is shown, following what matters in it.

What matters is guessed, without knowing what is seen: colours of skin, what moves against the rest, and detail, the
middle a little more than the edges. It does well with one person or thing before a quiet ground and may choose the
wrong one of two; a person's own key frames go before it. Within a shot the view moves slowly or not at all, and it
jumps where the film is cut.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.core.curve import Curve, Key
from studio.core.opentime import Time
from studio.core.task import Task
from studio.core.timeline import ZERO, Clip
from studio.media.cutting.scenes import THRESHOLD, Glance, Watching, difference, glimpses
from studio.media.video.info import Info
from studio.media.video.reader import Reader

Map = NDArray[np.float32]
Profile = NDArray[np.float32]
EVERY = Fraction(1, 6)  # seconds between the pictures that are judged
SLOW = 0.6  # seconds over which the view's way is evened out
CALM = 0.12  # of the picture's side: a shot in which the view would move less than this keeps still
NEAR = 0.012  # of the picture's side: key frames that tell less than this are left out
OWN = Fraction(1)  # seconds around a person's key frame in which ours are left out
PULL = 40.0  # how much a step of the view costs


@dataclass(frozen=True, slots=True)
class Focus:
    """What to look at. at: seconds of the source; x, y: of the picture, 0 to 1; cut: a new shot begins here."""

    at: Time
    x: float
    y: float
    cut: bool = False


def focus(
    path: Path, start: Time, end: Time, ratio: Fraction, task: Task[Any] | None = None, threshold: float = THRESHOLD
) -> list[Focus]:
    """The middle of the part to show, at a few moments of a stretch, in order; between them it goes straight.

    ratio: width by height of what is shown. Refused as of `scenes`. Cancelled.
    """
    reader = Reader(path)
    info = reader.info
    reader.close()
    watching, judging = Watching(threshold), Judging()
    for at, glance in glimpses(path, task, start, end):
        watching.add(at, glance)
        judging.add(at, _upright(glance, info))
    cuts = [scene.at for scene in watching.done() if scene.kind == "cut"]
    part = _part(ratio, Fraction(info.width, info.height))
    return [one for shot in judging.shots(cuts) for one in _shot(shot, part)]


def curves(
    points: Sequence[Focus], clip: Clip, picture: tuple[int, int], canvas: tuple[int, int],
    manual: tuple[Curve, Curve] | None = None, *, frame: Time = ZERO,
) -> tuple[Curve, Curve]:
    """The focal points as the x and y of the clip's transform, for a picture laid to cover the canvas.

    picture: px of the source; manual: x and y of a person's own key frames: within a second of these ours are left out;
    frame: seconds of one of the source's frames, so that backwards the view jumps on the right one
    """
    scale = max(canvas[0] / picture[0], canvas[1] / picture[1]) * _largest(clip)
    laid = picture[0] * scale, picture[1] * scale
    local = _local(points, clip, frame)
    own = manual or (Curve(), Curve())
    sides = zip((0, 1), laid, canvas, own, strict=True)
    x, y = (_curve([(at, (one.x, one.y)[nth], cut) for at, one, cut in local], side, seen, keys.keys)
            for nth, side, seen, keys in sides)
    return x, y


def _largest(clip: Clip) -> float:
    curve = clip.transform.scale
    return max(0.01, min((key.value for key in curve.keys), default=curve.value))


def _local(points: Sequence[Focus], clip: Clip, frame: Time) -> list[tuple[Time, Focus, bool]]:
    """(seconds of the clip, point, whether it begins a shot) in the order in which they play."""
    if not clip.reverse:
        return [(clip.local_time(one.at), one, one.cut) for one in points]
    # backwards a shot begins with its last point, and a frame is shown from where it would have ended
    begins = [*(one.cut for one in points[1:]), False][: len(points)]
    turned = [(clip.local_time(one.at + frame), one, cut) for one, cut in zip(points, begins, strict=True)]
    return turned[::-1]


def _curve(points: list[tuple[Time, float, bool]], side: float, seen: float, own: Sequence[Key]) -> Curve:
    """The way of one axis, in px from the middle. side: of the laid picture; seen: of the canvas."""
    slack = max(0.0, (side - seen) / 2)
    keys: dict[Time, Key] = {}
    last: Time | None = None
    for at, share, cut in points:
        at = max(ZERO, at)
        if any(abs(at - key.at) < OWN for key in own):
            continue
        if cut and last is not None and last != at:
            keys[last] = Key(last, keys[last].value, "hold")
        keys[at] = Key(at, round(min(slack, max(-slack, (0.5 - share) * side)), 2))
        last = at
    keys.update({key.at: key for key in own})
    ordered = tuple(keys[at] for at in sorted(keys))
    if len({key.value for key in ordered}) <= 1:
        return Curve(ordered[0].value if ordered else 0.0)
    return Curve(ordered[0].value, ordered)


def _upright(glance: Glance, info: Info) -> Glance:
    flipped = glance[:, :, ::-1] if info.mirrored else glance
    return np.rot90(flipped, -info.rotation // 90, axes=(1, 2))


def _part(ratio: Fraction, shape: Fraction) -> tuple[float, float]:
    """Which part of the picture's width and height is seen."""
    return (float(ratio / shape), 1.0) if ratio < shape else (1.0, float(shape / ratio))


@dataclass(frozen=True, slots=True)
class Judged:
    """Where in a picture how much matters, summed down (across) and across (down)."""

    at: Time
    across: Profile
    down: Profile


class Judging:
    """Looks at a few pictures in every second, each against the one before it."""

    def __init__(self) -> None:
        self._judged: list[Judged] = []
        self._before: Glance | None = None
        self._times: list[Time] = []

    def add(self, at: Time, glance: Glance) -> None:
        """The next frame, upright."""
        before = self._before
        self._before = glance
        self._times.append(at)
        if self._judged and at - self._judged[-1].at < EVERY and len(self._times) > 2:
            return
        if before is None or difference(before, glance) > THRESHOLD:
            before = glance  # of another shot: what differs there did not move
        map_ = matters(glance, before)
        self._judged.append(Judged(at, map_.sum(axis=0), map_.sum(axis=1)))

    def shots(self, cuts: Sequence[Time]) -> list[list[Judged]]:
        """What was judged, shot by shot; each begins with its first frame and ends with its last."""
        if not self._judged:
            return []
        edges = [self._times[0], *cuts, self._times[-1] + 1]
        return [shot for a, b in pairwise(edges) if (shot := self._shot(a, b))]

    def _shot(self, begin: Time, end: Time) -> list[Judged]:
        inside = [one for one in self._judged if begin <= one.at < end]
        nearest = inside or [min(self._judged, key=lambda one: abs(one.at - begin))]
        last = self._times[bisect_left(self._times, end) - 1]
        first = [replace(nearest[0], at=begin)] if nearest[0].at != begin else []
        final = [replace(nearest[-1], at=last)] if last > nearest[-1].at or not inside else []
        return [*first, *inside, *(one for one in final if one.at > begin)]


def _shot(shot: Sequence[Judged], part: tuple[float, float]) -> list[Focus]:
    """The points of one shot."""
    times = [one.at for one in shot]
    x = _side([one.across for one in shot], part[0], times)
    y = _side([one.down for one in shot], part[1], times)
    kept = sorted({*_corners(x, times), *_corners(y, times)})
    return [Focus(times[n], x[n], y[n], cut=nth == 0) for nth, n in enumerate(kept)]


def _side(profiles: list[Profile], share: float, times: Sequence[Time]) -> list[float]:
    return _calm(_way(profiles, share), times) if share < 0.999 else [0.5] * len(profiles)


def matters(glance: Glance, before: Glance) -> Map:
    """How much each place of a picture matters, 0 and more; the sum is 1."""
    luma, u, v = glance.astype(np.float32)
    moves = np.abs(luma - before[0].astype(np.float32))
    moves = np.clip(moves - np.median(moves) - 2, 0, 40)  # what all of the picture does is the camera's
    skin = np.exp(-(((u - 108) / 12) ** 2 + ((v - 152) / 12) ** 2)) * (luma > 50)
    down, across = np.gradient(luma)
    detail = np.hypot(across, down)
    height, width = luma.shape
    y, x = np.mgrid[0:height, 0:width]
    middle = 1 - 0.35 * np.hypot(x / (width - 1) - 0.5, y / (height - 1) - 0.45)
    total = (_even(moves) * 3 + _even(skin) * 2 + _even(detail)) * middle + 1e-4
    scaled: Map = (total / total.sum()).astype(np.float32)
    return scaled


def _even(values: Map) -> Map:
    """Scaled so that the most of it is 1; nearly nothing stays nearly nothing."""
    most = float(values.max())
    scaled: Map = values / np.float32(max(most, 4.0 if most > 1 else 0.2))
    return scaled


def _way(profiles: list[Profile], share: float) -> list[float]:
    """The middle of the view at each picture, 0 to 1: the most that matters with the least moving (Viterbi)."""
    count = len(profiles[0])
    window = max(1, min(count, round(share * count)))
    places = count - window + 1
    weights = np.hanning(window + 2)[1:-1] + 0.25
    scores = np.array([np.convolve(profile, weights[::-1], "valid") for profile in profiles])
    steps = np.abs(np.arange(places)[:, None] - np.arange(places)[None, :]) / count
    cost = PULL * steps**2 * float(scores.max())
    best, back = scores[0], []
    for score in scores[1:]:
        through = best[None, :] - cost
        back.append(through.argmax(axis=1))
        best = through.max(axis=1) + score
    path = [int(best.argmax())]
    for came in reversed(back):
        path.append(int(came[path[-1]]))
    return [(place + window / 2) / count for place in reversed(path)]


def _calm(way: list[float], times: Sequence[Time]) -> list[float]:
    """The way evened out; where it hardly moves it stands."""
    if max(way) - min(way) < CALM:
        return [float(np.median(way))] * len(way)
    at = np.array([float(time) for time in times])
    near = np.exp(-(((at[:, None] - at[None, :]) / SLOW) ** 2))
    smooth = (near * np.array(way)[None, :]).sum(axis=1) / near.sum(axis=1)
    return [float(value) for value in smooth]


def _corners(way: list[float], times: Sequence[Time]) -> list[int]:
    """The points that tell the way to within NEAR (Ramer, Douglas and Peucker); its ends among them."""
    kept, open_ = {0, len(way) - 1}, [(0, len(way) - 1)]
    at = [float(time) for time in times]
    while open_:
        a, b = open_.pop()
        if b - a < 2:
            continue
        straight = [way[a] + (way[b] - way[a]) * (at[n] - at[a]) / (at[b] - at[a]) for n in range(a + 1, b)]
        off = [abs(way[n] - line) for n, line in zip(range(a + 1, b), straight, strict=True)]
        most = max(off)
        if most > NEAR:
            corner = a + 1 + off.index(most)
            kept.add(corner)
            open_ += [(a, corner), (corner, b)]
    return sorted(kept)
