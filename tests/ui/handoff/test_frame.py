"""The window's own frame, where the desktop can draw it: round, with a shadow that is no part of its place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.ui.handoff import frame
from studio.ui.shadow import MARGIN
from tests.ui.handoff.conftest import opened, waiting


@pytest.fixture
def window(stage, handing, monkeypatch):
    monkeypatch.setattr(frame, "composited", lambda: True)
    return opened(stage, handing, waiting(stage))


def test_the_shadow_lies_around_what_is_placed(window):
    room = window._room()
    assert window.inner().width() == frame.WIDE and window.inner().topLeft() == QPoint(MARGIN, MARGIN)
    seen = window.inner().translated(window.pos())
    assert room.bottomRight() - seen.bottomRight() == QPoint(24, 24)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_it_is_round_and_clear_outside(stage, window, mode, picture):
    stage.theme.apply(stage.app, mode)
    QTest.qWait(5)
    picture(window, f"handoff-round-{mode}")
    image, inner = window.grab().toImage(), window.inner()
    corners = (inner.topLeft(), inner.topRight(), inner.bottomLeft(), inner.bottomRight())
    ground = image.pixelColor(inner.center()).name()
    seen = [image.pixelColor(corner) for corner in corners]
    assert all(colour.name() != ground or colour.alpha() < 255 for colour in seen)
    assert image.pixelColor(0, 0).alpha() == 0
    assert image.pixelColor(inner.left(), inner.center().y()).name() == stage.theme.color("line-2").name()
    stage.theme.apply(stage.app, "light")


def send(window, kind, at, down):
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    event = QMouseEvent(kind, QPointF(at), QPointF(window.mapToGlobal(at)), left, left if down else none,
                        Qt.KeyboardModifier.NoModifier)  # fmt: skip
    QApplication.sendEvent(window, event)


def test_its_ground_is_its_handle_where_the_system_moves_nothing(window, monkeypatch):
    monkeypatch.setattr(type(window.windowHandle()), "startSystemMove", lambda self: False)
    before, at = window.pos(), QPoint(MARGIN + 150, MARGIN + 20)
    send(window, QEvent.Type.MouseButtonPress, at, True)
    send(window, QEvent.Type.MouseMove, at + QPoint(-60, -30), True)
    assert window.pos() == before + QPoint(-60, -30)
    send(window, QEvent.Type.MouseButtonRelease, at, False)
    send(window, QEvent.Type.MouseMove, at + QPoint(200, 0), True)
    assert window.pos() == before + QPoint(-60, -30)


def test_it_does_not_keep_the_studio_alive(window):
    assert not window.testAttribute(Qt.WidgetAttribute.WA_QuitOnClose)
