"""Times as people write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from studio.platforms.moments import age, clock, counted, day

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def test_age() -> None:
    assert age(NOW - timedelta(hours=2), NOW) == 7200 and age(NOW + timedelta(hours=2), NOW) == 0
    assert age(None, NOW) is None and age(NOW, None) is None


def test_day() -> None:
    assert day(NOW, "en") == "Nov 24, 2026" and day(NOW, "en", year=False) == "Nov 24"
    assert day(NOW, "zh_CN") == "2026年11月24日" and day(NOW, "zh_TW", year=False) == "11月24日"


@pytest.mark.parametrize(("seconds", "says"), [
    (0, "0:00"), (6.6, "0:07"), (65, "1:05"), (3599.6, "1:00:00"), (3723, "1:02:03"), (-5, "0:00"),
])
def test_clock(seconds: float, says: str) -> None:
    assert clock(seconds) == says


@pytest.mark.parametrize(("seconds", "says"), [(59, None), (60, "1 m"), (3600, "1 h"), (90_000, "25 h")])
def test_counted(seconds: float, says: str | None) -> None:
    words = {"hours": "{n} h", "minutes": "{n} m"}
    assert counted(seconds, (("hours", 3600), ("minutes", 60)), words.__getitem__) == says
