"""Pauses, and the cuts that would take them out."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.timeline import Clip, Timeline
from studio.media.sound.silence import jump_cuts, silences
from tests.media.sound.sounds import written

F = Fraction


def talk(t: np.ndarray) -> np.ndarray:
    """Words from 0 to 1, from 2 to 3 and from 3.3 to 4; a click at 1.5; a murmur of -50 dB throughout."""
    spoken = (t < 1) | ((t >= 2) & (t < 3)) | ((t >= 3.3) & (t < 4)) | (np.abs(t - 1.5) < 0.004)
    return np.where(spoken, 0.3, 0.003) * np.sin(2 * np.pi * 250 * t)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("talk") / "talk.wav", talk, seconds=5)


def test_pauses_are_where_nobody_speaks_long_enough(path: Path) -> None:
    assert silences(path) == [(F(1), F(2)), (F(4), F(5))]
    assert silences(path, least=F(1, 4)) == [(F(1), F(2)), (F(3), F(33, 10)), (F(4), F(5))]
    assert silences(path, threshold=-60.0) == []
    assert silences(path, threshold=0.0) == [(F(0), F(5))]


def test_a_margin_is_left_and_cuts_lie_on_frames() -> None:
    clip, made = Clip("a", F(5), source="s"), Timeline("x", rate=F(25))
    assert jump_cuts(made, clip, [(F(1), F(2)), (F(4), F(5))]) == [(F(28, 25), F(47, 25)), (F(103, 25), F(5))]
    assert jump_cuts(made, clip, [(F(1), F(1) + F(1, 5))]) == []
    assert jump_cuts(made, clip, [(F(0), F(1)), (F(6), F(7))]) == [(F(0), F(22, 25))]


def test_in_the_clips_own_clock() -> None:
    made, clip = Timeline("x", rate=F(10)), Clip("a", F(2), source="s", start=F(1), speed=F(2))
    assert jump_cuts(made, clip, [(F(2), F(3))], F(0)) == [(F(1, 2), F(1))]
    assert jump_cuts(made, replace(clip, reverse=True), [(F(2), F(3))], F(0)) == [(F(1), F(3, 2))]
    assert jump_cuts(made, clip, [(F(0), F(2)), (F(2), F(3))], F(0)) == [(F(0), F(1))]


@given(
    pauses=st.lists(st.tuples(st.fractions(0, 9), st.fractions(F(1, 9), 4)), max_size=6),
    start=st.fractions(0, 5), speed=st.sampled_from([F(1, 2), F(1), F(3)]), reverse=st.booleans(),
)
def test_cuts_are_in_order_apart_and_inside(
    pauses: list[tuple[Fraction, Fraction]], start: Fraction, speed: Fraction, reverse: bool
) -> None:
    clip = Clip("a", F(3), source="s", start=start, speed=speed, reverse=reverse)
    cuts = jump_cuts(Timeline("x"), clip, [(begin, begin + length) for begin, length in pauses])
    flat = [moment for cut in cuts for moment in cut]
    assert flat == sorted(set(flat)) and all(0 <= moment <= clip.duration for moment in flat)
