"""The feed on a computer and on a phone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.card import Box, Card, View
from studio.platforms.linkedin import spec
from studio.platforms.linkedin.layout import layout
from studio.platforms.linkedin.shown import SHORT, shown_text, stamp
from tests.platforms.fakes import Ruler, content, media
from tests.platforms.layouts import TEXTS, assert_sound, geometry, named, overlap, pictures

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def card(text: str = "hello", *, surface: str = "feed", width: float = 555, view: Any = None, **more: Any) -> Card:
    return layout(content("linkedin", text, **more), View(surface, width, **(view or {})), Ruler())


def one(of: Card, name: str) -> Box:
    return next(box for box in of.boxes if box.name == name)


@given(TEXTS, pictures(6), st.sampled_from(["feed", "mobile"]), st.sampled_from([160.0, 375.0, 555.0]),
       st.sampled_from(["", "https://a.cn/x"]), st.sampled_from([1.0, 1.6]), st.booleans())
def test_any_card_is_sound(text, shown, surface, width, link, size, unfolded) -> None:
    given_ = {"pictures": shown, "link": link, "title": "标题" * 20}
    view = {"text": size, "unfolded": unfolded}
    light = card(text, surface=surface, width=width, view=view, **given_)
    assert_sound(light)
    dark = card(text, surface=surface, width=width, view={**view, "theme": "dark"}, **given_)
    assert geometry(light) == geometry(dark)
    assert all(box.rule for box in light.boxes)
    for body in named(light, "body"):
        assert not unfolded or not body.folded
        if body.folded:
            last, more = body.lines[-1], one(light, "more")
            assert last.width <= more.x - body.x + 1e-6 or len(body.lines) == 1
            assert overlap(body, more) and more.y + more.h == pytest.approx(body.y + body.h)


@pytest.mark.parametrize("surface", ["feed", "mobile"])
def test_hard_ones(surface: str) -> None:
    hard: list[dict[str, Any]] = [
        {"text": "x" * 5000}, {"pictures": [media("t", 1, 12_000)]}, {"text": "", "name": "", "handle": ""},
        {"pictures": [media(str(n)) for n in range(500)]}, {"text": "مرحبا " * 200}, {"name": "名" * 90},
    ]
    for what in hard:
        assert_sound(card(**{"surface": surface, "width": 160, **what}))


def test_a_blank_third_line_leaves_two() -> None:
    blank = one(card("first\nsecond\n\nfourth"), "body")
    assert blank.text == "first\nsecond" and len(blank.lines) == 2 and blank.folded
    full = one(card("first\nsecond\nthird\nfourth"), "body")
    assert full.text == "first\nsecond\nthird" and len(full.lines) == 3
    assert not one(card("first\nsecond\nthird"), "body").folded


def test_the_label_stands_at_the_right_end_of_the_last_line() -> None:
    made = card("word " * 100)
    body, more = one(made, "body"), one(made, "more")
    assert more.x + more.w == body.x + body.w and more.y == body.y + 2 * 20 and more.text == "…more"


def test_what_is_more_than_four() -> None:
    made = card(pictures=[media(str(n)) for n in range(9)])
    assert len(named(made, "image:")) == 4 and one(made, "others").text == "+5"
    assert not named(card(pictures=[media(str(n)) for n in range(4)]), "others")


def test_a_clip_says_how_long_it_is() -> None:
    made = card(pictures=[media("v.mp4", kind="video", duration=Fraction(65))])
    assert one(made, "duration:1").text == "1:05" and one(made, "video:1").w == 555


def test_what_is_shown_is_marked() -> None:
    text, runs = shown_text("看 https://example.com/a/long/one 和 https://a.cn/x @梅 #咖啡 a@b")
    assert text == f"看 {SHORT} 和 https://a.cn/x 梅 #咖啡 a@b"
    assert [(text[r.start : r.end], r.weight) for r in runs] == [
        (SHORT, None), ("https://a.cn/x", None), ("梅", 600), ("#咖啡", 600)]


@pytest.mark.parametrize(("ago", "says"), [
    (timedelta(seconds=59), "now"), (timedelta(minutes=5), "5m"), (timedelta(hours=23), "23h"),
    (timedelta(days=6), "6d"),
    (timedelta(days=7), "1w"), (timedelta(days=29), "4w"), (timedelta(days=60), "2mo"), (timedelta(days=365), "1yr"),
])
def test_times(ago: timedelta, says: str) -> None:
    assert stamp(NOW - ago, NOW, "en") == says
    assert stamp(None, None, "zh_CN") == "刚刚"


def test_labels_are_in_three_languages() -> None:
    assert [b.text for b in named(card(view={"language": "zh_TW"}), "label:")] == ["讚", "評論", "轉發", "傳送"]
    assert all(label.en and label.zh_CN and label.zh_TW for label in spec.LABELS.values())
