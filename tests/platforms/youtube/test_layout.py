"""Watch page, Short and cards: everything in its place, nothing hidden, a placeholder where the video is missing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.card import Box, Card, Theme, View
from studio.core.post import Content, Media
from studio.platforms import get
from studio.platforms.youtube import spec
from tests.platforms.fakes import Ruler, content, media
from tests.platforms.layouts import TEXTS, assert_sound, contrast, geometry, named, pictures

YOUTUBE = get("youtube")
NAMES = [s.id for s in YOUTUBE.surfaces]
NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)


def clip(width: int = 1920, height: int = 1080, seconds: int | None = 754) -> Media:
    return media("a.mp4", width, height, kind="video", duration=None if seconds is None else Fraction(seconds))


def card(
    what: Content, surface: str = "watch", width: float = 640, language: str = "en", theme: Theme = "light",
    **more: Any,
) -> Card:
    return YOUTUBE.layout(what, View(surface, width, theme, language, **more), Ruler())


def post(text: str = "好", *files: Media, title: str = "旧书店", **more: Any) -> Content:
    return content("youtube", text, pictures=files, title=title, **{"mode": "assisted", **more})


def box(drawn: Card, name: str) -> Box:
    return next(b for b in drawn.boxes if b.name == name)


@settings(max_examples=80, deadline=None)
@given(
    TEXTS, pictures(3), st.booleans(), st.sampled_from(NAMES), st.sampled_from([160.0, 305.0, 375.0, 854.0]),
    st.sampled_from([0.85, 1.0, 1.6, 3.0]), st.booleans(), TEXTS,
)
def test_any_video_is_sound(
    text: str, files: tuple[Media, ...], filmed: bool, surface: str, width: float, size: float, unfolded: bool,
    title: str,
) -> None:
    what = post(text, *([clip(1080, 1920)] if filmed else []), *files, title=title)
    given: dict[str, Any] = {"text": size, "unfolded": unfolded}
    drawn = card(what, surface, width, **given)
    assert_sound(drawn)
    assert geometry(drawn) == geometry(card(what, surface, width, theme="dark", **given))
    assert all(b.rule for b in drawn.boxes) and not (unfolded and surface in ("watch", "shorts") and drawn.folded)


@pytest.mark.parametrize("surface", NAMES)
def test_a_missing_video_is_said(surface: str) -> None:
    assert box(card(post("好", media()), surface, 375), "no_media").text == "A video goes here"


def test_the_player_keeps_the_videos_shape() -> None:
    shown = box(card(post("好", clip())), "video:1")
    assert (shown.x, shown.y, shown.w, shown.h, shown.radius) == (0, 0, 640, 360, 12)
    upright = box(card(post("好", clip(1080, 1920))), "video:1")
    assert (upright.w, upright.h, upright.x) == pytest.approx((202.5, 360, 218.75)) and upright.radius == 0
    assert box(card(post("好", clip(0, 0))), "video:1").w == 640


def test_the_description_folds_after_three_lines() -> None:
    text = "字" * 200 + " https://example.com/a"
    folded = box(card(post(text, clip())), "body")
    assert folded.folded and len(folded.lines) == 3 and folded.text.endswith("字…more")
    whole = card(post(text, clip()), unfolded=True)
    assert box(whole, "body").text == text and box(whole, "more").text == "Show less"
    assert [box(whole, "body").text[r.start : r.end] for r in box(whole, "body").runs] == ["https://example.com/a"]
    short = card(post("一\n二\n三", clip()), unfolded=True)
    assert box(short, "body").text == "一\n二\n三" and not named(short, "more")
    assert not named(card(post("", clip())), "body")


def test_the_first_three_hashtags_stand_beside_the_views() -> None:
    line = box(card(post("#a #b #a #c #d", clip())), "time")
    assert line.text == "No views  just now  #a  #b  #c" and line.text[line.runs[0].start :] == "  #a  #b  #c"
    drawn = card(post("好", clip()), posted=NOW - timedelta(hours=2), now=NOW)
    assert box(drawn, "time").text == "No views  2 hours ago" and not box(drawn, "time").runs


def test_buttons_leave_where_there_is_no_room() -> None:
    assert [b.name for b in named(card(post("好", clip())), "action:")] == [
        "action:like", "action:dislike", "action:share", "action:options"]
    assert len(named(card(post("好", clip()), width=200), "action:")) < 4


def test_a_picture_is_the_thumbnail() -> None:
    picture = media("t.jpg", 1000, 1000, focus=(0.5, 0.9))
    shown = box(card(post("好", clip(), picture), "card", 305), "image:1")
    assert shown.media == picture.media and shown.crop == pytest.approx((0, 0.4375, 1, 0.5625))
    assert box(card(post("好", clip()), "mobile", 375), "image:1").media == clip().media
    badge = box(card(post("好", clip()), "card", 305), "duration")
    assert badge.text == "12:34"
    assert (badge.x + badge.w, badge.y + badge.h) == pytest.approx((297, 305 * 9 / 16 - 8))
    assert not named(card(post("好", clip(seconds=None)), "card", 305), "duration")


def test_a_short_has_its_buttons_beside_the_safe_area() -> None:
    drawn = card(post("好", clip(1080, 1920), title="字" * 100), "shorts", 375)
    stage = box(drawn, "stage")
    scale = stage.w / 1080
    left, top, right, low = (stage.x + 48 * scale, stage.y + 288 * scale, stage.x + 888 * scale, stage.y + 1248 * scale)
    for each in drawn.boxes:
        if each.kind in ("icon", "text", "avatar", "badge") or each.name.startswith("circle:"):
            apart = each.x >= right or each.x + each.w <= left or each.y >= low or each.y + each.h <= top
            assert apart, each.name
    title = box(drawn, "title")
    assert title.folded and len(title.lines) == 2 and title.text.endswith("…") and drawn.boxes[0].token == "screen"
    whole = card(post("好", clip(1080, 1920), title="字" * 100), "shorts", 375, unfolded=True)
    assert box(whole, "title").text == "字" * 100


def test_the_button_to_subscribe_gives_way() -> None:
    wide = card(post("好", clip(1080, 1920)), "shorts", 375)
    assert box(wide, "subscribe").x > box(wide, "handle").x and box(wide, "subscribe").token == "follow"
    assert not named(card(post("好", clip(1080, 1920)), "shorts", 160), "subscribe")


def test_a_result_shows_how_the_text_begins() -> None:
    drawn = card(post("一\n二 " + "字" * 300, clip()), "search")
    about = box(drawn, "summary")
    assert about.text.startswith("一 二 字") and about.text.endswith("…") and len(about.lines) == 1
    assert box(drawn, "image:1").w == 288 and box(card(post("好", clip()), "search", 854), "image:1").w == 360


def test_every_text_can_be_read() -> None:
    looks: tuple[Theme, ...] = ("light", "dark")
    for inks in map(spec.tokens, looks):
        assert min(contrast(inks[n], inks["card"]) for n in ("text", "muted", "link")) >= 4.5
        assert contrast(inks["text"], inks["fill"]) >= 4.5 and contrast(inks["bright"], inks["screen"]) > 7
        assert contrast(inks["on-subscribe"], inks["subscribe"]) > 7
