"""A video that fills a phone: the stage, what lies over it, the rail at its side, the words at its foot.

Pure, and without a number of its own: a platform's spec says each of them (logical px, or ratios). Everything hangs on
the screen's lower edge. Where the reader's text size, or a whole caption, asks for more height than a phone has, the
screen grows upwards instead of hiding words, as if it had been scrolled.

    need = max(rail_height(items), stack_height(blocks)) + ...
    stage = stage_of(view.width, px("screen.ratio"), foot, px("screen.shape"), need=need)
    put_stage(sheet, stage, ...); put_media(...); put_rail(...); put_stack(...)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from studio.core.card import Font, Rule, Run
from studio.core.post import Media
from studio.platforms.boxes import Crop, Cut, Sheet, cover, one_line

Rect = tuple[float, float, float, float]  # x, y, w, h


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a screen's parts are, from the card's top left.

    width, height   of the card
    top, bottom     of the stage: what a picture may fill, above the bar of tabs
    frame           the upright picture that the platform measures by (1080 x 1920); its sides may be beyond the stage
    """

    width: float
    height: float
    top: float
    bottom: float
    frame: Rect

    @property
    def room(self) -> float:
        """Height of the stage."""
        return self.bottom - self.top

    @property
    def seen(self) -> Crop:
        """The part of the frame that is on the stage, in 0..1 of it."""
        x, y, w, h = self.frame
        left, top = max(0.0, -x), max(0.0, self.top - y)
        right, low = min(w, self.width - x), min(h, self.bottom - y)
        return (left / w, top / h, (right - left) / w, (low - top) / h)

    def x(self, share: float) -> float:
        """That far across the frame (0..1), kept on the card."""
        return min(max(self.frame[0] + share * self.frame[2], 0.0), self.width)

    def y(self, share: float) -> float:
        """That far down the frame (0..1), kept on the card."""
        return min(max(self.frame[1] + share * self.frame[3], 0.0), self.height)


def stage_of(
    width: float, ratio: float, foot: float, shape: float, *, fill: bool = False, need: float = 0.0
) -> Stage:
    """The stage of a phone `width` px wide.

    ratio   height of the phone by its width
    foot    height of the bar under the stage, 0 without one
    shape   width by height of the picture that the platform is made for, 9 / 16
    fill    True: that picture fills the stage and loses its sides; False: it is seen whole, on the stage's lower edge
    need    the height that words and buttons take, with the foot
    """
    phone = round(width * ratio)
    height = max(float(phone), need)
    top, bottom = height - phone, max(height - foot, height - phone + 1.0)
    room = bottom - top
    across = max(width, room * shape) if fill else min(width, room * shape)
    high = across / shape
    y = (top + bottom - high) / 2 if fill else bottom - high
    return Stage(width, height, top, bottom, ((width - across) / 2, y, across, high))


def fitted(stage: Stage, media: Media, *, fill: bool, upright: float = 1.0) -> tuple[Rect, Crop]:
    """Where a picture stands and which part of it is seen.

    fill      True: one that is upright fills the stage; any other is whole, in the middle of the stage or the frame
    upright   the widest shape (width by height) that fills
    """
    x, y, w, h = stage.frame
    shape = media.width / media.height if media.width and media.height else w / h
    if fill and shape <= upright:
        return (0.0, stage.top, stage.width, stage.room), cover(
            media.width, media.height, stage.width, stage.room, media.focus
        )
    if fill:
        x, y, w, h = 0.0, stage.top, stage.width, stage.room
    wide = min(w, h * shape)
    high = min(h, wide / shape)
    return (x + (w - wide) / 2, y + (h - high) / 2, wide, high), (0.0, 0.0, 1.0, 1.0)


def put_stage(sheet: Sheet, stage: Stage, *, token: str = "card", rule: Rule | None = None) -> None:
    """The box "stage": the part of the frame on the card, its `crop` says which (for what covers a video)."""
    x, y, w, h = stage.seen
    left, top, across, high = stage.frame
    sheet.y = top + y * high
    sheet.put("fill", "stage", left + x * across, w * across, h * high, token=token, crop=stage.seen, rule=rule)


def put_media(
    sheet: Sheet, stage: Stage, media: Media, name: str, *, fill: bool = False, upright: float = 1.0,
    blurred: bool = False, rule: Rule | None = None,
) -> None:
    """A video or picture on the stage. blurred: itself, blurred, behind it where it leaves some of the stage free."""
    (x, y, w, h), part = fitted(stage, media, fill=fill, upright=upright)
    if blurred and (w < stage.width or h < stage.room):
        sheet.y = stage.top
        sheet.put("backdrop", "backdrop", 0.0, stage.width, stage.room, media=media.media, rule=rule,
                  token="card", crop=cover(media.width, media.height, stage.width, stage.room, media.focus))
    sheet.y = y
    sheet.put("video" if media.kind == "video" else "image", name, x, w, h, media=media.media, crop=part, rule=rule)


