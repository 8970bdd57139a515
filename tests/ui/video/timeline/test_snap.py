"""What edges cling to."""

from __future__ import annotations

from fractions import Fraction as F

from hypothesis import given
from hypothesis import strategies as st

from studio.ui.video.timeline.snap import beyond, nearest, snap, targets, to_frame
from tests.ui.video.timeline.films import reel

TIMES = st.lists(st.fractions(0, 60, max_denominator=30), min_size=1, unique=True).map(sorted)


@given(TIMES, st.fractions(0, 60, max_denominator=30))
def test_the_nearest_is_nearest(moments: list[F], t: F) -> None:
    found = nearest(moments, t)
    assert found is not None
    assert abs(found - t) == min(abs(each - t) for each in moments)


@given(TIMES, st.fractions(0, 60, max_denominator=30), st.fractions(-10, 10, max_denominator=30))
def test_a_snapped_edge_lies_on_its_target_or_nothing_changed(moments: list[F], edge: F, by: F) -> None:
    met = snap([edge], by, moments, F(1, 5))
    assert (met.line is None and met.by == by) or edge + met.by == met.line in moments
    assert abs(met.by - by) <= F(1, 5)


def test_the_nearer_of_two_edges_clings() -> None:
    met = snap([F(1), F(3)], F(1, 10), [F(0), F(32, 10)], F(1, 2))
    assert (met.by, met.line) == (F(2, 10), F(32, 10))


def test_targets_are_edges_playhead_markers_and_beats_but_not_of_what_moves() -> None:
    timeline = reel()
    found = targets(timeline, F(7, 3), without={"m0"}, marks=(F(9),))
    own = timeline.find("m0")[1]  # type: ignore[index]
    assert {F(0), F(7, 3), F(5), F(9), F(4, 3)} <= set(found)
    assert timeline.find("o0")[1].end in found  # type: ignore[index]
    assert list(found) == sorted(found)
    assert own.end in targets(timeline, F(0))


def test_the_next_moment_beyond() -> None:
    assert beyond([F(1), F(2)], F(1), True) == F(2)
    assert beyond([F(1), F(2)], F(2), False) == F(1)
    assert beyond([F(1)], F(1), True) is None


def test_an_edge_lands_on_a_frame() -> None:
    timeline = reel()
    by = to_frame(timeline, F(1), F(1, 47))
    assert ((F(1) + by) * timeline.rate).denominator == 1
