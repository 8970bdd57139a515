"""Styles keep their proportions on any canvas."""

from __future__ import annotations

import pytest

from studio.core.title import PIXELS, TextStyle, on_canvas, scaled
from studio.core.title_styles import STYLES


@pytest.mark.parametrize("by", [0.5, 1, 2, 3.5])
def test_all_sizes_and_nothing_else_are_scaled(by):
    style = STYLES["karaoke"].style
    found = scaled(style, by)
    for name in TextStyle.__slots__:
        before, after = getattr(style, name), getattr(found, name)
        assert after == (pytest.approx(before * by) if name in PIXELS else before)


def test_a_title_is_as_large_on_a_small_canvas():
    title = STYLES["headline"].title("x")
    assert on_canvas(title, 540, 960).style.size == title.style.size / 2
    assert on_canvas(title, 1920, 1080) == title
