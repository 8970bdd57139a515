"""A word about a thing that is done and can be undone: bottom centre, six seconds, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QWidget

from studio.ui.i18n import tr
from studio.ui.shadow import MARGIN, Floating
from studio.ui.widgets.base import row
from studio.ui.widgets.button import Link
from studio.ui.widgets.label import Label

if TYPE_CHECKING:
    from studio.ui.theme import Theme

STAY_MS = 6000


class Toast(Floating):
    """The one toast of a window."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(theme, window, 8)
        self._window = window
        self._undo: Callable[[], object] | None = None
        self._label = Label("", "body")
        self._link = Link(theme, "", "body")
        self._link.clicked.connect(self._undone)
        self.setLayout(row(self._label, 4, self._link, margins=(MARGIN + 14, MARGIN, MARGIN + 14, MARGIN)))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()
        window.installEventFilter(self)

    def say(self, text: str, undo: Callable[[], object] | None) -> None:
        """Show `text`, replacing what was said before."""
        self._undo = undo
        self._label.setText(text)
        self._link.setText(tr("toast", "Undo"))
        self._link.setVisible(undo is not None)
        self._link.updateGeometry()
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        self._timer.start(STAY_MS)

    def enterEvent(self, event: QEnterEvent) -> None:
        """It stays while the mouse is on it."""
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """And goes a moment after."""
        self._timer.start(STAY_MS // 3)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _undone(self) -> None:
        self.hide()
        if self._undo is not None:
            self._undo()

    def _place(self) -> None:
        height = self.theme.px(36)
        width = min(self.sizeHint().width() - 2 * MARGIN, self._window.width() - 48)
        left = (self._window.width() - width) // 2
        self.set_inner(QRect(left, self._window.height() - height - 24, width, height))


class Toaster(QObject):
    """What panes get: `toaster.show("Moved to 21:20", undo)`. `said(text)` also reaches the bell."""

    said = Signal(str)

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self.toast = Toast(theme, window)

    def show(self, text: str, undo: Callable[[], object] | None = None) -> None:
        """Say that something is done; `undo` takes it back."""
        self.toast.say(text, undo)
        self.said.emit(text)
