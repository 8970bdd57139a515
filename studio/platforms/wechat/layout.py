"""The article on its page, an image post, and the card in the subscription list, as boxes. Numbers are in `spec`."""

from __future__ import annotations

from dataclasses import replace

from studio.core.card import Box, Card, Font, Metrics, Run, View
from studio.core.post import Content, Media
from studio.platforms.boxes import Cut, Sheet, cover, ellipsized
from studio.platforms.wechat import options, rules, spec
from studio.platforms.wechat.blocks import Block, blocks
from studio.platforms.wechat.spec import px, rule


def layout(content: Content, view: View, metrics: Metrics) -> Card:
    """The post as it is shown there, `width` px wide. Of a text that is far too long, its beginning."""
    content = replace(content, text=content.text[: rules.HUGE])
    drawn: _Page = (_List if view.surface == "list" else _Slides if _is_image(content) else _Article)(
        content, view.width, metrics, view.language)
    boxes = drawn.boxes()
    height, sure = drawn.height, view.surface != "list"
    return spec.TABLE.card(view, height, boxes, "seen" if sure else "recalled")


def _is_image(content: Content) -> bool:
    return options.kind(content) == "image"


class _Page:
    """One layout: the sheet and its column, which is never wider than the page has it."""

    def __init__(self, content: Content, width: float, metrics: Metrics, language: str) -> None:
        self.content, self.width, self.language = content, width, language
        self.w = max(1.0, min(px("column"), width - 2 * px("page.side")))
        self.x = (width - self.w) / 2
        self.sheet = Sheet(metrics, px("page.top"))
        self.height = 0.0

    def boxes(self) -> tuple[Box, ...]:
        """All boxes, the ground first."""
        self.draw()
        self.height = self.sheet.y + px("page.bottom")
        ground = Box("card", "card", 0, 0, self.width, self.height, token=self.ground, rule=rule("page.side"))
        return (ground, *self.sheet.boxes)

    ground = "card"

    def draw(self) -> None:
        raise NotImplementedError

    def words(
        self, name: str, text: str, font: Font, token: str = "text", inset: float = 0.0, at: str = "",
        runs: tuple[Run, ...] = (),
    ) -> None:
        room = max(1.0, self.w - inset)
        cut = Cut(text, self.sheet.metrics.lines(text, font, room))
        self.sheet.words(
            name, self.x + inset, room, cut, font, token=token, runs=runs, rule=rule(at or "text.size"))

    def title(self) -> None:
        if text := options.title(self.content):
            self.words("title", text, Font(px("title.size"), px("title.line"), 500), at="title.size")
            self.sheet.y += px("title.gap")

    def meta(self) -> None:
        """Author, account and time in one row, as far as they fit."""
        font, x = Font(px("meta.size"), px("meta.line")), self.x
        parts = (("author", options.author(self.content), "muted"),
                 ("name", self.content.name or self.content.handle, "link"),
                 ("time", spec.word("now", self.language), "muted"))
        for name, text, token in parts:
            room = self.x + self.w - x
            if not text or room <= font.size:
                continue
            wide = min(room, self.sheet.metrics.advance(text, font))
            x += self.sheet.label(name, x, wide, text, font, token, rule("meta.size")).w + px("meta.gap")
        self.sheet.y += font.line + px("meta.bottom")

    def picture(self, name: str, media: Media | None, w: float, h: float) -> None:
        """A picture in its place; a grey one where only the address outside is known."""
        sheet = self.sheet
        if media is None:
            sheet.put("fill", name, self.x, w, h, token="fill", rule=rule("text.size"))
        else:
            crop = cover(media.width, media.height, w, h, media.focus)
            sheet.put("image", name, self.x, w, h, media=media.media, crop=crop, rule=rule("text.size"))
        sheet.y += h


