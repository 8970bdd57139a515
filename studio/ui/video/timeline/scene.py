"""Everything a picture of the timeline depends on, as data."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF

from studio.core.opentime import Time
from studio.core.timeline import ZERO
from studio.ui.video.timeline.gestures import Aim, Gesture
from studio.ui.video.timeline.layout import Plan

Range = tuple[Time, Time]


@dataclass(frozen=True, slots=True)
class Selection:
    """What is chosen. join: a transition; key: (clip, which moment with key frames); marker: which one."""

    clips: frozenset[str] = frozenset()
    join: str = ""
    key: tuple[str, int] | None = None
    marker: int | None = None

    def __bool__(self) -> bool:
        return bool(self.clips or self.join or self.key is not None or self.marker is not None)


NOTHING = Selection()


@dataclass(frozen=True, slots=True)
class Held:
    """What is in hand. by_key: the arrows carry it; line: the moment it clings to; refused: why it may not stay there;
    says: how far it was moved; lifted: it left its place and follows the pointer, held at `grip` in `size`; links: what
    is linked to the main track keeps step."""

    gesture: Gesture
    aim: Aim = field(default_factory=Aim)
    by_key: bool = False
    line: Time | None = None
    refused: str = ""
    says: str = ""
    at: QPointF | None = None
    grip: QPointF = field(default_factory=QPointF)
    size: tuple[float, float] = (0.0, 0.0)
    lifted: str = ""
    links: bool = True


@dataclass(frozen=True, slots=True)
class Landing:
    """Something from elsewhere over the timeline: where it would lie, or why it may not. rect: px."""

    rect: QRectF
    words: str
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """The picture. hovered: the name of a hit area; cut: a place for a transition; lasso: a frame being drawn."""

    plan: Plan
    selection: Selection = NOTHING
    playhead: Time = ZERO
    range: Range | None = None
    hovered: str = ""
    held: Held | None = None
    landing: Landing | None = None
    lasso: QRectF | None = None
    cut: QRectF | None = None
    blade: float | None = None
    track: str = ""
    ring: bool = False
