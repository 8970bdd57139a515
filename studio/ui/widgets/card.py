"""A card on the window's ground, and a strip of facts (label above value)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from studio.ui.text import paint_line

if TYPE_CHECKING:
    from studio.ui.theme import Theme


class Card(QWidget):
    """A rounded sheet with a 1 px line: put content into `.body`. Never a card inside a card."""

    def __init__(
        self, theme: Theme, ground: str = "surface", radius: int = 10, padding: int = 16, active: bool = False
    ) -> None:
        super().__init__()
        self._theme, self._ground, self._radius, self._active = theme, ground, radius, active
        self._dashed = False
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(padding, padding, padding, padding)
        self.body.setSpacing(8)

    def set_dashed(self, dashed: bool) -> None:
        """Outline with dashes: a place for something that is not there yet."""
        self._dashed = dashed
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and outline."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 2.0 if self._active else 1.0
        pen = QPen(self._theme.color("accent" if self._active else "line-2" if self._dashed else "line"), width)
        if self._dashed:
            pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush if self._dashed else self._theme.color(self._ground))
        inset = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), self._radius, self._radius)


class Facts(QWidget):
    """A strip of facts in equal columns: `Facts(theme, [("Mode", "API"), ("Last post", "Mon 08:00")])`."""

    def __init__(self, theme: Theme, facts: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self._theme = theme
        self._facts: tuple[tuple[str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_facts(facts)

    def set_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show other facts."""
        self._facts = tuple(facts)
        self.setAccessibleName("; ".join(f"{label}: {value}" for label, value in self._facts))
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines and their padding."""
        return QSize(120 * max(1, len(self._facts)), self._theme.line("caption") + self._theme.line("small") + 26)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the strip."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        width = self.width() / max(1, len(self._facts))
        top, line = self._theme.line("caption"), self._theme.line("small")
        for number, (label, value) in enumerate(self._facts):
            left = number * width
            if number:
                painter.setPen(QPen(self._theme.color("line"), 1))
                painter.drawLine(int(left), 1, int(left), self.height() - 2)
            inner = QRectF(left + 16, 12, width - 24, top)
            paint_line(painter, self._theme, inner, label, "caption", "text-2")
            paint_line(painter, self._theme, QRectF(left + 16, 14 + top, width - 24, line), value, "small", "text", 600)
