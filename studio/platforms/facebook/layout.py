"""A page's post as it is seen: in the feed on a phone and on a computer, on a colour, as a reel.

The numbers and their sources are in `spec`.
"""

from __future__ import annotations

from collections.abc import Sequence

from studio.core.card import Box, Card, Font, Metrics, Run, View
from studio.core.post import Content, Media
from studio.platforms.bare import stretches
from studio.platforms.bars import put_buttons
from studio.platforms.boxes import Cut, Sheet, cover, ellipsized, one_line
from studio.platforms.facebook import spec
from studio.platforms.facebook.layout_collage import Rect, clip, collage, photo, shape
from studio.platforms.facebook.message import message, normal, tags_in
from studio.platforms.facebook.spec import px
from studio.platforms.facebook.times import when
from studio.platforms.folding import Fold, fold_lines
from studio.platforms.text import host, initial


class _Post:
    """One layout: the sheet and its column."""

    def __init__(self, content: Content, view: View, metrics: Metrics) -> None:
        self.content, self.view, self.width, self.language = content, view, view.width, view.language
        self.sheet = Sheet(metrics, text=view.text)
        self.desktop = view.surface == "desktop"
        self.pad = px("pad") if self.desktop else px("pad.phone")
        self.w = max(1.0, self.width - 2 * self.pad)

    def boxes(self) -> tuple[Box, ...]:
        """All boxes, the ground first."""
        self._head()
        self._content()
        self._actions()
        if not self.desktop:
            self.sheet.put("fill", "apart", 0, self.width, px("apart"), token="apart", rule=spec.rule("apart"))
            self.sheet.y += px("apart")
        radius = px("radius") if self.desktop else 0.0
        ground = Box("card", "card", 0, 0, self.width, self.sheet.y, token="card", radius=radius,
                     rule=spec.rule("radius"))
        return (ground, *self.sheet.boxes)

    def _content(self) -> None:
        """Words, then photos, a video or a link's card."""
        text = normal(message(self.content))
        if self.view.surface == "background" and on_colour(self.content):
            self._colour(text)
            return
        if text:
            self._body(text)
        if self.content.media:
            self._media(self.content.media)
        elif self.content.link:
            self._link(self.content.link)

    # head --------------------------------------------------------------------------------------------------------

    def _head(self) -> None:
        """The page's picture, its name, and below it when and for whom."""
        sheet, size = self.sheet, px("avatar")
        name = self.content.name or self.content.handle
        bold = sheet.font(px("name.size"), px("name.line"), 600)
        meta = sheet.font(px("meta.size"), px("meta.line"))
        words = bold.line + meta.line
        top = px("head.top")
        sheet.y = top + max(0.0, (words - size) / 2)
        sheet.put("avatar", "avatar", self.pad, size, size, text=initial(name), token="avatar",
                  radius=size / 2, rule=spec.rule("avatar"))
        left, room = self.pad + size + px("head.gap"), max(1.0, self.w - size - px("head.gap"))
        sheet.y = top + max(0.0, (size - words) / 2)
        sheet.label("name", left, room, name, bold, rule=spec.rule("name.size"))
        sheet.y += bold.line
        self._meta(left, room, meta)
        sheet.y = top + max(size, words) + px("head.bottom")

    def _meta(self, left: float, room: float, font: Font) -> None:
        sheet, icon = self.sheet, px("globe")
        told = f"{when(self.view.posted, self.view.now, self.language)} ·"
        text = one_line(told, font, max(1.0, room - icon - px("globe.gap")), sheet.metrics)
        wide = sheet.metrics.advance(text, font)
        sheet.label("time", left, min(wide, room), text, font, "muted", spec.rule("meta.size"))
        top = sheet.y
        sheet.y += (font.line - icon) / 2
        x = min(left + wide + px("globe.gap"), self.width - icon)
        sheet.put("icon", "visibility", x, icon, icon, icon="globe", token="muted",
                  text=spec.word("public", self.language), rule=spec.rule("globe"))
        sheet.y = top

    # text --------------------------------------------------------------------------------------------------------

    def _body(self, text: str) -> None:
        """Folded by lines; a few words without anything else are drawn large, and whole."""
        folded, font = self._folded(text), self._font()
        own = runs(text)
        if folded.label is None:
            alone = not self.content.media and not self.content.link
            if alone and len(text) < px("large.most"):
                font = self.sheet.font(px("large.size"), px("large.line"))
            folded = Fold(Cut(text, self.sheet.metrics.lines(text, font, self.w)), len(text))
        elif self.view.unfolded:
            folded = self._unfolded(text, font)
        label = folded.runs(own, "text", 600) if self.desktop else folded.runs(own)
        self.sheet.words("body", self.pad, self.w, folded.cut, font, runs=label, rule=spec.rule(self._lines()))
        self.sheet.y += px("text.bottom")

    def _font(self) -> Font:
        return self.sheet.font(px("text.size"), px("text.line"))

    def _lines(self) -> str:
        return "fold.lines" if self.desktop else "fold.lines.phone"

    def _folded(self, text: str) -> Fold:
        lead = spec.ELLIPSIS.get(self.language, spec.ELLIPSIS["en"])
        more = spec.word("more", self.language)
        return fold_lines(text, self._font(), self.w, int(px(self._lines())), more, self.sheet.metrics, lead=lead)

    def _unfolded(self, text: str, font: Font) -> Fold:
        """All of it, and the way back at its end."""
        shown = f"{text} {spec.word('less', self.language)}"
        return Fold(Cut(shown, self.sheet.metrics.lines(shown, font, self.w)), len(text), (len(text) + 1, len(shown)))

    def _colour(self, text: str) -> None:
        """White words in the middle of a colour."""
        sheet, pad = self.sheet, px("ground.pad")
        font = sheet.font(px("ground.size"), px("ground.line"), 700)
        room = max(1.0, self.width - 2 * pad)
        lines = sheet.metrics.lines(text, font, room)
        words = len(lines) * font.line
        high, top = max(px("ground.least"), words + 2 * pad), sheet.y
        sheet.put("fill", "ground", 0, self.width, high, token="ground", rule=spec.rule("ground.least"))
        sheet.y = top + (high - words) / 2
        sheet.put("text", "body", pad, room, words, text=text, font=font, token="on-ground", lines=lines,
                  align="center", rule=spec.rule("ground.size"))
        sheet.y = top + high

    # media -------------------------------------------------------------------------------------------------------

    def _media(self, media: Sequence[Media]) -> None:
        """Over the whole width; only the first five photos are seen."""
        if len(media) == 1:
            self._one(media[0])
            return
        shown = media[: int(px("shown"))]
        places = collage(shape(shown[0]), len(shown), self.width)
        top, hidden = self.sheet.y, len(media) - int(px("hidden.from"))
        for number, (item, place) in enumerate(zip(shown, places, strict=True), start=1):
            self._item(number, item, top, place, "gap")
        if hidden > 0:
            self._hidden(hidden, top, places[-1])
        self.sheet.y = top + max(y + h for _, y, _, h in places)

    def _one(self, media: Media) -> None:
        top = self.sheet.y
        if media.kind == "image":
            box = place = photo(media, self.width)
            followed = "one.tallest"
        else:
            box, place = clip(media, self.width, self.desktop)
            followed = "clip.tallest.desktop" if self.desktop else "clip.tallest"
        if place[2] < box[2]:
            self.sheet.put("backdrop", "backdrop", box[0], box[2], box[3], media=media.media, rule=spec.rule(followed),
                           crop=cover(media.width, media.height, box[2], box[3], media.focus))
        self._item(1, media, top, place, followed)
        self.sheet.y = top + box[3]

    def _item(self, number: int, media: Media, top: float, place: Rect, followed: str) -> None:
        x, y, w, h = place
        self.sheet.y = top + y
        named = "video" if media.kind in ("video", "audio") else "image"
        self.sheet.put("video" if named == "video" else "image", f"{named}:{number}", x, w, h, media=media.media,
                       crop=cover(media.width, media.height, w, h, media.focus), rule=spec.rule(followed))

    def _hidden(self, number: int, top: float, place: Rect) -> None:
        """How many more there are, over the whole of the last photo."""
        x, y, w, h = place
        font, text = self.sheet.font(px("hidden.size"), px("hidden.line")), f"+{number}"
        if (wide := self.sheet.metrics.advance(text, font)) > w:
            font = Font(font.size * w / wide, font.line * w / wide)
        self.sheet.y = top + y
        self.sheet.put("badge", "others", x, w, h, text=text, font=font, token="veil", align="center",
                       rule=spec.rule("hidden.from"))

    # link --------------------------------------------------------------------------------------------------------

    def _link(self, address: str) -> None:
        """What Facebook will read from the page (title, picture) is not known here: its address stands for it."""
        sheet, high, icon = self.sheet, self.width / px("card.ratio"), px("card.icon")
        top = sheet.y
        sheet.put("fill", "link.picture", 0, self.width, high, token="fill", rule=spec.rule("card.ratio"))
        sheet.y = top + (high - icon) / 2
        sheet.put("icon", "link.icon", (self.width - icon) / 2, icon, icon, icon="globe", token="muted",
                  rule=spec.rule("card.icon"))
        sheet.y = top + high
        self._link_words(address)

    def _link_words(self, address: str) -> None:
        sheet, x = self.sheet, px("card.pad.x")
        room = max(1.0, self.width - 2 * x)
        small = sheet.font(px("host.size"), px("host.line"))
        title = sheet.font(px("title.size"), px("title.line"), 600)
        bare = address.partition("://")[2] or address
        cut = ellipsized(bare, title, room, int(px("title.lines")), sheet.metrics)
        tall = 2 * px("card.pad") + small.line + len(cut.lines) * title.line
        sheet.put("fill", "link", 0, self.width, tall, token="fill", rule=spec.rule("card.pad"))
        sheet.y += px("card.pad")
        sheet.label("link.host", x, room, host(address).upper(), small, "muted", spec.rule("host.size"))
        sheet.y += small.line
        sheet.words("link.title", x, room, cut, title, rule=spec.rule("title.size"))
        sheet.y += px("card.pad")

    # foot --------------------------------------------------------------------------------------------------------

    def _actions(self) -> None:
        """Three, each a third of the width, below a hairline."""
        sheet = self.sheet
        font = sheet.font(px("action.size"), px("action.line"), 600)
        high = max(px("action.height"), font.line)
        sheet.put("line", "line", self.pad, self.w, px("line"), token="line", rule=spec.rule("line"))
        sheet.y += px("line")
        buttons = [(name, drawn, spec.word(name, self.language)) for name, drawn in spec.ACTIONS]
        put_buttons(sheet, buttons, self.pad, self.w, high, px("action.icon"), px("action.gap"), font, token="muted",
                    rules=(spec.rule("action.icon"), spec.rule("action.size")))


def on_colour(content: Content) -> bool:
    """Whether its words may stand on a colour: few of them, without media and without a link."""
    text = normal(message(content))
    linked = content.link or any(address for _, address in stretches(text))
    return bool(text) and not content.media and not linked and len(text) <= px("ground.most")


def runs(text: str) -> list[Run]:
    """Addresses and hashtags in the link colour."""
    found, at = [], 0
    for piece, address in stretches(text):
        if address:
            found.append(Run(at, at + len(piece)))
        at += len(piece)
    found += [Run(m.start(), m.end()) for m in tags_in(text)]
    kept: list[Run] = []
    for run in sorted(found, key=lambda r: r.start):
        if not kept or run.start >= kept[-1].end:
            kept.append(run)
    return kept


def layout(content: Content, view: View, metrics: Metrics) -> Card:
    """The post as it stands on that surface, `width` px wide."""
    post = _Post(content, view, metrics)
    boxes = post.boxes()
    return spec.TABLE.card(view, post.sheet.y, boxes, "third-party")
