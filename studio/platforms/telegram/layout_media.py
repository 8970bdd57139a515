"""Pictures, clips and albums in a bubble. The numbers and their sources are in `spec`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studio.core.post import Media
from studio.platforms.boxes import Sheet, cover
from studio.platforms.corners import badge
from studio.platforms.moments import clock
from studio.platforms.telegram import spec
from studio.platforms.telegram.album import Album, Rect
from studio.platforms.telegram.spec import px


def ratio(media: Media) -> float:
    """Width to height."""
    return media.width / media.height if media.width and media.height else px("media.unknown")


@dataclass(frozen=True, slots=True)
class Single:
    """A single picture: where it stands in a field that may be larger; what is left is a blurred copy of it."""

    field: tuple[float, float]
    picture: Rect

    @property
    def small(self) -> bool:
        """The field is larger."""
        return (self.picture[2], self.picture[3]) != self.field


def one(media: Media, width: float, words: int, phone: bool) -> Single:
    """Whole, not enlarged, at most 432 high. words: characters of the text below it, which may ask for more room."""
    wide = min(float(media.width or width), width)
    high = wide / ratio(media)
    if high > px("media.tallest"):
        wide, high = px("media.tallest") * ratio(media), px("media.tallest")
    least = px("media.least")
    if words > px("media.words"):
        least = px("media.least.phone" if phone else "media.least.words")
    for missing, side in ((least - wide, wide), (px("media.low") - high, high)):
        if 0 < missing < px("media.stretch"):
            wide, high = wide * (side + missing) / side, high * (side + missing) / side
    wide, high = max(1.0, min(width, round(wide))), max(1.0, round(high))
    field = min(width, max(least, wide)), max(px("media.low"), high)
    return Single(field, ((field[0] - wide) / 2, (field[1] - high) / 2, wide, high))


def places(media: Sequence[Media], width: float) -> list[Rect]:
    """Of two to ten, from (0, 0)."""
    return Album([ratio(each) for each in media], width).places()


def put_one(sheet: Sheet, media: Media, single: Single, x: float, within: float, top: bool, bottom: bool) -> None:
    """top, bottom: whether the bubble's round corners are its own; the sheet's height moves on below it."""
    start, (wide, high), (a, b, w, h) = sheet.y, single.field, single.picture
    corners = (top, top, bottom, bottom)
    if single.small:
        corners = (False,) * 4
        sheet.put("backdrop", "backdrop:1", x, wide, high, media=media.media, rule=spec.rule("media.least"),
                  crop=cover(media.width, media.height, wide, high, media.focus))
    _item(sheet, 1, media, (x + a, start + b, w, h), corners, within, "media.tallest")
    sheet.y = start + high


def put(
    sheet: Sheet, media: Sequence[Media], where: Sequence[Rect], x: float, within: float, top: bool, bottom: bool
) -> None:
    """top, bottom: whether the bubble's round corners are theirs; the sheet's height moves on below them."""
    start = sheet.y
    right, low = max(x + w for x, _, w, _ in where), max(y + h for _, y, _, h in where)
    for number, (item, (a, b, w, h)) in enumerate(zip(media, where, strict=True), start=1):
        edges = (a == 0, b == 0, a + w >= right - 0.5, b + h >= low - 0.5)
        _item(sheet, number, item, (x + a, start + b, w, h), _corners(edges, top, bottom), within, "album.gap")
    sheet.y = start + low


def _corners(edges: tuple[bool, bool, bool, bool], top: bool, bottom: bool) -> tuple[bool, bool, bool, bool]:
    """edges: whether it touches the left, top, right and bottom of all."""
    left, up, right, down = edges
    return left and up and top, right and up and top, right and down and bottom, left and down and bottom


def _item(
    sheet: Sheet, number: int, media: Media, place: Rect, corners: tuple[bool, ...], within: float, key: str,
) -> None:
    x, y, w, h = place
    sheet.y = y
    video = media.kind == "video"
    sheet.put(
        "video" if video else "image", f"{'video' if video else 'image'}:{number}", x, w, h, media=media.media,
        radius=px("bubble.radius") if any(corners) else 0.0, corners=corners,
        crop=cover(media.width, media.height, w, h, media.focus),
        rule=spec.rule(key),
    )
    font, inset = sheet.font(px("time.size"), px("time.line")), px("time.inset")
    if video and media.duration is not None and h >= font.line + 2 * inset:
        badge(sheet, f"duration:{number}", clock(float(media.duration)), font, px("time.pad"),
              (x + inset, y + inset), "top-left", within, radius=px("time.radius"), rule=spec.rule("time.inset"))
