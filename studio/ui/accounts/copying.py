"""A button that puts a text on the clipboard and says so for two seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QApplication

from studio.ui.i18n import tr
from studio.ui.widgets.button import Button

if TYPE_CHECKING:
    from studio.ui.theme import Theme
    from studio.ui.widgets.button import Kind

SAYS_SO = 2000  # ms


class CopyButton(Button):
    """As wide as the longer of its two words, so that nothing moves."""

    def __init__(self, theme: Theme, words: str, value: str, kind: Kind = "secondary") -> None:
        super().__init__(theme, words, kind, "copy", "small")
        self._words, self.value = words, value
        self.clicked.connect(self._copy)

    def sizeHint(self) -> QSize:
        """Room for both."""
        hint, shown = super().sizeHint(), self.text_width()
        wider = max(self._theme.width(self._role(), text, self._weight()) for text in (self._words, _done()))
        return QSize(hint.width() - shown + wider, hint.height())

    minimumSizeHint = sizeHint

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.value)
        self._say(_done(), "check")
        QTimer.singleShot(SAYS_SO, self, lambda: self._say(self._words, "copy"))

    def _say(self, words: str, icon: str) -> None:
        self.setText(words)
        self.set_icon(icon)


def _done() -> str:
    return tr("accounts", "Copied")
