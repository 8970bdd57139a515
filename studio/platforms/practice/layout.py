"""A post as it stands on the practice page, as boxes."""

from __future__ import annotations

from collections.abc import Sequence

from studio.core.card import Box, Card, Font, Metrics, Run, View
from studio.core.post import Content, Media
from studio.platforms.bare import stretches
from studio.platforms.boxes import Cut, Sheet, cover
from studio.platforms.practice import page, spec
from studio.platforms.practice.spec import px


def columns(number: int) -> int:
    """One, two, three, two by two, then threes."""
    return {1: 1, 2: 2, 4: 2}.get(number, 3)


def one(media: Media, width: float) -> tuple[float, float]:
    """Size of a single picture or clip: whole, at most 720 high."""
    ratio = media.width / media.height if media.width and media.height else px("video.ratio")
    height = min(width / ratio, px("one.most"))
    return min(width, height * ratio), height


def _runs(text: str) -> tuple[Run, ...]:
    runs, at = [], 0
    for part, address in stretches(text):
        if address:
            runs.append(Run(at, at + len(part)))
        at += len(part)
    return tuple(runs)


class _Article:
    """One layout: the sheet and the column of the article."""

    def __init__(self, content: Content, view: View, metrics: Metrics) -> None:
        self.content, self.width, self.language = content, view.width, view.language
        self.sheet = Sheet(metrics, px("border") + px("pad.y"), text=view.text)
        self.x = px("border") + px("pad.x")
        self.w = max(1.0, self.width - 2 * self.x)

    def boxes(self) -> tuple[Box, ...]:
        """All boxes, the ground first."""
        content = self.content
        if content.title.strip():
            self._text("title", content.title, self.sheet.font(px("title.size"), px("title.line"), 600))
            self.sheet.y += px("title.gap")
        if content.text:
            self._text("body", content.text, self.sheet.font(px("text.size"), px("text.line")), _runs(content.text))
        if content.media:
            self._media(content.media)
        if content.link:
            self._link(content.link)
        self._tags()
        self._foot()
        self.height = self.sheet.y + px("pad.y") + px("border")
        rule = spec.rule("radius")
        ground = Box("card", "card", 0, 0, self.width, self.height, token="card", radius=px("radius"), rule=rule)
        return (ground, *self.sheet.boxes)

    def _text(self, name: str, text: str, font: Font, runs: Sequence[Run] = (), token: str = "text") -> None:
        cut = Cut(text, self.sheet.metrics.lines(text, font, self.w))
        self.sheet.words(name, self.x, self.w, cut, font, runs=runs, token=token, rule=spec.rule("text.size"))

    def _media(self, media: Sequence[Media]) -> None:
        """Squares in rows; a row is as high as its highest figure with its description line."""
        sheet, across, gap = self.sheet, columns(len(media)), px("media.gap")
        sheet.y += px("media.top")
        side = (self.w - gap * (across - 1)) / across
        for first in range(0, len(media), across):
            top, bottom = sheet.y, sheet.y
            for offset, item in enumerate(media[first : first + across]):
                sheet.y = top
                w, h = one(item, self.w) if len(media) == 1 else (side, side)
                self._figure(first + offset + 1, item, self.x + offset * (side + gap), w, h)
                bottom = max(bottom, sheet.y)
            sheet.y = bottom + gap
        sheet.y -= gap

    def _figure(self, number: int, media: Media, x: float, w: float, h: float) -> None:
        sheet, kind = self.sheet, "video" if media.kind == "video" else "image"
        sheet.put(
            "video" if kind == "video" else "image", f"{kind}:{number}", x, w, h, media=media.media,
            radius=px("media.radius"), crop=cover(media.width, media.height, w, h, media.focus),
            rule=spec.rule("media.gap"),
        )
        sheet.y += h
        if media.alt:
            sheet.y += px("alt.pad")
            font = self.sheet.font(px("alt.size"), px("alt.line"))
            label = f"▸ {page.words(self.language)['alt']}"
            sheet.label(f"alt:{number}", x, w, label, font, "muted", spec.rule("alt.size"))
            sheet.y += font.line + px("alt.pad")

    def _link(self, link: str) -> None:
        sheet, pad = self.sheet, px("link.pad.x")
        sheet.y += px("link.top")
        font = self.sheet.font(px("link.size"), px("link.line"))
        lines = sheet.metrics.lines(link, font, self.w - 2 * pad)
        height = len(lines) * font.line + 2 * px("link.pad.y")
        rule = spec.rule("link.radius")
        sheet.put("card", "link", self.x, self.w, height, radius=px("link.radius"), token="card", rule=rule)
        sheet.y += px("link.pad.y")
        cut = Cut(link, lines)
        sheet.words("link.address", self.x + pad, self.w - 2 * pad, cut, font, token="link", rule=rule)
        sheet.y += px("link.pad.y")

    def _tags(self) -> None:
        if tags := page.clean_tags(self.content.tags):
            self.sheet.y += px("tags.top")
            font = self.sheet.font(px("tags.size"), px("tags.line"))
            self._text("tags", "  ".join(f"#{tag}" for tag in tags), font, (), "muted")

    def _foot(self) -> None:
        self.sheet.y += px("foot.top")
        now = spec.word("now", self.language)
        font = self.sheet.font(px("foot.size"), px("foot.line"))
        self.sheet.label("time", self.x, self.w, now, font, "muted", spec.rule("foot.size"))
        self.sheet.y += font.line


def layout(content: Content, view: View, metrics: Metrics) -> Card:
    """The post on its page, `width` px wide. Nothing is folded there."""
    article = _Article(content, view, metrics)
    boxes = article.boxes()
    return spec.TABLE.card(view, article.height, boxes, "seen")
