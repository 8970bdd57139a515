"""What a film on a card shows while it plays, and how that is painted into its box: under what lies over the box."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath

from studio.core.card import Box, Card, Font
from studio.core.post import moment_of
from studio.ui.preview.metrics import QtMetrics

THIN: Final = 3.0  # px: the line that tells how far it is
DONE, REST, SHADE = QColor(255, 255, 255, 235), QColor(255, 255, 255, 70), QColor(0, 0, 0, 170)
WORDS: Final = Font(12, 17)
WHOLE: Final = (0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Shot:
    """What is on now.

    image     the whole picture of the film, not yet cropped; None: its still picture stands
    done      how far it is, 0 to 1; None: not told
    playing   False while it rests: the sign for playing is shown
    trouble   why it cannot be played, in words
    kept      what the image's bytes belong to
    """

    image: QImage | None = None
    done: float | None = None
    playing: bool = False
    trouble: str = ""
    kept: object = field(default=None, compare=False, repr=False)


class Moving(Protocol):
    """Moving pictures for one card's painter; asked while it paints."""

    def shot(self, box: Box) -> Shot | None:
        """What this box of kind "video" shows; None: it does not play."""
        ...


def film_at(card: Card, name: str) -> Box | None:
    """The film of that name on a card."""
    return next((box for box in card.boxes if _plays(box) and box.name == name), None)


def first_film(card: Card) -> Box | None:
    """What Space plays."""
    return next((box for box in card.boxes if _plays(box)), None)


def film_under(card: Card, at: QPointF) -> Box | None:
    """The film at a point of the card; what a platform lays over it does not matter, for it does nothing here."""
    return next((box for box in card.boxes if _plays(box) and QRectF(box.x, box.y, box.w, box.h).contains(at)), None)


def film_of(media: str) -> str:
    """The library's id of what a box shows, which may name a moment of it."""
    return moment_of(media)[0]


def _plays(box: Box) -> bool:
    return box.kind == "video" and bool(box.media)


def paint_picture(painter: QPainter, box: Box, rect: QRectF, shape: QPainterPath, shot: Shot) -> bool:
    """The picture that is on, cropped as the box says, within `shape`; False when there is none yet."""
    if shot.image is None:
        return False
    painter.save()
    painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
    x, y, w, h = box.crop or WHOLE
    wide, high = shot.image.width(), shot.image.height()
    painter.drawImage(rect, shot.image, QRectF(x * wide, y * high, w * wide, h * high))
    painter.restore()
    return True


def paint_progress(painter: QPainter, rect: QRectF, shape: QPainterPath, shot: Shot) -> None:
    """How far it is, a thin line at the foot of the box."""
    if shot.done is None or shot.trouble:
        return
    painter.save()
    painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
    line = QRectF(rect.left(), rect.bottom() - THIN, rect.width(), THIN)
    painter.fillRect(line, REST)
    line.setWidth(rect.width() * min(1.0, max(0.0, shot.done)))
    painter.fillRect(line, DONE)
    painter.restore()


def paint_trouble(painter: QPainter, metrics: QtMetrics, rect: QRectF, shape: QPainterPath, words: str) -> None:
    """Why it does not play, on a shade over the whole box: nothing of the film can be seen anyhow."""
    painter.save()
    painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
    painter.fillRect(rect, SHADE)
    painter.setFont(metrics.font(WORDS))
    painter.setPen(QColor("white"))
    room = rect.adjusted(12, 8, -12, -8)
    painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), words)
    painter.restore()
