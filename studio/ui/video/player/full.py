"""The picture on the whole screen: the player's canvas and buttons in a window of their own, until Esc or F."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget


class FullScreen(QWidget):
    """Takes widgets out of a layout and gives them back when it closes.

    keys   handles a key that the window got; True when it did something
    """

    def __init__(self, title: str, keys: Callable[[QKeyEvent], bool], back: Callable[[], None]) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self._keys, self._back = keys, back
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def take(self, *widgets: QWidget) -> None:
        for widget in widgets:
            self._column.addWidget(widget)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and F give the picture back."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F):
            self.close()
        elif not self._keys(event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The widgets go home before the window is gone."""
        self._back()
        super().closeEvent(event)
