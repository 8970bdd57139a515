"""What typing finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.ui.matching import initial, match
from studio.ui.palette import runs


@pytest.mark.parametrize(
    ("character", "letter"),
    [("发", "f"), ("布", "b"), ("稿", "g"), ("啊", "a"), ("座", "z"), ("日", "r"), ("历", "l"), ("排", "p"), ("A", ""),
     ("，", ""), ("齉", ""), ("😀", "")],
)  # fmt: skip
def test_initials_of_common_characters(character: str, letter: str) -> None:
    assert initial(character) == letter


def test_fb_finds_publish() -> None:
    found = match("fb", "立即发布")
    assert found is not None and found.letters == (2, 3)


def test_english_keywords_find_a_chinese_action() -> None:
    assert match("publ", "立即发布", "publish send fb") is not None
    assert match("xyz", "立即发布", "publish send fb") is None


def test_the_start_of_a_name_comes_before_its_middle() -> None:
    scores = [match("cal", name).score for name in ("Calendar", "Open calendar", "Practical")]  # type: ignore[union-attr]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 3


def test_matched_letters_are_told() -> None:
    assert match("end", "Calendar").letters == (3, 4, 5) if match("end", "Calendar") else False  # type: ignore[union-attr]


def test_words_in_any_order() -> None:
    assert match("draft new", "New draft") is not None


def test_nothing_typed_finds_everything() -> None:
    assert match("", "anything") is not None


@given(st.text(max_size=20), st.text(max_size=40), st.text(max_size=20))
def test_letters_are_inside_the_name(query: str, name: str, keywords: str) -> None:
    found = match(query, name, keywords)
    if found is not None:
        assert all(0 <= number < len(name.casefold()) for number in found.letters)


@given(st.text(max_size=30), st.sets(st.integers(0, 29)))
def test_runs_put_the_name_together_again(text: str, letters: set[int]) -> None:
    assert "".join(part for part, _ in runs(text, letters)) == text
