"""Rows of about one length."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from studio.core.evenly import even, filled, width


@dataclass(frozen=True)
class Part:
    width: float
    gap: float = 1.0
    closes: bool = False


sizes = st.lists(st.integers(1, 8), min_size=1, max_size=20)


@given(sizes, st.integers(8, 30), st.integers(0, 4))
def test_rows_have_everything_in_order_and_fit(given_sizes, limit, more):
    parts = [Part(float(size), closes=size % 3 == 0) for size in given_sizes]
    number = len(filled(parts, limit)) + more
    rows = even(parts, limit, number)
    assert rows or number > len(parts)
    if rows:
        assert len(rows) == number and rows[0][0] == 0 and rows[-1][1] == len(parts)
        assert all(one[1] == two[0] for one, two in pairwise(rows))
        assert all(width(parts[first:last]) <= limit for first, last in rows)


def test_rows_are_even_and_end_with_a_clause_where_that_costs_little():
    assert even([Part(1.0, 0.0)] * 9, 6, 2) in ([(0, 4), (4, 9)], [(0, 5), (5, 9)])
    parts = [Part(1.0, 0.0, closes=at == 5) for at in range(10)]
    assert even(parts, 8, 2) == [(0, 6), (6, 10)]
    assert even([], 5, 0) == [] and even([Part(9.0)], 5, 1) == [(0, 1)] and filled([], 5) == []
