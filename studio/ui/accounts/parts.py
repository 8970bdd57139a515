"""Small things that panes made of rows share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLayout, QSizePolicy, QWidget

if TYPE_CHECKING:
    from studio.ui.theme import Theme


class Icon(QWidget):
    """An icon that stands still beside words."""

    def __init__(self, theme: Theme, icon: str, size: int, token: str) -> None:
        super().__init__()
        self._theme, self._icon, self._size, self._token = theme, icon, size, token
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Square."""
        side = self._theme.icon_size(self._size)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        self._theme.draw_icon(QPainter(self), QRectF(self.rect()), self._icon, self._size, self._token)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout, and away."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
            inner.deleteLater()
