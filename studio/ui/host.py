"""The sheet the panes lie on: a line at its top and left, and a round corner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from studio.ui.widgets.base import column

if TYPE_CHECKING:
    from studio.ui.theme import Theme

CORNER = 12


class PaneHost(QWidget):
    """The sheet: panes on one ground, a 1 px line at top and left, 12 px corner top left."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.stack = QStackedWidget()
        self.setLayout(column(self.stack, margins=(1, 1, 0, 0)))
        self._corner = _Corner(theme, self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line and the empty sheet."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface"))
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.drawLine(0, 0, self.width(), 0)
        painter.drawLine(0, 0, 0, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The corner stays on top."""
        super().resizeEvent(event)
        self._corner.raise_()


class _Corner(QWidget):
    """Covers the pane's square corner with the window's ground and a rounded line."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(0, 0, CORNER + 1, CORNER + 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = CORNER + 0.5
        cover = QPainterPath(QPointF(0, 0))
        cover.lineTo(side, 0)
        cover.lineTo(side, 0.5)
        cover.arcTo(QRectF(0.5, 0.5, 2 * CORNER, 2 * CORNER), 90, 90)
        cover.lineTo(0, side)
        cover.closeSubpath()
        painter.fillPath(cover, self._theme.color("window"))
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.drawArc(QRectF(0.5, 0.5, 2 * CORNER, 2 * CORNER), 90 * 16, 90 * 16)


def seal_icon(theme: Theme) -> QIcon:
    """The seal mark as the window's icon."""
    icon = QIcon()
    for size in (16, 32, 48, 128):
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        theme.draw_seal(painter, QRectF(0, 0, size, size))
        painter.end()
        icon.addPixmap(pixmap)
    return icon
