"""A profile's grid: where its cells are, and what stands in them. Pure; all numbers are logical px.

The first cell is the post's own cover, then come those that are there already, then blank ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from studio.core.card import Font, Rule
from studio.core.post import Media
from studio.platforms.boxes import Sheet, cover
from studio.platforms.parts import Profile

Rect = tuple[float, float, float, float]  # x, y, w, h
Over = Callable[[Sheet, int, Rect, Media | None], object]


def columns(profile: Profile, width: float) -> tuple[float, ...]:
    """The left edge of each column, then the right edge of the last one and a gap: n + 1 numbers."""
    step = (width + profile.gap) / profile.columns
    return tuple(number * step for number in range(profile.columns + 1))


def cell_width(profile: Profile, width: float) -> float:
    """Of one cell, in a grid `width` px wide; at least 1."""
    return max(1.0, (width - (profile.columns - 1) * profile.gap) / profile.columns)


def profile_cells(
    profile: Profile, width: float, number: int, ratios: Sequence[float] = (), below: Sequence[float] = ()
) -> list[Rect]:
    """Places of `number` cells from (0, 0), in the order of the posts, newest first.

    ratios   width by height of each cell's picture, where each keeps its own (`profile.ratio` is 0); 1 for the rest
    below    px that hang under each cell's picture (words); cells lie above them

    A grid of equal cells goes row by row, each row as high as its highest; a waterfall puts each cell into the
    shortest column.
    """
    wide, lefts = cell_width(profile, width), columns(profile, width)
    high = [wide / _ratio(profile, ratios, at) for at in range(number)]
    hangs = [below[at] if at < len(below) else 0.0 for at in range(number)]
    if profile.ratio:
        return _rows(profile, lefts, wide, high, hangs)
    return _waterfall(profile, lefts, wide, high, hangs)


def _ratio(profile: Profile, ratios: Sequence[float], at: int) -> float:
    return profile.ratio or (ratios[at] if at < len(ratios) else 1.0)


def _rows(
    profile: Profile, lefts: Sequence[float], wide: float, high: Sequence[float], hangs: Sequence[float]
) -> list[Rect]:
    made: list[Rect] = []
    top = 0.0
    for first in range(0, len(high), profile.columns):
        row = range(first, min(first + profile.columns, len(high)))
        made += [(lefts[at - first], top, wide, high[at]) for at in row]
        top += max(high[at] + hangs[at] for at in row) + profile.gap
    return made


def _waterfall(
    profile: Profile, lefts: Sequence[float], wide: float, high: Sequence[float], hangs: Sequence[float]
) -> list[Rect]:
    made: list[Rect] = []
    ends = [0.0] * profile.columns
    for height, hang in zip(high, hangs, strict=True):
        column = ends.index(min(ends))
        made.append((lefts[column], ends[column], wide, height))
        ends[column] += height + hang + profile.gap
    return made


def height(places: Sequence[Rect], below: Sequence[float] = ()) -> float:
    """Of a grid with these cells: down to the end of the lowest, with what hangs under it."""
    return max((y + h + (below[at] if at < len(below) else 0.0) for at, (_, y, _, h) in enumerate(places)), default=0.0)


def filled(covers: Sequence[Media], profile: Profile, rows: int) -> list[Media | None]:
    """The first of these covers, newest first, and None for blank cells: `rows` full rows."""
    number = rows * profile.columns
    return [*covers[:number], *[None] * (number - len(covers))]


def put_cells(
    sheet: Sheet, places: Sequence[Rect], covers: Sequence[Media | None], *, x: float = 0.0, token: str = "fill",
    radius: float = 0.0, rule: Rule | None = None, over: Over | None = None,
) -> None:
    """The cells "cell:1" ..., from the sheet's height; the height moves on below the lowest.

    A picture is cropped to its cell around its focal point; None is a blank of the colour `token`.
    over     puts what lies on a cell: over(sheet, number from 1, its place on the card, its media or None)
    """
    top = sheet.y
    for number, ((left, y, w, h), media) in enumerate(zip(places, covers, strict=True), start=1):
        sheet.y = top + y
        if media is None:
            sheet.put("fill", f"cell:{number}", x + left, w, h, token=token, radius=radius, rule=rule)
        else:
            sheet.put("image", f"cell:{number}", x + left, w, h, media=media.media, radius=radius, rule=rule,
                      crop=cover(media.width, media.height, w, h, media.focus))
        if over is not None:
            over(sheet, number, (x + left, top + y, w, h), media)
    sheet.y = top + height(places)


def put_plays(
    sheet: Sheet, number: int, place: Rect, count: str, font: Font, icon: float, pad: float, gap: float, shade: float,
    *, tokens: tuple[str, str, str] = ("action", "text", "shade"), rules: tuple[Rule, Rule, Rule],
) -> None:
    """How often cell `number` was played, at its lower left over a shade; count "": the sign alone.

    pad             around the sign and the count, `gap` px between the two
    shade           its height
    tokens, rules   of the sign, the count and the shade
    """
    x, y, w, h = place
    high = min(h, max(shade, font.line + pad))
    sheet.y = y + h - high
    sheet.put("shade", f"cell.shade:{number}", x, w, high, token=tokens[2], rule=rules[2])
    sheet.y = y + h - min(h, pad + (font.line + icon) / 2)
    sheet.put("icon", f"count.icon:{number}", x + pad, icon, icon, icon="play", token=tokens[0], rule=rules[0])
    if count:
        sheet.y = y + h - min(h, pad + font.line)
        left = pad + icon + gap
        sheet.label(f"count:{number}", x + left, max(1.0, w - left - pad), count, font, tokens[1], rules[1])
