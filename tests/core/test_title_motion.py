"""Animations are functions of how far they are; nothing moves before, between and after."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.title_motion import ABSENT, AT_REST, MOTIONS, Moment, moment, staggered
from studio.core.title_styles import STYLES

F = Fraction


@pytest.mark.parametrize("name", list(MOTIONS))
def test_every_pose_is_finite_and_ends_at_rest(name):
    for step in range(101):
        pose = MOTIONS[name].pose(step / 100)
        assert all(map(math.isfinite, (pose.opacity, pose.dx, pose.dy, pose.scale, pose.blur)))
        assert 0 <= pose.opacity <= 1 and pose.scale >= 0 and pose.blur >= 0
    last = MOTIONS[name].pose(1.0)
    assert max(abs(last.dx), abs(last.dy), last.blur, abs(last.scale - 1), 1 - last.opacity) < 1e-9


@given(st.floats(0, 1), st.integers(1, 200), st.booleans())
def test_units_follow_one_another(progress, number, sharp):
    parts = staggered(progress, number, sharp)
    assert len(parts) == number and all(0 <= part <= 1 for part in parts)
    assert parts == sorted(parts, reverse=True)
    assert all(part == 1 for part in staggered(1.0, number, sharp)) and not any(staggered(0.0, number, sharp))


def test_a_title_comes_stays_and_goes():
    def now(local: Fraction) -> Moment:
        return moment("left", "left", F(1), F(1), local, F(4))

    assert now(F(0)).pose() == ABSENT
    assert now(F(1, 2)).pose().dx > 0 > now(F(7, 2)).pose().dx
    assert now(F(2)) == Moment() and now(F(2)).pose() is AT_REST
    assert now(F(4)).pose() == ABSENT and now(F(-1)).pose() == ABSENT and now(F(9)).pose() == ABSENT


def test_what_nobody_knows_moves_nothing_and_both_share_a_short_time():
    assert moment("none such", "", F(1), F(1), F(0), F(4)) == Moment()
    assert moment("fade", "fade", F(0), F(0), F(0), F(4)) == Moment()
    half = moment("fade", "fade", F(3), F(1), F(1, 2), F(1))
    assert not half.leaving and math.isclose(half.progress, 2 / 3)
    assert moment("fade", "fade", F(3), F(1), F(9, 10), F(1)).leaving


def test_every_style_names_animations_there_are():
    for name, preset in STYLES.items():
        assert preset.name == name and {preset.enter, preset.leave} <= {"", *MOTIONS}
        assert preset.title("x").preset == name
    assert len(STYLES) >= 12 and len(MOTIONS) >= 8
