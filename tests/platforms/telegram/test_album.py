"""Albums, held to what the clients' own rules give."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.platforms.telegram.album import Album, Rect

WIDE, TALL, SQUARE = 16 / 9, 9 / 16, 1.0


def places(*ratios: float, width: float = 464) -> list[Rect]:
    return Album(ratios, width).places()


def test_two_wide_and_alike_are_stacked() -> None:
    assert places(WIDE, WIDE) == [(0, 0, 464, 231), (0, 233, 464, 231)]


def test_two_squares_are_equal_columns() -> None:
    assert places(SQUARE, SQUARE) == [(0, 0, 231, 231), (233, 0, 231, 231)]


def test_two_that_differ_share_the_width_by_their_shapes() -> None:
    (_, _, left, high), (x, _, right, low) = places(TALL, SQUARE)
    assert left + 2 + right == 464 and x == left + 2 and high == low and left < right
    assert right == 296  # its share of 462: (462 / r1) / (1 / r1 + 1 / r2) = 295.68


def test_three() -> None:
    assert places(WIDE, SQUARE, SQUARE) == [(0, 0, 464, 261), (0, 263, 231, 201), (233, 263, 231, 201)]
    first, second, third = places(TALL, SQUARE, SQUARE)
    assert first[:2] == (0, 0) and first[3] == 464 and second[0] == third[0] == first[2] + 2


def test_four() -> None:
    top, *low = places(WIDE, SQUARE, SQUARE, SQUARE)
    assert [*top] == [0, 0, 464, 261] and [y for _, y, _, _ in low] == [263] * 3
    left, *column = places(SQUARE, SQUARE, SQUARE, SQUARE)
    assert [*left] == [0, 0, 277, 464] and [x for x, _, _, _ in column] == [279] * 3
    assert [w for _, _, w, _ in column] == [153] * 3


@pytest.mark.parametrize(("count", "rows"), [(5, [2, 3]), (6, [3, 3]), (7, [2, 2, 3]), (10, [2, 2, 3, 3])])
def test_squares_in_rows(count: int, rows: list[int]) -> None:
    made = places(*[SQUARE] * count)
    tops = sorted({y for _, y, _, _ in made})
    assert [sum(y == top for _, y, _, _ in made) for top in tops] == rows
    assert all(max(x + w for x, y, w, _ in made if y == top) == 464 for top in tops)


def test_one_very_wide_picture_asks_for_rows() -> None:
    made = places(2.5, 2.5)
    assert made[0][1] == 0 and made[1][1] > 0 and made[0][2] == 464


@given(st.lists(st.sampled_from([1 / 12_000, 0.3, TALL, 0.9, SQUARE, 1.3, WIDE, 2.5, 40.0]), min_size=2, max_size=10),
       st.sampled_from([464.0, 275.0, 100.0, 60.0]))
def test_any_album_is_sound(ratios: list[float], width: float) -> None:
    made = places(*ratios, width=width)
    assert len(made) == len(ratios)
    for x, y, w, h in made:
        assert x >= 0 and y >= 0 and w > 0 and h > 0 and x + w <= width + 1e-6
    for n, (x, y, w, h) in enumerate(made):
        for a, b, c, d in made[n + 1 :]:
            across, down = min(x + w, a + c) - max(x, a), min(y + h, b + d) - max(y, b)
            assert across <= 1e-6 or down <= 1e-6, made
