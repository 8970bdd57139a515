"""A page's post in the feed, as boxes. The numbers and their sources are in `spec`."""

from __future__ import annotations

from collections.abc import Sequence

from studio.core.card import Box, Card, Font, Line, Metrics, Run, View
from studio.core.post import Content, Media
from studio.platforms.bare import stretches
from studio.platforms.boxes import Cut, Sheet, cover, ellipsized, most_lines, one_line
from studio.platforms.facebook import spec
from studio.platforms.facebook.message import message, normal, tags_in
from studio.platforms.facebook.spec import px
from studio.platforms.text import host

Rect = tuple[float, float, float, float]


def shape(media: Media) -> str:
    """"landscape", "square" or "portrait"; an unknown size is taken for landscape."""
    if not media.width or not media.height:
        return "landscape"
    ratio = media.width / media.height
    if abs(ratio - 1) <= px("square"):
        return "square"
    return "landscape" if ratio > 1 else "portrait"


def single(media: Media, width: float) -> Rect:
    """One photo whole, a clip in its own shape; both only so tall."""
    usual = px("clip.usual")
    ratio = media.width / media.height if media.width and media.height else usual
    tallest = px("clip.tallest") if media.kind == "video" else px("one.tallest")
    return 0.0, 0.0, width, min(width / ratio, width * tallest)


def collage(first: str, number: int, width: float) -> list[Rect]:
    """Places of two to five photos; the first one's shape rules."""
    gap = px("gap")
    half, third = (width - gap) / 2, (width - 2 * gap) / 3
    if number == 2:
        return _two(first, width, half, gap)
    if number == 3:
        return _three(first, width, half, gap)
    if number == 4:
        return _four(first, width, half, third, gap)
    top: list[Rect] = [(0.0, 0.0, half, half), (half + gap, 0.0, half, half)]
    return top + [(n * (third + gap), half + gap, third, third) for n in range(3)]


def _two(first: str, width: float, half: float, gap: float) -> list[Rect]:
    if first == "landscape":
        return [(0.0, 0.0, width, width / 2), (0.0, width / 2 + gap, width, width / 2)]
    high = half if first == "square" else width
    return [(0.0, 0.0, half, high), (half + gap, 0.0, half, high)]


def _three(first: str, width: float, half: float, gap: float) -> list[Rect]:
    if first == "portrait":
        tall = 2 * half + gap
        return [(0.0, 0.0, half, tall), (half + gap, 0.0, half, half), (half + gap, half + gap, half, half)]
    low = width / 2 + gap
    return [(0.0, 0.0, width, width / 2), (0.0, low, half, half), (half + gap, low, half, half)]


def _four(first: str, width: float, half: float, third: float, gap: float) -> list[Rect]:
    if first == "square":
        return [(x, y, half, half) for y in (0.0, half + gap) for x in (0.0, half + gap)]
    if first == "portrait":
        big, tall = width - third - gap, 3 * third + 2 * gap
        small = [(big + gap, n * (third + gap), third, third) for n in range(3)]
        return [(0.0, 0.0, big, tall), *small]
    high = width / px("four.top")
    return [(0.0, 0.0, width, high), *((n * (third + gap), high + gap, third, third) for n in range(3))]


