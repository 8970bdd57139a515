"""Pictures, clips and link cards of a post on X, as boxes. The numbers and their sources are in `spec`."""

from __future__ import annotations

from collections.abc import Sequence

from studio.core.post import Content, Media
from studio.platforms.boxes import Sheet, cover, ellipsized, one_line
from studio.platforms.corners import badge
from studio.platforms.moments import clock
from studio.platforms.text import host, is_address
from studio.platforms.twitter import rules, spec
from studio.platforms.twitter.spec import px

Rect = tuple[float, float, float, float]
Corners = tuple[bool, bool, bool, bool]  # top left, top right, bottom right, bottom left
ALL, LEFT, RIGHT = (True, True, True, True), (True, False, False, True), (False, True, True, False)
ROUND: dict[int, tuple[Corners, ...]] = {
    1: (ALL,), 2: (LEFT, RIGHT),
    3: (LEFT, (False, True, False, False), (False, False, True, False)),
    4: ((True, False, False, False), (False, True, False, False), (False, False, False, True),
        (False, False, True, False)),
}


def one(media: Media, width: float, embedded: bool) -> tuple[float, float]:
    """Size of a single picture or clip: in the timeline no taller than 3:4 and 510 px, so a tall one is narrower."""
    ratio = media.width / media.height if media.width and media.height else px("one.unknown")
    if embedded:
        return width, width / max(ratio, px("post.one.least"))
    ratio = max(ratio, px("one.least"))
    height = min(width / ratio, px("one.tallest"))
    return min(width, height * ratio), height


def grid(media: Sequence[Media], width: float, embedded: bool) -> list[Rect]:
    """Places of one to four, from (0, 0)."""
    gap = px("media.gap")
    half = (width - gap) / 2
    right, high, low = half + gap, half * px("pair.ratio"), half * px("low.ratio")
    if len(media) == 1:
        return [(0, 0, *one(media[0], width, embedded))]
    if len(media) == 2:
        return [(0, 0, half, high), (right, 0, half, high)]
    if len(media) == 3:
        return [(0, 0, half, high + gap), (right, 0, half, low), (right, low + gap, half, low)]
    return [(x, y, half, low) for y in (0.0, low + gap) for x in (0.0, right)]


