"""Lines: none begins with what closes, none ends with what opens, words stay whole, lengths are even."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.evenly import filled, width
from studio.media.lettering.breaking import NOT_FIRST, NOT_LAST, Atom, atoms, balanced, may_break
from studio.media.lettering.clusters import clusters


def set_in(text: str, limit: float) -> list[str]:
    """The lines of a text whose characters are all one wide."""
    parts = clusters(text)
    found = atoms(parts, lambda first, last: float(last - first), limit)
    rows = [found[first:last] for first, last in balanced(found, limit)]
    return ["".join(parts[row[0].first : row[-1].last]) for row in rows]


@pytest.mark.parametrize(("text", "limit", "wanted"), [
    ("You hear it before you taste it.", 20, ["You hear it before ", "you taste it."]),
    ("今天去了三家面包店，真不错！", 7, ["今天去了三家面", "包店，真不错！"]),
    ("今天去了三家面包店，真不错！", 12, ["今天去了三家面包店，", "真不错！"]),
    ("他说“你好”。", 4, ["他说“你", "好”。"]),
    ("真的吗？！……好的", 6, ["真的吗？！", "……好的"]),
    ("一二三四五（六七）八", 6, ["一二三四五", "（六七）八"]),
    ("well-known", 6, ["well-", "known"]), ("a b", 9, ["a b"]), ("abcdefghij", 4, ["abc", "def", "ghij"]), ("", 4, []),
    ("去New York吃", 4, ["去New ", "York", "吃"]), ("😀👨‍👩‍👧🇨🇳", 1, ["😀", "👨‍👩‍👧", "🇨🇳"]),
])  # fmt: skip
def test_lines(text, limit, wanted):
    found = set_in(text, limit)
    assert "".join(found) == text
    assert found == wanted


@given(st.text(st.sampled_from("今天好，。“”（）！Hi a.b-"), max_size=30), st.integers(3, 12))
def test_no_line_begins_or_ends_as_it_must_not(text, limit):
    parts = clusters(text)
    found = atoms(parts, lambda first, last: float(last - first), 1e9)
    for atom in found[1:]:
        assert parts[atom.first] not in NOT_FIRST and parts[atom.first - 1] not in NOT_LAST
    assert "".join(set_in(text, limit)) == text


@given(st.lists(st.integers(1, 8), min_size=1, max_size=20), st.integers(8, 30))
def test_even_lines_are_no_more_lines_and_fit(sizes, limit):
    found = [Atom(at, at + 1, float(size), 1.0) for at, size in enumerate(sizes)]
    even, greedy = balanced(found, limit), filled(found, limit)
    assert even[0][0] == 0 and even[-1][1] == len(found)
    assert len(even) == len(greedy)
    assert [one for first, last in even for one in range(first, last)] == list(range(len(sizes)))
    assert max(width(found[first:last]) for first, last in even) <= limit


def test_a_break_is_where_it_may_be():
    assert may_break("天", "气") and may_break(" ", "a") and not may_break("a", "b") and not may_break("天", "，")
    assert not may_break("’", "t") and may_break("说", "“") and may_break("—", "a")
    assert not may_break("（", "天") and not may_break("…", "…") and not may_break("3", "%")
