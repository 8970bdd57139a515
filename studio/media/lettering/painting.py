"""A layout as pixels: the box, the shadow, the outline, the letters, from the bottom up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from studio.core.title import TextStyle
from studio.media.lettering.glyphs import advance, picture, write
from studio.media.lettering.layout import Layout, Piece

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

BEYOND = 1.0  # canvases around the canvas that are still drawn: a transform may move them in
OVERHANG = 0.4  # of the size: italics and accents reach beyond their line


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture with transparency and where it lies. rgba: (h, w, 4), straight alpha; left, top: px of the canvas."""

    rgba: NDArray[np.uint8] = field(compare=False)
    left: int = 0
    top: int = 0


Shown = Callable[[Piece], tuple[int, int]]


def everything(piece: Piece) -> tuple[int, int]:
    """All of a piece's clusters are seen."""
    return 0, len(piece.clusters)


@dataclass(slots=True)
class _Sheet:
    """Masks as large as what is drawn. left, top: their corner on the canvas drawn to."""

    left: int
    top: int
    plain: Image
    lit: Image
    edge: Image
    pictures: Image


def paint(
    layout: Layout, style: TextStyle, canvas: tuple[int, int], scale: float, spoken: int = -1,
    shown: Shown = everything, boxed: bool = True,
) -> Drawn | None:
    """The layout at `scale`; style: at that scale, too. shown: which clusters of a piece are (first, last (out)).

    boxed: with its box. None when nothing of it is on the canvas or near it.
    """
    pieces = [_cut(piece, *part, layout.size) for piece in layout.pieces if (part := shown(piece))[0] < part[1]]
    area = _area(pieces, layout, style, canvas, scale, boxed)
    if area is None:
        return None
    sheet = _sheet(area)
    for piece in pieces:
        lit = bool(style.highlight) and piece.spoken == spoken >= 0
        _write(sheet, piece, layout.size * scale, style, scale, lit)
    return _cropped(_composed(sheet, layout, style, scale, boxed), sheet.left, sheet.top)


def _area(
    pieces: Sequence[Piece], layout: Layout, style: TextStyle, canvas: tuple[int, int], scale: float, boxed: bool
) -> tuple[int, int, int, int] | None:
    """What is drawn to: around the letters, and the box; nothing far off the canvas."""
    bounds = [(one.x, one.y - layout.size, one.x + one.width, one.y + layout.size / 3) for one in pieces]
    bounds += [layout.box] if boxed and style.box else []
    if not bounds:
        return None
    left, top = (min(bound[side] for bound in bounds) * scale for side in (0, 1))
    right, bottom = (max(bound[side] for bound in bounds) * scale for side in (2, 3))
    around = style.outline_width + style.shadow_blur * 2 + abs(style.shadow_offset) + OVERHANG * layout.size * scale
    around = max(around, style.box_padding) + 2
    far = canvas[0] * BEYOND, canvas[1] * BEYOND
    area = (
        int(max(left - around, -far[0])), int(max(top - around, -far[1])),
        int(min(right + around, canvas[0] + far[0])) + 1, int(min(bottom + around, canvas[1] + far[1])) + 1,
    )
    return area if area[2] > area[0] and area[3] > area[1] else None


def _sheet(area: tuple[int, int, int, int]) -> _Sheet:
    from PIL import Image

    size = area[2] - area[0], area[3] - area[1]
    plain, lit, edge = (Image.new("L", size) for _ in range(3))
    return _Sheet(area[0], area[1], plain, lit, edge, Image.new("RGBA", size))


def _cut(piece: Piece, first: int, last: int, size: float) -> Piece:
    """Some of a piece's clusters, where they stand in it."""
    if (first, last) == (0, len(piece.clusters)):
        return piece
    before = advance(piece.hand, size, "".join(piece.clusters[:first]), piece.rtl)
    upto = advance(piece.hand, size, "".join(piece.clusters[:last]), piece.rtl)
    x = piece.x + (piece.width - upto if piece.rtl else before)
    return replace(piece, clusters=piece.clusters[first:last], x=x, width=upto - before, first=piece.first + first)


def _write(sheet: _Sheet, piece: Piece, size: float, style: TextStyle, scale: float, lit: bool) -> None:
    at = piece.x * scale - sheet.left, piece.y * scale - sheet.top
    if piece.coloured and _stick(sheet, piece, size, at):
        return
    from PIL.ImageDraw import Draw

    write(Draw(sheet.lit if lit else sheet.plain), piece.hand, size, at, piece.text, piece.rtl)
    if style.outline and style.outline_width > 0:
        write(Draw(sheet.edge), piece.hand, size, at, piece.text, piece.rtl, style.outline_width)


