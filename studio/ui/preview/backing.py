"""A card as it was last painted: when it only moves on the screen, or a word of it changes, the rest is copied."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QRegion

MOST: Final = 6_000_000
"""Device px of a card from which on it is painted straight to the screen."""
SPARE: Final = 160  # device px of height in hand
Draw = Callable[[QPainter, QRegion], None]
"""Paints a part (in px of the widget); the painter's clip is that part, its origin the widget's."""


class Backing:
    """Of one widget. Sizes and regions are in px of the widget, `ratio` device px for each."""

    def __init__(self) -> None:
        self._image: QImage | None = None
        self._size = QSize()
        self._stale = QRegion()

    @property
    def held(self) -> int:
        """Bytes that are kept."""
        return 0 if self._image is None else self._image.sizeInBytes()

    def drop(self) -> None:
        """Keeps nothing: the widget is not on the screen."""
        self._image = None

    def soil(self, part: QRegion | None = None) -> None:
        """That part looks different now; None: all of it."""
        if part is None:
            self._image = None
        else:
            self._stale += part

    def paint(self, painter: QPainter, size: QSize, ratio: float, exposed: QRegion, draw: Draw) -> None:
        """Brings what is exposed up to date and copies it."""
        if size.width() * size.height() * ratio * ratio > MOST or size.isEmpty():
            self.drop()
            painter.setClipRegion(exposed)
            draw(painter, exposed)
            painter.setClipping(False)
            return
        self._fit(size, ratio)
        assert self._image is not None
        part = self._stale & exposed
        if not part.isEmpty():
            _draw(self._image, part, draw)
            self._stale -= part
        for piece in exposed:  # type: ignore[attr-defined]  # it is iterable
            painter.drawImage(QRectF(piece), self._image, _device(piece, ratio))

    def _fit(self, size: QSize, ratio: float) -> None:
        """What was painted stays where it was when the card grows or shrinks at its lower edge."""
        before = self._image
        if before is not None and before.devicePixelRatio() == ratio and size == self._size:
            return
        whole = QRegion(QRect(0, 0, size.width(), size.height()))
        if before is None or before.devicePixelRatio() != ratio or size.width() != self._size.width():
            self._image, self._stale = _blank(size, ratio), whole
        else:
            kept = QRegion(QRect(0, 0, size.width(), min(size.height(), self._size.height())))
            self._stale = (self._stale & kept) + (whole - kept)
            if before.height() < size.height() * ratio:
                self._image = _blank(size, ratio)
                brush = QPainter(self._image)
                brush.drawImage(0, 0, before)
                brush.end()
        self._size = size


def _blank(size: QSize, ratio: float) -> QImage:
    """Clear, and a little higher than needed: a text that is being written grows by lines."""
    made = QImage(QSize(_up(size.width() * ratio), _up(size.height() * ratio) + SPARE),
                  QImage.Format.Format_ARGB32_Premultiplied)  # fmt: skip
    made.fill(Qt.GlobalColor.transparent)
    made.setDevicePixelRatio(ratio)
    return made


def _up(size: float) -> int:
    """Whole px, none missing."""
    return -int(-size // 1)


def _device(piece: QRect, ratio: float) -> QRectF:
    return QRectF(piece.x() * ratio, piece.y() * ratio, piece.width() * ratio, piece.height() * ratio)


def _draw(image: QImage, part: QRegion, draw: Draw) -> None:
    """That part of it, from nothing."""
    brush = QPainter(image)
    brush.setClipRegion(part)
    brush.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    brush.fillRect(part.boundingRect(), Qt.GlobalColor.transparent)
    brush.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    draw(brush, part)
    brush.end()
