"""The list of deliveries, painted: thousands of rows cost what is on the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studio.ui.focus import has_ring
from studio.ui.i18n import tr
from studio.ui.library.thumbs import Thumbs, paint_cover
from studio.ui.moments import local
from studio.ui.outbox.rows import Line, Row, group_words, shown_state, spoken, state_words, ticks
from studio.ui.text import paint_line
from studio.ui.widgets.base import ground
from studio.ui.widgets.marks import paint_state
from studio.ui.widgets.scroll import overlay_bars

if TYPE_CHECKING:
    from studio.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
LINE: Final = Qt.ItemDataRole.UserRole
SIDE, PAD, PICTURE, DISC = 6, 12, 40, 14


def utc_now() -> datetime:
    """The moment that countdowns count from."""
    return datetime.now(UTC)


class OutboxModel(QAbstractListModel):
    """Heads and rows."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self._places: dict[str, int] = {}

    def show(self, lines: Sequence[Line]) -> None:
        """Replace them."""
        self.beginResetModel()
        self.lines = list(lines)
        self._places = {line.row.id: n for n, line in enumerate(lines) if line.row is not None}
        self.endResetModel()

    def place(self, id: str) -> int:
        """Where a delivery is; -1 when it is not listed."""
        return self._places.get(id, -1)

    def ids(self) -> list[str]:
        """The listed deliveries, in order."""
        return list(self._places)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        """How many lines, heads counted."""
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Heads cannot be chosen."""
        usable = index.isValid() and self.lines[index.row()].row is not None
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if usable else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The line for the delegate, its words for everybody else."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.row.title if line.row is not None else ""
        if role == Qt.ItemDataRole.AccessibleTextRole and line.row is not None:
            return spoken(line.row, utc_now())
        return None


class OutboxDelegate(QStyledItemDelegate):
    """58 px: picture 40, title and time, disc 14 and the state in icon, colour and words."""

    def __init__(self, theme: Theme, view: OutboxList, thumbs: Thumbs, now: Callable[[], datetime]) -> None:
        super().__init__(view)
        self._theme, self._view, self._thumbs, self._now = theme, view, thumbs, now

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A head is lower than a row, and the first one is not far from the search."""
        line: Line = index.data(LINE)
        if line.row is None:
            return QSize(100, self._theme.px(32 if index.row() == 0 or line.hidden else 40))
        return QSize(100, self._theme.px(48 if self._theme.compact else 60))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        line: Line = index.data(LINE)
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line.row is None:
            self._head(painter, rect, line)
        else:
            self._ground(painter, rect.adjusted(SIDE, 1, -SIDE, -1), option.state, index.row())
            self._row(painter, rect, line.row, bool(option.state & QStyle.StateFlag.State_Selected))
        painter.restore()

    def _head(self, painter: QPainter, rect: QRectF, line: Line) -> None:
        theme = self._theme
        high = theme.line("caption")
        inner = QRectF(rect.left() + SIDE + PAD, rect.bottom() - high - 6, rect.width() - 2 * (SIDE + PAD), high)
        if line.hidden:
            words = tr("outbox", "%n more in the calendar", n=line.hidden)
            paint_line(painter, theme, inner, words, "caption", "accent-text", 500)
            return
        today = local(self._now(), self._view.zone).date()
        words = group_words(line.group, today, theme.language.code)
        paint_line(painter, theme, inner, words, "caption", "text-2", 500)

    def _ground(self, painter: QPainter, box: QRectF, state: QStyle.StateFlag, row: int) -> None:
        theme = self._theme
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selection" if chosen else "hover"))
            painter.drawRoundedRect(box, 8, 8)
        if has_ring(self._view) and self._view.currentIndex().row() == row:
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 8, 8)

    def _row(self, painter: QPainter, rect: QRectF, row: Row, chosen: bool) -> None:
        theme, side = self._theme, min(float(self._theme.icon_size(PICTURE)), rect.height() - 12)
        picture = QRectF(rect.left() + SIDE + PAD, rect.center().y() - side / 2, side, side)
        paint_picture(painter, theme, self._thumbs, picture, row.thumb)
        left, right = picture.right() + 10, rect.right() - SIDE - PAD
        title, below = theme.line("body"), max(theme.line("small"), theme.icon_size(DISC) + 2)
        top = rect.center().y() - (title + below) / 2
        wide = QFontMetricsF(theme.font("small", None, True)).horizontalAdvance(row.when) + 8.0
        when = QRectF(right - wide, top, wide, title)
        ink = "text-2" if chosen else "text-3"
        paint_line(painter, theme, when, row.when, "small", ink, None, Qt.AlignmentFlag.AlignRight, tabular=True)
        weight = 600 if chosen else 500
        paint_line(painter, theme, QRectF(left, top, right - wide - left, title), row.title, "body", "text", weight)
        self._state(painter, QRectF(left, top + title, right - left, below), row)

    def _state(self, painter: QPainter, place: QRectF, row: Row) -> None:
        theme, now = self._theme, self._now()
        disc = float(theme.icon_size(DISC))
        theme.draw_disc(painter, QRectF(place.left(), place.center().y() - disc / 2, disc, disc), row.look.initial,
                        row.look.colour)  # fmt: skip
        left = place.left() + disc + 6
        room = place.right() - left - theme.icon_size(14) - 5
        words = fitted(theme, state_words(row.delivery, now, row.progress), room)
        state = shown_state(row.delivery, now, row.progress.held)
        paint_state(painter, theme, QPointF(left, place.center().y()), state, words)


