"""Curves and fades for many samples at once are those of the model."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.curve import EASINGS, Curve, Ease, Key
from studio.media.sound import envelope
from studio.media.sound.envelope import factor, factors, fall, rise, values

F = Fraction
RATE = 1000
EASES: list[Ease] = ["linear", "hold", "in", "out", "both"]
keys = st.lists(
    st.tuples(st.fractions(-1, 3), st.floats(-60, 12), st.sampled_from(EASES)),
    max_size=5, unique_by=lambda key: key[0],
).map(lambda found: tuple(Key(at, value, ease) for at, value, ease in sorted(found, key=lambda key: key[0])))


@given(keys=keys, start=st.integers(-1500, 3500))
def test_a_curve_for_many_samples_is_the_curve_at_each(keys: tuple[Key, ...], start: int) -> None:
    curve = Curve(-3.0, keys)
    found = values(curve, start, 20, RATE)
    if not any(abs(key.at * RATE - (start + n)) < F(1, 1000) for n in range(20) for key in keys):
        assert found == pytest.approx([curve.at(F(start + n, RATE)) for n in range(20)], abs=1e-6)


def test_the_same_easings_as_the_model() -> None:
    assert envelope.EASINGS.keys() == EASINGS.keys()
    parts = np.linspace(0, 1, 11)
    for name in EASES:
        assert envelope.EASINGS[name](parts) == pytest.approx([EASINGS[name](part) for part in parts])


def test_decibels() -> None:
    assert factor(0) == 1 and factor(-20) == pytest.approx(0.1) and factor(-90) == 0
    assert factors(Curve(6.0), 0, 3, RATE) == pytest.approx(1.995, abs=1e-3)
    moving = factors(Curve(keys=(Key(F(0), -200.0), Key(F(1), 0.0))), 0, 1001, RATE)
    assert isinstance(moving, np.ndarray) and moving[0] == 0 and moving[-1] == 1


@given(first=st.integers(-50, 150), count=st.integers(1, 60), power=st.booleans())
def test_what_falls_and_what_rises_make_one(first: int, count: int, power: bool) -> None:
    found = rise(first, count, 100, equal_power=power), fall(first, count, 100, equal_power=power)
    up, down = (np.ones(count, np.float32) if one is None else one for one in found)
    assert np.allclose(up**2 + down**2 if power else up + down, 1, atol=1e-6)
