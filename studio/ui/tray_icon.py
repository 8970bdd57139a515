"""The seal in the system's tray: alone, or with a badge that says what goes on. Reads on light and dark panels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPainterPath, QPen, QPixmap, qGray

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

    from studio.ui.theme import Theme

Mark = Literal["idle", "sending", "held", "needs_you"]
SIZES = (16, 20, 22, 24, 32, 48, 64, 128)
_TOKENS = {"sending": "accent", "held": "text-2", "needs_you": "warn"}
BRIGHT = 140  # how bright a badge is, 0 to 255, from which its sign is black
BADGE, GAP = 0.52, 0.07  # of the icon's side: the badge, and the clear ring that keeps it apart from the seal


def tray_icon(theme: Theme, mark: Mark) -> QIcon:
    """The icon in every size a panel may ask for."""
    icon = QIcon()
    for size in SIZES:
        icon.addPixmap(tray_pixmap(theme, mark, size))
    return icon


def tray_pixmap(theme: Theme, mark: Mark, size: int) -> QPixmap:
    """One size, in device pixels. The ring round the badge is clear, so the panel's own colour shows through."""
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    theme.draw_seal(painter, QRectF(0, 0, size, size))
    if mark != "idle":
        side = BADGE * size
        _badge(painter, QRectF(size - side, size - side, side, side), GAP * size, mark, theme.color(_TOKENS[mark]))
    painter.end()
    return pixmap


def _badge(painter: QPainter, rect: QRectF, gap: float, mark: Mark, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
    painter.setBrush(Qt.GlobalColor.black)
    painter.drawEllipse(rect.adjusted(-gap, -gap, gap, gap))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    painter.setBrush(colour)
    painter.drawEllipse(rect)
    grey = qGray(colour.rgb())
    ink = Qt.GlobalColor.white if grey < BRIGHT else Qt.GlobalColor.black
    pen = QPen(ink, rect.width() * 0.15, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_sign(mark, rect))


def _sign(mark: Mark, rect: QRectF) -> QPainterPath:
    """What is drawn in the badge: an arrow up, two bars, or an exclamation mark; told apart without colour."""
    path = QPainterPath()
    lines = {
        "sending": [(0.5, 0.76, 0.5, 0.26), (0.29, 0.46, 0.5, 0.25), (0.5, 0.25, 0.71, 0.46)],
        "held": [(0.37, 0.32, 0.37, 0.68), (0.63, 0.32, 0.63, 0.68)],
        "needs_you": [(0.5, 0.25, 0.5, 0.54), (0.5, 0.745, 0.5, 0.75)],
    }[mark]
    for x1, y1, x2, y2 in lines:
        path.moveTo(_at(rect, x1, y1))
        path.lineTo(_at(rect, x2, y2))
    return path


def _at(rect: QRectF, x: float, y: float) -> QPointF:
    return QPointF(rect.x() + x * rect.width(), rect.y() + y * rect.height())
