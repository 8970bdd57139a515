"""The player and the profile: everything on the screen, where it was measured."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.card import Box, Card, Theme, View
from studio.core.post import Content, Media
from studio.platforms import get
from studio.platforms.tiktok import spec
from tests.platforms.fakes import Ruler, content, media
from tests.platforms.layouts import TEXTS, assert_sound, contrast, geometry, named, pictures

TIKTOK = get("tiktok")
CLIP = media("a.mp4", 1080, 1920, kind="video")
SURFACES = st.sampled_from(["video", "photo", "profile"])


def card(
    what: Content, width: float = 375, surface: str = "video", language: str = "en", theme: Theme = "dark", **more: Any
) -> Card:
    return TIKTOK.layout(what, View(surface, width, theme, language, **more), Ruler())


def post(text: str = "好", *files: Media, **more: Any) -> Content:
    return content("tiktok", text, pictures=files, **{"mode": "assisted", **more})


def box(drawn: Card, name: str) -> Box:
    return next(b for b in drawn.boxes if b.name == name)


@settings(max_examples=60, deadline=None)
@given(
    TEXTS, pictures(6), SURFACES, st.sampled_from([375.0, 412.0, 160.0, 800.0]), st.sampled_from([0.85, 1.0, 1.6, 3.0]),
    st.booleans(), st.integers(0, 9),
)
def test_any_post_is_sound(
    text: str, files: tuple[Media, ...], surface: str, width: float, size: float, unfolded: bool, page: int
) -> None:
    what = post(text, *files, title="题目 " * 9)
    given: dict[str, Any] = {"text": size, "unfolded": unfolded, "page": page, "others": files}
    drawn = card(what, width, surface, **given)
    assert_sound(drawn)
    assert geometry(drawn) == geometry(card(what, width, surface, theme="light", **given))
    assert not (unfolded and drawn.folded) and all(b.rule for b in drawn.boxes)


def middle(drawn: Card, name: str) -> tuple[float, float]:
    """Where a box's centre is on the picture of 1080 x 1920."""
    stage, shown = box(drawn, "stage"), box(drawn, name)
    scale = 1080 / stage.w
    return (shown.x + shown.w / 2 - stage.x) * scale, (shown.y + shown.h / 2 - stage.y) * scale


@pytest.mark.parametrize("width", [375.0, 390.0, 412.0])
@pytest.mark.parametrize(("name", "y"), [
    ("action:options", 829), ("avatar", 973), ("follow", 1025), ("action:like", 1150), ("action:comment", 1330),
    ("action:collect", 1490), ("action:share", 1650), ("disc", 1867),
])
def test_the_rail_is_where_it_was_measured(width: float, name: str, y: float) -> None:
    assert middle(card(post("好", CLIP), width), name) == pytest.approx((1003, y), abs=1)


@pytest.mark.parametrize("width", [375.0, 390.0, 412.0])
def test_nothing_lies_in_the_zone_that_is_said_to_be_free(width: float) -> None:
    drawn = card(post("好", CLIP), width)
    stage = box(drawn, "stage")
    scale = 1080 / stage.w
    over = [b for b in drawn.boxes if b.kind in ("icon", "text", "avatar") and b.name != "top:search"]
    for each in over:
        at = ((each.x - stage.x) * scale, (each.y - stage.y) * scale, each.w * scale, each.h * scale)
        left, top = max(24.0, at[0]), max(160.0, at[1])
        right = min(930.0 if at[1] + at[3] > 780 else 1050.0, at[0] + at[2])
        assert left >= right or top >= min(1715.0, at[1] + at[3]), each.name


def test_the_screen_grows_for_large_words() -> None:
    large = card(post("字" * 300, CLIP), text=3.0, unfolded=True)
    assert large.height > 812 and box(large, "body").y > box(large, "top:mark").y
    stage = box(large, "stage")
    assert (stage.w, stage.h) == pytest.approx((375, 375 * 16 / 9)) and middle(large, "disc")[1] == pytest.approx(1867)


def test_photos_are_swiped() -> None:
    drawn = card(post("好", *(media(f"{n}.jpg") for n in range(12)), title="旧书店"), surface="photo", page=11)
    assert (drawn.pages, drawn.page) == (12, 11) and len(named(drawn, "dot:")) == 9
    assert [b.name for b in named(drawn, "dot:") if b.token == "dot.on"] == ["dot:12"]
    assert box(drawn, "image:12").w == 375 and box(drawn, "title").text == "旧书店"
    assert not named(card(post("好", CLIP, title="x")), "title")
    assert box(card(post("好", media())), "no_media").text == "A video goes here"
    assert box(card(post("好", CLIP), surface="photo"), "no_media").text == "Pictures go here"


def test_the_caption_folds_after_two_lines() -> None:
    body = box(card(post("字" * 200, CLIP)), "body")
    assert body.folded and len(body.lines) == 2 and body.text.endswith("… more")
    whole = box(card(post("字" * 200, CLIP, tags=("a",)), unfolded=True, language="zh_TW"), "body")
    assert whole.text == "字" * 200 + " #a 收起"
    assert [(whole.text[r.start : r.end], r.weight) for r in whole.runs] == [("#a", 700), ("收起", 700)]


def test_the_profile_begins_with_this_post() -> None:
    drawn = card(post("好", media("a"), media("b")), surface="profile", others=(media("c"),))
    cells = named(drawn, "cell:")
    assert [c.kind for c in cells] == ["image"] * 2 + ["fill"] * 7 and named(drawn, "several")
    assert cells[0].w / cells[0].h == pytest.approx(3 / 4)
    assert not named(card(post("好", CLIP), surface="profile"), "several")
    assert card(post("好", CLIP), surface="profile").boxes[0].token == "page"


def test_every_text_can_be_read() -> None:
    looks: tuple[Theme, ...] = ("light", "dark")
    for inks in map(spec.tokens, looks):
        assert contrast(inks["text"], inks["card"]) > 7 and contrast(inks["muted"], inks["card"]) > 4.5
        assert contrast(inks["page.text"], inks["page"]) >= 4.5


@pytest.mark.parametrize("unfolded", [False, True])
def test_the_shade_reaches_above_the_words(unfolded: bool) -> None:
    drawn = card(post("字" * 500, CLIP), unfolded=unfolded)
    shade = box(drawn, "shade.bottom")
    assert shade.y < box(drawn, "name").y and shade.y + shade.h == box(drawn, "bar").y
