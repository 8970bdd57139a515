"""Several files side by side, which are pushed to the left: what of them is seen. Pure numbers, from `spec`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studio.core.post import Media
from studio.platforms.boxes import Crop, cover
from studio.platforms.threads.spec import px


@dataclass(frozen=True, slots=True)
class Seen:
    """A file of the strip, or the part of it that is seen.

    number   from 0
    x, w     from the strip's left edge, px
    cut      (left, right): whether that edge hides some of it
    """

    number: int
    x: float
    w: float
    crop: Crop
    cut: tuple[bool, bool]

    @property
    def whole(self) -> bool:
        """No edge hides any of it."""
        return not any(self.cut)

    @property
    def corners(self) -> tuple[bool, bool, bool, bool]:
        """Those that are round: top left, top right, bottom right, bottom left."""
        left, right = self.cut
        return not left, not right, not right, not left


def ratio(media: Media, least: str = "strip.narrowest", most: str = "strip.widest") -> float:
    """Width by height of its place; that of an unknown size is square."""
    own = media.width / media.height if media.width and media.height else px("media.unknown")
    return min(max(own, px(least)), px(most))


def single(media: Media, width: float) -> tuple[float, float]:
    """Size of a file alone: its own shape, at most so wide and so tall."""
    own = media.width / media.height if media.width and media.height else px("media.unknown")
    high = min(px("media.tallest"), width / own)
    return max(1.0, min(width, high * own)), max(1.0, high)


def height(media: Sequence[Media], width: float) -> float:
    """Of a strip `width` px wide: lower where a flat file would leave no room for the next one to be seen."""
    return min(px("strip.height"), px("strip.share") * width / max(ratio(each) for each in media))


def widths(media: Sequence[Media], height: float) -> list[float]:
    """Of each file in a strip so high."""
    return [height * ratio(each) for each in media]


def seen(media: Sequence[Media], page: int, width: float, height: float) -> list[Seen]:
    """What stands in a strip `width` px wide that was pushed until file `page` is at its left, or to its end."""
    wide, gap = widths(media, height), px("media.gap")
    starts = [sum(wide[:number]) + number * gap for number in range(len(wide))]
    pushed = max(0.0, min(starts[page], starts[-1] + wide[-1] - width))
    made = []
    for number, (start, w) in enumerate(zip(starts, wide, strict=True)):
        left, right = max(0.0, start - pushed), min(width, start - pushed + w)
        if right - left >= 1:
            made.append(_part(number, media[number], start - pushed, w, height, left, right))
    return made


def _part(
    number: int, media: Media, start: float, wide: float, height: float, left: float, right: float
) -> Seen:
    x, y, w, h = cover(media.width, media.height, wide, height, media.focus)
    first, share = (left - start) / wide, (right - left) / wide
    cut = (left - start >= 1, start + wide - right >= 1)
    crop = (x + first * w, y, share * w, h) if any(cut) else (x, y, w, h)
    return Seen(number, left, right - left, crop, cut)
