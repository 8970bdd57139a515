"""What is drawn in place of what was written, and where it is cut."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.platforms.chips import whole
from studio.platforms.weibo.shown import MARKS, fold, shown, without_card
from studio.platforms.weibo.times import said
from tests.platforms.layouts import TEXTS

BEIJING = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 24, 0, 30, tzinfo=BEIJING)


def marked(text: str) -> list[tuple[str, str]]:
    drawn, spans = shown(text, "网页链接")
    return [(drawn[s.start : s.end], s.kind) for s in spans]


def test_what_is_coloured() -> None:
    assert marked("#a b#@梅_1-x https://a.cn/b#周末[超话]#") == [
        ("#a b#", "topic"), ("@梅_1-x", "mention"), ("〓网页链接", "link"),
    ]
    assert marked("#北京[超话]# #北京#") == [("〓北京超话", "super"), ("#北京#", "topic")]
    assert marked("a#b @ ## [nobody]") == []
    assert marked("好[doge][哈哈]") == [("〓", "face"), ("〓", "face")]


def test_a_long_title_is_cut() -> None:
    assert shown("https://a.cn", "周" * 27)[0] == "〓" + "周" * 27
    assert shown("https://a.cn", "周" * 28)[0] == "〓" + "周" * 27 + "…"


def test_the_address_of_the_card_goes_only_from_the_end() -> None:
    assert without_card("看 https://a.cn/x", "https://a.cn/x") == "看"
    assert without_card("https://a.cn/x 看", "https://a.cn/x") == "https://a.cn/x 看"
    assert without_card("看", "") == "看"


@given(TEXTS, st.integers(1, 40))
def test_a_fold_cuts_nothing_in_two(text: str, most: int) -> None:
    end = fold(text, most, 10)
    if end is None:
        return
    assert end < len(text) and not text[:end].endswith((" ", "\n"))
    inside = [(a, b) for a, b in whole(text, MARKS) if a < end < b]
    assert not inside or not text[: inside[0][0]].strip()  # but for one that nothing stands before


@pytest.mark.parametrize(("ago", "wanted"), [
    (timedelta(minutes=-5), "刚刚"), (timedelta(0), "刚刚"), (timedelta(minutes=59), "59分钟前"),
    (timedelta(hours=1), "昨天 23:30"), (timedelta(hours=25), "11-22"), (timedelta(days=350), "25-12-09"),
])
def test_when_it_was(ago: timedelta, wanted: str) -> None:
    assert said((NOW - ago).astimezone(UTC), NOW, "zh_CN") == wanted


def test_when_it_was_in_english() -> None:
    noon = NOW.replace(hour=12)
    assert said(noon - timedelta(minutes=65), noon, "en") == "1 h ago"
    assert said(noon - timedelta(hours=3), noon, "en") == "3 h ago"
    assert said(None, noon, "en") == said(noon, None, "en") == "Just now"
