"""A section of the inspector: a heading that folds, rows below it, a line under all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from studio.ui.text import paint_line
from studio.ui.video.inspector.row import Row
from studio.ui.widgets.base import column, hairline, row
from studio.ui.widgets.button import ToolButton
from studio.ui.widgets.choice import Switch
from studio.ui.widgets.label import Label

if TYPE_CHECKING:
    from studio.ui.theme import Theme


class Heading(QAbstractButton):
    """The name with its chevron; Space and Enter fold it."""

    def __init__(self, theme: Theme, words: str) -> None:
        super().__init__()
        self._theme = theme
        self.setText(words)
        self.setAccessibleName(words)
        self.setCheckable(True)
        self.setChecked(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty("ring", 5)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.width("small", self.text(), 600) + 26, self._theme.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, rect, theme = QPainter(self), QRectF(self.rect()), self._theme
        icon = "chevron-down" if self.isChecked() else "chevron-right"
        theme.draw_icon(painter, QRectF(0, 0, theme.icon_size(14), rect.height()), icon, 14, "text-2")
        rect.setLeft(theme.icon_size(14) + 5)
        paint_line(painter, theme, rect, self.text(), "small", "text", 600)


class Section(QWidget):
    """rows: what it holds. badge: words at the right. reset_asked, removed, moved(by), switched(on): of an effect."""

    reset_asked = Signal()
    removed = Signal()
    moved = Signal(int)
    switched = Signal(bool)
    folded = Signal(str, bool)

    def __init__(self, theme: Theme, key: str, words: str, rows: list[Row], open_: bool = True) -> None:
        super().__init__()
        self.key, self.rows = key, rows
        self.heading, self.badge = Heading(theme, words), Label("", "caption", "text-2")
        self.reset = ToolButton(theme, "rotate-ccw", size=14)
        self.remove = ToolButton(theme, "x", size=14)
        self.up = ToolButton(theme, "chevron-up", size=14)
        self.enabled = Switch()
        for extra in (self.remove, self.up, self.enabled):
            extra.hide()
        self.inside = QWidget()
        self.inside.setLayout(column(*rows, gap=4))
        top = row(self.heading, self.badge, self.reset, self.up, self.enabled, self.remove, gap=4)
        self.setLayout(column(row(column(top, self.inside, gap=2), margins=(16, 9, 14, 11)), hairline(), gap=0))
        self.heading.toggled.connect(self._fold)
        self.reset.clicked.connect(self.reset_asked)
        self.remove.clicked.connect(self.removed)
        self.up.clicked.connect(lambda: self.moved.emit(-1))
        self.enabled.clicked.connect(lambda: self.switched.emit(self.enabled.isChecked()))
        self.heading.setChecked(open_)

    def be_effect(self, on: bool, first: bool) -> None:
        """An effect can be switched off, moved up and taken out."""
        self.remove.show()
        self.enabled.show()
        self.up.setVisible(not first)
        self.enabled.setChecked(on)

    def _fold(self, open_: bool) -> None:
        self.inside.setVisible(open_)
        self.folded.emit(self.key, open_)
