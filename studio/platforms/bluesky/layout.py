"""A post in Bluesky's feed, as boxes. The numbers and their sources are in `spec`."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from studio.core.card import Box, Card, Font, Metrics, Run, View
from studio.core.post import Content, Media
from studio.platforms.bluesky import facets, rules, spec
from studio.platforms.bluesky.record import card_of
from studio.platforms.bluesky.spec import px
from studio.platforms.bluesky.when import stamp
from studio.platforms.boxes import Cut, Sheet, cover, ellipsized
from studio.platforms.corners import badge
from studio.platforms.folding import clip_lines
from studio.platforms.moments import clock
from studio.platforms.text import host, initial

Rect = tuple[float, float, float, float]
Corners = tuple[bool, bool, bool, bool]  # top left, top right, bottom right, bottom left
ALL: Corners = (True, True, True, True)
ROUND: dict[int, tuple[Corners, ...]] = {
    1: (ALL,), 2: ((True, False, False, True), (False, True, True, False)),
    3: ((True, False, False, True), (False, True, False, False), (False, False, True, False)),
    4: ((True, False, False, False), (False, True, False, False), (False, False, False, True),
        (False, False, True, False)),
}


def short_address(address: str) -> str:
    """As the client shows it: host and path, the path cut to 13 characters and "..." when over 15."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    rest = ("" if parts.path == "/" else parts.path) + (f"?{parts.query}" if parts.query else "")
    rest += f"#{parts.fragment}" if parts.fragment else ""
    if len(rest) > px("path.most"):
        rest = rest[: int(px("path.kept"))] + "..."
    return parts.netloc + rest


def shown_text(text: str) -> tuple[str, tuple[Run, ...]]:
    """The text as the feed shows it, with short addresses, and its links, mentions and tags."""
    made, runs, at, length = [], [], 0, 0
    for span in facets.spans(text):
        shown = short_address(span.value) if span.kind == "link" else text[span.start : span.end]
        length += span.start - at
        made += [text[at : span.start], shown]
        runs.append(Run(length, length + len(shown)))
        length, at = length + len(shown), span.end
    return "".join((*made, text[at:])), tuple(runs)


def one(media: Media, width: float) -> tuple[float, float]:
    """Size of a single picture: never taller than the box allows, a tall one is narrower and left aligned."""
    ratio = media.width / media.height if media.width and media.height else 1.0
    ratio = max(ratio, px("one.least"))
    tall = px("one.tall.wide") if width >= px("wide") else px("one.tall.narrow")
    height = width * min(1 / ratio, tall)
    return min(width, height * ratio), height


def grid(media: Sequence[Media], width: float) -> list[Rect]:
    """Places of one to four pictures, from (0, 0)."""
    gap = px("media.gap")
    half = (width - gap) / 2
    if len(media) == 1:
        return [(0, 0, *one(media[0], width))]
    if len(media) == 2:
        return [(0, 0, half, half), (half + gap, 0, half, half)]
    if len(media) == 3:
        low = (half - gap) / 2
        return [(0, 0, half, half), (half + gap, 0, half, low), (half + gap, low + gap, half, low)]
    high = half / px("four.ratio")
    return [(x, y, half, high) for y in (0.0, high + gap) for x in (0.0, half + gap)]


def gallery(media: Sequence[Media], width: float, full: float, first: int) -> list[Rect]:
    """Places of more than four from the `first` on, side by side in a strip `width` px wide; the last one is cut.

    full    the width of the card
    """
    wide, middle = full >= px("gallery.high.from"), full >= px("gallery.middle.from")
    high = px("gallery.high" if wide else "gallery.middle" if middle else "gallery.low")
    made, x = [], 0.0
    for each in media[first:]:
        ratio = each.width / each.height if each.width and each.height else 1.0
        shape = min(max(ratio, px("gallery.narrowest")), px("gallery.widest"))
        wanted = float(int(high * shape))
        made.append((x, 0.0, min(wanted, width - x), high))
        x += wanted + px("gallery.gap")
        if x >= width:
            break
    return made


