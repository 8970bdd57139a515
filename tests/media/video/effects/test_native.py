"""What an effect gets from the compositor, and how it is found."""

from __future__ import annotations

from fractions import Fraction

import pytest

from studio.core.effects import EFFECTS
from studio.core.errors import Refused
from studio.core.timeline import Effect
from studio.media.video.effects import Lay, Moment, Native, Params, native, natives, plug, unplug

MOMENT = Moment(Fraction(0), Fraction(1), 64, 48)


def test_every_native_effect_is_declared() -> None:
    assert [name for name in natives() if name not in EFFECTS] == []


def test_every_effect_draws_something() -> None:
    for name, found in natives().items():
        assert found.steps or found.pixels or found.planes or found.mask or found.lay or found.time, name


def test_one_from_outside_comes_and_goes() -> None:
    mine = Native(lay=lambda lay, params, moment: lay.moved(3, 4))
    plug("mine", mine)
    assert native("mine") is mine
    unplug("mine")
    assert native("mine") is None


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(Refused):
        Params(Effect("e", "flip"), Fraction(0)).number("amount")


def test_a_lay_is_moved_scaled_and_faded() -> None:
    lay = Lay().moved(3, -4).scaled(2).faded(0.5).faded(7)
    assert lay == Lay(3, -4, 2, 2, 0, 0.5)
