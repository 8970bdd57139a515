"""How a card is asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from studio.core.card import View

CHINA = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 24, 1, 0, tzinfo=CHINA)


def test_both_times_are_on_the_readers_clock() -> None:
    view = View("feed", 375, posted=datetime(2026, 11, 23, 17, 0, tzinfo=UTC), now=NOW)
    assert (view.posted, view.posted and view.posted.tzinfo, view.now) == (NOW, CHINA, NOW)


def test_a_time_without_a_zone_is_read_on_the_others_clock() -> None:
    plain = datetime(2026, 11, 24, 0, 30)
    assert View("feed", 375, posted=plain, now=NOW).posted == plain.replace(tzinfo=CHINA)
    assert View("feed", 375, posted=NOW, now=plain).now == plain.replace(tzinfo=CHINA)
    assert replace(View("feed", 375, now=NOW), posted=plain).posted == plain.replace(tzinfo=CHINA)


def test_one_time_alone_or_two_without_zones_stay_as_they_are() -> None:
    plain = datetime(2026, 11, 24, 0, 30)
    assert View("feed", 375, posted=plain).posted == plain
    assert View("feed", 375, now=NOW).posted is None
    both = View("feed", 375, posted=plain, now=plain)
    assert (both.posted, both.now) == (plain, plain)
