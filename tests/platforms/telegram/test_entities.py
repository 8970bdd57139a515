"""Signs that are taken out, and what can be tapped."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given

from studio.platforms.telegram.entities import end_of, marked, runs, tapped, units
from tests.platforms.layouts import TEXTS


@pytest.mark.parametrize(("typed", "text", "looks"), [
    ("plain", "plain", []), ("**粗** and `code`", "粗 and code", [("粗", "text", 700), ("code", "code", None)]),
    ("||hidden|| __slanted__ ~~gone~~", "hidden slanted gone", [("hidden", "spoiler", None)]),
    ("```\nx = 1\n```", "\nx = 1\n", [("\nx = 1\n", "code", None)]), ("2 ** 3 and a_b__c", "2 ** 3 and a_b__c", []),
])
def test_signs(typed: str, text: str, looks: list[tuple[str, str, int | None]]) -> None:
    found = marked(typed)
    assert found.text == text
    assert [(text[r.start : r.end], r.token, r.weight) for r in found.runs] == looks
    assert len(found.places) == len(text) + 1 and found.places[-1] == len(typed)
    assert all(typed[place] == char for place, char in zip(found.places, text, strict=False))


@pytest.mark.parametrize(("text", "found"), [
    ("看https://a.cn/x?y=1，#咖啡 @mei_cafe $TSLA", ["https://a.cn/x?y=1", "#咖啡", "@mei_cafe", "$TSLA"]),
    ("example.com/a. me@example.com", ["example.com/a", "me@example.com"]), ("#1 @me $5 $tsla a#b", []),
    ("https://a.com/x(y)", ["https://a.com/x(y)"]), ("1.5", []),
])
def test_what_can_be_tapped(text: str, found: list[str]) -> None:
    assert [t.value for t in tapped(text)] == found


def test_an_address_in_code_is_none() -> None:
    message = marked("`https://a.com` https://b.com **#tag**")
    assert [message.text[r.start : r.end] for r in runs(message)] == ["https://a.com", "https://b.com", "#tag"]
    assert [r.token for r in runs(message)] == ["code", "link", "text"]


def test_units() -> None:
    assert units("周👍") == 3 and end_of("👍👍", 3) == 1 and end_of("ab", 2) is None


@given(TEXTS)
def test_any_text(text: str) -> None:
    message = marked(text + " **x** `y`")
    found = runs(message)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert units(text) == len(text.encode("utf-16-le")) // 2
