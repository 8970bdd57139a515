"""WeChat's places, held to the numbers of the table. What they must look like is in `tests/previews/cases`."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.card import Box, Card, View
from studio.platforms.wechat import PLATFORM, spec
from studio.platforms.wechat.layout import layout
from studio.platforms.wechat.layout_slides import dots
from tests.platforms.fakes import Ruler, content, media
from tests.platforms.layouts import TEXTS, assert_sound, contrast, geometry, named, pictures

PLACES = tuple(surface.id for surface in PLATFORM.surfaces)


def card(
    text: str = "甲", *, width: float = 375, theme: Any = "light", language: str = "zh_CN", surface: str = "article",
    view: dict[str, Any] | None = None, **more: Any,
) -> Card:
    asked = View(surface, width, theme, language, **(view or {}))
    return layout(content("wechat", text, **{"title": "周末", **more}), asked, Ruler())


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


def test_the_row_of_author_and_time_goes_on_below_when_it_is_full() -> None:
    made = card(options={"author": "很长的作者名字" * 3, "original": True}, name="一个名字很长很长的公众号")
    rows = [one(made, name).y for name in ("original", "author", "name", "time")]
    assert rows == sorted(rows) and rows[0] < rows[-1] and (rows[-1] - rows[0]) % 30 == pytest.approx(0, abs=1e-6)


def test_the_bar_keeps_its_icons_where_there_is_no_room_for_words() -> None:
    roomy, narrow = card(options={"open_comment": True}), card(options={"open_comment": True}, width=200)
    assert len(named(roomy, "label:")) == 4 and not named(narrow, "label:") and len(named(narrow, "action:")) == 4


def test_a_reader_with_large_letters_has_larger_words_and_the_same_pictures() -> None:
    small, large = (card("甲" * 60, pictures=[media("a.jpg")], view={"text": size}) for size in (1.0, 1.5))
    body = one(large, "body:1")
    assert body.font is not None and body.font.size == 25.5 and body.h > one(small, "body:1").h
    assert [(b.w, b.h) for b in named(large, "image:")] == [(b.w, b.h) for b in named(small, "image:")]


def test_on_a_wide_page_the_words_stand_beside_the_pictures() -> None:
    made = card("甲" * 400, width=1024, surface="image", pictures=[media("a.jpg"), media("b.jpg")])
    stage, title, body = one(made, "stage"), one(made, "title"), one(made, "body")
    assert stage.h == 720 and title.x > stage.x + stage.w and title.y == stage.y and body.w == 375
    assert one(made, "bar").y > max(stage.y + stage.h, body.y + body.h)


@pytest.mark.parametrize(("number", "shown", "wanted"), [
    (3, 0, [0, 1, 2]), (9, 8, list(range(9))), (10, 0, list(range(9))), (10, 9, list(range(1, 10))),
    (20, 10, list(range(6, 15))), (20, 19, list(range(11, 20))),
])
def test_of_many_dots_a_window_around_the_shown_one_is_there(number: int, shown: int, wanted: list[int]) -> None:
    assert [each for each, _ in dots(number, shown)] == wanted


@given(st.integers(2, 60), st.integers(0, 59))
def test_the_shown_dot_is_there_and_large(number: int, shown: int) -> None:
    shown = min(shown, number - 1)
    made = dict(dots(number, shown))
    assert made[shown] == "dot" and len(made) == min(number, 9)
    assert (made[min(made)] == "dot") == (min(made) == 0)
    assert (made[max(made)] == "dot") == (max(made) == number - 1)


def test_an_image_post_says_which_of_how_many_is_shown() -> None:
    three = [media(f"{n}.jpg") for n in range(3)]
    made = card(pictures=three, surface="image", view={"page": 7}, options={"type": "image"})
    assert (made.pages, made.page) == (3, 2) and one(made, "image:3").media == three[2].media
    assert (card(surface="image").pages, card(surface="image").page) == (1, 0)


def test_an_opened_text_has_a_way_to_close_it_again() -> None:
    made = card("甲" * 300, surface="image", view={"unfolded": True})
    assert one(made, "less").text == "收起" and not made.folded
    assert card("甲" * 300, surface="image").folded
    assert not named(card("甲", surface="image", view={"unfolded": True}), "less")


def test_a_short_push_has_plain_rows() -> None:
    alone, with_one = card(surface="push"), card(surface="push", view={"others": (media("b.jpg"),)})
    assert [b.kind for b in named(alone, "cell:")] == ["fill", "fill"]
    assert [b.kind for b in named(with_one, "cell:")] == ["image", "fill"]


def test_a_title_with_large_letters_stays_below_the_top_of_its_cover() -> None:
    made = card(surface="push", width=200, title="长" * 60, pictures=[media("a.jpg")], view={"text": 1.6})
    cover, title, row = one(made, "image:cover"), one(made, "title"), one(made, "line:2")
    assert cover.y <= title.y and title.y + title.h <= row.y


def test_only_an_article_has_a_page() -> None:
    assert card().html and not card(options={"type": "image"}).html
    assert not [place for place in PLACES if place != "article" and card(surface=place).html]


SIZES = st.sampled_from([160.0, 320.0, 375.0, 677.0, 860.0, 1024.0])


@given(TEXTS, pictures(), SIZES, st.sampled_from(PLACES), st.sampled_from(["article", "image"]),
       st.sampled_from([0.85, 1.0, 1.6]))
def test_every_card_is_sound(text: str, media: Any, width: float, surface: str, kind: str, size: float) -> None:
    options = {"type": kind, "original": True, "open_comment": True, "author": "梅"}
    asked: dict[str, Any] = {
        "pictures": media, "width": width, "surface": surface, "options": options, "link": "https://e.com",
        "view": {"text": size, "others": media, "page": 2},
    }
    made = card(text, **asked)
    assert_sound(made)
    assert geometry(made) == geometry(card(text, theme="dark", **asked))
