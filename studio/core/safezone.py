"""What a platform's own buttons and words cover of a full-screen video, so that titles keep clear of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from studio.core.words import Words

Confidence = Literal["official", "measured", "estimate"]
Point = tuple[float, float]
Rect = tuple[float, float, float, float]  # x, y, w, h
WIDTH, HEIGHT = 1080, 1920


@dataclass(frozen=True, slots=True)
class SafeZone:
    """In px of a picture of 1080 x 1920, which fills the screen.

    outline     corners of the area that nothing covers; clear: the largest box in it where words are safe
    buttons     (x, y, radius) of round ones; bars: rectangles of words and the like
    confidence  official: the vendor's own numbers; measured: on screens, by somebody; estimate: after a similar app
    source, read   where the numbers come from and when that was read
    """

    surface: Words
    outline: tuple[Point, ...]
    buttons: tuple[tuple[float, float, float], ...]
    bars: tuple[Rect, ...]
    confidence: Confidence
    source: str
    read: str

    def fits(self, width: int, height: int) -> bool:
        """Whether a canvas of that size fills the screen."""
        return abs(width / height - WIDTH / HEIGHT) < 0.02

    def holds(self, box: Rect) -> bool:
        """Whether a box lies wholly in the safe area. Its outline is made of right angles."""
        x, y, w, h = box
        corners = ((x, y), (x + w, y), (x, y + h), (x + w, y + h))
        return all(_inside(self.outline, corner) for corner in corners) and not any(
            x < px < x + w and y < py < y + h for px, py in self.outline
        )

    def lifted(self, box: Rect) -> float | None:
        """How far (px, up is below 0) a box must go up or down to be safe, the shortest way; None: it fits nowhere."""
        x, y, w, h = box
        edges = sorted({py for _, py in self.outline})
        ways = [to - y for edge in edges for to in (edge, edge - h)]
        safe = [way for way in ways if self.holds((x, y + way, w, h))]
        return min(safe, key=abs, default=None)


def _inside(outline: Sequence[Point], point: Point) -> bool:
    """Inside, or on the edge."""
    x, y = point
    inside = False
    for (ax, ay), (bx, by) in zip(outline, (*outline[1:], outline[0]), strict=True):
        if min(ax, bx) <= x <= max(ax, bx) and min(ay, by) <= y <= max(ay, by) and (ax == bx or ay == by):
            return True
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def box(left: float, top: float, right: float, bottom: float) -> tuple[Point, ...]:
    """The outline of a plain box."""
    return ((left, top), (right, top), (right, bottom), (left, bottom))


FULL_SCREEN = Words("Full screen", "全屏播放", "全螢幕播放")
# What apps that play one video after the other have in common, after TikTok's on an iPhone.
RAIL = ((1003, 973, 52), (1003, 1150, 44), (1003, 1330, 44), (1003, 1490, 44), (1003, 1650, 44))
CAPTION = ((31, 1749, 360, 40), (31, 1812, 640, 34))
LIKE_TIKTOK = ((24, 160), (1050, 160), (1050, 780), (930, 780), (930, 1715), (24, 1715))
TIKTOK_SOURCE = "Remotion SocialSafeZones, TikTok for iOS measured from captures (v. 2026-08-24)"
COMMON = SafeZone(
    Words("Common to all", "各平台共用", "各平台共用"), box(120, 288, 888, 1248), (), (), "estimate",
    "shotstack.io, the box that lies within every vendor's zone", "2026-11-30",
)  # fmt: skip
