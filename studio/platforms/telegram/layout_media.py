"""Pictures, clips and albums in a bubble. The numbers and their sources are in `spec`."""

from __future__ import annotations

from collections.abc import Sequence

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


def one(media: Media, width: float) -> tuple[float, float]:
    """Size of a single picture: whole, not enlarged, at most 432 high; a sliver is cut to what a bubble needs."""
    shape = ratio(media)
    wide = min(float(media.width or width), width)
    high = wide / shape
    if high > px("media.tallest"):
        wide, high = px("media.tallest") * shape, px("media.tallest")
    return min(width, max(px("media.least"), round(wide))), max(px("media.low"), round(high))


def places(media: Sequence[Media], width: float) -> list[Rect]:
    """Of one to ten, from (0, 0)."""
    if len(media) == 1:
        return [(0, 0, *one(media[0], width))]
    return Album([ratio(each) for each in media], width).places()


def put(
    sheet: Sheet, media: Sequence[Media], where: Sequence[Rect], x: float, within: float, top: bool, bottom: bool
) -> None:
    """top, bottom: whether the bubble's round corners are theirs; the sheet's height moves on below them."""
    start = sheet.y
    right, low = max(x + w for x, _, w, _ in where), max(y + h for _, y, _, h in where)
    for number, (item, (a, b, w, h)) in enumerate(zip(media, where, strict=True), start=1):
        edges = (a == 0, b == 0, a + w >= right - 0.5, b + h >= low - 0.5)
        _item(sheet, number, item, (x + a, start + b, w, h), _corners(edges, top, bottom), within, len(media))
    sheet.y = start + low


def _corners(edges: tuple[bool, bool, bool, bool], top: bool, bottom: bool) -> tuple[bool, bool, bool, bool]:
    """edges: whether it touches the left, top, right and bottom of all."""
    left, up, right, down = edges
    return left and up and top, right and up and top, right and down and bottom, left and down and bottom


def _item(
    sheet: Sheet, number: int, media: Media, place: Rect, corners: tuple[bool, bool, bool, bool], within: float,
    count: int,
) -> None:
    x, y, w, h = place
    sheet.y = y
    video = media.kind == "video"
    sheet.put(
        "video" if video else "image", f"{'video' if video else 'image'}:{number}", x, w, h, media=media.media,
        radius=px("bubble.radius") if any(corners) else 0.0, corners=corners,
        crop=cover(media.width, media.height, w, h, media.focus),
        rule=spec.rule("album.gap" if count > 1 else "media.tallest"),
    )
    if video and media.duration is not None:
        font, inset = sheet.font(px("time.size"), px("time.line")), px("time.inset")
        badge(sheet, f"duration:{number}", clock(float(media.duration)), font, px("time.pad"),
              (x + inset, y + inset), "top-left", within, radius=px("time.radius"), rule=spec.rule("time.inset"))
