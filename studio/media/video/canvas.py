"""The canvas: a frame of 4:2:0 onto which pictures are laid, each in its rectangle only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from av.video.frame import VideoFrame

from studio.media.video.chain import ready
from studio.media.video.picture import Picture, cover, halved, lerp, planes, to_256, yuv_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from studio.media.video.picture import Plane


class Canvas:
    """A frame of yuv420p, bt709 limited, that may be written to. Its sides are even."""

    def __init__(self, frame: VideoFrame) -> None:
        """Takes the frame over; what others share is copied first."""
        frame.make_writable()
        self.frame = ready(frame)
        self.planes = planes(frame)

    @property
    def width(self) -> int:
        return self.frame.width

    @property
    def height(self) -> int:
        return self.frame.height

    def copy(self) -> Canvas:
        """Another one with the same pixels."""
        other = Canvas(VideoFrame(self.width, self.height, "yuv420p"))
        for target, plane in zip(other.planes, self.planes, strict=True):
            target[...] = plane
        return other

    def lay(self, picture: Picture) -> None:
        """Puts a picture on top; what lies outside is left out."""
        part = picture.within(0, 0, self.width, self.height)
        if part is None or part.opacity <= 0:
            return
        x, y = part.left, part.top
        luma = self.planes[0][y : y + part.height, x : x + part.width]
        half = slice(y // 2, (y + part.height) // 2), slice(x // 2, (x + part.width) // 2)
        targets = (luma, self.planes[1][half], self.planes[2][half])
        if part.alpha is None:
            _lay_even(targets, part)
        else:
            _lay_clear(targets, part, part.alpha)


def mixed(one: VideoFrame, two: VideoFrame, weight: float | Plane) -> Canvas:
    """Between two frames of one size: all of them by a weight of 0 to 1, or each pixel by its own of 0 to 255."""
    canvas = Canvas(VideoFrame(one.width, one.height, "yuv420p"))
    weights = _even(weight) if isinstance(weight, float) else _by_pixel(weight)
    for target, before, after, part in zip(canvas.planes, planes(one), planes(two), weights, strict=True):
        lerp(before, after, part, target)
    return canvas


def _even(weight: float) -> list[int | NDArray[np.uint16]]:
    return [round(weight * 256)] * 3


def _by_pixel(weight: Plane) -> list[int | NDArray[np.uint16]]:
    small = to_256(halved(weight))
    return [to_256(weight), small, small]


def _lay_even(targets: tuple[Plane, ...], picture: Picture) -> None:
    for target, plane in zip(targets, (picture.y, picture.u, picture.v), strict=True):
        if picture.opacity >= 1:
            target[...] = plane
        else:
            lerp(target, plane, round(picture.opacity * 256), target)


def _lay_clear(targets: tuple[Plane, ...], picture: Picture, alpha: Plane) -> None:
    large, small = to_256(alpha, picture.opacity), to_256(halved(alpha), picture.opacity)
    weights: tuple[NDArray[np.uint16], ...] = (large, small, small)
    for target, plane, weight in zip(targets, (picture.y, picture.u, picture.v), weights, strict=True):
        if picture.ready:
            cover(target, plane, weight, picture.opacity)
        else:
            lerp(target, plane, weight, target)


def filled(width: int, height: int, color: str) -> Canvas:
    """A canvas of one colour ("#rrggbb")."""
    canvas = Canvas(VideoFrame(width, height, "yuv420p"))
    for plane, value in zip(canvas.planes, yuv_of(color), strict=True):
        plane[...] = value
    return canvas
