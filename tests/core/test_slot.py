from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.errors import Refused
from studio.core.slot import GRACE, Late, Slot, due, iso, skipped, to_utc, twice, zone

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
lates = st.sampled_from([Late("post", 15), Late("post", 120), Late("ask", 0), Late("skip", 0)])
slots = st.lists(
    st.builds(lambda n, minutes, late: (n, minutes, late), st.uuids(), st.integers(-10_000, 10_000), lates),
    max_size=20, unique_by=lambda x: x[0],
).map(lambda rows: [Slot(str(n), NOW + timedelta(minutes=m), late) for n, m, late in rows])


@given(slots)
def test_each_slot_is_sent_missed_or_still_to_come(rows):
    found = due(rows, NOW)
    future = {s.delivery for s in rows if s.at > NOW}
    assert set(found.send) | set(found.missed) | future == {s.delivery for s in rows}
    assert len(found.send) + len(found.missed) + len(future) == len(rows)
    assert found.next == min((s.at for s in rows if s.at > NOW), default=None)
    at = {s.delivery: s.at for s in rows}
    assert [at[d] for d in found.send] == sorted(at[d] for d in found.send)


@given(st.integers(0, 10_000), lates)
def test_late_means_later_than_its_own_rule(minutes, late):
    found = due([Slot("d", NOW - timedelta(minutes=minutes), late)], NOW)
    allowed = max(GRACE, timedelta(minutes=late.minutes))
    assert bool(found.missed) == (timedelta(minutes=minutes) > allowed)


@pytest.mark.parametrize("text", ["post:15m", "post:90m", "ask", "skip"])
def test_late_policies_read_and_write(text):
    assert str(Late.parse(text)) == text


def test_hours_are_minutes_too():
    assert Late.parse("post:2h") == Late("post", 120)


@pytest.mark.parametrize("text", ["", "post", "post:", "post:1d", "post:-1m", "ASK", "post:１m", "post:999999m"])
def test_other_late_policies_are_refused(text):
    with pytest.raises(Refused) as refused:
        Late.parse(text)
    assert refused.value.findings[0].code == "late.unreadable"


@pytest.mark.parametrize(("wall", "zone", "utc"), [
    ("2026-12-01T09:00", "Asia/Shanghai", "2026-12-01T01:00:00Z"),
    ("2026-07-01T09:00", "Europe/Berlin", "2026-07-01T07:00:00Z"),
    ("2026-12-01T09:00+08:00", "Europe/Berlin", "2026-12-01T01:00:00Z"),
    ("2026-12-01T09:00Z", "Asia/Shanghai", "2026-12-01T09:00:00Z"),
    ("2026-03-29T02:30", "Europe/Berlin", "2026-03-29T01:30:00Z"),  # the gap: 02:30 does not exist, 03:30 is meant
    ("2026-10-25T02:30", "Europe/Berlin", "2026-10-25T00:30:00Z"),  # twice: the first, still summer time
])
def test_wall_clock_time_in_its_zone(wall, zone, utc):
    assert iso(to_utc(wall, zone)) == utc


def test_a_time_in_the_gap_is_told():
    assert skipped("2026-03-29T02:30", "Europe/Berlin")
    assert not skipped("2026-03-29T03:30", "Europe/Berlin")
    assert not skipped("2026-10-25T02:30", "Europe/Berlin")


@pytest.mark.parametrize(("wall", "zone", "code"), [
    ("tomorrow", "UTC", "time.unreadable"), ("2026-13-01T09:00", "UTC", "time.unreadable"),
    ("2026-12-01T09:00", "Mars/Olympus", "zone.unknown"), ("2026-12-01T09:00", "../etc/passwd", "zone.unknown"),
    ("0001-01-01T00:00", "Asia/Shanghai", "time.unreadable"),
])
def test_what_cannot_be_read_is_refused(wall, zone, code):
    with pytest.raises(Refused) as refused:
        to_utc(wall, zone)
    assert refused.value.findings[0].code == code


def test_an_hour_that_comes_twice_can_be_told_apart():
    autumn = "2026-10-25T02:30"
    assert twice(autumn, "Europe/Berlin") and not skipped(autumn, "Europe/Berlin")
    assert to_utc(autumn, "Europe/Berlin") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert to_utc(autumn, "Europe/Berlin", second=True) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_an_hour_that_is_skipped_or_plain_comes_once():
    for text in ("2026-03-29T02:30", "2026-07-01T02:30", "2026-10-25T02:30+02:00"):
        assert not twice(text, "Europe/Berlin")
        assert to_utc(text, "Europe/Berlin", second=True) == to_utc(text, "Europe/Berlin")


@given(st.datetimes(datetime(2020, 1, 1), datetime(2036, 12, 31)),
       st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Africa/Cairo", "Australia/Lord_Howe"]))
def test_a_wall_clock_time_exists_once_or_twice_or_is_skipped(wall, name):
    text = wall.isoformat()
    first, second = to_utc(text, name), to_utc(text, name, second=True)
    shown = [at.astimezone(zone(name)).replace(tzinfo=None) for at in (first, second)]
    assert (first < second) == twice(text, name)
    assert first <= second
    assert (shown == [wall, wall]) == (not skipped(text, name))
    assert not (twice(text, name) and skipped(text, name))
    assert all(at >= wall for at in shown)
