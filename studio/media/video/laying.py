"""Where a picture lies on the canvas: its fit, its transform, and taking its pixels there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from studio.core.opentime import Time
from studio.core.timeline import Clip, Fit, Transform
from studio.media.video.effects.native import Lay
from studio.media.video.picture import Picture, masked, multiplied

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from studio.media.video.picture import Plane

Size = tuple[int, int]
MARGIN = 4  # px that edges are repeated outwards before a picture is resampled
WIDEST = 8192
LEAST = 0.5  # px that anything is seen of
FAR, GREAT = 100_000.0, 200.0  # px of the canvas a picture may be moved, and how many times as large it may be
MOST_PIXELS = 34_000_000  # of a picture that is worked on as a whole: 8K


@dataclass(frozen=True, slots=True)
class Rect:
    """Px of the canvas, not yet whole numbers. x, y: its middle; w, h: its sides before it is turned."""

    x: float
    y: float
    w: float
    h: float
    rotation: float = 0.0

    @property
    def edges(self) -> tuple[float, float, float, float]:
        """left, top, right, bottom before it is turned."""
        return self.x - self.w / 2, self.y - self.h / 2, self.x + self.w / 2, self.y + self.h / 2

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """left, top, right, bottom of the upright box around it."""
        turn = math.radians(self.rotation)
        cos, sin = abs(math.cos(turn)), abs(math.sin(turn))
        w, h = self.w * cos + self.h * sin, self.w * sin + self.h * cos
        return self.x - w / 2, self.y - h / 2, self.x + w / 2, self.y + h / 2


def even(value: float) -> int:
    """The nearest even number, at least 2."""
    return max(2, 2 * round(value / 2))


def fitted(fit: Fit, picture: tuple[float, float], canvas: Size) -> tuple[float, float]:
    """Sides of a picture as its fit lays it on a canvas."""
    (w, h), (cw, ch) = picture, canvas
    if fit == "fill":
        return float(cw), float(ch)
    scale = max(cw / w, ch / h) if fit == "cover" else min(cw / w, ch / h)
    return w * scale, h * scale


def lay_of(transform: Transform, local: Time) -> Lay:
    """A clip's transform at a moment."""
    scale = transform.scale.at(local)
    return settled(Lay(transform.x.at(local), transform.y.at(local), scale, scale, transform.rotation.at(local),
                       transform.opacity.at(local)))


def settled(lay: Lay) -> Lay:
    """The same within what can be drawn: a file or a plug-in may say anything."""
    return Lay(
        _within_bounds(lay.x, -FAR, FAR, 0.0), _within_bounds(lay.y, -FAR, FAR, 0.0),
        _within_bounds(lay.scale_x, 0.0, GREAT, 1.0), _within_bounds(lay.scale_y, 0.0, GREAT, 1.0),
        lay.rotation % 360 if math.isfinite(lay.rotation) else 0.0, _within_bounds(lay.opacity, 0.0, 1.0, 1.0),
    )


def _within_bounds(value: float, least: float, most: float, otherwise: float) -> float:
    return otherwise if math.isnan(value) else min(most, max(least, value))


def moves(clip: Clip) -> bool:
    """Whether its picture moves, grows or turns in the course of the clip."""
    transform = clip.transform
    return any(curve.moves for curve in (transform.x, transform.y, transform.scale, transform.rotation))


def largest(clip: Clip) -> float:
    """The greatest scale of its transform."""
    curve = clip.transform.scale
    return _within_bounds(max((key.value for key in curve.keys), default=curve.value), 0.0, GREAT, 1.0)


def rect_of(sides: tuple[float, float], lay: Lay, canvas: Size, scale: float) -> Rect:
    """Where a fitted picture comes to lie. scale: px of the drawing by px of the timeline's canvas."""
    return Rect(
        canvas[0] / 2 + lay.x * scale, canvas[1] / 2 + lay.y * scale,
        sides[0] * max(lay.scale_x, 0.0), sides[1] * max(lay.scale_y, 0.0), lay.rotation,
    )


def corners(rect: Rect) -> tuple[int, int, int, int]:
    """left, top, right, bottom on the nearest even px, never empty. Each side is rounded, so the middle stays."""
    left, top, right, bottom = (2 * round(edge / 2) for edge in rect.edges)
    return left, top, max(right, left + 2), max(bottom, top + 2)


def base_size(sides: tuple[float, float], scale: float, picture: Size) -> Size:
    """The size at which a moving picture is prepared: as large as it will be seen, yet not beyond its own pixels."""
    own = max(1.0, picture[0] / sides[0])
    by = min(scale, own) if scale > 1 else max(scale, 0.02)
    by = min(by, WIDEST / max(sides), (MOST_PIXELS / (sides[0] * sides[1])) ** 0.5)
    return even(sides[0] * by), even(sides[1] * by)


