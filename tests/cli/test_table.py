"""Columns: as wide in cells as a terminal shows them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.cli.table import cut, fit, lines, width


@pytest.mark.parametrize(
    ("text", "cells"), [("abc", 3), ("周末", 4), ("e\u0301", 1), ("ｱ", 1), ("👩", 2), ("a\u200db", 2), ("「好」", 6)])
def test_wide_characters_take_two_cells(text, cells):
    assert width(text) == cells


@given(st.text(), st.integers(2, 40))
def test_nothing_is_wider_than_its_place(text, cells):
    assert width(cut(text, cells)) <= cells
    assert width(fit(text, cells)) <= cells


@given(st.text(st.sampled_from("ab 周末「。」か") | st.characters(), max_size=30))
def test_the_quick_way_counts_like_the_slow_one(text):
    assert width(text) == sum(width(character) for character in text)


def test_columns_line_up():
    assert list(lines(["a", "b"], [["周末", "x"], ["abcd", "y"]])) == ["a     b", "周末  x", "abcd  y"]


def test_nothing_can_steer_the_terminal():
    assert fit("a\x1b[31m\n\u2028b\x9b", 40) == "a [31m  b "
