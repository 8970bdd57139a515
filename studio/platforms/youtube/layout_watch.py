"""The page of a video: the player, its title, the channel, and the beginning of its description."""

from __future__ import annotations

from dataclasses import replace

from studio.core.card import Box, Card, Font, Metrics, Run, View
from studio.core.post import Content
from studio.platforms.bare import stretches
from studio.platforms.boxes import Cut, Sheet, ellipsized, one_line
from studio.platforms.folding import fold_lines
from studio.platforms.text import initial
from studio.platforms.youtube import rules, spec, times
from studio.platforms.youtube.layout_cards import empty
from studio.platforms.youtube.spec import px

ACTIONS = (("like", "thumbs-up"), ("dislike", "thumbs-down"), ("share", "share-2"), ("options", "ellipsis"))


def runs(text: str) -> list[Run]:
    """Addresses and hashtags in the link's colour."""
    found, at = [], 0
    for piece, address in stretches(text):
        if address:
            found.append(Run(at, at + len(piece)))
        else:
            found += [Run(at + tag.start(), at + tag.end()) for tag in rules.hashtags(piece)]
        at += len(piece)
    return found


class _Page:
    """One layout: top to bottom in one column."""

    def __init__(self, content: Content, view: View, metrics: Metrics) -> None:
        self.content, self.view, self.w = content, view, view.width
        self.sheet = Sheet(metrics, text=view.text)

    def boxes(self) -> tuple[Box, ...]:
        """All boxes, the ground first."""
        self._player()
        self._title()
        self._channel()
        self._actions()
        self._description()
        self.sheet.y += px("watch.bottom")
        ground = Box("card", "card", 0, 0, self.w, self.sheet.y, token="card", rule=spec.rule("thumb.ratio"))
        return (ground, *self.sheet.boxes)

    def _player(self) -> None:
        """16:9; a video of another shape has black beside it."""
        sheet, high, clip = self.sheet, self.w / px("thumb.ratio"), rules.clip(self.content)
        radius, rule = px("watch.radius"), spec.rule("thumb.ratio")
        if clip is None:
            empty(sheet, self.view.language, "player", 0, self.w, high, radius)
        else:
            sheet.put("fill", "player", 0, self.w, high, token="player", radius=radius, rule=rule)
            shape = clip.width / clip.height if clip.width and clip.height else px("thumb.ratio")
            w = min(self.w, high * shape)
            h = min(high, w / shape)
            sheet.y = (high - h) / 2
            sheet.put("video", "video:1", (self.w - w) / 2, w, h, media=clip.media, crop=(0.0, 0.0, 1.0, 1.0),
                      radius=radius if w == self.w and h == high else 0.0, rule=rule)
        sheet.y = high + px("watch.title.top")

    def _title(self) -> None:
        if not (text := self.content.title.strip()):
            return
        font = self.sheet.font(px("watch.title.size"), px("watch.title.line"), 700)
        cut = ellipsized(text, font, self.w, int(px("watch.title.lines")), self.sheet.metrics)
        if self.view.unfolded:
            cut = Cut(text, self.sheet.metrics.lines(text, font, self.w))
        self.sheet.words("title", 0, self.w, cut, font, rule=spec.rule("watch.title.lines"))
        self.sheet.y += px("watch.gap")

    def _channel(self) -> None:
        """The channel's picture, name and subscribers, and the button to subscribe."""
        sheet, content, side = self.sheet, self.content, px("watch.avatar")
        name = content.name or content.handle
        bold = sheet.font(px("watch.name.size"), px("watch.name.line"), 500)
        small = sheet.font(px("watch.fans.size"), px("watch.fans.line"))
        high = max(side, bold.line + small.line)
        top, x = sheet.y, side + px("watch.gap")
        sheet.y = top + (high - side) / 2
        sheet.put("avatar", "avatar", 0, side, side, text=initial(name), token="avatar", radius=side / 2,
                  rule=spec.rule("watch.avatar"))
        pill = self._pill("subscribe", "subscribe")
        room = max(1.0, self.w - x - px("watch.gap") - pill)
        sheet.y = top + (high - bold.line - small.line) / 2
        fans = spec.word("fans", self.view.language)
        wide = max(sheet.metrics.advance(name, bold), sheet.metrics.advance(fans, small))
        sheet.label("name", x, room, name, bold, rule=spec.rule("watch.name.size"))
        sheet.y += bold.line
        sheet.label("fans", x, room, fans, small, "muted", spec.rule("watch.fans.size"))
        self._subscribe(x + min(room, wide) + px("watch.gap"), top, high)
        sheet.y = top + high + px("watch.gap")

    @property
    def _font(self) -> Font:
        return self.sheet.font(px("watch.pill.size"), px("watch.pill.line"), 500)

    @property
    def _pill_height(self) -> float:
        return max(px("watch.pill.height"), self._font.line)

    def _pill(self, name: str, key: str, icon: float = 0.0) -> float:
        """How wide a button with that word is."""
        return self.sheet.metrics.advance(spec.word(key, self.view.language), self._font) + 2 * px(
            "watch.pill.pad") + icon

    def _subscribe(self, x: float, top: float, high: float) -> None:
        font, pill = self._font, self._pill_height
        wide = max(1.0, min(self._pill("subscribe", "subscribe"), self.w - x))
        word = one_line(spec.word("subscribe", self.view.language), font, wide, self.sheet.metrics)
        self.sheet.y = max(0.0, top + (high - pill) / 2)
        self.sheet.put("badge", "subscribe", min(x, self.w - wide), wide, pill, text=word, font=font,
                       token="subscribe", radius=pill / 2, align="center", rule=spec.rule("watch.pill.height"))

    def _actions(self) -> None:
        """Buttons in a row of their own, as many as there is room for."""
        sheet, high, gap = self.sheet, self._pill_height, px("watch.pill.gap")
        icon, between, pad = px("watch.pill.icon"), px("watch.pill.between"), px("watch.pill.pad")
        top, x = sheet.y, 0.0
        for name, drawn in ACTIONS:
            word = "" if name in ("dislike", "options") else spec.word(name, self.view.language)
            says = sheet.metrics.advance(word, self._font)
            wide = 2 * pad + icon + (between + says if word else 0.0)
            if x + wide > self.w:
                break
            sheet.y = top
            sheet.put("fill", f"pill:{name}", x, wide, high, token="pill", radius=high / 2,
                      rule=spec.rule("watch.pill.height"))
            sheet.y = top + (high - icon) / 2
            sheet.put("icon", f"action:{name}", x + pad, icon, icon, icon=drawn, token="action",
                      text=spec.word(name, self.view.language), rule=spec.rule("watch.pill.icon"))
            if word:
                sheet.y = top + (high - self._font.line) / 2
                sheet.label(f"label:{name}", x + pad + icon + between, says, word, self._font,
                            rule=spec.rule("watch.pill.size"))
            x += wide + gap
        sheet.y = top + high + px("watch.gap")

    # description -------------------------------------------------------------------------------------------------

    def _description(self) -> None:
        """A box with views and time, the first hashtags, and three lines of the text."""
        sheet, pad, text = self.sheet, px("watch.box.pad"), rules.description(self.content)
        top, at, w = sheet.y, len(sheet.boxes), max(1.0, self.w - 2 * pad)
        sheet.y += pad
        self._info(pad, w, text)
        if text:
            self._text(pad, w, text)
        sheet.y += pad
        sheet.boxes.insert(at, Box("fill", "about", 0, top, self.w, sheet.y - top, token="fill",
                                   radius=px("watch.box.radius"), rule=spec.rule("watch.box.radius")))

    def _info(self, x: float, w: float, text: str) -> None:
        font = self.sheet.font(px("watch.info.size"), px("watch.info.line"), 500)
        when = times.said(self.view.posted, self.view.now, self.view.language)
        head = f"{spec.word('views', self.view.language)}  {when}"
        tags = list(dict.fromkeys(tag.group() for tag in rules.hashtags(text)))[: int(px("watch.tags.most"))]
        cut = ellipsized("  ".join((head, *tags)), font, w, 1, self.sheet.metrics)
        found = [Run(len(head), len(cut.text))] if len(cut.text) > len(head) else []
        self.sheet.words("time", x, w, replace(cut, folded=False), font, runs=found, rule=spec.rule("watch.info.size"))

    def _text(self, x: float, w: float, text: str) -> None:
        """Three lines, then "…more"; unfolded "Show less" stands below all of it."""
        sheet, font = self.sheet, self.sheet.font(px("watch.text.size"), px("watch.text.line"))
        most, more = int(px("watch.fold.lines")), spec.word("more", self.view.language)
        rule = spec.rule("watch.fold.lines")
        lines = sheet.metrics.lines(text, font, w)
        if self.view.unfolded or len(lines) <= most:
            sheet.words("body", x, w, Cut(text, lines), font, runs=runs(text), rule=rule)
        else:
            fold = fold_lines(text, font, w, most, more, sheet.metrics, lead="…")
            own = fold.runs(runs(text[: fold.kept]), "more", 500)
            sheet.words("body", x, w, fold.cut, font, runs=own, rule=rule)
        if self.view.unfolded and len(lines) > most:
            bold = sheet.font(px("watch.text.size"), px("watch.text.line"), 500)
            sheet.y += bold.line
            sheet.label("more", x, w, spec.word("less", self.view.language), bold, "more", rule)
            sheet.y += bold.line


def watch(content: Content, view: View, metrics: Metrics) -> Card:
    """The page of the video, `view.width` px wide."""
    page = _Page(content, view, metrics)
    boxes = page.boxes()
    return spec.TABLE.card(view, page.sheet.y, boxes, "recalled")
