"""A preview card: boxes in logical pixels, made by a platform's pure layout, drawn by one painter.

Nothing here knows a toolkit. Text is measured through `Metrics`, which a front-end provides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from studio.core.post import Media

Theme = Literal["light", "dark"]
Weight = Literal[400, 500, 600, 700]
Confidence = Literal["seen", "third-party", "recalled"]
Unit = Literal["px", "lines", "ratio", "characters", "number", "word", "colour"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One number, word or colour of a platform's look, and where it was read.

    name        its key in the platform's spec: "fold.lines"
    value       the number; 0 for words and colours
    seen        the day it was read, "2026-11-22"
    """

    name: str
    value: float
    unit: Unit
    source: str
    confidence: Confidence
    seen: str


@dataclass(frozen=True, slots=True)
class View:
    """How a card is asked for.

    width      of the card, logical px
    text       the reader's text size, 1.0 as the platform has it; boxes that hold words grow, pictures do not
    unfolded   True: the whole text, as after "show more"
    page       which picture of a carousel, from 0; kept within what there is
    posted, now   when it was posted and what time it is for the reader, None: just now; kept in the zone of `now`,
                  where one without a zone is taken to be
    others     what fills the other cells of a profile grid, newest first
    """

    surface: str
    width: float
    theme: Theme = "light"
    language: str = "en"
    text: float = 1.0
    unfolded: bool = False
    page: int = 0
    posted: datetime | None = None
    now: datetime | None = None
    others: tuple[Media, ...] = ()

    def __post_init__(self) -> None:
        posted, now = self.posted, self.now
        if posted is None or now is None or posted.tzinfo is now.tzinfo:
            return
        if now.tzinfo is None:
            object.__setattr__(self, "now", now.replace(tzinfo=posted.tzinfo))
        elif posted.tzinfo is None:
            object.__setattr__(self, "posted", posted.replace(tzinfo=now.tzinfo))
        else:
            object.__setattr__(self, "posted", posted.astimezone(now.tzinfo))


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


BoxKind = Literal[
    "card", "avatar", "text", "image", "video", "icon", "line", "fill", "badge", "shade", "ring", "backdrop"
]


@dataclass(frozen=True, slots=True)
class Box:
    """One thing on the card. x, y, w, h in logical px from the card's top left.

    kind    "shade": from clear at the top to its token's colour at the bottom; with `turned` the other way round
            "ring": an outline `stroke` px thick inside its edges; "backdrop": its picture, blurred and darkened
    name    what it is to a person and to tests: "name", "handle", "body", "image:1", "link.title", "action:reply"
    token   the platform's own colour token for its text, line or fill
    media   id of the library file to draw; crop: the part of it, (x, y, w, h) in 0..1
    lines   how `text` is broken; folded: True when some of the text is behind "show more"
    rule    what its geometry follows, with its source
    corners of a picture, those its radius is for: top left, top right, bottom right, bottom left; None: all
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
    rule: Rule | None = None
    stroke: float = 0.0
    turned: bool = False
    corners: tuple[bool, bool, bool, bool] | None = None


@dataclass(frozen=True, slots=True)
class Surface:
    """One place a post appears in: "feed", "article".

    widths   the reference widths, logical px; the first is the default
    form     "feed": a card among others; "page": a page of its own; "screen": fills a phone; "cell": a thumbnail;
             "grid": a profile's grid
    desktop  True where it is looked at on a computer
    """

    id: str
    widths: tuple[int, ...]
    label: Mapping[str, str] = field(default_factory=dict)  # language -> name
    form: Literal["feed", "page", "screen", "cell", "grid"] = "feed"
    desktop: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A laid-out preview.

    tokens      the platform's own colours for the theme it was asked for: "#rrggbb", or "#rrggbbaa" with its opacity
    checked     the day its rules were last read, "2026-11-22"
    pages       how many pictures its carousel has, 1 without one
    page        which of them is shown
    html        where the platform shows a web page: that page, cleaned, with `media:ID` addresses; else ""
    names       library file -> its name, for what cannot be drawn
    """

    platform: str
    surface: str
    theme: Theme
    width: float
    height: float
    boxes: tuple[Box, ...]
    tokens: Mapping[str, str]
    checked: str
    confidence: Confidence = "seen"
    pages: int = 1
    page: int = 0
    html: str = ""
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def folded(self) -> bool:
        """True when some of its text is behind "show more"."""
        return any(box.folded for box in self.boxes)
