"""The bubble in its channel."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.card import Box, Card, View
from studio.platforms.telegram.layout import layout, stamp
from tests.platforms.fakes import Ruler, content, media
from tests.platforms.layouts import TEXTS, assert_sound, geometry, named, pictures

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def card(text: str = "hello", *, width: float = 600, view: Any = None, **more: Any) -> Card:
    return layout(content("telegram", text, **more), View("channel", width, **(view or {})), Ruler())


def one(of: Card, name: str) -> Box:
    return next(box for box in of.boxes if box.name == name)


@given(TEXTS, pictures(12), st.sampled_from([160.0, 375.0, 600.0]), st.sampled_from(["", "https://a.cn/x"]),
       st.sampled_from(["", "large"]), st.sampled_from([1.0, 1.6]), st.booleans())
def test_any_card_is_sound(text, shown, width, link, kind, size, nameless) -> None:
    given_ = {"pictures": shown, "link": link, "title": "标题" * 20, "options": {"preview": kind}}
    given_ |= {"name": "", "handle": ""} if nameless else {}
    light = card(text, width=width, view={"text": size}, **given_)
    assert_sound(light)
    assert geometry(light) == geometry(card(text, width=width, view={"text": size, "theme": "dark"}, **given_))
    assert all(box.rule for box in light.boxes)
    bubble = one(light, "bubble")
    for box in light.boxes:
        if box.name.startswith(("image:", "body", "name", "link", "time", "views", "meta")):
            assert (box.x >= bubble.x - 1e-6 or width < 200) and box.y >= bubble.y - 1e-6, box
            assert box.y + box.h <= bubble.y + bubble.h + 1e-6, box


def test_hard_ones() -> None:
    hard: list[dict[str, Any]] = [
        {"text": "x" * 5000}, {"pictures": [media("t", 1, 12_000)]}, {"text": "", "name": "", "handle": ""},
        {"pictures": [media(str(n)) for n in range(500)]}, {"text": "مرحبا " * 200}, {"name": "名" * 90},
    ]
    for what in hard:
        assert_sound(card(**{"width": 160, **what}))


def test_the_time_floats_in_the_last_line_where_there_is_room() -> None:
    short, full = card("hello", view={"now": NOW}), card("周" * 28 * 3, view={"now": NOW})
    assert one(short, "time").y + one(short, "time").h == one(short, "body").y + one(short, "body").h + 1
    assert one(full, "time").y > one(full, "body").y + one(full, "body").h
    assert one(short, "time").text == "09:30" == stamp(NOW, None, "en") and stamp(None, None, "zh_CN") == "刚刚"


def test_a_picture_without_words_bears_the_time() -> None:
    made = card("", pictures=[media()])
    picture, time = one(made, "image:1"), one(made, "time")
    assert picture.y < time.y < time.y + time.h < picture.y + picture.h and one(made, "meta").token == "meta-ground"


def test_words_stand_in_the_same_bubble_as_the_pictures() -> None:
    made = card("周末" * 60, pictures=[media("t", 300, 900)])
    picture, body, bubble = one(made, "image:1"), one(made, "body"), one(made, "bubble")
    assert (picture.w, bubble.w, body.w) == (144, 320, 304) and body.y > picture.y + picture.h
    assert picture.x - bubble.x == (320 - 144) / 2 and one(made, "backdrop:1").w == 320
    assert one(card("周末" * 60, pictures=[media("t", 300, 900)], width=375), "bubble").w == 224
    assert one(card("周末", pictures=[media("t", 300, 900)]), "bubble").w == 192
    wide = one(card("周末", pictures=[media()]), "image:1")
    assert wide.corners == (False, False, False, False) and not named(card(pictures=[media()]), "backdrop")
    assert one(card("", pictures=[media()]), "image:1").corners == (False, False, True, True)
    assert one(card("", pictures=[media()], name="", handle=""), "image:1").corners == (True,) * 4


def test_a_clip_says_how_long_it_is() -> None:
    made = card("", pictures=[media("v.mp4", kind="video", duration=Fraction(65))])
    clip, time = one(made, "video:1"), one(made, "duration:1")
    assert (time.x, time.y, time.text) == (clip.x + 3, clip.y + 3, "1:05")


@pytest.mark.parametrize("large", [False, True])
def test_the_page_of_an_address(large: bool) -> None:
    made = card("看 https://a.com/x", title="标题", options={"preview": "large"} if large else {})
    page, bar, photo = one(made, "link"), one(made, "link.bar"), one(made, "link.picture")
    assert (bar.x, bar.w, bar.h) == (page.x, 3, page.h) and one(made, "link.host").text == "a.com"
    assert photo.h < photo.w if large else (photo.w, photo.h) == (80, 80)
    assert one(made, "time").y >= page.y + page.h and not named(card("x", pictures=[media()]), "link")


def test_signs_become_looks() -> None:
    body = one(card("**粗** ||藏|| #咖啡"), "body")
    assert body.text == "粗 藏 #咖啡"
    assert [(r.token, r.weight) for r in body.runs] == [("text", 700), ("spoiler", None), ("link", None)]


def test_the_time_has_room_on_a_strip_of_a_few_px() -> None:
    shown = (replace(media(), width=0, height=0), replace(media(), width=12_000, height=40))
    light = card("", width=160.0, pictures=shown, view={"text": 1.6})
    assert_sound(light)
    assert one(light, "meta").y >= one(light, "bubble").y
