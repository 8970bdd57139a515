"""A small window of its own: on top of everything while it is pinned, moved by its ground, true to its corner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QGuiApplication,
    QMouseEvent,
    QMoveEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.ui.focus import FocusRing
from studio.ui.handoff.corner import corner_from, corner_of
from studio.ui.shadow import MARGIN, Shadows
from studio.ui.style import composited
from studio.ui.widgets.base import Live

if TYPE_CHECKING:
    from studio.ui.theme import Theme
    from studio.ui.widgets.splitter import SettingsStore

WIDE, RADIUS = 360, 12
PLACE: Final = "handoff/corner"
PINNED: Final = "handoff/pinned"
SETTLED_MS: Final = 300  # after the last move, where it stands is kept


class HandFrame(Live, QWidget):
    """Without the system's frame. Put content into `.body`; parts in `tinted` get the ground of the window's chrome.

    Where the desktop can draw it, it has round corners and a shadow; elsewhere square corners and a line.
    """

    def __init__(self, theme: Theme, state: SettingsStore) -> None:
        pinned = bool(state.get(PINNED, True))
        on_top = Qt.WindowType.WindowStaysOnTopHint if pinned else Qt.WindowType.Window
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint | on_top)
        self.theme, self._state, self.pinned = theme, state, pinned
        self._margin = MARGIN if composited() else 0
        self._shadows = Shadows()
        self._grip: QPoint | None = None
        self._placing = False
        self.tinted: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, self._margin > 0)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.body = QVBoxLayout(self)
        side = self._margin + 1  # the outline
        self.body.setContentsMargins(side, side, side, side)
        self.body.setSpacing(0)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLED_MS)
        self._settled.timeout.connect(self._keep)
        self._ring = FocusRing(self)

    # place -----------------------------------------------------------------------------------------------------

    def inner(self) -> QRect:
        """The visible window, in this widget."""
        return self.rect().adjusted(self._margin, self._margin, -self._margin, -self._margin)

    def tall(self, wide: int) -> int:
        """How high the content is at that width, px."""
        layout = self.body
        wide += 2 * self._margin
        high = layout.heightForWidth(wide) if layout.hasHeightForWidth() else layout.sizeHint().height()
        return max(high, layout.minimumSize().height()) - 2 * self._margin

    def place(self) -> None:
        """As wide as it is, as high as its content, in its corner of the screen."""
        room = self._room()
        wide = round(WIDE * min(1.4, max(1.0, self.theme.scale)))
        size = QSize(wide, min(self.tall(wide), room.height()))
        target = corner_from(self._state.get(PLACE, None)).place(size, room)
        target.adjust(-self._margin, -self._margin, self._margin, self._margin)
        self._placing = True
        self.setFixedSize(target.size())
        self.move(target.topLeft())
        self._placing = False

    def _room(self) -> QRect:
        screen = self.screen() or QGuiApplication.primaryScreen()
        return screen.availableGeometry()

    def _keep(self) -> None:
        window = self.geometry().adjusted(self._margin, self._margin, -self._margin, -self._margin)
        self._state.set(PLACE, corner_of(window, self._room()).data())

    def moveEvent(self, event: QMoveEvent) -> None:
        """Moved by a person: the corner is kept once it rests."""
        super().moveEvent(event)
        if self.isVisible() and not self._placing:
            self._settled.start()

    def event(self, event: QEvent) -> bool:
        """Grow and shrink with the content."""
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self.place()
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        """The native window exists: watch its keys."""
        super().showEvent(event)
        self._ring.watch()
        self.place()

    # on top ----------------------------------------------------------------------------------------------------

    def pin(self, on: bool) -> None:
        """On top of everything, or an ordinary window; remembered. It does not blink."""
        self.pinned = on
        self._state.set(PINNED, on)
        flag = Qt.WindowType.WindowStaysOnTopHint
        self.overrideWindowFlags(self.windowFlags() | flag if on else self.windowFlags() & ~flag)
        if (handle := self.windowHandle()) is not None:
            handle.setFlag(flag, on)

    # moving ----------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Its ground is its handle."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        handle = self.windowHandle()
        if handle is None or not handle.startSystemMove():
            self._grip = event.globalPosition().toPoint() - self.pos()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Where the system does not move windows for us."""
        if self._grip is not None:
            self.move(event.globalPosition().toPoint() - self._grip)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._grip = None

    # painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shadow, ground, the tinted parts, outline."""
        painter, inner = QPainter(self), self.inner()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = RADIUS if self._margin else 0
        if self._margin and not self.theme.dark:
            self._shadows.paint(painter, inner, "popup", RADIUS)
        whole = QRectF(inner).adjusted(0.5, 0.5, -0.5, -0.5)
        path = QPainterPath()
        path.addRoundedRect(whole, radius, radius)
        painter.fillPath(path, self.theme.color("surface"))
        for part in self.tinted:
            if part.isVisible():
                painter.save()
                painter.setClipRect(QRect(part.mapTo(self, QPoint(0, 0)), part.size()))
                painter.fillPath(path, self.theme.color("window"))
                painter.restore()
        painter.setPen(QPen(self.theme.color("line-2"), 1))
        painter.drawPath(path)
