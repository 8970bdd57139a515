"""The list of accounts in its three groups, painted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studio.ui.accounts.health import GROUPS, Mark, group, group_words, mark
from studio.ui.accounts.looks import Look
from studio.ui.focus import has_ring
from studio.ui.i18n import tr
from studio.ui.text import paint_line
from studio.ui.widgets.marks import chip_width, mode_parts, paint_chip
from studio.ui.widgets.scroll import overlay_bars

if TYPE_CHECKING:
    from studio.services.accounts import Health
    from studio.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
PAD, TWO_FROM = 12, 440  # px of list from which badge and health stand side by side, else one under the other


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the list. look: None for a group's heading, whose key is in `group`. below: the line under its name."""

    group: str
    look: Look | None = None
    mark: Mark | None = None
    below: str = ""

    @property
    def words(self) -> str:
        """The row in words."""
        if self.look is None or self.mark is None:
            return group_words(self.group)
        return tr("accounts", "{name}, {platform}: {health}",
                  name=self.look.title, platform=self.look.platform, health=self.mark.words)  # fmt: skip


def lines(found: Sequence[tuple[Look, Health, str]]) -> tuple[Line, ...]:
    """Accounts in their groups, what must be mended first, else in the order they were added.

    found   each with its health and the line under its name
    """
    result: list[Line] = []
    for key in GROUPS:
        inside = [Line(key, look, mark(health, look), below) for look, health, below in found
                  if group(health, look) == key]  # fmt: skip
        inside.sort(key=lambda line: line.mark is None or line.mark.token != "bad")
        if inside:
            result += [Line(key), *inside]
    return tuple(result)


