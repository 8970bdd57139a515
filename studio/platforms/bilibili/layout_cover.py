"""The cover of a video with what lies on it: how often it was seen, how many comments fly over it, how long it is."""

from __future__ import annotations

from studio.core.card import BoxKind, Font
from studio.core.post import Content, Media
from studio.platforms.bilibili import spec
from studio.platforms.bilibili.spec import px
from studio.platforms.boxes import Sheet, cover
from studio.platforms.corners import badge
from studio.platforms.moments import clock

Rect = tuple[float, float, float, float]
Corners = tuple[bool, bool, bool, bool]
TOP: Corners = (True, True, False, False)
FOOT: Corners = (False, False, True, True)


def first(content: Content) -> Media | None:
    """What the cover is made of: the clip, else the first picture."""
    clips = [media for media in content.media if media.kind == "video"]
    pictures = [media for media in content.media if media.kind == "image"]
    return next(iter([*clips, *pictures]), None)


def put_cover(
    sheet: Sheet, name: str, place: Rect, media: Media | None, radius: float, ratio: str, kind: BoxKind = "image",
    corners: Corners | None = None,
) -> None:
    """The picture, cropped to its place around its focal point; a blank where there is none. The height stays."""
    x, y, w, h = place
    kept, sheet.y = sheet.y, y
    if media is None:
        sheet.put("fill", name, x, w, h, token="line", radius=radius, rule=spec.rule(ratio), corners=corners)
    else:
        sheet.put(kind, name, x, w, h, media=media.media, radius=radius, rule=spec.rule(ratio), corners=corners,
                  crop=cover(media.width, media.height, w, h, media.focus))
    sheet.y = kept


def put_shade(sheet: Sheet, place: Rect, high: float, radius: float = 0.0) -> None:
    """From clear to dark, down to the cover's lower edge. radius: of the cover's lower corners."""
    x, y, w, h = place
    kept, high = sheet.y, min(h, high)
    sheet.y = y + h - high
    sheet.put("shade", "shade", x, w, high, token="shade", radius=radius, corners=FOOT, rule=spec.rule("shade"))
    sheet.y = kept


def put_clock(sheet: Sheet, name: str, place: Rect, media: Media | None) -> None:
    """How long the clip is, in the bottom right corner; nothing where nobody knows."""
    if media is None or media.duration is None:
        return
    x, y, w, h = place
    font = sheet.font(px("clock.size"), px("clock.line"))
    badge(sheet, name, clock(float(media.duration)), font, px("clock.pad"),
          (x + w - px("clock.right"), y + h - px("clock.bottom")), "bottom-right", x + w, radius=px("clock.radius"),
          rule=spec.rule("clock.bottom"))


def put_stats(sheet: Sheet, left: float, bottom: float, within: float, font: Font, language: str) -> None:
    """Of a video that nobody has seen yet: two icons, each with its number. within: where the room for them ends."""
    kept, icon, zero = sheet.y, px("stats.icon"), spec.word("zero", language)
    wide, x = sheet.metrics.advance(zero, font), left
    for name, drawn in spec.STATS:
        end = x + icon + px("stats.icon.gap") + wide
        if end > within:
            break
        sheet.y = bottom - (font.line + icon) / 2
        sheet.put("icon", name, x, icon, icon, icon=drawn, token="on-shade", rule=spec.rule("stats.icon"))
        sheet.y = bottom - font.line
        sheet.label(f"label:{name}", end - wide, wide, zero, font, "on-shade", spec.rule("stats.size"))
        x = end + px("stats.gap")
    sheet.y = kept
