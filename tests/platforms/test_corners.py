"""A badge keeps to its corner, and to the card."""

from __future__ import annotations

import pytest

from studio.core.card import Font
from studio.platforms.boxes import Sheet
from studio.platforms.corners import Corner, badge
from tests.platforms.fakes import Ruler

FONT = Font(10, 16)


@pytest.mark.parametrize(("corner", "x", "y"), [
    ("top-left", 50, 60), ("top-right", 50 - 28, 60), ("bottom-left", 50, 44), ("bottom-right", 50 - 28, 44),
])
def test_the_corner_is_where_it_was_asked_for(corner: Corner, x: float, y: float) -> None:
    sheet = Sheet(Ruler(), 7)
    made = badge(sheet, "alt:1", "1:05", FONT, 4, (50, 60), corner, 300)
    assert (made.x, made.y, made.w, made.h) == (x, y, 28, 16) and sheet.y == 7 and sheet.boxes == [made]


def test_it_never_leaves_the_card() -> None:
    sheet = Sheet(Ruler())
    right = badge(sheet, "a", "x" * 8, FONT, 4, (90, 5), "top-left", 100)
    left = badge(sheet, "b", "x" * 8, FONT, 4, (10, 5), "bottom-right", 100)
    wide = badge(sheet, "c", "x" * 99, FONT, 4, (10, 5), "top-left", 100)
    assert right.x + right.w == 100 and (left.x, left.y) == (0, 0) and (wide.x, wide.w) == (0, 100)
