"""A preview card: boxes in logical pixels, made by a platform's pure layout, drawn by one painter.

Nothing here knows a toolkit. Text is measured through `Metrics`, which a front-end provides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

Theme = Literal["light", "dark"]
Weight = Literal[400, 500, 600, 700]


@dataclass(frozen=True, slots=True)
class Font:
    """size and line in px; the family is chosen by the painter from the language."""

    size: float
    line: float
    weight: Weight = 400


@dataclass(frozen=True, slots=True)
class Line:
    """One laid-out line: text[start:end], and its width in px."""

    start: int
    end: int
    width: float


class Metrics(Protocol):
    """Measures shaped text. Offsets are in Python characters (code points)."""

    def lines(self, text: str, font: Font, width: float) -> tuple[Line, ...]:
        """Breaks `text` as it would be drawn in `width` px; at least one line."""
        ...

    def advance(self, text: str, font: Font) -> float:
        """Width in px of `text` on one line."""
        ...


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch text[start:end] drawn in another colour token or weight (link, mention, tag, label)."""

    start: int
    end: int
    token: str = "link"
    weight: Weight | None = None


BoxKind = Literal["card", "avatar", "text", "image", "video", "icon", "line", "fill", "badge"]


@dataclass(frozen=True, slots=True)
class Box:
    """One thing on the card. x, y, w, h in logical px from the card's top left.

    name    what it is to a person and to tests: "name", "handle", "body", "image:1", "link.title", "action:reply"
    token   the platform's own colour token for its text, line or fill
    media   id of the library file to draw; crop: the part of it, (x, y, w, h) in 0..1
    lines   how `text` is broken; folded: True when some of the text is behind "show more"
    source  where this geometry was read
    """

    kind: BoxKind
    name: str
    x: float
    y: float
    w: float
    h: float
    text: str = ""
    font: Font | None = None
    token: str = "text"
    lines: tuple[Line, ...] = ()
    runs: tuple[Run, ...] = ()
    folded: bool = False
    media: str = ""
    crop: tuple[float, float, float, float] | None = None
    radius: float = 0.0
    icon: str = ""
    align: Literal["left", "center", "right"] = "left"
    source: str = ""


@dataclass(frozen=True, slots=True)
class Surface:
    """One place a post appears in: "feed", "article". widths: the reference widths, the first is the default."""

    id: str
    widths: tuple[int, ...]
    label: Mapping[str, str] = field(default_factory=dict)  # language -> name


@dataclass(frozen=True, slots=True)
class Card:
    """A laid-out preview. tokens: the platform's own colours ("#rrggbb") for the theme it was asked for.

    checked     the day its rules were last read, "2026-11-22"
    confidence  "seen", "third-party" or "recalled"
    """

    platform: str
    surface: str
    theme: Theme
    width: float
    height: float
    boxes: tuple[Box, ...]
    tokens: Mapping[str, str]
    checked: str
    confidence: Literal["seen", "third-party", "recalled"] = "seen"
