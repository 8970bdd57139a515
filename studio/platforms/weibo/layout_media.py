"""Pictures and clips of a post: rows of small cells, their badges, and what is behind the ninth."""

from __future__ import annotations

import math
from collections.abc import Sequence

from studio.core.post import Media
from studio.platforms.boxes import Crop, Sheet, cover
from studio.platforms.corners import badge
from studio.platforms.moments import clock
from studio.platforms.weibo import spec
from studio.platforms.weibo.spec import px

Rect = tuple[float, float, float, float]


def device(value: float, screen: float) -> float:
    """Rounded to whole device px of a screen that is so wide."""
    dense = px("dense") if screen >= px("dense.from") else px("density")
    return math.floor(value * dense + 0.5) / dense


def cell(width: float, screen: float) -> float:
    """The side of one of three pictures in a row."""
    return max(1.0, device((width + px("grid.gap")) / 3 - px("grid.gap"), screen))


def two(width: float, screen: float) -> float:
    """As long as two of them in a row."""
    return min(width, 2 * cell(width, screen) + px("grid.gap"))


def one(media: Media, width: float, screen: float) -> tuple[float, float]:
    """Size of a single picture: its long side is two cells, the other follows its shape; a square where unknown."""
    long = two(width, screen)
    if not (media.width and media.height):
        return (device(width / 2, screen),) * 2
    ratio, least = media.width / media.height, min(long, px("one.least"))
    return (long, max(least, long / ratio)) if ratio >= 1 else (max(least, long * ratio), long)


def grid(number: int, width: float, screen: float) -> list[Rect]:
    """Places of two to nine: rows of three, four as two by two of the same small cells.

    What rounding makes too wide is taken from the last column.
    """
    side, gap = cell(width, screen), px("grid.gap")
    columns = 2 if number == 4 else 3
    made = []
    for n in range(min(number, int(px("grid.most")))):
        x, y = n % columns * (side + gap), n // columns * (side + gap)
        made.append((x, y, max(0.5, min(side, width - x)), side))
    return made


def crop(media: Media, w: float, h: float) -> Crop:
    """What fills the place: a tall picture keeps its top, a wide one its middle."""
    tall = media.width > 0 and media.height * w > media.width * h
    return cover(media.width, media.height, w, h, (0.5, 0.0) if tall else media.focus)


def is_long(media: Media) -> bool:
    """Higher than three times its width, or a strip wider than four times its height."""
    w, h = media.width, media.height
    return w > 0 and (h > px("tall") * w or (h > px("long.high") and w > px("long") * h))


class Pictures:
    """Puts them into the column (x, w) from the sheet's height on, which moves below them. screen: the whole width."""

    def __init__(self, sheet: Sheet, x: float, w: float, screen: float, web: bool, language: str) -> None:
        self.sheet, self.x, self.w, self.screen, self.web, self.language = sheet, x, w, screen, web, language

    def put(self, pictures: Sequence[Media]) -> None:
        top = bottom = self.sheet.y
        many = len(pictures) > 1
        places = grid(len(pictures), self.w, self.screen) if many else [
            (0.0, 0.0, *one(pictures[0], self.w, self.screen))
        ]
        for number, (media, (x, y, w, h)) in enumerate(zip(pictures, places, strict=False), start=1):
            self.sheet.y = top + y
            self.sheet.put("image", f"image:{number}", self.x + x, w, h, media=media.media, crop=crop(media, w, h),
                           rule=spec.rule("grid.gap"))
            self._badge(media, number, (self.x + x, top + y, w, h))
            bottom = max(bottom, top + y + h)
        if (more := len(pictures) - len(places)) > 0:
            x, y, w, h = places[-1]
            self._others(more, (self.x + x, top + y, w, h))
        self.sheet.y = bottom

    def _badge(self, media: Media, number: int, place: Rect) -> None:
        """In the bottom right corner, for what is shown in part or moves."""
        moves = media.name.lower().endswith(".gif")
        if not (moves or is_long(media)):
            return
        font = self.sheet.font(px("badge.size"), px("badge.h"))
        x, y, w, h = place
        wide = min(w, px("badge.w") * self.sheet.text)
        self.sheet.y = y + h - font.line
        self.sheet.put("badge", f"badge:{number}", x + w - wide, wide, font.line, token="badge", font=font,
                       text=spec.say("moves" if moves else "tall", self.web, self.language), align="center",
                       rule=spec.rule("badge.w"))

    def _others(self, count: int, place: Rect) -> None:
        """How many are behind the ninth."""
        x, self.sheet.y, w, h = place
        self.sheet.put("badge", "others", x, w, h, text=f"+{count}", token="cover", align="center",
                       font=self.sheet.font(px("more.size"), px("more.line")), rule=spec.rule("grid.most"))

    def clip(self, media: Media) -> None:
        """As wide as the column; an upright one as wide as two pictures, and no higher than 4:3."""
        known = media.width > 0 and media.height > 0
        upright = known and media.width < media.height
        w = two(self.w, self.screen) if upright else self.w
        name = "video.tall" if upright else "video.wide"
        top, h = self.sheet.y, w / px(name)
        self.sheet.put("video", "video:1", self.x, w, h, media=media.media, radius=px("video.radius"),
                       crop=cover(media.width, media.height, w, h, media.focus), rule=spec.rule(name))
        if media.duration is not None:
            inset, font = px("clock.inset"), self.sheet.font(px("clock.size"), px("clock.line"))
            badge(self.sheet, "duration", clock(float(media.duration)), font, px("clock.pad"),
                  (self.x + w - inset, top + h - inset), "bottom-right", self.screen, radius=font.line / 2,
                  rule=spec.rule("clock.inset"), token="cover")
        self.sheet.y = top + h
