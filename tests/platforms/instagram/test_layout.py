"""How a post looks, beyond the reference cases of `tests/previews`."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.card import Box, Card, View
from studio.platforms import get
from studio.platforms.instagram import spec
from studio.platforms.instagram.layout import dots_of
from studio.platforms.instagram.times import short, when
from tests.platforms.fakes import Ruler, content, media
from tests.platforms.layouts import TEXTS, assert_sound, contrast, named, pictures

IG = get("instagram")
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
CLIP = media("a.mp4", 1080, 1920, kind="video")
ONE = (media(),)


def draw(said: str = "hello", surface: str = "feed", shown: Any = ONE, width: float = 375, **view: Any) -> Card:
    what = content("instagram", said, mode="assisted", pictures=shown)
    return IG.layout(what, View(surface, width, **view), Ruler())


def one(of: Card, name: str) -> Box:
    return next(box for box in of.boxes if box.name == name)


@settings(max_examples=40, deadline=None)
@given(TEXTS, pictures(12), st.sampled_from(["feed", "desktop", "reel", "grid"]),
       st.sampled_from([160.0, 375.0, 700.0]), st.sampled_from([0.85, 1.0, 2.0]), st.integers(-1, 30), st.booleans())
def test_any_card_is_sound(
    said: str, shown: Any, surface: str, width: float, size: float, page: int, unfolded: bool
) -> None:
    assert_sound(draw(said, surface, shown, width, text=size, page=page, unfolded=unfolded))


@given(st.integers(1, 40), st.data())
def test_the_dot_that_is_on_is_among_five(number: int, data: st.DataObject) -> None:
    page = data.draw(st.integers(0, number - 1))
    dots = dots_of(number, page)
    assert page in [at for at, _ in dots] and len(dots) == min(number, 5)
    small = [at for at, is_small in dots if is_small]
    assert (0 not in small) and (number - 1 not in small) and len(small) <= 2


def test_the_page_is_kept_within_what_there_is() -> None:
    files = [media(str(n)) for n in range(3)]
    made = draw(shown=files, page=7)
    assert (made.page, made.pages) == (2, 3) and one(made, "number").text == "3/3"
    assert [b.token for b in named(made, "dot:")] == ["dot", "dot", "dot.on"]
    assert (draw().page, draw().pages) == (0, 1)


def test_a_clip_is_silent_until_it_is_tapped() -> None:
    made = draw(shown=[CLIP])
    assert one(made, "mute.icon").icon == "volume-x" and one(made, "mute").y + 26 + 12 == pytest.approx(56 + 468.75)
    assert not named(draw(), "mute")


def test_a_long_name_leaves_room_for_words() -> None:
    what = content("instagram", "hello", mode="assisted", handle="x" * 5000)
    body = one(IG.layout(what, View("feed", 375), Ruler()), "body")
    assert body.text.endswith("… hello") and len(body.text) < 60


def test_the_profile_shows_at_most_twelve() -> None:
    others = tuple(replace(media(), media=f"o{n}", kind="video" if n == 1 else "image") for n in range(40))
    made = draw(surface="grid", others=others)
    cells = named(made, "cell:")
    assert len(cells) == 12 and [c.media for c in cells[1:3]] == ["o0", "o1"]
    assert [b.name for b in named(made, "mark:")] == ["mark:3"]
    assert [c.kind for c in named(draw(surface="grid", shown=()), "cell:")][:2] == ["fill", "fill"]


@pytest.mark.parametrize(("ago", "long", "brief"), [
    (timedelta(seconds=-9), "Just now", "now"), (timedelta(seconds=59), "Just now", "now"),
    (timedelta(minutes=1), "1 minute ago", "1m"), (timedelta(hours=1), "1 hour ago", "1h"),
    (timedelta(hours=23, minutes=59), "23 hours ago", "23h"), (timedelta(days=1), "1 day ago", "1d"),
    (timedelta(days=7), "November 17", "1w"), (timedelta(days=400), "October 20, 2025", "57w"),
])
def test_times(ago: timedelta, long: str, brief: str) -> None:
    assert (when(NOW - ago, NOW, "en"), short(NOW - ago, NOW, "en")) == (long, brief)


def test_times_in_chinese() -> None:
    then = NOW - timedelta(hours=3)
    assert [when(then, NOW, code) for code in ("zh_CN", "zh_TW")] == ["3小时前", "3小時前"]
    assert when(NOW - timedelta(days=400), NOW, "zh_TW") == "2025年10月20日" and when(None, NOW, "zh_CN") == "刚刚"


def test_every_text_can_be_read() -> None:
    for theme in ("light", "dark"):
        tokens = spec.tokens(theme)
        for name in ("text", "muted", "link"):
            assert contrast(tokens[name], tokens["card"]) >= 4.5, (theme, name)
