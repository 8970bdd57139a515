"""Numbers that change over time."""

from __future__ import annotations

from fractions import Fraction as F
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.curve import EASINGS, Curve, Ease, Key

moments = st.fractions(min_value=-10, max_value=10, max_denominator=60)
curves = st.lists(st.tuples(moments, st.floats(-100, 100), st.sampled_from(sorted(EASINGS))), max_size=6).map(
    lambda keys: Curve(1.5, tuple(Key(at, value, cast(Ease, ease)) for at, (value, ease) in sorted(
        {at: (value, ease) for at, value, ease in keys}.items()))))


@given(curves, moments)
def test_a_value_lies_between_its_keys(curve: Curve, at: F) -> None:
    values = [key.value for key in curve.keys] or [curve.value]
    assert min(values) - 1e-9 <= curve.at(at) <= max(values) + 1e-9


@given(curves, moments, st.floats(-100, 100))
def test_a_key_that_is_set_holds_there_and_can_be_taken_out(curve: Curve, at: F, value: float) -> None:
    assert curve.with_key(at, value).at(at) == value
    if all(key.at != at for key in curve.keys):
        back = curve.with_key(at, value).without_key(at)
        assert back.keys == curve.keys


@given(curves, moments, moments)
def test_a_shifted_curve_is_the_same_later(curve: Curve, by: F, at: F) -> None:
    assert curve.shifted(by).at(at - by) == curve.at(at)


@given(curves, moments, st.fractions(min_value=F(1, 8), max_value=8))
def test_a_stretched_curve_is_the_same_slower(curve: Curve, at: F, by: F) -> None:
    assert curve.stretched(by).at(at * by) == pytest.approx(curve.at(at))


@pytest.mark.parametrize("ease", sorted(EASINGS))
def test_every_way_begins_at_the_key(ease):
    curve = Curve(0.0, (Key(F(0), 2.0, ease), Key(F(2), 4.0)))
    assert curve.at(F(0)) == 2.0 and curve.at(F(2)) == 4.0 and curve.at(F(-1)) == 2.0 and curve.at(F(9)) == 4.0
    assert curve.at(F(1)) == {"linear": 3.0, "hold": 2.0, "in": 2.5, "out": 3.5, "both": 3.0}[ease]


def test_setting_a_value_makes_a_key_only_where_there_are_keys() -> None:
    assert Curve(1.0).with_value(2.0, F(1)) == Curve(2.0)
    keyed = Curve(1.0).with_key(F(0), 1.0, "both").with_value(2.0, F(0))
    assert keyed.keys == (Key(F(0), 2.0, "both"),)
    assert not keyed.moves and keyed.with_key(F(1), 3.0).moves
