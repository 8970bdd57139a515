"""The feed card: what is sent in its mode, and where it stands."""

from __future__ import annotations

from fractions import Fraction
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
    surface: str = "feed", view: Any = None, **more: Any,
) -> Card:
    asked = View(surface, width, theme, language, **(view or {}))
    return layout(content("weibo", text, mode=mode, **more), asked, Ruler())


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
        assert value.seen == spec.CHECKED, name
        assert (value.confidence == "recalled") == (value.source == spec.MEASURE), name
        assert value.confidence != "seen", "Weibo publishes no geometry"


def test_every_box_says_where_its_geometry_was_read() -> None:
    cards = [
        made for surface in ("feed", "desktop") for made in (
            card("周" * 200, pictures=[media(f"{n}.gif", 100, 500) for n in range(12)], surface=surface),
            card(pictures=[media(kind="video", duration=Fraction(14))], surface=surface),
            card("去#北京[超话]#", link="https://example.com/a", surface=surface),
        )
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
    assert places((400, 200)) == [(0, 0, 242.67, 121.33)] and places((200, 400)) == [(0, 0, 121.33, 242.67)]
    assert places((0, 0)) == [(0, 0, 183, 183)] and places((10, 1000))[0][2] == 44


def test_more_than_nine_are_nine_and_a_number() -> None:
    made = card(pictures=[media(f"{n}.jpg") for n in range(18)])
    assert len(named(made, "image:")) == 9 and one(made, "others").text == "+9"
    assert named(card(pictures=[media(f"{n}.jpg") for n in range(9)]), "others") == []


def test_by_the_api_it_shows_what_is_sent() -> None:
    many = [media(f"{n}.jpg") for n in range(5)]
    made = card(mode="api", pictures=many)
    assert [b.media for b in named(made, "image:")] == [many[0].media]
    assert named(card(mode="api", pictures=[media(kind="video")]), "video:") == []
    assert len(named(card(pictures=[media(kind="video")]), "video:")) == 1
    assert named(card(pictures=many, reply=True), "image:") == []


def test_tall_and_moving_pictures_have_a_badge_and_keep_their_top() -> None:
    made = card(pictures=[media("a.jpg", 100, 301), media("b.gif", 100, 100), media("c.jpg", 300, 100)],
                width=390)
    assert [(b.name, b.text) for b in named(made, "badge:")] == [("badge:1", "长图"), ("badge:2", "GIF")]
    tall, wide = one(made, "image:1").crop, one(made, "image:3").crop
    assert tall is not None and tall[1] == 0 and wide is not None and wide[0] == pytest.approx(1 / 3)


def test_the_text_has_its_topics_link_and_colours() -> None:
    body = one(card("看 @梅 和 https://example.com/a?b=1", tags=("咖啡",)), "body")
    assert body.text == "看 @梅 和 〓网页链接 #咖啡#"
    assert [body.text[r.start : r.end] for r in body.runs] == ["@梅", "〓", "网页链接", "#咖啡#"]


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


def test_icons_stand_in_the_room_before_their_words() -> None:
    made = card("一" * 19 + "#北京[超话]# https://example.com/a", view={"text": 1.3})
    body, icon, link = one(made, "body"), one(made, "super.icon:1"), one(made, "link.icon:2")
    assert body.font is not None and body.font.size == pytest.approx(22.1)
    row = next(n for n, line in enumerate(body.lines) if line.start <= body.text.index("〓北京") < line.end)
    assert row == 1 and icon.x == pytest.approx(12 + 4 * 22.1) and icon.w == pytest.approx(22.1)
    assert icon.y == pytest.approx(body.y + body.font.line + (body.font.line - icon.h) / 2)
    assert (icon.icon, link.icon) == ("diamond", "link-2") and link.x > icon.x


def test_a_link_alone_is_a_card() -> None:
    made = card("周末", link="https://www.example.com/a/b")
    assert one(made, "body").text == "周末" and one(made, "link.title").text == "example.com"
    assert one(made, "link.about").text == "https://www.example.com/a/b"
    assert named(card("周末", link="https://example.com/a", pictures=[media()]), "link.image") == []
    large = card("周末", link="https://example.com/" + "a" * 200, view={"text": 1.6})
    assert one(large, "link").h == pytest.approx(3 * 20 * 1.6) and one(large, "link.about").folded


def test_a_clip_tells_its_length() -> None:
    assert one(card(pictures=[media(kind="video", duration=Fraction(3725))]), "duration").text == "1:02:05"
    assert named(card(pictures=[media(kind="video")]), "duration") == []


def test_on_the_site_all_stands_beside_the_picture() -> None:
    made = card("周" * 200, surface="desktop", width=560, pictures=[media(f"{n}.jpg") for n in range(4)])
    avatar, body, like = one(made, "avatar"), one(made, "body"), one(made, "label:like")
    assert (avatar.x, avatar.w, body.x, body.w) == (20, 48, 80, 460) and body.text.endswith("...展开")
    assert one(made, "image:1").x == 80 and like.font is not None and like.font.size == 13
    assert made.tokens[like.token] == "#808080" and made.confidence == "recalled"


def test_larger_words_need_more_room() -> None:
    plain, large = card("周" * 200), card("周" * 200, view={"text": 1.6})
    assert large.height > plain.height and one(large, "avatar").w == one(plain, "avatar").w
    bar = [one(large, "label:like"), one(large, "line")]
    assert bar[1].y < bar[0].y and bar[0].y + bar[0].h <= large.height


@settings(max_examples=60, deadline=None)
@given(
    TEXTS, pictures(18), st.sampled_from([160, 320, 375, 390, 414, 560]), st.sampled_from(["api", "assisted"]),
    st.sampled_from(["feed", "desktop"]), st.sampled_from([0.85, 1.0, 1.6]), st.sampled_from(["", "https://a.cn/x"]),
)  # fmt: skip
def test_any_card_is_sound(
    text: str, shown: Any, width: float, mode: str, surface: str, size: float, link: str
) -> None:
    view = {"text": size, "unfolded": size == 1.0}
    assert_sound(card(text, pictures=shown, width=width, mode=mode, surface=surface, link=link, view=view))
