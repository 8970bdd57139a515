"""The cells of a profile: where they are, and what stands in them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.card import Box, Font, Rule
from studio.platforms.boxes import Sheet
from studio.platforms.grids import cell_width, filled, height, profile_cells, put_cells, put_plays
from studio.platforms.parts import Profile
from tests.platforms.fakes import Ruler, media

SQUARES = Profile(3, 1.0, 1.0, "a test")
TALL = Profile(3, 3 / 4, 2.0, "a test")
FALL = Profile(2, 0.0, 5.0, "a test")


def test_a_row_fills_the_width() -> None:
    assert profile_cells(SQUARES, 380, 4) == [(0, 0, 126, 126), (127, 0, 126, 126), (254, 0, 126, 126),
                                              (0, 127, 126, 126)]
    first = profile_cells(TALL, 375, 3)[0]
    assert first[3] == pytest.approx(first[2] * 4 / 3) and cell_width(TALL, 375) == pytest.approx(371 / 3)


def test_a_waterfall_fills_its_shortest_column() -> None:
    places = profile_cells(FALL, 205, 4, [1.0, 0.5, 1.0, 2.0])
    assert places == [(0, 0, 100, 100), (105, 0, 100, 200), (0, 105, 100, 100), (105, 205, 100, 50)]
    under = profile_cells(FALL, 205, 3, [1.0, 1.0, 1.0], [40, 0])
    assert under[2] == pytest.approx((105, 105, 100, 100)) and height(under, [40, 0]) == 205
    assert profile_cells(FALL, 205, 1) == [(0, 0, 100, 100)] and height([]) == 0


@given(st.integers(1, 5), st.sampled_from([0.0, 0.75, 1.0, 1.6]), st.floats(0, 16), st.floats(160, 1300),
       st.lists(st.floats(0.2, 5), max_size=12))
def test_cells_keep_apart_and_inside(columns: int, ratio: float, gap: float, width: float, ratios: list[float]) -> None:
    profile = Profile(columns, ratio, gap, "a test")
    places = profile_cells(profile, width, 12, ratios)
    for at, (x, y, w, h) in enumerate(places):
        assert x >= 0 and x + w <= width + 1e-6 and y >= 0
        if ratio:
            assert w / h == pytest.approx(ratio)
        for left, top, wide, high in places[at + 1 :]:
            across = min(x + w, left + wide) - max(x, left)
            down = min(y + h, top + high) - max(y, top)
            assert across <= -gap + 1e-6 or down <= -gap + 1e-6


def test_the_posts_own_cover_comes_first_and_blanks_last() -> None:
    own, other = media("a.jpg", 1200, 900, focus=(0.9, 0.5)), media("b.jpg")
    covers = filled([own, other], SQUARES, 2)
    assert covers == [own, other, None, None, None, None]
    assert filled([own] * 9, SQUARES, 2) == [own] * 6
    sheet, seen = Sheet(Ruler(), 10), []
    places = profile_cells(SQUARES, 380, 6)
    put_cells(sheet, places, covers, over=lambda s, number, place, what: seen.append((number, place, what)))
    assert [b.name for b in sheet.boxes] == [f"cell:{n}" for n in range(1, 7)]
    assert [b.kind for b in sheet.boxes] == ["image"] * 2 + ["fill"] * 4 and sheet.y == 10 + 126 + 1 + 126
    assert sheet.boxes[0].crop == (0.25, 0.0, 0.75, 1.0) and sheet.boxes[0].y == 10
    assert [number for number, _, _ in seen] == [1, 2, 3, 4, 5, 6] and seen[1][2] is other
    assert _in_order(sheet.boxes)


def test_plays_stand_at_the_lower_left_of_their_cell() -> None:
    rule = Rule("count", 12, "px", "a test", "recalled", "2026-11-30")
    sheet, place = Sheet(Ruler()), (100.0, 50.0, 120.0, 160.0)
    put_plays(sheet, 3, place, "12", Font(12, 16), 14, 6, 2, 40, rules=(rule, rule, rule))
    shade, sign, count = sheet.boxes
    assert [b.name for b in sheet.boxes] == ["cell.shade:3", "count.icon:3", "count:3"]
    assert (shade.y, shade.h) == (170, 40) and (count.x, count.y + count.h) == (122, 204)
    assert sign.y + 7 == count.y + 8 and sign.x == 106
    alone = Sheet(Ruler())
    put_plays(alone, 1, place, "", Font(12, 16), 14, 6, 2, 40, rules=(rule, rule, rule))
    assert [b.name for b in alone.boxes] == ["cell.shade:1", "count.icon:1"]


def _in_order(boxes: list[Box]) -> bool:
    return all((a.y, a.x) < (b.y, b.x) for a, b in pairwise(boxes))
