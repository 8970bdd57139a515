"""Timeline and embed, held to numbers of the sources in the table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.card import Box, Card, View
from studio.platforms.twitter import spec
from studio.platforms.twitter.layout import layout
from studio.platforms.twitter.shown import short_address, shown
from studio.platforms.twitter.when import moment, stamp
from tests.platforms.fakes import Ruler, content, media
from tests.platforms.layouts import TEXTS, assert_sound, contrast, geometry, named, pictures

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
SURFACES = st.sampled_from(["timeline", "post"])


def card(text: str = "hello", *, surface: str = "timeline", width: float = 598, view: Any = None, **more: Any) -> Card:
    return layout(content("twitter", text, **more), View(surface, width, **(view or {})), Ruler())


def one(of: Card, name: str) -> Box:
    return next(box for box in of.boxes if box.name == name)


@given(TEXTS, pictures(5), SURFACES, st.sampled_from([160.0, 375.0, 598.0]), st.sampled_from(["", "https://a.cn/x"]),
       st.sampled_from(["", "large", "summary"]), st.sampled_from([1.0, 1.6]), st.booleans())
def test_any_card_is_sound(text, shown_, surface, width, link, kind, size, unfolded) -> None:
    given_ = {"pictures": shown_, "link": link, "title": "标题" * 9, "options": {"card": kind}}
    view = {"text": size, "unfolded": unfolded}
    light = card(text, surface=surface, width=width, view=view, **given_)
    assert_sound(light)
    dark = card(text, surface=surface, width=width, view={**view, "theme": "dark", "language": "en"}, **given_)
    assert geometry(light) == geometry(dark)
    assert all(box.rule for box in light.boxes)


@pytest.mark.parametrize("surface", ["timeline", "post"])
def test_hard_ones(surface: str) -> None:
    hard: list[dict[str, Any]] = [
        {"text": "x" * 5000}, {"pictures": [media("t", 1, 12_000)]}, {"text": "", "name": "", "handle": ""},
        {"pictures": [media(str(n)) for n in range(500)]}, {"text": "مرحبا " * 200}, {"name": "名" * 90},
    ]
    for what in hard:
        assert_sound(card(**{"surface": surface, "width": 160, **what}))


def test_only_the_outer_corners_of_a_grid_are_round() -> None:
    four = named(card(pictures=[media(str(n)) for n in range(4)]), "image:")
    assert [sum(b.corners or ()) for b in four] == [1, 1, 1, 1]
    assert [b.corners for b in named(card(pictures=[media()]), "image:")] == [(True,) * 4]


def test_badges_stand_at_the_left_of_the_bottom() -> None:
    made = card(pictures=[media("a.gif", alt="A cup")])
    gif, alt, picture = one(made, "gif:1"), one(made, "alt:1"), one(made, "image:1")
    assert (gif.x, gif.y + gif.h) == (picture.x + 12, picture.y + picture.h - 12) and alt.x > gif.x + gif.w
    clip = card(pictures=[media("v.mp4", kind="video", duration=Fraction(65))])
    assert one(clip, "duration:1").text == "1:05" and one(clip, "video:1").kind == "video"


@pytest.mark.parametrize(("address", "short"), [
    ("https://www.example.com/a", "example.com/a"), ("https://example.com/" + "a" * 15, "example.com/" + "a" * 15),
    ("https://example.com/" + "a" * 16, "example.com/" + "a" * 15 + "…"), ("example.com/a", "example.com/a"),
])
def test_addresses_are_short(address: str, short: str) -> None:
    assert short_address(address) == short


def test_the_address_of_the_card_is_not_shown() -> None:
    assert one(card("看 https://a.com/x"), "body").text == "看" and one(card("看 https://a.com/x"), "link.host")
    assert one(card("https://a.com/x 看"), "body").text == "a.com/x 看"
    assert one(card("看 https://a.com/x", pictures=[media()]), "body").text == "看 a.com/x"
    assert one(card("a https://b.com https://a.com/x"), "link.host").text == "From a.com"


def test_the_two_cards() -> None:
    large, small = (card("x", link="https://a.com/x", title="标题", options={"card": k}) for k in ("", "summary"))
    assert one(large, "link.title").kind == "badge" and one(large, "link.title").text == "标题"
    assert one(small, "link.picture").w == one(small, "link.picture").h == 125
    assert one(small, "link.host").text == "a.com" and one(small, "link.title").text == "标题"


def test_a_long_post_folds_by_its_weight() -> None:
    made = card("周" * 141)
    assert one(made, "body").folded and len(one(made, "body").text) == 140 and one(made, "more").text == "Show more"
    assert not one(card("周" * 141, view={"unfolded": True}), "body").folded
    assert not one(card("周" * 141, surface="post"), "body").folded
    tagged = shown("x " * 135 + "#a-long-tag-that-is-cut #abcdefghijkl", "link", card=False, whole=False)
    assert tagged.folded and not tagged.text.endswith("#")


@given(TEXTS, st.integers(0, 40))
def test_more_text_never_shows_more(text: str, more: int) -> None:
    first, second = (shown(t, "link", card=False, whole=False) for t in (text * 9, text * 9 + "周" * more))
    assert not first.folded or second.folded
    assert not first.folded or first.text == second.text


@pytest.mark.parametrize(("ago", "says"), [
    (timedelta(seconds=0), "now"), (timedelta(seconds=5), "5s"), (timedelta(minutes=3), "3m"),
    (timedelta(hours=23, minutes=59), "23h"), (timedelta(days=1), "Nov 23"), (timedelta(days=365), "Nov 24, 2025"),
    (timedelta(seconds=-5), "now"),
])
def test_times(ago: timedelta, says: str) -> None:
    assert stamp(NOW - ago, NOW, "en") == says


def test_times_in_chinese_and_on_its_page() -> None:
    assert stamp(NOW - timedelta(minutes=3), NOW, "zh_CN") == "3分钟"
    assert stamp(NOW - timedelta(days=9), NOW, "zh_TW") == "11月15日" and stamp(None, None, "zh_CN") == "刚刚"
    assert moment(NOW, "en") == "9:30 AM · Nov 24, 2026" and moment(None, "en") == "now"
    assert moment(NOW.replace(hour=0), "zh_CN") == "上午12:30 · 2026年11月24日"
    assert one(card(view={"posted": NOW - timedelta(hours=2), "now": NOW}), "time").text == "· 2h"


def test_larger_text_grows_words_and_not_pictures() -> None:
    small, large = (card("x", pictures=[media()], view={"text": t}) for t in (1.0, 1.6))
    assert one(large, "body").h == 1.6 * one(small, "body").h and one(large, "image:1").w == one(small, "image:1").w


def test_text_can_be_read() -> None:
    """At least 4.5:1, but for the app's own blue on white (2.8:1), which is shown as it is."""
    for theme, tokens in {"light": spec.tokens("light"), "dark": spec.tokens("dark")}.items():
        assert all(contrast(tokens[name], tokens["card"]) >= 4.3 for name in ("text", "muted", "post-link")), theme
