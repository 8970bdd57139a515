"""The player: everything on the stage, what is sent is what is drawn."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.card import Box, Card, Theme, View
from studio.core.post import Content, Media
from studio.platforms.douyin import spec
from tests.platforms.douyin.desk import PLATFORM
from tests.platforms.fakes import Ruler, content, media
from tests.platforms.layouts import TEXTS, assert_sound, contrast, geometry, named, pictures


def card(what: Content, width: float = 375, language: str = "zh_CN", theme: Theme = "dark") -> Card:
    return PLATFORM.layout(what, View("player", width, theme, language), Ruler())


def box(drawn: Card, name: str) -> Box:
    return next(b for b in drawn.boxes if b.name == name)


def post(text: str = "好", *files: Media, title: str = "", tags: tuple[str, ...] = ()) -> Content:
    return content("douyin", text, pictures=files, mode="assisted", title=title, tags=tags)


def clip(width: int = 1080, height: int = 1920) -> Media:
    return media("a.mp4", width, height, kind="video")


@settings(max_examples=60, deadline=None)
@given(TEXTS, pictures(6), st.sampled_from([375.0, 412.0]), st.sampled_from(["api", "assisted"]), st.booleans())
def test_any_post_is_sound(text: str, files: tuple[Media, ...], width: float, mode: str, titled: bool) -> None:
    what = content("douyin", text, pictures=files, mode=mode, title="题目 " * 9 if titled else "", tags=("散步",))
    drawn = card(what, width)
    assert_sound(drawn)
    assert geometry(drawn) == geometry(card(what, width, theme="light"))


@pytest.mark.parametrize(("size", "place"), [
    ((1080, 1920), (0, 73, 375, 667)), ((1920, 1080), (0, 301, 375, 211)), ((1440, 1080), (0, 265, 375, 281)),
    ((0, 0), (0, 73, 375, 667)), ((500, 2000), (86, 0, 203, 812)),
])
def test_a_video_is_whole_with_black_around_it(size: tuple[int, int], place: tuple[int, ...]) -> None:
    shown = box(card(post("好", clip(*size))), "video:1")
    assert shown.crop == (0.0, 0.0, 1.0, 1.0)
    assert all(abs(a - b) <= 1 for a, b in zip((shown.x, shown.y, shown.w, shown.h), place, strict=True))


def test_pictures_are_counted_by_segments() -> None:
    drawn = card(post("好", *(media(f"{n}.jpg") for n in range(35))))
    segments = named(drawn, "segment:")
    assert len(segments) == 35 and [s.token for s in segments].count("segment.on") == 1
    assert len(named(drawn, "image:")) == 1 and box(drawn, "number").text == "1 / 35"
    disc = box(drawn, "disc")
    assert disc.y + disc.h < segments[0].y
    assert named(card(post("好", media("a.jpg"))), "segment:") == []


def test_a_title_has_a_line_of_its_own_by_hand_only() -> None:
    drawn = card(post("在长乐路", clip(), title="周末好去处"))
    assert box(drawn, "title").text == "周末好去处" and box(drawn, "body").text == "在长乐路"
    by_api = card(content("douyin", "在长乐路", pictures=[clip()], title="周末好去处"))
    assert named(by_api, "title") == [] and box(by_api, "body").text == "周末好去处\n在长乐路"


def test_long_text_folds_after_three_lines() -> None:
    body = box(card(post("字" * 200, clip(), tags=("散步",))), "body")
    assert body.folded and len(body.lines) == 3 and body.text.endswith("… 展开")
    english = box(card(post("字" * 200, clip()), language="en"), "body")
    assert english.text.endswith("… more")
    short = box(card(post("一\n二\n三", clip())), "body")
    assert not short.folded and short.text == "一\n二\n三"
    broken = box(card(post("一\n二\n三\n四", clip())), "body")
    assert broken.folded and broken.text == "一 二 三 四"


def test_topics_and_people_are_bold() -> None:
    body = box(card(post("看 @小林 的 #咖啡", clip())), "body")
    assert [(body.text[r.start : r.end], r.weight) for r in body.runs] == [("@小林", 700), ("#咖啡", 700)]


def test_the_rail_is_in_the_apps_order() -> None:
    drawn = card(post("好", clip()))
    rail = [b for b in drawn.boxes if b.name in ("avatar", "disc") or b.name.startswith("action:")]
    assert [b.name for b in sorted(rail, key=lambda b: b.y)] == [
        "avatar", "action:like", "action:comment", "action:collect", "action:share", "disc"]
    assert box(drawn, "label:like").text == "赞" and box(card(post(), language="zh_TW"), "label:like").text == "讚"


def test_without_media_it_says_what_is_missing() -> None:
    assert box(card(content("douyin", "好")), "no_media").text == "这里是视频或图片"


def test_every_number_names_its_source() -> None:
    assert all(value.source and value.confidence for value in spec.SPEC.values())
    assert contrast(spec.tokens("dark")["text"], spec.tokens("dark")["card"]) > 7 and contrast(
        spec.tokens("dark")["muted"], spec.tokens("dark")["card"]) > 4.5
