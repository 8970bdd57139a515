"""When a post was published, in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.card import View
from studio.platforms.wechat.times import brief, full

CHINA = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 30, 0, 30, tzinfo=CHINA)


def view(posted: datetime | None, now: datetime | None = NOW, language: str = "zh_CN") -> View:
    return View("image", 375, language=language, posted=posted, now=now)


@pytest.mark.parametrize(("posted", "wanted"), [
    (NOW, "刚刚"), (NOW + timedelta(minutes=5), "刚刚"), (NOW - timedelta(minutes=1), "1分钟前"),
    (NOW - timedelta(minutes=31), "31分钟前"), (NOW - timedelta(hours=1), "昨天23:30"),
    (NOW - timedelta(days=2), "11月28日00:30"), (datetime(2026, 1, 1, tzinfo=CHINA), "1月1日00:00"),
    (datetime(2025, 12, 31, 9, 5, tzinfo=CHINA), "2025年12月31日09:05"), (None, "刚刚"),
    (datetime(2026, 11, 28, 16, 30, tzinfo=UTC), "昨天00:30"),
])
def test_in_few_words(posted: datetime | None, wanted: str) -> None:
    assert brief(view(posted)) == wanted


def test_today_needs_an_hour_to_have_passed() -> None:
    noon = NOW.replace(hour=12)
    assert brief(view(NOW, noon)) == "今天00:30" and brief(view(NOW, None)) == "刚刚"
    assert brief(view(NOW, noon, "en")) == "Today 00:30" and brief(view(NOW, noon, "zh_TW")) == "今天00:30"


def test_in_full() -> None:
    assert full(view(datetime(2026, 3, 5, 9, 5, tzinfo=CHINA))) == "2026年3月5日 09:05"
    assert full(view(None)) == "2026年11月30日 00:30" and full(view(None, None)) == "刚刚"
    assert full(view(NOW, language="en")) == "2026-11-30 00:30"


@given(st.datetimes(timezones=st.just(CHINA)), st.datetimes(timezones=st.just(CHINA)),
       st.sampled_from(["en", "zh_CN", "zh_TW"]))
def test_always_something(posted: datetime, now: datetime, language: str) -> None:
    for said in (brief(view(posted, now, language)), full(view(posted, now, language))):
        assert said and "{" not in said
