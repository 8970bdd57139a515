from __future__ import annotations

from typing import Any

import pytest

from studio.core.finding import Finding
from studio.core.post import Content
from studio.platforms.bluesky import rules
from tests.platforms.fakes import content, media


def post(text: str = "hello", **more: Any) -> Content:
    return content("bluesky", text, **more)


def codes(of: Content) -> list[tuple[str, str, str]]:
    return [(f.severity, f.code, f.field) for f in rules.check(of)]


def only(of: Content, code: str) -> Finding:
    return next(f for f in rules.check(of) if f.code == code)


def test_a_good_post_has_no_findings() -> None:
    assert codes(post("周末 #咖啡 https://a.cn", pictures=[media()] * 4)) == []
    assert codes(post("x" * 300)) == []


def test_three_hundred_graphemes() -> None:
    family = "👨‍👩‍👧"  # 18 bytes, one grapheme
    count = rules.count(post("周" * 301))["text"]
    assert (count.count, count.limit, count.unit, count.over) == (301, 300, "grapheme", 300)
    assert rules.count(post(family * 100))["text"].count == 100
    found = only(post("周" * 301), "text.too_long")
    assert (found.severity, found.values) == ("error", {"count": 301, "limit": 300})
    assert "app.bsky.feed.post" in found.source


def test_three_thousand_bytes() -> None:
    family = "👨‍👩‍👧‍👦"  # 25 bytes, one grapheme
    assert codes(post(family * 120)) == []
    assert codes(post(family * 121)) == [("error", "text.too_many_bytes", "text")]
    count = rules.count(post(family * 121))["text"]
    assert (count.count, count.limit, count.unit, count.over) == (3025, 3000, "byte", 120 * len(family))


def test_a_megabyte_is_counted() -> None:
    assert rules.count(post("中" * 350_000))["text"].count == 350_000


def test_media() -> None:
    assert codes(post(pictures=[media()] * 5)) == [("error", "media.too_many", "media")]
    assert codes(post(pictures=[media(), media("b.mp4", kind="video")])) == [
        ("error", "media.video_not_supported", "media[1]"),
    ]
    assert codes(post(pictures=[media("c.mp3", kind="audio")])) == [("error", "media.kind_not_supported", "media[0]")]
    assert codes(post(pictures=[media(alt="x"), media(alt=" ")])) == [("warning", "media.no_alt", "media[1].alt")]


def test_empty() -> None:
    assert codes(post(" \n")) == [("error", "post.empty", "text")]
    assert codes(post("", pictures=[media()])) == [] and codes(post("", link="https://a.cn")) == []


def test_links() -> None:
    assert codes(post(link="https://a.cn/x")) == []
    assert codes(post(link="a.cn")) == [("error", "link.unreadable", "link")]
    assert codes(post(link="https://a.cn/x", pictures=[media()])) == [("warning", "link.not_in_text", "link")]
    assert codes(post("see https://a.cn/x", link="https://a.cn/x", pictures=[media()])) == []


def test_tags_go_beside_the_text() -> None:
    of = post("in #Coffee", tags=("coffee", "#citywalk", "citywalk", "＃周末", " "))
    assert rules.hidden_tags(of) == ("citywalk", "周末")
    assert codes(of) == [("warning", "tags.unfit", "tags[4]")]
    many = post(tags=tuple(f"tag{n}" for n in range(9)))
    assert len(rules.hidden_tags(many)) == 8 and codes(many) == [("warning", "tags.too_many", "tags")]
    assert codes(post(tags=("123",))) == [("warning", "tags.unfit", "tags[0]")]


def test_a_title_is_for_the_card_only() -> None:
    assert codes(post(title="T")) == [("info", "title.not_sent", "title")]
    assert codes(post(title="T", link="https://a.cn")) == []


def test_worst_first() -> None:
    of = post("\ud800" + "x" * 400, title="T", pictures=[media(alt="")])
    assert [f.severity for f in rules.check(of)] == ["error", "error", "warning", "info"]


@pytest.mark.parametrize("text", ["مرحبا بالعالم", "a\u200bb", "👨‍👩‍👧‍👦", "e\u0301", "ไทย"])
def test_real_writing_has_no_findings(text: str) -> None:
    assert codes(post(text)) == []
