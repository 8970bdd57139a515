"""The pace of an account, through the engine: gap with jitter, daily cap, quiet hours; kept over restarts."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from studio.core.delivery import State
from studio.core.pace import Pace
from studio.core.post import Reply
from tests.services.conftest import open_desk
from tests.services.fakes import Clock
from tests.services.looking import look, look_around

S = State


@pytest.fixture
def clock(fake):
    made = Clock(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    fake.server.now = made.now
    return made


@pytest.fixture
def went(clock, fake):
    """When each visible request came, in minutes since the start."""
    times, start = [], clock.now()
    fake.server.on_call = lambda call: call == "commit" and times.append((clock.now() - start).total_seconds() / 60)
    return times


def plan(desk, clock, account, count, zone="UTC"):
    """All for the same moment: as after a computer was off."""
    return [
        desk.calendar.schedule(desk.posts.create(text=f"Post {n}").id, account.id, clock.now(), zone)
        for n in range(count)
    ]


def states(desk, deliveries):
    return [desk.publishing.get(d.id).state for d in deliveries]


def test_without_a_pace_they_go_at_once(clock, desk, account, went):
    plan(desk, clock, account, 3)
    look(desk)
    assert went == [0, 0, 0]


def test_quiet_hours_are_those_of_the_person_also_when_publishing_now(clock, desk, account, went):
    desk.settings.set("zone", "Asia/Shanghai")  # 17:00 there
    desk.accounts.set_pace(account.id, Pace(quiet_from=8 * 60, quiet_to=16 * 60))
    made = desk.publishing.publish(desk.posts.create(text="Evening").id, account.id)
    assert (made.zone, made.state) == ("Asia/Shanghai", S.PUBLISHED)


def test_a_gap_is_kept_and_none_is_missed(clock, desk, account, went):
    desk.accounts.set_pace(account.id, Pace(gap=30))
    all = plan(desk, clock, account, 4)
    look_around(desk, clock)
    assert went == [0, 30, 60, 90] and set(states(desk, all)) == {S.PUBLISHED}


def test_the_jitter_is_another_one_for_each_and_stays_the_same(clock, desk, account, went):
    desk.accounts.set_pace(account.id, Pace(gap=30, jitter=20))
    plan(desk, clock, account, 6)
    look(desk)
    waiting = {d.id: d.wake for d in desk.publishing.list(states=[S.DUE])}
    look(desk)
    assert {d.id: d.wake for d in desk.publishing.list(states=[S.DUE])} == waiting, "the countdown does not jump"
    look_around(desk, clock)
    gaps = [after - before for before, after in pairwise(went)]
    assert len(went) == 6 and all(30 <= gap <= 50 for gap in gaps) and len(set(gaps)) > 2


def test_a_daily_cap_is_that_of_the_zone(clock, desk, account, went):
    desk.accounts.set_pace(account.id, Pace(daily=2))
    plan(desk, clock, account, 5, "Asia/Shanghai")  # 17:00 there
    look_around(desk, clock)
    midnight, day = 7 * 60, 24 * 60
    assert went == [0, 0, midnight, midnight, midnight + day]


def test_quiet_hours(clock, desk, account, went):
    desk.accounts.set_pace(account.id, Pace(quiet_from=8 * 60, quiet_to=10 * 60))
    delivery = plan(desk, clock, account, 1)[0]
    look(desk)
    waiting = desk.publishing.get(delivery.id)
    assert waiting.state is S.DUE and desk.outlook.waits(waiting).why == "quiet"
    assert desk.outlook.waits(waiting).until == clock.now() + timedelta(hours=1)
    look_around(desk, clock)
    assert went == [60] and desk.outlook.waits(desk.publishing.get(delivery.id)) is None


def test_what_its_pace_made_wait_is_not_missed_even_with_the_strictest_policy(clock, desk, account, went):
    from studio.core.slot import Late

    desk.accounts.set_pace(account.id, Pace(gap=24 * 60))
    all = [desk.calendar.schedule(desk.posts.create(text=f"Post {n}").id, account.id, clock.now(), late=Late("skip", 0))
           for n in range(3)]
    look_around(desk, clock)
    assert went == [0, 1440, 2880] and set(states(desk, all)) == {S.PUBLISHED}


def test_but_nobody_there_when_the_wait_was_over_is(clock, desk, account, went):
    desk.accounts.set_pace(account.id, Pace(gap=60))
    all = plan(desk, clock, account, 2)
    look(desk)
    clock.passes(hours=5)
    look(desk)
    assert sorted(states(desk, all)) == [S.MISSED, S.PUBLISHED] and len(went) == 1


def test_a_platform_that_is_down_after_the_wait_is_tried_again(clock, desk, account, went, fake):
    desk.accounts.set_pace(account.id, Pace(gap=180))
    all = plan(desk, clock, account, 2)
    fake.server.faults = {"plan": ["", "later", "later"]}
    look_around(desk, clock)
    assert set(states(desk, all)) == {S.PUBLISHED} and 180 <= went[1] < 190


def test_it_is_kept_over_a_restart(clock, tmp_path, desk, account, went, vault):
    desk.accounts.set_pace(account.id, Pace(gap=30))
    plan(desk, clock, account, 2)
    look(desk)
    desk.close()
    clock.passes(minutes=10)
    after = open_desk(tmp_path / "w", vault, clock=clock)
    look_around(after, clock)
    assert went == [0, 30]
    after.close()


def test_two_workers_keep_it_together(clock, tmp_path, desk, account, went, vault):
    desk.accounts.set_pace(account.id, Pace(gap=30))
    beside = open_desk(tmp_path / "w", vault, clock=clock)
    all = plan(desk, clock, account, 4)
    for _ in range(20):
        look(desk)
        look(beside)
        wake = desk.calendar.wake(clock.now())
        if wake is None:
            break
        clock.at = wake
    assert went == [0, 30, 60, 90] and set(states(desk, all)) == {S.PUBLISHED}
    beside.close()


def test_another_account_does_not_wait(clock, desk, account, went):
    other = desk.accounts.add("fake", {"user": "bakery", "password": "right"})
    desk.accounts.set_pace(account.id, Pace(gap=30))
    plan(desk, clock, account, 2)
    plan(desk, clock, other, 2)
    look(desk)
    assert went == [0, 0, 0]


def test_publish_now_waits_as_well_unless_it_is_said(clock, desk, account, went):
    desk.accounts.set_pace(account.id, Pace(gap=30))
    posts = [desk.posts.create(text=f"Post {n}") for n in range(3)]
    assert desk.publishing.publish(posts[0].id, account.id).state is S.PUBLISHED
    waits = desk.publishing.publish(posts[1].id, account.id)
    assert waits.state is S.DUE and desk.outlook.waits(waits).why == "gap"
    assert desk.publishing.publish(posts[2].id, account.id, hurry=True).state is S.PUBLISHED
    look_around(desk, clock)
    assert went == [0, 0, 30] and desk.publishing.get(waits.id).state is S.PUBLISHED


def test_the_platforms_own_pace_holds_where_nobody_chose(clock, desk, account, went, fake):
    fake.pace = Pace(gap=20)
    plan(desk, clock, account, 2)
    look_around(desk, clock)
    assert went == [0, 20]


def test_a_thread_counts_once_and_its_links_do_not_wait(clock, desk, account, went, fake):
    fake.threads = True
    desk.accounts.set_pace(account.id, Pace(gap=30))
    thread = desk.posts.create(text="One", replies=(Reply("Two"), Reply("Three", after=5)))
    desk.calendar.schedule(thread.id, account.id, clock.now())
    look(desk)
    single = plan(desk, clock, account, 1)
    look_around(desk, clock)
    assert went == [0, 0, 5, 35] and states(desk, single) == [S.PUBLISHED], "30 minutes after the last that was sent"


def test_the_clock_is_set_back_and_the_account_is_not_locked_until_then(clock, desk, account, went):
    desk.accounts.set_pace(account.id, Pace(gap=30))
    plan(desk, clock, account, 1)
    look(desk)
    clock.passes(days=-365)
    plan(desk, clock, account, 1)
    look_around(desk, clock)
    assert len(went) == 2


def test_cancelled_while_it_waits(clock, desk, account, went):
    desk.accounts.set_pace(account.id, Pace(gap=30))
    all = plan(desk, clock, account, 2)
    look(desk)
    waiting = desk.publishing.list(states=[S.DUE])[0]
    assert desk.publishing.cancel(waiting.id).state is S.CANCELLED
    look_around(desk, clock)
    assert went == [0] and sorted(states(desk, all)) == [S.CANCELLED, S.PUBLISHED]
