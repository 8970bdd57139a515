"""A video among others: in the grid of a computer, in the results of a search, in the feed of a phone."""

from __future__ import annotations

from studio.core.card import Box, Card, Font, Metrics, View
from studio.core.post import Content
from studio.platforms import corners, screens
from studio.platforms.boxes import Sheet, cover, ellipsized
from studio.platforms.moments import clock
from studio.platforms.text import initial
from studio.platforms.youtube import rules, spec, times
from studio.platforms.youtube.spec import px


class Cell:
    """What these cards share: a thumbnail, a picture of the channel, a title, and one or two lines about it."""

    def __init__(self, content: Content, view: View, metrics: Metrics) -> None:
        self.content, self.view = content, view
        self.sheet = Sheet(metrics, text=view.text)
        self.name = content.name or content.handle

    def thumbnail(self, x: float, w: float, radius: float) -> float:
        """16:9, with its length in a corner; gives its height, the sheet's stays."""
        sheet, high = self.sheet, w / px("thumb.ratio")
        media, top = rules.thumbnail(self.content), sheet.y
        if media is None:
            empty(sheet, self.view.language, "thumb", x, w, high, radius)
            return high
        sheet.put("image", "image:1", x, w, high, media=media.media, radius=radius, rule=spec.rule("thumb.ratio"),
                  crop=cover(media.width, media.height, w, high, media.focus))
        self._length(x + w, top + high)
        sheet.y = top
        return high

    def _length(self, right: float, bottom: float) -> None:
        clip = rules.clip(self.content)
        if clip is not None and clip.duration:
            inset, font = px("length.inset"), self.sheet.font(px("length.size"), px("length.line"), 500)
            corners.badge(
                self.sheet, "duration", clock(float(clip.duration)), font, px("length.pad"),
                (right - inset, bottom - inset), "bottom-right", self.view.width, radius=px("length.radius"),
                rule=spec.rule("length.inset"), token="length")

    def avatar(self, x: float, side: float, key: str) -> None:
        """The channel's picture."""
        self.sheet.put("avatar", "avatar", x, side, side, text=initial(self.name), token="avatar",
                       radius=side / 2, rule=spec.rule(key))

    def title(self, x: float, w: float, part: str, weight: bool = True) -> None:
        """At most so many lines, then "…"; the height moves on."""
        font = self.sheet.font(px(f"{part}.title.size"), px(f"{part}.title.line"), 500 if weight else 400)
        text = self.content.title.strip()
        if text:
            cut = ellipsized(text, font, w, int(px(f"{part}.title.lines")), self.sheet.metrics)
            self.sheet.words("title", x, w, cut, font, rule=spec.rule(f"{part}.title.lines"))

    def seen(self) -> str:
        """How often and since when."""
        when = times.said(self.view.posted, self.view.now, self.view.language)
        return f"{spec.word('views', self.view.language)} · {when}"

    def line(self, name: str, x: float, w: float, text: str, font: Font, key: str) -> None:
        """One grey line; the height moves on."""
        self.sheet.label(name, x, w, text, font, "muted", spec.rule(key))
        self.sheet.y += font.line

    def options(self, right: float, key: str) -> None:
        """The three dots at the right end."""
        side = px(key)
        self.sheet.put("icon", "action:options", right - side, side, side, icon="ellipsis", token="action",
                       text=spec.word("options", self.view.language), rule=spec.rule(key))

    def done(self) -> Card:
        """Everything so far, on its ground."""
        ground = Box("card", "card", 0, 0, self.view.width, self.sheet.y, token="card", rule=spec.rule("thumb.ratio"))
        return spec.TABLE.card(self.view, self.sheet.y, (ground, *self.sheet.boxes), "third-party")


