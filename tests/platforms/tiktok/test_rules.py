"""What a TikTok post may be, counted in UTF-16 units."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.finding import Finding
from studio.core.post import Content, Media
from studio.platforms import get
from studio.platforms.tiktok import rules
from tests.platforms.fakes import content, media

TIKTOK = get("tiktok")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)


def clip(width: int = 1080, height: int = 1920, seconds: int = 30) -> Media:
    return media("a.mp4", width, height, kind="video", duration=Fraction(seconds))


def post(text: str = "周末好去处", **more: Any) -> Content:
    return content("tiktok", text, **{"mode": "assisted", "pictures": [clip()], **more})


def codes(of: Content) -> list[tuple[str, str, str]]:
    return [(f.severity, f.code, f.field) for f in TIKTOK.check(of)]


def only(of: Content, code: str) -> Finding:
    return next(f for f in TIKTOK.check(of) if f.code == code)


def test_a_good_post_has_no_findings() -> None:
    assert codes(post(tags=("咖啡", "#citywalk"))) == []
    assert codes(post("", title="旧书店", pictures=[media(), media("b.jpg")])) == []


@given(TEXTS, st.integers(0, 60))
def test_units_are_those_of_utf_16(text: str, limit: int) -> None:
    assert rules.units(text) == len(text.encode("utf-16-le")) // 2
    end = rules.unit_end(text, limit)
    assert (end is None) is (rules.units(text) <= limit)
    if end is not None:
        assert rules.units(text[:end]) <= limit < rules.units(text[: end + 1])


@pytest.mark.parametrize(("text", "number", "over"), [
    ("a" * 2200, 2200, None), ("a" * 2201, 2201, 2200), ("👍" * 1100, 2200, None), ("👍" * 1100 + "!", 2201, 1100),
    ("  " + "周" * 2201, 2201, 2202),
])
def test_a_videos_caption(text: str, number: int, over: int | None) -> None:
    count = TIKTOK.count(post(text))["text"]
    assert (count.count, count.limit, count.over) == (number, 2200, over)
    assert bool([c for c in codes(post(text)) if c[1] == "text.too_long"]) is (number > 2200)


def test_the_longer_caption_of_newer_apps_can_be_chosen() -> None:
    chosen = {"set.caption": "4000"}
    assert codes(post("a" * 4000, identity=chosen)) == []
    assert only(post("a" * 4001, identity=chosen), "text.too_long").values == {"count": 4001, "limit": 4000}
    assert "4,000" in rules.CAPTION.source and TIKTOK.setting({}, "caption") == "2200"
    assert TIKTOK.count(post(identity={"set.caption": "lots"}))["text"].limit == 2200


def test_pictures_have_a_title_and_more_room() -> None:
    what = post("a" * 4000, title="x" * 91, pictures=[media()])
    counts = TIKTOK.count(what)
    assert (counts["text"].limit, counts["title"].limit, counts["title"].over) == (4000, 90, 90)
    assert only(what, "title.too_long").values == {"count": 91, "limit": 90}
    assert "title" not in TIKTOK.count(post(title="旧书店"))
    assert codes(post(title="旧书店")) == [("info", "tiktok.no_title", "title")]


def test_tags_stand_behind_the_text_once() -> None:
    what = post("去了 #咖啡", tags=("咖啡", "#citywalk", "two words", "citywalk"))
    assert rules.caption(what) == "去了 #咖啡 #citywalk"
    assert codes(what) == [("warning", "tags.not_one_word", "tags[2]")]
    assert rules.caption(post("", tags=("a",))) == "#a"


def test_what_a_post_is_made_of() -> None:
    assert codes(post(pictures=[])) == [("error", "tiktok.needs_media", "media")]
    assert codes(post(pictures=[media(str(n)) for n in range(35)])) == []
    assert only(post(pictures=[media(str(n)) for n in range(36)]), "media.too_many").values["limit"] == 35
    assert codes(post(pictures=[media(), clip()])) == [("error", "media.clip_alone", "media")]
    assert codes(post(pictures=[clip(), clip()])) == [("error", "media.too_many_videos", "media")]
    assert ("error", "media.kind_not_supported", "media[0]") in codes(post(pictures=[media("a.mp3", kind="audio")]))


def test_shape_size_and_length_of_a_video() -> None:
    assert codes(post(pictures=[clip(1920, 1080)])) == [("warning", "tiktok.not_upright", "media[0]")]
    assert codes(post(pictures=[clip(480, 854)])) == [("warning", "tiktok.small_video", "media[0]")]
    assert only(post(pictures=[clip(seconds=601)]), "tiktok.long_video").values == {"minutes": 10}
    assert codes(post(pictures=[media("a.mp4", 0, 0, kind="video")])) == []


def test_a_link_has_no_place() -> None:
    assert codes(post(link="https://example.com/a")) == [("info", "tiktok.no_links", "link")]


def test_a_tag_ends_where_its_sentence_goes_on() -> None:
    text = "去了#咖啡，好喝。@mei.test #tea!"
    assert [found.group() for found in rules.marks(text)] == ["#咖啡", "@mei.test", "#tea"]
    assert rules.caption(post("去了#咖啡，好喝", tags=("咖啡",))) == "去了#咖啡，好喝"