def put_empty(
    sheet: Sheet, stage: Stage, word: str, font: Font, token: str, rule: Rule | None = None,
    above: float | None = None,
) -> None:
    """What is missing, in the middle of the stage's upper half: the box "no_media". above: it ends there at last."""
    sheet.y = stage.top + (stage.room / 2 - font.line) / 2
    if above is not None:
        sheet.y = max(0.0, min(sheet.y, above - font.line))
    centred(sheet, "no_media", stage.width / 2, stage.width, word, font, token=token, rule=rule)


def put_shade(
    sheet: Sheet, stage: Stage, name: str, height: float, token: str, *, top: bool = False, rule: Rule | None = None
) -> None:
    """Darkens the stage's lower edge, or its upper one with `top`, so that white words can be read."""
    high = min(height, stage.room)
    sheet.y = stage.top if top else stage.bottom - high
    sheet.put("shade", name, 0.0, stage.width, high, token=token, turned=top, rule=rule)


# the rail ----------------------------------------------------------------------------------------------------------

Draw = Callable[[Sheet, float], object]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on the rail.

    size    its own height; below: what hangs under it (a label, half of a badge)
    gap     free space above it
    up      how far its centre is above the rail's floor at least; 0: right on what is under it
    draw    draw(sheet, x): puts it, centred at x, its top at the sheet's height
    """

    size: float
    draw: Draw
    below: float = 0.0
    gap: float = 0.0
    up: float = 0.0


def _tops(items: Sequence[Item]) -> list[float]:
    """The top of each item, from the floor (0) upwards, so below 0; first to last."""
    made: list[float] = []
    low = 0.0
    for item in reversed(items):
        top = min(low - item.below, item.size / 2 - item.up if item.up else low) - item.size
        made.append(top)
        low = top - item.gap
    return made[::-1]


def rail_height(items: Sequence[Item]) -> float:
    """Of these, one under the other."""
    return -min(_tops(items), default=0.0)


def put_rail(sheet: Sheet, items: Sequence[Item], x: float, floor: float) -> None:
    """The items around x, the last one above `floor`."""
    for item, top in zip(items, _tops(items), strict=True):
        sheet.y = floor + top
        item.draw(sheet, x)


def button(
    name: str, icon: str, says: str, size: float, *, label: str = "", font: Font | None = None, room: float = 0.0,
    gap: float = 0.0, up: float = 0.0, space: float = 0.0, token: str = "action", rule: Rule | None = None,
    label_rule: Rule | None = None, label_token: str = "text",
) -> Item:
    """An icon "action:NAME", and in its colour a label "label:NAME", at most `room` px wide, `space` px below it."""

    def draw(sheet: Sheet, x: float) -> None:
        sheet.put("icon", f"action:{name}", x - size / 2, size, size, icon=icon, token=token, text=says, rule=rule)
        if label and font is not None:
            sheet.y += size + space
            centred(sheet, f"label:{name}", x, room, label, font, token=label_token, rule=label_rule or rule)

    return Item(size, draw, space + font.line if label and font is not None else 0.0, gap, up)


def face(
    letter: str, side: float, *, ring: float = 0.0, badge: float = 0.0, gap: float = 0.0, up: float = 0.0,
    tokens: tuple[str, str, str, str] = ("avatar", "ring", "brand", "action"), rule: Rule | None = None,
    ring_rule: Rule | None = None, badge_rule: Rule | None = None,
) -> Item:
    """A round "avatar" with an "avatar.ring" around its edge and a "follow" badge over its foot, each if it has a size.

    tokens   of the three, and of the sign on the badge
    """

    def draw(sheet: Sheet, x: float) -> None:
        sheet.put("avatar", "avatar", x - side / 2, side, side, text=letter, token=tokens[0], radius=side / 2,
                  rule=rule)
        if ring:
            sheet.put("ring", "avatar.ring", x - side / 2, side, side, token=tokens[1], radius=side / 2, stroke=ring,
                      rule=ring_rule or rule)
        if badge:
            sheet.y += side - badge / 2
            sheet.put("fill", "follow", x - badge / 2, badge, badge, token=tokens[2], radius=badge / 2,
                      rule=badge_rule or rule)
            sheet.y += badge / 4
            sheet.put("icon", "follow.sign", x - badge / 4, badge / 2, badge / 2, icon="plus", token=tokens[3],
                      rule=badge_rule or rule)

    return Item(side, draw, badge / 2, gap, up)


def disc(size: float, *, gap: float = 0.0, up: float = 0.0, token: str = "badge", rule: Rule | None = None) -> Item:
    """The round cover of the sound, "disc"."""

    def draw(sheet: Sheet, x: float) -> None:
        sheet.put("fill", "disc", x - size / 2, size, size, token=token, radius=size / 2, rule=rule)

    return Item(size, draw, 0.0, gap, up)


# words at the foot -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Block:
    """One part of the words at the foot. put: puts it with its top at the sheet's height; gap: free space below it."""

    height: float
    put: Callable[[Sheet], object]
    gap: float = 0.0


def words(
    name: str, x: float, w: float, cut: Cut, font: Font, *, token: str = "text", runs: Sequence[Run] = (),
    gap: float = 0.0, rule: Rule | None = None,
) -> Block:
    """Lines of text."""

    def put(sheet: Sheet) -> None:
        sheet.words(name, x, w, cut, font, token=token, runs=runs, rule=rule)

    return Block(len(cut.lines) * font.line, put, gap)


