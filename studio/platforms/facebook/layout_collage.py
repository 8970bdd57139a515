"""Where the photos of one post stand beside one another, from (0, 0). Pure numbers, from `spec`."""

from __future__ import annotations

from studio.core.post import Media
from studio.platforms.facebook.spec import px

Rect = tuple[float, float, float, float]


def shape(media: Media) -> str:
    """"landscape", "square" or "portrait"; an unknown size is taken for landscape."""
    if not media.width or not media.height:
        return "landscape"
    ratio = media.width / media.height
    if abs(ratio - 1) <= px("square"):
        return "square"
    return "landscape" if ratio > 1 else "portrait"


def photo(media: Media, width: float) -> Rect:
    """One photo, whole, but only so tall."""
    ratio = media.width / media.height if media.width and media.height else px("clip.usual")
    return 0.0, 0.0, width, min(width / ratio, width * px("one.tallest"))


def clip(media: Media, width: float, desktop: bool) -> tuple[Rect, Rect]:
    """The box of one video, and the video in it: on a phone it fills the box, else it stands whole in its middle."""
    ratio = media.width / media.height if media.width and media.height else px("clip.usual")
    tall = min(width / ratio, width * px("clip.tallest.desktop" if desktop else "clip.tallest"))
    wide = min(width, tall * ratio) if desktop else width
    return (0.0, 0.0, width, tall), ((width - wide) / 2, 0.0, wide, tall)


def collage(first: str, number: int, width: float) -> list[Rect]:
    """Places of two to five photos; the first one's shape rules."""
    gap = px("gap")
    half, third = (width - gap) / 2, (width - 2 * gap) / 3
    if number == 2:
        return _two(first, width, half, gap)
    if number == 3:
        return _three(first, width, half, gap)
    if number == 4:
        return _four(first, width, half, third, gap)
    top: list[Rect] = [(0.0, 0.0, half, half), (half + gap, 0.0, half, half)]
    return top + [(n * (third + gap), half + gap, third, third) for n in range(3)]


def _two(first: str, width: float, half: float, gap: float) -> list[Rect]:
    if first == "landscape":
        high = width / px("two.flat")
        return [(0.0, 0.0, width, high), (0.0, high + gap, width, high)]
    high = half if first == "square" else width
    return [(0.0, 0.0, half, high), (half + gap, 0.0, half, high)]


def _three(first: str, width: float, half: float, gap: float) -> list[Rect]:
    if first == "portrait":
        tall = 2 * half + gap
        return [(0.0, 0.0, half, tall), (half + gap, 0.0, half, half), (half + gap, half + gap, half, half)]
    high = width / px("three.flat")
    return [(0.0, 0.0, width, high), (0.0, high + gap, half, half), (half + gap, high + gap, half, half)]


def _four(first: str, width: float, half: float, third: float, gap: float) -> list[Rect]:
    if first == "square":
        return [(x, y, half, half) for y in (0.0, half + gap) for x in (0.0, half + gap)]
    if first == "portrait":
        big, tall = width - third - gap, 3 * third + 2 * gap
        small = [(big + gap, n * (third + gap), third, third) for n in range(3)]
        return [(0.0, 0.0, big, tall), *small]
    high = width / px("four.top")
    return [(0.0, 0.0, width, high), *((n * (third + gap), high + gap, third, third) for n in range(3))]
