"""A dynamic: who and when, the text, then pictures in rows of three or the video, and the bar below."""

from __future__ import annotations

from collections.abc import Sequence

from studio.core.card import Box, Metrics, View
from studio.core.post import Content, Media
from studio.platforms import chips
from studio.platforms.bars import put_buttons
from studio.platforms.bilibili import rules, spec
from studio.platforms.bilibili.layout_cover import Rect, put_clock, put_cover, put_shade, put_stats
from studio.platforms.bilibili.shown import ICONS, shown
from studio.platforms.bilibili.spec import px
from studio.platforms.bilibili.times import said
from studio.platforms.boxes import Cut, Sheet, cover, ellipsized
from studio.platforms.corners import badge
from studio.platforms.folding import Fold, fold_lines
from studio.platforms.text import initial


def one(media: Media, width: float) -> tuple[float, float]:
    """Size of a single picture: half the column, no narrower than 2:5; a square where its size is not known."""
    known = media.width > 0 and media.height > 0
    ratio = max(px("one.least"), media.width / media.height) if known else 1.0
    wide = width * px("one.part")
    return wide, wide / ratio


def grid(number: int, width: float) -> list[Rect]:
    """Squares in rows of three."""
    columns, gap = int(px("grid3.columns")), px("grid3.gap")
    side = max(1.0, (width - (columns - 1) * gap) / columns)
    return [
        (n % columns * (side + gap), n // columns * (side + gap), side, side)
        for n in range(min(number, int(px("grid3.most"))))
    ]


class Dynamic:
    """One layout: the sheet and its column."""

    def __init__(self, content: Content, view: View, metrics: Metrics) -> None:
        self.content, self.view = content, view
        self.sheet = Sheet(metrics, px("pad"), text=view.text)
        self.x = px("pad")
        self.w = max(1.0, view.width - 2 * self.x)
        self.clip = rules.clip(content)

    def boxes(self) -> tuple[Box, ...]:
        """All boxes, the ground first."""
        self._head()
        pictures = [media for media in self.content.media if media.kind == "image"]
        if self.clip:  # its description is not repeated here
            self._video(self.clip)
        else:
            self._body()
            if pictures:
                self._pictures(pictures)
        self._bar()
        ground = Box("card", "card", 0, 0, self.view.width, self.sheet.y, token="card", rule=spec.rule("pad"))
        return (ground, *self.sheet.boxes)

    # head --------------------------------------------------------------------------------------------------------

    def _head(self) -> None:
        sheet, side, name = self.sheet, px("avatar"), self.content.name or self.content.handle
        top, left = sheet.y, self.x + px("avatar") + px("avatar.gap")
        sheet.put("avatar", "avatar", self.x, side, side, text=initial(name), token="avatar",
                  radius=side / 2, rule=spec.rule("avatar"))
        room = max(1.0, self.x + self.w - left)
        bold = sheet.font(px("author.size"), px("author.line"), 500)
        small = sheet.font(px("time.size"), px("time.line"))
        sheet.y += max(0.0, (side - bold.line - small.line) / 2)
        sheet.label("name", left, room, name, bold, rule=spec.rule("author.size"))
        sheet.y += bold.line
        when = said(self.view.posted, self.view.now, self.view.language)
        when += f" {spec.word('video', self.view.language)}" if self.clip else ""
        sheet.label("time", left, room, when, small, "muted", spec.rule("time.size"))
        sheet.y = max(top + side, sheet.y + small.line) + px("text.top")

    # text --------------------------------------------------------------------------------------------------------

    def _body(self) -> None:
        written = rules.body(self.content)
        if not written:
            return
        sheet, font = self.sheet, self.sheet.font(px("text.size"), px("text.line"))
        text, spans = shown(written, spec.word("link", self.view.language))
        fold = fold_lines(text, font, self.w, int(px("fold.lines")), spec.word("more", self.view.language),
                          sheet.metrics, lead="...", whole=[(span.start, span.end) for span in spans])
        long, top = fold.cut.folded, sheet.y
        if self.view.unfolded:
            fold = Fold(Cut(text, sheet.metrics.lines(text, font, self.w)), len(text))
        runs = fold.runs(chips.runs(spans, "link", ICONS), "link")
        sheet.words("body", self.x, self.w, fold.cut, font, runs=runs, rule=spec.rule("fold.lines"))
        chips.put_icons(sheet, fold.cut, font, [s for s in spans if s.start < fold.kept], ICONS, (self.x, top),
                        self.view.width, rule=spec.rule("chip.icon"), part=px("chip.icon"))
        if long and self.view.unfolded:
            label = spec.word("less", self.view.language)
            wide = min(self.w, sheet.metrics.advance(label, font))
            sheet.label("less", self.x, wide, label, font, "link", spec.rule("fold.lines"))
            sheet.y += font.line

    # media -------------------------------------------------------------------------------------------------------

    def _pictures(self, pictures: Sequence[Media]) -> None:
        sheet = self.sheet
        top = bottom = sheet.y + px("media.top")
        many = len(pictures) > 1
        places = grid(len(pictures), self.w) if many else [(0.0, 0.0, *one(pictures[0], self.w))]
        for number, (media, (x, y, w, h)) in enumerate(zip(pictures, places, strict=False), start=1):
            sheet.y = top + y
            sheet.put("image", f"image:{number}", self.x + x, w, h, media=media.media, radius=px("grid3.radius"),
                      crop=cover(media.width, media.height, w, h, media.focus),
                      rule=spec.rule("grid3.gap" if many else "one.part"))
            self._tall(media, number, self.x + x, top + y + h)
            bottom = max(bottom, top + y + h)
        if (more := len(pictures) - len(places)) > 0:
            x, y, w, h = places[-1]
            self._others(more, (self.x + x, top + y, w, h))
        sheet.y = bottom

    def _tall(self, media: Media, number: int, left: float, bottom: float) -> None:
        """The badge of a picture that is narrower than is shown."""
        if media.width <= 0 or media.width >= px("one.least") * media.height:
            return
        inset, font = px("badge.inset"), self.sheet.font(px("badge.size"), px("badge.line"))
        badge(self.sheet, f"badge:{number}", spec.word("tall", self.view.language), font, px("badge.pad"),
              (left + inset, bottom - inset), "bottom-left", self.view.width, radius=px("badge.radius"),
              rule=spec.rule("badge.inset"))

    def _others(self, count: int, place: Rect) -> None:
        """How many are behind the ninth."""
        x, self.sheet.y, w, h = place
        self.sheet.put("badge", "others", x, w, h, text=f"+{count}", token="badge", align="center",
                       radius=px("grid3.radius"), font=self.sheet.font(px("others.size"), px("others.line")),
                       rule=spec.rule("grid3.most"))

    def _video(self, media: Media) -> None:
        """Its cover with what lies on it, then its title."""
        sheet, inset = self.sheet, px("clip.inset")
        place = (self.x, sheet.y, self.w, self.w / px("cover.ratio"))
        put_cover(sheet, "video:1", place, media, px("clip.radius"), "cover.ratio", "video")
        put_shade(sheet, place, px("clip.shade"), px("clip.radius"))
        put_clock(sheet, "duration", place, media)
        clock = next((b.x for b in sheet.boxes if b.name == "duration"), self.x + self.w)
        put_stats(sheet, self.x + inset, place[1] + place[3] - inset, clock,
                  sheet.font(px("clip.size"), px("clip.line")), self.view.language)
        sheet.y += place[3] + px("clip.title.top")
        if title := " ".join(self.content.title.split()):
            font = sheet.font(px("clip.title.size"), px("clip.title.line"), 500)
            cut = ellipsized(title, font, self.w, int(px("clip.title.lines")), sheet.metrics)
            sheet.words("title", self.x, self.w, cut, font, rule=spec.rule("clip.title.lines"))

    # foot --------------------------------------------------------------------------------------------------------

    def _bar(self) -> None:
        """Repost, comment, like on equal thirds."""
        sheet, font = self.sheet, self.sheet.font(px("bar.size"), px("bar.line"), 500)
        sheet.y += px("bar.top")
        buttons = [(name, drawn, spec.word(name, self.view.language)) for name, drawn in spec.ACTIONS]
        put_buttons(sheet, buttons, 0, self.view.width, max(px("bar"), font.line), px("bar.icon"), px("bar.gap"), font,
                    token="action", rules=(spec.rule("bar.icon"), spec.rule("bar.size")))
        sheet.put("line", "line", 0, self.view.width, px("line"), token="line", rule=spec.rule("line"))
        sheet.y += px("line")
