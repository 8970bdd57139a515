"""A message in a channel, as boxes. The numbers and their sources are in `spec`."""

from __future__ import annotations

from datetime import datetime

from studio.core.card import Box, Card, Font, Line, Metrics, View
from studio.core.post import Content
from studio.platforms.boxes import Cut, Sheet, ellipsized, one_line
from studio.platforms.corners import badge
from studio.platforms.telegram import layout_media, rules, spec
from studio.platforms.telegram.entities import marked, runs
from studio.platforms.telegram.spec import px
from studio.platforms.text import host


def stamp(posted: datetime | None, now: datetime | None, language: str) -> str:
    """"09:30"; "now" when neither time is known."""
    when = posted or now
    return spec.word("now", language) if when is None else f"{when:%H:%M}"


class _Message:
    """One layout. x, most: the bubble's left edge and the widest it may be; w: how wide it is."""

    def __init__(self, content: Content, view: View, metrics: Metrics) -> None:
        self.content, self.view, self.width, self.language = content, view, view.width, view.language
        self.sheet = Sheet(metrics, px("chat.pad"), text=view.text)
        self.x = px("chat.pad")
        self.most = max(1.0, min(px("bubble.most"), self.width - px("bubble.beside")))
        self.message = marked(rules.body(content))
        self.media = content.media[: int(px("album.most"))]
        self.font = self.sheet.font(px("text.size"), px("text.line"))
        self.small = self.sheet.font(px("meta.size"), px("meta.line"))
        self.single = layout_media.one(
            self.media[0], self.most, len(self.message.text), self.width < px("phone")
        ) if len(self.media) == 1 else None
        self.places = layout_media.places(self.media, self.most) if len(self.media) > 1 else []
        self.w = self._wide()
        self.inner = max(1.0, self.w - 2 * px("pad.x"))

    # measures ----------------------------------------------------------------------------------------------------

    @property
    def named(self) -> str:
        return self.content.name or self.content.handle

    def _wide(self) -> float:
        """As wide as its media; else as its longest line, with the time beside the last one where there is room."""
        if self.single is not None:
            return self.single.field[0]
        if self.places:
            return max(x + w for x, _, w, _ in self.places)
        if rules.page_address(self.content):
            return self.most
        metrics, room = self.sheet.metrics, max(1.0, self.most - 2 * px("pad.x"))
        lines = metrics.lines(self.message.text, self.font, room)
        bold = self._bold()
        wanted = max(*(line.width for line in lines), metrics.advance(self.named, bold), self._meta_wide())
        beside = lines[-1].width + px("meta.before") + self._meta_wide() - px("meta.out")
        return min(self.most, max(wanted, beside if beside <= room else 0.0) + 2 * px("pad.x"))

    def _bold(self) -> Font:
        return self.sheet.font(px("name.size"), px("name.line"), 500)

    def _time(self) -> str:
        return stamp(self.view.posted, self.view.now, self.language)

    def _meta_wide(self) -> float:
        """Views, eye and time."""
        metrics = self.sheet.metrics
        words = metrics.advance(spec.word("one", self.language), self.small) + metrics.advance(self._time(), self.small)
        return words + px("meta.icon.left") + px("meta.icon") + px("meta.icon.right") + px("meta.end")

    # parts -------------------------------------------------------------------------------------------------------

    def boxes(self) -> tuple[Box, ...]:
        """All boxes, the chat's ground first, then the bubble."""
        sheet, top = self.sheet, self.sheet.y
        self._head()
        top_free, bottom_free = not self.named, not self.message.text
        if self.single is not None:
            layout_media.put_one(sheet, self.media[0], self.single, self.x, self.width, top_free, bottom_free)
        elif self.places:
            layout_media.put(sheet, self.media, self.places, self.x, self.width, top_free, bottom_free)
        if self.media and not self.message.text:
            self._meta_on_media()
        else:
            self._words()
        bottom = sheet.y
        sheet.y = top
        bubble = Box("fill", "bubble", self.x, top, self.w, bottom - top, token="card", radius=px("bubble.radius"),
                     rule=spec.rule("bubble.most"))
        self._share(bottom)
        self.height = max(bottom, px("chat.pad") + px("share")) + px("chat.pad")
        ground = Box("card", "card", 0, 0, self.width, self.height, token="ground", rule=spec.rule("chat.pad"))
        return (ground, bubble, *sheet.boxes)

    def _head(self) -> None:
        sheet, font = self.sheet, self._bold()
        if not self.named:
            return
        sheet.y += px("pad.top")
        sheet.label("name", self.x + px("pad.x"), self.inner, self.named, font, "name", spec.rule("name.size"))
        sheet.y += font.line + (px("name.bottom") if self.media else 0.0)

    def _words(self) -> None:
        """The text, the page of its address, and the time: in the last line of the text, or below everything."""
        sheet = self.sheet
        sheet.y += px("text.top") if self.media else 0.0 if self.named else px("pad.top")
        left = self.x + px("pad.x")
        lines = sheet.metrics.lines(self.message.text, self.font, self.inner)
        if self.message.text:
            sheet.words("body", left, self.inner, Cut(self.message.text, lines), self.font, runs=runs(self.message),
                        rule=spec.rule("text.size"))
        if address := rules.page_address(self.content):
            self._page(address)
        self._meta(lines[-1] if self.message.text and not address else None)
        sheet.y += px("pad.bottom")

    def _meta(self, last: Line | None) -> None:
        """last: the text's last line, where it floats at the right end if there is room."""
        sheet, wide = self.sheet, self._meta_wide() - px("meta.out")
        room = self.inner - (last.width if last is not None else self.inner)
        if room < wide + px("meta.before"):
            sheet.y += self.small.line
        self._meta_at(self.x + px("pad.x") + self.inner + px("meta.out"), sheet.y + px("meta.down"), "meta")

    def _meta_at(self, right: float, bottom: float, token: str) -> None:
        """Views, eye and time, their right end at `right`."""
        sheet, icon = self.sheet, px("meta.icon")
        time = badge(sheet, "time", one_line(self._time(), self.small, max(1.0, right), sheet.metrics), self.small, 0.0,
                     (right - px("meta.end"), bottom), "bottom-right", self.width, rule=spec.rule("meta.size"),
                     token=token)
        x = max(0.0, time.x - px("meta.icon.right") - icon)
        kept, sheet.y = sheet.y, bottom - (self.small.line + icon) / 2
        sheet.put("icon", "views", x, icon, icon, icon="eye", token=f"on-{token}",
                  text=spec.word("views", self.language), rule=spec.rule("meta.icon"))
        sheet.y = kept
        badge(sheet, "count:views", spec.word("one", self.language), self.small, 0.0,
              (x - px("meta.icon.left"), bottom), "bottom-right", self.width, rule=spec.rule("meta.size"), token=token)

    def _meta_on_media(self) -> None:
        """Without words they stand on the picture, on a dark ground."""
        sheet, inset, pad = self.sheet, px("meta.inset"), px("meta.pad")
        high = max(px("meta.high"), self.small.line)
        top = min((box.y for box in sheet.boxes if box.media), default=sheet.y)
        sheet.y = max(sheet.y, top + high + 2 * inset)  # a strip of a few px has room for them, too
        right, bottom = self.x + self.w - inset, sheet.y - inset
        wide = min(self.w, self._meta_wide() + 2 * pad)
        kept, sheet.y = sheet.y, bottom - high
        sheet.put("fill", "meta", right - wide, wide, high, token="meta-ground", radius=high / 2,
                  rule=spec.rule("meta.inset"))
        sheet.y = kept
        self._meta_at(right - pad, bottom - (high - self.small.line) / 2, "clear")

    def _page(self, address: str) -> None:
        """Site and title on a tinted ground with a bar; the page is not fetched, so a field stands for its photo."""
        sheet, pad = self.sheet, px("page.pad")
        sheet.y += px("page.top")
        top, at, left = sheet.y, len(sheet.boxes), self.x + px("pad.x")
        square = min(px("page.square"), self.inner / 2)
        large = str(self.content.options.get("preview") or "") == "large"
        x = left + pad + px("page.inner")
        room = max(1.0, self.inner - 2 * pad - px("page.inner"))
        sheet.y += pad
        self._page_words(address, x, max(1.0, room - (0.0 if large else square + px("page.square.left"))))
        if large:
            sheet.y += px("page.large.top")
            self._page_photo(x, sheet.y, room, room / px("page.large"))
            sheet.y += room / px("page.large")
        else:
            self._page_photo(left + self.inner - pad - square, top + pad, square, square)
            sheet.y = max(sheet.y, top + pad + square)
        bottom = sheet.y + pad
        self._page_ground(at, left, top, bottom)
        sheet.y = bottom + px("page.bottom")

    def _page_words(self, address: str, x: float, room: float) -> None:
        sheet = self.sheet
        font = sheet.font(px("page.size"), px("page.line"), 500)
        sheet.label("link.host", x, room, host(address), font, "link", spec.rule("page.size"))
        sheet.y += font.line + px("page.gap")
        if title := self.content.title.strip():
            cut = ellipsized(title, font, room, int(px("page.title.lines")), sheet.metrics)
            sheet.words("link.title", x, room, cut, font, rule=spec.rule("page.title.lines"))

    def _page_photo(self, x: float, y: float, w: float, h: float) -> None:
        sheet, icon = self.sheet, px("page.icon")
        kept, sheet.y = sheet.y, y
        sheet.put("fill", "link.picture", x, w, h, token="line", radius=px("page.radius"),
                  rule=spec.rule("page.square"))
        sheet.y = y + (h - icon) / 2
        sheet.put("icon", "link.icon", x + (w - icon) / 2, icon, icon, icon="link", token="muted",
                  rule=spec.rule("page.icon"))
        sheet.y = kept

    def _page_ground(self, at: int, left: float, top: float, bottom: float) -> None:
        made = Box("fill", "link", left, top, self.inner, bottom - top, token="fill", radius=px("page.radius"),
                   rule=spec.rule("page.radius"))
        bar = Box("fill", "link.bar", left, top, px("page.bar"), bottom - top, token="bar", radius=px("page.bar") / 2,
                  rule=spec.rule("page.bar"))
        self.sheet.boxes[at:at] = [made, bar]

    def _share(self, bottom: float) -> None:
        """A round button beside the bubble's lower end."""
        sheet, side, icon = self.sheet, px("share"), px("share.icon")
        x = self.x + self.w + px("share.gap")
        sheet.y = max(px("chat.pad"), bottom - side)
        sheet.put("fill", "button", x, side, side, token="button", radius=side / 2, rule=spec.rule("share"))
        sheet.y += (side - icon) / 2
        sheet.put("icon", "action:share", x + (side - icon) / 2, icon, icon, icon="share-2", token="on-button",
                  text=spec.word("share", self.language), rule=spec.rule("share.icon"))


def layout(content: Content, view: View, metrics: Metrics) -> Card:
    """The message in its channel, `width` px of the chat wide. Nothing folds there."""
    message = _Message(content, view, metrics)
    boxes = message.boxes()
    return spec.TABLE.card(view, message.height, boxes, "seen")
