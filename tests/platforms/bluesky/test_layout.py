"""The feed's geometry, held to numbers derived from the sources in the table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.card import Box, Card, View
from studio.platforms.bluesky import spec
from studio.platforms.bluesky.layout import layout, short_address, shown_text
from studio.platforms.bluesky.when import stamp
from tests.platforms.fakes import Ruler, content, media
from tests.platforms.layouts import TEXTS, assert_sound, contrast, geometry, named, pictures

SQUARE = (1000, 1000)


def card(
    text: str = "hello", *, width: float = 600, theme: Any = "light", language: str = "en", view: Any = None,
    **more: Any,
) -> Card:
    return layout(content("bluesky", text, **more), View("feed", width, theme, language, **(view or {})), Ruler())


def one(of: Card, name: str) -> Box:
    return next(box for box in of.boxes if box.name == name)


def images(*sizes: tuple[int, int], width: float = 600) -> list[Any]:
    made = card(pictures=[media(str(n), w, h) for n, (w, h) in enumerate(sizes)], width=width)
    boxes = named(made, "image:")
    left, top = boxes[0].x, boxes[0].y
    assert left == 70
    return [(b.x - left, b.y - top, b.w, b.h) for b in boxes]


def test_every_number_has_a_source_and_a_day() -> None:
    for name, value in spec.SPEC.items():
        assert value.source and value.seen == "2026-11-22", name
        assert ("Bluesky client source" in value.source) == (value.confidence == "seen"), name
        assert value.confidence in ("seen", "recalled"), name


def test_every_box_says_where_its_geometry_was_read() -> None:
    made = card("x\n" * 30, pictures=[media()]).boxes + card(link="https://a.cn").boxes
    made += card(pictures=[media(str(n)) for n in range(6)]).boxes
    assert not [b.name for b in made if not b.rule]


def test_the_column_is_515_of_600() -> None:
    made = card()
    assert (one(made, "avatar").x, one(made, "avatar").w) == (18, 42)
    assert (one(made, "body").x, one(made, "body").w) == (70, 515)


@pytest.mark.parametrize(("size", "box"), [
    ((1600, 900), (515, 289.6875)), ((900, 1200), (386.25, 515)), ((1080, 1920), (289.6875, 515)), (SQUARE, (515, 515)),
    ((100, 1000), (257.5, 515)), ((5000, 500), (515, 51.5)), ((0, 0), (515, 515)),
])
def test_one_picture_on_the_wide_web(size: tuple[int, int], box: tuple[float, float]) -> None:
    """3:4 is 386x515, 9:16 is 290x515 and 16:9 is 515x290 in a column of 515."""
    assert images(size) == [(0, 0, pytest.approx(box[0]), pytest.approx(box[1]))]


def test_one_picture_on_a_small_screen() -> None:
    column = 375 - 70 - 15
    assert images((900, 1200), width=375) == [(0, 0, column, pytest.approx(column * 4 / 3))]
    assert images((1080, 1920), width=375) == [(0, 0, column, pytest.approx(column * 16 / 9))]
    tall = images((100, 1000), width=375)[0]
    assert tall[3] == pytest.approx(column * 16 / 9) and tall[2] == pytest.approx(tall[3] / 2)


def test_two_are_squares() -> None:
    half = (515 - 4) / 2
    assert images(SQUARE, (300, 900)) == [(0, 0, half, half), (half + 4, 0, half, half)]


def test_three_are_a_square_and_two_stacked() -> None:
    half = (515 - 4) / 2
    low = (half - 4) / 2
    assert images(SQUARE, SQUARE, SQUARE) == [
        (0, 0, half, half), (half + 4, 0, half, low), (half + 4, pytest.approx(low + 4), half, low),
    ]


def test_four_are_three_to_two() -> None:
    half = (515 - 4) / 2
    high = half / 1.5
    made = images(SQUARE, SQUARE, SQUARE, SQUARE)
    assert [m[2:] for m in made] == [(half, high)] * 4
    assert [m[0] for m in made] == [0, half + 4, 0, half + 4]
    assert [m[1] for m in made] == pytest.approx([0, 0, high + 4, high + 4])


def test_the_order_is_the_posts_and_a_clip_is_left_out() -> None:
    made = card(pictures=[media("a"), media("v", kind="video"), media("b")])
    assert [b.media for b in named(made, "image:")] == [media("a").media, media("b").media]


def test_the_badge_of_a_description_is_in_the_corner() -> None:
    made = card(pictures=[media("a"), media("b", alt=" ")])
    badge, picture = one(made, "alt:1"), one(made, "image:1")
    assert badge.text == "ALT" and not named(made, "alt:2")
    assert badge.x + badge.w == picture.x + picture.w - 4 and badge.y + badge.h == picture.y + picture.h - 4
    assert one(card(pictures=[media()], language="zh_TW"), "alt:1").text == "替代文字"


@pytest.mark.parametrize(("address", "shown"), [
    ("https://example.com", "example.com"), ("https://example.com/", "example.com"),
    ("https://www.example.com/short", "www.example.com/short"),
    ("https://example.com/12345678901234", "example.com/12345678901234"),
    ("https://example.com/123456789012345", "example.com/123456789012..."),
    ("https://example.com/a?b=1#c", "example.com/a?b=1#c"), ("http://localhost:3000/x", "localhost:3000/x"),
    ("https://example.com/路径路径路径路径路径路径路径路径", "example.com/路径路径路径路径路径路径..."),
])
def test_addresses_are_shown_short(address: str, shown: str) -> None:
    assert short_address(address) == shown


def test_what_is_shown_is_marked() -> None:
    text, runs = shown_text("看https://example.com/123456789012345，#咖啡 @mei.test end")
    assert text == "看example.com/123456789012...，#咖啡 @mei.test end"
    assert [text[r.start : r.end] for r in runs] == ["example.com/123456789012...", "#咖啡", "@mei.test"]
    assert one(card("#咖啡"), "body").runs == shown_text("#咖啡")[1]


def test_only_twenty_five_line_breaks_fold() -> None:
    open_, folded = card("x\n" * 24 + "end"), card("x\n" * 25 + "end")
    assert not one(open_, "body").folded and not named(open_, "more")
    body = one(folded, "body")
    assert body.folded and len(body.lines) == 25 and body.text == ("x\n" * 25)[:-1]
    assert one(folded, "more").text == "Show More"
    assert not one(card("周" * 3000), "body").folded


def test_a_link_card_is_shown_only_without_pictures() -> None:
    made = card("x", title="周末", link="https://www.a.cn/x")
    frame = one(made, "link")
    assert (frame.x, frame.w, frame.radius) == (70, 515, 12)
    assert [one(made, f"link.{n}").text for n in ("title", "host")] == ["周末", "a.cn"]
    for box in named(made, "link."):
        assert frame.x < box.x and box.x + box.w < frame.x + frame.w
        assert frame.y < box.y and box.y + box.h < frame.y + frame.h
    assert not named(card("x", link="https://a.cn", pictures=[media()]), "link")


def test_a_long_card_title_takes_three_lines() -> None:
    title = one(card("x", title="周末" * 200, link="https://a.cn"), "link.title")
    assert len(title.lines) == 3 and title.text.endswith("…") and title.folded


def test_the_actions_stand_in_order() -> None:
    made = named(card(language="zh_CN"), "action:")
    assert [b.icon for b in made] == ["message-square", "repeat-2", "heart", "share-2", "ellipsis"]
    assert [b.text for b in made] == ["回复", "转发", "喜欢", "分享", "更多"]
    assert [b.x for b in made] == sorted(b.x for b in made) and len({b.y for b in made}) == 1


def test_a_long_name_leaves_the_time_in_place() -> None:
    made = card(name="很长的名字" * 30)
    assert one(made, "name").text.endswith("…") and not named(made, "handle")
    assert one(made, "time").x + one(made, "time").w <= 600 - 15 + 1e-6


def test_labels_are_in_three_languages() -> None:
    assert all(label.en and label.zh_CN and label.zh_TW for label in spec.LABELS.values())


def test_text_can_be_read() -> None:
    """At least 4.5:1, but for the client's own link blue on white (3.7:1), which is shown as it is."""
    for theme, tokens in {"light": spec.tokens("light"), "dark": spec.tokens("dark")}.items():
        assert contrast(tokens["text"], tokens["card"]) >= 4.5
        assert contrast(tokens["muted"], tokens["card"]) >= 4.5
        assert contrast(tokens["on-badge"], tokens["badge"]) >= 4.5
        assert contrast(tokens["link"], tokens["card"]) >= (3.0 if theme == "light" else 4.5)
    assert set(spec.tokens("light")) == set(spec.tokens("dark"))


