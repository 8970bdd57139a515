"""A post in Bluesky's feed, as boxes. The numbers and their sources are in `spec`."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from studio.core.card import Box, Card, Font, Metrics, Run, View
from studio.core.post import Content, Media
from studio.platforms.bluesky import facets, rules, spec
from studio.platforms.bluesky.record import card_of
from studio.platforms.bluesky.spec import px
from studio.platforms.boxes import Cut, Sheet, cover, ellipsized, most_lines
from studio.platforms.text import host

Rect = tuple[float, float, float, float]


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


class _Feed:
    """One layout: the sheet and the column the post's content stands in."""

    def __init__(self, content: Content, width: float, metrics: Metrics, language: str) -> None:
        self.content, self.width, self.language = content, width, language
        self.sheet = Sheet(metrics, px("pad.top"))
        self.x = px("pad.left") + px("avatar.left") + px("avatar") + px("avatar.right")
        self.w = max(1.0, width - self.x - px("pad.right"))

    def boxes(self) -> tuple[Box, ...]:
        """All boxes, the ground first."""
        self._head()
        self._body()
        pictures = rules.pictures(self.content)[: int(px("grid.most"))]
        if pictures:
            self._pictures(pictures)
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
        letter = name.strip()[:1].upper()
        left = px("pad.left") + px("avatar.left")
        sheet.put(
            "avatar", "avatar", left, px("avatar"), px("avatar"), text=letter, token="avatar",
            radius=px("avatar") / 2, rule=spec.rule("avatar"),
        )
        bold = Font(px("name.size"), px("text.line"), 600)
        plain = Font(px("name.size"), px("text.line"))
        when = f"· {spec.word('now', self.language)}"
        wide = sheet.metrics.advance(when, plain)
        room = max(1.0, self.w - wide - 2 * px("name.gap"))
        shown = sheet.label("name", self.x, min(room, sheet.metrics.advance(name, bold)), name, bold)
        x = self.x + shown.w + px("name.gap")
        if content.handle and room - shown.w > wide:
            handle = f"@{content.handle}"
            wanted = min(room - shown.w, sheet.metrics.advance(handle, plain))
            x += sheet.label("handle", x, wanted, handle, plain, "muted").w + px("name.gap")
        sheet.label("time", x, wide, when, plain, "muted")
        sheet.y += plain.line

    def _body(self) -> None:
        if not self.content.text.strip():
            return
        text, runs = shown_text(self.content.text)
        style = Font(px("text.size"), px("text.line"))
        self.sheet.words("body", self.x, self.w, self._folded(text, style), style, runs=runs,
                         rule=spec.rule("fold.lines"))
        if self.sheet.boxes[-1].folded:
            label = spec.word("more", self.language)
            wide = min(self.w, self.sheet.metrics.advance(label, style))
            self.sheet.label("more", self.x, wide, label, style, "link", spec.rule("fold.lines"))
            self.sheet.y += style.line

    def _folded(self, text: str, style: Font) -> Cut:
        """Only many line breaks fold a post; a long paragraph never does."""
        if text.count("\n") < px("fold.newlines"):
            return Cut(text, self.sheet.metrics.lines(text, style, self.w))
        return most_lines(text, style, self.w, int(px("fold.lines")), self.sheet.metrics)

    def _pictures(self, pictures: Sequence[Media]) -> None:
        sheet, top = self.sheet, self.sheet.y + px("media.top")
        bottom = top
        for number, (media, (x, y, w, h)) in enumerate(zip(pictures, grid(pictures, self.w), strict=True), start=1):
            sheet.y = top + y
            sheet.put(
                "image", f"image:{number}", self.x + x, w, h, media=media.media, radius=px("media.radius"),
                crop=cover(media.width, media.height, w, h, media.focus), rule=spec.rule("media.gap"),
            )
            bottom = max(bottom, top + y + h)
            if media.alt.strip():
                self._alt(number, self.x + x + w, top + y + h)
        sheet.y = bottom

    def _alt(self, number: int, right: float, bottom: float) -> None:
        """The badge in a picture's bottom right corner."""
        label, style = spec.word("alt", self.language), Font(px("alt.size"), px("alt.height"), 600)
        w, inset = self.sheet.metrics.advance(label, style) + 2 * px("alt.pad"), px("alt.inset")
        self.sheet.y = bottom - inset - px("alt.height")
        self.sheet.put(
            "badge", f"alt:{number}", right - inset - w, w, px("alt.height"), text=label, font=style, token="badge",
            radius=px("alt.radius"), align="center", rule=spec.rule("alt.inset"),
        )

    def _card(self) -> None:
        """The link card, without a picture: the page is never fetched."""
        sheet, card, pad = self.sheet, card_of(self.content), px("card.pad")
        sheet.y += px("media.top")
        top, at = sheet.y, len(sheet.boxes)
        sheet.y += pad
        title = Font(px("card.title.size"), px("card.title.line"), 600)
        about = Font(px("card.about.size"), px("card.about.line"))
        for name, style in (("title", title), ("about", about)):
            if text := card["title" if name == "title" else "description"]:
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
        sheet.y += px("card.gap")
        sheet.put("line", "link.rule", self.x + pad, self.w - 2 * pad, px("card.rule"), token="line",
                  rule=spec.rule("card.rule"))
        sheet.y += px("card.rule") + px("card.gap") * 2
        style = Font(px("card.host.size"), px("card.host.line"))
        sheet.y += (style.line - globe) / 2
        sheet.put("icon", "link.globe", self.x + pad, globe, globe, icon="globe", token="muted",
                  rule=spec.rule("card.globe"))
        sheet.y -= (style.line - globe) / 2
        left = self.x + pad + globe + px("card.gap")
        sheet.label("link.host", left, self.w - 2 * pad - globe - px("card.gap"), host(address), style, "muted",
                    spec.rule("card.host.size"))
        sheet.y += style.line + pad - px("card.gap")

    def _actions(self) -> None:
        """Reply, repost and like on a quarter of the width each; share and more at the right end."""
        sheet, icon, high = self.sheet, px("actions.icon"), px("actions.height")
        sheet.y += px("actions.top") + (high - icon) / 2
        quarter, right = self.w / 4, self.x + self.w
        places = [self.x, self.x + quarter, self.x + 2 * quarter, right - 3 * icon, right - icon]
        for (name, drawn), x in zip(spec.ACTIONS, places, strict=True):
            sheet.put("icon", f"action:{name}", x, icon, icon, icon=drawn, token="action",
                      text=spec.word(name, self.language), rule=spec.rule("actions.icon"))
        sheet.y += (high + icon) / 2


def layout(content: Content, view: View, metrics: Metrics) -> Card:
    """The post as it stands in the feed, `width` px wide."""
    feed = _Feed(content, view.width, metrics, view.language)
    boxes = feed.boxes()
    return spec.TABLE.card(view, feed.height, boxes, "seen")
