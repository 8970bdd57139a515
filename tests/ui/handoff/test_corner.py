"""The window stays in its corner while it grows and shrinks, and is always whole on its screen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some
from PySide6.QtCore import QPoint, QRect, QSize

from studio.ui.handoff.corner import Corner, corner_from, corner_of

SCREEN = QRect(100, 40, 1440, 860)
SMALL, TALL = QSize(360, 56), QSize(360, 548)


@pytest.mark.parametrize("at", [(100, 40), (1180, 40), (100, 352), (1180, 352), (640, 100)])
def test_it_comes_back_where_it_was_left(at):
    window = QRect(QPoint(*at), TALL)
    assert corner_of(window, SCREEN).place(TALL, SCREEN) == window


def test_it_shrinks_into_the_corner_it_stands_in():
    low = corner_of(QRect(QPoint(1100, 340), TALL), SCREEN)
    assert low.place(SMALL, SCREEN).bottomRight() == QPoint(1459, 887)
    high = corner_of(QRect(QPoint(140, 60), TALL), SCREEN)
    assert high.place(SMALL, SCREEN).topLeft() == QPoint(140, 60)


@given(some.booleans(), some.booleans(), some.integers(0, 5000), some.integers(0, 5000))
def test_it_is_whole_on_a_smaller_screen_too(left, top, dx, dy):
    screen = QRect(0, 0, 1024, 680)
    assert screen.contains(Corner(left, top, dx, dy).place(TALL, screen))


@pytest.mark.parametrize("kept", [None, "x", 3, {}, {"left": True}, {"left": 1, "top": 1, "dx": "far", "dy": 2}])
def test_what_cannot_be_read_is_the_lower_right(kept):
    assert corner_from(kept) == Corner()


def test_what_is_kept_is_read_again():
    made = Corner(True, False, 12, 700)
    assert corner_from(made.data()) == made
