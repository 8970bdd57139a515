"""How a post looks, beyond the reference cases of `tests/previews`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.card import Box, Card, View
from studio.core.post import Reply
from studio.platforms import get
from studio.platforms.threads import spec
from studio.platforms.threads.layout_strip import height, seen, widths
from studio.platforms.threads.times import when
from tests.platforms.fakes import Ruler, content, media
from tests.platforms.layouts import TEXTS, assert_sound, contrast, named, pictures

THREADS = get("threads")
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def draw(said: str = "hello", surface: str = "feed", width: float = 375, given_: Any = None, **view: Any) -> Card:
    what = content("threads", said, **{"mode": "assisted", **(given_ or {})})
    return THREADS.layout(what, View(surface, width, **view), Ruler())


def one(of: Card, name: str) -> Box:
    return next(box for box in of.boxes if box.name == name)


@settings(max_examples=40, deadline=None)
@given(TEXTS, pictures(12), st.sampled_from(["feed", "desktop"]), st.sampled_from([160.0, 375.0, 640.0]),
       st.sampled_from([0.85, 1.0, 2.0]), st.integers(-1, 30), st.sampled_from(["", "咖啡 馆", "x" * 50]))
def test_any_card_is_sound(
    said: str, shown: Any, surface: str, width: float, size: float, page: int, topic: str
) -> None:
    more = {"pictures": shown, "tags": (topic,), "link": "https://example.com/x", "replies": (Reply("more"),)}
    assert_sound(draw(said, surface, width, more, text=size, page=page))


@given(pictures(12).filter(bool), st.integers(0, 11), st.floats(60, 900))
def test_a_strip_shows_a_stretch_of_the_files(shown: Any, page: int, room: float) -> None:
    page, high = min(page, len(shown) - 1), height(shown, room)
    parts = seen(shown, page, room, high)
    numbers = [part.number for part in parts]
    assert numbers == list(range(numbers[0], numbers[-1] + 1)) and page in numbers
    for before, after in pairwise(parts):
        assert after.x - before.x - before.w == pytest.approx(8)
    assert all(p.x >= 0 and p.x + p.w <= room + 1e-6 for p in parts)
    assert all(wide <= room * 0.8 + 1e-6 for wide in widths(shown, high))
    assert all(part.whole for part in parts[1:-1])


def test_a_file_that_an_edge_hides_has_square_corners_there() -> None:
    files = [media(str(n), 1000, 1000) for n in range(3)]
    first, last = one(draw(given_={"pictures": files}), "image:1"), one(draw(given_={"pictures": files}), "part:2")
    assert first.corners == (True, True, True, True) and last.corners == (True, False, False, True)
    assert last.x + last.w == 375
    end = draw(given_={"pictures": files}, page=9)
    assert (end.page, end.pages) == (2, 3) and one(end, "part:2").corners == (False, True, True, False)


def test_a_clip_is_silent_until_it_is_tapped() -> None:
    clip = media("a.mp4", 1080, 1920, kind="video")
    assert one(draw(given_={"pictures": [clip]}), "mute.icon").icon == "volume-x"
    assert not named(draw(given_={"pictures": [media()]}), "mute")


@pytest.mark.parametrize(("ago", "said"), [
    (timedelta(seconds=-9), ("now", "刚刚", "剛剛")), (timedelta(seconds=59), ("now", "刚刚", "剛剛")),
    (timedelta(minutes=1), ("1m", "1分钟", "1分鐘")), (timedelta(hours=1), ("1h", "1小时", "1小時")),
    (timedelta(days=6, hours=23), ("6d", "6天", "6天")),
    (timedelta(days=7), ("11/17/2026", "2026-11-17", "2026-11-17")),
])
def test_times(ago: timedelta, said: tuple[str, str, str]) -> None:
    assert tuple(when(NOW - ago, NOW, code) for code in ("en", "zh_CN", "zh_TW")) == said


def test_words_can_be_read() -> None:
    """The platform's own grey (#999999, #777777) is lighter than readers need; it is shown as it is."""
    for theme in ("light", "dark"):
        tokens = spec.tokens(theme)
        assert contrast(tokens["text"], tokens["card"]) >= 7 and contrast(tokens["action"], tokens["card"]) >= 4.5
