"""Pictures, clips and link cards of a post on LinkedIn, as boxes over its whole width. Numbers are in `spec`."""

from __future__ import annotations

from collections.abc import Sequence

from studio.core.post import Content, Media
from studio.platforms.boxes import Sheet, cover, ellipsized
from studio.platforms.corners import badge
from studio.platforms.linkedin import rules, spec
from studio.platforms.linkedin.spec import px
from studio.platforms.moments import clock
from studio.platforms.text import host

Rect = tuple[float, float, float, float]


def one(media: Media, width: float) -> float:
    """Height of a single picture or clip over all the width: 3:1 to 4:5, cut beyond."""
    ratio = media.width / media.height if media.width and media.height else px("one.unknown")
    return width / min(max(ratio, px("one.tallest")), px("one.widest"))


def grid(media: Sequence[Media], width: float) -> list[Rect]:
    """Places of one to four, from (0, 0): two squares; a large one and a column of two or three."""
    gap = px("grid.gap")
    if len(media) == 1:
        return [(0, 0, width, one(media[0], width))]
    if len(media) == 2:
        half = (width - gap) / 2
        return [(0, 0, half, half), (half + gap, 0, half, half)]
    rest = len(media) - 1
    high = width / px("grid.ratio")
    low = (high - (rest - 1) * gap) / rest
    side = width - high - gap if rest == 2 else low
    left = width - gap - side
    return [(0, 0, left, high), *((left + gap, n * (low + gap), side, low) for n in range(rest))]


class Attached:
    """Puts what hangs below a post's text onto its sheet."""

    def __init__(self, sheet: Sheet, content: Content, width: float) -> None:
        self.sheet, self.content, self.width = sheet, content, width

    def put(self) -> None:
        """Media, else the card of a link."""
        if self.content.media:
            self._media(self.content.media)
        elif address := rules.card_address(self.content):
            self._card(address)

    def _media(self, media: Sequence[Media]) -> None:
        shown = media[: int(px("grid.most"))]
        top, places = self.sheet.y, grid(shown, self.width)
        for number, (item, place) in enumerate(zip(shown, places, strict=True), start=1):
            self._item(number, item, top, place, len(shown))
        if hidden := len(media) - len(shown):
            self._others(hidden, top, places[-1])
        self.sheet.y = top + max(y + h for _, y, _, h in places)

    def _item(self, number: int, media: Media, top: float, place: Rect, shown: int) -> None:
        sheet, (x, y, w, h) = self.sheet, place
        kind = "video" if media.kind == "video" else "image"
        sheet.y = top + y
        sheet.put(
            "video" if kind == "video" else "image", f"{kind}:{number}", x, w, h, media=media.media,
            crop=cover(media.width, media.height, w, h, media.focus),
            rule=spec.rule("grid.ratio" if shown > 2 else "grid.gap" if shown > 1 else "one.tallest"),
        )
        if kind == "video" and media.duration is not None:
            font, at = sheet.font(px("time.size"), px("time.line"), 600), px("time.inset")
            badge(sheet, f"duration:{number}", clock(float(media.duration)), font, px("time.pad"),
                  (x + w - at, top + y + h - at), "bottom-right", self.width, radius=px("time.radius"),
                  rule=spec.rule("time.inset"))

    def _others(self, hidden: int, top: float, place: Rect) -> None:
        """How many more there are, over the last one."""
        sheet, (x, y, w, h) = self.sheet, place
        sheet.y = top + y
        font = sheet.font(px("others.size"), px("others.line"), 600)
        sheet.put("badge", "others", x, w, h, text=f"+{hidden}", font=font, token="shade", align="center",
                  rule=spec.rule("grid.most"))

    def _card(self, address: str) -> None:
        """The page is not fetched: a field stands for its picture."""
        sheet, pad, icon = self.sheet, px("card.pad.x"), px("card.icon")
        top, high = sheet.y, self.width / px("card.ratio")
        sheet.put("fill", "link.picture", 0, self.width, high, token="line", rule=spec.rule("card.ratio"))
        sheet.y = top + (high - icon) / 2
        sheet.put("icon", "link.icon", (self.width - icon) / 2, icon, icon, icon="link", token="muted",
                  rule=spec.rule("card.icon"))
        sheet.y, at = top + high, len(sheet.boxes)
        sheet.y += px("card.pad.y")
        room = max(1.0, self.width - 2 * pad)
        title = sheet.font(px("card.title.size"), px("card.title.line"), 600)
        name = self.content.title.strip() or host(address)
        cut = ellipsized(name, title, room, int(px("card.title.lines")), sheet.metrics)
        sheet.words("link.title", pad, room, cut, title, rule=spec.rule("card.title.lines"))
        sheet.y += px("card.gap")
        small = sheet.font(px("card.host.size"), px("card.host.line"))
        sheet.label("link.host", pad, room, host(address), small, "muted", spec.rule("card.host.size"))
        bottom = sheet.y + small.line + px("card.pad.y")
        sheet.y = top + high
        foot = sheet.put("fill", "link", 0, self.width, bottom - sheet.y, token="fill", rule=spec.rule("card.pad.y"))
        sheet.boxes.insert(at, sheet.boxes.pop(sheet.boxes.index(foot)))
        sheet.y = bottom
