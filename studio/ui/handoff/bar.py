"""The small bar of the window: the next step, its one button, and the way back to the whole list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from studio.ui.handoff.head import TwoParts
from studio.ui.handoff.steps import Deed
from studio.ui.i18n import tr
from studio.ui.widgets.base import Live, column, name, row
from studio.ui.widgets.button import Button, ToolButton
from studio.ui.widgets.label import ElidedLabel
from studio.ui.widgets.marks import Disc

if TYPE_CHECKING:
    from studio.ui.theme import Theme

HIGH = 56


class Bar(Live, QWidget):
    """done(): its button. grown(): the whole list again."""

    done = Signal()
    grown = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._disc = row()
        self.title = ElidedLabel("", "body", "text", 600)
        self.below = TwoParts(theme, "caption", "text-2", None, "caption", 0)
        self.button = Button(theme, "", "primary", "", "small")
        self.expand = ToolButton(theme, "maximize-2")
        self.button.clicked.connect(self.done)
        self.expand.clicked.connect(self.grown)
        words = column(None, self.title, self.below, None, gap=0)
        line = row(self._disc, words, self.button, self.expand, gap=10, margins=(14, 0, 10, 0))
        line.setStretch(1, 1)
        self.setLayout(line)
        self.retranslate()

    def show_place(self, disc: Disc) -> None:
        """Where it is posted."""
        while (item := self._disc.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self._disc.addWidget(disc)

    def show_next(self, deed: Deed, title: str, count: str) -> None:
        """What comes next, of which post, and how far it is."""
        self.title.set_text(deed.next)
        self.below.show_words(title, f" · {count}")
        self.button.setText(deed.words)
        self.button.set_icon(deed.icon)
        name(self.button, deed.words, deed.next)

    def retranslate(self) -> None:
        """Set every text."""
        self.expand.set_tip(tr("handoff", "Show all steps"))
        self.restyle()

    def restyle(self) -> None:
        """56 px, more with large text."""
        self.setFixedHeight(self._theme.px(HIGH))
