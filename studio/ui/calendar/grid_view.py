"""The painted grid of an account's page: drag a post to another place, or carry it by keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.services.planner import NINE, Cell, Grid, arranged, without_trial
from studio.ui.calendar.view import ENTER, LIFT
from studio.ui.focus import has_ring
from studio.ui.i18n import tr
from studio.ui.moments import moment
from studio.ui.text import paint_line
from studio.ui.widgets.base import Live

if TYPE_CHECKING:
    from studio.ui.theme import Theme

WIDE: Final = 126  # px of a cell
STEPS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
Paint = Callable[[Cell, int, int], QPixmap | None]


class GridView(Live, QWidget):
    """changed: the order is another one, or a draft that was tried was taken out."""

    changed = Signal()

    def __init__(self, theme: Theme, zone: tzinfo, picture: Paint) -> None:
        super().__init__()
        self._theme, self._zone, self._picture = theme, zone, picture
        self._grid: Grid | None = None
        self.cells: tuple[Cell, ...] = ()
        self.at = 0
        self._press: tuple[int, QPointF] | None = None
        self._pointer = QPointF()
        self._held: int | None = None
        self._target = 0
        self.setProperty("ring", 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    # what is shown ---------------------------------------------------------------------------------------------

    def show_grid(self, grid: Grid, cells: tuple[Cell, ...]) -> None:
        """Another grid, or other posts in it."""
        self._grid, self.cells = grid, cells
        self.at = max(0, min(self.at, self._count - 1))
        self._held = self._press = None
        self.setFixedSize(self._whole())
        self._announce()
        self.update()

    @property
    def carrying(self) -> bool:
        """Something is in hand."""
        return self._held is not None

    def area(self, number: int) -> QRect:
        """The place of a cell, px."""
        assert self._grid is not None
        columns, gap = self._grid.columns, max(2.0, self._grid.gap)
        high = self._high()
        return QRectF(
            (number % columns) * (WIDE + gap), (number // columns) * (high + gap), WIDE, high
        ).toRect()

    def _high(self) -> int:
        assert self._grid is not None
        return round(WIDE / (self._grid.ratio or 0.75))

    @property
    def _count(self) -> int:
        """How many of the cells are shown: a draft that is tried pushes the last one out of sight."""
        return min(NINE, len(self.cells))

    def _whole(self) -> QSize:
        """Three rows at least, so that nothing jumps."""
        assert self._grid is not None
        rows = max(3, -(-self._count // self._grid.columns))
        last = self.area(rows * self._grid.columns - 1)
        return QSize(last.right() + 1, last.bottom() + 1)

    def retranslate(self) -> None:
        """Say where the cursor is."""
        self._announce()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Every cell in its place; what is carried follows the pointer."""
        if self._grid is None:
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        shown = self._as_let_go()
        for number in range(max(self._count, 3 * self._grid.columns)):
            self._cell(painter, QRectF(self.area(number)), shown[number] if number < self._count else None)
        if has_ring(self) and self.cells:
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.area(self._target if self.carrying else self.at)).adjusted(1, 1, -1, -1))
        if self._held is not None and self._press is not None:
            self._in_hand(painter, self.cells[self._held])

    def _as_let_go(self) -> tuple[Cell, ...]:
        """What the grid would be if the thing in hand were let go here."""
        return self.cells if self._held is None else arranged(self.cells, self._held, self._target)

    def _cell(self, painter: QPainter, rect: QRectF, cell: Cell | None) -> None:
        painter.fillRect(rect, self._theme.color("sunken"))
        if cell is None:
            return
        picture = self._picture(cell, round(rect.width()), round(rect.height()))
        if picture is not None:
            painter.drawPixmap(rect.topLeft(), picture)
        self._foot(painter, rect, cell)
        carried = self._held is not None and cell.post == self.cells[self._held].post and not cell.fixed
        if carried:
            painter.setPen(QPen(self._theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -1, -1))

    def _foot(self, painter: QPainter, rect: QRectF, cell: Cell) -> None:
        """Its time, or that it is only tried, over what the platform writes there."""
        high = self._theme.line("caption") + 8
        foot = QRectF(rect.left(), rect.bottom() - high, rect.width(), high)
        painter.fillRect(foot, QColor(0, 0, 0, 205))
        side = self._theme.icon_size(13)
        icon = "eye" if cell.trial else self._theme.state(cell.state.value).icon
        at = QRectF(foot.left() + 6, foot.center().y() - side / 2, side, side)
        self._theme.draw_icon(painter, at, icon, 13, QColor("white"))
        place = foot.adjusted(side + 11, 0, -4, 0)
        painter.setPen(QColor("white"))
        painter.setFont(self._theme.font("caption", 500, tabular=True))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self._short(cell))

    def _short(self, cell: Cell) -> str:
        if cell.at is None:
            return tr("planner", "Tried")
        there = cell.at.astimezone(self._zone)
        return f"{there.month}/{there.day} {there:%H:%M}"

    def _in_hand(self, painter: QPainter, cell: Cell) -> None:
        rect = QRectF(0, 0, WIDE * 0.7, self._high() * 0.7)
        rect.moveCenter(self._pointer)
        picture = self._picture(cell, WIDE, self._high())
        path = QPainterPath()
        path.addRoundedRect(rect, 6, 6)
        painter.setOpacity(0.9)
        painter.setClipPath(path)
        painter.fillRect(rect, self._theme.color("raised"))
        if picture is not None:
            painter.drawPixmap(rect.toRect(), picture)
        else:
            paint_line(painter, self._theme, rect.adjusted(6, 0, -6, 0), cell.heading, "small", "text")
        painter.setClipping(False)
        painter.setOpacity(1.0)

    # the mouse -------------------------------------------------------------------------------------------------

    def _hit(self, at: QPointF) -> int | None:
        return next((n for n in range(self._count) if self.area(n).contains(at.toPoint())), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """What may be dragged, or where the cursor goes."""
        hit = self._hit(event.position())
        if event.button() != Qt.MouseButton.LeftButton or hit is None:
            return
        self.at = hit
        self._press = (hit, event.position())
        self._announce()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """From six px on a press is a drag."""
        self._pointer = event.position()
        if self._press is None:
            hit = self._hit(self._pointer)
            loose = hit is not None and not self.cells[hit].fixed
            self.setCursor(Qt.CursorShape.OpenHandCursor if loose else Qt.CursorShape.ArrowCursor)
            return
        number, start = self._press
        if self._held is None and (self._pointer - start).manhattanLength() >= LIFT and not self.cells[number].fixed:
            self._held, self._target = number, number
        if self._held is not None:
            hit = self._hit(self._pointer)
            self._target = hit if hit is not None and not self.cells[hit].fixed else self._held
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._press = None
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._let_go()

    # keys ------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk or carry, M or Enter takes and lets go, Delete ends a try, Esc puts back."""
        key = Qt.Key(event.key())
        columns = self._grid.columns if self._grid is not None else 1
        steps = {**STEPS, Qt.Key.Key_Up: -columns, Qt.Key.Key_Down: columns}
        if key in steps:
            self._step(steps[key])
        elif key in (*ENTER, Qt.Key.Key_M, Qt.Key.Key_Space) and self.cells:
            self._take_or_let_go()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.cells and self.cells[self.at].trial:
            self._held = self._press = None
            self.cells = without_trial(self.cells, self.cells[self.at].post)
            self.at = max(0, min(self.at, self._count - 1))
            self._tell()
        elif key == Qt.Key.Key_Escape and self.carrying:
            self._held = self._press = None
            self._announce()
            self.update()
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        if self.carrying:
            loose = sum(not cell.fixed for cell in self.cells)
            self._target = max(0, min(loose - 1, self._count - 1, self._target + by))
        elif 0 <= self.at + by < self._count:
            self.at += by
        self._announce()
        self.update()

    def _take_or_let_go(self) -> None:
        if self.carrying:
            self._let_go()
        elif not self.cells[self.at].fixed:
            self._held = self._target = self.at
            self._announce()
            self.update()

    def _let_go(self) -> None:
        if self._held is None:
            return
        after, self._held = self._as_let_go(), None
        self.at = self._target
        moved, self.cells = after != self.cells, after
        if moved:
            self._tell()
        self._announce()
        self.update()

    def _tell(self) -> None:
        self._announce()
        self.update()
        self.changed.emit()

    def event(self, event: QEvent) -> bool:
        """Esc belongs to the grid while it carries something; the sheet around it would close."""
        carried = event.type() == QEvent.Type.ShortcutOverride and self.carrying
        if carried and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def _announce(self) -> None:
        """Tell screen readers where the cursor is."""
        shown = self._as_let_go() if self.cells else ()
        number = self._target if self.carrying else self.at
        self.setAccessibleDescription(tr("planner", "Arrows walk, M takes a post and puts it down, Esc steps back."))
        if number >= len(shown):
            self.setAccessibleName(tr("planner", "Profile grid"))
            return
        cell = shown[number]
        when = moment(cell.at, self._zone, self._theme.language.code) if cell.at else tr("planner", "Tried")
        self.setAccessibleName(tr("planner", "Place {number}: {title}, {when}", number=number + 1,
                                  title=cell.heading or tr("calendar", "Untitled"), when=when))