class _Feed:
    """One layout: the sheet and the column the post's content stands in. page: the picture a gallery begins with."""

    def __init__(self, content: Content, view: View, metrics: Metrics) -> None:
        self.content, self.view, self.width, self.language = content, view, view.width, view.language
        self.sheet = Sheet(metrics, px("pad.top"), text=view.text)
        self.x = px("pad.left") + px("avatar.left") + px("avatar") + px("avatar.right")
        self.w = max(1.0, self.width - self.x - px("pad.right"))
        self.pictures = rules.pictures(content)
        self.pages = len(self.pictures) if len(self.pictures) > px("grid.most") else 1
        self.page = min(max(view.page, 0), self.pages - 1)

    def boxes(self) -> tuple[Box, ...]:
        """All boxes, the ground first."""
        self._head()
        self._body()
        clips = [m for m in self.content.media if m.kind == "video"]
        if self.pages > 1:
            self._gallery()
        elif self.pictures or clips:
            self._pictures(self.pictures or clips[:1])
        elif self.content.link:
            self._card()
        self._actions()
        self.sheet.y += px("pad.bottom")
        self.height = self.sheet.y + px("line")
        rule = self.sheet.put("line", "line", 0, self.width, px("line"), token="line", rule=spec.rule("line"))
        ground = Box("card", "card", 0, 0, self.width, self.height, token="card", rule=spec.rule("pad.left"))
        return (ground, *(b for b in self.sheet.boxes if b is not rule), rule)

    def _head(self) -> None:
        sheet, content = self.sheet, self.content
        name = content.name or content.handle
        letter = initial(name)
        left = px("pad.left") + px("avatar.left")
        sheet.put(
            "avatar", "avatar", left, px("avatar"), px("avatar"), text=letter, token="avatar",
            radius=px("avatar") / 2, rule=spec.rule("avatar"),
        )
        bold = sheet.font(px("name.size"), px("text.line"), 600)
        plain = sheet.font(px("name.size"), px("text.line"))
        when = f"· {stamp(self.view.posted, self.view.now, self.language)}"
        wide = sheet.metrics.advance(when, plain)
        room = max(1.0, self.w - wide - 2 * px("name.gap"))
        shown = sheet.label("name", self.x, min(room, sheet.metrics.advance(name, bold)), name, bold,
                            rule=spec.rule("name.size"))
        x = self.x + shown.w + px("name.gap")
        if content.handle and room - shown.w > wide:
            handle = f"@{content.handle}"
            wanted = min(room - shown.w, sheet.metrics.advance(handle, plain))
            x += sheet.label("handle", x, wanted, handle, plain, "muted",
                             spec.rule("name.size")).w + px("name.gap")
        sheet.label("time", x, max(1.0, min(wide, self.x + self.w - x)), when, plain, "muted", spec.rule("name.size"))
        sheet.y += plain.line

    def _body(self) -> None:
        if not self.content.text.strip():
            return
        text, runs = shown_text(self.content.text)
        style = self.sheet.font(px("text.size"), px("text.line"))
        self.sheet.words("body", self.x, self.w, self._folded(text, style, runs), style, runs=runs,
                         rule=spec.rule("fold.lines"))
        if self.sheet.boxes[-1].folded:
            label = spec.word("more", self.language)
            wide = min(self.w, self.sheet.metrics.advance(label, style))
            self.sheet.label("more", self.x, wide, label, style, "link", spec.rule("fold.lines"))
            self.sheet.y += style.line

    def _folded(self, text: str, style: Font, runs: Sequence[Run]) -> Cut:
        """Only many line breaks fold a post; a long paragraph never does."""
        if self.view.unfolded or text.count("\n") < px("fold.newlines"):
            return Cut(text, self.sheet.metrics.lines(text, style, self.w))
        whole = [(run.start, run.end) for run in runs]
        return clip_lines(text, style, self.w, int(px("fold.lines")), self.sheet.metrics, whole)

    def _pictures(self, media: Sequence[Media]) -> None:
        top = self.sheet.y + px("media.top")
        places = grid(media, self.w)
        for number, (item, place) in enumerate(zip(media, places, strict=True), start=1):
            self._item(number, item, top, place, ROUND[len(media)][number - 1],
                       "one.least" if len(media) == 1 else "media.gap")
        self.sheet.y = top + max(y + h for _, y, _, h in places)

    def _gallery(self) -> None:
        """More than four: a strip that runs on to the right edge."""
        top = self.sheet.y + px("media.top")
        places = gallery(self.pictures, max(1.0, self.width - self.x), self.width, self.page)
        for number, place in enumerate(places, start=self.page + 1):
            cut = place[0] + place[2] >= self.width - self.x
            self._item(number, self.pictures[number - 1], top, place, (True, not cut, not cut, True), "gallery.gap")
        self.sheet.y = top + places[0][-1]

    def _item(self, number: int, media: Media, top: float, place: Rect, corners: Corners, key: str) -> None:
        sheet, (x, y, w, h) = self.sheet, place
        video = media.kind == "video"
        sheet.y = top + y
        sheet.put(
            "video" if video else "image", f"{'video' if video else 'image'}:{number}", self.x + x, w, h,
            media=media.media, radius=px("media.radius"), corners=corners,
            crop=cover(media.width, media.height, w, h, media.focus), rule=spec.rule(key),
        )
        if video and media.duration is not None:
            self._time(number, clock(float(media.duration)), self.x + x, top + y + h)
        if media.alt.strip() and not video and x + w < self.width - self.x:  # else it stands where the strip is cut
            self._alt(number, self.x + x + w, top + y + h)

    def _time(self, number: int, text: str, left: float, bottom: float) -> None:
        """How long a clip is, in its bottom left corner."""
        font, inset = self.sheet.font(px("time.size"), px("time.line"), 600), px("time.inset")
        badge(self.sheet, f"duration:{number}", text, font, px("time.pad"), (left + inset, bottom - inset),
              "bottom-left", self.width, radius=px("time.radius"), rule=spec.rule("time.inset"), token="time")

    def _alt(self, number: int, right: float, bottom: float) -> None:
        """The badge in a picture's bottom right corner."""
        font, inset = self.sheet.font(px("alt.size"), px("alt.height"), 600), px("alt.inset")
        badge(self.sheet, f"alt:{number}", spec.word("alt", self.language), font, px("alt.pad"),
              (right - inset, bottom - inset), "bottom-right", self.width, radius=px("alt.radius"),
              rule=spec.rule("alt.inset"))

    def _card(self) -> None:
        """The link card, without a picture: the page is never fetched."""
        sheet, card, pad = self.sheet, card_of(self.content), px("card.pad")
        sheet.y += px("media.top")
        top, at = sheet.y, len(sheet.boxes)
        sheet.y += px("card.top")
        title = sheet.font(px("card.title.size"), px("card.title.line"), 600)
        about = sheet.font(px("card.about.size"), px("card.about.line"))
        for name, text, style in (("title", card["title"], title), ("about", card["description"], about)):
            if text:
                cut = ellipsized(text, style, self.w - 2 * pad, int(px(f"card.{name}.lines")), sheet.metrics)
                sheet.words(f"link.{name}", self.x + pad, self.w - 2 * pad, cut, style,
                            rule=spec.rule(f"card.{name}.lines"))
                sheet.y += px("card.gap")
        self._card_foot(card["uri"])
        whole = Box(
            "card", "link", self.x, top, self.w, sheet.y - top, radius=px("card.radius"), token="card",
            rule=spec.rule("card.radius"),
        )
        sheet.boxes.insert(at, whole)

    def _card_foot(self, address: str) -> None:
        sheet, pad, globe = self.sheet, px("card.pad"), px("card.globe")
        sheet.y += px("card.under") - px("card.gap")
        sheet.put("line", "link.rule", self.x + pad, self.w - 2 * pad, px("card.rule"), token="line",
                  rule=spec.rule("card.rule"))
        sheet.y += px("card.rule") + px("card.foot.top")
        style = sheet.font(px("card.host.size"), px("card.host.line"))
        top = sheet.y
        sheet.y = top + (style.line - globe) / 2
        sheet.put("icon", "link.globe", self.x + pad, globe, globe, icon="globe", token="muted",
                  rule=spec.rule("card.globe"))
        sheet.y, left = top, self.x + pad + globe + px("card.globe.gap")
        sheet.label("link.host", left, self.x + self.w - pad - left, host(address), style, "muted",
                    spec.rule("card.host.size"))
        sheet.y = top + style.line + px("card.foot.bottom")

    def _actions(self) -> None:
        """Reply, repost and like on a quarter of the width each; share and more at the right end."""
        sheet, high, quarter, right = self.sheet, px("actions.height"), self.w / 4, self.x + self.w
        icon = min(px("actions.icon"), quarter / 2)
        sheet.y += px("actions.top") + (high - icon) / 2
        places = [self.x, self.x + quarter, self.x + 2 * quarter, right - 3 * icon, right - icon]
        for (name, drawn), x in zip(spec.ACTIONS, places, strict=True):
            sheet.put("icon", f"action:{name}", x, icon, icon, icon=drawn, token="action",
                      text=spec.word(name, self.language), rule=spec.rule("actions.icon"))
        sheet.y += (high + icon) / 2


def layout(content: Content, view: View, metrics: Metrics) -> Card:
    """The post as it stands in the feed, `width` px wide."""
    feed = _Feed(content, view, metrics)
    boxes = feed.boxes()
    return spec.TABLE.card(view, feed.height, boxes, "seen", pages=feed.pages, page=feed.page)
