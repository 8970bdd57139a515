"""How far something is: a 4 px bar, and a turning arc with words beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from studio.ui.widgets.base import dress
from studio.ui.widgets.button import paint_arc

if TYPE_CHECKING:
    from studio.ui.theme import Theme


class ProgressBar(QProgressBar):
    """A bar 4 px high; `set_fraction(0.4)`, or None while unknown; good when done."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextVisible(False)
        self.setRange(0, 1000)
        self.setFixedHeight(4)

    def set_fraction(self, fraction: float | None) -> None:
        """0 to 1, or None for unknown (an empty bar: the words beside it say what goes on)."""
        self.setValue(round((fraction or 0.0) * 1000))
        dress(self, tone="good" if fraction == 1.0 else "")


class Arc(QWidget):
    """The turning arc, 16 px; always put words beside it. It stands still while hidden."""

    def __init__(self, theme: Theme, token: str = "text-2") -> None:
        super().__init__()
        self._theme, self._token, self._turn = theme, token, 0
        self._timer = QTimer(self)
        self._timer.setInterval(40)
        self._timer.timeout.connect(self._advance)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """16 px square."""
        return QSize(16, 16)

    def showEvent(self, event: QShowEvent) -> None:
        """Turn."""
        if self._theme.motion:
            self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stand still."""
        self._timer.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arc or the three dots."""
        painter = QPainter(self)
        paint_arc(painter, QRectF(self.rect()), self._theme.color(self._token), self._turn, self._theme.motion)

    def _advance(self) -> None:
        self._turn += 1
        self.update()
