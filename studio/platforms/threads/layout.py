"""A post in Threads' feed, on a phone and on the web. The numbers and their sources are in `spec`."""

from __future__ import annotations

from collections.abc import Sequence

from studio.core.card import Box, Card, Font, Metrics, Run, View
from studio.core.post import Content, Media
from studio.platforms.boxes import Cut, Sheet, cover, ellipsized, one_line
from studio.platforms.folding import Fold, fold_at, safe_end
from studio.platforms.text import grapheme_cut, host, initial
from studio.platforms.threads import spec
from studio.platforms.threads.layout_strip import Seen, height, seen, single
from studio.platforms.threads.spec import px
from studio.platforms.threads.text import links_in, message, shown, topic
from studio.platforms.threads.times import when


class _Post:
    """One layout: the sheet, and the column right of the avatar."""

    def __init__(self, content: Content, view: View, metrics: Metrics) -> None:
        self.content, self.view, self.language = content, view, view.language
        self.sheet = Sheet(metrics, px("pad.top"), text=view.text)
        self.desktop = view.surface == "desktop"
        self.pad = px("pad.desktop") if self.desktop else px("pad")
        self.x = self.pad + px("avatar") + px("avatar.gap")
        self.w = max(1.0, view.width - self.x - self.pad)
        self.handle = content.handle or content.name
        self.page = min(max(view.page, 0), max(len(content.media) - 1, 0))

    def boxes(self) -> tuple[Box, ...]:
        """All boxes, the ground first."""
        self._head()
        self._body()
        if len(self.content.media) == 1:
            self._one(self.content.media[0])
        elif self.content.media:
            self._strip(self.content.media)
        elif address := self.content.link or next(iter(links_in(message(self.content))), ""):
            self._link(address)
        self._actions()
        self._thread()
        self.sheet.y += px("pad.bottom")
        if not self.desktop:
            self.sheet.put("line", "line", 0, self.view.width, px("line"), token="line", rule=spec.rule("line"))
            self.sheet.y += px("line")
        radius = px("radius") if self.desktop else 0.0
        ground = Box("card", "card", 0, 0, self.view.width, self.sheet.y, token="card", radius=radius,
                     rule=spec.rule("radius"))
        return (ground, *self.sheet.boxes)

    def _word(self, name: str) -> str:
        return spec.word(name, self.language)

    # head --------------------------------------------------------------------------------------------------------

    def _head(self) -> None:
        """Avatar; then on one line the name, the topic, when, and the button for more."""
        sheet, size, icon = self.sheet, px("avatar"), px("more.icon")
        bold, plain = sheet.font(px("name.size"), px("name.line"), 600), sheet.font(px("name.size"), px("name.line"))
        sheet.put("avatar", "avatar", self.pad, size, size, text=initial(self.handle), token="avatar",
                  radius=size / 2, rule=spec.rule("avatar"))
        right = self.x + self.w - icon
        top = sheet.y
        sheet.y = top + max(0.0, (bold.line - icon) / 2)
        sheet.put("icon", "action:options", max(self.x, right), icon, icon, icon="ellipsis", token="muted",
                  text=self._word("options"), rule=spec.rule("more.icon"))
        sheet.y = top
        self._names(max(1.0, right - px("name.gap") - self.x), bold, plain)
        sheet.y = top + bold.line

    def _names(self, room: float, bold: Font, plain: Font) -> None:
        sheet, gap = self.sheet, px("name.gap")
        told = one_line(when(self.view.posted, self.view.now, self.language), plain, room / 2, sheet.metrics)
        wide = sheet.metrics.advance(told, plain)
        left, free = self.x, max(1.0, room - wide - gap)
        subject, sign = topic(self.content), px("topic.icon")
        share = free / 2 if subject else free
        left += sheet.label("name", left, min(share, max(1.0, sheet.metrics.advance(self.handle, bold))), self.handle,
                            bold, rule=spec.rule("name.size")).w
        rest = self.x + free - left - 2 * gap - sign
        if subject and rest > plain.size:
            top = sheet.y
            sheet.y += (plain.line - sign) / 2
            sheet.put("icon", "topic.sign", left + gap, sign, sign, icon="chevron-right", token="muted",
                      text=self._word("topic"), rule=spec.rule("topic.icon"))
            sheet.y = top
            left += 2 * gap + sign
            length = min(rest, sheet.metrics.advance(subject, bold))
            left += sheet.label("topic", left, length, subject, bold, rule=spec.rule("name.size")).w
        sheet.label("time", left + gap, wide, told, plain, "muted", spec.rule("name.size"))

    def _thread(self) -> None:
        """The line that leads on to the next post of the thread."""
        if not any(reply.text.strip() or reply.media for reply in self.content.replies):
            return
        sheet, end = self.sheet, self.sheet.y
        sheet.y = px("pad.top") + px("avatar") + px("thread.gap")
        wide = px("thread")
        if end > sheet.y:
            sheet.put("fill", "thread", self.pad + (px("avatar") - wide) / 2, wide, end - sheet.y, token="line",
                      rule=spec.rule("thread"))
        sheet.y = max(end, sheet.y)

    # text --------------------------------------------------------------------------------------------------------

    def _body(self) -> None:
        """On a phone cut by its own count; on the web whole."""
        text, runs = shown(message(self.content), int(px("address.most")))
        if not text:
            return
        font, metrics = self.sheet.font(px("text.size"), px("text.line")), self.sheet.metrics
        if self.desktop or self.view.unfolded:
            folded = Fold(Cut(text, metrics.lines(text, font, self.w)), len(text))
        else:
            folded = fold_at(text, folds_at(text, runs), font, self.w, self._word("more"), metrics, lead="… ")
        self.sheet.words("body", self.x, self.w, folded.cut, font, runs=folded.runs(runs),
                         rule=spec.rule("fold.characters"))

    # media -------------------------------------------------------------------------------------------------------

    def _one(self, media: Media) -> None:
        """In its own shape, at the column's left."""
        sheet = self.sheet
        sheet.y += px("media.top")
        w, h = single(media, self.w)
        named = "video" if media.kind == "video" else "image"
        top = sheet.y
        sheet.put("video" if named == "video" else "image", f"{named}:1", self.x, w, h, media=media.media,
                  radius=px("media.radius"), crop=cover(media.width, media.height, w, h, media.focus),
                  rule=spec.rule("media.tallest"))
        if named == "video":
            self._mute(self.x + w, top + h)
        sheet.y = top + h

    def _mute(self, right: float, bottom: float) -> None:
        """It plays without sound until it is tapped."""
        sheet, size, icon, inset = self.sheet, px("mute"), px("mute.icon"), px("mute.inset")
        x, sheet.y = max(0.0, right - inset - size), max(0.0, bottom - inset - size)
        sheet.put("fill", "mute", x, size, size, token="badge", radius=size / 2, rule=spec.rule("mute"))
        sheet.y += (size - icon) / 2
        sheet.put("icon", "mute.icon", x + (size - icon) / 2, icon, icon, icon="volume-x", token="on-badge",
                  text=self._word("mute"), rule=spec.rule("mute.icon"))

    def _strip(self, media: Sequence[Media]) -> None:
        """All equally high, from the column's left edge to the card's right edge; what is beyond it is pushed in."""
        sheet, room = self.sheet, max(1.0, self.view.width - self.x)
        high = height(media, room)
        sheet.y += px("media.top")
        for part in seen(media, self.page, room, high):
            self._part(part, media[part.number], high)
        sheet.y += high

    def _part(self, part: Seen, media: Media, high: float) -> None:
        kind = "video" if media.kind == "video" else "image"
        stem = kind if part.whole else "part"  # of one that an edge hides some of
        self.sheet.put("video" if kind == "video" else "image", f"{stem}:{part.number + 1}", self.x + part.x, part.w,
                       high, media=media.media, radius=px("media.radius"), crop=part.crop, corners=part.corners,
                       rule=spec.rule("strip.height"))

    # link --------------------------------------------------------------------------------------------------------

    def _link(self, address: str) -> None:
        """The page's title and picture are not known here: its address stands for it."""
        sheet, icon, high = self.sheet, px("card.icon"), self.w / px("card.ratio")
        sheet.y += px("media.top")
        top, at = sheet.y, len(sheet.boxes)
        sheet.put("fill", "link.picture", self.x, self.w, high, token="fill", radius=px("card.radius"),
                  corners=(True, True, False, False), rule=spec.rule("card.ratio"))
        sheet.y = top + (high - icon) / 2
        sheet.put("icon", "link.icon", max(0.0, self.x + (self.w - icon) / 2), icon, icon, icon="globe",
                  token="muted", rule=spec.rule("card.icon"))
        sheet.y = top + high
        self._link_words(address)
        sheet.boxes.insert(at, Box("ring", "link", self.x, top, self.w, sheet.y - top, token="line",
                                   stroke=px("card.border"), radius=px("card.radius"),
                                   rule=spec.rule("card.radius")))

    def _link_words(self, address: str) -> None:
        """Where it leads, then its title."""
        sheet, pad = self.sheet, px("card.pad")
        room = max(1.0, self.w - 2 * pad)
        small = sheet.font(px("host.size"), px("host.line"))
        title = sheet.font(px("title.size"), px("title.line"), 600)
        bare = address.partition("://")[2] or address
        bare = bare[: grapheme_cut(bare, int(px("title.most")))]
        x = min(self.x + pad, self.view.width - room)
        sheet.y += pad
        sheet.label("link.host", x, room, host(address), small, "muted", spec.rule("host.size"))
        sheet.y += small.line
        cut = ellipsized(bare, title, room, int(px("title.lines")), sheet.metrics)
        sheet.words("link.title", x, room, cut, title, rule=spec.rule("title.lines"))
        sheet.y += pad

    # foot --------------------------------------------------------------------------------------------------------

    def _actions(self) -> None:
        """Like, reply, repost, share, side by side from the column's left."""
        sheet, icon, high = self.sheet, px("actions.icon"), px("actions.height")
        number = len(spec.ACTIONS)
        gap = max(0.0, min(px("actions.gap"), (self.w - number * icon) / (number - 1)))
        sheet.y += px("actions.top") + (high - icon) / 2
        for at, (name, drawn) in enumerate(spec.ACTIONS):
            sheet.put("icon", f"action:{name}", self.x + at * (icon + gap), icon, icon, icon=drawn, token="action",
                      text=self._word(name), rule=spec.rule("actions.gap"))
        sheet.y += (high + icon) / 2


def folds_at(text: str, runs: Sequence[Run]) -> int:
    """Where it is cut: at its count, but never inside a short address, a person or the topic, which are `runs`."""
    most = int(px("fold.characters"))
    if len(text) <= most:
        return len(text)
    return safe_end(text, most, [(run.start, run.end) for run in runs]) or most


def layout(content: Content, view: View, metrics: Metrics) -> Card:
    """The post on that surface, `width` px wide."""
    post = _Post(content, view, metrics)
    boxes = post.boxes()
    return spec.TABLE.card(view, post.sheet.y, boxes, "third-party", pages=max(1, len(content.media)), page=post.page)
