"""Seconds and pixels, the steps of the ruler, and moments as people read them."""

from __future__ import annotations

from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.ui.video.timeline.scale import (
    Scale,
    at_position,
    clock,
    closest,
    fitting,
    parts_of,
    position,
    ruler_step,
    signed,
)
from tests.ui.video.timeline.films import long_film, reel


@given(st.floats(0.5, 2000), st.floats(0, 600), st.floats(116, 2000))
def test_a_place_and_its_moment_belong_together(zoom: float, left: float, x: float) -> None:
    scale = Scale(zoom, left, 116)
    assert scale.x(scale.seconds(x)) == pytest.approx(x, abs=1e-3)


@given(st.floats(1, 400), st.floats(1, 400), st.floats(0, 60), st.floats(116, 900))
def test_zooming_leaves_the_moment_under_the_pointer(before: float, after: float, left: float, x: float) -> None:
    scale = Scale(before, left, 116)
    zoomed = scale.zoomed(after, x)
    if zoomed.left > 0:  # at the beginning there is nothing to the left to give
        assert zoomed.seconds(x) == pytest.approx(scale.seconds(x), abs=1e-6)


@given(st.floats(0.0, 1.0))
def test_the_slider_goes_both_ways(part: float) -> None:
    assert position(at_position(part, 1440), 1440) == pytest.approx(part, abs=1e-9)


def test_all_of_it_fits() -> None:
    for timeline in (reel(), long_film()):
        assert float(timeline.duration) * fitting(timeline, 800) < 800
        assert fitting(timeline, 800) < closest(timeline)


@pytest.mark.parametrize("rate", [F(24), F(25), F(30), F(60), F(30000, 1001), F(24000, 1001)])
@pytest.mark.parametrize("zoom", [0.6, 3, 30, 120, 900])
def test_figures_are_far_enough_apart(rate: F, zoom: float) -> None:
    step = ruler_step(zoom, rate, 62)
    assert float(step) * zoom >= 62
    assert parts_of(step, rate) >= 1


@pytest.mark.parametrize(("t", "rate", "words"), [
    (F(0), F(30), "0:00.00"), (F(284, 30), F(30), "0:09.14"), (F(29, 30), F(30), "0:00.29"), (F(61), F(25), "1:01.00"),
    (F(3723), F(24), "1:02:03.00"), (F(1001, 30000) * 29, F(30000, 1001), "0:00.29"),
    (F(1001, 30000) * 30, F(30000, 1001), "0:01.00"), (F(-1), F(30), "0:00.00"),
])  # fmt: skip
def test_a_moment_is_minutes_seconds_and_frames(t: F, rate: F, words: str) -> None:
    assert clock(t, rate) == words


@given(st.integers(0, 200_000), st.sampled_from([F(24), F(25), F(30), F(60), F(30000, 1001), F(24000, 1001)]))
def test_no_two_frames_read_alike_and_none_counts_beyond_its_second(number: int, rate: F) -> None:
    one, two = clock(number / rate, rate), clock((number + 1) / rate, rate)
    assert one != two
    assert int(one.rpartition(".")[2]) < round(rate)


def test_a_shift_has_its_sign() -> None:
    assert signed(F(-1, 2), F(30)) == "−0:00.15"
    assert signed(F(2), F(30)) == "+0:02.00"
