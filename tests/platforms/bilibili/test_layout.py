"""The cards of a video, and a dynamic."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.card import Box, Card, View
from studio.platforms import get
from studio.platforms.bilibili import spec
from studio.platforms.bilibili.times import said, short
from tests.platforms.fakes import Ruler, content, media
from tests.platforms.layouts import TEXTS, assert_sound, contrast, named, pictures

PLATFORM = get("bilibili")
SURFACES = [s.id for s in PLATFORM.surfaces]
CLIP = media("a.mp4", 1920, 1080, kind="video", duration=Fraction(74))


def card(surface: str, text: str = "周末好去处", *, width: float = 375, view: Any = None, **more: Any) -> Card:
    given_ = {"width": width, "language": "zh_CN", **(view or {})}
    what = content("bilibili", text, **{"mode": "assisted", "title": "周末", **more})
    return PLATFORM.layout(what, View(surface, **given_), Ruler())


def one(of: Card, name: str) -> Box:
    return next(box for box in of.boxes if box.name == name)


@given(
    TEXTS, pictures(12), st.sampled_from(["", "标题", "x" * 90]), st.sampled_from([160.0, 240.0, 375.0, 412.0]),
    st.sampled_from(SURFACES), st.sampled_from([0.85, 1.0, 1.6]), st.booleans(), st.booleans(),
)  # fmt: skip
def test_any_card_is_sound(text, shown, title, width, surface, size, unfolded, clip) -> None:
    view = {"text": size, "unfolded": unfolded, "others": shown}
    assert_sound(card(surface, text, width=width, view=view, title=title, pictures=[CLIP] if clip else shown))


def test_every_box_says_where_its_geometry_was_read() -> None:
    cards = [card(s, "周" * 200, pictures=p, view={"others": (CLIP, media("o"))}) for s in SURFACES
             for p in ([CLIP], [media(str(n), 100, 900) for n in range(12)], [])]
    assert not [b.name for made in cards for b in made.boxes if not b.rule]
    assert all(value.confidence != "seen" or value.source == spec.SCREENS for value in spec.SPEC.values())


def test_others_fill_the_columns_row_by_row() -> None:
    others = (media("o1"), CLIP)
    made = card("video", pictures=[media("mine", 1600, 900)], title="周" * 30, view={"others": others})
    assert [b.media for b in named(made, "cell:")] == [others[0].media, CLIP.media, ""]
    assert one(made, "cell:2").y == one(made, "image:1").y and one(made, "cell:3").y == one(made, "cell:4").y
    assert one(made, "duration:3").text == "1:14" and not named(made, "play")
    space = card("space", pictures=[CLIP], view={"others": tuple(media(f"o{n}") for n in range(9))})
    assert len(named(space, "cell:")) == 6 and PLATFORM.profile is not None and PLATFORM.profile.ratio == 1.6


def test_a_cover_has_the_corners_of_its_card() -> None:
    made = card("video", pictures=[CLIP])
    assert one(made, "image:1").corners == (True, True, False, False)
    assert one(card("desktop", width=300, pictures=[CLIP]), "shade").corners == (False, False, True, True)


def test_without_media_there_is_a_blank() -> None:
    for surface, name in (("video", "cell:1"), ("space", "cell:1"), ("desktop", "cell:1")):
        assert one(card(surface), name).kind == "fill"
    assert not named(card("dynamic"), "image") and one(card("dynamic"), "body").text == "周末好去处"


def test_a_videos_description_is_no_part_of_its_dynamic() -> None:
    made = card("dynamic", "简介", pictures=[CLIP], title="周" * 50)
    assert named(made, "body") == [] and len(one(made, "title").lines) == 2 and one(made, "title").folded
    assert one(made, "video:1").kind == "video" and one(made, "duration").text == "1:14"
    assert one(card("video", "简介", pictures=[CLIP]), "image:1").kind == "image"


def test_a_long_dynamic_folds_and_unfolds() -> None:
    text = "看 https://example.com/a " + "周" * 100
    made, whole = card("dynamic", text), card("dynamic", text, view={"unfolded": True})
    assert one(made, "body").text.endswith("...展开") and one(made, "link.icon:1").icon == "link-2"
    assert one(whole, "body").text == "看 〓网页链接 " + "周" * 100 and one(whole, "less").text == "收起"
    assert not named(card("dynamic", "短", view={"unfolded": True}), "less")
    late = card("dynamic", "周" * 100 + " https://example.com/a")
    assert not named(late, "link.icon")


def test_a_face_is_drawn() -> None:
    made = card("dynamic", "好[doge][没有]")
    assert one(made, "body").text == "好〓[没有]" and one(made, "face.icon:1").token == "face"


def test_badges_of_long_pictures_and_more_than_nine() -> None:
    made = card("dynamic", pictures=[media(str(n), 100, 300) for n in range(12)])
    assert len(named(made, "badge:")) == 9 and one(made, "others").text == "+3"
    first, badge = one(made, "image:1"), one(made, "badge:1")
    assert badge.x == first.x + 6 and badge.y + badge.h == pytest.approx(first.y + first.h - 6)


def test_on_the_whole_screen_the_rail_stands_beside_the_words() -> None:
    film = media("a.mp4", 1080, 1920, kind="video")
    made = card("story", pictures=[film], title="周" * 60)
    title, like = one(made, "title"), one(made, "label:like")
    assert title.x + title.w < like.x and title.y + title.h == 812 - 34 - 12 and len(title.lines) == 2
    assert one(made, "stage").kind == "fill" and one(made, "video:1").kind == "video" and made.confidence == "recalled"
    assert named(card("story"), "no_media") and named(card("story", pictures=[media()]), "no_media")


def test_larger_words_need_more_room() -> None:
    for surface in SURFACES:
        plain, large = (card(surface, "周" * 200, view={"text": t}, title="周" * 60) for t in (1.0, 1.6))
        assert large.height > plain.height or surface == "story", surface  # a screen has room for them


def test_every_text_can_be_read() -> None:
    for tokens in (spec.tokens("light"), spec.tokens("dark")):
        assert contrast(tokens["text"], tokens["card"]) >= 7 and contrast(tokens["muted"], tokens["card"]) >= 4.5
        assert contrast(tokens["link"], tokens["card"]) >= 3.5


def test_when_it_was_posted() -> None:
    now = datetime(2026, 11, 24, 0, 30, tzinfo=timezone(timedelta(hours=8)))
    ago = [timedelta(seconds=-9), timedelta(minutes=2), timedelta(hours=2), timedelta(days=7), timedelta(days=400)]
    assert [said((now - each).astimezone(UTC), now, "zh_CN") for each in ago] == [
        "刚刚", "2分钟前", "昨天 22:30", "11-17", "2025-10-20",
    ]
    assert said(now, now.replace(hour=23), "en") == "23 h ago" and said(None, now, "en") == "just now"
    assert [short(now - each, now) for each in ago[1:]] == ["", "11-23", "11-17", "2025-10-20"]
    assert short(None, now) == ""
