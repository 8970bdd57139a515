"""Panels that float beside what they are about: one delivery, one day, when to send."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from studio.ui.calendar.month import Item
from studio.ui.calendar.paint import chip, describe
from studio.ui.focus import tab_chain
from studio.ui.shadow import MARGIN, Floating
from studio.ui.widgets.base import Live
from studio.ui.widgets.label import Label
from studio.ui.widgets.scroll import ScrollColumn

if TYPE_CHECKING:
    from studio.ui.theme import Theme

GAP, EDGE, PAD = 6, 8, 16


class _Catcher(QWidget):
    """Lies over the window under a panel: a press on it closes the panel, and does nothing else."""

    def __init__(self, window: QWidget, panel: Popover) -> None:
        super().__init__(window)
        self._panel = panel
        self.setGeometry(window.rect())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Somewhere else."""
        self._panel.close_up()


class Popover(Live, Floating):
    """A small panel of the window: `open_at(window, anchor)`. Esc, or a press elsewhere, closes it.

    Put content into `.body`. The focus goes in, and back where it was.
    """

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget, width: int = 320) -> None:
        self._over = False
        self._catcher: _Catcher | None = None
        Floating.__init__(self, theme, parent)
        self._wide, self._anchor = width, QRect()
        self._before: QWidget | None = None
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(*self.margins(PAD))
        self.body.setSpacing(8)
        self.hide()

    def open_at(self, window: QWidget, anchor: QRect) -> None:
        """Show it beside `anchor` (in the window's coordinates)."""
        self._before, self._anchor = QApplication.focusWidget(), anchor
        self._catcher = _Catcher(window, self)
        self._catcher.show()
        self._catcher.raise_()
        self.setParent(window)
        window.installEventFilter(self)
        self.place()
        self.show()
        self.raise_()
        self.focus_first()

    def focus_first(self) -> None:
        """Put the focus on the first control."""
        if chain := tab_chain(self):
            chain[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_up(self) -> None:
        """Go away and give the focus back; safe to call twice."""
        if self._over:
            return
        self._over = True
        if (window := self.parentWidget()) is not None:
            window.removeEventFilter(self)
        if self._catcher is not None:
            self._catcher.hide()
            self._catcher.deleteLater()
        self.hide()
        try:
            if self._before is not None and self._before.isVisible():
                self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        except RuntimeError:  # what had the focus is gone; Qt chooses
            pass
        self.closed.emit()
        self.deleteLater()

    def place(self) -> None:
        """Lie below the anchor, above it where there is no room, always inside the window."""
        window = self.parentWidget()
        if window is None:
            return
        wide = min(round(self._wide * min(1.4, max(1.0, self.theme.scale))), window.width() - 2 * EDGE)
        layout = self.body
        whole = wide + 2 * MARGIN
        tall = layout.heightForWidth(whole) if layout.hasHeightForWidth() else layout.sizeHint().height()
        high = min(max(tall, layout.minimumSize().height()) - 2 * MARGIN, window.height() - 2 * EDGE)
        self.set_inner(beside(self._anchor, QSize(wide, high), window.size()))

    def focusNextPrevChild(self, onwards: bool) -> bool:
        """Tab goes round inside."""
        chain = tab_chain(self)
        if chain:
            focus = QApplication.focusWidget()
            at = chain.index(focus) if focus in chain else -1
            reason = Qt.FocusReason.TabFocusReason if onwards else Qt.FocusReason.BacktabFocusReason
            chain[(at + (1 if onwards else -1)) % len(chain)].setFocus(reason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; no other key reaches what lies below."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_up()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the panel's ground stays here."""
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if event.type() == QEvent.Type.Resize and self._catcher is not None and isinstance(watched, QWidget):
            self._catcher.setGeometry(watched.rect())
            self.place()
        return False

    def event(self, event: QEvent) -> bool:
        """Grow with the content."""
        if event.type() == QEvent.Type.LayoutRequest and not self._over:
            self.place()
        return super().event(event)


def beside(anchor: QRect, size: QSize, room: QSize) -> QRect:
    """Where a panel of `size` goes for an anchor in a window of `room`: below, else above, else at its side."""
    left = max(EDGE, min(anchor.left(), room.width() - EDGE - size.width()))
    if anchor.bottom() + GAP + size.height() <= room.height() - EDGE:
        return QRect(QPoint(left, anchor.bottom() + GAP), size)
    if anchor.top() - GAP - size.height() >= EDGE:
        return QRect(QPoint(left, anchor.top() - GAP - size.height()), size)
    top = max(EDGE, min(anchor.top(), room.height() - EDGE - size.height()))
    right = anchor.right() + GAP
    if right + size.width() <= room.width() - EDGE:
        return QRect(QPoint(right, top), size)
    return QRect(QPoint(max(EDGE, anchor.left() - GAP - size.width()), top), size)


class ChipButton(QWidget):
    """One delivery in a list of a day; click or Enter opens it."""

    clicked = Signal()

    def __init__(self, theme: Theme, item: Item) -> None:
        super().__init__()
        self._theme, self._item = theme, item
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("ring", 5)
        self.setFixedHeight(theme.px(24))
        self.setAccessibleName(describe(theme, item))
        self.setToolTip(describe(theme, item))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chip as the grid does."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chip(painter, self._theme, QRectF(self.rect()), self._item, strong=self.underMouse())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open it."""
        if self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space open it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)


class DayPopover(Popover):
    """All deliveries of one day; `opened(id)` when one is chosen."""

    opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget, title: str, items: Sequence[Item]) -> None:
        super().__init__(theme, parent, 300)
        self.setAccessibleName(title)
        self.body.addWidget(Label(title, "heading"))
        area = ScrollColumn(theme, padding=2, gap=4)
        for item in items:
            button = ChipButton(theme, item)
            button.clicked.connect(lambda id=item.id: self._choose(id))
            area.column.addWidget(button)
        area.column.addStretch(1)
        area.setFixedHeight(min(360, len(items) * (theme.px(24) + 4) + 8))
        self.body.addWidget(area)

    def _choose(self, id: str) -> None:
        self.close_up()
        self.opened.emit(id)