def resampled(picture: Picture, rect: Rect, canvas: Size) -> Picture | None:
    """A picture laid into a rectangle that may lie between pixels and be turned; None when nothing is seen of it."""
    window = left, top, right, bottom = _window(rect, canvas)
    if right <= left or bottom <= top or min(rect.w, rect.h) < LEAST:
        return None
    source = multiplied(picture)
    y, u, v = (_taken(plane, rect, window, sub) for plane, sub in ((source.y, 1), (source.u, 2), (source.v, 2)))
    alpha = None if source.alpha is None else _taken(source.alpha, rect, window, 1)
    laid = Picture(y, u, v, alpha, left, top, source.opacity, source.ready)
    edge = _coverage(rect, window)
    return laid if edge is None else masked(laid, edge)


def _window(rect: Rect, canvas: Size) -> tuple[int, int, int, int]:
    left, top, right, bottom = rect.bounds
    return (
        max(0, 2 * math.floor(left / 2)), max(0, 2 * math.floor(top / 2)),
        min(canvas[0], 2 * math.ceil(right / 2)), min(canvas[1], 2 * math.ceil(bottom / 2)),
    )


def _coverage(rect: Rect, window: tuple[int, int, int, int]) -> Plane | None:
    left, top, right, bottom = window
    xs = np.arange(left, right, dtype=np.float32) + np.float32(0.5) - np.float32(rect.x)
    ys = np.arange(top, bottom, dtype=np.float32) + np.float32(0.5) - np.float32(rect.y)
    if rect.rotation % 360 == 0:
        across, down = _within(xs, rect.w), _within(ys, rect.h)
        if across.min() >= 1 and down.min() >= 1:
            return None
        edge: Plane = np.rint(np.outer(down, across) * 255).astype(np.uint8)
        return edge
    turn = math.radians(rect.rotation)
    cos, sin = np.float32(math.cos(turn)), np.float32(math.sin(turn))
    ends = _along(xs[[0, -1]][None, :], ys[[0, -1]][:, None], cos, sin)
    if (_within(ends[0], rect.w) >= 1).all() and (_within(ends[1], rect.h) >= 1).all():
        return None  # all four corners lie inside, and so does what is between them
    along, over = _along(xs[None, :], ys[:, None], cos, sin)
    turned: Plane = np.rint(_within(along, rect.w) * _within(over, rect.h) * 255).astype(np.uint8)
    return turned


def _along(
    xs: NDArray[np.float32], ys: NDArray[np.float32], cos: np.float32, sin: np.float32
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """How far along its width and its height a turned rectangle has points that lie `xs`, `ys` from its middle."""
    return xs * cos + ys * sin, ys * cos - xs * sin


def _within(offset: NDArray[np.float32], side: float) -> NDArray[np.float32]:
    """How much of a pixel whose middle lies `offset` from the middle of a side is inside."""
    return np.clip(np.float32(side / 2 + 0.5) - np.abs(offset), 0, 1)


def _taken(plane: Plane, rect: Rect, window: tuple[int, int, int, int], sub: int) -> Plane:
    """One plane's pixels for the window. sub: how many px of the canvas one of its px is wide."""
    height, width = plane.shape
    w, h = (window[2] - window[0]) // sub, (window[3] - window[1]) // sub
    kx, ky = width * sub / rect.w, height * sub / rect.h  # px of the plane by px of the target
    turn = math.radians(rect.rotation)
    cos, sin = math.cos(turn), math.sin(turn)
    x0, y0 = (window[0] - rect.x) / sub, (window[1] - rect.y) / sub
    mid_x, mid_y = width / 2, height / 2
    if rect.rotation % 360 == 0:
        box = mid_x + x0 * kx, mid_y + y0 * ky, mid_x + (x0 + w) * kx, mid_y + (y0 + h) * ky
        return _boxed(plane, box, (w, h))
    grown = np.pad(plane, MARGIN, mode="edge")
    matrix = (
        cos * kx, sin * kx, mid_x + MARGIN + (x0 * cos + y0 * sin) * kx,
        -sin * ky, cos * ky, mid_y + MARGIN + (y0 * cos - x0 * sin) * ky,
    )
    image = Image.fromarray(grown).transform((w, h), Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR)
    return np.asarray(image)


def _boxed(plane: Plane, box: tuple[float, float, float, float], size: Size) -> Plane:
    """A part of a plane at another size; beyond its edges they are repeated."""
    height, width = plane.shape
    pad = max(0.0, -box[0], -box[1], box[2] - width, box[3] - height)
    if pad > 1e-6:
        by = math.ceil(pad)
        plane = np.pad(plane, by, mode="edge")
        box = box[0] + by, box[1] + by, box[2] + by, box[3] + by
    limit = plane.shape[1], plane.shape[0]
    box = max(box[0], 0.0), max(box[1], 0.0), min(box[2], float(limit[0])), min(box[3], float(limit[1]))
    image = Image.fromarray(np.ascontiguousarray(plane))
    return np.asarray(image.resize(size, Image.Resampling.BICUBIC, box))
