"""A note on its own page, as boxes: the media as a strip to swipe, then title, text and topics."""

from __future__ import annotations

import re
from collections.abc import Sequence

from studio.core.card import Box, Card, Font, Metrics, Run, View
from studio.core.post import Content, Media
from studio.platforms.boxes import Cut, Sheet, cover
from studio.platforms.xiaohongshu import rules, spec
from studio.platforms.xiaohongshu.spec import px

_TOPIC = re.compile(r"[#＃][^\s#＃]+|@[^\s@]+")


def ratio(first: Media) -> float:
    """Width by height of the strip: the first one's shape, between 3:4 and 4:3."""
    shape = first.width / first.height if first.width and first.height else px("media.tallest")
    return min(px("media.widest"), max(px("media.tallest"), shape))


def runs(text: str) -> tuple[Run, ...]:
    """Topics and people in another colour; addresses are plain text."""
    return tuple(Run(found.start(), found.end()) for found in _TOPIC.finditer(text))


class _Note:
    """One layout: the sheet and its column."""

    def __init__(self, content: Content, width: float, metrics: Metrics, language: str) -> None:
        self.content, self.width, self.language = content, width, language
        self.sheet = Sheet(metrics)
        self.x, self.w = px("pad"), max(1.0, width - 2 * px("pad"))

    def boxes(self) -> tuple[Box, ...]:
        """All boxes, the ground first."""
        self._head()
        if self.content.media:
            self._media(self.content.media)
        self._words()
        self._foot()
        ground = Box("card", "card", 0, 0, self.width, self.sheet.y, token="card", rule=spec.rule("pad"))
        return (ground, *self.sheet.boxes)

    def _head(self) -> None:
        sheet, name = self.sheet, self.content.name or self.content.handle
        sheet.y += px("head.pad")
        sheet.put("avatar", "avatar", self.x, px("avatar"), px("avatar"), text=name.strip()[:1].upper(),
                  token="avatar", radius=px("avatar") / 2, rule=spec.rule("avatar"))
        font, left = Font(px("name.size"), px("name.line"), 500), self.x + px("avatar") + px("avatar.gap")
        top = sheet.y
        sheet.y += (px("avatar") - font.line) / 2
        sheet.label("name", left, max(1.0, self.x + self.w - left), name, font, rule=spec.rule("name.size"))
        sheet.y = top + px("avatar") + px("head.pad")

    def _media(self, media: Sequence[Media]) -> None:
        """The first one; the others wait to its right, as the pill and the dots say."""
        sheet, first = self.sheet, media[0]
        height = self.width / ratio(first)
        kind = "video" if first.kind == "video" else "image"
        sheet.put("video" if kind == "video" else "image", f"{kind}:1", 0, self.width, height, media=first.media,
                  crop=cover(first.width, first.height, self.width, height, first.focus),
                  rule=spec.rule("media.tallest"))
        if len(media) > 1:
            self._pill(f"1/{len(media)}")
        sheet.y += height
        if len(media) > 1:
            self._dots(len(media))

    def _pill(self, text: str) -> None:
        sheet, font, top = self.sheet, Font(px("pill.size"), px("pill.height"), 500), self.sheet.y
        wide = sheet.metrics.advance(text, font) + 2 * px("pill.pad")
        sheet.y += px("pill.inset")
        sheet.put("badge", "number", self.width - px("pill.inset") - wide, wide, px("pill.height"), text=text,
                  font=font, token="badge", radius=px("pill.height") / 2, align="center",
                  rule=spec.rule("pill.height"))
        sheet.y = top

    def _dots(self, number: int) -> None:
        sheet, size, gap = self.sheet, px("dot"), px("dot.gap")
        sheet.y += px("dots.pad")
        left = (self.width - number * size - (number - 1) * gap) / 2
        for at in range(number):
            sheet.put("fill", f"dot:{at + 1}", max(0.0, left + at * (size + gap)), size, size,
                      token="dot" if at else "dot.on", radius=size / 2, rule=spec.rule("dot"))
        sheet.y += size

    def _words(self) -> None:
        sheet, title, text = self.sheet, self.content.title.strip(), rules.body(self.content)
        sheet.y += px("text.top")
        if title:
            self._text("title", title, Font(px("title.size"), px("title.line"), 600), "title.size")
            sheet.y += px("title.gap")
        if text:
            self._text("body", text, Font(px("text.size"), px("text.line")), "text.size", runs(text))
        sheet.y += px("date.top")
        font = Font(px("date.size"), px("date.line"))
        sheet.label("date", self.x, self.w, spec.word("now", self.language), font, "muted", spec.rule("date.size"))
        sheet.y += font.line + px("foot.top")

    def _text(self, name: str, text: str, font: Font, source: str, found: Sequence[Run] = ()) -> None:
        cut = Cut(text, self.sheet.metrics.lines(text, font, self.w))
        self.sheet.words(name, self.x, self.w, cut, font, runs=found, rule=spec.rule(source))

    def _foot(self) -> None:
        """A field to say something, then like, collect and comment at the right."""
        sheet, icon, high = self.sheet, px("foot.icon"), px("foot.height")
        sheet.put("line", "line", 0, self.width, px("line"), token="line", rule=spec.rule("line"))
        top, step = sheet.y, icon + px("foot.gap")
        right = self.x + self.w - len(spec.ACTIONS) * step
        sheet.y = top + (high - icon) / 2
        for number, (name, drawn) in enumerate(spec.ACTIONS):
            sheet.put("icon", f"action:{name}", right + number * step + px("foot.gap"), icon, icon, icon=drawn,
                      token="action", text=spec.word(name, self.language), rule=spec.rule("foot.icon"))
        self._field(top, right - self.x)
        sheet.y = top + high

    def _field(self, top: float, wide: float) -> None:
        sheet, high, font = self.sheet, px("field.height"), Font(px("field.size"), px("field.height"))
        sheet.y = top + (px("foot.height") - high) / 2
        sheet.put("fill", "field", self.x, wide, high, token="fill", radius=high / 2,
                  rule=spec.rule("field.height"))
        room = max(1.0, wide - 2 * px("field.pad"))
        sheet.label("say", self.x + px("field.pad"), room, spec.word("say", self.language), font, "muted",
                    spec.rule("field.size"))


def layout(content: Content, view: View, metrics: Metrics) -> Card:
    """The note on its own page, `width` px wide. Nothing is folded there."""
    note = _Note(content, view.width, metrics, view.language)
    boxes = note.boxes()
    return spec.TABLE.card(view, note.sheet.y, boxes, "third-party")
