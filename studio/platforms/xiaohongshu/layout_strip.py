"""The pictures of a note as a strip to swipe, or its clip."""

from __future__ import annotations

from collections.abc import Sequence

from studio.core.post import Media
from studio.platforms.boxes import Sheet, cover
from studio.platforms.corners import badge
from studio.platforms.xiaohongshu import spec
from studio.platforms.xiaohongshu.spec import px


def ratio(media: Sequence[Media]) -> float:
    """Width by height of the strip: the first one's shape, between 3:4 and 4:3; 3:4 where it is not known."""
    first = media[0] if media else None
    known = first is not None and first.width > 0 and first.height > 0
    shape = first.width / first.height if first is not None and known else px("media.tallest")
    return min(px("media.widest"), max(px("media.tallest"), shape))


class Strip:
    """Shows picture `page` of them. number: how many there are; page: kept within."""

    def __init__(self, sheet: Sheet, media: Sequence[Media], page: int) -> None:
        self.sheet = sheet
        self.shown = [each for each in media if each.kind in ("image", "video")]
        self.number = len(self.shown)
        self.page = min(max(0, page), max(0, self.number - 1))

    def put(self, x: float, width: float, dots: bool = True) -> None:
        """From the sheet's height on, which moves below it. dots: with one per picture under the strip."""
        if not self.shown:
            return
        sheet, top, height = self.sheet, self.sheet.y, width / ratio(self.shown)
        self._picture(x, width, height)
        sheet.y = top
        if self.number > 1:
            self._pill(x + width)
        sheet.y = top + height
        if dots and self.number > 1:
            self._dots(x, width)

    def _picture(self, x: float, width: float, height: float) -> None:
        """The first fills the strip, which has its shape as far as that goes; the others are shown whole."""
        media, sheet = self.shown[self.page], self.sheet
        w, h = (width, height) if self.page == 0 else _within(media, width, height)
        sheet.y += (height - h) / 2
        clip = media.kind == "video"
        sheet.put("video" if clip else "image", f"{'video' if clip else 'image'}:{self.page + 1}", x + (width - w) / 2,
                  w, h, media=media.media, crop=cover(media.width, media.height, w, h, media.focus),
                  rule=spec.rule("media.tallest"))

    def _pill(self, right: float) -> None:
        font, inset = self.sheet.font(px("pill.size"), px("pill.height"), 500), px("pill.inset")
        badge(self.sheet, "number", f"{self.page + 1}/{self.number}", font, px("pill.pad"),
              (right - inset, self.sheet.y + inset), "top-right", right, radius=font.line / 2,
              rule=spec.rule("pill.height"))

    def _dots(self, x: float, width: float) -> None:
        """One per picture; of many, those around the one that is shown."""
        sheet, size, gap = self.sheet, px("dot"), px("dot.gap")
        fit = int((width + gap) // (size + gap))
        number = max(1, min(self.number, int(px("dots.most")), fit))
        first = min(max(0, self.page - number // 2), self.number - number)
        sheet.y += px("dots.pad")
        left = x + (width - number * size - (number - 1) * gap) / 2
        for at in range(number):
            on = first + at == self.page
            sheet.put("fill", f"dot:{first + at + 1}", left + at * (size + gap), size, size,
                      token="dot.on" if on else "dot", radius=size / 2, rule=spec.rule("dot"))
        sheet.y += size


def _within(media: Media, width: float, height: float) -> tuple[float, float]:
    """As large as it fits in whole."""
    if not (media.width and media.height):
        return width, height
    scale = min(width / media.width, height / media.height)
    return media.width * scale, media.height * scale
