"""A post in the feed of the app and of weibo.com, as boxes: what is sent in its mode, by the API one picture.

Numbers and sources in `spec`. Folded by Weibo's own count, not by lines.
"""

from __future__ import annotations

from collections.abc import Sequence

from studio.core.card import Box, Card, Font, Metrics, Rule, Run, View
from studio.core.post import Content, Media
from studio.platforms import chips
from studio.platforms.boxes import Cut, Sheet
from studio.platforms.chips import Span
from studio.platforms.text import initial
from studio.platforms.weibo import rules, shown, spec
from studio.platforms.weibo import text as words
from studio.platforms.weibo.layout_media import Pictures
from studio.platforms.weibo.layout_parts import Bar, LinkCard
from studio.platforms.weibo.times import said


class _Post:
    """One layout: the sheet and its column. web: as on weibo.com, where all of a post stands right of the picture."""

    def __init__(self, content: Content, view: View, metrics: Metrics) -> None:
        self.content, self.view, self.web = content, view, view.surface == "desktop"
        self.link = "web.link" if self.web else "link"
        self.sheet = Sheet(metrics, text=view.text)
        self.left = self.px("pad")
        self.x = self.left + (self.px("avatar") + self.px("name.left") if self.web else 0)
        self.w = max(1.0, view.width - self.x - self.left)

    def px(self, name: str) -> float:
        return spec.px(spec.own(name, self.web))

    def rule(self, name: str) -> Rule:
        return spec.rule(spec.own(name, self.web))

    def font(self, size: str, line: str) -> Font:
        return self.sheet.font(self.px(size), self.px(line))

    def boxes(self) -> tuple[Box, ...]:
        """All boxes, the ground first."""
        media = rules.sent_media(self.content)
        pictures = [m for m in media if m.kind == "image"]
        clips = [m for m in media if m.kind == "video"]
        carded = bool(self.content.link.strip()) and not (pictures or clips)
        self._head()
        self._body(carded)
        self._media(pictures, clips)
        if carded:
            self.sheet.y += spec.px("gap")
            LinkCard(self.sheet, self.x, self.w).put(self.content.link, self.view.language)
        self._bar()
        height = self.sheet.y
        ground = Box("card", "card", 0, 0, self.view.width, height, token="card", rule=self.rule("pad"))
        return (ground, *self.sheet.boxes)

    # head --------------------------------------------------------------------------------------------------------

    def _head(self) -> None:
        sheet, name, side = self.sheet, self.content.name or self.content.handle, self.px("avatar")
        sheet.y = self.px("avatar.top")
        sheet.put("avatar", "avatar", self.left, side, side, text=initial(name), token="avatar",
                  radius=side / 2, rule=self.rule("avatar"))
        left = self.left + side + self.px("name.left")
        room = max(1.0, self.view.width - self.px("name.less"))
        when = said(self.view.posted, self.view.now, self.view.language)
        self._line("name", left, name, "text", room, "name")
        self._line("time", left, when, "muted", room, "source")
        sheet.y = max(self.px("head"), sheet.y) + spec.px("gap")

    def _line(self, what: str, x: float, text: str, token: str, room: float, size: str) -> None:
        font = self.font(f"{size}.size", f"{size}.line")
        wide = min(room, self.sheet.metrics.advance(text, font), self.view.width - x)
        self.sheet.label(what, x, max(1.0, wide), text, font, token, self.rule(f"{size}.size"))
        self.sheet.y += font.line

    # text --------------------------------------------------------------------------------------------------------

    def _body(self, carded: bool) -> None:
        whole = words.body(self.content)
        end = shown.fold(whole, int(spec.px("fold")), rules.each(self.content.identity))
        folded = end is not None and not self.view.unfolded
        head = whole[:end] if folded else shown.without_card(whole, self.content.link) if carded else whole
        if not head and not folded:
            return
        text, spans = shown.shown(head, spec.word("link", self.view.language))
        self._words(text, spans, folded)
        if end is not None and not folded:
            self._less()
        self.sheet.y += spec.px("text.bottom")

    def _words(self, text: str, spans: Sequence[Span], folded: bool) -> None:
        font, runs = self.font("text.size", "text.line"), chips.runs(spans, self.link, shown.ICONS)
        if folded:
            label = spec.say("more", self.web, self.view.language)
            text += f"...{label}"
            runs.append(Run(len(text) - len(label), len(text), self.link))
        top = self.sheet.y
        cut = Cut(text, self.sheet.metrics.lines(text, font, self.w), folded)
        self.sheet.words("body", self.x, self.w, cut, font, runs=runs, rule=spec.rule("fold"))
        chips.put_icons(self.sheet, cut, font, spans, shown.ICONS, (self.x, top), self.view.width, token=self.link,
                        rule=spec.rule("chip.icon"), part=spec.px("chip.icon"))

    def _less(self) -> None:
        font, label = self.font("text.size", "text.line"), spec.word("less", self.view.language)
        wide = min(self.w, self.sheet.metrics.advance(label, font))
        self.sheet.label("less", self.x, wide, label, font, self.link, spec.rule("fold"))
        self.sheet.y += font.line

    # below it ----------------------------------------------------------------------------------------------------

    def _media(self, pictures: Sequence[Media], clips: Sequence[Media]) -> None:
        placed = Pictures(self.sheet, self.x, self.w, self.view.width, self.web, self.view.language)
        if pictures or clips:
            self.sheet.y += spec.px("gap")
        if pictures:
            placed.put(pictures)
        elif clips:
            placed.clip(clips[0])

    def _bar(self) -> None:
        self.sheet.y = max(self.sheet.y, self.px("avatar.top") + self.px("avatar")) + spec.px("gap")
        Bar(self.sheet, self.view.width, self.web).put(self.view.language)


def layout(content: Content, view: View, metrics: Metrics) -> Card:
    """The post as it stands in the feed, `width` px wide."""
    post = _Post(content, view, metrics)
    boxes = post.boxes()
    return spec.TABLE.card(view, post.sheet.y, boxes, "recalled" if post.web else "third-party")
