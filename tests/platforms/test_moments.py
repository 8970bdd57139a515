"""Pieces of the times that feeds show."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from studio.platforms.moments import age, clock, day, lately

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=timezone(timedelta(hours=8)))
WORDS = {"now": "now", "minutes": "{n} min", "hours": "{n} h", "yesterday": "yesterday {time}"}


@pytest.mark.parametrize(("ago", "wanted"), [
    (timedelta(minutes=-5), "now"), (timedelta(seconds=59), "now"), (timedelta(minutes=1), "1 min"),
    (timedelta(minutes=59, seconds=59), "59 min"), (timedelta(hours=1), "1 h"), (timedelta(hours=12), "12 h"),
    (timedelta(hours=12, seconds=1), "yesterday 23:59"), (timedelta(hours=36), "yesterday 00:00"),
    (timedelta(hours=36, seconds=1), None), (timedelta(days=800), None),
])
def test_what_was_lately(ago: timedelta, wanted: str | None) -> None:
    assert lately((NOON - ago).astimezone(UTC), NOON, WORDS.__getitem__) == wanted


def test_what_is_fresh_and_what_nobody_knows() -> None:
    assert lately(NOON - timedelta(minutes=9), NOON, WORDS.__getitem__, 600) == "now"
    assert lately(None, NOON, WORDS.__getitem__) == lately(NOON, None, WORDS.__getitem__) == "now"
    assert age(None, NOON) is age(NOON, None) is None and age(NOON + timedelta(1), NOON) == 0


def test_days_and_lengths() -> None:
    assert day(NOON, "en") == "Nov 24, 2026" and day(NOON, "zh_TW", year=False) == "11月24日"
    assert [clock(n) for n in (0, 65, 3723, -4)] == ["0:00", "1:05", "1:02:03", "0:00"]
