"""A post in Instagram's feed, on a phone and on the web. The numbers and their sources are in `spec`."""

from __future__ import annotations

from studio.core.card import Box, Card, Font, Metrics, Run, View
from studio.core.post import Content, Media
from studio.platforms.boxes import Cut, Sheet, cover, one_line
from studio.platforms.corners import badge
from studio.platforms.folding import Fold, fold_lines
from studio.platforms.instagram import rules, spec
from studio.platforms.instagram.spec import px
from studio.platforms.instagram.text import runs, shown
from studio.platforms.instagram.times import short, when
from studio.platforms.text import initial


def shape(media: Media, reel: bool = False) -> float:
    """Width by height of the frame that the first file gives; a reel in the feed is cut sooner."""
    tallest = px("clip.tallest") if reel else px("ratio.tallest")
    return min(max(rules.ratio(media) or px("ratio.unknown"), tallest), px("ratio.widest"))


def page_of(view: View, number: int) -> int:
    """Which of so many pictures is seen, from 0."""
    return min(max(view.page, 0), max(number - 1, 0))


def dots_of(number: int, page: int) -> list[tuple[int, bool]]:
    """Those that are seen of a carousel's dots, from 0; True for the small ones at an end that goes on."""
    most = min(number, int(px("dots.most")))
    first = min(max(page - most // 2, 0), number - most)
    last = first + most - 1
    ends = {first: first > 0, last: last < number - 1}
    return [(at, ends.get(at, False)) for at in range(first, last + 1)]


class _Post:
    """One layout: the sheet and its column."""

    def __init__(self, content: Content, view: View, metrics: Metrics) -> None:
        self.content, self.view, self.width, self.language = content, view, view.width, view.language
        self.sheet = Sheet(metrics, text=view.text)
        self.desktop = view.surface == "desktop"
        self.x = px("pad.desktop") if self.desktop else px("pad")
        self.w = max(1.0, view.width - 2 * self.x)
        self.handle = content.handle or content.name
        self.page = page_of(view, len(content.media))

    def boxes(self) -> tuple[Box, ...]:
        """All boxes, the ground first."""
        self._head()
        if self.content.media:
            self._media()
        self._actions()
        self._caption()
        self._foot()
        self.sheet.y += px("bottom")
        line = self.sheet.put("line", "line", 0, self.width, px("line"), token="line", rule=spec.rule("line"))
        ground = Box("card", "card", 0, 0, self.width, line.y + line.h, token="card", rule=spec.rule("pad"))
        return (ground, *self.sheet.boxes)

    @property
    def height(self) -> float:
        """Of the card."""
        return self.sheet.y + px("line")

    def _word(self, name: str) -> str:
        return spec.word(name, self.language)

    def _font(self, weight: int = 400) -> Font:
        return self.sheet.font(px("text.size"), px("text.line"), 600 if weight > 400 else 400)

    def _head(self) -> None:
        """Who it is; on the web also when; and the button for more."""
        sheet, size, icon = self.sheet, px("avatar"), px("head.icon")
        bold = sheet.font(px("name.size"), px("name.line"), 600)
        high = max(px("head.height"), bold.line)
        sheet.y = (high - size) / 2
        sheet.put("avatar", "avatar", self.x, size, size, text=initial(self.handle), token="avatar",
                  radius=size / 2, rule=spec.rule("avatar"))
        left, right = self.x + size + px("head.gap"), self.x + self.w - icon
        sheet.y = (high - icon) / 2
        sheet.put("icon", "action:options", right, icon, icon, icon="ellipsis", token="action",
                  text=self._word("options"), rule=spec.rule("head.icon"))
        sheet.y = (high - bold.line) / 2
        self._name(left, max(1.0, right - left - px("head.gap")), bold)
        sheet.y = high

    def _name(self, left: float, room: float, bold: Font) -> None:
        sheet = self.sheet
        plain = sheet.font(px("name.size"), px("name.line"))
        told = f"· {short(self.view.posted, self.view.now, self.language)}"
        wide = sheet.metrics.advance(told, plain) if self.desktop else 0.0
        beside = self.desktop and wide + 2 * px("time.gap") < room / 2
        free = room - wide - px("time.gap") if beside else room
        name = sheet.label("name", left, min(free, max(1.0, sheet.metrics.advance(self.handle, bold))), self.handle,
                           bold, rule=spec.rule("name.size"))
        if beside:
            sheet.label("time", name.x + name.w + px("time.gap"), wide, told, plain, "muted",
                        spec.rule("name.size"))

    # media -------------------------------------------------------------------------------------------------------

    def _media(self) -> None:
        """The one that is seen, in the shape of the first; the others wait beside it."""
        sheet, files, reel = self.sheet, self.content.media, rules.is_reel(self.content)
        item, high, top = files[self.page], self.width / shape(files[0], reel), sheet.y
        video = item.kind == "video"
        radius = px("media.radius") if self.desktop else 0.0
        followed = spec.rule("clip.tallest" if reel else "ratio.tallest")
        sheet.put("video" if video else "image", f"{'video' if video else 'image'}:{self.page + 1}", 0, self.width,
                  high, media=item.media, radius=radius, rule=followed,
                  crop=cover(item.width, item.height, self.width, high, item.focus))
        if self.desktop:
            sheet.put("ring", "border", 0, self.width, high, token="line", radius=radius, stroke=px("media.border"),
                      rule=spec.rule("media.border"))
        if len(files) > 1:
            font, inset = sheet.font(px("pill.size"), px("pill.line")), px("pill.inset")
            badge(sheet, "number", f"{self.page + 1}/{len(files)}", font, px("pill.pad"),
                  (self.width - inset, top + inset), "top-right", self.width, radius=font.line / 2,
                  rule=spec.rule("pill.line"))
        if video:
            self._mute(top + high)
        sheet.y = top + high
        if len(files) > 1:
            self._dots(len(files))

    def _mute(self, bottom: float) -> None:
        """It plays without sound until it is tapped."""
        sheet, size, icon = self.sheet, px("mute"), px("mute.icon")
        x, sheet.y = self.width - px("mute.inset") - size, max(0.0, bottom - px("mute.inset") - size)
        sheet.put("fill", "mute", x, size, size, token="badge", radius=size / 2, rule=spec.rule("mute"))
        sheet.y += (size - icon) / 2
        sheet.put("icon", "mute.icon", x + (size - icon) / 2, icon, icon, icon="volume-x", token="on-badge",
                  text=self._word("mute"), rule=spec.rule("mute.icon"))

    def _dots(self, number: int) -> None:
        sheet, size, gap = self.sheet, px("dot"), px("dot.gap")
        seen = dots_of(number, self.page)
        top = sheet.y + px("dots.top")
        left = (self.width - len(seen) * size - (len(seen) - 1) * gap) / 2
        for place, (at, small) in enumerate(seen):
            side = px("dot.small") if small else size
            sheet.y = top + (size - side) / 2
            sheet.put("fill", f"dot:{at + 1}", left + place * (size + gap) + (size - side) / 2, side, side,
                      token="dot.on" if at == self.page else "dot", radius=side / 2, rule=spec.rule("dot"))
        sheet.y = top + size

    # words -------------------------------------------------------------------------------------------------------

    def _actions(self) -> None:
        """Like, comment, repost and share at the left, save at the right."""
        sheet, icon = self.sheet, px("actions.icon")
        number = len(spec.ACTIONS)
        gap = max(0.0, min(px("actions.gap"), (self.w - (number + 1) * icon) / number))
        sheet.y += px("actions.top")
        for at, (name, drawn) in enumerate(spec.ACTIONS):
            sheet.put("icon", f"action:{name}", self.x + at * (icon + gap), icon, icon, icon=drawn, token="action",
                      text=self._word(name), rule=spec.rule("actions.gap"))
        sheet.put("icon", "action:save", max(0.0, self.x + self.w - icon), icon, icon, icon="bookmark",
                  token="action", text=self._word("save"), rule=spec.rule("actions.icon"))
        sheet.y += icon + px("actions.bottom")

    def _caption(self) -> None:
        """Three lines that begin with the name; then the rest is behind "more"."""
        said = shown(self.content)
        if not said:
            return
        font, metrics = self._font(), self.sheet.metrics
        name = one_line(self.handle, self._font(600), self.w / 2, metrics)
        text = f"{name} {said}" if name else said
        start = len(text) - len(said)
        own = ([Run(0, len(name), "text", 600)] if name else []) + runs(said, start)
        bolder = metrics.advance(name, self._font(600)) - metrics.advance(name, font)  # lines are measured unbold
        room = max(1.0, self.w - max(0.0, bolder))
        folded = fold_lines(text, font, room, int(px("fold.lines")), self._word("more"), metrics)
        if self.view.unfolded:
            folded = Fold(Cut(text, metrics.lines(text, font, room)), len(text))
        self.sheet.words("body", self.x, self.w, folded.cut, font, runs=folded.runs(own),
                         rule=spec.rule("fold.lines"))
        self.sheet.y += px("words.gap")

    def _foot(self) -> None:
        """The way to the comments; on a phone when it was posted."""
        sheet, font = self.sheet, self._font()
        sheet.label("comment", self.x, self.w, self._word("comments"), font, "muted", spec.rule("text.size"))
        sheet.y += font.line
        if self.desktop:
            return
        small = sheet.font(px("time.size"), px("time.line"))
        sheet.y += px("words.gap")
        sheet.label("time", self.x, self.w, when(self.view.posted, self.view.now, self.language), small, "muted",
                    spec.rule("time.size"))
        sheet.y += small.line


def layout(content: Content, view: View, metrics: Metrics) -> Card:
    """The post on that surface, `width` px wide."""
    if view.surface == "reel":
        from studio.platforms.instagram.layout_reel import reel

        return reel(content, view, metrics)
    if view.surface == "grid":
        from studio.platforms.instagram.layout_grid import grid

        return grid(content, view, metrics)
    post = _Post(content, view, metrics)
    boxes = post.boxes()
    return spec.TABLE.card(view, post.height, boxes, "third-party", pages=max(1, len(content.media)), page=post.page)
