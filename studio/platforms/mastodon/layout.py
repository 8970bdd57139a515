"""A post in the feed and on its own page, as boxes. The numbers and their sources are in `spec`."""

from __future__ import annotations

from collections.abc import Sequence

from studio.core.card import Box, Card, Font, Metrics, Run, View
from studio.core.post import Content, Media
from studio.platforms.boxes import Cut, Sheet, cover, ellipsized, one_line
from studio.platforms.corners import badge
from studio.platforms.folding import clip_lines
from studio.platforms.mastodon import options, spec
from studio.platforms.mastodon.entities import body, spans
from studio.platforms.mastodon.shown import parted, short_address, shown_text
from studio.platforms.mastodon.spec import px
from studio.platforms.mastodon.when import moment, stamp
from studio.platforms.moments import clock
from studio.platforms.text import host, initial

Rect = tuple[float, float, float, float]
Corners = tuple[bool, bool, bool, bool]  # top left, top right, bottom right, bottom left
ROUND: dict[int, tuple[Corners, ...]] = {
    1: ((True, True, True, True),), 2: ((True, False, False, True), (False, True, True, False)),
    3: ((True, False, False, True), (False, True, False, False), (False, False, True, False)),
    4: ((True, False, False, False), (False, True, False, False), (False, False, False, True),
        (False, False, True, False)),
}


def one(media: Media, width: float, detail: bool) -> tuple[float, float]:
    """Size of a single picture or clip: its own shape, as high as the column allows."""
    ratio = media.width / media.height if media.width and media.height else px("video.ratio")
    most = px("one.wide") if width > px("one.wide.from") else px("one.narrow")
    height = max(px("media.least"), min(width / ratio, most * (px("one.detail") if detail else 1)))
    return min(width, max(px("one.least"), height * ratio)), height


def grid(number: int, width: float) -> list[Rect]:
    """Places of two to four, 3:2 together: halves; the first tall; two by two."""
    gap, high = px("media.gap"), width / px("grid.ratio")
    half, low = (width - gap) / 2, (high - gap) / 2
    right, lower = half + gap, low + gap
    if number == 2:
        return [(0, 0, half, high), (right, 0, half, high)]
    if number == 3:
        return [(0, 0, half, high), (right, 0, half, low), (right, lower, half, low)]
    return [(x, y, half, low) for y in (0.0, lower) for x in (0.0, right)]


