"""Between samples: as exact as the band allows, and the same however it is asked for."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from studio.media.sound.varispeed import at_speed

F = Fraction
RATE = 48_000


def tone(hertz: float, start: int, count: int) -> np.ndarray:
    return np.repeat(np.sin(2 * np.pi * hertz * np.arange(start, start + count) / RATE)[:, None], 2, 1).astype(
        np.float32
    )


@pytest.mark.parametrize("step", [F(1, 2), F(2, 3), F(9, 8), F(7, 3), F(-1), F(-5, 4)])
def test_a_tone_is_that_tone_at_every_place(step: Fraction) -> None:
    found = at_speed(lambda start, count: tone(1000, start, count), F(1000, 3), step, 20_000)
    places = float(F(1000, 3)) + np.arange(20_000) * float(step)
    assert np.abs(found[:, 0] - np.sin(2 * np.pi * 1000 * places / RATE)).max() < 1e-3


def test_what_would_fold_back_is_gone() -> None:
    high = at_speed(lambda start, count: tone(18_000, start, count), F(0), F(2), 20_000)
    assert np.abs(high[100:-100]).max() < 0.02


def test_in_parts_as_in_one() -> None:
    step = F(1001, 1000)
    whole = at_speed(lambda start, count: tone(440, start, count), F(1, 7), step, 20_000)
    parts = [at_speed(lambda start, count: tone(440, start, count), F(1, 7) + first * step, step, 2000)
             for first in range(0, 20_000, 2000)]
    assert np.abs(np.concatenate(parts) - whole).max() < 1e-5
