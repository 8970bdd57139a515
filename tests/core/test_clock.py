import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.clock import LONG, NAP, SLEW, STEP, Clock, Jump, Moment, awake, judge, since, steady

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
START = Moment(NOW, 1000.0, 900.0)
seconds = st.floats(0, 3 * 86400, allow_nan=False)
YEAR = 365 * 86400


def after(passed, changed=0.0, asleep=0.0, knows=True):
    """The clocks `passed` seconds later, `asleep` of them asleep, the wall clock set by `changed` seconds."""
    wall = NOW + timedelta(seconds=passed + changed)
    return Moment(wall, START.steady + passed, START.awake + passed - asleep if knows else None)


@given(seconds, st.floats(-1, 1))
def test_time_that_passes_is_no_event(passed, part):
    """However long a look took, and however the kernel bent the clock meanwhile."""
    assert judge(START, after(passed, changed=part * (STEP.total_seconds() - 1 + passed * SLEW))) is None


@given(seconds, st.floats(0, 1), st.floats(-YEAR, YEAR), st.booleans())
def test_a_changed_clock_is_seen_by_how_much(passed, part, changed, knows):
    if abs(changed) <= STEP.total_seconds() + passed * SLEW + 1:
        return
    jump = judge(START, after(passed, changed, passed * part, knows))
    assert jump.kind == ("forward" if changed > 0 else "back")
    assert abs(jump.by.total_seconds() - abs(changed)) < 0.001


@given(seconds, st.floats(0, 1))
def test_sleep_is_what_the_waking_clock_did_not_count(passed, part):
    asleep = passed * part
    jump = judge(START, after(passed, asleep=asleep))
    if asleep > NAP.total_seconds() + 0.001:
        assert jump.kind == "slept"
        assert abs(jump.by.total_seconds() - asleep) < 0.001
    elif asleep < NAP.total_seconds() - 0.001:
        assert jump is None


@given(seconds)
def test_without_a_waking_clock_a_long_time_between_looks_is_sleep(passed):
    jump = judge(START, after(passed, knows=False))
    assert (jump is not None) == (timedelta(seconds=passed) > LONG)
    assert jump is None or jump.kind == "slept"


def test_the_clock_set_while_it_slept_is_a_changed_clock():
    assert judge(START, after(3600, changed=-YEAR, asleep=3600)) == Jump(timedelta(seconds=YEAR), "back")


@pytest.mark.parametrize(("last", "jump"), [
    (None, None),
    (NOW - timedelta(days=400), None),
    (NOW + STEP, None),
    (NOW + timedelta(days=365), Jump(timedelta(days=365), "back")),
])
def test_a_clock_set_back_between_two_runs_is_noticed_at_the_start(last, jump):
    assert since(last, NOW) == jump


def test_each_tick_compares_with_the_one_before():
    walls = iter([NOW, NOW + timedelta(seconds=20), NOW - timedelta(days=365), NOW - timedelta(days=365)])
    ticks = iter([0.0, 20.0, 40.0, 45.0])
    wakes = iter([0.0, 20.0, 40.0, 45.0])
    clock = Clock(lambda: next(walls), lambda: next(ticks), lambda: next(wakes))
    told = [clock.tick() for _ in range(3)]
    assert [jump and jump.kind for jump in told] == [None, "back", None]


def test_the_clocks_of_this_computer_agree():
    clock = Clock()
    assert clock.tick() is None


def test_the_steady_clock_never_runs_behind_the_waking_one():
    first, woken = steady(), awake()
    subprocess.run([sys.executable, "-c", ""], check=True)
    passed = steady() - first
    assert passed > 0
    assert woken is None or passed >= awake() - woken - 0.5
