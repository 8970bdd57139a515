"""Dates and drags: the time of day is kept on the zone's clock, also over changes of summer time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.delivery import State
from studio.services.calendar import MOVABLE as SERVICE_MOVABLE
from studio.ui.calendar.month import (
    MOVABLE,
    Item,
    bounds,
    by_day,
    draft_landing,
    landing,
    moved,
    skipped,
    step_month,
    suggested,
    weeks,
)

ZONES = ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"]
zones = st.sampled_from(ZONES).map(ZoneInfo)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)).map(lambda d: d.replace(tzinfo=UTC, microsecond=0))
days = st.dates(date(2020, 1, 2), date(2034, 12, 30))
BERLIN = ZoneInfo("Europe/Berlin")


def item(at: datetime, zone: ZoneInfo, **changes: object) -> Item:
    wall = at.astimezone(zone)
    made = Item("d1", "p1", "a1", State.SCHEDULED, at, wall.date(), f"{wall:%H:%M}", "Road book", "P", "#8A7258")
    return replace(made, **changes)  # type: ignore[arg-type]


def test_the_grid_lets_move_what_the_service_lets_move():
    assert frozenset(SERVICE_MOVABLE) == MOVABLE


@given(moments, days, zones)
def test_a_move_keeps_the_time_of_day_and_lands_on_the_day(at, day, zone):
    there = moved(at, day, zone).astimezone(zone)
    if skipped(at, day, zone):
        assert there.date() == day and (there.replace(tzinfo=None) - at.astimezone(zone).replace(
            tzinfo=None, year=day.year, month=day.month, day=day.day)) <= timedelta(hours=1)
    else:
        assert there.date() == day
        assert (there.hour, there.minute) == (at.astimezone(zone).hour, at.astimezone(zone).minute)


@given(moments, days, zones)
def test_moving_there_and_back_is_where_it_was(at, day, zone):
    first_of_two = at.astimezone(zone).fold == 0
    if first_of_two and not skipped(at, day, zone):
        assert moved(moved(at, day, zone), at.astimezone(zone).date(), zone) == at


def test_noon_in_berlin_is_another_utc_hour_after_the_clocks_change():
    before = datetime(2026, 10, 24, 10, 0, tzinfo=UTC)  # 12:00 CEST
    assert moved(before, date(2026, 10, 26), BERLIN) == datetime(2026, 10, 26, 11, 0, tzinfo=UTC)


def test_the_hour_that_summer_time_skips_is_said_and_moved_behind_the_gap():
    early = datetime(2026, 3, 20, 1, 30, tzinfo=UTC)  # 02:30 CET
    now = datetime(2026, 3, 1, tzinfo=UTC)
    found = landing(item(early, BERLIN), date(2026, 3, 29), now, BERLIN, [])
    assert (found.verdict, found.reason) == ("warn", "skipped")
    assert found.at is not None and f"{found.at.astimezone(BERLIN):%H:%M}" == "03:30"


@given(moments, days, zones)
def test_the_past_is_refused_and_only_the_past(now, day, zone):
    thing = item(now + timedelta(hours=3), zone)
    found = landing(thing, day, now, zone, [])
    assert (found.verdict == "bad") == (moved(thing.at, day, zone) < now)
    assert (found.at is None) == (found.verdict == "bad")


def test_two_posts_to_one_account_at_one_time_are_a_warning():
    zone = ZoneInfo("Asia/Shanghai")
    now = datetime(2026, 12, 1, tzinfo=UTC)
    mine = item(datetime(2026, 12, 16, 12, 0, tzinfo=UTC), zone)
    there = replace(mine, id="d2", at=datetime(2026, 12, 17, 12, 0, tzinfo=UTC))
    assert landing(mine, date(2026, 12, 17), now, zone, [mine, there]).reason == "taken"
    assert landing(mine, date(2026, 12, 17), now, zone, [replace(there, account="a2")]).verdict == "ok"
    assert landing(mine, date(2026, 12, 17), now, zone, [replace(there, state=State.CANCELLED)]).verdict == "ok"


@given(moments, st.integers(0, 400), zones)
def test_a_suggested_time_is_never_past_and_on_the_full_hour(now, ahead, zone):
    day = now.astimezone(zone).date() + timedelta(days=ahead)
    at = suggested(day, now, zone)
    assert at > now or at - now < timedelta(hours=2)
    assert at >= now
    if zone.key != "Australia/Lord_Howe":
        assert at.astimezone(zone).minute == 0
    if ahead:
        assert (at.astimezone(zone).date(), at.astimezone(zone).hour) == (day, 9)
        assert draft_landing(day, now, zone).at == at


def test_a_draft_is_refused_on_a_past_day():
    now = datetime(2026, 12, 9, 10, 0, tzinfo=UTC)
    assert draft_landing(date(2026, 12, 8), now, BERLIN).verdict == "bad"


@pytest.mark.parametrize("zone", ZONES)
def test_the_span_of_a_grid_begins_and_ends_at_midnight_there(zone):
    where = ZoneInfo(zone)
    start, end = bounds(weeks(date(2026, 3, 1)), where)
    assert (start.astimezone(where).hour, end.astimezone(where).hour) == (0, 0)
    assert end.astimezone(where).date() - start.astimezone(where).date() == timedelta(days=42)


def test_months_step_over_the_year():
    assert step_month(date(2026, 12, 1), 1) == date(2027, 1, 1)
    assert step_month(date(2026, 1, 1), -1) == date(2025, 12, 1)


def test_items_are_sorted_into_their_days():
    zone = ZoneInfo("Asia/Shanghai")
    late, early = (item(datetime(2026, 12, 9, h, 0, tzinfo=UTC), zone, id=str(h)) for h in (12, 1))
    assert [i.id for i in by_day([late, early])[date(2026, 12, 9)]] == ["1", "12"]