class Attached:
    """Puts what hangs below a post's text onto its sheet, in a column (x, w)."""

    def __init__(self, sheet: Sheet, content: Content, x: float, w: float, width: float, language: str,
                 embedded: bool) -> None:
        self.sheet, self.content, self.x, self.w, self.width = sheet, content, x, w, width
        self.language, self.embedded = language, embedded
        self.radius = px("post.media.radius" if embedded else "media.radius")

    def put(self) -> None:
        """Media, else the card of the last address."""
        media = self.content.media[: int(px("grid.most"))]
        if media:
            self._media(media)
        elif address := rules.card_address(self.content):
            self._card(address if is_address(address) else f"https://{address}")

    # media -------------------------------------------------------------------------------------------------------

    def _media(self, media: Sequence[Media]) -> None:
        """A border stands around all of them."""
        sheet, border = self.sheet, px("media.border")
        sheet.y += px("media.top")
        top = sheet.y + border
        places = grid(media, max(1.0, self.w - 2 * border), self.embedded)
        bottom, right = max(y + h for _, y, _, h in places), max(x + w for x, _, w, _ in places)
        for number, (item, place) in enumerate(zip(media, places, strict=True), start=1):
            self._item(number, item, top, self.x + border, place, ROUND[len(media)][number - 1])
        sheet.y = top - border
        sheet.put("ring", "frame", self.x, right + 2 * border, bottom + 2 * border, token="border",
                  radius=self.radius, stroke=px("media.border"), rule=spec.rule("media.border"))
        sheet.y = top + bottom + border

    def _item(self, number: int, media: Media, top: float, left: float, place: Rect, corners: Corners) -> None:
        sheet, (x, y, w, h) = self.sheet, place
        sheet.y = top + y
        video = media.kind == "video"
        sheet.put(
            "video" if video else "image", f"{'video' if video else 'image'}:{number}", left + x, w, h,
            media=media.media, radius=self.radius, corners=corners,
            crop=cover(media.width, media.height, w, h, media.focus),
            rule=spec.rule("one.least" if len(self.content.media) == 1 else "low.ratio"),
        )
        at = left + x + px("badge.inset")
        for name, text in self._badges(media):
            at += self._badge(f"{name}:{number}", text, at, top + y + h) + px("badge.gap")

    def _badges(self, media: Media) -> list[tuple[str, str]]:
        """From the left corner to the right."""
        found = []
        if media.kind == "video" and media.duration is not None:
            found.append(("duration", clock(float(media.duration))))
        if rules.moving(media):
            found.append(("gif", spec.word("gif", self.language)))
        if media.alt.strip() and media.kind == "image":
            found.append(("alt", spec.word("alt", self.language)))
        return found

    def _badge(self, name: str, text: str, x: float, bottom: float) -> float:
        font = self.sheet.font(px("badge.size"), px("badge.line"), 700)
        at = (x, bottom - px("badge.inset"))
        made = badge(self.sheet, name, text, font, px("badge.pad"), at, "bottom-left", self.width,
                     radius=px("badge.radius"), rule=spec.rule("badge.inset"))
        return made.w

    # link card ---------------------------------------------------------------------------------------------------

    def _card(self, address: str) -> None:
        """The page is not fetched: a field stands for its picture. "summary" among the options: the small card."""
        self.sheet.y += px("media.top")
        if str(self.content.options.get("card") or "") == "summary":
            self._summary(address)
        else:
            self._large(address)

    def _picture(self, w: float, h: float) -> None:
        sheet, top, icon = self.sheet, self.sheet.y, px("card.icon")
        sheet.put("fill", "link.picture", self.x, w, h, token="fill", radius=self.radius,
                  rule=spec.rule("card.ratio"))
        sheet.y = top + (h - icon) / 2
        sheet.put("icon", "link.icon", self.x + (w - icon) / 2, icon, icon, icon="link", token="muted",
                  rule=spec.rule("card.icon"))
        sheet.y = top

    def _ring(self, w: float, h: float) -> None:
        self.sheet.put("ring", "link", self.x, w, h, token="border", radius=self.radius,
                       stroke=px("media.border"), rule=spec.rule("media.border"))

    def _large(self, address: str) -> None:
        """The title, or the host without one, is a label on the picture; the host stands below."""
        sheet, high, name = self.sheet, self.w / px("card.ratio"), host(address)
        self._picture(self.w, high)
        self._ring(self.w, high)
        self._on_picture(self.content.title.strip() or name, sheet.y + high)
        sheet.y += high + px("card.from.top")
        font = sheet.font(px("card.from.size"), px("card.from.line"))
        said = spec.word("from", self.language).format(host=name)
        sheet.label("link.host", self.x, self.w, said, font, "muted", spec.rule("card.from.size"))
        sheet.y += font.line

    def _on_picture(self, text: str, bottom: float) -> None:
        sheet, inset = self.sheet, px("card.label.inset")
        font = sheet.font(px("badge.size"), px("badge.line"))
        room = max(1.0, self.w - 2 * inset - 2 * px("badge.pad"))
        badge(sheet, "link.title", one_line(text, font, room, sheet.metrics), font, px("badge.pad"),
              (self.x + inset, bottom - inset), "bottom-left", self.width, radius=px("badge.radius"),
              rule=spec.rule("card.label.inset"))

    def _summary(self, address: str) -> None:
        """A square at the left; host, title and description beside it."""
        sheet, side, pad = self.sheet, min(px("card.side"), self.w / 2), px("card.pad")
        font, top = sheet.font(px("card.size"), px("card.line")), sheet.y
        left, room = self.x + side + pad, max(1.0, self.w - side - 2 * pad)
        self._picture(side, side)
        sheet.y = top + pad
        sheet.label("link.host", left, room, host(address), font, "muted", spec.rule("card.side"))
        sheet.y += font.line + px("card.gap")
        if title := self.content.title.strip():
            cut = ellipsized(title, font, room, int(px("card.title.lines")), sheet.metrics)
            sheet.words("link.title", left, room, cut, font, rule=spec.rule("card.title.lines"))
        bottom = max(top + side, sheet.y + pad)
        sheet.y = top
        self._ring(self.w, bottom - top)
        sheet.y = bottom
