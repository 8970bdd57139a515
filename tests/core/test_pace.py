from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from studio.core.errors import Refused
from studio.core.pace import (
    DAY,
    TOLERANCE,
    Pace,
    Wait,
    checked,
    earliest,
    findings,
    hours,
    hours_text,
    jitter,
    pace_from_json,
    pace_to_json,
)

MINUTE = timedelta(minutes=1)
NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
# Summer time at two in the night, at midnight, by half an hour, none at all, and a country that crossed the date line.
ZONES = ["UTC", "Europe/Berlin", "Asia/Shanghai", "Africa/Cairo", "America/Nuuk", "Australia/Lord_Howe"]
BERLIN_SPRING, BERLIN_AUTUMN = datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)
CAIRO_SPRING = datetime(2026, 4, 23, 22, tzinfo=UTC)
minutes = st.integers(0, DAY - 1)
quiet = st.one_of(st.just((-1, -1)), st.tuples(minutes, minutes).filter(lambda pair: pair[0] != pair[1]))
paces = st.builds(
    lambda gap, jitter, daily, pair: Pace(gap, jitter, daily, *pair),
    st.sampled_from([0, 0, 1, 30, 90, 600, DAY]), st.sampled_from([0, 0, 7, 60]), st.integers(0, 4), quiet,
)
anchors = st.one_of(
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)),
    st.builds(lambda at, off: at + off * MINUTE, st.sampled_from([BERLIN_SPRING, BERLIN_AUTUMN, CAIRO_SPRING]),
              st.integers(-2 * DAY, 60)),
)
pasts = st.lists(st.integers(0, 2 * DAY), max_size=6)
zones = st.sampled_from(ZONES)


def local_minute(at, zone):
    local = at.astimezone(ZoneInfo(zone))
    return local.hour * 60 + local.minute


def fits(pace, went, at, zone, seed):
    """The three rules, said again as plainly as they can be."""
    there = ZoneInfo(zone)
    if went and at < max(went) + timedelta(minutes=pace.gap) + jitter(pace, seed):
        return False
    if pace.daily and sum(w.astimezone(there).date() == at.astimezone(there).date() for w in went) >= pace.daily:
        return False
    if pace.quiet_from < 0:
        return True
    inside, minute = pace.quiet_from < pace.quiet_to, local_minute(at, zone)
    return not (pace.quiet_from <= minute < pace.quiet_to) if inside else pace.quiet_to <= minute < pace.quiet_from


@settings(max_examples=300)
@given(paces, pasts, anchors, zones, st.sampled_from(["a", "b", "c"]))
@example(Pace(quiet_from=60, quiet_to=150), [], BERLIN_SPRING - 30 * MINUTE, "Europe/Berlin", "a")
@example(Pace(quiet_from=60, quiet_to=150), [], BERLIN_AUTUMN - 30 * MINUTE, "Europe/Berlin", "a")
@example(Pace(daily=1), [0], CAIRO_SPRING - 30 * MINUTE, "Africa/Cairo", "a")
def test_it_is_the_least_moment_that_satisfies_all_three(pace, ago, now, zone, seed):
    went = [now - n * MINUTE for n in ago]
    wait = earliest(pace, went, now, zone, seed)
    at = now if wait is None else wait.until
    assert at >= now
    assert wait is None or at > now
    assert fits(pace, went, at, zone, seed)
    floor = now.replace(second=0, microsecond=0)  # every rule but the gap changes its mind at whole minutes
    before = [now, at - timedelta(microseconds=1)] + [floor + n * MINUTE for n in range(1, 8 * DAY, 7)]
    assert not any(fits(pace, went, m, zone, seed) for m in before if now <= m < at)


@given(paces, pasts, anchors, zones)
def test_waiting_until_then_is_enough(pace, ago, now, zone):
    went = [now - n * MINUTE for n in ago]
    if (wait := earliest(pace, went, now, zone, "d")) is not None:
        assert earliest(pace, went, wait.until, zone, "d") is None


@given(paces, pasts, anchors, zones, st.integers(0, 600))
def test_the_countdown_only_runs_down(pace, ago, now, zone, later):
    """A second look, after a restart or a tick, names the same moment as long as nothing else went out."""
    went = [now - n * MINUTE for n in ago]
    wait = earliest(pace, went, now, zone, "d")
    if wait is not None and (then := now + later * MINUTE) < wait.until:
        assert earliest(pace, went, then, zone, "d").until == wait.until


@given(paces, pasts, anchors, zones, st.randoms())
def test_the_order_of_what_went_is_nothing(pace, ago, now, zone, random):
    went = [now - n * MINUTE for n in ago]
    shuffled = random.sample(went, len(went))
    assert earliest(pace, went, now, zone, "d") == earliest(pace, shuffled, now, zone, "d")


