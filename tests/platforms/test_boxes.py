from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.card import Font
from studio.platforms.boxes import ELLIPSIS, Sheet, cover, ellipsized, most_lines, one_line
from studio.platforms.text import graphemes
from tests.platforms.fakes import Ruler

FONT = Font(10, 14)
SIDES = st.floats(1, 5000)
TEXTS = st.lists(st.sampled_from(["a", "周", " ", "\n", "👨‍👩‍👧", "🇨🇳", "e\u0301", "word "]), max_size=60).map("".join)


@given(SIDES, SIDES, SIDES, SIDES, st.none() | st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_a_crop_has_the_shape_of_the_cell_and_keeps_the_focus(
    width: float, height: float, cell_w: float, cell_h: float, focus: tuple[float, float] | None
) -> None:
    x, y, w, h = cover(width, height, cell_w, cell_h, focus)
    assert x >= 0 and y >= 0 and x + w <= 1 + 1e-9 and y + h <= 1 + 1e-9
    assert max(w, h) == 1
    assert (w * width) / (h * height) == pytest.approx(cell_w / cell_h, rel=1e-6)
    fx, fy = focus or (0.5, 0.5)
    assert x - 1e-9 <= fx <= x + w + 1e-9 and y - 1e-9 <= fy <= y + h + 1e-9


def test_known_crops() -> None:
    assert cover(200, 100, 50, 50, None) == (0.25, 0.0, 0.5, 1.0)
    assert cover(200, 100, 50, 50, (1.0, 0.5)) == (0.5, 0.0, 0.5, 1.0)
    assert cover(0, 0, 50, 80, (0.1, 0.1)) == (0.0, 0.0, 1.0, 1.0)


@given(TEXTS, st.floats(30, 400))
def test_a_line_is_cut_at_a_grapheme_and_fits(text: str, width: float) -> None:
    shown = one_line(text, FONT, width, Ruler())
    flat = " ".join(text.split())
    assert "\n" not in shown and Ruler().advance(shown, FONT) <= width
    if shown != flat:
        assert shown.endswith(ELLIPSIS)
        kept = shown.removesuffix(ELLIPSIS)
        assert flat.startswith(kept) and graphemes(kept) + graphemes(flat[len(kept):]) == graphemes(flat)


@given(TEXTS, st.integers(1, 5), st.floats(20, 200))
def test_a_fold_is_a_prefix_at_a_grapheme(text: str, most: int, width: float) -> None:
    cut = most_lines(text, FONT, width, most, Ruler())
    assert text.startswith(cut.text) and len(cut.lines) <= most
    assert graphemes(cut.text) + graphemes(text[len(cut.text):]) == graphemes(text)
    assert cut.folded is (len(Ruler().lines(text, FONT, width)) > most)
    assert cut.folded or cut.text == text
    assert not most_lines(cut.text, FONT, width, most, Ruler()).folded


@given(TEXTS, st.integers(1, 4), st.floats(60, 200))
def test_an_ellipsis_ends_what_was_cut(text: str, most: int, width: float) -> None:
    cut = ellipsized(text, FONT, width, most, Ruler())
    assert len(cut.lines) <= most and cut.text.endswith(ELLIPSIS) is (cut.folded or text.endswith(ELLIPSIS))
    assert all(0 <= line.start <= line.end <= len(cut.text) for line in cut.lines)
    assert all(line.width <= width for line in cut.lines)


def test_a_sheet_goes_down() -> None:
    sheet = Sheet(Ruler(), 5)
    sheet.words("body", 10, 100, most_lines("one\ntwo", FONT, 100, 9, Ruler()), FONT)
    assert (sheet.boxes[0].y, sheet.boxes[0].h, sheet.y) == (5, 28, 33)
    label = sheet.label("name", 10, 30, "a long name", FONT)
    assert (label.y, label.h, sheet.y, label.text) == (33, 14, 33, "a lon…")
