"""The picture of the player and what a hand does on it: choose, move, scale, turn; with lines that things stick to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.core.safezone import SafeZone
from studio.services.videos.lying import Lying
from studio.services.videos.picturing import Picture
from studio.ui.video.player.view import (
    SNAP,
    Grip,
    Guide,
    Point,
    View,
    canvas_lines,
    fit,
    grip_at,
    scaled,
    snapped,
    turned,
)
from studio.ui.video.player.zone import paint_zone
from studio.ui.widgets.base import Live, ground

if TYPE_CHECKING:
    from studio.ui.theme import Theme

MARGIN, LIFT = 20, 4
HANDLE = 9.0
AMBER = QColor(230, 176, 78)
CURSORS = {
    "": Qt.CursorShape.ArrowCursor, "move": Qt.CursorShape.SizeAllCursor, "scale": Qt.CursorShape.SizeFDiagCursor,
    "turn": Qt.CursorShape.CrossCursor,
}  # fmt: skip
Shift, Control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@dataclass(frozen=True, slots=True)
class Change:
    """What a hand has done to the chosen box since it took it: px of the canvas, a factor, degrees."""

    dx: float = 0.0
    dy: float = 0.0
    factor: float = 1.0
    turn: float = 0.0


@dataclass(frozen=True, slots=True)
class _Hold:
    grip: Grip
    start: Point
    box: Lying
    moving: bool = False


class Canvas(Live, QWidget):
    """picked(id): a box was pressed, "" beside all. taken(Change), let_go(bool: keep it): of the chosen box.

    sized()   the picture is shown larger or smaller than before; opened(): a double click, full screen
    """

    picked = Signal(str)
    taken = Signal(object)
    let_go = Signal(bool)
    sized = Signal()
    opened = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._image = QImage()
        self._picture: Picture | None = None
        self._size, self.zoom = (1080, 1920), 0.0
        self._off = (0.0, 0.0)
        self.zone: SafeZone | None = None
        self._zone = QPixmap()
        self._laid: tuple[object, ...] = ()
        self.boxes: Sequence[tuple[str, Lying]] = ()
        self.chosen = ""
        self.box: Lying | None = None
        self.marked: Sequence[Lying] = ()
        self._hold: _Hold | None = None
        self._guides: tuple[Guide, ...] = ()
        ground(self, "stage")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(120, 120)
        self.setProperty("ring", 2)

    # what is shown ---------------------------------------------------------------------------------------------

    def show_picture(self, picture: Picture) -> None:
        """Paint this one from now on."""
        data = picture.data
        self._image = QImage(data, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32)
        self._picture = picture  # the image only borrows its bytes
        self.update()

    def clear(self) -> None:
        self._image, self._picture = QImage(), None
        self.update()

    def set_canvas(self, width: int, height: int) -> None:
        """Size of the timeline's canvas, px."""
        if (width, height) != self._size:
            self._size = width, height
            self.sized.emit()
            self.update()

    def set_zoom(self, zoom: float) -> None:
        """0: all of it; 1: one px of the canvas is one of the screen."""
        self.zoom, self._off = zoom, (0.0, 0.0)
        self.sized.emit()
        self.update()

    def view(self) -> View:
        """How the canvas lies here."""
        placed = fit(*self._size, (self.width(), self.height()), MARGIN, self.zoom, self.devicePixelRatioF())
        return replace(placed, left=placed.left + self._off[0], top=placed.top + self._off[1])

    def image(self) -> QImage:
        """The picture that is shown."""
        return self._image

    def sizeHint(self) -> QSize:
        """As for an upright video."""
        return QSize(360, 640)

    # painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, the zone, the chosen box, the lines."""
        painter, view = QPainter(self), self.view()
        rect = QRectF(*view.rect)
        painter.fillRect(rect, QColor(0, 0, 0))
        if not self._image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(rect, self._image)
        if self.zone is not None and self.zone.fits(*self._size):
            painter.drawPixmap(0, 0, self._overlay(view, self.zone))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for box in self.marked:
            self._outline(painter, view, box, QPen(AMBER, 1.5))
        if self.box is not None:
            self._outline(painter, view, self.box, QPen(self._theme.color("focus"), 1.5))
            self._handles(painter, view, self.box)
        self._lines(painter, view)

    def _overlay(self, view: View, zone: SafeZone) -> QPixmap:
        """The safe zone as it lies now; drawn once, for it lies on every picture that plays."""
        key = (view, zone, self._theme.dark, self._theme.language.code, self._theme.scale, self.size())
        if key != self._laid:
            ratio = self.devicePixelRatioF()
            self._zone = QPixmap(self.size() * ratio)
            self._zone.setDevicePixelRatio(ratio)
            self._zone.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._zone)
            paint_zone(painter, self._theme, view, zone)
            painter.end()
            self._laid = key
        return self._zone

    def _outline(self, painter: QPainter, view: View, box: Lying, pen: QPen) -> None:
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolygon(QPolygonF([QPointF(*view.to_widget(corner)) for corner in box.corners]))

    def _handles(self, painter: QPainter, view: View, box: Lying) -> None:
        painter.setPen(QPen(self._theme.color("focus"), 1.5))
        painter.setBrush(QColor(255, 255, 255))
        for corner in box.corners:
            x, y = view.to_widget(corner)
            painter.drawRect(QRectF(x - HANDLE / 2, y - HANDLE / 2, HANDLE, HANDLE))

    def _lines(self, painter: QPainter, view: View) -> None:
        painter.setPen(QPen(self._theme.color("now"), 1))
        left, top, width, height = view.rect
        for line in self._guides:
            if line.upright:
                x = round(view.to_widget((line.at, 0))[0]) + 0.5
                painter.drawLine(QPointF(x, top), QPointF(x, top + height))
            else:
                y = round(view.to_widget((0, line.at))[1]) + 0.5
                painter.drawLine(QPointF(left, y), QPointF(left + width, y))

    # the hand --------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the chosen box, or choose another."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        at, view = _point(event), self.view()
        grip: Grip = grip_at(view, self.box, at) if self.box is not None else ""
        if grip in ("", "move"):
            x, y = view.to_canvas(at)
            top = next((id for id, box in reversed(self.boxes) if box.holds(x, y)), "")
            if grip == "" or top != self.chosen:
                self.picked.emit(top)
                grip = "move" if self.box is not None and self.box.holds(x, y) else ""
        if grip and self.box is not None:
            self._hold = _Hold(grip, view.to_canvas(at), self.box)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is held; else show what a press would take."""
        view, at = self.view(), _point(event)
        hold = self._hold
        if hold is None:
            grip = grip_at(view, self.box, at) if self.box is not None else ""
            self.setCursor(CURSORS[grip])
            return
        now = view.to_canvas(at)
        far = abs(now[0] - hold.start[0]) + abs(now[1] - hold.start[1])
        if not hold.moving and far * view.scale < LIFT:
            return
        self._hold = hold = replace(hold, moving=True)
        self.taken.emit(self._change(hold, now, view, event.modifiers()))
        self.update()

    def _change(self, hold: _Hold, now: Point, view: View, keys: Qt.KeyboardModifier) -> Change:
        if hold.grip == "scale":
            return Change(factor=scaled(hold.box, hold.start, now))
        if hold.grip == "turn":
            return Change(turn=turned(hold.box, hold.start, now, 15.0 if keys & Shift else 0.0))
        dx, dy = now[0] - hold.start[0], now[1] - hold.start[1]
        if keys & Shift:
            dx, dy = (dx, 0.0) if abs(dx) > abs(dy) else (0.0, dy)
        self._guides = ()
        if not keys & Control:
            box = replace(hold.box, x=hold.box.x + dx, y=hold.box.y + dy)
            outline = self._zone_outline()
            mx, my, self._guides = snapped(box, canvas_lines(*self._size, outline), SNAP / view.scale)
            dx, dy = dx + mx, dy + my
        return Change(dx, dy)

    def _zone_outline(self) -> tuple[Point, ...]:
        if self.zone is None or not self.zone.fits(*self._size):
            return ()
        scale = self._size[0] / 1080
        return tuple((x * scale, y * scale) for x, y in self.zone.outline)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of it."""
        self._end(keep=True)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Full screen, where no box was hit."""
        if event.button() == Qt.MouseButton.LeftButton and self._hold is None:
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the chosen box by a px (Shift: ten); with Alt, up and down scale it, left and right turn it."""
        if event.key() == Qt.Key.Key_Escape and (self._hold is not None or self.box is not None):
            self.picked.emit("") if self._hold is None else self._end(keep=False)
            return
        change = self._nudge(event)
        if change is None or self.box is None:
            super().keyPressEvent(event)
            return
        self.taken.emit(change)
        self.let_go.emit(True)

    def _nudge(self, event: QKeyEvent) -> Change | None:
        step = 10.0 if event.modifiers() & Shift else 1.0
        key = event.key()
        x = {Qt.Key.Key_Left: -step, Qt.Key.Key_Right: step}.get(Qt.Key(key), 0.0)
        y = {Qt.Key.Key_Up: -step, Qt.Key.Key_Down: step}.get(Qt.Key(key), 0.0)
        if not x and not y:
            return None
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return Change(turn=x) if x else Change(factor=1 - y / 100)
        return Change(x, y)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Move a picture that is larger than the room."""
        if self.zoom:
            by = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta() / 2
            self._off = self._off[0] + by.x(), self._off[1] + by.y()
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture is shown larger or smaller."""
        super().resizeEvent(event)
        self.sized.emit()

    def leaveEvent(self, event: QEvent) -> None:
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def _end(self, keep: bool) -> None:
        hold, self._hold, self._guides = self._hold, None, ()
        if hold is not None and hold.moving:
            self.let_go.emit(keep)
        self.update()


def _point(event: QMouseEvent) -> Point:
    return event.position().x(), event.position().y()
