"""The alt text of one picture, written in a small sheet over its tile; every letter is kept at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from studio.core.post import Media
from studio.ui.draft.edits import plain
from studio.ui.i18n import tr
from studio.ui.widgets.base import Live, column, row
from studio.ui.widgets.button import Button
from studio.ui.widgets.label import Label

if TYPE_CHECKING:
    from studio.ui.theme import Theme

WIDTH: Final = 340


class _Lines(QPlainTextEdit):
    """Enter is done; Shift+Enter a new line; Esc is done too, for every letter is kept already."""

    done = Signal()
    away = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape or (enter and not shift):
            self.done.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.away.emit()


class AltEditor(Live, QWidget):
    """written(number, text) at each change; closed(number) when the person is done."""

    written = Signal(int, str)
    closed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._number = theme, 0
        self._loading = False
        self.title = Label("", "small", "text", weight=600)
        self.count = Label("", "caption", "text-3")
        self.lines = _Lines()
        self.lines.setTabChangesFocus(True)
        self.lines.setFixedHeight(theme.px(74))
        self.done = Button(theme, "", "secondary", size="small")
        self.setLayout(column(
            row(self.title, None, self.count), self.lines, row(None, self.done), gap=8, margins=(14, 12, 14, 12),
        ))  # fmt: skip
        self.lines.textChanged.connect(self._changed)
        self.lines.done.connect(self.finish)
        self.lines.away.connect(self._left)
        self.done.clicked.connect(self.finish)
        self.retranslate()
        self.hide()

    @property
    def number(self) -> int:
        """Which file it is about."""
        return self._number

    def open_at(self, number: int, media: Media, tile: QRect) -> None:
        """Opens above (or below) a tile given in px of the parent."""
        self._number, self._loading = number, True
        self.lines.setPlainText(media.alt)
        self._loading = False
        self.title.setText(tr("draft", "Alt text of picture {number}", number=number + 1))
        self._count()
        parent = self.parentWidget()
        assert parent is not None
        width, height = min(WIDTH, parent.width() - 16), self.sizeHint().height()
        left = min(max(8, tile.left() - 8), parent.width() - width - 8)
        top = tile.top() - height - 8
        self.setGeometry(left, top if top >= 8 else tile.bottom() + 8, width, height)
        self.show()
        self.raise_()
        self.lines.setFocus(Qt.FocusReason.OtherFocusReason)
        self.lines.selectAll()

    def finish(self) -> None:
        """Closes; the text is kept already."""
        if self.isVisible():
            self.hide()
            self.closed.emit(self._number)

    def _left(self) -> None:
        if not self.done.hasFocus():
            self.hide()

    def _changed(self) -> None:
        self._count()
        if not self._loading:
            self.written.emit(self._number, plain(self.lines.toPlainText()))

    def _count(self) -> None:
        self.count.setText(tr("draft", "%n chars", n=len(self.lines.toPlainText())))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A raised card."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("line-2"), 1))
        painter.setBrush(self._theme.color("raised"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)

    def retranslate(self) -> None:
        self.lines.setPlaceholderText(tr("draft", "What should someone who cannot see it know?"))
        self.lines.setAccessibleName(tr("draft", "Alt text"))
        self.done.setText(tr("draft", "Done"))
