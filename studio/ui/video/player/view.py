"""How the canvas lies in the player, and what a hand does to a box on it. Pure: px of the widget and of the canvas."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from studio.services.videos.lying import Lying

Point = tuple[float, float]
Grip = Literal["", "move", "scale", "turn"]
REACH = 9.0  # px around a handle that take it
TURN_REACH = 22.0  # px outside a corner that turn the box
SNAP = 6.0  # px within which an edge or a middle sticks to a line


@dataclass(frozen=True, slots=True)
class View:
    """scale: px of the widget per px of the canvas; left, top: where the canvas begins."""

    scale: float
    left: float
    top: float
    width: int
    height: int

    def to_widget(self, point: Point) -> Point:
        return self.left + point[0] * self.scale, self.top + point[1] * self.scale

    def to_canvas(self, point: Point) -> Point:
        return (point[0] - self.left) / self.scale, (point[1] - self.top) / self.scale

    @property
    def rect(self) -> tuple[float, float, float, float]:
        """x, y, w, h of the canvas in the widget."""
        return self.left, self.top, self.width * self.scale, self.height * self.scale


def fit(
    width: int, height: int, room: tuple[float, float], margin: float, zoom: float = 0.0, ratio: float = 1.0
) -> View:
    """A canvas laid into `room` (w, h): whole with a margin, or at `zoom` px of the screen per px of the canvas.

    ratio   device px per px of the widget
    """
    wide, high = max(1.0, room[0] - 2 * margin), max(1.0, room[1] - 2 * margin)
    scale = zoom / ratio if zoom else min(wide / width, high / height)
    return View(scale, (room[0] - width * scale) / 2, (room[1] - height * scale) / 2, width, height)


def preview_size(view: View, ratio: float, short: int) -> tuple[int, int]:
    """Px of the pictures that the view shows: no more than it has, no more than `short` on the shorter side; even."""
    scale = min(view.scale * ratio, short / min(view.width, view.height), 1.0)
    return max(2, round(view.width * scale / 2) * 2), max(2, round(view.height * scale / 2) * 2)


def grip_at(view: View, box: Lying, at: Point) -> Grip:
    """What a press at a place of the widget takes of the chosen box."""
    for corner in box.corners:
        away = math.dist(view.to_widget(corner), at)
        if away <= REACH:
            return "scale"
        if away <= TURN_REACH and not box.holds(*view.to_canvas(at)):
            return "turn"
    return "move" if box.holds(*view.to_canvas(at)) else ""


def scaled(box: Lying, start: Point, now: Point) -> float:
    """By how much a drag of a corner from `start` to `now` (px of the canvas) scales the box about its middle."""
    before = math.dist((box.x, box.y), start)
    return max(0.01, math.dist((box.x, box.y), now) / before) if before > 1e-6 else 1.0


def turned(box: Lying, start: Point, now: Point, step: float = 0.0) -> float:
    """Degrees, clockwise, that a drag about the middle turns the box; `step`: to multiples of so many, all in all."""
    before = math.atan2(start[1] - box.y, start[0] - box.x)
    after = math.atan2(now[1] - box.y, now[0] - box.x)
    turn = (math.degrees(after - before) + 180.0) % 360.0 - 180.0
    if not step:
        return turn
    return round((box.angle + turn) / step) * step - box.angle


@dataclass(frozen=True, slots=True)
class Guide:
    """A line that something sticks to. upright: x = at, else y = at; px of the canvas."""

    upright: bool
    at: float


def snapped(box: Lying, lines: Iterable[Guide], within: float) -> tuple[float, float, tuple[Guide, ...]]:
    """How far (dx, dy) a box goes to lie on the nearest lines with its middle or an edge, and which lines those are."""
    x, y, w, h = box.bounds
    found: dict[bool, tuple[float, Guide]] = {}
    for line in lines:
        places = (x, box.x, x + w) if line.upright else (y, box.y, y + h)
        way = min((line.at - place for place in places), key=abs)
        if abs(way) <= within and abs(way) < abs(found.get(line.upright, (within + 1, line))[0]):
            found[line.upright] = way, line
    dx, dy = found.get(True, (0.0, None))[0], found.get(False, (0.0, None))[0]
    return dx, dy, tuple(line for _, line in found.values())


def canvas_lines(width: int, height: int, zone: tuple[Point, ...] = ()) -> list[Guide]:
    """What boxes stick to: the middle and the edges of the canvas, and the edges of a safe zone."""
    lines = [Guide(True, at) for at in (0.0, width / 2, float(width))]
    lines += [Guide(False, at) for at in (0.0, height / 2, float(height))]
    lines += [Guide(True, x) for x in sorted({x for x, _ in zone})]
    return lines + [Guide(False, y) for y in sorted({y for _, y in zone})]
