"""The amber strip above an account's text: the base changed since this version was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui.i18n import tr
from studio.ui.text import paint_line
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


class SavedMark(QWidget):
    """Whether the post is on disk: icon and word, in a place of fixed width so that the title does not move."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._icon, self._tone, self._words = theme, "check", "text-3", ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def say(self, icon: str, tone: str, words: str) -> None:
        """Shows this."""
        self._icon, self._tone, self._words = icon, tone, words
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words

    def sizeHint(self) -> QSize:
        """Room for the longest of its words."""
        words = (tr("draft", "Saved"), tr("draft", "Saving…"), tr("draft", "Not saved"), tr("draft", "Read only"))
        wide = max(self._theme.width("small", text) for text in words)
        return QSize(wide + self._theme.icon_size(14) + 8, self._theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """At the right end of its place."""
        painter, theme = QPainter(self), self._theme
        wide, side = theme.width("small", self._words), theme.icon_size(14)
        left = self.width() - wide - 2
        theme.draw_icon(painter, QRectF(left - side - 5, 0, side, self.height()), self._icon, 14, self._tone)
        paint_line(painter, theme, QRectF(left, 0, wide + 2, self.height()), self._words, "small", self._tone)
