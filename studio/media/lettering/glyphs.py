"""The marks themselves: how wide a piece of text is in one face, its shape as a mask, an emoji as a picture."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from studio.media.lettering.fonts import loaded
from studio.media.lettering.sfnt import Face

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

# Sizes that pictures inside fonts come in: Noto has 109, Apple 160 (and smaller ones), others 128 or 136.
STRIKES = (109.0, 160.0, 136.0, 128.0, 96.0, 64.0, 40.0, 32.0, 20.0)
SMALLER = 0.94  # pictures fill their em, letters do not
MIDDLE = 0.36  # of the size: how far the middle of capitals and of Chinese lies above the baseline


@dataclass(frozen=True, slots=True)
class Hand:
    """A face at a weight: what text is set in."""

    face: Face
    weight: int


@cache
def shaped() -> bool:
    """Whether this Pillow can join and order letters (raqm); without it Arabic stands unjoined."""
    from PIL import features

    return bool(features.check("raqm"))


@lru_cache(maxsize=8192)
def advance(hand: Hand, size: float, text: str, rtl: bool = False) -> float:
    """How far the pen moves, in px."""
    if hand.face.strikes:
        strike = _strike(hand)
        return strike[0].getlength(text) * size * SMALLER / strike[1] if strike else size
    return float(loaded(hand.face, size, hand.weight).getlength(_ordered(text, rtl), **_way(rtl)))


def _way(rtl: bool) -> dict[str, Any]:
    return {"direction": "rtl" if rtl else "ltr"} if shaped() else {}


def _ordered(text: str, rtl: bool) -> str:
    return text[::-1] if rtl and not shaped() else text


def write(
    pen: ImageDraw, hand: Hand, size: float, at: tuple[float, float], text: str, rtl: bool, stroke: float = 0.0
) -> None:
    """Draws text white onto a mask ("L"), its pen starting at `at` on the baseline."""
    font = loaded(hand.face, size, hand.weight)
    pen.text(at, _ordered(text, rtl), fill=255, font=font, anchor="ls", stroke_width=stroke, **_way(rtl))


@lru_cache(maxsize=32)  # at a large size one takes megabytes
def picture(hand: Hand, size: float, text: str) -> tuple[Image, float, float] | None:
    """A coloured cluster as RGBA, and where its corner lies from the pen: px right and down. None: nothing to see."""
    from PIL import Image, ImageDraw

    strike = _strike(hand) if hand.face.strikes else (loaded(hand.face, size, hand.weight), size)
    if strike is None:
        return None
    font, drawn_at = strike
    left, top, right, bottom = font.getbbox(text, anchor="ls")
    if right <= left or bottom <= top:
        return None
    sheet = Image.new("RGBA", (int(right - left) + 2, int(bottom - top) + 2))
    ImageDraw.Draw(sheet).text((-left, -top), text, font=font, anchor="ls", embedded_color=True)
    if sheet.getbbox() is None:
        return None
    part = size * SMALLER / drawn_at
    target = (max(1, round(sheet.width * part)), max(1, round(sheet.height * part)))
    small = sheet.resize(target, Image.Resampling.LANCZOS, reducing_gap=3.0)
    return small, left * part, -size * MIDDLE - target[1] / 2


@cache
def _strike(hand: Hand) -> tuple[FreeTypeFont, float] | None:
    for size in STRIKES:
        try:
            return loaded(hand.face, size, hand.weight), size
        except OSError:
            continue
    return None
