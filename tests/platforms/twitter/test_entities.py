"""Addresses, mentions, hashtags and cashtags, as twitter-text finds them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given

from studio.platforms.twitter.entities import is_tag, spans
from tests.platforms.layouts import TEXTS


@pytest.mark.parametrize(("text", "found"), [
    ("Hi http://test.co", ["http://test.co"]), ("看http://a.cn中文", ["http://a.cn"]), ("t.co", ["t.co"]),
    ("example.cn", []), ("example.cn/x", ["example.cn/x"]), ("example.com.cn", ["example.com.cn"]),
    ("see example.com.", ["example.com"]), ("foo.pizza!", ["foo.pizza"]), ("me@example.com", []),
    ("http://localhost:3000", []), ("1.5 and hello.nothing", []), ("(https://a.com/x(y)) 。", ["https://a.com/x(y)"]),
    ("https://a.com/a?b=1.", ["https://a.com/a?b=1"]), ("https://a.com:8080/a#b", ["https://a.com:8080/a#b"]),
    ("https://example.com/路径", ["https://example.com/"]), ("https://例子.中国/x y", ["https://例子.中国/x"]),
    ("http://☃.net/", ["http://☃.net/"]), ("http://test_underscore.twitter.com", ["http://test_underscore.twitter.com"]),
    ("http://example.com/Русские_слова", ["http://example.com/Русские_слова"]), ("http://www.-domain4352.com/", []),
    ("https://a.com，https://b.com", ["https://a.com", "https://b.com"]), ("#https://a.com", []),
])
def test_addresses(text: str, found: list[str]) -> None:
    assert [s.value for s in spans(text) if s.kind == "link"] == found


@pytest.mark.parametrize(("text", "found"), [
    ("#中文 ＃tag #1a #12 #a_b", ["tag:中文", "tag:tag", "tag:1a", "tag:a_b"]), ("#ab#cd x#y &#z", []),
    ("@mei ＠name, a@b @@c", ["mention:mei", "mention:name"]), ("@" + "a" * 21, []),
    ("$TSLA $tsla.x $5 a$b $TOOLONGNAME", ["cash:TSLA", "cash:tsla.x"]), ("https://a.cn/#tag", ["link:https://a.cn/#tag"]),
])
def test_marks(text: str, found: list[str]) -> None:
    assert [f"{s.kind}:{s.value}" for s in spans(text)] == found


def test_tags_by_themselves() -> None:
    assert is_tag("咖啡") and is_tag("a1") and not any(map(is_tag, ("1", "a b", "a-b", "")))


@given(TEXTS)
def test_they_are_apart_and_in_order(text: str) -> None:
    found = spans(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(s.value in text[s.start : s.end] for s in found)
