"""Pictures as planes: what lies where on a canvas of 4:2:0, and mixing them in whole numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from av.video.frame import VideoFrame

from studio.media.video.chain import ready

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Plane = NDArray[np.uint8]

ROWS = 64  # worked on at a time: their sums stay in the processor's cache


@dataclass(frozen=True, slots=True)
class Picture:
    """A rectangle of a canvas. left, top: px, even. Sides are even.

    y, u, v   limited bt709; u and v have half of the width and height
    alpha     uint8 of y's shape, or None: opaque everywhere
    opacity   0 to 1, of all of it
    ready     colours are already multiplied by alpha
    frame     the very frame whose planes these are, or None; passing: nobody keeps that frame for later
    """

    y: Plane
    u: Plane
    v: Plane
    alpha: Plane | None = None
    left: int = 0
    top: int = 0
    opacity: float = 1.0
    ready: bool = False
    frame: VideoFrame | None = None
    passing: bool = False

    @property
    def width(self) -> int:
        return int(self.y.shape[1])

    @property
    def height(self) -> int:
        return int(self.y.shape[0])

    @property
    def opaque(self) -> bool:
        return self.alpha is None and self.opacity >= 1

    def covers(self, width: int, height: int) -> bool:
        """Whether nothing below it shows on a canvas of that size."""
        inside = self.left <= 0 and self.top <= 0
        return self.opaque and inside and self.left + self.width >= width and self.top + self.height >= height

    def placed(self, left: int, top: int) -> Picture:
        return replace(self, left=left, top=top, frame=None)

    def within(self, left: int, top: int, right: int, bottom: int) -> Picture | None:
        """The part that lies in a window of even sides (px of the canvas); None when there is none."""
        x, y = max(left, self.left), max(top, self.top)
        r, b = min(right, self.left + self.width), min(bottom, self.top + self.height)
        if r <= x or b <= y:
            return None
        if (x, y, r, b) == (self.left, self.top, self.left + self.width, self.top + self.height):
            return self
        x0, y0, x1, y1 = x - self.left, y - self.top, r - self.left, b - self.top
        half = slice(y0 // 2, y1 // 2), slice(x0 // 2, x1 // 2)
        alpha = None if self.alpha is None else self.alpha[y0:y1, x0:x1]
        return replace(self, y=self.y[y0:y1, x0:x1], u=self.u[half], v=self.v[half], alpha=alpha, left=x, top=y,
                       frame=None)


def planes(frame: VideoFrame) -> tuple[Plane, ...]:
    """The planes of a planar 8-bit frame, without copying: (height, width) each."""
    return tuple(
        np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)[: plane.height, : plane.width]  # type: ignore[call-overload]
        for plane in frame.planes
    )


def of_frame(frame: VideoFrame, left: int = 0, top: int = 0) -> Picture:
    """A picture of yuv420p or yuva420p of even sides."""
    y, u, v, *rest = planes(frame)
    return Picture(y, u, v, rest[0] if rest else None, left, top, frame=frame)


def to_frame(picture: Picture) -> VideoFrame:
    """A frame with the picture's pixels and straight alpha: its own one where it has it."""
    if picture.frame is not None:
        return picture.frame
    frame = VideoFrame(picture.width, picture.height, "yuv420p" if picture.alpha is None else "yuva420p")
    given = straight(picture)
    for target, plane in zip(planes(frame), (given.y, given.u, given.v, given.alpha), strict=False):
        if plane is not None:
            target[...] = plane
    return ready(frame)


def straight(picture: Picture) -> Picture:
    """The same with colours that are not multiplied by alpha."""
    if not picture.ready or picture.alpha is None:
        return picture
    small = halved(picture.alpha)

    def divided(plane: Plane, by: Plane) -> Plane:
        full = plane.astype(np.uint32) * 255 // np.maximum(by, 1)
        return np.minimum(full, 255).astype(np.uint8)

    return replace(picture, y=divided(picture.y, picture.alpha), u=divided(picture.u, small),
                   v=divided(picture.v, small), ready=False, frame=None)


def multiplied(picture: Picture) -> Picture:
    """The same with colours that are multiplied by alpha, where it has one."""
    if picture.ready or picture.alpha is None:
        return picture
    small = halved(picture.alpha)
    return replace(picture, y=_times(picture.y, picture.alpha), u=_times(picture.u, small),
                   v=_times(picture.v, small), ready=True, frame=None)


def masked(picture: Picture, mask: Plane) -> Picture:
    """The picture with its opacity multiplied by a mask of its own size (0 to 255)."""
    if picture.alpha is None:
        return replace(picture, alpha=mask, frame=None)
    alpha = _times(picture.alpha, mask)
    if not picture.ready:
        return replace(picture, alpha=alpha, frame=None)
    small = halved(mask)
    return replace(picture, y=_times(picture.y, mask), u=_times(picture.u, small), v=_times(picture.v, small),
                   alpha=alpha, frame=None)


