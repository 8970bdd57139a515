"""How a style of words looks, as a small picture for the bin."""

from __future__ import annotations

from dataclasses import dataclass, replace

from studio.core.timeline import ONE
from studio.core.title_styles import STYLES

LETTERS = 6.5  # so many of the style's own letters are as wide as the tile


@dataclass(frozen=True, slots=True)
class Sample:
    """data: rows of R G B A bytes, straight alpha, without padding; left, top: where it lies on the tile."""

    width: int
    height: int
    left: int
    top: int
    data: bytes


def style_sample(style: str, text: str, width: int, height: int) -> Sample | None:
    """`text` in a named style in the middle of a tile of that size (px). KeyError: no such style."""
    from studio.media.lettering import drawn

    preset = STYLES[style]
    middle = replace(preset.style, place="center", align="center", width=0.98)
    still = replace(preset.title(text), enter="", leave="", style=middle)
    wide = round(preset.style.size * LETTERS)
    reference = wide, wide * height // width
    found = drawn(still, (width, height), reference, ONE, 2 * ONE)
    if found is None:
        return None
    rows, columns = found.rgba.shape[:2]
    return Sample(columns, rows, found.left, found.top, found.rgba.tobytes())