def empty(sheet: Sheet, language: str, name: str, x: float, w: float, h: float, radius: float) -> None:
    """Where a video is missing, that one goes there; the height stays. Where there is no room, the place alone."""
    top = sheet.y
    sheet.put("fill", name, x, w, h, token="fill", radius=radius, rule=spec.rule("thumb.ratio"))
    font = sheet.font(px("empty.size"), px("empty.line"))
    if font.line <= h:
        sheet.y = top + (h - font.line) / 2
        screens.centred(sheet, "no_media", x + w / 2, w, spec.word("no_media", language), font, token="muted",
                        rule=spec.rule("empty.size"))
    sheet.y = top


def card(content: Content, view: View, metrics: Metrics) -> Card:
    """In the grid of a computer: the channel's picture left of title, name and views."""
    cell = Cell(content, view, metrics)
    sheet, side, icon = cell.sheet, px("card.avatar"), px("card.icon")
    sheet.y += cell.thumbnail(0, view.width, px("card.radius")) + px("card.top")
    cell.avatar(0, side, "card.avatar")
    cell.options(view.width, "card.icon")
    top, x = sheet.y, side + px("card.gap")
    w = max(1.0, view.width - x - icon - px("card.title.gap"))
    cell.title(x, w, "card")
    sheet.y += px("card.title.gap")
    font = sheet.font(px("card.meta.size"), px("card.meta.line"))
    cell.line("name", x, w, cell.name, font, "card.meta.size")
    cell.line("time", x, w, cell.seen(), font, "card.meta.size")
    sheet.y = max(sheet.y, top + side) + px("card.bottom")
    return cell.done()


def mobile(content: Content, view: View, metrics: Metrics) -> Card:
    """In the feed of a phone: the thumbnail from edge to edge, name and views on one line."""
    cell = Cell(content, view, metrics)
    sheet, side, icon, pad = cell.sheet, px("mobile.avatar"), px("mobile.icon"), px("mobile.pad")
    sheet.y += cell.thumbnail(0, view.width, 0) + px("mobile.top")
    cell.avatar(pad, side, "mobile.avatar")
    cell.options(view.width - pad, "mobile.icon")
    top, x = sheet.y, pad + side + px("mobile.gap")
    w = max(1.0, view.width - x - icon - 2 * pad)
    cell.title(x, w, "mobile")
    font = sheet.font(px("mobile.meta.size"), px("mobile.meta.line"))
    cell.line("meta", x, w, f"{cell.name} · {cell.seen()}", font, "mobile.meta.size")
    sheet.y = max(sheet.y, top + side) + px("mobile.bottom")
    return cell.done()


def search(content: Content, view: View, metrics: Metrics) -> Card:
    """A row of results: the thumbnail at the left; title, views, channel and the beginning of the text beside it."""
    cell = Cell(content, view, metrics)
    sheet = cell.sheet
    wide = min(px("search.thumb"), view.width * px("search.part"))
    high = cell.thumbnail(0, wide, px("card.radius"))
    x = wide + px("search.gap")
    w = max(1.0, view.width - x)
    cell.title(x, w, "search", weight=False)
    font = sheet.font(px("card.meta.size"), px("card.meta.line"))
    cell.line("time", x, w, cell.seen(), font, "card.meta.size")
    sheet.y += px("search.row")
    _channel(cell, x, w, font)
    sheet.y += px("search.row")
    if about := " ".join(rules.description(content)[: int(px("search.about.most"))].split()):
        cut = ellipsized(about, font, w, int(px("search.about.lines")), sheet.metrics)
        sheet.words("summary", x, w, cut, font, token="muted", rule=spec.rule("search.about.lines"))
    sheet.y = max(sheet.y, high)
    return cell.done()


def _channel(cell: Cell, x: float, w: float, font: Font) -> None:
    sheet, side = cell.sheet, px("search.avatar")
    high = max(side, font.line)
    top = sheet.y
    sheet.y = top + (high - side) / 2
    cell.avatar(x, min(side, w), "search.avatar")
    left = x + side + px("search.avatar.gap")
    sheet.y = top + (high - font.line) / 2
    sheet.label("name", min(left, x + w - 1), max(1.0, x + w - left), cell.name, font, "muted",
                spec.rule("card.meta.size"))
    sheet.y = top + high