class _Post:
    """One layout: the sheet and its column."""

    def __init__(self, content: Content, width: float, metrics: Metrics, language: str) -> None:
        self.content, self.width, self.language, self.sheet = content, width, language, Sheet(metrics)
        self.desktop = width >= px("desktop.from")
        self.pad = px("pad") if self.desktop else px("pad.phone")
        self.w = max(1.0, width - 2 * self.pad)

    def boxes(self) -> tuple[Box, ...]:
        """All boxes, the ground first."""
        self._head()
        self._body()
        if self.content.media:
            self._media(self.content.media)
        elif self.content.link:
            self._link(self.content.link)
        self._actions()
        self.height = self.sheet.y
        radius = px("radius") if self.desktop else 0.0
        ground = Box("card", "card", 0, 0, self.width, self.height, token="card", radius=radius,
                     rule=spec.rule("radius"))
        return (ground, *self.sheet.boxes)

    def _head(self) -> None:
        """The page's picture, its name, and below it when and for whom."""
        sheet, size = self.sheet, px("avatar")
        name = self.content.name or self.content.handle
        sheet.y = top = px("head.top")
        sheet.put("avatar", "avatar", self.pad, size, size, text=name.strip()[:1].upper(), token="avatar",
                  radius=size / 2, rule=spec.rule("avatar"))
        left = self.pad + size + px("head.gap")
        room = max(1.0, self.w - size - px("head.gap"))
        sheet.y = top + (size - px("name.line") - px("meta.line")) / 2
        font = Font(px("name.size"), px("name.line"), 600)
        sheet.label("name", left, room, name, font, rule=spec.rule("name.size"))
        sheet.y += font.line
        self._meta(left, room)
        sheet.y = top + size + px("head.bottom")

    def _meta(self, left: float, room: float) -> None:
        sheet, font, icon = self.sheet, Font(px("meta.size"), px("meta.line")), px("globe")
        text = one_line(f"{spec.word('now', self.language)} ·", font, max(1.0, room - icon), self.sheet.metrics)
        wide = sheet.metrics.advance(text, font)
        sheet.label("time", left, min(wide, room), text, font, "muted", spec.rule("meta.size"))
        top = sheet.y
        sheet.y += (font.line - icon) / 2
        x = min(left + wide + px("globe.gap"), self.width - icon)
        sheet.put("icon", "visibility", x, icon, icon, icon="globe", token="muted",
                  text=spec.word("public", self.language), rule=spec.rule("globe"))
        sheet.y = top

    # text --------------------------------------------------------------------------------------------------------

    def _style(self, text: str) -> Font:
        """Short words without anything else are drawn large."""
        alone = not self.content.media and not self.content.link
        if alone and len(text) < px("large.most"):
            return Font(px("large.size"), px("large.line"))
        return Font(px("text.size"), px("text.line"))

    def _body(self) -> None:
        text = normal(message(self.content))
        if not text:
            return
        font = self._style(text)
        cut, more = self._folded(text, font)
        own = [run for run in runs(text) if run.start < len(cut.text) - more]
        own = [Run(r.start, min(r.end, len(cut.text) - more), r.token) for r in own]
        if more:
            start = len(cut.text) - len(spec.word("more", self.language))
            own.append(Run(start, len(cut.text), "muted", 600))
        self.sheet.words("body", self.pad, self.w, cut, font, runs=own, rule=spec.rule("fold.lines"))
        self.sheet.y += px("text.bottom")

    def _folded(self, text: str, font: Font) -> tuple[Cut, int]:
        """The text, or its first lines with "… See more" at their end; and how long that end is."""
        metrics = self.sheet.metrics
        cut = most_lines(text, font, self.w, int(px("fold.lines")), metrics)
        if not cut.folded:
            return cut, 0
        end = spec.ELLIPSIS.get(self.language, "… ") + spec.word("more", self.language)
        last = cut.lines[-1]
        room = max(1.0, self.w - metrics.advance(end, font))
        tail = text[last.start : last.end].rstrip()
        if metrics.advance(tail, font) > room:
            tail = one_line(tail, font, room, metrics).rstrip("… ")
        shown = text[: last.start] + tail + end
        line = Line(last.start, len(shown), metrics.advance(tail + end, font))
        return Cut(shown, (*cut.lines[:-1], line), folded=True), len(end)

    # media -------------------------------------------------------------------------------------------------------

    def _media(self, media: Sequence[Media]) -> None:
        """Over the whole width; only the first five photos are seen."""
        shown = media[: int(px("shown"))]
        places = [single(shown[0], self.width)] if len(shown) == 1 else collage(
            shape(shown[0]), len(shown), self.width)
        top, hidden = self.sheet.y, len(media) - int(px("hidden.from"))
        for number, (item, place) in enumerate(zip(shown, places, strict=True), start=1):
            self._item(number, item, top, place)
        if hidden > 0:
            self._hidden(hidden, top, places[-1])
        self.sheet.y = top + max(y + h for _, y, _, h in places)

    def _item(self, number: int, media: Media, top: float, place: Rect) -> None:
        x, y, w, h = place
        self.sheet.y = top + y
        named = "video" if media.kind in ("video", "audio") else "image"
        self.sheet.put("video" if named == "video" else "image", f"{named}:{number}", x, w, h, media=media.media,
                       crop=cover(media.width, media.height, w, h, media.focus), rule=spec.rule("gap"))

    def _hidden(self, number: int, top: float, place: Rect) -> None:
        """How many more there are, on the last photo."""
        x, y, w, h = place
        font = Font(px("hidden.size"), px("hidden.line"))
        text = f"+{number}"
        wide = min(w, self.sheet.metrics.advance(text, font) + font.size)
        self.sheet.y = top + y + (h - font.line) / 2
        self.sheet.put("badge", "others", x + (w - wide) / 2, wide, font.line, text=text, font=font, token="badge",
                       align="center", rule=spec.rule("hidden.from"))

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
        small = Font(px("host.size"), px("host.line"))
        title = Font(px("title.size"), px("title.line"), 600)
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
        sheet, high = self.sheet, px("action.height")
        sheet.put("line", "line", self.pad, self.w, px("line"), token="line", rule=spec.rule("line"))
        sheet.y += px("line")
        top, cell = sheet.y, self.w / len(spec.ACTIONS)
        for number, (name, icon) in enumerate(spec.ACTIONS):
            sheet.y = top
            self._action(name, icon, self.pad + number * cell, cell)
        sheet.y = top + high

    def _action(self, name: str, icon: str, x: float, cell: float) -> None:
        sheet, size, gap = self.sheet, px("action.icon"), px("action.gap")
        font = Font(px("action.size"), px("action.line"), 600)
        text = one_line(spec.word(name, self.language), font, max(1.0, cell - size - gap), sheet.metrics)
        wide = sheet.metrics.advance(text, font)
        left, top = x + max(0.0, (cell - size - gap - wide) / 2), sheet.y
        sheet.y = top + (px("action.height") - size) / 2
        sheet.put("icon", f"action:{name}", left, size, size, icon=icon, token="muted",
                  text=spec.word(name, self.language), rule=spec.rule("action.icon"))
        sheet.y = top + (px("action.height") - font.line) / 2
        room = max(1.0, min(wide, self.width - left - size - gap))
        sheet.label(f"label:{name}", left + size + gap, room, text, font, "muted", spec.rule("action.size"))


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
    """The post as it stands in the feed, `width` px wide; a reel as the feed shows it."""
    post = _Post(content, view.width, metrics, view.language)
    boxes = post.boxes()
    return spec.TABLE.card(view, post.height, boxes, "third-party")
