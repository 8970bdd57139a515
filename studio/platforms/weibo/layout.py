"""A post in Weibo's feed, as boxes: what is sent in its mode, by the API one picture. Numbers and sources in `spec`."""

from __future__ import annotations

from collections.abc import Sequence

from studio.core.card import Box, Card, Font, Metrics, Run, View
from studio.core.post import Content, Media
from studio.platforms.boxes import Cut, Sheet, cover
from studio.platforms.text import grapheme_cut
from studio.platforms.weibo import rules, spec
from studio.platforms.weibo import text as words
from studio.platforms.weibo.spec import px

Rect = tuple[float, float, float, float]


def cell(width: float) -> float:
    """The side of one of three pictures in a row."""
    return max(1.0, round((width + px("grid.gap")) / 3 - px("grid.gap"), 2))


def one(media: Media, width: float) -> tuple[float, float]:
    """Size of a single picture: its long side is two cells, the other follows its shape."""
    long = min(width, 2 * cell(width) + px("grid.gap"))
    if not (media.width and media.height):
        return width / 2, width / 2
    ratio = media.width / media.height
    if ratio >= 1:
        return long, max(px("one.least"), long / ratio)
    return max(px("one.least"), long * ratio), long


def grid(number: int, width: float) -> list[Rect]:
    """Places of two to nine: rows of three, four as two by two of the same small cells."""
    side, gap = cell(width), px("grid.gap")
    columns = 2 if number == 4 else 3
    places = [(n % columns, n // columns) for n in range(min(number, int(px("grid.most"))))]
    return [(column * (side + gap), row * (side + gap), side, side) for column, row in places]


class _Feed:
    """One layout: the sheet and its column."""

    def __init__(self, content: Content, width: float, metrics: Metrics, language: str) -> None:
        self.content, self.width, self.language = content, width, language
        self.sheet, self.x = Sheet(metrics), px("pad")
        self.w = max(1.0, width - 2 * self.x)

    def boxes(self) -> tuple[Box, ...]:
        """All boxes, the ground first."""
        self._head()
        self._body()
        media = rules.sent_media(self.content)
        pictures = [m for m in media if m.kind == "image"]
        if pictures:
            self._pictures(pictures)
        elif media:
            self._video(media[0])
        self._bar()
        self.height = self.sheet.y
        ground = Box("card", "card", 0, 0, self.width, self.height, token="card", rule=spec.rule("pad"))
        return (ground, *self.sheet.boxes)

    def _head(self) -> None:
        sheet, name = self.sheet, self.content.name or self.content.handle
        sheet.y = px("avatar.top")
        sheet.put(
            "avatar", "avatar", self.x, px("avatar"), px("avatar"), text=name.strip()[:1].upper(), token="avatar",
            radius=px("avatar") / 2, rule=spec.rule("avatar"),
        )
        left = self.x + px("avatar") + px("name.left")
        bold, small = Font(px("name.size"), px("name.line")), Font(px("source.size"), px("source.line"))
        room = max(1.0, self.width - px("name.less"))
        self._named("name", left, name, bold, "text", room)
        sheet.y += bold.line
        self._named("time", left, spec.word("now", self.language), small, "muted", room)
        sheet.y = px("head") + px("gap")

    def _named(self, what: str, x: float, text: str, font: Font, token: str, room: float) -> None:
        wide = min(room, self.sheet.metrics.advance(text, font))
        size = "name.size" if what == "name" else "source.size"
        self.sheet.label(what, x, wide, text, font, token, spec.rule(size))

    # text --------------------------------------------------------------------------------------------------------

    def _body(self) -> None:
        whole = words.body(self.content)
        if not whole:
            return
        font = Font(px("text.size"), px("text.line"))
        head, folded = self._folded(whole)
        shown, spans = words.shown(head, spec.word("link", self.language))
        runs = [Run(span.start, span.end) for span in spans]
        if folded:
            label = spec.word("more", self.language)
            shown += f"...{label}"
            runs.append(Run(len(shown) - len(label), len(shown)))
        cut = Cut(shown, self.sheet.metrics.lines(shown, font, self.w), folded)
        self.sheet.words("body", self.x, self.w, cut, font, runs=runs, rule=spec.rule("fold"))
        self.sheet.y += px("text.bottom")

    def _folded(self, whole: str) -> tuple[str, bool]:
        """What stands before "...全文": Weibo folds by count, not by lines."""
        at = words.passed(whole, int(px("fold")), rules.each(self.content.identity))
        return (whole, False) if at is None else (whole[: grapheme_cut(whole, at)].rstrip(), True)

    # media -------------------------------------------------------------------------------------------------------

    def _pictures(self, pictures: Sequence[Media]) -> None:
        sheet = self.sheet
        top = bottom = sheet.y + px("gap")
        places = grid(len(pictures), self.w) if len(pictures) > 1 else [(0.0, 0.0, *one(pictures[0], self.w))]
        for number, (media, (x, y, w, h)) in enumerate(zip(pictures, places, strict=False), start=1):
            sheet.y, w = top + y, min(w, self.w - x)
            sheet.put("image", f"image:{number}", self.x + x, w, h, media=media.media, crop=_crop(media, w, h),
                      rule=spec.rule("grid.gap"))
            self._badge(media, number, self.x + x + w, top + y + h)
            bottom = max(bottom, top + y + h)
        if (more := len(pictures) - len(places)) > 0:
            self._more(more, self.x + places[-1][0], top + places[-1][1], places[-1][2])
        sheet.y = bottom

    def _badge(self, media: Media, number: int, right: float, bottom: float) -> None:
        """In the bottom right corner, for what is shown in part or moves."""
        tall = media.width > 0 and media.height > px("tall") * media.width
        moves = media.name.lower().endswith(".gif")
        if not (tall or moves):
            return
        self.sheet.y = bottom - px("badge.h")
        self.sheet.put(
            "badge", f"badge:{number}", right - px("badge.w"), px("badge.w"), px("badge.h"), token="badge",
            text="GIF" if moves else spec.word("tall", self.language), font=Font(px("badge.size"), px("badge.h")),
            align="center", rule=spec.rule("badge.w"),
        )

    def _more(self, count: int, x: float, y: float, side: float) -> None:
        """How many are behind the ninth."""
        self.sheet.y = y + (side - px("more.line")) / 2
        self.sheet.put(
            "badge", "more", x, side, px("more.line"), text=f"+{count}", font=Font(px("more.size"), px("more.line")),
            token="badge", align="center", rule=spec.rule("grid.most"),
        )

    def _video(self, media: Media) -> None:
        sheet, high, play = self.sheet, self.w / px("video.ratio"), px("video.play")
        sheet.y += px("gap")
        top = sheet.y
        sheet.put("video", "video:1", self.x, self.w, high, media=media.media, crop=_crop(media, self.w, high),
                  rule=spec.rule("video.ratio"))
        sheet.y = top + (high - play) / 2
        sheet.put("icon", "play", self.x + (self.w - play) / 2, play, play, icon="play", token="on-badge",
                  rule=spec.rule("video.play"))
        sheet.y = top + high

    # foot --------------------------------------------------------------------------------------------------------

    def _bar(self) -> None:
        """Repost, comment, like: three thirds below a hairline."""
        sheet, third = self.sheet, self.width / 3
        sheet.y += px("gap")
        sheet.put("line", "line", 0, self.width, px("line"), token="line", rule=spec.rule("line"))
        top = sheet.y + px("line")
        for number, (name, icon) in enumerate(spec.ACTIONS):
            self._action(name, icon, number * third, third, top)
        sheet.y = top + px("bar") + px("bar.bottom")

    def _action(self, name: str, icon: str, left: float, third: float, top: float) -> None:
        sheet, font, side = self.sheet, Font(px("bar.size"), px("bar.line")), px("bar.icon")
        label = spec.word(name, self.language)
        wide = sheet.metrics.advance(label, font)
        x = left + (third - side - px("bar.gap") - wide) / 2
        sheet.y = top + (px("bar") - side) / 2
        sheet.put("icon", f"action:{name}", x, side, side, icon=icon, token="action", text=label,
                  rule=spec.rule("bar"))
        sheet.y = top + (px("bar") - font.line) / 2
        sheet.label(f"label:{name}", x + side + px("bar.gap"), wide, label, font, "action", spec.rule("bar.size"))


def _crop(media: Media, w: float, h: float) -> tuple[float, float, float, float]:
    """What fills the place: a tall picture keeps its top, a wide one its middle."""
    tall = media.width > 0 and media.height * w > media.width * h
    return cover(media.width, media.height, w, h, (0.5, 0.0) if tall else None)


def layout(content: Content, view: View, metrics: Metrics) -> Card:
    """The post as it stands in the feed, `width` px wide."""
    feed = _Feed(content, view.width, metrics, view.language)
    boxes = feed.boxes()
    return spec.TABLE.card(view, feed.height, boxes, "third-party")
