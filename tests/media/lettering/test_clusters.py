"""What readers take for one character is never torn."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from studio.media.lettering.clusters import clusters, emoji

ENGLAND = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
WHOLE = ["👨‍👩‍👧‍👦", "👍🏽", "🇨🇳", ENGLAND, "1️⃣", "❤️‍🔥", "é", "e\u0301", "한", "\u1112\u1161\u11ab", "字", "नि",
         "🧑🏿‍🚀"]  # fmt: skip


@pytest.mark.parametrize("whole", WHOLE)
def test_one_character_stays_one(whole):
    assert clusters(whole) == [whole]
    assert clusters(f"a{whole}b") == ["a", whole, "b"]
    assert clusters(whole * 2) == [whole, whole]


def test_flags_go_by_pairs():
    assert clusters("🇨🇳🇹🇼🇭") == ["🇨🇳", "🇹🇼", "🇭"]


@given(st.text(max_size=40))
def test_nothing_is_lost(text):
    assert "".join(clusters(text)) == text


@given(st.lists(st.sampled_from([*WHOLE, "a", " ", "，", "ا", "\n", "2"]), max_size=12).map("".join))
def test_it_is_what_unicode_says(text):
    assert clusters(text) == regex.findall(r"\X", text)


@pytest.mark.parametrize(("text", "coloured"), [
    ("😀", True), ("🇨🇳", True), ("1️⃣", True), ("❤️", True), ("❤", False), ("⭐", True), ("☺︎", False), ("1", False),
    ("字", False),    ("🏴", True), ("#️⃣", True), ("©", False), ("©️", True), ("👍🏽", True), ("🇨", False),
])  # fmt: skip
def test_what_is_drawn_in_colours(text, coloured):
    assert emoji(text) is coloured
