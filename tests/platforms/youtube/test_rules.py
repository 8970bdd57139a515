"""What a video on YouTube may be: a title in characters, a description in bytes, one thumbnail."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from studio.core.finding import Finding
from studio.core.post import Content, Media
from studio.platforms import get
from studio.platforms.youtube import rules
from tests.platforms.fakes import content, media

YOUTUBE = get("youtube")


def clip(width: int = 1920, height: int = 1080, seconds: int | None = 40) -> Media:
    return media("a.mp4", width, height, kind="video", duration=None if seconds is None else Fraction(seconds))


def post(text: str = "周末好去处", **more: Any) -> Content:
    return content("youtube", text, **{"mode": "assisted", "title": "旧书店", "pictures": [clip()], **more})


def codes(of: Content) -> list[tuple[str, str, str]]:
    return [(f.severity, f.code, f.field) for f in YOUTUBE.check(of)]


def only(of: Content, code: str) -> Finding:
    return next(f for f in YOUTUBE.check(of) if f.code == code)


def test_a_good_video_has_no_findings() -> None:
    assert codes(post(tags=("咖啡",))) == [] and codes(post("", pictures=[clip(), media()])) == []


@pytest.mark.parametrize(("title", "over"), [("周" * 100, None), ("周" * 101, 100), ("👍" * 100, None)])
def test_a_title(title: str, over: int | None) -> None:
    count = YOUTUBE.count(post(title=title))["title"]
    assert (count.limit, count.over) == (100, over)
    assert bool([c for c in codes(post(title=title)) if c[1] == "title.too_long"]) is (over is not None)
    assert codes(post(title=" ")) == [("error", "youtube.needs_title", "title")]


@pytest.mark.parametrize(("text", "number", "over"), [
    ("a" * 5000, 5000, None), ("a" * 5001, 5001, 5000), ("周" * 1666, 4998, None), ("周" * 1667, 5001, 1666),
    (" " + "周" * 1667, 5001, 1667),
])
def test_a_description_is_counted_in_bytes(text: str, number: int, over: int | None) -> None:
    count = YOUTUBE.count(post(text))["text"]
    assert (count.count, count.limit, count.over, count.unit) == (number, 5000, over, "byte")
    assert bool([c for c in codes(post(text)) if c[1] == "text.too_long"]) is (over is not None)


def test_the_link_stands_below_the_text() -> None:
    assert rules.description(post("好", link="https://a.cn/x")) == "好\n\nhttps://a.cn/x"
    assert rules.description(post("看 https://a.cn/x", link="https://a.cn/x")) == "看 https://a.cn/x"
    assert rules.description(post("好", link="no address")) == "好"
    assert codes(post(link="www.a.cn/x")) == [("error", "link.unreadable", "link")]
    assert codes(post(link="https://a.cn/x")) == []


def test_angle_brackets_are_refused() -> None:
    assert codes(post("a < b", title="x > y")) == [
        ("error", "youtube.brackets", "title"), ("error", "youtube.brackets", "text")]


def test_what_a_post_is_made_of() -> None:
    assert codes(post(pictures=[])) == [("error", "youtube.needs_video", "media")]
    assert codes(post(pictures=[media()])) == [("error", "youtube.needs_video", "media")]
    assert codes(post(pictures=[clip(), clip()])) == [("error", "media.too_many_videos", "media")]
    assert codes(post(pictures=[clip(), media("a"), media("b")])) == [("error", "youtube.thumbnails", "media")]
    assert only(post(pictures=[clip(), media("a"), media("b")]), "youtube.thumbnails").values == {"count": 2}
    assert ("error", "media.kind_not_supported", "media[1]") in codes(
        post(pictures=[clip(), media("a.mp3", kind="audio")]))
    video, picture = clip(), media("b.jpg")
    assert rules.thumbnail(post(pictures=[video, picture])) == picture and rules.thumbnail(post()) == clip()
    assert rules.thumbnail(post(pictures=[picture])) is None


@pytest.mark.parametrize(("size", "seconds", "short"), [
    ((1080, 1920), 180, True), ((1080, 1920), 181, False), ((1000, 1000), 60, True), ((1920, 1080), 30, False),
    ((0, 0), 30, False), ((1080, 1920), None, True),
])
def test_what_becomes_a_short(size: tuple[int, int], seconds: int | None, short: bool) -> None:
    found = codes(post(pictures=[clip(*size, seconds=seconds)]))
    assert found == ([("info", "youtube.short", "media[0]")] if short else [])
    rule = YOUTUBE.shorts
    assert rule is not None and rule.seconds is not None and rule.seconds.value == 180


def test_long_videos() -> None:
    assert only(post(pictures=[clip(seconds=901)]), "youtube.long_video").values == {"minutes": 15}
    assert only(post(pictures=[clip(seconds=43_201)]), "youtube.too_long_video").values == {"hours": 12}


def test_tags_are_counted_together() -> None:
    what = post(tags=("#咖啡", "咖啡", "old books", "a,b", ""))
    assert rules.tags(what) == ("咖啡", "old books", "a b") and rules.tags_length(rules.tags(what)) == 2 + 11 + 5 + 2
    many = post(tags=tuple(f"tag{n:03}" for n in range(80)))
    assert only(many, "youtube.tags").values == {"count": 559, "limit": 500}


def test_hashtags_are_found() -> None:
    assert [t.group() for t in rules.hashtags("#a 好#b, #c。 x&#39; ##")] == ["#a", "#c"]
