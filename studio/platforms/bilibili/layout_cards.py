"""A video's card among others: at home, on its author's page, and on the site."""

from __future__ import annotations

from studio.core.card import Box, Metrics, View
from studio.core.post import Content, Media
from studio.platforms.bilibili import rules, spec
from studio.platforms.bilibili.layout_cover import TOP, Rect, first, put_clock, put_cover, put_shade, put_stats
from studio.platforms.bilibili.spec import PROFILE, px
from studio.platforms.bilibili.times import short
from studio.platforms.boxes import Cut, Sheet, ellipsized
from studio.platforms.grids import cell_width, filled, height, profile_cells


def titled(content: Content) -> str:
    """The title on one line, or how the text begins."""
    return " ".join((content.title.strip() or rules.body(content)).split())


class Home:
    """Two columns. The first card is the video's; the others are pictures of other videos, or blank."""

    def __init__(self, content: Content, view: View, metrics: Metrics) -> None:
        self.content, self.view = content, view
        self.space = view.surface == "space"
        self.sheet = sheet = Sheet(metrics, text=view.text)
        self.margin = px("grid.margin")
        self.room = max(2 * px("grid.gap"), view.width - 2 * self.margin)
        self.side = min(px("foot.side"), cell_width(PROFILE, self.room) / 4)
        self.title = sheet.font(px("title.size"), px("title.line"))
        self.stats = sheet.font(px("stats.size"), px("stats.line"))
        self.name = sheet.font(px("name.size"), px("name.line"))
        self.up = sheet.font(px("up.size"), px("up.line"))
        self.row = max(self.name.line, self.up.line)

    def boxes(self) -> tuple[Box, ...]:
        """All boxes, the ground first."""
        rows = int(px("space.rows" if self.space else "grid.rows"))
        covers = [first(self.content), *filled(self.view.others, PROFILE, rows)[: rows * PROFILE.columns - 1]]
        cut = self._titled()
        below = [self._below(cut if at == 0 else None) for at in range(len(covers))]
        places = profile_cells(PROFILE, self.room, len(covers), below=below)
        for number, ((x, y, w, h), media) in enumerate(zip(places, covers, strict=True), start=1):
            self._card(number, (self.margin + x, self.margin + y, w, h), below[number - 1], media, cut)
        tall = 2 * self.margin + height(places, below)
        ground = Box("card", "card", 0, 0, self.view.width, tall, token="page", rule=spec.rule("grid.margin"))
        return (ground, *self.sheet.boxes)

    def _titled(self) -> Cut:
        room = max(1.0, cell_width(PROFILE, self.room) - 2 * self.side)
        text = titled(self.content)
        return ellipsized(text, self.title, room, int(px("title.lines")), self.sheet.metrics) if text else Cut("", ())

    def _below(self, cut: Cut | None) -> float:
        """How high the words of a card are; room for one line at least."""
        lines = max(1, len(cut.lines)) if cut else 1
        author = 0.0 if self.space else px("up.top") + self.row
        return px("foot.top") + lines * self.title.line + author + px("foot.bottom")

    def _card(self, number: int, place: Rect, below: float, media: Media | None, cut: Cut) -> None:
        x, y, w, h = place
        mine, sheet, radius = number == 1, self.sheet, px("cover.radius")
        sheet.y = y
        sheet.put("fill", f"ground:{number}", x, w, h + below, token="card", radius=radius,
                  rule=spec.rule("cover.radius"))
        name = "image:1" if mine and media and not self.space else f"cell:{number}"
        put_cover(sheet, name, place, media, radius, "cover.ratio", corners=TOP)
        sheet.y = y + h + px("foot.top")
        if not mine:
            put_clock(sheet, f"duration:{number}", place, media)
            self._blank(number, x + self.side, w - 2 * self.side)
            return
        self._over(place, media)
        if cut.lines:
            sheet.words("title", x + self.side, w - 2 * self.side, cut, self.title, rule=spec.rule("title.lines"))
        sheet.y = y + h + px("foot.top") + max(1, len(cut.lines)) * self.title.line + px("up.top")
        if not self.space:
            self._author(x + self.side, w - 2 * self.side)

    def _over(self, place: Rect, media: Media | None) -> None:
        """What lies on the cover: numbers at the left, its length at the right."""
        x, y, w, h = place
        sheet, inset = self.sheet, px("stats.inset")
        put_shade(sheet, place, px("shade") * self.view.text)
        put_clock(sheet, "duration", place, media)
        clock = next((b.x for b in sheet.boxes if b.name == "duration"), x + w)
        put_stats(sheet, x + inset, y + h - px("clock.bottom"), clock, self.stats, self.view.language)

    def _author(self, x: float, w: float) -> None:
        """A small mark UP, then the name."""
        sheet, top, label = self.sheet, self.sheet.y, spec.word("up", self.view.language)
        wide = min(w / 2, sheet.metrics.advance(label, self.up) + 2 * px("up.pad"))
        sheet.y = top + (self.row - self.up.line) / 2
        sheet.put("ring", "up.border", x, wide, self.up.line, token="muted", stroke=px("border"),
                  radius=px("up.radius"), rule=spec.rule("border"))
        inner = max(1.0, wide - 2 * px("up.pad"))
        sheet.label("up", x + (wide - inner) / 2, inner, label, self.up, "muted", spec.rule("up.size"))
        left = x + wide + px("up.gap")
        sheet.y = top + (self.row - self.name.line) / 2
        if left < x + w:
            name = self.content.name or self.content.handle
            sheet.label("name", left, x + w - left, name, self.name, "muted", spec.rule("name.size"))

    def _blank(self, number: int, x: float, w: float) -> None:
        """Bars in place of another video's words."""
        sheet, high = self.sheet, px("blank.line")
        bars = [("title", self.title.line, w)] + ([] if self.space else [("name", self.row, w / 2)])
        for name, line, wide in bars:
            sheet.y += (line - high) / 2
            sheet.put("fill", f"blank:{number}.{name}", x, wide, high, token="fill", radius=high / 2,
                      rule=spec.rule("blank.line"))
            sheet.y += (line + high) / 2 + px("up.top")


