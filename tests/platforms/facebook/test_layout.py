"""The feed card, held to numbers derived from the sources in the table."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.card import Box, Card, View
from studio.platforms.facebook import spec
from studio.platforms.facebook.layout import layout
from tests.platforms.fakes import Ruler, content, media
from tests.platforms.layouts import TEXTS, assert_sound, contrast, geometry, named, pictures

WIDE, TALL, SQUARE = (1600, 900), (900, 1600), (1000, 1000)


def card(
    text: str = "hello", *, width: float = 680, theme: Any = "light", language: str = "en", surface: str = "",
    view: Any = None, **more: Any,
) -> Card:
    on = surface or ("desktop" if width >= 500 else "feed")
    return layout(content("facebook", text, **more), View(on, width, theme, language, **(view or {})), Ruler())


def one(of: Card, name: str) -> Box:
    return next(box for box in of.boxes if box.name == name)


def names(of: Card) -> set[str]:
    return {box.name for box in of.boxes}


def images(*sizes: tuple[int, int], width: float = 680) -> list[Any]:
    made = card(pictures=[media(str(n), w, h) for n, (w, h) in enumerate(sizes)], width=width)
    boxes = named(made, "image:")
    return [(b.x, pytest.approx(b.y - boxes[0].y), pytest.approx(b.w), pytest.approx(b.h)) for b in boxes]


def test_every_number_has_a_source_and_a_day() -> None:
    for name, value in spec.SPEC.items():
        assert value.source and value.seen == "2026-11-22", name
        assert (value.source == spec.MEASURE) == (value.confidence == "recalled"), name


def test_every_box_says_where_its_geometry_was_read() -> None:
    many = card("x\n" * 20, pictures=[media(str(n)) for n in range(7)])
    assert not [b.name for made in (many, card("", link="https://a.cn")) for b in made.boxes if not b.rule]


def test_the_head() -> None:
    made = card()
    assert (one(made, "avatar").x, one(made, "avatar").y, one(made, "avatar").w) == (16, 12, 40)
    assert one(made, "name").x == 16 + 40 + 8 and one(made, "name").text == "Mei 梅"
    assert one(made, "time").text == "Just now ·" and one(made, "visibility").icon == "globe"
    assert one(card(width=390), "avatar").x == 12


def test_short_words_alone_are_large() -> None:
    sizes = [one(card("hi"), "body"), one(card("x" * 90), "body"), one(card("hi", pictures=[media()]), "body")]
    assert [box.font and box.font.size for box in sizes] == [24, 15, 15]


@pytest.mark.parametrize(("language", "end"), [("en", "… See more"), ("zh_CN", "… 展开"), ("zh_TW", "……查看更多")])
def test_five_lines_then_more(language: str, end: str) -> None:
    text = "\n".join(f"line {n} {'x' * 60}" for n in range(6))
    body = one(card(text, language=language), "body")
    assert body.folded and len(body.lines) == 5 and body.text.endswith(end) and "line 5" not in body.text
    assert (body.runs[-1].token, body.runs[-1].weight) == ("text", 600)
    assert not one(card(text.rpartition("\n")[0]), "body").folded


def test_one_photo_is_whole_up_to_two_to_three() -> None:
    assert images(WIDE) == [(0, 0, 680, 382.5)]
    assert images(TALL) == [(0, 0, 680, 1020)]
    assert images((0, 0)) == [(0, 0, 680, pytest.approx(680 / 1.78))]


def test_two_go_by_the_first() -> None:
    assert images(WIDE, TALL) == [(0, 0, 680, 340), (0, 344, 680, 340)]
    assert images(SQUARE, WIDE) == [(0, 0, 338, 338), (342, 0, 338, 338)]
    assert images(TALL, WIDE) == [(0, 0, 338, 680), (342, 0, 338, 680)]


def test_three_go_by_the_first() -> None:
    assert images(WIDE, WIDE, WIDE) == [(0, 0, 680, 340), (0, 344, 338, 338), (342, 344, 338, 338)]
    assert images(TALL, WIDE, WIDE) == [(0, 0, 338, 680), (342, 0, 338, 338), (342, 342, 338, 338)]


def test_four_go_by_the_first() -> None:
    third = 224
    assert images(WIDE, *[SQUARE] * 3)[1:] == [
        (n * (third + 4), pytest.approx(680 / 1.5 + 4), third, third) for n in range(3)]
    assert images(*[SQUARE] * 4) == [(x, y, 338, 338) for y in (0, 342) for x in (0, 342)]
    assert images(TALL, *[SQUARE] * 3) == [(0, 0, 452, 680), *((456, n * 228, third, third) for n in range(3))]


def test_five_and_more() -> None:
    assert images(*[SQUARE] * 5) == [
        (0, 0, 338, 338), (342, 0, 338, 338), *((n * 228, 342, 224, 224) for n in range(3))]
    made = card(pictures=[media(str(n), *SQUARE) for n in range(9)])
    assert len(named(made, "image:")) == 5 and one(made, "others").text == "+4"
    assert "others" not in names(card(pictures=[media(str(n), *SQUARE) for n in range(5)]))


def clip(width: int, height: int) -> Any:
    return media("a.mp4", width, height, kind="video", duration=Fraction(9))


def place(of: Box) -> Any:
    return pytest.approx((of.x, of.w, of.h), abs=0.1)


@pytest.mark.parametrize(("size", "high"), [(WIDE, 210.9), (SQUARE, 375), ((1080, 1920), 468.75), ((4, 5), 468.75)])
def test_on_a_phone_a_clip_is_four_to_five_at_the_tallest(size: tuple[int, int], high: float) -> None:
    made = card(pictures=[clip(*size)], width=375)
    video = one(made, "video:1")
    assert place(video) == (0, 375, high) and "backdrop" not in names(made)


def test_on_a_computer_an_upright_clip_stands_whole_before_itself() -> None:
    made = card(pictures=[clip(1080, 1920)])
    video, behind = one(made, "video:1"), one(made, "backdrop")
    assert place(behind) == (0, 680, 931.6) and behind.media == video.media
    assert place(video) == (78, 524, 931.6) and video.x == (680 - video.w) / 2
    assert video.crop == pytest.approx((0, 0, 1, 1)) and made.boxes.index(behind) < made.boxes.index(video)
    assert "backdrop" not in names(card(pictures=[clip(*WIDE)]))


def test_the_whole_text_has_a_way_back() -> None:
    text = "\n".join(f"line {n}" for n in range(12))
    body = one(card(text, view={"unfolded": True}, language="zh_TW"), "body")
    assert not body.folded and body.text == f"{text} 顯示較少" and len(body.lines) == 12
    assert one(card("hi there, all of you", view={"unfolded": True}), "body").text == "hi there, all of you"


def test_on_a_phone_three_lines() -> None:
    body = one(card("\n".join("abcd"), width=375), "body")
    assert len(body.lines) == 3 and body.text == "a\nb\nc… See more" and body.runs[-1].token == "muted"


def test_few_words_stand_on_a_colour() -> None:
    made = card("Hello", width=390, surface="background")
    ground, body = one(made, "ground"), one(made, "body")
    assert (ground.h, ground.token, body.align, body.token) == (320, "ground", "center", "on-ground")
    assert body.y + body.h / 2 == ground.y + 160
    for other in (card("x" * 131, width=390, surface="background"),
                  card("see https://a.cn", width=390, surface="background"),
                  card("hi", width=390, surface="background", pictures=[media()])):
        assert "ground" not in names(other) and "body" in names(other)
    tall = card("\n".join("x" * 20), width=390, surface="background")
    assert one(tall, "ground").h == 20 * 36 + 2 * 24


def test_words_grow_with_the_readers_size() -> None:
    usual, grown = (card("hi " * 60, width=375, view={"text": size}) for size in (1.0, 1.6))
    assert one(grown, "body").font.size == 24 and one(grown, "body").h > one(usual, "body").h  # type: ignore[union-attr]
    assert one(grown, "avatar").w == one(usual, "avatar").w


def test_a_link_has_a_card_without_media_only() -> None:
    made = card("", link="https://www.example.com/a/b")
    assert one(made, "link.host").text == "EXAMPLE.COM" and one(made, "link.title").text == "www.example.com/a/b"
    assert one(made, "link.picture").h == pytest.approx(680 / 1.91) and "body" not in names(made)
    beside = card("hi", link="https://example.com/a", pictures=[media()])
    assert "link" not in names(beside) and one(beside, "body").text == "hi\n\nhttps://example.com/a"


def test_by_hand_the_link_stands_in_the_text() -> None:
    assert one(card("hi", link="https://a.cn", mode="assisted"), "body").text == "hi\n\nhttps://a.cn"
    assert "https" not in one(card("hi", link="https://a.cn"), "body").text


def test_links_and_tags_are_coloured() -> None:
    body = one(card("see https://a.cn/x and #咖啡 or #1"), "body")
    assert [body.text[r.start : r.end] for r in body.runs] == ["https://a.cn/x", "#咖啡"]


def test_three_actions_fill_the_width() -> None:
    made = card()
    assert [b.text for b in named(made, "label:")] == ["Like", "Comment", "Share"]
    assert made.height == one(made, "line").y + 1 + 42


def test_words_can_be_read() -> None:
    for theme in ("light", "dark"):
        tokens = card(theme=theme).tokens
        assert contrast(tokens["text"], tokens["card"]) >= 7
        assert contrast(tokens["muted"], tokens["card"]) >= 4.5 and contrast(tokens["link"], tokens["card"]) >= 4.5


@given(TEXTS, pictures(most=12), st.sampled_from([200, 320, 375, 390, 680]), st.sampled_from(["en", "zh_TW"]))
def test_any_card_is_sound(text: str, media_: Any, width: float, language: str) -> None:
    made = card(text, pictures=media_, width=width, language=language, link="https://example.com/x")
    assert_sound(made)
    assert geometry(made) == geometry(card(text, pictures=media_, width=width, language=language, theme="dark",
                                           link="https://example.com/x"))
