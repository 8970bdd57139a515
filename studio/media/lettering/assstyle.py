"""Styles of ASS files as ours, and ours as theirs. What the other side cannot say is left at its nearest."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.core.title import Align, Place, TextStyle
from studio.media.lettering.painting import rgba

if TYPE_CHECKING:
    from pysubs2 import Color, SSAStyle

ALIGNS: tuple[Align, ...] = ("left", "center", "right")
PLACES: tuple[Place, ...] = ("bottom", "center", "top")
EM = 0.84  # ASS means by a font's size its whole line, from the highest ascent to the lowest descent
BOX = 3  # "border style" of ASS


def from_ass(style: SSAStyle, screen: tuple[int, int], canvas: tuple[int, int]) -> TextStyle:
    """A style of a script made for a `screen` as one for a canvas."""
    by = canvas[1] / max(screen[1], 1)
    boxed = style.borderstyle == BOX
    outline = "" if boxed or style.outline <= 0 else _text(style.outlinecolor)
    margins = (style.marginl + style.marginr) / max(screen[0], 1)
    align, place = stands(int(style.alignment))
    return TextStyle(
        font=style.fontname, size=style.fontsize * by * EM, weight=700 if style.bold else 400,
        color=_text(style.primarycolor), outline=outline, outline_width=style.outline * by if outline else 0.0,
        shadow=_text(style.backcolor) if style.shadow > 0 and not boxed else "", shadow_blur=0.0,
        shadow_offset=style.shadow * by, box=_text(style.outlinecolor) if boxed else "",
        box_padding=max(style.outline, 1.0) * by * 2, box_radius=0.0, align=align, place=place,
        width=min(max(1 - margins, 0.3), 1.0), spacing=style.spacing * by,
    )


def stands(number: int) -> tuple[Align, Place]:
    """Where the keys of a number pad say that words stand: 1 is bottom left, 9 top right."""
    number = number if 1 <= number <= 9 else 2
    return ALIGNS[(number - 1) % 3], PLACES[(number - 1) // 3]


def placed(style: TextStyle, number: int) -> TextStyle:
    """The style with words standing elsewhere."""
    align, place = stands(number)
    return replace(style, align=align, place=place)


def to_ass(style: TextStyle, canvas: tuple[int, int]) -> SSAStyle:
    """A style of ours as one of a script whose screen is the canvas."""
    from pysubs2 import Alignment, SSAStyle

    rows = {"bottom": 0, "lower": 0, "center": 1, "upper": 2, "top": 2}
    edge = _color(style.box or style.outline or "#000000")
    side = int(max(0.0, 1 - style.width) / 2 * canvas[0])
    high = {"lower": 0.25, "upper": 0.2}.get(style.place, 0.06)
    return SSAStyle(
        fontname=style.font or "Arial", fontsize=round(style.size / EM, 2), primarycolor=_color(style.color),
        secondarycolor=_color(style.highlight or style.color), outlinecolor=edge,
        backcolor=_color(style.shadow or "#00000000"), bold=style.weight >= 600, spacing=style.spacing,
        borderstyle=BOX if style.box else 1, outline=style.box_padding / 2 if style.box else style.outline_width,
        shadow=style.shadow_offset if style.shadow else 0.0, marginl=side, marginr=side, marginv=int(high * canvas[1]),
        alignment=Alignment(rows[style.place] * 3 + ALIGNS.index(style.align) + 1),
    )


def _text(color: Color) -> str:
    solid = f"#{color.r:02x}{color.g:02x}{color.b:02x}"
    return f"{solid}{255 - color.a:02x}" if color.a else solid


def _color(text: str) -> Color:
    from pysubs2 import Color

    red, green, blue, alpha = rgba(text)
    return Color(red, green, blue, 255 - alpha)
