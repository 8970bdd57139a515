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

BEYOND = 0.25  # canvases around the canvas that are still drawn: a transform may move them in
HALVED = 4.0  # px: blurs from here on are made at half the size
BLANK = frozenset("\u200b\u200c\u200d\u2060\ufe0e\ufe0f")
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


@dataclass(frozen=True, slots=True)
class Prepared:
    """Words all but coloured: what lies under the letters, the letters' mask, the emoji; their corner on the canvas."""

    base: Image
    letters: Image
    pictures: Image | None
    left: int
    top: int
    pieces: tuple[Piece, ...]
    style: TextStyle
    size: float
    scale: float


def paint(
    layout: Layout, style: TextStyle, canvas: tuple[int, int], scale: float, spoken: int = -1,
    shown: Shown = everything, boxed: bool = True,
) -> Drawn | None:
    """The layout at `scale`; style: at that scale, too. shown: which clusters of a piece are (first, last (out)).

    boxed: with its box. None when nothing of it is on the canvas or near it.
    """
    prepared = prepare(layout, style, canvas, scale, shown, boxed)
    return inked(prepared, spoken) if prepared else None


def prepare(
    layout: Layout, style: TextStyle, canvas: tuple[int, int], scale: float, shown: Shown = everything,
    boxed: bool = True,
) -> Prepared | None:
    """Everything that stays while one word after another is lit."""
    from PIL import Image

    pieces = tuple(_cut(piece, *part, layout.size) for piece in layout.pieces if (part := shown(piece))[0] < part[1])
    area = _area(pieces, layout, style, canvas, scale, boxed)
    if area is None:
        return None
    extent, size = (area[2] - area[0], area[3] - area[1]), layout.size * scale
    letters, edge = _letters(pieces, size, scale, area, 0.0), None
    if style.outline and style.outline_width > 0:
        edge = _letters(pieces, size, scale, area, style.outline_width)
    pictures = _pictures(pieces, size, scale, area)
    base = Image.new("RGBA", extent)
    if boxed and style.box:
        base = Image.alpha_composite(base, _box(extent, area, layout, style, scale))
    if style.shadow:
        _cast(base, _ink(letters, edge, pictures), style)
    if edge is not None:
        base = Image.alpha_composite(base, tinted(edge, style.outline))
    return Prepared(base, letters, pictures, area[0], area[1], pieces, style, size, scale)


def inked(prepared: Prepared, spoken: int = -1) -> Drawn | None:
    """The words in their colours, those of the word that is spoken in the highlight's."""
    from PIL import Image, ImageChops

    style, picture, letters = prepared.style, prepared.base, prepared.letters
    lit = [piece for piece in prepared.pieces if style.highlight and piece.spoken == spoken >= 0]
    if lit:
        corner = prepared.left, prepared.top, prepared.left + letters.width, prepared.top + letters.height
        mask = _letters(lit, prepared.size, prepared.scale, corner, 0.0)
        letters = ImageChops.subtract(letters, mask)
        picture = Image.alpha_composite(picture, tinted(mask, style.highlight))
    if style.color:
        picture = Image.alpha_composite(picture, tinted(letters, style.color))
    if prepared.pictures is not None:
        picture = Image.alpha_composite(picture, prepared.pictures)
    return _cropped(picture, prepared.left, prepared.top)


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


def _cut(piece: Piece, first: int, last: int, size: float) -> Piece:
    """Some of a piece's clusters, where they stand in it."""
    if (first, last) == (0, len(piece.clusters)):
        return piece
    before = advance(piece.hand, size, "".join(piece.clusters[:first]), piece.rtl)
    upto = advance(piece.hand, size, "".join(piece.clusters[:last]), piece.rtl)
    x = piece.x + (piece.width - upto if piece.rtl else before)
    return replace(piece, clusters=piece.clusters[first:last], x=x, width=upto - before, first=piece.first + first)


