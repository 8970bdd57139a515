"""The timeline's own scroll bar: always there, as long as the film; its ends zoom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui.i18n import tr
from studio.ui.widgets.base import Live

if TYPE_CHECKING:
    from studio.ui.theme import Theme
    from studio.ui.video.timeline.view import TimelineView

THICK, LEAST, END = 6.0, 32.0, 8.0


class TimeBar(Live, QWidget):
    """Shows which part of the film is seen; drag it to scroll, its ends to zoom, click beside it to go there."""

    def __init__(self, theme: Theme, view: TimelineView) -> None:
        super().__init__()
        self._theme, self._view = theme, view
        self._grip: tuple[str, float] | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        view.moved.connect(self.update)
        view.controller.changed.connect(self.update)
        self.retranslate()

    def retranslate(self) -> None:
        """Its name."""
        self.setAccessibleName(tr("timeline", "Scroll the timeline"))

    def sizeHint(self) -> QSize:
        """16 px high."""
        return QSize(200, 16)

    def thumb(self) -> QRectF:
        """What is seen, of all there is."""
        left, seen, whole = self._view.span()
        room = self._room()
        wide = max(LEAST, room.width() * min(1.0, seen / whole))
        spare = max(1e-9, whole - seen)
        x = room.left() + (room.width() - wide) * min(1.0, left / spare)
        return QRectF(x, (self.height() - THICK) / 2, wide, THICK)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the thumb."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._theme.color("surface"))
        origin = self._view.scale_now.origin
        painter.fillRect(QRectF(origin - 1, 0, 1, self.height()), self._theme.color("line"))
        painter.setPen(Qt.PenStyle.NoPen)
        hot = self.underMouse() or self._grip is not None
        painter.setBrush(self._theme.color("control" if hot else "line-2"))
        painter.drawRoundedRect(self.thumb(), 3, 3)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the thumb or one of its ends, or jump."""
        x, thumb = event.position().x(), self.thumb()
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if not thumb.left() <= x <= thumb.right():
            self._grip = ("all", thumb.width() / 2)
            self._drag(x)
        elif thumb.width() > 4 * END and x > thumb.right() - END:
            self._grip = ("end", thumb.right() - x)
        else:
            self._grip = ("all", x - thumb.left())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Scroll or zoom along."""
        x, thumb = event.position().x(), self.thumb()
        if self._grip is not None:
            self._drag(x)
        else:
            at_end = thumb.width() > 4 * END and thumb.right() - END < x <= thumb.right()
            self.setCursor(Qt.CursorShape.SizeHorCursor if at_end else Qt.CursorShape.ArrowCursor)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._grip = None
        self.update()

    def _drag(self, x: float) -> None:
        assert self._grip is not None
        what, grip = self._grip
        left, seen, whole = self._view.span()
        room, thumb = self._room(), self.thumb()
        if what == "all":
            part = (x - grip - room.left()) / max(1.0, room.width() - thumb.width())
            self._view.scroll_to(min(1.0, max(0.0, part)) * (whole - seen))
        else:
            wanted = max(LEAST / room.width(), (x + grip - thumb.left()) / room.width()) * whole
            view = self._view
            view.set_zoom(view.scale_now.per_second * seen / wanted, view.scale_now.origin)
            view.scroll_to(left)

    def _room(self) -> QRectF:
        origin = self._view.scale_now.origin
        return QRectF(origin, 0, max(1.0, self.width() - origin - 4), self.height())