class Web:
    """One card of the site: a 16:9 cover, the title, then who and when."""

    def __init__(self, content: Content, view: View, metrics: Metrics) -> None:
        self.content, self.view = content, view
        self.sheet = Sheet(metrics, text=view.text)

    def boxes(self) -> tuple[Box, ...]:
        """All boxes, the ground first."""
        sheet, width = self.sheet, self.view.width
        media, place = first(self.content), (0.0, 0.0, width, width / px("web.ratio"))
        put_cover(sheet, "image:1" if media else "cell:1", place, media, px("web.radius"), "web.ratio")
        put_shade(sheet, place, px("shade") * self.view.text, px("web.radius"))
        put_clock(sheet, "duration", place, media)
        clock = next((b.x for b in sheet.boxes if b.name == "duration"), width)
        put_stats(sheet, px("stats.inset"), place[3] - px("clock.bottom"), clock,
                  sheet.font(px("stats.size"), px("stats.line")), self.view.language)
        sheet.y = place[3] + px("web.title.top")
        self._words()
        ground = Box("card", "card", 0, 0, width, sheet.y, token="card", rule=spec.rule("web.ratio"))
        return (ground, *sheet.boxes)

    def _words(self) -> None:
        sheet, width, text = self.sheet, self.view.width, titled(self.content)
        font = sheet.font(px("web.title.size"), px("web.title.line"), 500)
        if text:
            cut = ellipsized(text, font, width, int(px("web.title.lines")), sheet.metrics)
            sheet.words("title", 0, width, cut, font, rule=spec.rule("web.title.lines"))
        sheet.y += px("web.name.top")
        small = sheet.font(px("web.name.size"), px("web.name.line"))
        name, day = self.content.name or self.content.handle, short(self.view.posted, self.view.now)
        sheet.label("name", 0, width, f"{name} · {day}" if day else name, small, "muted", spec.rule("web.name.size"))
        sheet.y += small.line
