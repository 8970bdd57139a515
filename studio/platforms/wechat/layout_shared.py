"""A post that somebody passed on: as a card in a chat, and in Moments."""

from __future__ import annotations

from studio.platforms.wechat import options, rules, times
from studio.platforms.wechat.layout_page import Page, is_image
from studio.platforms.wechat.spec import px, rule


class _Passed(Page):
    """Its sender is not known here, so a plain square stands for the picture."""

    confidence = "recalled"

    def sender(self, x: float, key: str) -> None:
        self.sheet.put("fill", "sender", x, px(key), px(key), token="line", radius=px("chat.radius"), rule=rule(key))

    @property
    def first(self) -> bool:
        """True for an image post that has a picture."""
        return is_image(self.content) and bool(options.pictures(self.content))

    @property
    def about(self) -> str:
        return options.digest(self.content) or rules.made_digest(self.content)


class Share(_Passed):
    """A bubble with title, summary and small picture; of an image post its first picture, large."""

    ground = "page"

    def draw(self) -> None:
        sheet = self.sheet
        sheet.y = px("chat.top")
        self.sender(px("chat.side"), "chat.avatar")
        x = px("chat.side") + px("chat.avatar") + px("chat.gap")
        wide = max(1.0, min(px("share.width"), self.width - x - px("chat.side")))
        self.x, self.w = x + px("share.pad"), max(1.0, wide - 2 * px("share.pad"))
        top = sheet.y
        self.framed("bubble", "bubble", "share.radius", x, wide, self._large if self.first else self._small)
        sheet.y = max(sheet.y, top + px("chat.avatar")) + px("chat.top")

    def _small(self) -> None:
        sheet, size = self.sheet, min(px("share.thumb"), self.w / 2)
        sheet.y += px("share.pad")
        sheet.y += self.limited("title", options.title(self.content), self.x, self.w, "share.title") + px("share.gap")
        self.picture("image:cover", options.cover(self.content), self.x + self.w - size, size, size, "share.thumb")
        high = 0.0
        if about := self.about:
            high = self.limited("about", about, self.x, self.w - size - px("share.gap"), "share.about", "second")
        sheet.y += max(high, size) + px("share.pad")
        self._foot()

    def _large(self) -> None:
        """At 3:4 when it stands, else at 4:3; the title below."""
        sheet, media = self.sheet, options.pictures(self.content)[0]
        whole = self.w + 2 * px("share.pad")
        key = "share.post.tall" if media.height > media.width else "share.post.wide"
        high = whole / px(key)
        self.picture("image:1", media, self.x - px("share.pad"), whole, high, key, px("share.radius"))
        sheet.y += high + px("share.pad")
        sheet.y += self.limited("title", options.title(self.content), self.x, self.w, "share.title") + px("share.pad")
        self._foot()

    def _foot(self) -> None:
        """A line, and whose it is."""
        sheet, size, font = self.sheet, px("share.foot.icon"), self.font("share.foot")
        sheet.put("line", "line", self.x, self.w, px("hair"), token="hair", rule=rule("hair"))
        sheet.y += px("hair") + px("share.foot.pad")
        high, top = max(size, font.line), sheet.y
        sheet.y = top + (high - size) / 2
        self.disc("avatar", self.x, size, "share.foot.icon", self.letter)
        sheet.y = top + (high - font.line) / 2
        x = self.x + size + px("share.foot.pad")
        if self.account and (room := self.x + self.w - x) > font.size:
            sheet.label("name", x, room, self.account, font, "second", rule("share.foot.size"))
        sheet.y = top + high + px("share.foot.pad")


class Moments(_Passed):
    """A friend's name, a grey box with a small picture and the title, and when."""

    def draw(self) -> None:
        sheet = self.sheet
        sheet.y = px("moments.top")
        self.sender(px("moments.side"), "moments.avatar")
        top = sheet.y
        self.x = px("moments.side") + px("moments.avatar") + px("moments.gap")
        self.w = max(1.0, self.width - self.x - px("moments.side"))
        font = self.font("moments.name", 600)
        sheet.label("friend", self.x, self.w, self.word("friend"), font, "link", rule("moments.name.size"))
        sheet.y += font.line + px("moments.near")
        self._box()
        small = self.font("moments.time")
        sheet.y += px("moments.gap")
        sheet.label("time", self.x, self.w, times.brief(self.view), small, "muted", rule("moments.time.size"))
        sheet.y = max(sheet.y + small.line, top + px("moments.avatar")) + px("moments.top")

    def _box(self) -> None:
        sheet, pad, size = self.sheet, px("moments.pad"), px("moments.thumb")
        at, top = len(sheet.boxes), sheet.y
        sheet.put("fill", "link", self.x, self.w, 0, token="box", rule=rule("moments.pad"))
        sheet.y += pad
        media = options.pictures(self.content)[0] if self.first else options.cover(self.content)
        self.picture("image:1" if self.first else "image:cover", media, self.x + pad, size, size, "moments.thumb")
        x = self.x + pad + size + px("moments.gap")
        room = max(1.0, self.x + self.w - pad - x)
        high = self.limited("title", options.title(self.content), x, room, "moments.title", middle=size)
        sheet.y = top + max(size, high) + 2 * pad
        self.grow(at, sheet.y - top)
