"""Pictures cut, scaled and rounded once for the place they stand in: painting them again is a mere copy."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QImage, QPainter, QPainterPath

Crop = tuple[float, float, float, float]
Corners = tuple[bool, bool, bool, bool]  # as `Box.corners`
Key = tuple[int, Crop, int, int, float, Corners | None]
KEEP_BYTES: Final = 48 * 1024 * 1024
LARGEST: Final = 8_000_000
"""Device px of a place from which on the picture is drawn straight: a file at 3x, not the screen."""


class Scaled:
    """Shared by all painters of one window; the least used ones go first."""

    def __init__(self, keep_bytes: int = KEEP_BYTES) -> None:
        self._most, self._bytes = keep_bytes, 0
        self._kept: OrderedDict[Key, QImage] = OrderedDict()

    @property
    def held(self) -> int:
        """Bytes of all that is kept."""
        return self._bytes

    def get(
        self, image: QImage, crop: Crop, size: QSize, radius: float, corners: Corners | None = None
    ) -> QImage | None:
        """That part of `image` as large as `size` (device px), its corners rounded; None: too large to be kept."""
        if size.width() * size.height() > LARGEST or size.isEmpty():
            return None
        key = (image.cacheKey(), crop, size.width(), size.height(), radius, corners)
        if (known := self._kept.get(key)) is not None:
            self._kept.move_to_end(key)
            return known
        made = rounded(cut(image, crop, size), radius, corners)
        self._kept[key] = made
        self._bytes += made.sizeInBytes()
        while self._bytes > self._most and len(self._kept) > 1:
            self._bytes -= self._kept.popitem(last=False)[1].sizeInBytes()
        return made


def part(image: QImage, crop: Crop) -> QRectF:
    """The part (x, y, w, h in 0..1) in px of the picture."""
    w, h = image.width(), image.height()
    return QRectF(crop[0] * w, crop[1] * h, crop[2] * w, crop[3] * h)


def cut(image: QImage, crop: Crop, size: QSize) -> QImage:
    """That part of a picture, `size` px large; drawn down by areas where it is much smaller, so that lines stay."""
    source = part(image, crop)
    made = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(Qt.GlobalColor.transparent)
    if source.width() > 2 * size.width() and source.height() > 2 * size.height():
        whole = source.toAlignedRect().intersected(image.rect())
        small = image.copy(whole).scaled(
            size * 2, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
        image, source = small, QRectF(small.rect())
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(made.rect()), image, source)
    painter.end()
    return made


def rounded(image: QImage, radius: float, corners: Corners | None = None) -> QImage:
    """The same picture with round corners of so many px."""
    if radius <= 0:
        return image
    made = QImage(image.size(), QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(image))
    painter.drawPath(outline(QRectF(made.rect()), radius, corners))
    painter.end()
    return made


def outline(rect: QRectF, radius: float, corners: Corners | None = None) -> QPainterPath:
    """A rectangle with round corners; of a cell in a grid only those of the grid are round."""
    path = QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    if corners is None or all(corners):
        return path
    path.setFillRule(Qt.FillRule.WindingFill)
    x, y = rect.right() - radius, rect.bottom() - radius
    spots = ((rect.left(), rect.top()), (x, rect.top()), (x, y), (rect.left(), y))
    for (left, top), is_round in zip(spots, corners, strict=True):
        if not is_round:
            path.addRect(QRectF(left, top, radius, radius))
    return path
