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
    """A strip of facts in columns: `Facts(theme, [("Mode", "API"), ("Last post", "Mon 08:00")])`.

    Equal columns where every value fits in one, else as wide as each needs, else in more than one row.
    """

    def __init__(self, theme: Theme, facts: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self._theme = theme
        self._facts: tuple[tuple[str, str], ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_facts(facts)

    def set_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show other facts."""
        self._facts = tuple(facts)
        self.setAccessibleName("; ".join(f"{label}: {value}" for label, value in self._facts))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """It breaks into rows."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Two lines and their padding for each row."""
        return self._row() * len(self.rows(width))

    def sizeHint(self) -> QSize:
        """As high as it is wide now, or as one row."""
        wide = 120 * max(1, len(self._facts))
        return QSize(wide, self.heightForWidth(self.width() if self.width() > 200 else 10_000))

    def rows(self, width: float) -> list[list[tuple[str, str, float]]]:
        """Its rows at that width: label, value, and px of the column; the columns of all rows are the same."""
        every = len(self._facts)
        for across in range(every, 0, -1):
            columns = self._columns(across, width)
            if across == 1 or (every % across == 0 and columns):
                wide = columns or [width]
                return [[(*self._facts[n + c], wide[c]) for c in range(across)] for n in range(0, every, across)]
        return [[]]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the strip."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        for number, facts in enumerate(self.rows(self.width())):
            top = number * self._row()
            if number:
                painter.setPen(QPen(self._theme.color("line"), 1))
                painter.drawLine(1, top, self.width() - 2, top)
            self._paint_row(painter, top, facts)

    def _paint_row(self, painter: QPainter, top: int, facts: Sequence[tuple[str, str, float]]) -> None:
        left, theme, label_line = 0.0, self._theme, self._theme.line("caption")
        for label, value, wide in facts:
            if left:
                painter.setPen(QPen(theme.color("line"), 1))
                painter.drawLine(int(left), top + 1, int(left), top + self._row() - 2)
            inner = QRectF(left + 16, top + 11, wide - 24, label_line)
            paint_line(painter, theme, inner, label, "caption", "text-2")
            inner = QRectF(left + 16, top + 13 + label_line, wide - 24, theme.line("body"))
            paint_line(painter, theme, inner, value, "body", "text", 600)
            left += wide

    def _row(self) -> int:
        return self._theme.line("caption") + self._theme.line("body") + 24

    def _columns(self, across: int, width: float) -> list[float]:
        """How wide each of so many columns is; [] when they do not fit side by side."""
        need = [max(self._need(*fact) for fact in self._facts[column::across]) for column in range(across)]
        if max(need) <= width / across:
            return [width / across] * across
        spare = (width - sum(need)) / across
        return [wide + spare for wide in need] if spare >= 0 else []

    def _need(self, label: str, value: str) -> float:
        return max(self._theme.width("caption", label), self._theme.width("body", value, 600)) + 28.0
