"""A note's card among others, in the feed and on a profile: two columns, each card in the shorter one."""

from __future__ import annotations

from studio.core.card import Box, Metrics, View
from studio.core.post import Content, Media
from studio.platforms.boxes import Cut, Sheet, cover, ellipsized
from studio.platforms.grids import Rect, cell_width, filled, height, profile_cells
from studio.platforms.text import initial
from studio.platforms.xiaohongshu import rules, spec
from studio.platforms.xiaohongshu.layout_strip import ratio
from studio.platforms.xiaohongshu.spec import PROFILE, px

TOP = (True, True, False, False)  # the corners of a cover, above the words


class Waterfall:
    """One layout. The first card is the note's; the others are pictures of other notes, or blank."""

    def __init__(self, content: Content, view: View, metrics: Metrics) -> None:
        self.content, self.view = content, view
        self.profile = view.surface == "profile"
        self.sheet = sheet = Sheet(metrics, text=view.text)
        self.margin = px("grid.margin")
        self.room = max(2 * px("grid.gap"), view.width - 2 * self.margin)
        self.w = cell_width(PROFILE, self.room)
        self.pad = min(px("card.pad"), self.w / 4)
        self.title = sheet.font(px("card.title.size"), px("card.title.line"), 500)
        self.name = sheet.font(px("card.name.size"), px("card.name.line"))
        self.row = max(px("card.avatar"), self.name.line)
        self.height = 0.0

    def boxes(self) -> tuple[Box, ...]:
        """All boxes, the ground first."""
        rows = int(px("profile.rows" if self.profile else "grid.rows"))
        mine = next((m for m in self.content.media if m.kind in ("image", "video")), None)
        covers: list[Media | None] = [mine, *filled(self.view.others, PROFILE, rows)[: rows * PROFILE.columns - 1]]
        cut = self._titled()
        below = [self._below(max(1, len(cut.lines)) if at == 0 else 1) for at in range(len(covers))]
        shapes = [ratio([each] if each else []) for each in covers]
        places = profile_cells(PROFILE, self.room, len(covers), shapes, below)
        for number, ((x, y, w, h), media) in enumerate(zip(places, covers, strict=True), start=1):
            self._card(number, (self.margin + x, self.margin + y, w, h), below[number - 1], media, cut)
        self.height = 2 * self.margin + height(places, below)
        ground = Box("card", "card", 0, 0, self.view.width, self.height, token="page", rule=spec.rule("grid.margin"))
        return (ground, *self.sheet.boxes)

    def _titled(self) -> Cut:
        """The title, or how the text begins; two lines."""
        text = " ".join((self.content.title.strip() or rules.body(self.content)).split())
        if not text:
            return Cut("", ())
        room = max(1.0, self.w - 2 * self.pad)
        return ellipsized(text, self.title, room, int(px("card.title.lines")), self.sheet.metrics)

    def _below(self, lines: int) -> float:
        """How high a card's foot is."""
        return 2 * self.pad + lines * self.title.line + px("card.row.top") + self.row

    def _card(self, number: int, place: Rect, below: float, media: Media | None, cut: Cut) -> None:
        x, y, w, h = place
        sheet, sheet.y = self.sheet, y
        sheet.put("fill", f"ground:{number}", x, w, h + below, token="card", radius=px("card.radius"),
                  rule=spec.rule("card.radius"))
        self._cover(number, place, media)
        sheet.y = y + h + self.pad
        if number == 1:
            self._foot(x + self.pad, w - 2 * self.pad, cut)
        else:
            self._blank(number, x + self.pad, w - 2 * self.pad)

    def _cover(self, number: int, place: Rect, media: Media | None) -> None:
        """The note's own is "image:1" in the feed; on a profile all are cells."""
        x, y, w, h = place
        name = "image:1" if number == 1 and media and not self.profile else f"cell:{number}"
        if media is None:
            self.sheet.put("fill", name, x, w, h, token="line", radius=px("card.radius"), corners=TOP,
                           rule=spec.rule("media.tallest"))
            return
        self.sheet.put("image", name, x, w, h, media=media.media, radius=px("card.radius"), corners=TOP,
                       crop=cover(media.width, media.height, w, h, media.focus), rule=spec.rule("media.tallest"))
        if media.kind == "video":
            self._play(number, x + w, y)

    def _play(self, number: int, right: float, top: float) -> None:
        """In the top right corner of a clip's cover."""
        side, inner, inset = px("play"), px("play.icon"), px("play.inset")
        name = "play" if number == 1 else f"play:{number}"
        self.sheet.y = top + inset
        x = max(0.0, right - inset - side)
        self.sheet.put("fill", f"{name}.ground", x, side, side, token="play", radius=side / 2, rule=spec.rule("play"))
        self.sheet.y += (side - inner) / 2
        self.sheet.put("icon", name, x + (side - inner) / 2, inner, inner, icon="play", token="on-play",
                       rule=spec.rule("play.icon"))

    def _foot(self, x: float, w: float, cut: Cut) -> None:
        """Title, then who it is of at the left and the heart at the right."""
        sheet, top = self.sheet, self.sheet.y
        if cut.lines:
            sheet.words("title", x, w, cut, self.title, rule=spec.rule("card.title.lines"))
        sheet.y = top + max(1, len(cut.lines)) * self.title.line + px("card.row.top")
        self._author(x, self._heart(x, w))

    def _heart(self, x: float, w: float) -> float:
        """With its word right of it; gives where the author's room ends."""
        sheet, side, label = self.sheet, px("card.heart"), spec.word("none", self.view.language)
        top, wide = sheet.y, min(w / 2, sheet.metrics.advance(label, self.name))
        left = x + w - wide
        sheet.y = top + (self.row - self.name.line) / 2
        sheet.label("label:like", left, wide, label, self.name, "author", spec.rule("card.name.size"))
        left = max(x, left - px("card.heart.gap") - side)
        sheet.y = top + (self.row - side) / 2
        sheet.put("icon", "action:like", left, side, side, icon="heart", token="author", text=label,
                  rule=spec.rule("card.heart"))
        sheet.y = top
        return left - px("card.heart.gap")

    def _author(self, x: float, end: float) -> None:
        sheet, side, name = self.sheet, px("card.avatar"), self.content.name or self.content.handle
        top = sheet.y
        if end - x < side:
            return
        sheet.y = top + (self.row - side) / 2
        sheet.put("avatar", "avatar", x, side, side, text=initial(name), token="avatar", radius=side / 2,
                  rule=spec.rule("card.avatar"))
        left = x + side + px("card.avatar.gap")
        sheet.y = top + (self.row - self.name.line) / 2
        if left < end:
            sheet.label("name", left, end - left, name, self.name, "author", spec.rule("card.name.size"))

    def _blank(self, number: int, x: float, w: float) -> None:
        """Bars in place of another note's words."""
        sheet, high, bars = self.sheet, px("blank.line"), (("title", self.title.line, w), ("name", self.row, w / 2))
        for name, line, wide in bars:
            sheet.y += (line - high) / 2
            sheet.put("fill", f"blank:{number}.{name}", x, wide, high, token="fill", radius=high / 2,
                      rule=spec.rule("blank.line"))
            sheet.y += (line + high) / 2 + px("card.row.top")