class AccountModel(QAbstractListModel):
    """Headings and accounts."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[Line, ...] = ()

    def show(self, rows: tuple[Line, ...]) -> None:
        """Replace them."""
        self.beginResetModel()
        self.lines = rows
        self.endResetModel()

    def row_of(self, id: str) -> int:
        """Where an account is; -1 when it is not there."""
        return next((n for n, line in enumerate(self.lines) if line.look is not None and line.look.id == id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        """How many rows, headings counted."""
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        if index.isValid() and self.lines[index.row()].look is None:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words for screen readers, the row for the delegate."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == ROW:
            return line
        return line.words if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None


class AccountDelegate(QStyledItemDelegate):
    """56 px: disc 28, name over platform, mode badge, health in words."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A heading is lower than a row."""
        line: Line = index.data(ROW)
        if line.look is None:
            return QSize(100, self._theme.px(38))
        stacked = 0 if self._wide() else self._theme.px(22) + self._theme.line("small") + 12
        return QSize(100, max(self._theme.px(44 if self._theme.compact else 58), stacked))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        line: Line = index.data(ROW)
        rect = QRectF(option.rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line.look is None:
            words = rect.adjusted(PAD + 8, 12, -PAD, 0)
            paint_line(painter, self._theme, words, group_words(line.group), "caption", "text-2", 500)
            return
        self._ground(painter, option, rect.adjusted(8, 1, -8, -1), index.row())
        self._row(painter, rect.adjusted(PAD + 8, 1, -PAD - 8, -1), line)

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRectF, row: int) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("selection" if chosen else "hover"))
            painter.drawRoundedRect(rect, 8, 8)
        if has_ring(self._view) and self._view.currentIndex().row() == row:
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 8, 8)

    def _row(self, painter: QPainter, rect: QRectF, line: Line) -> None:
        assert line.look is not None and line.mark is not None
        theme, look = self._theme, line.look
        disc = theme.icon_size(28)
        place = QRectF(rect.left(), rect.center().y() - disc / 2, disc, disc)
        theme.draw_disc(painter, place, look.initial, look.colour)
        left, right = rect.left() + disc + 14, self._state(painter, rect, line)
        name, sub = theme.line("body"), theme.line("small")
        top = rect.center().y() - (name + sub) / 2
        paint_line(painter, theme, QRectF(left, top, right - left - 12, name), look.title, "body", "text", 600)
        paint_line(painter, theme, QRectF(left, top + name, right - left - 12, sub), line.below, "small", "text-2")

    def _state(self, painter: QPainter, rect: QRectF, line: Line) -> float:
        """Badge and health at the right, in columns that begin at one place in every row; gives where they begin."""
        assert line.look is not None and line.mark is not None
        badge, high = self._widest_badge(), self._theme.px(22)
        if self._wide():
            short, health = self._health_width(rect.width() * 0.34)
            self._health(painter, QRectF(rect.right() - health, rect.top(), health, rect.height()), line.mark, short)
            left = rect.right() - health - badge - 20
            self._badge(painter, QRectF(left, rect.center().y() - high / 2, badge, high), line.look.mode)
            return left
        short, health = self._health_width(rect.width() * 0.4)
        left, low = rect.right() - max(badge, health), self._theme.line("small")
        top = rect.center().y() - (high + low + 2) / 2
        self._badge(painter, QRectF(left, top, badge, high), line.look.mode)
        self._health(painter, QRectF(left, top + high + 2, rect.right() - left, low), line.mark, short)
        return left

    def _wide(self) -> bool:
        return self._view.width() >= self._theme.px(TWO_FROM)

    def _health(self, painter: QPainter, rect: QRectF, found: Mark, short: bool) -> None:
        theme, side = self._theme, self._theme.icon_size(14)
        theme.draw_icon(painter, QRectF(rect.left(), rect.top(), side, rect.height()), found.icon, 14, found.token)
        paint_line(painter, theme, rect.adjusted(side + 5, 0, 0, 0), found.shown(short), "small", found.token, 500)

    def _health_width(self, most: float) -> tuple[bool, float]:
        """Whether all is said shortly, and how much room the longest takes."""
        side = self._theme.icon_size(14) + 8
        long = self._widest(short=False) + side
        return (False, long) if long <= most else (True, min(most, self._widest(short=True) + side))

    def _widest(self, short: bool) -> float:
        marks = [line.mark for line in self._lines() if line.mark is not None]
        return float(max(self._theme.width("small", mark.shown(short), 500) for mark in marks))

    def _widest_badge(self) -> int:
        modes = {line.look.mode for line in self._lines() if line.look is not None}
        return max(chip_width(self._theme, mode_parts(self._theme, mode)[1]) for mode in modes)

    def _lines(self) -> tuple[Line, ...]:
        found: tuple[Line, ...] = self._view.model().lines  # type: ignore[attr-defined]  # an AccountModel
        return found

    def _badge(self, painter: QPainter, rect: QRectF, mode: str) -> None:
        icon, words, ink, tint = mode_parts(self._theme, mode)
        own = rect.adjusted(0, 0, chip_width(self._theme, words) - rect.width(), 0)
        paint_chip(painter, self._theme, own, icon, words, ink, tint)


class AccountList(QListView):
    """chosen(id): another account is current ("" for none)."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.rows = AccountModel()
        self.setModel(self.rows)
        self.setItemDelegate(AccountDelegate(theme, self))
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        overlay_bars(theme, self)
        self.selectionModel().currentChanged.connect(lambda now, _: self.chosen.emit(self.id_at(now)))

    def id_at(self, index: Index) -> str:
        """The account of a row; "" for a heading."""
        look = self.rows.lines[index.row()].look if index.isValid() else None
        return look.id if look is not None else ""

    @property
    def current(self) -> str:
        """The account that is chosen; ""."""
        return self.id_at(self.currentIndex())

    def show_lines(self, rows: tuple[Line, ...]) -> None:
        """Replace the rows; the chosen account stays chosen, else the first is."""
        if rows == self.rows.lines:
            return
        before = self.current
        blocked = self.blockSignals(True)
        self.rows.show(rows)
        self.blockSignals(blocked)
        if not self.choose(before):
            self.choose(next((line.look.id for line in rows if line.look is not None), ""))

    def choose(self, id: str) -> bool:
        """Make an account current; False when it is not there."""
        row = self.rows.row_of(id) if id else -1
        if row < 0:
            return False
        self.setCurrentIndex(self.rows.index(row))
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End go to the first and last account, not to a heading."""
        if event.key() == Qt.Key.Key_Home and len(self.rows.lines) > 1:
            self.setCurrentIndex(self.rows.index(1))
            return
        super().keyPressEvent(event)
