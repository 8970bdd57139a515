"""What an empty pane says first: one drawing, one sentence, one button, one quiet link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui.widgets.base import column, row
from studio.ui.widgets.button import Button, Link
from studio.ui.widgets.drawings import DRAWINGS
from studio.ui.widgets.label import Label

if TYPE_CHECKING:
    from studio.ui.theme import Theme


class Drawing(QWidget):
    """One of our line drawings, 240x140, in `line-2` and `accent-tint`."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme, self._draw = theme, DRAWINGS[name]
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """240x140 px."""
        return QSize(240, 140)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw(painter, self._theme, QRectF(self.rect()))


class EmptyState(QWidget):
    """`acted()` when the button, `linked()` when the link is used. Set texts with `say` in `retranslate`."""

    acted = Signal()
    linked = Signal()

    def __init__(self, theme: Theme, drawing: str = "drafts", icon: str = "", kind: str = "primary") -> None:
        super().__init__()
        self._theme = theme
        self.sentence = Label("", "body", "text-2", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.sentence.setMaximumWidth(360)
        self.button = Button(theme, "", "primary" if kind == "primary" else "secondary", icon)
        self.link = Link(theme, "", tall=True)
        self.button.clicked.connect(self.acted)
        self.link.clicked.connect(self.linked)
        picture = Drawing(theme, drawing)
        layout = column(
            None, row(None, picture, None), row(None, self.sentence, None),
            row(None, self.button, None), row(None, self.link, None), None, gap=12, margins=(24, 24, 24, 24),
        )  # fmt: skip
        layout.setStretch(0, 2)
        layout.setStretch(5, 3)
        self.setLayout(layout)
        self.say("")

    def say(self, sentence: str, button: str = "", link: str = "") -> None:
        """Set the words; a button or link without words is not shown."""
        self.sentence.setText(sentence)
        wide = self._theme.width("body", sentence) + 8
        self.sentence.setMinimumWidth(min(360, wide))
        self.button.setText(button)
        self.link.setText(link)
        self.button.setVisible(bool(button))
        self.link.setVisible(bool(link))
        self.button.updateGeometry()
        self.link.updateGeometry()
