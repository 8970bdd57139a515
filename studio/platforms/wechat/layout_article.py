"""The article on its page."""

from __future__ import annotations

from studio.core.card import Font, Run
from studio.core.post import Media
from studio.platforms.wechat import options, rules, times
from studio.platforms.wechat.blocks import Block, blocks
from studio.platforms.wechat.layout_page import Page, attached
from studio.platforms.wechat.spec import px, rule


class Article(Page):
    """Title, who wrote it and when, the text with its pictures, the foot."""

    def draw(self) -> None:
        self.title()
        self.meta(times.full(self.view))
        self._body()
        self._foot()
        self.bar()

    def meta(self, time: str) -> None:
        """Original, author, account and time; what has no room goes on in a row below."""
        font, x = self.font("meta"), self.x
        if options.flag(self.content, "original"):
            x = self._chip(x)
        parts = (("author", options.author(self.content), "muted"), ("name", self.account, "link"),
                 ("time", time, "muted"))
        for name, text, token in parts:
            if not text:
                continue
            wide = min(self.w, self.wide_of(text, font))
            if x > self.x and x + wide > self.x + self.w:
                x, self.sheet.y = self.x, self.sheet.y + font.line + px("meta.gap")
            self.sheet.label(name, x, wide, text, font, token, rule("meta.size"))
            x += wide + px("meta.gap")
        self.sheet.y += font.line + px("meta.gap") + px("meta.bottom")

    def _chip(self, x: float) -> float:
        """The mark of an original; x after it."""
        font = self.sheet.font(px("chip.size"), px("meta.line"))
        label = self.word("original")
        wide = min(self.w, self.wide_of(label, font) + 2 * px("chip.pad"))
        self.sheet.put("badge", "original", x, wide, font.line, text=label, font=font, token="chip", align="center",
                       radius=px("chip.radius"), rule=rule("chip.size"))
        return x + wide + px("meta.gap")

    # body ------------------------------------------------------------------------------------------------------

    def _body(self) -> None:
        article, number = rules.built(self.content), 0
        known, shown = attached(self.content), blocks(article.html)
        for at, block in enumerate(shown, start=1):
            if block.kind == "image":
                number += 1
                name = article.pictures[block.picture].name if block.picture >= 0 else ""
                self._image(number, known.get(name))
            else:
                self._block(f"body:{at}", block)
            if not (block.kind == "item" and at < len(shown) and shown[at].kind == "item"):
                self.sheet.y += px("block.gap")

    def _image(self, number: int, media: Media | None) -> None:
        """As wide as the column at most, in its own shape."""
        sized = media is not None and media.width > 0 and media.height > 0
        shape = media.height / media.width if media and sized else px("unknown.shape")
        wide = min(self.w, float(media.width)) if media and sized else self.w
        high = max(1.0, wide * shape)
        self.picture(f"image:{number}", media, self.x, wide, high, "page.side")
        self.sheet.y += high

    def _block(self, name: str, block: Block) -> None:
        font = self.font("text")
        runs = tuple(Run(start, end, "text", 700) for start, end in block.bold)
        if block.kind == "head":
            self.words(name, block.text, self.font("head", 600), at="head.size")
        elif block.kind == "quote":
            self._quote(name, block.text, font)
        elif block.kind == "code":
            self._code(name, block.text)
        elif block.kind == "item":
            self.sheet.label(f"{name}.mark", self.x, px("item.pad"), "•", font, "text", rule("item.pad"))
            self.words(name, block.text, font, inset=px("item.pad"), at="item.pad", runs=runs)
        else:
            self.words(name, block.text, font, runs=runs)

    def _quote(self, name: str, text: str, font: Font) -> None:
        inset = px("quote.bar") + px("quote.pad")
        high = len(self.sheet.metrics.lines(text, font, max(1.0, self.w - inset))) * font.line
        self.sheet.put("fill", f"{name}.bar", self.x, px("quote.bar"), high, token="line", rule=rule("quote.bar"))
        self.words(name, text, font, "quote", inset, "quote.pad")

    def _code(self, name: str, text: str) -> None:
        self.sheet.put("fill", f"{name}.ground", self.x, self.w, 0, token="fill", rule=rule("pre.pad"))
        at, top, x, w = len(self.sheet.boxes) - 1, self.sheet.y, self.x, self.w
        self.x, self.w = x + px("pre.pad"), max(1.0, w - 2 * px("pre.pad"))
        self.sheet.y += px("pre.pad")
        self.words(name, text, self.font("pre"), at="pre.size")
        self.sheet.y += px("pre.pad")
        self.x, self.w = x, w
        self.grow(at, self.sheet.y - top)

    # foot ------------------------------------------------------------------------------------------------------

    def _foot(self) -> None:
        """阅读原文, where the post has a link, and how often it was read."""
        font, x = self.font("foot"), self.x
        self.sheet.y += px("foot.top")
        shown = [("link", self.word("source"), "link")] if self.content.link.strip() else []
        for name, text, token in (*shown, ("reads", self.word("reads", n=0), "muted")):
            if (room := self.x + self.w - x) > font.size:
                made = self.sheet.label(name, x, min(room, self.wide_of(text, font)), text, font, token,
                                        rule("foot.size"))
                x += made.w + px("foot.gap")
        self.sheet.y += font.line
