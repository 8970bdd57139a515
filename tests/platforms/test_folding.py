"""A fold is a prefix that cuts nothing in two, shows no more when the text grows, and ends with its label."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.card import Font
from studio.platforms.folding import Fold, clip_lines, first_lines, fold_at, fold_lines, safe_end, whole_stretches
from studio.platforms.text import grapheme_cut
from tests.platforms.fakes import Ruler

FONT = Font(10, 14)
PIECES = (
    "周末", "老城南", "word ", "a", " ", "\n", "👨‍👩‍👧", "🇨🇳", "e\u0301", "#城市漫步 ", "#topic ", "@mei.test ",
    "https://example.com/a/b?c=d ", "سلام ",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


def fold(text: str, most: int = 3, width: float = 100.0) -> Fold:
    return fold_lines(text, FONT, width, most, "more", Ruler())


@given(TEXTS, st.integers(1, 5), st.floats(60, 400))
def test_it_is_a_prefix_that_cuts_nothing_in_two(text: str, most: int, width: float) -> None:
    made = fold(text, most, width)
    assert len(made.cut.lines) <= max(most, 1) or not made.cut.folded
    if not made.cut.folded:
        assert made.cut.text == text and made.kept == len(text)
        return
    assert made.cut.text == text[: made.kept] + "… more"
    assert grapheme_cut(text, made.kept) == made.kept
    inside = [s for s in whole_stretches(text) if s[0] < made.kept < s[1]]
    assert not inside or not text[: inside[0][0]].strip()  # only one that alone fills everything
    assert made.label is not None and made.cut.text[slice(*made.label)] == "more"
    assert all(line.width <= width + 1e-6 for line in made.cut.lines) or width < 61


@given(TEXTS, st.sampled_from(PIECES))
def test_a_longer_text_never_shows_more(text: str, more: str) -> None:
    short, long = fold(text), fold(text + more)
    if short.cut.folded:
        assert long.cut.folded and long.kept <= short.kept


@given(TEXTS)
def test_folding_again_changes_nothing(text: str) -> None:
    once = fold(text)
    again = fold(once.cut.text)
    assert again.cut.text == once.cut.text or not once.cut.folded or len(once.cut.text) > len(text)


@given(TEXTS)
def test_a_wider_card_never_has_more_lines(text: str) -> None:
    assert len(fold(text, 50, 200).cut.lines) <= len(fold(text, 50, 100).cut.lines)


def test_one_word_without_end_is_cut_all_the_same() -> None:
    made = fold("https://example.com/" + "a" * 4000)
    assert made.cut.folded and made.kept > 20 and made.cut.text.endswith("… more")


@pytest.mark.parametrize(("text", "end", "kept"), [
    ("see https://example.com/long now", 12, 3), ("on #topic today", 6, 2), ("a 👨‍👩‍👧 b", 4, 1), ("plain words", 8, 8),
])
def test_where_a_text_may_be_cut(text: str, end: int, kept: int) -> None:
    assert safe_end(text, end, whole_stretches(text)) == kept


def test_a_count_folds_wherever_it_falls() -> None:
    made = fold_at("字" * 200, 140, FONT, 100, "全文", Ruler(), lead="...")
    assert made.kept == 140 and made.cut.text == "字" * 140 + "...全文" and made.cut.folded
    assert fold_at("短", 140, FONT, 100, "全文", Ruler()).cut.text == "短"


@given(TEXTS, st.integers(1, 6))
def test_a_label_below_cuts_nothing_in_two_either(text: str, most: int) -> None:
    made = clip_lines(text, FONT, 100, most, Ruler())
    kept = len(made.text)
    assert text.startswith(made.text) and len(made.lines) <= most
    if made.folded:
        assert grapheme_cut(text, kept) == kept and made.lines[-1].end == kept
        assert not [s for s, e in whole_stretches(text) if 0 < s < kept < e]


def test_lines_that_are_clipped_stay_whole() -> None:
    made = clip_lines("a\nb\n\nc\nd", FONT, 100, 3, Ruler())
    assert made.text == "a\nb\n" and len(made.lines) == 3
    long = clip_lines("https://example.com/" + "a" * 400, FONT, 100, 2, Ruler())
    assert len(long.lines) == 2 and len(long.text) == 40


@pytest.mark.parametrize(("text", "whole"), [
    ("去#城市漫步，走走", ["#城市漫步"]), ("去 #城市漫步 走走", ["#城市漫步"]), ("#话题#走走", ["#话题#"]),
    ("见#tea! ok", ["#tea"]), ("见@mei.test。好", ["@mei.test"]), ("＃标签；好", ["＃标签"]), ("a # b", []),
])
def test_a_tag_ends_where_its_sentence_goes_on(text: str, whole: list[str]) -> None:
    assert [text[start:end] for start, end in whole_stretches(text)] == whole


@pytest.mark.parametrize("begins", ["今天出门#城市漫步，", "今天和@小明", "今天#"])
def test_a_tag_or_a_name_without_a_space_behind_it_does_not_hide_the_rest(begins: str) -> None:
    made = fold(begins + "走了很远" * 60, most=12)
    assert made.cut.folded and made.kept > 60


@given(st.lists(st.sampled_from(PIECES), min_size=60, max_size=300).map("".join), st.integers(1, 5))
def test_the_first_lines_are_those_of_the_whole_text(text: str, most: int) -> None:
    some, every = (first_lines(text, FONT, 100, most, Ruler()), Ruler().lines(text, FONT, 100))
    assert some == every or (len(some) > most and some == every[: len(some)])


def test_a_label_has_a_line_of_its_own_where_an_address_was_too_long() -> None:
    made = fold("#城市漫步 https://example.com/a/b?c=d ", 2, 60.0)
    assert made.cut.text == "#城市漫步… more"
    assert [(line.start, line.end) for line in made.cut.lines] == [(0, 5), (5, 11)]
