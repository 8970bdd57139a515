"""Paints cards off-screen with the bundled fonts only, on test pictures that tell which part of them is seen."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from PySide6.QtGui import QColor, QImage, QPixmap

from studio import platforms
from studio.core.card import Card, View
from studio.core.post import Content, Media
from studio.ui.fonts import Fonts
from studio.ui.icons import Icons
from studio.ui.preview.metrics import QtMetrics
from studio.ui.preview.offscreen import application, picture
from studio.ui.preview.painter import CardPainter
from studio.ui.resources import Resources, prepare

RINGS = ("#d7263d", "#f46036", "#2e294e", "#1b998b", "#c5d86d", "#0b4f6c", "#7b2d26", "#5b8e7d", "#bc4b51")
RING = 0.1  # of each side
SIDE = 240  # px of the longer edge: enough to measure, quick to draw


def card_of(number: int, width: int, height: int) -> QImage:
    """A test picture: a ring of 10 % in its own colour, a cross in its middle."""
    scale = SIDE / max(width, height)
    w, h = max(1, round(width * scale)), max(1, round(height * scale))
    image = QImage(w, h, QImage.Format.Format_RGB32)
    image.fill(QColor(RINGS[number % len(RINGS)]))
    across, down = round(w * RING), round(h * RING)
    inner = image.copy(across, down, max(1, w - 2 * across), max(1, h - 2 * down))
    inner.fill(QColor("#aebccb"))
    _put(image, inner, across, down)
    for part_w, part_h in ((max(1, w // 2), max(1, h // 40)), (max(1, w // 40), max(1, h // 2))):
        bar = QImage(part_w, part_h, QImage.Format.Format_RGB32)
        bar.fill(QColor("#202020"))
        _put(image, bar, (w - part_w) // 2, (h - part_h) // 2)
    return image


def place_of(width: int, height: int) -> QImage:
    """A picture whose red says how far right, and whose green says how far down a pixel lies."""
    scale = SIDE / max(width, height)
    w, h = max(2, round(width * scale)), max(2, round(height * scale))
    pixels = np.zeros((h, w, 4), np.uint8)
    pixels[..., 2] = np.linspace(0, 255, w).round()[None, :]
    pixels[..., 1] = np.linspace(0, 255, h).round()[:, None]
    pixels[..., 3] = 255
    return QImage(pixels.tobytes(), w, h, QImage.Format.Format_RGB32).copy()


def _put(image: QImage, part: QImage, x: int, y: int) -> None:
    from PySide6.QtGui import QPainter

    painter = QPainter(image)
    painter.drawImage(x, y, part)
    painter.end()


class Album:
    """The post's pictures as test pictures, or as places."""

    def __init__(self, media: tuple[Media, ...], places: bool = False) -> None:
        self._made: dict[str, QImage] = {}
        for number, each in enumerate(media):
            size = each.width or 400, each.height or 400
            self._made[each.media] = place_of(*size) if places else card_of(number, *size)

    def get(self, media: str, size: int) -> QImage | None:
        return self._made.get(media)

    def failed(self, media: str) -> bool:
        return media not in self._made


@cache
def kit() -> tuple[Fonts, Icons]:
    """One application, its fonts and icons."""
    application()
    prepare()
    resources = Resources()
    return Fonts(resources), Icons(resources)


@cache
def metrics(language: str) -> QtMetrics:
    return QtMetrics(kit()[0].families(language))


def lay_out(what: Content, surface: str, language: str, **view: Any) -> Card:
    """The card with the bundled fonts."""
    declared = platforms.get(what.platform)
    width = next(s.widths[0] for s in declared.surfaces if s.id == surface)
    asked = View(surface, **{"width": float(width), "language": language, **view})
    return declared.layout(what, asked, metrics(language))


def paint(card: Card, album: Album, language: str, scale: float = 1.0) -> QImage:
    """The picture of a card."""
    _, icons = kit()

    def icon(name: str, size: int, ink: QColor, ratio: float) -> QPixmap:
        return icons.pixmap(name, size, ink, ratio)

    return picture(card, CardPainter(metrics(language), album, icon), scale)


def pixels(image: QImage) -> np.ndarray:
    """(height, width, 4) of 0..255, blue first."""
    plain = image.convertToFormat(QImage.Format.Format_ARGB32)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : plain.width() * 4].reshape(plain.height(), plain.width(), 4).copy()

