"""Cutting an upright picture to what the canvas shows of it, before it is scaled: what nobody sees costs nothing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from studio.media.video.effects.native import Step
from studio.media.video.laying import LEAST, Rect, Size, corners

REACH = 24  # px of a picture that may be taken more than is needed, so that it falls onto whole px of the canvas


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a picture. first, taken: px of its own (first is even, as chroma is halved); size: px these are
    scaled to; skip, kept: which of those are laid."""

    first: int
    taken: int
    size: int
    skip: int
    kept: int


@dataclass(frozen=True, slots=True)
class Cut:
    """How both sides are cut, and where on the canvas what is left of them is put: in whole, even px."""

    across: Side
    down: Side
    left: int
    top: int

    @property
    def size(self) -> Size:
        """Of what is laid."""
        return self.across.kept, self.down.kept

    def steps(self, width: int, height: int) -> list[Step]:
        """Filters for a picture of that size."""
        x, y, found = self.across, self.down, list[Step]()
        if (x.taken, y.taken) != (width, height):
            found.append(("crop", f"{x.taken}:{y.taken}:{x.first}:{y.first}:exact=1"))
        if (x.taken, y.taken) != (x.size, y.size):
            found.append(("scale", f"{x.size}:{y.size}:flags=bicubic"))
        if (x.size, y.size) != self.size:
            found.append(("crop", f"{x.kept}:{y.kept}:{x.skip}:{y.skip}:exact=1"))
        return found


def uncut(picture: Size, size: Size) -> Cut:
    """All of a picture at another size."""
    across, down = (Side(0, pixels, to, 0, to) for pixels, to in zip(picture, size, strict=True))
    return Cut(across, down, 0, 0)


def cut(rect: Rect, picture: Size, canvas: Size) -> Cut | None:
    """A picture that does not move, laid into `rect`; None when nothing of it is on the canvas."""
    seen = _seen(rect, canvas)
    if seen is None:
        return None
    left, top, right, bottom = seen
    whole = corners(rect)
    across = side(*_ends(left, right, whole[0], whole[2], picture[0]), picture[0], right - left)
    down = side(*_ends(top, bottom, whole[1], whole[3], picture[1]), picture[1], bottom - top)
    return Cut(across, down, left, top)


def cut_whole(rect: Rect, canvas: Size) -> Cut | None:
    """The same of a picture that has the size of the rectangle's corners already."""
    seen = _seen(rect, canvas)
    if seen is None:
        return None
    left, top, right, bottom = seen
    x, y, _, _ = corners(rect)
    size = right - left, bottom - top
    return Cut(Side(left - x, size[0], size[0], 0, size[0]), Side(top - y, size[1], size[1], 0, size[1]), left, top)


def _seen(rect: Rect, canvas: Size) -> tuple[int, int, int, int] | None:
    left, top, right, bottom = corners(rect)
    x, y, right, bottom = max(left, 0), max(top, 0), min(right, canvas[0]), min(bottom, canvas[1])
    return None if right <= x or bottom <= y or min(rect.w, rect.h) < LEAST else (x, y, right, bottom)


def _ends(near: int, far: int, first: int, last: int, pixels: int) -> tuple[float, float]:
    """Which stretch of a side's px is seen between `near` and `far`, when all of it lies between `first` and `last`:
    on even px, as filters lay a picture before it is cropped."""
    by = pixels / (last - first)
    return (near - first) * by, (far - first) * by


@lru_cache(maxsize=512)
def side(begin: float, end: float, pixels: int, out: int) -> Side:
    """How a stretch of a side becomes `out` px, as near as can be to where it belongs between the px of the canvas."""
    by = out / (end - begin)
    starts = [first for first in range(_even(begin), -1, -2) if begin - first <= REACH] or [0]
    first = min(starts, key=lambda start: (round(_off((begin - start) * by), 2), -start))
    skip = max(0, 2 * round((begin - first) * by / 2))
    least = min(pixels, max(math.ceil(end), math.ceil(first + (skip + out) / by - 1e-6), first + 1))
    last = min(range(least, min(pixels, least + REACH) + 1),
               key=lambda stop: (round(_off((stop - first) * by), 2), stop))
    return Side(first, last - first, max(2 * round((last - first) * by / 2), skip + out), skip, out)


def _even(value: float) -> int:
    return max(0, 2 * math.floor(value / 2 + 1e-9))


def _off(value: float) -> float:
    """How far a number is from an even one."""
    return abs(value - 2 * round(value / 2))
