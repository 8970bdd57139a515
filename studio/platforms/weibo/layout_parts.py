"""What a post in the feed ends with: the card of a link, and the bar of three actions."""

from __future__ import annotations

from studio.core.card import Box, Font
from studio.platforms.bars import put_buttons
from studio.platforms.boxes import Cut, Sheet, ellipsized
from studio.platforms.text import host
from studio.platforms.weibo import spec
from studio.platforms.weibo.spec import own, px


class LinkCard:
    """A picture's place, title and address in the column (x, w). The page itself is never fetched."""

    def __init__(self, sheet: Sheet, x: float, w: float) -> None:
        self.sheet, self.x, self.w = sheet, x, w

    def put(self, link: str, language: str) -> None:
        """From the sheet's height on, which moves below it."""
        sheet, top, at = self.sheet, self.sheet.y, len(self.sheet.boxes)
        title = sheet.font(px("link.size"), px("link.line"))
        about = sheet.font(px("link.about"), px("link.line"))
        left = self.x + min(px("link.image"), self.w / 2) + px("link.pad")
        room = max(1.0, self.x + self.w - px("link.pad") - left)
        cuts = [(name, ellipsized(text, font, room, most, sheet.metrics), font) for name, text, font, most in (
            ("link.title", host(link) or spec.word("link", language), title, 1),
            ("link.about", link.strip(), about, int(px("link.lines")) - 1),
        )]
        words = sum(len(cut.lines) * font.line for _, cut, font in cuts)
        high = max(px("link.height"), words)
        self._words(cuts, left, room, top + (high - words) / 2)
        self._place(top, high)
        sheet.boxes[at:at] = self._ground(top, high)
        sheet.y = top + high

    def _words(self, cuts: list[tuple[str, Cut, Font]], left: float, room: float, y: float) -> None:
        self.sheet.y = y
        for name, cut, font in cuts:
            token = "text" if name == "link.title" else "muted"
            self.sheet.words(name, left, room, cut, font, token=token, rule=spec.rule("link.lines"))

    def _place(self, top: float, high: float) -> None:
        """Of the page's picture, which is not known here."""
        side, icon = min(px("link.image"), self.w / 2), min(px("link.icon"), self.w / 4)
        self.sheet.y = top + (high - icon) / 2
        self.sheet.put("icon", "link.icon", self.x + (side - icon) / 2, icon, icon, icon="link-2", token="muted",
                       rule=spec.rule("link.icon"))

    def _ground(self, top: float, high: float) -> list[Box]:
        sheet, side = self.sheet, min(px("link.image"), self.w / 2)
        at = len(sheet.boxes)
        sheet.y = top
        sheet.put("fill", "link", self.x, self.w, high, token="fill", rule=spec.rule("link.height"))
        sheet.put("fill", "link.image", self.x, side, high, token="fill.line", rule=spec.rule("link.image"))
        sheet.put("ring", "link.border", self.x, self.w, high, token="fill.line", stroke=px("link.border"),
                  rule=spec.rule("link.border"))
        made = sheet.boxes[at:]
        del sheet.boxes[at:]
        return made


class Bar:
    """Repost, comment, like: three thirds below a hairline."""

    def __init__(self, sheet: Sheet, width: float, web: bool) -> None:
        self.sheet, self.width, self.web = sheet, width, web
        self.font = sheet.font(px(own("bar.size", web)), px("bar.line"))
        self.high = max(px(own("bar", web)), self.font.line)

    def put(self, language: str) -> None:
        """From the sheet's height on, which moves below it."""
        sheet = self.sheet
        line, size, icon = (own(name, self.web) for name in ("line", "bar.size", "bar.icon"))
        sheet.put("line", "line", 0, self.width, px(line), token="line", rule=spec.rule(line))
        sheet.y += px(line)
        buttons = [(name, drawn, spec.word(name, language)) for name, drawn in spec.ACTIONS]
        put_buttons(sheet, buttons, 0, self.width, self.high, px(icon), px("bar.gap"), self.font,
                    token="web.action" if self.web else "action", rules=(spec.rule(icon), spec.rule(size)))
        sheet.y += px("bar.bottom")
