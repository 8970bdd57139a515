"""What a post may be, and what is counted."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.post import Content
from studio.platforms import get
from studio.platforms.instagram import rules, text
from tests.platforms.fakes import content, media

IG = get("instagram")


def post(said: str = "周末好去处", **more: Any) -> Content:
    return content("instagram", said, **{"mode": "assisted", "pictures": [media()], **more})


def codes(of: Content) -> list[tuple[str, str, str]]:
    return [(f.severity, f.code, f.field) for f in IG.check(of)]


def test_a_good_post_has_no_findings() -> None:
    assert codes(post(tags=("咖啡", "citywalk"))) == []
    assert codes(post("", pictures=[media("a.mp4", 1080, 1920, kind="video", duration=Fraction(20))])) == []


def test_2200_characters_with_the_tags() -> None:
    assert IG.count(post("周" * 2200))["text"].over is None and codes(post("周" * 2200)) == []
    long = IG.count(post("  " + "周" * 2201))["text"]
    assert (long.count, long.limit, long.over) == (2201, 2200, 2202)
    assert IG.count(post("周" * 2196, tags=("咖啡",)))["text"].count == 2196 + 2 + 3
    assert codes(post("周" * 2196, tags=("咖啡",))) == [("error", "text.too_long", "text")]


@given(st.text(max_size=40), st.lists(st.sampled_from(["咖啡", "#x", "a b", "1", ""]), max_size=5))
def test_what_is_counted_is_what_is_handed_over(said: str, tags: list[str]) -> None:
    what = post(said, tags=tuple(tags))
    handed = {piece.name: piece for piece in IG.handoff(what).pieces}
    assert IG.count(what)["text"].count == len(handed["text"].text if handed else "")


def test_it_needs_a_file_and_takes_twenty() -> None:
    assert codes(post(pictures=[])) == [("error", "instagram.needs_media", "media")]
    files = [media(str(n)) for n in range(21)]
    assert codes(post(pictures=files[:20])) == []
    assert ("error", "media.too_many", "media") in codes(post(pictures=files))
    assert ("error", "media.kind_not_supported", "media[0]") in codes(post(pictures=[media(kind="audio")]))


def test_tags_and_people() -> None:
    many = " ".join(f"#tag{n}" for n in range(30))
    assert codes(post(many)) == []
    assert codes(post(many, tags=("tag3", "another"))) == [("error", "instagram.tags_too_many", "tags")]
    assert codes(post(tags=("two words", "123"))) == [
        ("warning", "tags.not_one_word", "tags[0]"), ("warning", "tags.not_one_word", "tags[1]")]
    people = " ".join(f"@mei{n}" for n in range(21))
    assert codes(post(people)) == [("error", "instagram.people_too_many", "text")]


@pytest.mark.parametrize(("said", "tags", "people"), [
    ("#咖啡 #city_walk, #2026年!", ["#咖啡", "#city_walk", "#2026年"], []),
    ("#1 a#b https://a.cn/#x ＃全角", ["＃全角"], []),
    ("@mei.li. (@a_b) mail@example.com", [], ["@mei.li", "@a_b"]),
])
def test_what_is_a_link(said: str, tags: list[str], people: list[str]) -> None:
    assert [found[0] for found in text.tags_in(said)] == tags
    assert [found[0] for found in text.people_in(said)] == people


def test_shapes() -> None:
    assert codes(post(pictures=[media("a", 900, 1600)])) == [("info", "instagram.cropped", "media[0]")]
    assert codes(post(pictures=[media("a", 2400, 1000)])) == [("info", "instagram.cropped", "media[0]")]
    assert codes(post(pictures=[media("a", 0, 0), media("b", 900, 1600)])) == []
    assert codes(post(pictures=[media("a", 900, 900), media("b", 900, 1600)])) == [
        ("info", "instagram.first_decides", "media")]
    assert rules.is_reel(post(pictures=[media(kind="video")])) and not rules.is_reel(post())


def test_a_clip_lasts_3_seconds_to_15_minutes() -> None:
    for seconds, wrong in ((2, True), (3, False), (900, False), (901, True)):
        clip = media("a.mp4", 1080, 1920, kind="video", duration=Fraction(seconds))
        assert ("warning", "instagram.clip_length", "media[0]") in codes(post(pictures=[clip])) or not wrong


def test_a_link_and_a_title_stay_here() -> None:
    assert codes(post(link="https://example.com", title="x")) == [
        ("info", "instagram.no_links", "link"), ("info", "title.not_sent", "title")]
    assert "example.com" not in text.caption(post(link="https://example.com"))