def _stick(sheet: _Sheet, piece: Piece, size: float, at: tuple[float, float]) -> bool:
    """Puts emoji down one by one; False when the font has no picture of them after all."""
    x, y = at
    for cluster in piece.clusters:
        found = picture(piece.hand, size, cluster)
        if found is None:
            return False
        small, right, down = found
        corner = round(x + right), round(y + down)
        visible = small.crop((max(-corner[0], 0), max(-corner[1], 0), small.width, small.height))
        if visible.width and visible.height:
            sheet.pictures.alpha_composite(visible, (max(corner[0], 0), max(corner[1], 0)))
        x += advance(piece.hand, size, cluster)
    return True


def _composed(sheet: _Sheet, layout: Layout, style: TextStyle, scale: float, boxed: bool) -> Image:
    from PIL import Image, ImageChops

    base = Image.new("RGBA", sheet.plain.size)
    if boxed and style.box:
        base.alpha_composite(_box(sheet, layout, style, scale))
    letters = ImageChops.lighter(sheet.plain, sheet.lit)
    if style.shadow:
        ink = ImageChops.lighter(ImageChops.lighter(letters, sheet.edge), sheet.pictures.getchannel("A"))
        base.alpha_composite(_shadow(ink, style))
    for mask, color in ((sheet.edge, style.outline), (sheet.plain, style.color), (sheet.lit, style.highlight)):
        if color and mask.getbbox() is not None:
            base.alpha_composite(tinted(mask, color))
    base.alpha_composite(sheet.pictures)
    return base


def _shadow(ink: Image, style: TextStyle) -> Image:
    from PIL import ImageChops, ImageFilter

    moved = ImageChops.offset(ink, 0, round(style.shadow_offset))
    soft = moved.filter(ImageFilter.GaussianBlur(style.shadow_blur / 2)) if style.shadow_blur > 0 else moved
    return tinted(soft, style.shadow)


def _box(sheet: _Sheet, layout: Layout, style: TextStyle, scale: float) -> Image:
    left, top, right, bottom = (edge * scale for edge in layout.box)
    pad = style.box_padding
    edges = (left - pad - sheet.left, top - pad / 2 - sheet.top, right + pad - sheet.left, bottom + pad / 2 - sheet.top)
    return tinted(_rounded(sheet.plain.size, edges, style.box_radius), style.box)


def _rounded(size: tuple[int, int], edges: tuple[float, float, float, float], radius: float) -> Image:
    """A mask of a rectangle with round corners, soft to a part of a pixel: by each pixel's distance from its edge."""
    import numpy as np
    from PIL import Image

    left, top, right, bottom = edges
    radius = max(0.0, min(radius, (right - left) / 2, (bottom - top) / 2))
    x = np.abs(np.arange(size[0]) + 0.5 - (left + right) / 2) - (right - left) / 2 + radius
    y = np.abs(np.arange(size[1]) + 0.5 - (top + bottom) / 2) - (bottom - top) / 2 + radius
    outside = np.hypot(np.maximum(x, 0)[None, :], np.maximum(y, 0)[:, None])
    inside = np.minimum(np.maximum(x[None, :], y[:, None]), 0)
    covered = np.clip(0.5 - (outside + inside - radius), 0, 1)
    return Image.fromarray((covered * 255).astype(np.uint8))


def tinted(mask: Image, color: str) -> Image:
    """A mask in a colour ("#rrggbb" or "#rrggbbaa"; anything else is white)."""
    from PIL import Image

    red, green, blue, alpha = rgba(color)
    picture = Image.new("RGBA", mask.size, (red, green, blue, 0))
    picture.putalpha(mask if alpha == 255 else mask.point([value * alpha // 255 for value in range(256)]))
    return picture


def rgba(color: str) -> tuple[int, int, int, int]:
    """The four channels of a colour, 0 to 255; white for what is none."""
    digits = color.removeprefix("#")
    try:
        value = [int(digits[at : at + 2], 16) for at in range(0, len(digits), 2)]
    except ValueError:
        value = []
    if len(value) not in (3, 4) or len(digits) not in (6, 8):
        return 255, 255, 255, 255
    return value[0], value[1], value[2], value[3] if len(value) == 4 else 255


def _cropped(picture: Image, left: int, top: int) -> Drawn | None:
    import numpy as np

    box = picture.getbbox()
    if box is None:
        return None
    return Drawn(np.asarray(picture.crop(box)), left + box[0], top + box[1])
