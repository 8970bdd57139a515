"""Words on a picture as data: a text, its style, how it comes and goes. Drawn by `media.lettering`."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal

from studio.core.opentime import Time

Align = Literal["left", "center", "right"]
SOON = Fraction(2, 5)
Place = Literal["top", "upper", "center", "lower", "bottom"]


@dataclass(frozen=True, slots=True)
class TextStyle:
    """Sizes in px of the timeline's canvas; colours as "#rrggbb" or "#rrggbbaa"; "" for none.

    font       a family of the machine, or "" for the studio's own with its fallback chain
    place      where on the canvas the block stands before the clip's transform moves it
    width      the widest a line may be, as a part of the canvas
    highlight  colour of the word that is being spoken
    """

    font: str = ""
    size: float = 72.0
    weight: int = 600
    color: str = "#ffffff"
    outline: str = ""
    outline_width: float = 0.0
    shadow: str = "#00000099"
    shadow_blur: float = 8.0
    shadow_offset: float = 4.0
    box: str = ""
    box_padding: float = 24.0
    box_radius: float = 16.0
    align: Align = "center"
    place: Place = "center"
    width: float = 0.86
    line_height: float = 1.25
    spacing: float = 0.0
    highlight: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """A spoken word. start, end: seconds from the clip's first frame."""

    text: str
    start: Time
    end: Time


@dataclass(frozen=True, slots=True)
class Title:
    """preset: the named style it came from ("" for a person's own); enter, leave: names of animations, "" for none."""

    text: str
    style: TextStyle = field(default_factory=TextStyle)
    preset: str = ""
    words: tuple[Word, ...] = ()
    enter: str = ""
    leave: str = ""
    enter_for: Time = SOON
    leave_for: Time = SOON


PIXELS = ("size", "outline_width", "shadow_blur", "shadow_offset", "box_padding", "box_radius", "spacing")
DRAWN_FOR = 1080  # px: the shorter edge of the canvas that the built-in styles are drawn for


def scaled(style: TextStyle, by: float) -> TextStyle:
    """The style with all its sizes `by` times as large."""
    sizes: dict[str, float] = {name: round(getattr(style, name) * by, 2) for name in PIXELS}
    return style if by == 1 else replace(style, **sizes)  # type: ignore[arg-type]  # all of PIXELS are floats


def on_canvas(title: Title, width: int, height: int) -> Title:
    """A title in a built-in style as large on a canvas of width x height as it is on one of 1080 px."""
    return replace(title, style=scaled(title.style, min(width, height) / DRAWN_FOR))
