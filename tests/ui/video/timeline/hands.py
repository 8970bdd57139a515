"""Mouse and keys on a panel, by the names of places."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.ui.video.timeline.panel import TimelinePanel

NONE, LEFT = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton


class Hands:
    def __init__(self, panel: TimelinePanel) -> None:
        self.panel, self.view = panel, panel.view

    def at(self, name: str) -> QPoint:
        """The middle of what is seen of a place."""
        place = self.view.plan().area(name)
        assert not place.isEmpty(), name
        return place.intersected(self.view.plan().body.united(self.view.plan().ruler)).center().toPoint()

    def low(self, clip: str) -> QPoint:
        """On a clip's picture, below its middle: off transitions and off the line of the volume."""
        rect = self.view.plan().by_clip[clip].rect
        return QPointF(rect.center().x(), rect.bottom() - 16).toPoint()

    def click(self, at: QPoint, mods: Qt.KeyboardModifier = NONE) -> None:
        QTest.mouseClick(self.view, LEFT, mods, at)

    def event(self, kind: QEvent.Type, at: QPoint, button: Qt.MouseButton, mods: Qt.KeyboardModifier = NONE) -> None:
        held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else button
        whole = QPointF(self.view.mapToGlobal(at))
        press = LEFT if kind != QEvent.Type.MouseMove else Qt.MouseButton.NoButton
        QApplication.sendEvent(self.view, QMouseEvent(kind, QPointF(at), whole, press, held, mods))

    def press(self, at: QPoint, mods: Qt.KeyboardModifier = NONE) -> None:
        self.event(QEvent.Type.MouseButtonPress, at, LEFT, mods)

    def move(self, at: QPoint, mods: Qt.KeyboardModifier = NONE) -> None:
        self.event(QEvent.Type.MouseMove, at, LEFT, mods)

    def hover(self, at: QPoint) -> None:
        self.event(QEvent.Type.MouseMove, at, Qt.MouseButton.NoButton)

    def release(self, at: QPoint, mods: Qt.KeyboardModifier = NONE) -> None:
        self.event(QEvent.Type.MouseButtonRelease, at, LEFT, mods)

    def drag(self, start: QPoint, by: QPoint, mods: Qt.KeyboardModifier = NONE) -> None:
        """In a few steps, as a hand does."""
        self.press(start, mods if mods != Qt.KeyboardModifier.ControlModifier else NONE)
        for part in (0.3, 0.7, 1.0):
            self.move(start + by * part, mods)
        self.release(start + by, mods)

    def key(self, key: Qt.Key, mods: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        for _ in range(times):
            QTest.keyClick(self.view, key, mods)

    def wheel(self, turn: int, mods: Qt.KeyboardModifier = NONE, at: QPoint | None = None) -> None:
        at = at or self.view.rect().center()
        across = mods == Qt.KeyboardModifier.AltModifier  # as Qt does it
        angle = QPoint(turn, 0) if across else QPoint(0, turn)
        QApplication.sendEvent(self.view, QWheelEvent(
            QPointF(at), QPointF(self.view.mapToGlobal(at)), QPoint(), angle, Qt.MouseButton.NoButton, mods,
            Qt.ScrollPhase.NoScrollPhase, False))  # fmt: skip
