"""Scroll bars that lie over the content: 6 px thin, 10 px under the mouse, there while scrolling or pointing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QScrollArea, QScrollBar, QVBoxLayout, QWidget

from studio.ui.widgets.base import ground

if TYPE_CHECKING:
    from studio.ui.theme import Theme

THIN, WIDE, EDGE, LEAST = 6, 10, 2, 28
STAY_MS = 900


class OverlayBar(QWidget):
    """One overlay bar; it mirrors a real scroll bar, which stays hidden but keeps doing the work."""

    def __init__(self, theme: Theme, area: QAbstractScrollArea, bar: QScrollBar, permanent: bool = False) -> None:
        super().__init__(area)
        self._theme, self._area, self._bar, self._permanent = theme, area, bar, permanent
        self._vertical = bar.orientation() == Qt.Orientation.Vertical
        self._hot, self._shown, self._grip = False, permanent, -1.0
        self._fade = QTimer(self)
        self._fade.setSingleShot(True)
        self._fade.setInterval(STAY_MS)
        self._fade.timeout.connect(self._rest)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        bar.valueChanged.connect(self.flash)
        bar.rangeChanged.connect(self._range_changed)
        area.installEventFilter(self)
        area.viewport().installEventFilter(self)
        self._place()

    def flash(self) -> None:
        """Show the bar for a moment."""
        self._shown = True
        self._fade.start()
        self.update()

    def thumb(self) -> QRectF:
        """Where the thumb is, in this widget."""
        length = (self.height() if self._vertical else self.width()) - 2 * EDGE
        span = self._bar.maximum() - self._bar.minimum()
        size = max(LEAST, length * self._bar.pageStep() / max(1, span + self._bar.pageStep()))
        start = EDGE + (length - size) * (self._bar.value() - self._bar.minimum()) / max(1, span)
        thick = WIDE if self._hot or self._grip >= 0 else THIN
        across = (self.width() if self._vertical else self.height()) - EDGE - thick
        return QRectF(across, start, thick, size) if self._vertical else QRectF(start, across, size, thick)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the area's size; show when the mouse moves over it."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._place()
        elif event.type() in (QEvent.Type.Enter, QEvent.Type.HoverEnter) and self._needed():
            self.flash()
        return False

    def event(self, event: QEvent) -> bool:
        """Grow under the mouse."""
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave):
            self._hot = event.type() == QEvent.Type.HoverEnter
            self.flash()
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the thumb, or jump a page."""
        at, thumb = self._along(event), self.thumb()
        start = thumb.top() if self._vertical else thumb.left()
        size = thumb.height() if self._vertical else thumb.width()
        if start <= at <= start + size:
            self._grip = at - start
        else:
            self._bar.triggerAction(
                QScrollBar.SliderAction.SliderPageStepSub if at < start else QScrollBar.SliderAction.SliderPageStepAdd
            )

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the thumb."""
        if self._grip < 0:
            return
        thumb = self.thumb()
        size = thumb.height() if self._vertical else thumb.width()
        room = max(1.0, (self.height() if self._vertical else self.width()) - 2 * EDGE - size)
        part = (self._along(event) - self._grip - EDGE) / room
        self._bar.setValue(round(self._bar.minimum() + part * (self._bar.maximum() - self._bar.minimum())))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._grip = -1.0
        self.flash()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the thumb."""
        if not self._shown or not self._needed():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("control" if self._grip >= 0 else "line-2"))
        thumb = self.thumb()
        radius = min(thumb.width(), thumb.height()) / 2
        painter.drawRoundedRect(thumb, radius, radius)

    def _along(self, event: QMouseEvent) -> float:
        return event.position().y() if self._vertical else event.position().x()

    def _needed(self) -> bool:
        return self._bar.maximum() > self._bar.minimum()

    def _range_changed(self) -> None:
        self.setVisible(self._needed())
        self.update()

    def _rest(self) -> None:
        if not self._hot and self._grip < 0:
            self._shown = self._permanent
            self.update()

    def _place(self) -> None:
        port = self._area.viewport().geometry()
        band = WIDE + 2 * EDGE
        if self._vertical:
            self.setGeometry(port.right() + 1 - band, port.top(), band, port.height())
        else:
            self.setGeometry(port.left(), port.bottom() + 1 - band, port.width(), band)
        self.setVisible(self._needed())
        self.raise_()


def overlay_bars(theme: Theme, area: QAbstractScrollArea, permanent: bool = False) -> None:
    """Give a scroll area overlay bars instead of its own."""
    off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    if area.horizontalScrollBarPolicy() != off:
        OverlayBar(theme, area, area.horizontalScrollBar(), permanent)
    OverlayBar(theme, area, area.verticalScrollBar(), permanent)
    area.setVerticalScrollBarPolicy(off)
    area.setHorizontalScrollBarPolicy(off)


class ScrollColumn(QScrollArea):
    """A column that scrolls up and down: put things into `.column` (it ends with a stretch of its own)."""

    def __init__(self, theme: Theme, background: str = "none", padding: int = 16, gap: int = 8) -> None:
        super().__init__()
        self.inner = QWidget()
        ground(self.inner, background)
        ground(self.viewport(), background)
        self.column = QVBoxLayout(self.inner)
        self.column.setContentsMargins(padding, padding, padding, padding)
        self.column.setSpacing(gap)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self.inner)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        overlay_bars(theme, self)

    def sizeHint(self) -> QSize:
        """As high as its content, so a sheet grows with it and scrolls only when the window is too low."""
        return self.inner.sizeHint()