@given(st.integers(0, DAY // 2), st.text(max_size=20))
def test_jitter_is_inside_its_range_and_the_same_again(most, seed):
    pace = Pace(jitter=most)
    assert timedelta(0) <= jitter(pace, seed) <= timedelta(minutes=most)
    assert jitter(pace, seed) == jitter(pace, seed)


def test_jitter_differs_from_post_to_post():
    assert len({jitter(Pace(jitter=10), f"delivery-{n}") for n in range(50)}) > 40


def test_no_rule_is_no_wait():
    assert earliest(Pace(), [NOW], NOW, "UTC", "d") is None


@pytest.mark.parametrize(("pace", "ago", "wait"), [
    (Pace(gap=30), [10], Wait(NOW + 20 * MINUTE, "gap")),
    (Pace(gap=30), [10, 5, 90], Wait(NOW + 25 * MINUTE, "gap")),
    (Pace(gap=30), [30], None),
    (Pace(gap=30), [], None),
    (Pace(daily=2), [10, 20], Wait(datetime(2026, 12, 2, tzinfo=UTC), "daily")),
    (Pace(daily=2), [10, DAY], None),
    (Pace(quiet_from=8 * 60, quiet_to=10 * 60), [], Wait(NOW + 60 * MINUTE, "quiet")),
    (Pace(gap=30, quiet_from=9 * 60 + 10, quiet_to=10 * 60), [0], Wait(NOW + 60 * MINUTE, "quiet")),
    (Pace(daily=1, quiet_from=23 * 60, quiet_to=7 * 60), [0], Wait(datetime(2026, 12, 2, 7, tzinfo=UTC), "quiet")),
])
def test_each_rule_and_which_one_is_named(pace, ago, wait):
    assert earliest(pace, [NOW - n * MINUTE for n in ago], NOW, "UTC", "d") == wait


def test_the_day_is_the_zones_own():
    late = datetime(2026, 12, 1, 15, 30, tzinfo=UTC)  # 23:30 in Shanghai
    assert earliest(Pace(daily=1), [late], late, "Asia/Shanghai", "d") == Wait(late + 30 * MINUTE, "daily")


def test_quiet_hours_end_where_the_clock_jumps_over_their_end():
    wait = earliest(Pace(quiet_from=60, quiet_to=150), [], BERLIN_SPRING - 30 * MINUTE, "Europe/Berlin", "d")
    assert wait == Wait(BERLIN_SPRING, "quiet")  # 02:30 does not come that night; 02:00 is 03:00


def test_the_hour_that_comes_twice_is_quiet_twice():
    pace = Pace(quiet_from=60, quiet_to=150)  # 01:00 to 02:30
    assert earliest(pace, [], BERLIN_AUTUMN - 60 * MINUTE, "Europe/Berlin", "d").until == BERLIN_AUTUMN - 30 * MINUTE
    assert earliest(pace, [], BERLIN_AUTUMN, "Europe/Berlin", "d").until == BERLIN_AUTUMN + 30 * MINUTE


def test_a_day_that_never_came():
    now = datetime(2011, 12, 30, 9, 30, tzinfo=UTC)  # 23:30 of the 29th in Samoa, whose next day was the 31st
    wait = earliest(Pace(daily=1), [now], now, "Pacific/Apia", "d")
    assert wait.until.astimezone(ZoneInfo("Pacific/Apia")).date() == date(2011, 12, 31)
    assert wait.until == now + 30 * MINUTE


@given(paces.filter(lambda p: p.gap or p.daily or p.jitter), st.integers(1, 400), zones)
def test_a_clock_set_back_locks_nobody_out(pace, days, zone):
    """What seems to have gone out in the future holds an account for one gap and one day at most, not until then."""
    ahead = [NOW + timedelta(days=days, minutes=n) for n in range(5)]
    quiet_only = replace(pace, gap=0, jitter=0, daily=0)
    assert earliest(pace, ahead, NOW, zone, "d") == earliest(quiet_only, [], NOW, zone, "d")
    held = earliest(pace, ahead, NOW, zone, "d", changed=NOW)
    assert held == earliest(pace, [NOW] * 5, NOW, zone, "d")
    later = NOW + timedelta(minutes=pace.gap + pace.jitter + 2 * DAY)
    assert earliest(pace, ahead, later, zone, "d", changed=NOW) == earliest(quiet_only, [], later, zone, "d") \
        or days * DAY < pace.gap + pace.jitter + 2 * DAY + 6  # the future has become the past meanwhile


def test_a_clock_that_is_a_little_off_is_believed():
    went = NOW + TOLERANCE
    assert earliest(Pace(gap=10), [went], NOW, "UTC", "d") == Wait(went + 10 * MINUTE, "gap")


def test_there_is_no_such_zone():
    with pytest.raises(Refused) as refused:
        earliest(Pace(gap=1), [], NOW, "Moon/Tycho", "d")
    assert refused.value.findings[0].code == "zone.unknown"


@given(paces)
def test_json_both_ways(pace):
    assert findings(pace) == ()
    assert pace_from_json(pace_to_json(pace)) == pace


@pytest.mark.parametrize(("pace", "fields"), [
    (Pace(gap=-1), ["gap"]), (Pace(gap=DAY + 1, daily=-1), ["gap", "daily"]), (Pace(jitter=DAY), ["jitter"]),
    (Pace(quiet_from=60), ["quiet"]), (Pace(quiet_to=60), ["quiet"]), (Pace(quiet_from=60, quiet_to=60), ["quiet"]),
    (Pace(quiet_from=DAY, quiet_to=60), ["quiet"]),
])
def test_unfit_is_refused_by_field(pace, fields):
    with pytest.raises(Refused) as refused:
        checked(pace)
    assert [f.field for f in refused.value.findings] == fields


@pytest.mark.parametrize("data", [{}, {"gap": "5"}, {"gap": True}, {"gap": None}, {"gap": 1.5}])
def test_json_that_is_none(data):
    with pytest.raises(Refused):
        pace_from_json({"jitter": 0, "daily": 0, "quiet_from": -1, "quiet_to": -1} | data)


@given(paces)
def test_quiet_hours_are_written_and_read(pace):
    assert hours(hours_text(pace)) == (pace.quiet_from, pace.quiet_to)


@pytest.mark.parametrize("text", ["23:00", "24:00-07:00", "7-9", "07:60-08:00", "a", "２3:00-07:00", "23:00-07:00-"])
def test_other_hours_are_refused(text):
    with pytest.raises(Refused):
        hours(text)


def test_hours_as_people_write_them():
    assert hours("7:00 – 9:30") == (420, 570)
