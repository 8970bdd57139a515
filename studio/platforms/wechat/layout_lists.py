"""A post among the subscriptions: with its large cover, with a small picture, and at the head of several articles."""

from __future__ import annotations

from dataclasses import replace

from studio.core.card import Box
from studio.core.post import Media
from studio.platforms.wechat import options, times
from studio.platforms.wechat.layout_page import Page, is_image
from studio.platforms.wechat.spec import px, rule


class _Framed(Page):
    """A card with round corners on the list's ground."""

    ground, confidence = "page", "recalled"

    def draw(self) -> None:
        side = px("list.side")
        self.sheet.y = px("list.margin")
        wide = max(1.0, self.width - 2 * side)
        self.framed("ground", "card", "list.radius", side, wide, self.inside)
        self.sheet.y += px("list.margin")

    def column(self, side: float) -> None:
        """Inside the card."""
        whole = px("list.side") + px("list.pad")
        self.x, self.w = whole, max(1.0, self.width - 2 * whole)

    def inside(self) -> None:
        """What the card holds."""
        raise NotImplementedError

    def owner(self) -> None:
        """The account, and when it was sent on the right."""
        sheet, size, font = self.sheet, px("list.avatar"), self.font("list.name", 500)
        small, said = sheet.font(px("list.time.size"), px("list.name.line")), times.brief(self.view)
        high, top = max(size, font.line), sheet.y
        sheet.y = top + (high - size) / 2
        self.disc("avatar", self.x, size, "list.avatar", self.letter)
        sheet.y = top + (high - font.line) / 2
        left = self.x + size + px("list.margin")
        wide = self.wide_of(said, small)
        room = self.x + self.w - left
        if room > wide + px("list.margin") + px("list.avatar"):
            sheet.label("time", self.x + self.w - wide, wide, said, small, "muted", rule("list.time.size"))
            room -= wide + px("list.margin")
        if self.account and room > font.size:
            sheet.label("name", left, room, self.account, font, "text", rule("list.name.size"))
        sheet.y = top + high + px("list.gap")

    def cover(self) -> Media | None:
        """The chosen one; of an image post its first picture."""
        files = options.pictures(self.content)
        return files[0] if is_image(self.content) and files else options.cover(self.content)


class Listed(_Framed):
    """Account, cover at 2.35:1, title below it; an image post with its first pictures."""

    def inside(self) -> None:
        self.sheet.y += px("list.pad")
        self.owner()
        self._shown()
        self.sheet.y += self.limited("title", options.title(self.content), self.x, self.w, "list.title", weight=500)
        self.sheet.y += px("list.pad")

    def _shown(self) -> None:
        files = options.pictures(self.content) if is_image(self.content) else ()
        if not is_image(self.content):
            self._one("image:cover", self.cover(), "cover.ratio")
        elif len(files) >= px("list.strip"):
            self._strip(files[: int(px("list.strip"))])
        elif files:
            self._one("image:1", files[0], "list.post.ratio")

    def _one(self, name: str, media: Media | None, key: str) -> None:
        high = self.w / px(key)
        self.picture(name, media, self.x, self.w, high, key)
        self.sheet.y += high + px("list.gap")

    def _strip(self, files: tuple[Media, ...]) -> None:
        """Side by side, as wide and as high as one cover."""
        gap, high = px("list.strip.gap"), self.w / px("cover.ratio")
        wide = (self.w - (len(files) - 1) * gap) / len(files)
        for number, media in enumerate(files):
            x = self.x + number * (wide + gap)
            self.picture(f"image:{number + 1}", media, x, wide, high, "list.strip")
        self.sheet.y += high + px("list.gap")


class ListedSmall(_Framed):
    """Account, title on the left, a small square picture on the right."""

    def inside(self) -> None:
        sheet, size = self.sheet, min(px("small.thumb"), self.w / 2)
        sheet.y += px("list.pad")
        self.owner()
        room = self.w - size - px("small.gap")
        self.picture("image:cover", self.cover(), self.x + self.w - size, size, size, "small.thumb",
                     px("thumb.radius"))
        high = self.limited("title", options.title(self.content), self.x, room, "list.title", weight=500)
        sheet.y += max(high, size) + px("list.pad")


class Push(_Framed):
    """Several articles sent at once: this one first, with its title on the cover; the others in rows below."""

    def inside(self) -> None:
        self.x, self.w = px("list.side"), max(1.0, self.width - 2 * px("list.side"))
        self._head()
        others = self.view.others[: int(px("push.most")) - 1]
        plain = max(0, int(px("push.plain")) - len(others))
        for number, media in enumerate((*others, *(None for _ in range(plain)))):
            self._row(number + 2, media)

    def _head(self) -> None:
        sheet, pad, top = self.sheet, px("push.title.pad"), self.sheet.y
        high = self.w / px("cover.ratio")
        self.picture("image:cover", self.cover(), self.x, self.w, high, "cover.ratio", px("list.radius"))
        at = len(sheet.boxes)
        tall = self.limited("title", options.title(self.content), self.x + pad, self.w - 2 * pad, "list.title",
                            "on-badge", 500)
        begins = max(top, top + high - tall - pad)
        above, bottom = max(top, begins - pad), max(top + high, begins + tall)
        shade = Box("shade", "shade", self.x, above, self.w, bottom - above, token="shade",
                    rule=rule("push.title.pad"))
        sheet.boxes[at:] = [shade, replace(sheet.boxes[at], y=begins)]
        sheet.y = bottom

    def _row(self, number: int, media: Media | None) -> None:
        """Another article: its words are not known here, so two grey lines stand for them."""
        sheet, pad, size = self.sheet, px("push.pad"), min(px("push.thumb"), self.w / 2)
        inner = max(1.0, self.w - 2 * px("list.pad"))
        x, top = self.x + (self.w - inner) / 2, sheet.y
        sheet.put("line", f"line:{number}", x, inner, px("hair"), token="hair", rule=rule("hair"))
        sheet.y = top + px("hair") + pad
        self._plain(number, x, max(1.0, inner - size - px("small.gap")), size)
        self.picture(f"cell:{number}", media, x + inner - size, size, size, "push.thumb", px("thumb.radius"))
        sheet.y += size + pad

    def _plain(self, number: int, x: float, room: float, size: float) -> None:
        sheet, high, top = self.sheet, px("push.plain.height"), self.sheet.y
        sheet.y = top + (size - 2 * high - px("push.plain.gap")) / 2
        for name, wide in ((f"row:{number}", room), (f"row:{number}.more", room * px("push.plain.share"))):
            sheet.put("fill", name, x, wide, high, token="hair", radius=high / 2, rule=rule("push.plain.height"))
            sheet.y += high + px("push.plain.gap")
        sheet.y = top