def line(
    name: str, x: float, w: float, text: str, font: Font, *, token: str = "text", gap: float = 0.0,
    rule: Rule | None = None,
) -> Block:
    """One line of text, cut to `w`."""
    return Block(font.line, lambda sheet: sheet.label(name, x, w, text, font, token, rule), gap)


def stack_height(blocks: Sequence[Block]) -> float:
    """Of these, one under the other."""
    return sum(block.height + block.gap for block in blocks)


def put_stack(sheet: Sheet, blocks: Sequence[Block], bottom: float) -> float:
    """The blocks, the last one's gap ending at `bottom`; gives the top of the first."""
    top = y = bottom - stack_height(blocks)
    for block in blocks:
        sheet.y = y
        block.put(sheet)
        y += block.height + block.gap
    return top


# one of several pictures -------------------------------------------------------------------------------------------


def put_segments(
    sheet: Sheet, number: int, page: int, x: float, w: float, height: float, gap: float, *,
    tokens: tuple[str, str] = ("segment", "segment.on"), rule: Rule | None = None,
) -> None:
    """A bar of one piece per picture, "segment:1" ..., at the sheet's height; those up to `page` are done."""
    free = gap if number * gap < w / 2 else 0.0
    wide = (w - (number - 1) * free) / number
    for at in range(number):
        sheet.put("fill", f"segment:{at + 1}", x + at * (wide + free), wide, height, token=tokens[at <= page],
                  radius=height / 2, rule=rule)


def put_dots(
    sheet: Sheet, number: int, page: int, x: float, size: float, gap: float, most: int, *,
    tokens: tuple[str, str] = ("dot", "dot.on"), rule: Rule | None = None,
) -> None:
    """Round dots around x, "dot:1" ...; of more than `most` those around the page."""
    shown = min(number, max(1, most))
    first = min(max(page - shown // 2, 0), number - shown)
    left = x - (shown * size + (shown - 1) * gap) / 2
    for at in range(shown):
        on = first + at == page
        sheet.put("fill", f"dot:{first + at + 1}", left + at * (size + gap), size, size, token=tokens[on],
                  radius=size / 2, rule=rule)


def put_pill(
    sheet: Sheet, text: str, font: Font, pad: float, right: float, *, left: float | None = None, token: str = "badge",
    name: str = "number", rule: Rule | None = None,
) -> None:
    """Words in a rounded box ("1/9") that ends at `right`, or begins at `left`; as high as its line."""
    wide = sheet.metrics.advance(text, font) + 2 * pad
    x = right - wide if left is None else left
    sheet.put("badge", name, x, wide, font.line, text=text, font=font, token=token, radius=font.line / 2,
              align="center", rule=rule)


# tabs --------------------------------------------------------------------------------------------------------------


Tab = tuple[str, str, str]  # name, icon ("" for none), word ("" for none)


def tabs_height(tabs: Sequence[Tab], font: Font, icon: float, least: float, home: float) -> float:
    """Of the bar: as high as the highest of its tabs asks for, at least `least`, and `home` px free under them."""
    return max(least, *(_tab_height(tab, font, icon) for tab in tabs)) + home


def _tab_height(tab: Tab, font: Font, icon: float) -> float:
    return (icon if tab[1] else 0.0) + (font.line if tab[2] else 0.0)


def put_tabs(
    sheet: Sheet, stage: Stage, tabs: Sequence[Tab], font: Font, icon: float, home: float, *,
    tokens: tuple[str, str, str] = ("bar", "action", "text"), rule: Rule | None = None,
) -> None:
    """The bar under the stage, "bar", in equal parts: an icon "tab:NAME" over its word "label:NAME", or one of them.

    home     px at the screen's lower edge that stay free
    tokens   of the bar, the icons and the words
    """
    high = stage.height - stage.bottom
    sheet.y = stage.bottom
    sheet.put("fill", "bar", 0.0, stage.width, high, token=tokens[0], rule=rule)
    part = stage.width / len(tabs)
    for at, tab in enumerate(tabs):
        name, drawn, word = tab
        centre = (at + 0.5) * part
        sheet.y = stage.bottom + (high - home - _tab_height(tab, font, icon)) / 2
        if drawn:
            side = min(icon, part)
            sheet.put("icon", f"tab:{name}", centre - side / 2, side, side, icon=drawn, token=tokens[1], text=word,
                      rule=rule)
            sheet.y += icon
        if word:
            centred(sheet, f"label:{name}", centre, part, word, font, token=tokens[2], rule=rule)


def centred(
    sheet: Sheet, name: str, x: float, room: float, text: str, font: Font, *, token: str = "text",
    rule: Rule | None = None,
) -> float:
    """One line of text around x, cut to `room` px; gives its width."""
    shown = one_line(text, font, room, sheet.metrics)
    wide = min(room, sheet.metrics.advance(shown, font))
    sheet.label(name, x - wide / 2, wide, shown, font, token, rule)
    return wide
