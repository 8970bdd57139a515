"""Which moment belongs to which second of playing, and which samples to it."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from studio.services.videos.running import SPEEDS, Run, faster

THIRTY = Fraction(30)
rates = st.sampled_from([Fraction(24000, 1001), Fraction(24), Fraction(25), THIRTY, Fraction(60000, 1001)])


def run(origin: int = 0, speed: Fraction = Fraction(1), loop: bool = False, end: int = 10) -> Run:
    return Run(Fraction(origin), speed, THIRTY, Fraction(0), Fraction(end), loop)


@given(rates, st.integers(0, 2000), st.integers(0, 500))
def test_at_speed_one_each_tick_is_the_next_frame(rate: Fraction, start: int, tick: int) -> None:
    playing = Run(start / rate, Fraction(1), rate, Fraction(0), Fraction(100_000))
    assert playing.frame(tick) == start + tick


def test_it_is_over_at_the_end_and_rests_on_the_last_frame() -> None:
    playing = run(9)
    assert playing.frame(29) == 299 and playing.frame(30) is None
    assert playing.rest() == Fraction(299, 30)


def test_backwards_it_ends_on_the_first_frame() -> None:
    playing = run(1, Fraction(-2))
    assert playing.frame(15) == 0 and playing.frame(16) is None and playing.rest() == 0


def test_a_loop_comes_round() -> None:
    playing = Run(Fraction(3), Fraction(1), THIRTY, Fraction(2), Fraction(4), True)
    assert [playing.at(Fraction(s)) for s in (0, 1, 2, 7)] == [3, 2, 3, 2]
    back = Run(Fraction(2), Fraction(-1), THIRTY, Fraction(2), Fraction(4), True)
    assert back.at(Fraction(1, 2)) == Fraction(7, 2)


def test_samples_of_a_loop_come_in_pieces() -> None:
    playing = Run(Fraction(1), Fraction(1), THIRTY, Fraction(1), Fraction(2), True)
    assert list(playing.samples(900, 300, 1000)) == [(1900, 100), (1000, 200)]


def test_samples_end_with_the_run_and_double_with_the_speed() -> None:
    assert list(run(9).samples(900, 300, 1000)) == [(9900, 100)]
    assert list(run(0, Fraction(2)).samples(100, 50, 1000)) == [(200, 100)]
    assert list(run(10).samples(0, 50, 1000)) == []


@given(st.integers(0, 100_000), st.integers(1, 5000), st.sampled_from([Fraction(1, 2), Fraction(1), Fraction(2)]))
def test_samples_of_a_loop_are_never_fewer(first: int, count: int, speed: Fraction) -> None:
    playing = Run(Fraction(1), speed, THIRTY, Fraction(1), Fraction(3), True)
    pieces = list(playing.samples(first, count, 1000))
    assert abs(sum(n for _, n in pieces) - count * speed) <= len(pieces)
    assert all(1000 <= start < 3000 and start + n <= 3001 for start, n in pieces)


def test_j_and_l_go_through_the_speeds() -> None:
    speed, heard = Fraction(0), []
    for by in (1, 1, 1, 1, 1, -1, -1):
        speed = faster(speed, by)
        heard.append(speed)
    assert heard == [1, 2, 4, 8, 8, -1, -2]
    assert set(heard) <= set(SPEEDS)