def _times(plane: Plane, by: Plane) -> Plane:
    return ((plane.astype(np.uint16) * by + 127) // 255).astype(np.uint8)


def halved(plane: Plane) -> Plane:
    """Means of two by two."""
    rows = plane[0::2].astype(np.uint16) + plane[1::2]
    return ((rows[:, 0::2] + rows[:, 1::2] + 2) >> 2).astype(np.uint8)


def of_rgba(pixels: Plane, left: int = 0, top: int = 0) -> Picture:
    """A picture from straight RGBA (height, width, 4) at any px: grown by a clear edge to even places and sides.

    Chroma is halved by opacity, so the colour of what is clear does not bleed into edges.
    """
    x, y = left % 2, top % 2
    height, width = pixels.shape[:2]
    grown = np.zeros((height + y + (height + y) % 2, width + x + (width + x) % 2, 4), np.float32)
    grown[y : y + height, x : x + width] = pixels
    whole, alpha = yuv(grown[..., :3]), grown[..., 3]
    rows, columns = whole.shape[0] // 2, whole.shape[1] // 2
    weight = alpha[..., None] + np.float32(1e-3)
    small = (whole[..., 1:] * weight).reshape(rows, 2, columns, 2, 2).sum(axis=(1, 3))
    small /= weight.reshape(rows, 2, columns, 2, 1).sum(axis=(1, 3))
    y_, u, v = (np.rint(plane).astype(np.uint8) for plane in (whole[..., 0], small[..., 0], small[..., 1]))
    return Picture(y_, u, v, alpha.astype(np.uint8), left - x, top - y)


# ITU-R BT.709, 8 bit, limited: rows are Y, Cb, Cr by R, G, B of 0 to 255.
_KR, _KG, _KB = 0.2126, 0.7152, 0.0722
MATRIX = np.array([
    [_KR, _KG, _KB],
    [-_KR / (2 - 2 * _KB), -_KG / (2 - 2 * _KB), 0.5],
    [0.5, -_KG / (2 - 2 * _KR), -_KB / (2 - 2 * _KR)],
], np.float32) * np.array([[219 / 255], [224 / 255], [224 / 255]], np.float32)
OFFSET = np.array([16, 128, 128], np.float32)


def yuv(rgb: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
    """Limited bt709 of RGB (..., 3) of 0 to 255."""
    return rgb @ MATRIX.T + OFFSET


def color_of(text: str) -> tuple[int, int, int, int]:
    """(red, green, blue, alpha) of "#rrggbb" or "#rrggbbaa"; black for anything else."""
    digits = text.removeprefix("#")
    try:
        values = bytes.fromhex(digits)
    except ValueError:
        values = b""
    if len(values) == 3:
        return values[0], values[1], values[2], 255
    return (values[0], values[1], values[2], values[3]) if len(values) == 4 else (0, 0, 0, 255)


def yuv_of(text: str) -> tuple[int, int, int]:
    """A colour as limited bt709."""
    y, u, v = np.rint(yuv(np.array(color_of(text)[:3], np.float32)))
    return int(y), int(u), int(v)


def blocks(height: int) -> Iterator[slice]:
    """Slices of a few rows each."""
    for row in range(0, height, ROWS):
        yield slice(row, min(height, row + ROWS))


def to_256(alpha: Plane, opacity: float = 1.0) -> NDArray[np.uint16]:
    """Weights of 0 to 256 from alpha of 0 to 255."""
    wide = alpha.astype(np.uint16)
    wide += wide >> 7
    if opacity < 1:
        wide *= round(opacity * 255)  # 256 * 255 is what fits
        wide //= 255
    return wide


def lerp(one: Plane, two: Plane, weight: int | NDArray[np.uint16], out: Plane) -> None:
    """out = one where the weight is 0, two where it is 256. `out` may be one of both."""
    for rows in blocks(one.shape[0]):
        part = weight if isinstance(weight, int) else weight[rows]
        mixed = one[rows].astype(np.uint16)
        mixed *= np.asarray(256 - part, np.uint16)
        more = two[rows].astype(np.uint16)
        more *= np.asarray(part, np.uint16)
        mixed += more
        mixed += 128
        mixed >>= 8
        out[rows] = mixed


def cover(below: Plane, above: Plane, weight: NDArray[np.uint16], opacity: float) -> None:
    """Lays `above`, multiplied by its alpha already, onto `below`."""
    part = round(opacity * 256)
    for rows in blocks(below.shape[0]):
        mixed = below[rows].astype(np.uint16)
        mixed *= 256 - weight[rows]
        more = above[rows].astype(np.uint16)
        more *= np.uint16(part)
        mixed += more
        mixed += 128
        mixed >>= 8
        below[rows] = np.minimum(mixed, 255)