def fitted(theme: Theme, words: str, room: float) -> str:
    """Words cut to the room there is."""
    return QFontMetricsF(theme.font("small", 500)).elidedText(words, Qt.TextElideMode.ElideRight, room)


def paint_picture(painter: QPainter, theme: Theme, thumbs: Thumbs, place: QRectF, thumb: str) -> None:
    """A post's picture with round corners; a sheet of writing where it has none."""
    pixmap = thumbs.get(thumb) if thumb else None
    if pixmap is not None:
        paint_cover(painter, pixmap, place, 6)
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("press"))
    painter.drawRoundedRect(place, 6, 6)
    if not thumb or thumbs.failed(thumb):
        theme.draw_icon(painter, place, "file-pen-line" if not thumb else "image", 16, "text-3")


class OutboxList(QListView):
    """chosen(id): another delivery is current. entered(id): Enter or a double click. menu_wanted(id, global point)."""

    chosen = Signal(str)
    entered = Signal(str)
    menu_wanted = Signal(str, QPoint)
    more_wanted = Signal()
    calendar_wanted = Signal()

    def __init__(self, theme: Theme, thumbs: Thumbs, zone: tzinfo, now: Callable[[], datetime] = utc_now) -> None:
        super().__init__()
        self.zone, self._now, self._theme = zone, now, theme
        self.rows = OutboxModel()
        self._quiet = False
        self.setModel(self.rows)
        self.setItemDelegate(OutboxDelegate(theme, self, thumbs, now))
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayoutMode(QListView.LayoutMode.SinglePass)
        ground(self.viewport(), "none")
        overlay_bars(theme, self)
        self.selectionModel().currentChanged.connect(self._moved)
        self.doubleClicked.connect(lambda index: self.entered.emit(self.id_at(index)))
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        thumbs.ready.connect(lambda _: self.viewport().update())

    # what others ask -------------------------------------------------------------------------------------------

    @property
    def current(self) -> str:
        """The delivery that is chosen; ""."""
        return self.id_at(self.currentIndex())

    def id_at(self, index: Index) -> str:
        """The delivery of a line; "" for a head."""
        line = self.rows.lines[index.row()] if index.isValid() else None
        return line.row.id if line is not None and line.row is not None else ""

    def row(self, id: str) -> Row | None:
        """A listed delivery."""
        at = self.rows.place(id)
        return self.rows.lines[at].row if at >= 0 else None

    def area(self, name: str) -> QRect:
        """Where "row:<id>", "group:<key>" or "hidden" is painted, in the viewport; empty when it is not there."""
        kind, _, key = name.partition(":")
        for number, line in enumerate(self.rows.lines):
            if kind == "row" and line.row is not None and line.row.id == key:
                return self.visualRect(self.rows.index(number))
            if kind == "group" and line.row is None and not line.hidden and line.group == key:
                return self.visualRect(self.rows.index(number))
            if kind == "hidden" and line.hidden:
                return self.visualRect(self.rows.index(number))
        return QRect()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Replace the rows. What is chosen stays chosen and in its place on the screen."""
        keep, top = self.current, self.verticalScrollBar().value()
        self._quiet = True
        self.rows.show(lines)
        if keep:
            self.choose(keep)
        self.verticalScrollBar().setValue(top)
        self._quiet = False

    def choose(self, id: str) -> bool:
        """Make a delivery current; False when it is not listed."""
        at = self.rows.place(id)
        if at < 0:
            return False
        self.setCurrentIndex(self.rows.index(at))
        return True

    def tick(self) -> None:
        """A second has passed: words that count are painted again."""
        self.viewport().update()

    # Qt --------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the delivery, the menu key asks for its menu, Home and End skip heads."""
        key, ids = event.key(), self.rows.ids()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current:
            self.entered.emit(self.current)
        elif key == Qt.Key.Key_Menu and self.current:
            spot = self.visualRect(self.currentIndex()).center()
            self.menu_wanted.emit(self.current, self.viewport().mapToGlobal(spot))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and ids:
            self.choose(ids[0] if key == Qt.Key.Key_Home else ids[-1])
            if key == Qt.Key.Key_Home:
                self.scrollToTop()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A right click asks for the menu; a click on "more" leads to the calendar."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.RightButton and (id := self.id_at(index)):
            self.menu_wanted.emit(id, event.globalPosition().toPoint())
        elif index.isValid() and self.rows.lines[index.row()].hidden:
            self.calendar_wanted.emit()

    # inside ----------------------------------------------------------------------------------------------------

    def counts(self) -> bool:
        """Whether words of a row change by the clock."""
        now = self._now()
        return any(line.row is not None and ticks(line.row, now) for line in self.rows.lines)

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if not self._quiet and (id := self.id_at(now)):
            self.chosen.emit(id)

    def _scrolled(self, at: int) -> None:
        bar = self.verticalScrollBar()
        if not self._quiet and bar.maximum() and at > bar.maximum() - self.height():
            self.more_wanted.emit()
