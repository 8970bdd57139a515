"""The amber strip above an account's text: the base changed since this version was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui.i18n import tr
from studio.ui.widgets.base import Live, row
from studio.ui.widgets.button import Link
from studio.ui.widgets.label import Label

if TYPE_CHECKING:
    from studio.ui.theme import Theme


class DriftStrip(Live, QWidget):
    """34 px, warn-tint; `difference` and `reset` are its links."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.words = Label("", "small", "warn", weight=500)
        self.difference = Link(theme, "", tall=True)
        self.reset = Link(theme, "", tall=True)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        line = row(self.words, self.difference, self.reset, gap=12, margins=(36, 0, 12, 0))
        line.setStretch(0, 1)
        self.setLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()
        self.retranslate()

    def sizeHint(self) -> QSize:
        """34 px high."""
        return QSize(400, self._theme.px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The tint and its icon."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("warn-tint"))
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        self._theme.draw_icon(painter, QRectF(12, 0, 16, self.height()), "file-clock", 16, "warn")

    def retranslate(self) -> None:
        self.words.setText(tr("draft", "The base changed since; this is the older text"))
        self.difference.setText(tr("draft", "Show difference"))
        self.reset.setText(tr("draft", "Reset to base"))
        self.difference.updateGeometry()
        self.reset.updateGeometry()
