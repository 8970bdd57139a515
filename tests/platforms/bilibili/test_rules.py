"""What a video or a dynamic may be, and how it is counted."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.post import Content
from studio.platforms import get
from studio.platforms.bilibili import rules
from tests.platforms.fakes import content, media

PLATFORM = get("bilibili")
CLIP = media("a.mp4", 1920, 1080, kind="video")


def video(text: str = "周末好去处", title: str = "周末", **more: Any) -> Content:
    return content("bilibili", text, **{"mode": "assisted", "title": title, "pictures": [CLIP], **more})


def dynamic(text: str = "周末好去处", **more: Any) -> Content:
    return content("bilibili", text, **{"mode": "assisted", **more})


def codes(of: Content) -> list[tuple[str, str, str]]:
    return [(f.severity, f.code, f.field) for f in PLATFORM.check(of)]


def test_good_ones_have_no_findings() -> None:
    assert codes(video(tags=("咖啡", "#citywalk#"))) == []
    assert codes(dynamic()) == codes(dynamic("", pictures=[media()])) == []
    assert codes(dynamic("", pictures=[media(str(n)) for n in range(9)])) == []


def test_a_video_needs_a_title_and_a_dynamic_does_not() -> None:
    assert codes(video(title=" ")) == [("error", "bilibili.needs_title", "title")]
    assert codes(dynamic(title="周末")) == [("info", "title.not_sent", "title")]
    assert codes(dynamic(" ")) == [("error", "post.empty", "text")]
    assert codes(video("")) == []


@pytest.mark.parametrize(("what", "field", "number", "limit"), [
    (video(title="周" * 80), "title", 80, 80), (video("周" * 250), "text", 250, 250),
    (video("周" * 1000, identity={"set.about": "2000"}), "text", 1000, 2000),
    (dynamic("周" * 1000), "text", 1000, 1000),
])
def test_what_fits(what: Content, field: str, number: int, limit: int) -> None:
    count = PLATFORM.count(what)[field]
    assert (count.count, count.limit, count.over) == (number, limit, None) and codes(what) == []


@pytest.mark.parametrize(("what", "field", "over"), [
    (video(title="周" * 81), "title", 80), (video("周" * 251), "text", 250), (video("  " + "周" * 251), "text", 252),
    (video("周" * 240, link="https://example.com/a"), "text", 240), (dynamic("周" * 1001), "text", 1000),
    (dynamic("周" * 997, tags=("咖啡",)), "text", 997),
])
def test_what_does_not(what: Content, field: str, over: int) -> None:
    assert PLATFORM.count(what)[field].over == over
    assert ("error", f"{field}.too_long", field) in codes(what)


def test_what_it_is_made_of() -> None:
    assert codes(video(pictures=[CLIP, media()])) == [("error", "media.clip_alone", "media")]
    assert codes(video(pictures=[CLIP, CLIP])) == [("error", "media.too_many_videos", "media")]
    assert codes(dynamic(pictures=[media("a.mp3", kind="audio")])) == [
        ("error", "media.kind_not_supported", "media[0]"),
    ]
    assert codes(dynamic(pictures=[media(str(n)) for n in range(10)])) == [("error", "media.too_many", "media")]


def test_topics_stand_in_a_dynamic_and_tags_beside_a_video() -> None:
    both: dict[str, Any] = {"tags": ("#咖啡", "two words", "咖啡"), "link": "https://example.com/a"}
    assert rules.body(dynamic(**both)) == "周末好去处\n#咖啡# #two words#\nhttps://example.com/a"
    assert rules.body(video(**both)) == "周末好去处\nhttps://example.com/a"
    assert rules.body(dynamic("看 #咖啡#", tags=("咖啡",))) == "看 #咖啡#"
    assert rules.body(dynamic("https://a.cn 看", link="https://a.cn")) == "https://a.cn 看"


def test_tags_that_cannot_be_any() -> None:
    assert codes(video(tags=("a,b", "", "a#b"))) == [
        ("warning", "bilibili.tag_left_out", f"tags[{n}]") for n in range(3)
    ]
    many = video(tags=tuple(f"tag{n}" for n in range(12)))
    assert rules.tags(many) == tuple(f"tag{n}" for n in range(10))
    assert codes(many) == [("warning", "tags.too_many", "tags")]
    assert rules.tags(video(tags=("周" * 150, "末" * 50, "去" * 49))) == ("周" * 150, "去" * 49)


def test_links() -> None:
    assert codes(video(link="https://example.com")) == [("info", "bilibili.plain_link", "link")]
    assert codes(dynamic(link="https://example.com")) == []
    assert codes(dynamic(link="example")) == [("error", "link.unreadable", "link")]


def test_the_length_of_a_description_can_be_set() -> None:
    assert [rules.about(text) for text in ("", "250", "2000", "0", "-1", "二百")] == [250, 250, 2000, 250, 250, 250]
    (setting,) = PLATFORM.settings
    assert setting.default == "250" and setting.choices == ("250", "2000")


@given(st.text(max_size=300), st.lists(st.sampled_from(["咖啡", "a b", "#x", ""]), max_size=14), st.booleans())
def test_counting_is_of_what_goes_over(text: str, tags: list[str], clip: bool) -> None:
    what = (video if clip else dynamic)(text, tags=tuple(tags))
    count = PLATFORM.count(what)["text"]
    assert count.count == len(rules.body(what)) and count.limit == (250 if clip else 1000)
    assert (count.over is None) is (count.count <= count.limit)
    assert count.over is None or 0 < count.over <= len(what.text)
