"""What all of WeChat's places share: a sheet with a column, words in it, pictures, and the bar below a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import ClassVar

from studio.core.card import Box, Confidence, Font, Metrics, Run, View, Weight
from studio.core.post import Content, Media
from studio.platforms.boxes import Cut, Sheet, cover, ellipsized
from studio.platforms.text import initial
from studio.platforms.wechat import options, spec
from studio.platforms.wechat.spec import px, rule


def is_image(content: Content) -> bool:
    """True for an image post."""
    return options.kind(content) == "image"


class Page:
    """One drawing: the sheet and its column, from `x` and `w` wide.

    shown, pages   which picture of how many is on the stage
    """

    ground: ClassVar[str] = "card"
    confidence: ClassVar[Confidence] = "seen"

    def __init__(self, content: Content, view: View, metrics: Metrics) -> None:
        self.content, self.view, self.width = content, view, view.width
        self.wide = view.width >= px("wide.from")
        self.sheet = Sheet(metrics, px("wide.top") if self.wide else px("page.top"), text=view.text)
        self.shown, self.pages, self.height = 0, 1, 0.0
        self.x, self.w = 0.0, view.width
        self.column(px("page.side"))

    def boxes(self) -> tuple[Box, ...]:
        """All boxes, the ground first."""
        self.draw()
        self.height = max(1.0, self.sheet.y)
        ground = Box("card", "card", 0, 0, self.width, self.height, token=self.ground, rule=rule("page.side"))
        return (ground, *self.sheet.boxes)

    def draw(self) -> None:
        """Puts everything down; the sheet's height is then the card's."""
        raise NotImplementedError

    # places ----------------------------------------------------------------------------------------------------

    def column(self, side: float) -> None:
        """As wide as the page without its sides; on a wide one as wide as the page has it, in the middle."""
        room = min(px("column"), self.width) if self.wide else self.width - 2 * side
        self.w = max(1.0, room)
        self.x = (self.width - self.w) / 2

    def framed(self, name: str, token: str, key: str, x: float, w: float, draw: Callable[[], None]) -> None:
        """A card around what `draw` puts down."""
        at, top = len(self.sheet.boxes), self.sheet.y
        self.sheet.put("card", name, x, w, 0, radius=px(key), token=token, rule=rule(key))
        draw()
        self.grow(at, self.sheet.y - top)

    def grow(self, at: int, high: float) -> None:
        """Gives box number `at` its height, which was not known when it was put down."""
        self.sheet.boxes[at] = replace(self.sheet.boxes[at], h=high)

    # words -----------------------------------------------------------------------------------------------------

    @property
    def language(self) -> str:
        return self.view.language

    def word(self, name: str, **values: object) -> str:
        return spec.word(name, self.language).format(**values)

    def font(self, key: str, weight: Weight = 400) -> Font:
        """The font of `key`: its size and line, at the reader's text size."""
        return self.sheet.font(px(f"{key}.size"), px(f"{key}.line"), weight)

    def words(
        self, name: str, text: str, font: Font, token: str = "text", inset: float = 0.0, at: str = "text.size",
        runs: tuple[Run, ...] = (),
    ) -> None:
        """All of a text, in the column."""
        room = max(1.0, self.w - inset)
        cut = Cut(text, self.sheet.metrics.lines(text, font, room))
        self.sheet.words(name, self.x + inset, room, cut, font, token=token, runs=runs, rule=rule(at))

    def limited(
        self, name: str, text: str, x: float, w: float, key: str, token: str = "text", weight: Weight = 400,
        middle: float = 0.0,
    ) -> float:
        """A text of at most the lines that `key` has; its height in px. The sheet's height stays.

        middle   px in whose middle it stands when it is lower
        """
        font, top, room = self.font(key, weight), self.sheet.y, max(1.0, w)
        cut = ellipsized(text or " ", font, room, int(px(f"{key}.lines")), self.sheet.metrics)
        high = len(cut.lines) * font.line
        self.sheet.y = top + max(0.0, (middle - high) / 2)
        self.sheet.words(name, x, room, cut, font, token=token, rule=rule(f"{key}.lines"))
        self.sheet.y = top
        return high

    def wide_of(self, text: str, font: Font) -> float:
        return self.sheet.metrics.advance(text, font)

    def title(self) -> None:
        if text := options.title(self.content):
            self.words("title", text, self.font("title", 500), at="title.size")
            self.sheet.y += px("title.gap")

    @property
    def account(self) -> str:
        return self.content.name or self.content.handle

    # pictures --------------------------------------------------------------------------------------------------

    def picture(
        self, name: str, media: Media | None, x: float, w: float, h: float, key: str, radius: float = 0.0
    ) -> None:
        """A picture that fills its place; a grey one where there is none. The height stays."""
        if media is None:
            self.sheet.put("fill", name, x, w, h, token="fill", radius=radius, rule=rule(key))
            return
        crop = cover(media.width, media.height, w, h, media.focus)
        self.sheet.put("image", name, x, w, h, media=media.media, crop=crop, radius=radius, rule=rule(key))

    def disc(self, name: str, x: float, size: float, key: str, letter: str = "") -> None:
        """The account's picture, round."""
        self.sheet.put("avatar", name, x, size, size, text=letter, token="avatar", radius=size / 2, rule=rule(key))

    @property
    def letter(self) -> str:
        return initial(self.account)

    # the bar below a page --------------------------------------------------------------------------------------

    def bar(self) -> None:
        """A line, the account on the left, what a reader can do on the right."""
        sheet, font = self.sheet, self.font("bar")
        sheet.y += px("bar.top")
        sheet.put("line", "bar", 0, self.width, px("hair"), token="hair", rule=rule("hair"))
        high = max(px("bar.avatar"), px("bar.icon"), font.line)
        sheet.y += px("hair") + px("bar.pad")
        left = self._actions(font, high)
        self._owner(font, high, left)
        sheet.y += high + px("bar.pad")

    def _asked(self) -> list[tuple[str, str]]:
        """Writing a comment only where comments are open."""
        open_ = options.flag(self.content, "open_comment")
        return [(name, icon) for name, icon in spec.ACTIONS if open_ or name != "comment"]

    def _actions(self, font: Font, high: float) -> float:
        """From the right end; without their words where there is no room. Gives the x where they begin."""
        sheet, icon, top = self.sheet, px("bar.icon"), self.sheet.y
        asked = self._asked()
        wide = {name: px("bar.near") + self.wide_of(self.word(name), font) for name, _ in asked}
        room = self.w - px("bar.avatar") - px("bar.near") - px("bar.least")
        if sum(wide.values()) + len(asked) * (icon + px("bar.gap")) > room:
            wide = dict.fromkeys(wide, 0.0)
        gap = max(0.0, min(px("bar.gap"), (self.w - len(asked) * icon) / len(asked)))
        x = left = self.x + self.w - sum(wide.values()) - len(asked) * icon - (len(asked) - 1) * gap
        for name, drawn in asked:
            sheet.y = top + (high - icon) / 2
            sheet.put("icon", f"action:{name}", x, icon, icon, icon=drawn, token="second", text=self.word(name),
                      rule=rule("bar.icon"))
            if wide[name]:
                sheet.y = top + (high - font.line) / 2
                self._said(f"label:{name}", x + icon + px("bar.near"), wide[name] - px("bar.near"), font, name)
            x += icon + wide[name] + gap
        sheet.y = top
        return left

    def _said(self, name: str, x: float, w: float, font: Font, what: str) -> None:
        self.sheet.label(name, x, w, self.word(what), font, "second", rule("bar.size"))

    def _owner(self, font: Font, high: float, left: float) -> None:
        """The account, as far as there is room before `left`."""
        sheet, size, top = self.sheet, px("bar.avatar"), self.sheet.y
        if self.x + size > left:
            return
        sheet.y = top + (high - size) / 2
        self.disc("bar.avatar", self.x, size, "bar.avatar", self.letter)
        x = self.x + size + px("bar.near")
        sheet.y = top + (high - font.line) / 2
        if (room := left - px("bar.near") - x) > font.size and self.account:
            sheet.label("bar.name", x, room, self.account, font, "text", rule("bar.size"))
        sheet.y = top


def attached(content: Content) -> Mapping[str, Media]:
    """The pictures of a post by the names its text calls them."""
    return {name: content.media[at] for name, at in options.places(content).items()}
