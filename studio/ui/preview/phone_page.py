"""A card as it fills a phone's screen, in that phone's own device px; with a QR code below where that is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from studio.core.card import Card
from studio.services.phonecheck import Phone
from studio.ui.preview.ink import colour

INK, PAPER = QColor("#000000"), QColor("#ffffff")
CODE: Final = 200  # logical px of a code below the page
PAGE: Final = ("page", "background", "card")
"""Tokens that are a page's ground, best first."""


def page(card: Card, image: QImage, phone: Phone, code: Sequence[Sequence[bool]] = ()) -> QImage:
    """`image` is `card` painted as wide as the phone's screen; the page is as high as the screen or the card."""
    wide, tall = phone.pixels
    high = max(tall, image.height())
    below = round(CODE * phone.density) if code else 0
    made = QImage(wide, high + below, QImage.Format.Format_RGB32)
    made.fill(ground(card))
    painter = QPainter(made)
    painter.drawImage(QPoint((wide - image.width()) // 2, 0), image)
    if below:
        painter.fillRect(QRect(0, high, wide, below), PAPER)
        side = side_of(code, below)
        painter.drawImage(QRect((wide - side) // 2, high + (below - side) // 2, side, side), drawn(code))
    painter.end()
    return made


def ground(card: Card) -> QColor:
    """The colour of the platform's page around the card."""
    token = next((name for name in PAGE if name in card.tokens), "card")
    found = QColor(colour(card, token, "card"))
    found.setAlpha(255)
    return found


def side_of(code: Sequence[Sequence[bool]], room: int) -> int:
    """Whole device px for each module: a code with soft edges is not read."""
    return len(code) * max(1, room // max(1, len(code)))


def drawn(code: Sequence[Sequence[bool]]) -> QImage:
    """One px for each module, black on white in every theme."""
    made = QImage(len(code), len(code), QImage.Format.Format_RGB32)
    made.fill(Qt.GlobalColor.white)
    for y, line in enumerate(code):
        for x, dark in enumerate(line):
            if dark:
                made.setPixelColor(x, y, INK)
    return made
