"""How the canvas lies in the player, and what a hand does to a box on it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.services.videos.lying import Lying
from studio.ui.video.player.view import (
    Guide,
    canvas_lines,
    fit,
    grip_at,
    preview_size,
    scaled,
    snapped,
    turned,
)

VIEW = fit(1080, 1920, (400, 680), 20)
BOX = Lying(540, 960, 400, 200)


def test_the_whole_canvas_is_shown_with_a_margin() -> None:
    assert VIEW.scale == pytest.approx(640 / 1920) and VIEW.top == 20 and VIEW.left == pytest.approx(20)
    actual = fit(1080, 1920, (400, 680), 20, zoom=1.0, ratio=2.0)
    assert actual.scale == 0.5, "one px of the canvas is one of the screen"


@given(st.floats(-500, 2000), st.floats(-500, 3000))
def test_places_there_and_back(x: float, y: float) -> None:
    assert VIEW.to_canvas(VIEW.to_widget((x, y))) == pytest.approx((x, y), abs=1e-6)


def test_pictures_are_no_larger_than_they_are_shown() -> None:
    assert preview_size(VIEW, 1.0, 540) == (360, 640)
    assert preview_size(VIEW, 2.0, 540) == (540, 960)
    assert preview_size(fit(1, 1, (400, 400), 0), 1.0, 540) == (2, 2)


@given(st.integers(1, 4000), st.integers(1, 4000), st.floats(0.5, 3))
def test_sizes_of_pictures_are_even(width: int, height: int, ratio: float) -> None:
    w, h = preview_size(fit(width, height, (400, 680), 20), ratio, 540)
    assert w % 2 == h % 2 == 0 and w >= 2 and h >= 2


def test_what_a_press_takes() -> None:
    corner = VIEW.to_widget(BOX.corners[0])
    assert grip_at(VIEW, BOX, corner) == "scale"
    assert grip_at(VIEW, BOX, (corner[0] - 14, corner[1] - 10)) == "turn"
    assert grip_at(VIEW, BOX, VIEW.to_widget((540, 960))) == "move"
    assert grip_at(VIEW, BOX, (2, 2)) == ""


def test_a_corner_scales_and_the_outside_turns() -> None:
    assert scaled(BOX, (640, 960), (740, 960)) == pytest.approx(2.0)
    assert scaled(BOX, (540, 960), (740, 960)) == 1.0, "from the very middle there is no scale"
    assert turned(BOX, (740, 960), (540, 1160)) == pytest.approx(90)
    assert turned(BOX, (740, 960), (740, 980), step=15) == 0


def test_a_box_sticks_to_the_middle_and_to_edges() -> None:
    lines = canvas_lines(1080, 1920)
    dx, dy, guides = snapped(Lying(545, 700, 400, 200), lines, 8)
    assert (dx, dy) == (-5, 0) and guides == (Guide(True, 540),)
    dx, dy, _ = snapped(Lying(206, 105, 400, 200), lines, 8)
    assert (dx, dy) == (-6, -5), "its left and its top are near the canvas's"
    assert snapped(Lying(300, 700, 400, 200), lines, 8) == (0, 0, ())


def test_a_safe_zone_has_edges_to_stick_to() -> None:
    lines = canvas_lines(1080, 1920, ((24, 160), (1050, 160), (1050, 1615), (24, 1615)))
    _, dy, guides = snapped(Lying(540, 1510, 400, 200), lines, 8)
    assert dy == 5 and guides[-1] == Guide(False, 1615)
