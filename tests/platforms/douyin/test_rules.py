"""What a post may be, by API and by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.post import Content, Media
from studio.platforms.douyin import facts
from studio.platforms.douyin.text import added, body, description, sent, topics
from tests.platforms.douyin.desk import PLATFORM
from tests.platforms.fakes import content, media

MODES = ("api", "assisted", "kit")


def video(seconds: int = 30, width: int = 1080, height: int = 1920, name: str = "a.mp4") -> Media:
    return media(name, width, height, kind="video", duration=Fraction(seconds))


def post(text: str = "好", *files: Media, mode: str = "api", **more: Any) -> Content:
    return content("douyin", text, pictures=files or (video(),), mode=mode, **more)


def found(what: Content) -> dict[str, str]:
    return {f.code: f.severity for f in PLATFORM.check(what)}


@pytest.mark.parametrize("mode", MODES)
def test_a_good_video_has_nothing_wrong(mode: str) -> None:
    assert found(post(mode=mode, tags=("咖啡",))) == {}
    assert found(post("好", media("a.jpg"), media("b.jpg"), mode=mode)) == {}


@pytest.mark.parametrize(("mode", "said"), [
    ("api", {"douyin.video_too_long": "error"}), ("assisted", {"douyin.video_long_by_hand": "warning"}),
    ("kit", {"douyin.video_long_by_hand": "warning"}),
])
def test_sixteen_minutes(mode: str, said: dict[str, str]) -> None:
    assert found(post("好", video(16 * 60), mode=mode)) == said
    assert found(post("好", video(15 * 60), mode=mode)) == {}


@pytest.mark.parametrize(("size", "upright"), [
    ((1440, 1080), False), ((1080, 1920), True), ((1920, 1080), False), ((1080, 1080), False), ((720, 1280), True),
    ((1080, 1350), False), ((1088, 1920), True), ((0, 0), True),
])
def test_four_by_three_and_other_shapes(size: tuple[int, int], upright: bool) -> None:
    for mode in MODES:
        said = found(post("好", video(30, *size), mode=mode))
        assert said == ({} if upright else {"douyin.not_upright": "warning"})


def test_small_ones_and_other_formats_are_said() -> None:
    assert found(post("好", video(30, 360, 640))) == {"douyin.small_video": "warning"}
    assert found(post("好", video(name="a.MOV"))) == {"douyin.format": "warning"}
    assert found(post("好", video(name="walk"))) == {}


def test_the_size_is_declared_for_whoever_knows_the_bytes() -> None:
    rule = PLATFORM.videos
    assert rule is not None and rule.bytes is not None and rule.bytes.value == 4 << 30
    assert rule.seconds is not None and rule.seconds.value == 900


def test_one_video_or_pictures_never_both_and_never_nothing() -> None:
    for mode in MODES:
        assert found(post("好", video(), media("a.jpg"), mode=mode)) == {"douyin.one_kind": "error"}
        assert found(content("douyin", "好", mode=mode)) == {"douyin.no_media": "error"}
        assert found(post("好", video(), video(name="b.mp4"), mode=mode)) == {"media.too_many_videos": "error"}
        assert found(post("好", media("a.mp3", kind="audio"), mode=mode)) == {"media.kind_not_supported": "error"}


@pytest.mark.parametrize(("mode", "limit"), [("api", 30), ("assisted", 35), ("kit", 35)])
def test_how_many_pictures(mode: str, limit: int) -> None:
    files = [media(f"{n}.jpg") for n in range(limit + 1)]
    assert found(post("好", *files[:limit], mode=mode)) == {}
    assert found(post("好", *files, mode=mode)) == {"media.too_many": "error"}


@pytest.mark.parametrize(("files", "limit"), [((video(),), 30), ((media("a.jpg"),), 20), ((), 30)])
def test_a_title_of_its_own_by_hand_only(files: tuple[Media, ...], limit: int) -> None:
    long = content("douyin", "好", pictures=files, title="题" * (limit + 1), mode="assisted")
    counted = PLATFORM.count(long)["title"]
    assert (counted.count, counted.limit, counted.over) == (limit + 1, limit, limit)
    assert found(long)["title.too_long"] == "error"
    assert "title" not in PLATFORM.count(post(title="题" * 40)) and found(post(title="题" * 40)) == {
        "douyin.title_in_text": "info"}


def test_by_api_everything_is_one_text() -> None:
    what = post("去哪儿 #咖啡 好呢", title="周末", tags=("咖啡", "#散步", "两 个"))
    assert sent(what) == body(what) == "周末\n去哪儿 #咖啡 好呢 #散步"
    by_hand = post("去哪儿 #咖啡 好呢", title="周末", tags=("咖啡", "#散步"), mode="assisted")
    assert sent(by_hand) == description(by_hand) == "去哪儿 #咖啡 好呢 #散步"
    assert found(what)["tags.not_one_word"] == "warning"


def test_a_thousand_characters() -> None:
    assert found(post("字" * 1000)) == {}
    over = post(" " + "字" * 1001, title="题", mode="api")
    counted = PLATFORM.count(over)["text"]
    assert (counted.count, counted.over) == (1003, 999)  # the title, its line break, and the space before
    assert found(over)["text.too_long"] == "error"
    assert over.text[: counted.over].strip() == "字" * 998


def test_six_topics() -> None:
    six = post("#一 #二 #三", tags=("四", "五", "六"))
    assert found(six) == {"douyin.topics": "warning"} and found(post("#一 #二 #三", tags=("四", "五"))) == {}


def test_a_link_stays_here() -> None:
    assert found(post(link="https://example.com/a")) == {"douyin.no_link": "warning"}
    assert "example.com" not in sent(post(link="https://example.com/a"))


def test_what_the_account_may_not_is_said_before_it_is_planned() -> None:
    lacks = {"scopes": "user_info video.data.bind"}
    assert found(post(identity=lacks)) == {"douyin.no_capability": "error"}
    assert found(post(identity=lacks, mode="assisted")) == {}
    assert found(post(identity={"scopes": "video.create.bind"})) == {} and found(post(identity={})) == {}


def test_a_dead_refresh_token_is_said_before_it_is_planned() -> None:
    assert found(post(identity={"sign_in": "over"})) == {"douyin.refresh_dead": "error"}
    assert found(post(identity={"sign_in": "ending"})) == {"douyin.refresh_dead": "warning"}
    assert found(post(identity={"sign_in": ""})) == {} and found(post(identity={"sign_in": "over"}, mode="kit")) == {}


@pytest.mark.parametrize(("options", "said"), [
    ({"visibility": "everybody"}, {"options.visibility": "error"}), ({"visibility": "private"}, {}),
    ({"cover_tsp": "three"}, {"douyin.cover_moment": "error"}), ({"cover_tsp": 30}, {"douyin.cover_moment": "error"}),
    ({"cover_tsp": "nan"}, {"douyin.cover_moment": "error"}), ({"cover_tsp": 0}, {}), ({"cover_tsp": ""}, {}),
    ({"at_users": {"小林": "o"}}, {"douyin.not_mentioned": "warning"}), ({"at_users": ["o"]}, {}),
    ({"ai_generated": True}, {"douyin.ai_by_hand": "warning"}), ({"ai_generated": False}, {}),
])  # fmt: skip
def test_what_a_person_chose(options: dict[str, Any], said: dict[str, str]) -> None:
    assert found(post(options=options)) == said
    assert "douyin.ai_by_hand" not in found(post(options=options, mode="assisted"))


PIECES = st.sampled_from(["周末 ", "#咖啡", " #a ", "@小林 ", "\n", "字" * 400, "👨‍👩‍👧", "  ", "＃话题 "])
TEXTS = st.lists(PIECES).map("".join)
TAGS = st.lists(st.sampled_from(["咖啡", "a", "b c", "#d", ""]), max_size=4)


@given(TEXTS, st.sampled_from(["", "题目", " 题 "]), TAGS, st.sampled_from(MODES))
def test_what_is_counted_is_what_is_sent(text: str, title: str, tags: list[str], mode: str) -> None:
    what = post(text, title=title, tags=tuple(tags), mode=mode)
    counted = PLATFORM.count(what)["text"]
    assert counted.count == len(sent(what)) and (counted.over is None) == (counted.count <= facts.TEXT.value)
    if counted.over is not None:
        assert 0 <= counted.over <= len(text)
    assert all(f"#{tag}" in sent(what) for tag in added(what))
    assert len(topics(sent(what))) == len(topics(text)) + len(added(what))


def test_a_topic_ends_where_its_sentence_goes_on() -> None:
    from studio.platforms.douyin import text

    assert [found.group() for found in text.marks("去了#咖啡，好喝。和@小明。")] == ["#咖啡", "@小明"]
    assert text.description(content("douyin", "去了#咖啡，好喝", tags=("咖啡",))) == "去了#咖啡，好喝"