@given(TEXTS, pictures(), st.sampled_from([600, 390, 375, 320, 120]), st.sampled_from(["", "https://a.cn/x"]),
       st.sampled_from(["", "T", "很长的标题" * 40]), st.sampled_from(["", "Mei", "名" * 60]))
def test_any_card_is_sound(text: str, shown: Any, width: int, link: str, title: str, name: str) -> None:
    given_ = {"pictures": shown, "link": link, "title": title, "name": name}
    light = card(text, width=width, **given_)
    if width >= 320:
        assert_sound(light)
    dark = card(text, width=width, theme="dark", **given_)
    assert geometry(light) == geometry(dark) and light.tokens != dark.tokens
    gaps = {b.x - (a.x + a.w) for a in named(light, "image:") for b in named(light, "image:") if b.x > a.x + a.w}
    assert all(gap == pytest.approx(4) for gap in gaps)


@given(TEXTS)
def test_a_wider_card_has_no_more_lines(text: str) -> None:
    wide, narrow = named(card(text, width=600), "body"), named(card(text, width=375), "body")
    assert [len(b.lines) for b in wide] <= [len(b.lines) for b in narrow]


def test_more_than_four_are_a_strip() -> None:
    many = [media(str(n), *SQUARE) for n in range(7)]
    first = named(card(pictures=many), "image:")
    assert [(b.x, b.w, b.h) for b in first] == [(70, 300, 300), (378, 222, 300)]
    assert [b.corners for b in first] == [(True,) * 4, (True, False, False, True)]
    moved = card(pictures=many, view={"page": 99})
    assert (moved.pages, moved.page) == (7, 6) and [b.name for b in named(moved, "image:")] == ["image:7"]
    assert card(pictures=many[:4]).pages == 1


