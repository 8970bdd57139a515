from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from studio.platforms.facebook.times import when

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(("ago", "said"), [
    (timedelta(seconds=-5), ("Just now", "刚刚", "剛剛")), (timedelta(seconds=59), ("Just now", "刚刚", "剛剛")),
    (timedelta(minutes=1), ("1m", "1分钟", "1分鐘")), (timedelta(minutes=59, seconds=59), ("59m", "59分钟", "59分鐘")),
    (timedelta(hours=1), ("1h", "1小时", "1小時")), (timedelta(hours=23), ("23h", "23小时", "23小時")),
    (timedelta(days=1), ("1d", "1天", "1天")), (timedelta(days=6, hours=23), ("6d", "6天", "6天")),
    (timedelta(days=7), ("November 17", "11月17日", "11月17日")),
    (timedelta(days=365), ("November 24, 2025", "2025年11月24日", "2025年11月24日")),
])
def test_it_is_said_in_each_language(ago: timedelta, said: tuple[str, str, str]) -> None:
    assert tuple(when(NOW - ago, NOW, language) for language in ("en", "zh_CN", "zh_TW")) == said


def test_the_day_is_that_of_whoever_looks() -> None:
    from zoneinfo import ZoneInfo

    there = datetime(2026, 12, 1, 8, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert when(datetime(2026, 11, 20, 23, tzinfo=UTC), there, "en") == "November 21"


def test_without_a_time_it_is_now() -> None:
    assert when(None, NOW, "en") == when(NOW, None, "en") == "Just now"
