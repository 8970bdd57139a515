"""What a post may be, counted as twitter-text counts; the texts are those of its conformance data."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.post import Content
from studio.platforms import get
from studio.platforms.twitter import rules
from studio.platforms.twitter.weights import fits, weight
from tests.platforms.fakes import content, media
from tests.platforms.layouts import TEXTS

POST = get("twitter")
FAMILY = "👨‍👩‍👧‍👦"


def post(text: str = "hello", **more: Any) -> Content:
    return content("twitter", text, **{"mode": "assisted", **more})


def codes(of: Content) -> list[tuple[str, str, str]]:
    return [(f.severity, f.code, f.field) for f in POST.check(of)]


@pytest.mark.parametrize(("text", "length"), [
    ("", 0), ("Hi http://test.co", 26), (f"H🐱☺{FAMILY}", 7), ("😷👾😡🔥💩", 10), ("🙋🏽👨‍🎤", 4), ("1⃣", 2),
    (FAMILY * 140, 280), ("周" * 160, 320), (" ".join(["http://test.co"] * 10), 239),
    ("ABC\u202a\uffffABC\ufffe", 12), ("\u2066\u202ahttp://foobar.پاکستان/\u202c\u2069", 31), ("©", 1), ("©\ufe0f", 2),
    ("test.com", 23), ("Test https://test.com test https://test.com test.com test", 86), ("저찀쯿쿿", 8),
    ("🇨🇳🇭🇰", 4), ("e\u0301", 1), ("❤️‍🔥", 2), ("“quotes”", 8), ("ñ", 1), ("한", 2),
])
def test_weights(text: str, length: int) -> None:
    assert weight(text) == length


@pytest.mark.parametrize(("text", "kept"), [
    ("周" * 160, 140), ("a" * 281, 280), ("a" * 280, None), ("e\u0301" * 281, 560),
    ("x" * 270 + " https://a.com/b", 271),
    (FAMILY * 141, 140 * len(FAMILY)), ("", None),
])
def test_where_the_limit_is_passed(text: str, kept: int | None) -> None:
    assert fits(text, 280) == kept


@given(TEXTS)
def test_what_fits_fits_and_one_more_does_not(text: str) -> None:
    kept = fits(text * 4, 280)
    assert (kept is None) is (weight(text * 4) <= 280)
    assert kept is None or kept < len(text * 4)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_is_counted(text: str) -> None:
    assert 0 <= weight(text) <= 2 * len(text) + 23 * text.count(".")


def test_tags_and_link_stand_in_the_text() -> None:
    what = post("去了旧书店 #咖啡", tags=("咖啡", "citywalk", "two words"), link="https://example.com/a")
    assert rules.body(what) == "去了旧书店 #咖啡\n\n#citywalk\n\nhttps://example.com/a"
    assert POST.count(what)["text"].count == 10 + 1 + 5 + 2 + 9 + 2 + 23
    assert codes(what) == [("warning", "tags.not_one_word", "tags[2]")]


def test_a_good_post_has_no_findings() -> None:
    assert codes(post("周" * 140)) == [] and codes(post("", pictures=[media()])) == []
    assert codes(post("周" * 141)) == [("error", "text.too_long", "text")]
    assert codes(post("周" * 141, identity={"set.length": "25000"})) == []
    assert POST.count(post("周" * 141))["text"].over == 140
    assert POST.count(post("  " + "周" * 141))["text"].over == 142


@pytest.mark.parametrize(("chosen", "limit"), [("", 280), ("25000", 25_000), ("lots", 280), ("0", 280)])
def test_the_longest_text_is_the_accounts(chosen: str, limit: int) -> None:
    assert POST.count(post(identity={"set.length": chosen}))["text"].limit == limit


def test_media() -> None:
    four = [media(str(n)) for n in range(4)]
    gif, clip = media("a.gif"), media("a.mp4", kind="video", duration=150)
    assert codes(post(pictures=four)) == []
    assert ("error", "media.too_many", "media") in codes(post(pictures=[*four, media("5")]))
    assert codes(post(pictures=[gif])) == [] and codes(post(pictures=[gif, media()]))[0][1] == "media.clip_alone"
    assert codes(post(pictures=[clip])) == [("warning", "twitter.clip_long", "media[0]")]
    assert codes(post(pictures=[media("a.mp3", kind="audio")]))[0][1] == "media.kind_not_supported"
    assert codes(post(pictures=[media(alt="")])) == [("warning", "media.no_alt", "media[0].alt")]
    assert codes(post(pictures=[media(alt="x" * 1001)])) == [("error", "media.alt_too_long", "media[0].alt")]


def test_what_x_refuses() -> None:
    assert codes(post("a\ufeffb")) == [("error", "twitter.refused_character", "text")]
    assert codes(post("$TSLA $AAPL")) == [("warning", "twitter.cashtags", "text")]
    assert codes(post("x", link="nonsense")) == [("error", "link.unreadable", "link")]
    assert codes(post("x", title="标题")) == [("info", "title.not_sent", "title")]
    assert codes(post("x https://a.com/x", title="标题")) == []
    assert codes(post(" ")) == [("error", "post.empty", "text")]


def test_what_a_person_gets() -> None:
    from studio.core.post import Reply

    what = post("hello", link="https://a.com/x", pictures=[media()], replies=(Reply("second"), Reply("third")))
    handed = POST.handoff(what)
    assert handed.page == "https://x.com/compose/post" and handed.files
    assert [(p.name, p.count, p.limit) for p in handed.pieces] == [("text", 30, 280), ("comment", 0, None)]
    assert handed.pieces[0].text == "hello\n\nhttps://a.com/x" and "third" in handed.pieces[1].text
    assert len(handed.ticks) == 2


@pytest.mark.parametrize("pasted", [
    "https://x.com/mei", "https://x.com/mei/status", "https://x.com.example.com/mei/status/1", "https://x.com/home",
])
def test_what_is_no_post(pasted: str) -> None:
    assert POST.link(pasted) is None