def _letters(
    pieces: Sequence[Piece], size: float, scale: float, area: tuple[int, int, int, int], stroke: float
) -> Image:
    """The mask of all that is no picture of its own; stroke: px that letters are made thicker all round."""
    from PIL import Image
    from PIL.ImageDraw import Draw

    mask = Image.new("L", (area[2] - area[0], area[3] - area[1]))
    pen = Draw(mask)
    for piece in pieces:
        at = piece.x * scale - area[0], piece.y * scale - area[1]
        if not _drawn_as_picture(piece, size) and _there(piece, at, size, mask):
            write(pen, piece.hand, size, at, piece.text, piece.rtl, stroke)
    return mask


def _there(piece: Piece, at: tuple[float, float], size: float, mask: Image) -> bool:
    """Whether anything of a piece can be on the mask; Pillow cannot draw blanks that are not."""
    within = -2 * size < at[1] < mask.height + 2 * size and at[0] < mask.width + size
    return within and any(char not in BLANK and not char.isspace() for char in piece.text)


def _drawn_as_picture(piece: Piece, size: float) -> bool:
    """Whether the font has coloured pictures of all of a piece, after all; some fonts have nothing else."""
    if not piece.coloured or piece.hand.face.strikes:
        return piece.coloured
    return all(picture(piece.hand, size, cluster) is not None for cluster in piece.clusters)


def _pictures(
    pieces: Sequence[Piece], size: float, scale: float, area: tuple[int, int, int, int]
) -> Image | None:
    """The emoji, one by one; None when there are none."""
    from PIL import Image

    coloured = [piece for piece in pieces if _drawn_as_picture(piece, size)]
    if not coloured:
        return None
    sheet = Image.new("RGBA", (area[2] - area[0], area[3] - area[1]))
    for piece in coloured:
        x, y = piece.x * scale - area[0], piece.y * scale - area[1]
        for cluster in piece.clusters if _there(piece, (x, y), size, sheet) else ():
            _stick(sheet, piece, size, cluster, (x, y))
            x += advance(piece.hand, size, cluster)
    return sheet


def _stick(sheet: Image, piece: Piece, size: float, cluster: str, at: tuple[float, float]) -> None:
    found = picture(piece.hand, size, cluster)
    if found is None:
        return
    small, right, down = found
    left, top = round(at[0] + right), round(at[1] + down)
    if -small.width < left < sheet.width and -small.height < top < sheet.height:
        visible = small.crop((max(-left, 0), max(-top, 0), small.width, small.height))
        sheet.alpha_composite(visible, (max(left, 0), max(top, 0)))


def _ink(letters: Image, edge: Image | None, pictures: Image | None) -> Image:
    from PIL import ImageChops

    ink = edge if edge is not None else letters  # an outline covers the letters it is around
    return ImageChops.lighter(ink, pictures.getchannel("A")) if pictures is not None else ink


def _cast(base: Image, ink: Image, style: TextStyle) -> None:
    """The shadow of the ink onto the base."""
    down = max(-base.height, min(round(style.shadow_offset), base.height))
    base.alpha_composite(tinted(_soft(ink, style.shadow_blur / 2), style.shadow), (0, max(down, 0)), (0, max(-down, 0)))


def _soft(mask: Image, sigma: float) -> Image:
    """Blurred; a wide blur on half the pixels, where nobody can tell."""
    from PIL import Image, ImageFilter

    if sigma <= 0:
        return mask
    if sigma < HALVED:
        return mask.filter(ImageFilter.GaussianBlur(sigma))
    small = mask.reduce(2).filter(ImageFilter.GaussianBlur(sigma / 2))
    return small.resize(mask.size, Image.Resampling.BILINEAR, (0, 0, mask.width / 2, mask.height / 2))


def _box(
    extent: tuple[int, int], area: tuple[int, int, int, int], layout: Layout, style: TextStyle, scale: float
) -> Image:
    left, top, right, bottom = (edge * scale for edge in layout.box)
    pad = style.box_padding
    edges = (left - pad - area[0], top - pad / 2 - area[1], right + pad - area[0], bottom + pad / 2 - area[1])
    return tinted(_rounded(extent, edges, style.box_radius), style.box)


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