class _Article(_Page):
    def draw(self) -> None:
        self.title()
        self.meta()
        article, number = rules.built(self.content), 0
        attached = {name: self.content.media[at] for name, at in options.places(self.content).items()}
        shown = blocks(article.html)
        for at, block in enumerate(shown, start=1):
            if block.kind == "image":
                number += 1
                known = article.pictures[block.picture].name if block.picture >= 0 else ""
                self._image(number, attached.get(known))
            else:
                self._block(f"body:{at}", block)
            if not (block.kind == "item" and at < len(shown) and shown[at].kind == "item"):
                self.sheet.y += px("block.gap")
        if self.content.link:
            self.sheet.y += px("foot.top")
            font, label = Font(px("foot.size"), px("foot.line")), spec.word("more", self.language)
            self.sheet.label("link", self.x, self.w, label, font, "link", rule("foot.size"))
            self.sheet.y += font.line

    def _image(self, number: int, media: Media | None) -> None:
        """As wide as the column at most, in its own shape."""
        shape = media.height / media.width if media and media.width and media.height else 9 / 16
        wide = min(self.w, float(media.width)) if media and media.width else self.w
        self.picture(f"image:{number}", media, wide, max(1.0, wide * shape))

    def _block(self, name: str, block: Block) -> None:
        font = Font(px("text.size"), px("text.line"))
        runs = tuple(Run(start, end, "text", 700) for start, end in block.bold)
        if block.kind == "head":
            self.words(name, block.text, Font(px("head.size"), px("head.line"), 600), at="head.size")
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
        font, pad = Font(px("pre.size"), px("pre.line")), px("pre.pad")
        room = max(1.0, self.w - 2 * pad)
        cut = Cut(text, self.sheet.metrics.lines(text, font, room))
        high = len(cut.lines) * font.line + 2 * pad
        self.sheet.put("fill", f"{name}.ground", self.x, self.w, high, token="fill", rule=rule("pre.pad"))
        self.sheet.y += pad
        self.sheet.words(name, self.x + pad, room, cut, font, rule=rule("pre.size"))
        self.sheet.y += pad


class _Slides(_Page):
    """An image post: the first picture decides the height; title and text below."""

    def draw(self) -> None:
        attached = options.pictures(self.content)
        self.sheet.y = 0.0
        if attached:
            self._slide(attached[0], len(attached))
            self.sheet.y += px("page.top")
        self.title()
        if self.content.text.strip():
            self.words("body", self.content.text.strip(), Font(px("text.size"), px("text.line")))
            self.sheet.y += px("block.gap")
        self.meta()

    def _slide(self, media: Media, number: int) -> None:
        shape = media.width / media.height if media.width and media.height else 1.0
        self.w, self.x = min(self.width, px("column")), (self.width - min(self.width, px("column"))) / 2
        self.picture("image:1", media, self.w, self.w / min(max(shape, px("slide.least")), px("slide.most")))
        font, label = Font(px("slide.count"), px("slide.line")), f"1/{number}"
        wide = self.sheet.metrics.advance(label, font)
        self.sheet.y -= font.line + px("meta.gap")
        self.sheet.label("count", self.x + self.w - wide - px("meta.gap"), wide, label, font, "on-badge",
                         rule("slide.count"))
        self.sheet.y += font.line + px("meta.gap")
        self.w = max(1.0, min(px("column"), self.width - 2 * px("page.side")))
        self.x = (self.width - self.w) / 2


class _List(_Page):
    """The card among the subscriptions: account, cover at 2.35:1, title below it."""

    ground = "page"

    def draw(self) -> None:
        sheet, side, pad = self.sheet, px("list.side"), px("list.pad")
        sheet.y = px("list.margin")
        card = sheet.put("card", "ground", side, self.width - 2 * side, 0.0, radius=px("list.radius"), token="card",
                         rule=rule("list.radius"))
        self.x, self.w = side + pad, max(1.0, self.width - 2 * (side + pad))
        sheet.y += pad
        self._account()
        self._cover()
        title = ellipsized(options.title(self.content) or " ", self._font, self.w,
                           int(px("list.title.lines")), sheet.metrics)
        sheet.words("title", self.x, self.w, title, self._font, rule=rule("list.title.size"))
        sheet.y += pad
        at = sheet.boxes.index(card)
        sheet.boxes[at] = Box("card", "ground", card.x, card.y, card.w, sheet.y - card.y, radius=card.radius,
                              token="card", rule=card.rule)
        sheet.y += px("list.margin") - px("page.bottom")

    @property
    def _font(self) -> Font:
        return Font(px("list.title.size"), px("list.title.line"), 500)

    def _account(self) -> None:
        sheet, size = self.sheet, px("list.avatar")
        name = self.content.name or self.content.handle
        sheet.put("avatar", "avatar", self.x, size, size, text=name.strip()[:1].upper(), token="avatar",
                  radius=size / 2, rule=rule("list.avatar"))
        font = Font(px("list.name.size"), px("list.name.line"), 500)
        sheet.y += (size - font.line) / 2
        left = size + px("list.margin")
        if name:
            sheet.label("name", self.x + left, max(1.0, self.w - left), name, font, "text", rule("list.name.size"))
        sheet.y += (size + font.line) / 2 + px("list.gap")

    def _cover(self) -> None:
        chosen = options.cover(self.content)
        if chosen is not None or not _is_image(self.content):
            self.picture("image:cover", chosen, self.w, self.w / px("list.ratio"))
            self.sheet.y += px("list.gap")
