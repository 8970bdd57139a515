"""Drafts that wait for a time: a list to drag from, or to pick from by keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)  # fmt: skip
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from studio.ui.calendar.view import LIFT
from studio.ui.focus import has_ring
from studio.ui.i18n import tr
from studio.ui.library.thumbs import Thumbs, paint_cover
from studio.ui.text import paint_line
from studio.ui.widgets.scroll import overlay_bars

if TYPE_CHECKING:
    from studio.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft without a time. accounts: how many it is meant for."""

    post: str
    heading: str
    thumb: str
    platforms: int


class TrayModel(QAbstractListModel):
    """The waiting drafts."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Waiting, ...] = ()

    def show(self, rows: Sequence[Waiting]) -> None:
        """Replace them."""
        if tuple(rows) == self.rows:
            return
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        """How many."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words for screen readers, the row for the delegate."""
        if not index.isValid():
            return None
        found = self.rows[index.row()]
        if role == ROW:
            return found
        shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
        return found.heading if role in shown else None


class TrayDelegate(QStyledItemDelegate):
    """A card of 52 px: picture, heading, how many platforms."""

    def __init__(self, theme: Theme, thumbs: Thumbs, view: QListView) -> None:
        super().__init__(view)
        self._theme, self._thumbs, self._view = theme, thumbs, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Row height with the gap below."""
        return QSize(100, self._theme.px(52 if self._theme.compact else 58))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one card."""
        found: Waiting = index.data(ROW)
        rect = QRectF(option.rect).adjusted(12.5, 0.5, -12.5, -6.5)
        state: QStyle.StateFlag = option.state
        current = bool(state & QStyle.StateFlag.State_Selected)
        hot = bool(state & QStyle.StateFlag.State_MouseOver)
        paint_card(painter, self._theme, self._thumbs, rect, found, current, hot)
        if has_ring(self._view) and self._view.currentIndex().row() == index.row():
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(-2.5, -2.5, 2.5, 2.5), 10, 10)


def paint_card(
    painter: QPainter, theme: Theme, thumbs: Thumbs, rect: QRectF, row: Waiting, current: bool, hot: bool
) -> None:
    """A waiting draft, in the tray or in hand."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("line-2" if hot or current else "line"), 1))
    painter.setBrush(theme.color("selection" if current else "surface"))
    painter.drawRoundedRect(rect, 8, 8)
    left, side = rect.left() + 8, rect.height() - 12
    if row.thumb:
        place = QRectF(left, rect.top() + 6, side, side)
        picture = thumbs.get(row.thumb)
        if picture is None:
            painter.fillRect(place, theme.color("hover"))
        else:
            paint_cover(painter, picture, place, 5)
        left += side + 10
    else:
        left += 4
    wide, line = rect.right() - left - 8, theme.line("body")
    top = rect.center().y() - (line + theme.line("caption")) / 2
    paint_line(painter, theme, QRectF(left, top, wide, line), row.heading, "body", "text", 500)
    words = tr("calendar", "%n platforms", n=row.platforms) if row.platforms else tr("calendar", "No account yet")
    below = QRectF(left, top + line, wide, theme.line("caption"))
    paint_line(painter, theme, below, words, "caption", "text-2")


class Tray(QListView):
    """picked(post): Enter or double click. lifted(post): M. carried(post, global pos), let_go(post, global pos),
    put_back(): a drag by mouse."""

    picked = Signal(str)
    lifted = Signal(str)
    carried = Signal(str, QPoint)
    let_go = Signal(str, QPoint)
    put_back = Signal()

    def __init__(self, theme: Theme, thumbs: Thumbs) -> None:
        super().__init__()
        self.rows = TrayModel()
        self._press: tuple[str, QPointF] | None = None
        self._carrying = False
        self.setModel(self.rows)
        self.setItemDelegate(TrayDelegate(theme, thumbs, self))
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        overlay_bars(theme, self)
        thumbs.ready.connect(lambda _id: self.viewport().update())

    def post_at(self, index: QModelIndex) -> str:
        """The draft of a row; "" for none."""
        return self.rows.rows[index.row()].post if index.isValid() else ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember what may be carried."""
        super().mousePressEvent(event)
        post = self.post_at(self.indexAt(event.position().toPoint()))
        if event.button() == Qt.MouseButton.LeftButton and post:
            self._press = (post, event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry it after 6 px."""
        if self._press is None:
            super().mouseMoveEvent(event)
            return
        post, start = self._press
        if self._carrying or (event.position() - start).manhattanLength() >= LIFT:
            self._carrying = True
            self.carried.emit(post, event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let it go."""
        press, self._press = self._press, None
        carrying, self._carrying = self._carrying, False
        if press is not None and carrying:
            self.let_go.emit(press[0], event.globalPosition().toPoint())
        else:
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Choose a time for it."""
        if post := self.post_at(self.indexAt(event.position().toPoint())):
            self.picked.emit(post)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses a time, M carries it over the days, Esc puts it back."""
        post = self.post_at(self.currentIndex())
        if event.key() == Qt.Key.Key_Escape and self._carrying:
            self._press, self._carrying = None, False
            self.put_back.emit()
        elif post and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.picked.emit(post)
        elif post and event.key() == Qt.Key.Key_M and not event.modifiers():
            self.lifted.emit(post)
        else:
            super().keyPressEvent(event)


class Ghost(QWidget):
    """The card that follows the pointer from the tray to a day."""

    def __init__(self, theme: Theme, thumbs: Thumbs, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._thumbs = theme, thumbs
        self._row: Waiting | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.resize(216, theme.px(52))
        self.hide()

    def follow(self, row: Waiting, at: QPoint) -> None:
        """Show `row` under the pointer (in the parent)."""
        self._row = row
        self.move(at - QPoint(24, self.height() // 2))
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: object) -> None:
        """Draw the card."""
        if self._row is not None:
            painter = QPainter(self)
            rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            paint_card(painter, self._theme, self._thumbs, rect, self._row, False, True)
