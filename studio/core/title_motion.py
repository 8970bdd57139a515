"""How words come and go: animations as pure functions of how far they are, drawn by `media.lettering`."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from studio.core.opentime import Time
from studio.core.words import Words

Unit = Literal["block", "line", "word", "letter"]
SPOKEN = "words"  # with the moments of its words known, each comes when it is spoken
FEW, MANY = 2, 12  # how many units are on their way at once at most


@dataclass(frozen=True, slots=True)
class Pose:
    """How words stand at a moment. dx, dy, blur: parts of the letters' size, right and down; opacity: 0 to 1."""

    opacity: float = 1.0
    dx: float = 0.0
    dy: float = 0.0
    scale: float = 1.0
    blur: float = 0.0

    @property
    def still(self) -> bool:
        """Nothing differs from how the words were laid."""
        return self == AT_REST

    @property
    def gone(self) -> bool:
        return self.opacity <= 0.0 or self.scale <= 0.0


AT_REST, ABSENT = Pose(), Pose(opacity=0.0)


@dataclass(frozen=True, slots=True)
class Motion:
    """An animation. pose: from 0 (not there) to 1 (at rest).

    unit      what moves on its own: the whole block, or one word (or letter) after another
    through   leaving goes on in the direction it came, instead of going back
    """

    name: str
    label: Words
    pose: Callable[[float], Pose]
    unit: Unit = "block"
    through: bool = False


def _out(part: float) -> float:
    """Fast, then slower."""
    return 1 - (1 - part) ** 3


def _spring(part: float) -> float:
    """From 0 to 1, a little beyond on the way."""
    return 1 + 2.2 * (part - 1) ** 3 + 1.2 * (part - 1) ** 2


def _bounced(part: float) -> float:
    """A ball that is dropped: from 0 to 1, touching 1 three times."""
    return 1.0 - abs(math.cos(part * part * math.pi * 2.5)) * math.pow(1 - part, 1.5)


def _slide(dx: float, dy: float) -> Callable[[float], Pose]:
    return lambda part: Pose(min(1.0, part * 2), dx * (1 - _out(part)), dy * (1 - _out(part)))


def _fade(part: float) -> Pose:
    return Pose(opacity=part)


def _pop(part: float) -> Pose:
    return Pose(min(1.0, part * 3), scale=max(0.0, _spring(part)))


def _grow(part: float) -> Pose:
    return Pose(part, scale=0.8 + 0.2 * _out(part))


def _shrink(part: float) -> Pose:
    return Pose(part, scale=1.6 - 0.6 * _out(part))


def _blur(part: float) -> Pose:
    return Pose(part, blur=0.4 * (1 - part))


def _drop(part: float) -> Pose:
    return Pose(min(1.0, part * 4), dy=-2.5 * (1 - _bounced(part)))


def _appear(part: float) -> Pose:
    return AT_REST if part > 0 else ABSENT


def _word(part: float) -> Pose:
    return Pose(part, dy=0.35 * (1 - _out(part)))


_ALL = (
    Motion("fade", Words("Fade", "淡入淡出", "淡入淡出"), _fade),
    Motion("rise", Words("Rise", "上浮", "上浮"), _slide(0, 0.9)),
    Motion("sink", Words("Sink", "下沉", "下沉"), _slide(0, -0.9)),
    Motion("left", Words("Slide left", "向左滑", "向左滑"), _slide(3.0, 0), through=True),
    Motion("right", Words("Slide right", "向右滑", "向右滑"), _slide(-3.0, 0), through=True),
    Motion("pop", Words("Pop", "弹出", "彈出"), _pop),
    Motion("grow", Words("Grow", "放大", "放大"), _grow),
    Motion("shrink", Words("Shrink", "缩小", "縮小"), _shrink),
    Motion("blur", Words("Blur", "模糊", "模糊"), _blur),
    Motion("drop", Words("Drop", "落下", "落下"), _drop),
    Motion("typewriter", Words("Typewriter", "打字机", "打字機"), _appear, "letter"),
    Motion(SPOKEN, Words("Word by word", "逐词", "逐詞"), _word, "word"),
    Motion("letters", Words("Letter by letter", "逐字淡入", "逐字淡入"), _fade, "letter"),
)
MOTIONS: Mapping[str, Motion] = {motion.name: motion for motion in _ALL}


@dataclass(frozen=True, slots=True)
class Moment:
    """Where an animation is. motion: None at rest; progress: 0 (not there) to 1 (at rest); leaving: on its way out."""

    motion: Motion | None = None
    progress: float = 1.0
    leaving: bool = False

    def pose(self) -> Pose:
        """The pose of the whole block; of one that moves in parts, at rest."""
        if self.motion is None or self.motion.unit != "block":
            return AT_REST
        return _way(self.motion, self.progress, self.leaving)

    def poses(self, number: int) -> list[Pose]:
        """The pose of each of `number` units, first to last; when leaving the last goes first."""
        if self.motion is None:
            return [AT_REST] * number
        parts = staggered(self.progress, number, self.motion.pose is _appear)
        return [_way(self.motion, part, self.leaving) for part in parts]


def _way(motion: Motion, part: float, leaving: bool) -> Pose:
    if part >= 1.0:
        return AT_REST
    pose = motion.pose(max(part, 0.0)) if part > 0 else ABSENT
    return replace(pose, dx=-pose.dx, dy=-pose.dy) if leaving and motion.through else pose


def staggered(progress: float, number: int, sharp: bool = False) -> list[float]:
    """How far each of `number` units is when the whole is at `progress`: one after another, a few at once.

    sharp: each is there or not, and all stand at 1.
    """
    if number <= 0:
        return []
    together = 1 if sharp else min(max(FEW, number // 4), MANY)
    at = progress * (number + together - 1)
    parts = [min(1.0, max(0.0, (at - each) / together)) for each in range(number)]
    return [float(part > 0) for part in parts] if sharp else parts


def moment(enter: str, leave: str, enter_for: Time, leave_for: Time, local: Time, duration: Time) -> Moment:
    """What moves at `local` of a title that is seen for `duration` seconds; an animation nobody knows moves nothing.

    When both do not fit, each gets its share of the time there is.
    """
    coming = enter_for if enter in MOTIONS and enter_for > 0 else Time(0)
    going = leave_for if leave in MOTIONS and leave_for > 0 else Time(0)
    if coming + going > duration > 0:
        coming, going = coming * duration / (coming + going), going * duration / (coming + going)
    if coming and local < coming:
        return Moment(MOTIONS[enter], max(0.0, float(local / coming)))
    if going and local > duration - going:
        return Moment(MOTIONS[leave], max(0.0, float((duration - local) / going)), leaving=True)
    return Moment()
