"""The player: everything on the stage, what is sent is what is drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.card import Box, Card, Theme, View
from studio.core.post import Content, Media
from studio.platforms.douyin import spec
from tests.platforms.douyin.desk import PLATFORM
from tests.platforms.fakes import Ruler, content, media
from tests.platforms.layouts import TEXTS, assert_sound, contrast, geometry, named, pictures


def card(
    what: Content, width: float = 375, language: str = "zh_CN", theme: Theme = "dark", surface: str = "player",
    **more: Any,
) -> Card:
    return PLATFORM.layout(what, View(surface, width, theme, language, **more), Ruler())


def box(drawn: Card, name: str) -> Box:
    return next(b for b in drawn.boxes if b.name == name)


def post(text: str = "好", *files: Media, title: str = "", tags: tuple[str, ...] = ()) -> Content:
    return content("douyin", text, pictures=files, mode="assisted", title=title, tags=tags)


def clip(width: int = 1080, height: int = 1920) -> Media:
    return media("a.mp4", width, height, kind="video")


SURFACES = st.sampled_from(["player", "images", "profile"])


@settings(max_examples=60, deadline=None)
@given(
    TEXTS, pictures(6), SURFACES, st.sampled_from([375.0, 412.0, 160.0, 800.0]), st.sampled_from(["api", "assisted"]),
    st.booleans(), st.sampled_from([1.0, 1.3, 2.5]), st.booleans(), st.integers(0, 9),
)
def test_any_post_is_sound(
    text: str, files: tuple[Media, ...], surface: str, width: float, mode: str, titled: bool, size: float,
    unfolded: bool, page: int,
) -> None:
    what = content("douyin", text, pictures=files, mode=mode, title="题目 " * 9 if titled else "", tags=("散步",))
    given: dict[str, Any] = {"surface": surface, "text": size, "unfolded": unfolded, "page": page, "others": files}
    drawn = card(what, width, **given)
    assert_sound(drawn)
    assert geometry(drawn) == geometry(card(what, width, theme="light", **given))
    assert not (unfolded and drawn.folded) and all(b.rule for b in drawn.boxes)


@pytest.mark.parametrize(("size", "place"), [
    ((1080, 1920), (0, 62, 375, 667)), ((1920, 1080), (0, 290, 375, 211)), ((1440, 1080), (0, 255, 375, 281)),
    ((0, 0), (0, 62, 375, 667)), ((500, 2000), (104, 62, 167, 667)),
])
def test_a_video_is_whole_with_black_around_it(size: tuple[int, int], place: tuple[int, ...]) -> None:
    shown = box(card(post("好", clip(*size))), "video:1")
    assert shown.crop == (0.0, 0.0, 1.0, 1.0) and not named(card(post("好", clip(*size))), "backdrop")
    assert all(abs(a - b) <= 1 for a, b in zip((shown.x, shown.y, shown.w, shown.h), place, strict=True))


def test_pictures_are_counted_by_segments() -> None:
    drawn = card(post("好", *(media(f"{n}.jpg") for n in range(35))))
    segments = named(drawn, "segment:")
    assert len(segments) == 35 and [s.token for s in segments].count("segment.on") == 1
    assert len(named(drawn, "image:")) == 1 and box(drawn, "number").text == "1 / 35"
    assert (drawn.pages, drawn.page) == (35, 0) and named(drawn, "backdrop")
    disc = box(drawn, "disc")
    assert disc.y + disc.h < segments[0].y
    assert named(card(post("好", media("a.jpg"))), "segment:") == []
    last = card(post("好", *(media(f"{n}.jpg") for n in range(3))), surface="images", page=7)
    assert last.page == 2 and box(last, "image:3") and box(last, "number").text == "3 / 3"
    many = card(post("好", *(media(f"{n}.jpg") for n in range(500))))
    assert_sound(many)
    assert len(named(many, "segment:")) == 500


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


def test_unfolded_it_is_whole_and_reaches_upwards() -> None:
    long = card(post("字" * 2000, clip(), tags=("散步",)), unfolded=True)
    body = box(long, "body")
    assert body.text == "字" * 2000 + " #散步 收起" and not body.folded and long.height > 812
    last = body.runs[-1]
    assert body.text[last.start : last.end] == "收起" and last.weight == 700
    assert_sound(long)
    short = card(post("字" * 100, clip()), unfolded=True)
    assert short.height == 812 and box(short, "body").y < box(card(post("字" * 100, clip())), "body").y
    assert box(card(post("短", clip()), unfolded=True), "body").text == "短"


def test_the_page_of_the_account_begins_with_this_work() -> None:
    others = tuple(media(f"{n}.jpg") for n in range(4))
    drawn = card(replace(post("好", clip()), options={"pinned": True}), surface="profile", others=others)
    cells = named(drawn, "cell:")
    assert len(cells) == 9 and [c.kind for c in cells] == ["image"] * 5 + ["fill"] * 4
    assert cells[0].crop == pytest.approx((0, 0.125, 1, 0.75)) and cells[0].w / cells[0].h == pytest.approx(3 / 4)
    assert cells[1].x - cells[0].w == pytest.approx(1) and cells[3].y - cells[0].y - cells[0].h == pytest.approx(1)
    assert box(drawn, "pinned").text == "置顶" and [b.text for b in named(drawn, "count:")] == ["0"]
    assert not named(card(post("好", clip()), surface="profile"), "pinned")
    assert [c.kind for c in named(card(post("好"), surface="profile"), "cell:")] == ["fill"] * 9


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
    assert box(card(post("好", clip()), surface="images"), "no_media").text == "这里是图片"
    assert box(card(post("好", media("a.mp3", kind="audio"))), "no_media").text == "这里是视频"


def test_every_number_names_its_source() -> None:
    assert all(value.source and value.confidence for value in spec.SPEC.values())
    assert contrast(spec.tokens("dark")["text"], spec.tokens("dark")["card"]) > 7 and contrast(
        spec.tokens("dark")["muted"], spec.tokens("dark")["card"]) > 4.5


@pytest.mark.parametrize("unfolded", [False, True])
def test_the_shade_reaches_above_the_words(unfolded: bool) -> None:
    drawn = card(post("字" * 300, clip()), unfolded=unfolded)
    shade = box(drawn, "shade.bottom")
    assert shade.y < box(drawn, "name").y and shade.y + shade.h == box(drawn, "bar").y