def test_a_clip_alone_is_shown_with_its_length() -> None:
    made = card(pictures=[media("v.mp4", kind="video", width=1600, height=900, duration=Fraction(65))])
    clip, time = one(made, "video:1"), one(made, "duration:1")
    assert clip.w == 515 and time.text == "1:05"
    assert (time.x, time.y + time.h) == (clip.x + 6, clip.y + clip.h - 6)


def test_only_the_outer_corners_of_a_grid_are_round() -> None:
    made = card(pictures=[media(str(n)) for n in range(3)])
    assert [sum(b.corners or ()) for b in named(made, "image:")] == [2, 1, 1]


def test_unfolded_and_larger() -> None:
    assert not one(card("x\n" * 40, view={"unfolded": True}), "body").folded
    small, large = card("x", pictures=[media()]), card("x", pictures=[media()], view={"text": 1.6})
    assert one(large, "body").h == 1.6 * one(small, "body").h and one(large, "image:1").w == one(small, "image:1").w


@pytest.mark.parametrize(("ago", "says"), [
    (timedelta(seconds=4), "now"), (timedelta(seconds=59), "59s"), (timedelta(minutes=59), "59m"),
    (timedelta(hours=23), "23h"), (timedelta(days=30), "1mo"), (timedelta(days=400), "10/20/2025"),
    (timedelta(hours=-1), "now"),
])
def test_times(ago: timedelta, says: str) -> None:
    now = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
    assert stamp(now - ago, now, "en") == says
    assert stamp(None, None, "zh_CN") == "刚刚" and stamp(now - timedelta(days=400), now, "zh_TW") == "2025/10/20"
