"""The article page, the image post and the list card, held to the numbers of the table."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.card import Box, Card, View
from studio.platforms.wechat import spec
from studio.platforms.wechat.layout import layout
from tests.platforms.fakes import Ruler, content, media
from tests.platforms.layouts import TEXTS, assert_sound, contrast, geometry, named, pictures


def card(
    text: str = "甲", *, width: float = 375, theme: Any = "light", language: str = "zh_CN", surface: str = "article",
    **more: Any,
) -> Card:
    return layout(content("wechat", text, **{"title": "周末", **more}), View(surface, width, theme, language), Ruler())


def one(of: Card, name: str) -> Box:
    return next(box for box in of.boxes if box.name == name)


def test_every_number_has_a_source_and_a_day() -> None:
    for name, value in spec.SPEC.items():
        assert value.source and value.seen == "2026-11-22", name
        assert (value.source == spec.MEASURE) == (value.confidence == "recalled"), name


def test_the_column_is_343_on_a_phone_and_677_at_most() -> None:
    phone, wide = card(), card(width=1024)
    assert (one(phone, "title").x, one(phone, "title").w, one(phone, "title").y) == (16, 343, 20)
    assert (one(wide, "title").w, one(wide, "title").x) == (677, (1024 - 677) / 2)
    font = one(phone, "body:1").font
    assert font is not None and (font.size, font.line) == (17, 27.2)


def test_pictures_stand_where_the_text_has_them() -> None:
    made = card("甲\n\n![](b.jpg)\n\n乙", pictures=[media("a.jpg", 1000, 500), media("b.jpg", 500, 1000)])
    first, second = named(made, "image:")
    assert (first.w, first.h) == (343, 686) and second.w == 343 and second.h == pytest.approx(171.5)
    assert one(made, "body:1").y < first.y < one(made, "body:3").y < second.y


def test_what_is_left_out_is_not_shown() -> None:
    made = card("<script>x</script>甲\n\n![](https://example.com/a.png)\n\n> 引\n\n- 项\n\n```\n码\n```", link="https://e.com")
    assert {"body:1", "body:3", "body:3.bar", "body:4.mark", "body:5.ground", "link"} <= {b.name for b in made.boxes}
    assert one(made, "image:1").kind == "fill" and one(made, "link").text == "阅读原文"
    assert not any("x</" in b.text or "<" in b.text for b in made.boxes)


def test_bold_words_are_bold_and_the_rest_is_not() -> None:
    body = one(card("甲 **乙  丙** 丁\n\n- **戊**"), "body:1")
    assert body.text == "甲 乙 丙 丁" and [(r.start, r.end, r.weight) for r in body.runs] == [(2, 5, 700)]
    assert [(r.start, r.end) for r in one(card("- **戊** 己"), "body:1").runs] == [(0, 1)]


@pytest.mark.parametrize(("size", "height"), [
    ((900, 1600), 500), ((1000, 1000), 375), ((1600, 900), 375 / (4 / 3)), ((2350, 1000), 375 / (4 / 3)),
])
def test_the_first_picture_of_an_image_post_decides_its_height(size: tuple[int, int], height: float) -> None:
    made = card(pictures=[media("a.jpg", *size), media("b.jpg")], options={"type": "image"})
    assert one(made, "image:1").h == pytest.approx(height) and one(made, "number").text == "1/2"


def test_the_list_shows_the_chosen_cover_at_its_ratio() -> None:
    pictures = [media("a.jpg"), media("b.jpg", 2000, 1000, focus=(0.5, 0.0))]
    made = card(surface="list", pictures=pictures, options={"cover": "b.jpg"}, title="长" * 80)
    cover = one(made, "image:cover")
    assert cover.media == pictures[1].media and cover.w / cover.h == pytest.approx(900 / 383)
    assert len(one(made, "title").lines) == 2 and one(made, "title").folded and made.confidence == "recalled"


def test_of_a_text_far_too_long_only_the_beginning_is_drawn() -> None:
    paragraphs = "第一段，**慢慢**走。\n\n" * 12_000
    assert len(card(paragraphs).boxes) == len(card(paragraphs * 20).boxes) > 7_000


def test_words_can_be_read_on_their_ground() -> None:
    for tokens in (spec.tokens("light"), spec.tokens("dark")):
        assert contrast(tokens["text"], tokens["card"]) > 7 and contrast(tokens["link"], tokens["card"]) > 4.5


@given(TEXTS, pictures(), st.sampled_from([320.0, 375.0, 677.0, 1024.0]), st.sampled_from(["article", "list"]),
       st.sampled_from(["article", "image"]))
def test_every_card_is_sound(text: str, media: Any, width: float, surface: str, kind: str) -> None:
    made = card(text, pictures=media, width=width, surface=surface, options={"type": kind}, link="https://e.com")
    assert_sound(made)
    dark = card(text, pictures=media, width=width, surface=surface, theme="dark", options={"type": kind},
                link="https://e.com")
    assert geometry(made) == geometry(dark)
