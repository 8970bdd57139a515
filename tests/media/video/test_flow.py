"""Frames between frames."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from studio.media.video.flow import parts
from studio.media.video.picture import planes
from tests.media.video.films import clip, composer, film, timeline


def moving(count: int = 6, by: int = 16) -> list[np.ndarray[tuple[int, ...], np.dtype[np.uint8]]]:
    """A bright square with a pattern that goes right by so many px a picture."""
    rng = np.random.default_rng(5)
    square, ground = rng.integers(170, 255, (48, 48, 1), np.uint8), rng.integers(30, 50, (96, 192, 1), np.uint8)
    pictures = []
    for n in range(count):
        picture = np.repeat(ground, 3, axis=2)
        picture[24:72, 16 + n * by : 64 + n * by] = square
        pictures.append(picture)
    return pictures


def left_edge(line: object, t: Fraction, one: object) -> int:
    y = planes(one.frame(line, t))[0]  # type: ignore[attr-defined]
    return int(np.flatnonzero(y[40:60].mean(axis=0) > 110)[0])


@pytest.mark.parametrize("reverse", [False, True])
def test_what_moves_is_half_way_between_two_frames(tmp_path: Path, reverse: bool) -> None:
    source = film(tmp_path / "a.mkv", moving(), fmt="yuv420p")
    half = clip(source, 1, speed=Fraction(1, 2), smooth=True, reverse=reverse)
    line = timeline(half, sources=[source], size=(192, 96))
    one, two = composer(), composer()
    places = [left_edge(line, Fraction(n, 10), one) for n in range(6)]
    steps = np.diff(places[::-1] if reverse else places)
    assert all(4 <= step <= 12 for step in steps)  # 8 each; without it 0 and 16 by turns
    order = (4, 1, 5, 0, 3, 2)
    assert [left_edge(line, Fraction(n, 10), two) for n in order] == [places[n] for n in order]
    one.close()
    two.close()


def test_nothing_is_made_where_the_film_has_frames_enough() -> None:
    assert parts(Fraction(30), Fraction(30), Fraction(1)) == 1
    assert parts(Fraction(30), Fraction(60), Fraction(1)) == 1
    assert parts(Fraction(30), Fraction(30), Fraction(1, 2)) == 2
    assert parts(Fraction(30), Fraction(30), Fraction(1, 100)) == 8
    assert parts(Fraction(30), Fraction(25), Fraction(1)) == 3