class _Status:
    """One layout: the sheet and its column."""

    def __init__(self, content: Content, view: View, metrics: Metrics) -> None:
        self.content, self.view, self.width, self.language = content, view, view.width, view.language
        self.detail = view.surface == "detail"
        self.sheet = Sheet(metrics, px("pad"), text=view.text)
        self.x = px("pad")
        self.w = max(1.0, self.width - 2 * self.x)
        self.warned = options.warning_text(content)

    def boxes(self) -> tuple[Box, ...]:
        """All boxes, the ground first."""
        self._head()
        if self.warned:
            self._warning()
        if not self.warned or self.view.unfolded:
            self._open()
        if self.detail:
            self._meta()
        self._actions()
        self.height = self.sheet.y + px("pad") + px("border")
        self.sheet.y += px("pad")
        rule = self.sheet.put("line", "line", 0, self.width, px("border"), token="line", rule=spec.rule("border"))
        ground = Box("card", "card", 0, 0, self.width, self.height, token="card", rule=spec.rule("pad"))
        return (ground, *(b for b in self.sheet.boxes if b is not rule), rule)

    def _open(self) -> None:
        """Text, poll, media or link card, then the hashtags of the last line."""
        content = self.content
        text = parted(body(content), bool(content.media))
        self._body(text.text)
        if (poll := options.poll(content)) and not content.media:
            self._poll(poll)
        if content.media:
            self._media(content.media)
        elif not poll and (address := next((s.value for s in spans(body(content)) if s.kind == "link"), "")):
            self._card(address)
        if text.chips:
            self._chips(text.chips)

    # head --------------------------------------------------------------------------------------------------------

    def _head(self) -> None:
        """Name and handle below one another beside the picture; who sees it and when at the right."""
        sheet, content = self.sheet, self.content
        name = content.name or content.handle
        sheet.put(
            "avatar", "avatar", self.x, px("avatar"), px("avatar"), text=initial(name), token="avatar",
            radius=px("avatar.radius"), rule=spec.rule("avatar"),
        )
        top, left = sheet.y, self.x + px("avatar") + px("head.gap")
        wide = self._when()
        font = self.sheet.font(px("name.size"), px("name.line"), 600)
        high = max(px("avatar"), 2 * font.line)
        sheet.y = top + (high - 2 * font.line) / 2
        self._named("name", left, name, font, "text", self.w - (left - self.x) - wide)
        sheet.y += font.line
        plain = self.sheet.font(px("name.size"), px("name.line"))
        shown = content.handle.lstrip("@").partition("@")[0]
        if shown:
            self._named("handle", left, f"@{shown}", plain, "muted", self.w - (left - self.x))
        sheet.y = top + high + px("head.bottom")

    def _named(self, what: str, x: float, text: str, font: Font, token: str, room: float) -> None:
        wanted = min(max(1.0, room), self.sheet.metrics.advance(text, font))
        self.sheet.label(what, x, wanted, text, font, token, spec.rule("name.size"))

    def _when(self) -> float:
        """The room it takes, on the line of the name; on a page of its own this stands below the text."""
        if self.detail:
            return 0.0
        sheet, gap = self.sheet, px("time.gap")
        font = self.sheet.font(px("time.size"), px("time.line"))
        text = stamp(self.view.posted, self.view.now, self.language)
        icon = px("time.icon")
        room = self.w - px("avatar") - 2 * px("head.gap") - icon - 2 * gap
        wide = max(1.0, min(sheet.metrics.advance(text, font), room))
        right, top = self.x + self.w, sheet.y
        sheet.label("time", right - wide, wide, text, font, "muted", spec.rule("time.size"))
        sheet.y = top + (font.line - icon) / 2
        self._audience(right - wide - gap - icon)
        sheet.y = top
        return wide + icon + 2 * gap + px("head.gap")

    def _audience(self, x: float) -> None:
        kind = options.visibility(self.content)
        kind = kind if kind in spec.SEEN_BY else "public"
        self.sheet.put(
            "icon", "visibility", x, px("time.icon"), px("time.icon"), icon=spec.SEEN_BY[kind], token="muted",
            text=spec.word(kind, self.language), rule=spec.rule("time.icon"),
        )

    # text --------------------------------------------------------------------------------------------------------

    @property
    def style(self) -> Font:
        name = "detail" if self.detail else "text"
        return self.sheet.font(px(f"{name}.size"), px(f"{name}.line"))

    def _body(self, text: str) -> None:
        if not text:
            return
        shown, runs = shown_text(text)
        self.sheet.y += px("text.top")
        cut = self._folded(shown, runs)
        self.sheet.words("body", self.x, self.w, cut, self.style, runs=runs, rule=spec.rule("fold.over"))
        if cut.folded:
            self.sheet.y += px("more.top")
            self._brand("more", spec.word("more", self.language))

    def _folded(self, text: str, runs: Sequence[Run]) -> Cut:
        """Only what is higher than 32 lines folds, to 15; on its own page nothing does."""
        style = self.style
        lines = self.sheet.metrics.lines(text, style, self.w)
        if self.detail or self.view.unfolded or len(lines) * style.line <= px("fold.over"):
            return Cut(text, lines)
        most, whole = max(1, int(px("fold.kept") // style.line)), [(run.start, run.end) for run in runs]
        return clip_lines(text, style, self.w, most, self.sheet.metrics, whole)

    def _brand(self, name: str, label: str) -> None:
        font = self.sheet.font(px("text.size"), px("text.line"))
        wide = min(self.w, self.sheet.metrics.advance(label, font))
        self.sheet.label(name, self.x, wide, label, font, "brand", spec.rule("fold.over"))
        self.sheet.y += font.line

    def _warning(self) -> None:
        """A content warning stands in place of everything until it is opened."""
        sheet, pad, font = self.sheet, px("warning.pad"), self.sheet.font(px("text.size"), px("text.line"))
        lines = sheet.metrics.lines(self.warned, font, max(1.0, self.w - 2 * pad))
        high = len(lines) * font.line + px("warning.gap") + font.line + 2 * pad
        sheet.put("fill", "warning.box", self.x, self.w, high, token="fill", radius=px("warning.radius"),
                  rule=spec.rule("warning.radius"))
        sheet.y += pad
        inner = max(1.0, self.w - 2 * pad)
        sheet.words("warning", self.x + pad, inner, Cut(self.warned, lines), font, rule=spec.rule("warning.pad"))
        sheet.y += px("warning.gap")
        label = spec.word("less" if self.view.unfolded else "show", self.language)
        wide = min(inner, sheet.metrics.advance(label, font))
        sheet.label("show", self.x + pad, wide, label, font, "brand", spec.rule("warning.pad"))
        sheet.y += font.line + pad

    # poll --------------------------------------------------------------------------------------------------------

    def _poll(self, poll: options.Poll) -> None:
        sheet, mark = self.sheet, px("poll.mark")
        sheet.y += px("poll.top")
        font, left = self.sheet.font(px("poll.size"), px("poll.line")), self.x + mark + px("poll.mark.gap")
        for number, choice in enumerate(poll.options, start=1):
            top, room = sheet.y, max(1.0, self.x + self.w - left)
            sheet.y += (font.line - mark) / 2
            sheet.put("card", f"poll.mark:{number}", self.x, mark, mark, token="card",
                      radius=px("poll.mark.radius") if poll.multiple else mark / 2, rule=spec.rule("poll.mark"))
            sheet.y = top
            lines = sheet.metrics.lines(choice, font, room)
            sheet.words(f"poll:{number}", left, room, Cut(choice, lines), font, rule=spec.rule("poll.size"))
            sheet.y += px("poll.gap")
        foot = self.sheet.font(px("poll.foot.size"), px("poll.foot.line"))
        sheet.label("poll.votes", self.x, self.w, spec.word("votes", self.language), foot, "faint",
                    spec.rule("poll.foot.size"))
        sheet.y += foot.line

    # media -------------------------------------------------------------------------------------------------------

    def _media(self, media: Sequence[Media]) -> None:
        sheet, shown = self.sheet, media[: int(px("grid.most"))]
        sheet.y += px(("media.top", "media.top.detail")[self.detail])
        top = sheet.y
        places = [(0.0, 0.0, *one(shown[0], self.w, self.detail))] if len(shown) == 1 else grid(len(shown), self.w)
        if options.sensitive(self.content) and not self.view.unfolded:
            sheet.y = self._veil(places)
            return
        hidden = len(media) - len(shown)
        for number, (item, place) in enumerate(zip(shown, places, strict=True), start=1):
            self._item(number, item, top, place, len(shown), hidden if number == len(shown) else 0)
        if all(item.kind == "image" for item in shown):
            self._hide(top, max(x + w for x, _, w, _ in places))
        sheet.y = top + max(y + h for _, y, _, h in places)

    def _hide(self, top: float, wide: float) -> None:
        """The pill in the upper right corner of pictures."""
        font, inset = self.sheet.font(px("hide.size"), px("hide.line"), 600), px("hide.inset")
        badge(self.sheet, "hide", spec.word("hide", self.language), font, px("hide.pad"),
              (self.x + wide - inset, top + inset), "top-right", self.width, radius=px("hide.radius"),
              rule=spec.rule("hide.inset"))

    def _item(self, number: int, media: Media, top: float, place: Rect, count: int, hidden: int) -> None:
        sheet, (x, y, w, h) = self.sheet, place
        sheet.y = top + y
        kind = "video" if media.kind in ("video", "audio") else "image"
        sheet.put(
            "video" if kind == "video" else "image", f"{kind}:{number}", self.x + x, w, h, media=media.media,
            radius=px("media.radius"), corners=ROUND[count][number - 1],
            crop=cover(media.width, media.height, w, h, media.focus),
            rule=spec.rule("media.gap" if count > 1 else "one.wide"),
        )
        right = self.x + x + w - px("badge.inset")
        for name, text in self._badges(media, hidden):
            right = self._badge(f"{name}:{number}", right, top + y + h, text) - px("badge.gap")

    @staticmethod
    def _badges(media: Media, hidden: int) -> list[tuple[str, str]]:
        """From the right corner to the left."""
        found = []
        if hidden:
            found.append(("others", f"+{hidden}"))
        if media.kind in ("video", "audio") and media.duration is not None:
            found.append(("duration", clock(float(media.duration))))
        if media.name.lower().endswith(".gif"):
            found.append(("gif", "GIF"))
        if media.alt.strip():
            found.append(("alt", "ALT"))
        return found

    def _badge(self, name: str, right: float, bottom: float, text: str) -> float:
        """Its left edge."""
        font = self.sheet.font(px("badge.size"), px("badge.height"), 700)
        made = badge(self.sheet, name, text, font, px("badge.pad"), (right, bottom - px("badge.inset")),
                     "bottom-right", self.width, radius=px("badge.radius"), rule=spec.rule("badge.inset"))
        return made.x

    def _veil(self, places: Sequence[Rect]) -> float:
        """Sensitive media are a coloured field with two lines until they are opened."""
        sheet, top = self.sheet, self.sheet.y
        line = sheet.font(px("veil.size"), px("veil.line")).line
        w, h = max(x + w for x, _, w, _ in places), max(2 * line, *(y + h for _, y, _, h in places))
        sheet.put("fill", "veil", self.x, w, h, token="fill", radius=px("media.radius"),
                  rule=spec.rule("media.radius"))
        sheet.y = top + h / 2 - line
        for name, token in (("sensitive", "text"), ("reveal", "muted")):
            font = self.sheet.font(px("veil.size"), px("veil.line"), 600 if name == "sensitive" else 400)
            label = one_line(spec.word(name, self.language), font, w, sheet.metrics)
            wide = sheet.metrics.advance(label, font)
            sheet.label(name, self.x + (w - wide) / 2, wide, label, font, token, spec.rule("veil.size"))
            sheet.y += font.line
        return top + h

    # link card, chips --------------------------------------------------------------------------------------------

    def _card(self, address: str) -> None:
        """What the server will fetch from the page (title, picture) is not known here: its address stands for it."""
        sheet, pad, side = self.sheet, px("card.pad"), px("card.square")
        sheet.y += px("card.top")
        top = sheet.y
        sheet.put("card", "link", self.x, self.w, side, radius=px("card.radius"), token="card",
                  rule=spec.rule("card.radius"))
        border, icon = px("card.border"), px("card.icon")
        sheet.y = top + border
        sheet.put("fill", "link.picture", self.x + border, side - 2 * border, side - 2 * border, token="fill",
                  radius=px("card.radius"), rule=spec.rule("card.square"))
        sheet.y = top + (side - icon) / 2
        sheet.put("icon", "link.icon", self.x + (side - icon) / 2, icon, icon, icon="globe", token="faint",
                  rule=spec.rule("card.icon"))
        self._card_words(address, self.x + side + pad, max(1.0, self.w - side - 2 * pad), top)
        sheet.y = top + side

    def _card_words(self, address: str, left: float, room: float, top: float) -> None:
        sheet = self.sheet
        small = self.sheet.font(px("card.host.size"), px("card.host.line"))
        title = self.sheet.font(px("card.title.size"), px("card.title.line"), 700)
        sheet.y = top + (px("card.square") - small.line - px("card.gap") - title.line) / 2
        sheet.label("link.host", left, room, host(address), small, "muted", spec.rule("card.host.size"))
        sheet.y += small.line + px("card.gap")
        cut = ellipsized(short_address(address), title, room, 1, sheet.metrics)
        sheet.words("link.title", left, room, cut, title, rule=spec.rule("card.title.size"))

    def _chips(self, chips: Sequence[str]) -> None:
        """The first three hashtags, then how many more."""
        sheet, shown = self.sheet, int(px("chips.shown"))
        sheet.y += px("chips.top")
        font = self.sheet.font(px("chips.size"), px("chips.line"))
        high, x = font.line + 2 * px("chips.pad.y"), self.x
        labels = [f"#{tag}" for tag in chips[:shown]]
        if more := len(chips) - shown if len(chips) > shown else 0:
            labels.append(spec.word("others", self.language).format(count=more))
        for number, label in enumerate(labels, start=1):
            text = one_line(label, font, max(1.0, self.w - 2 * px("chips.pad.x")), sheet.metrics)
            wide = sheet.metrics.advance(text, font) + 2 * px("chips.pad.x")
            if x > self.x and x + wide > self.x + self.w:
                x, sheet.y = self.x, sheet.y + high + px("chips.gap")
            sheet.put("badge", f"chip:{number}", x, min(wide, self.w), high, text=text, font=font, token="chip",
                      radius=px("chips.radius"), align="center", rule=spec.rule("chips.size"))
            x += wide + px("chips.gap")
        sheet.y += high

    # foot --------------------------------------------------------------------------------------------------------

    def _meta(self) -> None:
        """On its own page the time and who sees it stand below the post."""
        sheet = self.sheet
        sheet.y += px("meta.top")
        font, gap = self.sheet.font(px("meta.size"), px("meta.line")), px("time.gap")
        text = moment(self.view.posted, self.language)
        wide = max(1.0, min(sheet.metrics.advance(text, font), self.w - px("time.icon") - 2 * gap))
        sheet.label("time", self.x, wide, text, font, "muted", spec.rule("meta.size"))
        top = sheet.y
        sheet.y += (font.line - px("time.icon")) / 2
        self._audience(self.x + wide + 2 * gap)
        sheet.y = top + font.line

    def _actions(self) -> None:
        """Five, spread over the width."""
        sheet, icon, high = self.sheet, px("actions.icon"), px("actions.height")
        sheet.y += px("actions.top") + (high - icon) / 2
        step = (self.w - icon) / (len(spec.ACTIONS) - 1)
        for number, (name, drawn) in enumerate(spec.ACTIONS):
            sheet.put("icon", f"action:{name}", self.x + number * step, icon, icon, icon=drawn, token="action",
                      text=spec.word(name, self.language), rule=spec.rule("actions.icon"))
        sheet.y += (high + icon) / 2


def layout(content: Content, view: View, metrics: Metrics) -> Card:
    """The post as it stands in a feed, or on its own page ("detail"), `width` px wide."""
    status = _Status(content, view, metrics)
    boxes = status.boxes()
    return spec.TABLE.card(view, status.height, boxes, "seen")
