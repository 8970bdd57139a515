"""The feed card: what is sent in its mode, and where it stands."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.card import Box, Card, View
from studio.platforms.weibo import spec
from studio.platforms.weibo.layout import layout
from tests.platforms.fakes import Ruler, content, media
from tests.platforms.layouts import TEXTS, assert_sound, contrast, named, pictures


def card(
    text: str = "你好", *, width: float = 375, theme: Any = "light", language: str = "zh_CN", mode: str = "assisted",
    **more: Any,
) -> Card:
    return layout(content("weibo", text, mode=mode, **more), View("feed", width, theme, language), Ruler())


def one(of: Card, name: str) -> Box:
    return next(box for box in of.boxes if box.name == name)


def places(*sizes: tuple[int, int], width: float = 390) -> list[Any]:
    made = card(pictures=[media(f"{n}.jpg", w, h) for n, (w, h) in enumerate(sizes)], width=width)
    boxes = named(made, "image:")
    left, top = boxes[0].x, boxes[0].y
    assert left == 12
    return [tuple(pytest.approx(v, abs=0.02) for v in (b.x - left, b.y - top, b.w, b.h)) for b in boxes]


def test_every_number_has_a_source_and_a_day() -> None:
    for name, value in spec.SPEC.items():
        assert value.source and value.seen == spec.CHECKED, name
        assert (value.confidence == "recalled") == (value.source == spec.MEASURE), name
        assert value.confidence != "seen", "Weibo publishes no geometry"


def test_every_box_says_where_its_geometry_was_read() -> None:
    cards = [
        card("周" * 200, pictures=[media(f"{n}.gif", 100, 500) for n in range(12)]),
        card(pictures=[media(kind="video")]),
    ]
    assert not [b.name for made in cards for b in made.boxes if not b.rule]


def test_head_and_column() -> None:
    made = card()
    avatar, name, body = one(made, "avatar"), one(made, "name"), one(made, "body")
    assert (avatar.x, avatar.y, avatar.w, avatar.radius) == (12, 15, 40, 20)
    assert (name.x, body.x, body.w) == (66, 12, 351) and one(made, "time").text == "刚刚"
    assert made.confidence == "third-party"


def test_pictures_stand_as_in_the_replica() -> None:
    w3 = 119.33
    assert places((100, 100), (100, 100)) == [(0, 0, w3, w3), (w3 + 4, 0, w3, w3)]
    four = places(*[(100, 100)] * 4)
    assert four == [(0, 0, w3, w3), (w3 + 4, 0, w3, w3), (0, w3 + 4, w3, w3), (w3 + 4, w3 + 4, w3, w3)]
    nine = places(*[(100, 100)] * 9)
    assert nine[8] == (2 * w3 + 8, 2 * w3 + 8, w3, w3)
    assert places((400, 200)) == [(0, 0, 242.66, 121.33)] and places((200, 400)) == [(0, 0, 121.33, 242.66)]
    assert places((0, 0)) == [(0, 0, 183, 183)] and places((10, 1000))[0][2] == 44


def test_more_than_nine_are_nine_and_a_number() -> None:
    made = card(pictures=[media(f"{n}.jpg") for n in range(18)])
    assert len(named(made, "image:")) == 9 and one(made, "more").text == "+9"
    assert named(card(pictures=[media(f"{n}.jpg") for n in range(9)]), "more") == []


def test_by_the_api_it_shows_what_is_sent() -> None:
    many = [media(f"{n}.jpg") for n in range(5)]
    made = card(mode="api", pictures=many)
    assert [b.media for b in named(made, "image:")] == [many[0].media]
    assert named(card(mode="api", pictures=[media(kind="video")]), "video:") == []
    assert len(named(card(pictures=[media(kind="video")]), "video:")) == 1
    assert named(card(pictures=many, reply=True), "image:") == []


def test_tall_and_moving_pictures_have_a_badge_and_keep_their_top() -> None:
    made = card(pictures=[media("a.jpg", 100, 301), media("b.gif", 100, 100), media("c.jpg", 300, 100)])
    assert [(b.name, b.text) for b in named(made, "badge:")] == [("badge:1", "长图"), ("badge:2", "GIF")]
    tall, wide = one(made, "image:1").crop, one(made, "image:3").crop
    assert tall is not None and tall[1] == 0 and wide is not None and wide[0] == pytest.approx(1 / 3)


def test_the_text_has_its_topics_link_and_colours() -> None:
    body = one(card("看 @梅 和 https://example.com/a?b=1", tags=("咖啡",)), "body")
    assert body.text == "看 @梅 和 网页链接 #咖啡#"
    assert [body.text[r.start : r.end] for r in body.runs] == ["@梅", "网页链接", "#咖啡#"]


def test_it_folds_by_count() -> None:
    assert not one(card("周" * 140), "body").folded
    body = one(card("周" * 141), "body")
    assert body.folded and body.text == "周" * 140 + "...全文"
    assert body.text[body.runs[-1].start : body.runs[-1].end] == "全文"


def test_three_actions_on_thirds() -> None:
    made = card(language="zh_TW")
    assert [b.text for b in named(made, "label:")] == ["轉發", "評論", "讚"]
    middles = [(one(made, f"action:{n}").x + one(made, f"label:{n}").x + one(made, f"label:{n}").w) / 2
               for n in ("repost", "comment", "like")]
    assert middles == pytest.approx([62.5, 187.5, 312.5])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_text_can_be_read(theme: Any) -> None:
    tokens = spec.tokens(theme)
    assert contrast(tokens["text"], tokens["card"]) >= 7 and contrast(tokens["link"], tokens["card"]) >= 3
    assert set(spec.tokens("light")) == set(spec.tokens("dark"))


@settings(max_examples=60, deadline=None)
@given(TEXTS, pictures(18), st.sampled_from([320, 375, 390, 414, 560]), st.sampled_from(["api", "assisted"]))
def test_any_card_is_sound(text: str, shown: Any, width: float, mode: str) -> None:
    assert_sound(card(text, pictures=shown, width=width, mode=mode))
