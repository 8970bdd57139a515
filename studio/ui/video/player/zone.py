"""The safe zone painted over the picture: a dashed outline, a hatch outside it, the platform's buttons as ghosts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF

from studio.core.safezone import WIDTH, SafeZone
from studio.ui.i18n import tr
from studio.ui.text import paint_line
from studio.ui.video.player.view import View

if TYPE_CHECKING:
    from studio.ui.theme import Theme

LIGHT, SHADE = QColor(255, 255, 255, 190), QColor(0, 0, 0, 70)
HATCH = QColor(255, 255, 255, 34)


def paint_zone(painter: QPainter, theme: Theme, view: View, zone: SafeZone) -> None:
    """Over a canvas that the zone fits. White on a faint shade: it must be seen on any picture."""
    per = view.width / WIDTH * view.scale
    outline = QPolygonF([QPointF(view.left + x * per, view.top + y * per) for x, y in zone.outline])
    whole, inside = QPainterPath(), QPainterPath()
    whole.addRect(QRectF(*view.rect))
    inside.addPolygon(outline)
    inside.closeSubpath()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outside = whole.subtracted(inside)
    painter.fillPath(outside, SHADE)
    painter.fillPath(outside, QBrush(HATCH, Qt.BrushStyle.BDiagPattern))
    painter.setPen(_dashes(1.2, 4.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(inside)
    _ghosts(painter, view, zone, per)
    corner = outline.boundingRect().topLeft()
    if painter.hasClipping():  # where the canvas is seen in part only, the words stay in that part
        corner.setX(max(corner.x(), painter.clipBoundingRect().left()))
    _label(painter, theme, corner)
    painter.restore()


def _ghosts(painter: QPainter, view: View, zone: SafeZone, per: float) -> None:
    painter.setPen(_dashes(1.0, 3.0))
    for x, y, radius in zone.buttons:
        painter.drawEllipse(QPointF(view.left + x * per, view.top + y * per), radius * per, radius * per)
    for x, y, w, h in zone.bars:
        place = QRectF(view.left + x * per, view.top + y * per, w * per, h * per)
        painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)


def _label(painter: QPainter, theme: Theme, corner: QPointF) -> None:
    """What the outline means, at its top left, on ink."""
    words = tr("video", "Safe for text")
    high = float(theme.px(19))
    place = QRectF(corner.x() + 9, corner.y() + 11, theme.width("caption", words, 500) + 12.0, high)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(19, 20, 23, 184))
    painter.drawRoundedRect(place, 4, 4)
    paint_line(
        painter, theme, place, words, "caption", QColor(255, 255, 255), 500, Qt.AlignmentFlag.AlignHCenter,
    )  # fmt: skip


def _dashes(width: float, length: float) -> QPen:
    pen = QPen(LIGHT, width)
    pen.setDashPattern([length, 3.0])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen
