"""No video is open: the ones there are, or how to begin."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QListView, QStackedWidget, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from studio.ui.focus import has_ring
from studio.ui.i18n import tr
from studio.ui.library.words import duration
from studio.ui.moments import ago
from studio.ui.text import paint_line
from studio.ui.widgets.base import Live, column, ground, hairline, name, row
from studio.ui.widgets.button import Button
from studio.ui.widgets.empty import EmptyState
from studio.ui.widgets.label import Label
from studio.ui.widgets.scroll import overlay_bars

if TYPE_CHECKING:
    from studio.services.videos.projects import VideoRow
    from studio.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole


def shape(width: int, height: int) -> str:
    """"9:16" for the usual shapes, else the size."""
    from math import gcd

    by = gcd(width, height) or 1
    w, h = width // by, height // by
    return f"{w}:{h}" if max(w, h) <= 21 else f"{width} × {height}"


class Rows(QAbstractListModel):
    """The projects, the one edited last first."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[VideoRow] = ()

    def show(self, rows: Sequence[VideoRow]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        found = self.rows[index.row()]
        if role == ROW:
            return found
        shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        return (found.name or tr("video", "Untitled video")) if role in shown else None


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, view: QListView, zone: ZoneInfo) -> None:
        super().__init__(view)
        self._theme, self._view, self._zone = theme, view, zone

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, self._theme.px(56))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, found = self._theme, index.data(ROW)
        rect = QRectF(option.rect).adjusted(0, 2, -8, -2)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selection" if chosen else "hover"))
            painter.drawRoundedRect(rect, 8, 8)
        self._frame(painter, QRectF(rect.left() + 12, rect.top(), 36, rect.height()), found)
        words = rect.adjusted(60, 8, -12, 0)
        words.setHeight(theme.line("body"))
        paint_line(painter, theme, words, found.name or tr("video", "Untitled video"), "body", "text", 500)
        words.moveTop(words.bottom() + 1)
        now = datetime.now(UTC)
        parts = [shape(found.width, found.height), duration(found.seconds),
                 ago(found.updated, now, self._zone, theme.language.code)]
        paint_line(painter, theme, words, " · ".join(parts), "small", "text-2")
        if has_ring(self._view) and self._view.currentIndex().row() == index.row():
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 8, 8)

    def _frame(self, painter: QPainter, room: QRectF, found: VideoRow) -> None:
        """A small frame of the video's shape."""
        scale = min(30 / found.width, 36 / found.height)
        place = QRectF(0, 0, found.width * scale, found.height * scale)
        place.moveCenter(room.center())
        painter.setPen(QPen(self._theme.color("control"), 1.2))
        painter.setBrush(self._theme.color("accent-tint"))
        painter.drawRoundedRect(place, 3, 3)


class Home(Live, QWidget):
    """opened(id), menu_asked(id, QPoint), new_asked(), file_asked()."""

    opened = Signal(str)
    menu_asked = Signal(str, object)
    new_asked = Signal()
    file_asked = Signal()

    def __init__(self, theme: Theme, zone: ZoneInfo) -> None:
        super().__init__()
        self._theme = theme
        self.title = Label("", "title")
        self.new = Button(theme, "", "primary", "plus", "small")
        self.open = Button(theme, "", "quiet", "folder-open", "small")
        bar = QWidget()
        bar.setLayout(row(self.title, None, self.open, self.new, margins=(24, 0, 16, 0)))
        bar.setFixedHeight(theme.px(60))
        self.rows, self.list = Rows(), QListView()
        self.list.setModel(self.rows)
        self.list.setItemDelegate(_Delegate(theme, self.list, zone))
        self.list.setMouseTracking(True)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        overlay_bars(theme, self.list)
        listed = QWidget()
        inside = column(bar, hairline(), row(self.list, margins=(12, 8, 0, 0)), gap=0)
        inside.setStretch(2, 1)
        listed.setLayout(inside)
        self.empty = EmptyState(theme, "video", "plus")
        self.stack = QStackedWidget()
        self.stack.addWidget(listed)
        self.stack.addWidget(self.empty)
        self.setLayout(column(self.stack, gap=0))
        ground(self, "surface")
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.list.activated.connect(lambda index: self.opened.emit(index.data(ROW).id))
        self.list.customContextMenuRequested.connect(self._menu)
        for button in (self.new.clicked, self.empty.acted):
            button.connect(self.new_asked)
        for button in (self.open.clicked, self.empty.linked):
            button.connect(self.file_asked)

    def show_rows(self, rows: Sequence[VideoRow]) -> None:
        """The projects there are."""
        before = self.current
        self.rows.show(rows)
        at = next((n for n, found in enumerate(rows) if found.id == before), 0)
        self.list.setCurrentIndex(self.rows.index(at))
        self.stack.setCurrentIndex(0 if rows else 1)

    @property
    def current(self) -> str:
        """The one that is chosen; ""."""
        index = self.list.currentIndex()
        return str(index.data(ROW).id) if index.isValid() else ""

    def retranslate(self) -> None:
        """Set every text."""
        self.title.setText(tr("video", "Videos"))
        self.new.setText(tr("video", "New video…"))
        self.open.setText(tr("video", "Open a file…"))
        self.new.updateGeometry()
        self.open.updateGeometry()
        name(self.list, tr("video", "Videos"))
        self.empty.say(
            tr("video", "Cut a short video here: from your films and pictures, with titles, captions and music."),
            tr("video", "New video…"), tr("video", "Open a file…"),
        )  # fmt: skip

    def _menu(self, at: QPoint) -> None:
        index = self.list.indexAt(at)
        if index.isValid():
            self.menu_asked.emit(index.data(ROW).id, self.list.viewport().mapToGlobal(at))
