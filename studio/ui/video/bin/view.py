"""The painted shelves of the bin: pointed at, walked by keys, carried away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QDrag, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

from studio.ui.focus import has_ring
from studio.ui.text import paint_line
from studio.ui.video.bin.layout import HEAD, SIDE, Plan, plan
from studio.ui.video.bin.paint import Painter
from studio.ui.video.bin.things import Shelf, Thing
from studio.ui.video.carried import pack
from studio.ui.widgets.base import ground
from studio.ui.widgets.scroll import overlay_bars

if TYPE_CHECKING:
    from studio.ui.theme import Theme

ARROWS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip


class BinView(QAbstractScrollArea):
    """chosen(Thing or None). opened([Thing]): double click or Enter, to be added. menu_asked(Thing, QPoint)."""

    chosen = Signal(object)
    opened = Signal(object)
    menu_asked = Signal(object, object)

    def __init__(self, theme: Theme, painter: Painter) -> None:
        super().__init__()
        self._theme, self._painter = theme, painter
        self._shelves: Sequence[Shelf] = ()
        self._plan = Plan((), (), 0)
        self.index = -1
        self._hot, self._scrub = -1, 0.0
        self._press: QPointF | None = None
        ground(self.viewport(), "surface")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        overlay_bars(theme, self)

    def show_shelves(self, shelves: Sequence[Shelf]) -> None:
        """Show these; what was chosen stays chosen where it is still there."""
        before = self.current.key if self.current is not None else ""
        self._shelves = shelves
        self._lay_out()
        keys = [cell.thing.key for cell in self._plan.cells]
        self.index = keys.index(before) if before in keys else -1
        self.redraw()

    @property
    def current(self) -> Thing | None:
        """What is chosen."""
        cells = self._plan.cells
        return cells[self.index].thing if 0 <= self.index < len(cells) else None

    def choose(self, index: int) -> None:
        """Choose a thing by its place, and bring it into sight."""
        if not 0 <= index < len(self._plan.cells):
            return
        self.index = index
        cell, bar = self._plan.cells[index], self.verticalScrollBar()
        if cell.y < bar.value():
            bar.setValue(int(cell.y - 8))
        elif cell.y + cell.h > bar.value() + self.viewport().height():
            bar.setValue(int(cell.y + cell.h + 8 - self.viewport().height()))
        self.setAccessibleDescription(cell.thing.title)
        self.chosen.emit(cell.thing)
        self.redraw()

    def place(self, key: str) -> QRectF:
        """Where a thing is in the viewport, by its key; empty when it is not there. For tests and menus."""
        cell = next((cell for cell in self._plan.cells if cell.thing.key == key), None)
        y = self.verticalScrollBar().value()
        return QRectF(cell.x, cell.y - y, cell.w, cell.h) if cell is not None else QRectF()

    def redraw(self, *_: object) -> None:
        self.viewport().update()

    # painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Only what is in sight."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top, high = self.verticalScrollBar().value(), self.viewport().height()
        painter.translate(0, -top)
        for words, y in self._plan.heads:
            place = QRectF(SIDE, y, self.viewport().width() - 2 * SIDE, HEAD * self._scale() - 4)
            paint_line(painter, self._theme, place, words, "caption", "text-3", 500)
        for number, cell in enumerate(self._plan.cells):
            if cell.y + cell.h < top or cell.y > top + high:
                continue
            hot = number == self._hot
            self._painter.cell(painter, cell, self._scrub if hot else None, hot)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if number == self.index and (self.hasFocus() or has_ring(self)):
                self._painter.ring(painter, cell, True)
            elif hot:
                self._painter.ring(painter, cell, False)

    # the hand --------------------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Hover scrubs a film; a press that moves carries the thing away."""
        at = event.position()
        if self._press is not None and event.buttons() & Qt.MouseButton.LeftButton:
            if (at - self._press).manhattanLength() >= QApplication.startDragDistance():
                self._press = None
                self._carry()
            return
        self._hot = self._plan.at(at.x(), at.y() + self.verticalScrollBar().value())
        if self._hot >= 0:
            cell = self._plan.cells[self._hot]
            self._scrub = min(1.0, max(0.0, (at.x() - cell.x) / cell.w))
            self.viewport().setToolTip(cell.thing.title)
        self.redraw()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._plan.at(event.position().x(), event.position().y() + self.verticalScrollBar().value())
        if index >= 0:
            self.choose(index)
        if event.button() == Qt.MouseButton.LeftButton and index >= 0:
            self._press = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._press = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._press = None
        if self.current is not None:
            self.opened.emit([self.current])

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with a thing."""
        if self.current is not None:
            self.menu_asked.emit(self.current, event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hot = -1
            self.redraw()
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, Enter adds."""
        key = Qt.Key(event.key())
        if key in ARROWS:
            self.choose(self._plan.beside(self.index, *ARROWS[key]))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.choose(0 if key == Qt.Key.Key_Home else len(self._plan.cells) - 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.opened.emit([self.current])
        elif key == Qt.Key.Key_Menu and self.current is not None:
            corner = self.place(self.current.key).center().toPoint()
            self.menu_asked.emit(self.current, self.viewport().mapToGlobal(corner))
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def sizeHint(self) -> QSize:
        return QSize(400, 300)

    # inside ----------------------------------------------------------------------------------------------------

    def _scale(self) -> float:
        return max(1.0, self._theme.scale)

    def _lay_out(self) -> None:
        self._plan = plan(self._shelves, self.viewport().width(), self._scale())
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, int(self._plan.height - self.viewport().height())))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(40)
        self.redraw()

    def _carry(self) -> None:
        thing = self.current
        if thing is None:
            return
        drag = QDrag(self)
        drag.setMimeData(pack([thing.carried]))
        cell = self._plan.cells[self.index]
        rect = self._painter.picture_rect(cell).translated(0, -self.verticalScrollBar().value())
        drag.setPixmap(self.viewport().grab(rect.toRect()))
        drag.setHotSpot((QPointF(rect.width() / 2, rect.height() / 2)).toPoint())
        drag.exec(Qt.DropAction.CopyAction)
