"""Small words in a corner of something: the description mark, a length, "1/9". Pure; all numbers are logical px."""

from __future__ import annotations

from typing import Literal

from studio.core.card import Box, Font, Rule
from studio.platforms.boxes import Sheet

Corner = Literal["top-left", "top-right", "bottom-left", "bottom-right"]


def badge(
    sheet: Sheet, name: str, text: str, font: Font, pad: float, at: tuple[float, float], corner: Corner,
    within: float, *, radius: float = 0.0, rule: Rule | None = None, token: str = "badge",
) -> Box:
    """A badge whose own `corner` is at (x, y), as high as its line; the sheet's height stays.

    pad      left and right of its words
    within   the width of the card, which it never leaves
    """
    wide = min(within, sheet.metrics.advance(text, font) + 2 * pad)
    x = at[0] - (wide if corner.endswith("right") else 0.0)
    y = at[1] - (font.line if corner.startswith("bottom") else 0.0)
    kept, sheet.y = sheet.y, max(0.0, y)
    made = sheet.put(
        "badge", name, min(max(0.0, x), within - wide), wide, font.line, text=text, font=font, token=token,
        radius=radius, align="center", rule=rule,
    )
    sheet.y = kept
    return made
