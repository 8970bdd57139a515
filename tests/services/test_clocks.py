"""Clocks that are set, computers that sleep, and two watches on one workspace."""

import threading
from datetime import timedelta

import pytest

from studio.core.clock import Clock as Steady
from studio.core.delivery import State
from studio.core.errors import WorkspaceProblem
from studio.core.slot import Late
from studio.services.watch import Watch
from tests.services.conftest import open_desk
from tests.services.fakes import hit
from tests.services.looking import code

S = State
SOON = timedelta(minutes=30)


class Times:
    """The wall clock of a `fakes.Clock`, and the two that only count."""

    def __init__(self, clock):
        self.clock, self.start, self.asleep, self.set_by = clock, clock.now(), timedelta(0), timedelta(0)

    def steady(self):
        return (self.clock.now() - self.start - self.set_by).total_seconds()

    def awake(self):
        return self.steady() - self.asleep.total_seconds()

    def sets(self, by):
        """Somebody sets the wall clock."""
        self.clock.at += by
        self.set_by += by

    def sleeps(self, by):
        """The lid is closed for so long."""
        self.clock.at += by
        self.asleep += by


@pytest.fixture
def times(clock):
    return Times(clock)


@pytest.fixture
def watch(desk, clock, times):
    return watching(desk, clock, times)


def watching(desk, clock, times):
    made = Watch(desk.calendar, desk.publishing, clock.now, desk.outlook, Steady(clock.now, times.steady, times.awake))
    made.once()
    return made


@pytest.fixture
def plan(desk, clock, account):
    def make(text="Hello", after=SOON, late=None, **more):
        post = desk.posts.create(text=text)
        return desk.calendar.schedule(post.id, account.id, clock.now() + after, late=late, **more)

    return make


def goes_on(watch, clock, until, step=timedelta(seconds=20)):
    """The watch looks, as it does, every 20 seconds at most, to the end of the time."""
    for _ in range(5000):
        watch.once()
        if clock.now() >= until:
            return
        clock.at = min(until, clock.now() + min(step, timedelta(seconds=max(0.2, watch.pause()))))
    raise AssertionError("it never comes to rest")


def state(desk, delivery):
    return desk.publishing.get(delivery.id).state


# -- forward -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("late", [Late("post", 15), Late("ask", 0), Late("post", 99999)])
def test_a_clock_that_jumps_forward_sends_nothing_by_itself(desk, clock, times, watch, plan, fake, late):
    delivery = plan(late=late)
    times.sets(timedelta(days=30) if late.minutes > 999 else SOON + timedelta(seconds=30))
    watch.once()
    missed = desk.publishing.get(delivery.id)
    assert missed.state is S.MISSED and fake.server.log == []
    if late.rule == "post":
        assert code(missed) == "clock.forward"
    assert desk.outlook.clock().code == "clock.forward"
    assert next(f for f in desk.outlook.facts() if f.code == "trust.clock.forward").target == "review"
    desk.outlook.clock_seen()
    assert desk.outlook.clock() is None


def test_a_jump_is_not_forgotten_because_nothing_could_be_written_then(
    desk, clock, times, watch, plan, fake, monkeypatch,
):
    delivery = plan()
    times.sets(SOON + timedelta(seconds=30))
    with monkeypatch.context() as patch:
        patch.setattr(desk.outlook, "saw", lambda *_: hit("full"))
        with pytest.raises(WorkspaceProblem):
            watch.once()
    clock.passes(seconds=20)
    watch.once()
    assert code(desk.publishing.get(delivery.id)) == "clock.forward" and fake.server.log == []
    assert desk.outlook.clock().code == "clock.forward"


def test_a_clock_put_right_by_a_little_changes_nothing(desk, clock, times, watch, plan, fake):
    delivery = plan()
    times.sets(timedelta(minutes=3))
    goes_on(watch, clock, delivery.at)
    assert state(desk, delivery) is S.PUBLISHED


def test_what_lies_with_the_platforms_timer_is_not_fooled(desk, clock, times, watch, plan, fake):
    fake.times()
    lies = plan(after=timedelta(days=2), ahead=True)
    watch.once()
    fake.server.now = lambda: clock.now() - times.set_by
    times.sets(timedelta(days=1, hours=23))
    goes_on(watch, clock, clock.now() + timedelta(hours=3))
    assert state(desk, lies) is S.PROCESSING and fake.server.turn() == {}, "it waits there, whatever our clock says"
    times.sets(-times.set_by)
    clock.at = max(clock.at, lies.at) + timedelta(hours=5)
    watch.once()
    assert state(desk, lies) is S.PUBLISHED and len(fake.server.posts) == 1


# -- back --------------------------------------------------------------------------------------------------------


def test_a_clock_set_back_a_year_sends_nothing_twice_and_says_so(desk, clock, times, watch, plan, fake):
    sent, waits = plan("Sent"), plan("Waits", timedelta(hours=3))
    goes_on(watch, clock, sent.at)
    times.sets(timedelta(days=-365))
    goes_on(watch, clock, clock.now() + timedelta(hours=4))
    assert state(desk, sent) is S.PUBLISHED and state(desk, waits) is S.SCHEDULED
    found = desk.outlook.clock()
    assert found.code == "clock.back" and found.values["minutes"] == 365 * 24 * 60
    times.sets(timedelta(days=365))
    goes_on(watch, clock, waits.at + timedelta(minutes=1))
    assert fake.server.texts() in (["Sent", "Waits"], ["Sent"]) and fake.server.log.count("commit") == len(
        fake.server.posts)


def test_set_back_between_two_runs(tmp_path, desk, clock, times, watch, plan, fake, vault):
    delivery = plan()
    goes_on(watch, clock, delivery.at)
    desk.close()
    clock.passes(days=-365)
    after = open_desk(tmp_path / "w", vault, clock=clock)
    again = watching(after, clock, Times(clock))
    goes_on(again, clock, clock.now() + timedelta(hours=1))
    assert after.outlook.clock().code == "clock.back" and len(fake.server.posts) == 1
    after.close()


@pytest.mark.parametrize("fault", ["slow", "drop_after", "missing"])
def test_what_was_looked_at_again_and_again_is_not_forgotten_for_a_year(
    desk, clock, times, watch, plan, fake, fault,
):
    """Its next look was planned on the clock as it was before."""
    delivery = plan()
    fake.server.faults = {
        "commit": ["" if fault == "missing" else fault], "check": ["slow"], "look": ["lag"],
        "read_back": ["not_there"] if fault == "missing" else []}
    goes_on(watch, clock, delivery.at)
    assert state(desk, delivery) in (S.PROCESSING, S.UNCONFIRMED)
    times.sets(timedelta(days=-365))
    goes_on(watch, clock, clock.now() + timedelta(hours=2))
    assert state(desk, delivery) is S.PUBLISHED and len(fake.server.posts) == 1


def test_what_shall_be_taken_back_is_taken_back_on_any_clock(desk, clock, times, watch, plan, fake):
    fake.times()
    lies = plan(after=timedelta(days=2), ahead=True)
    watch.once()
    fake.server.faults = {"withdraw": ["later"]}
    fake.server.now = lambda: clock.now() - times.set_by
    desk.publishing.cancel(lies.id)
    times.sets(timedelta(days=-365))
    goes_on(watch, clock, clock.now() + timedelta(hours=1))
    assert state(desk, lies) is S.CANCELLED and fake.server.scheduled == {}


# -- sleep -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("late", "hours", "after"), [
    (Late("post", 15), 1, S.MISSED), (Late("post", 120), 1, S.PUBLISHED), (Late("ask", 0), 1, S.MISSED),
    (Late("skip", 0), 1, S.MISSED), (Late("post", 15), 0.6, S.PUBLISHED)])
def test_after_a_sleep_the_late_policy_decides(desk, clock, times, watch, plan, fake, late, hours, after):
    delivery, heard = plan(late=late), []
    watch.jumped.connect(heard.append)
    times.sleeps(timedelta(hours=hours))
    watch.once()
    assert state(desk, delivery) is after and [j.kind for j in heard] == ["slept"]
    assert desk.outlook.clock() is None, "a sleep is no matter for a person"


def test_after_a_week_asleep_they_are_not_fired_off_one_after_the_other(desk, clock, times, watch, plan, fake):
    all = [plan(f"Post {n}", timedelta(hours=n + 1)) for n in range(20)]
    times.sleeps(timedelta(days=7))
    watch.once()
    assert {state(desk, d) for d in all} == {S.MISSED} and fake.server.log == []
    assert len(desk.calendar.missed()) == 20


# -- side by side ------------------------------------------------------------------------------------------------


def test_two_watches_share_the_work_and_send_nothing_twice(tmp_path, desk, account, fake, vault):
    beside = open_desk(tmp_path / "w", vault)
    for n in range(12):
        desk.calendar.schedule(desk.posts.create(text=f"Post {n}").id, account.id, desk.calendar._now())
    done, all_out, watches = [], threading.Event(), [Watch(d.calendar, d.publishing) for d in (desk, beside)]

    def heard(delivery):
        done.append((delivery.id, delivery.state))
        if sum(s is S.PUBLISHED for _, s in done) >= 12:
            all_out.set()

    for watch in watches:
        watch.went.connect(heard)
        watch.start()
    assert all_out.wait(60)
    for watch in watches:
        watch.stop()
    assert len(fake.server.posts) == 12 and fake.server.log.count("commit") == 12
    assert len({id for id, _ in done}) == 12
    beside.close()


def test_a_long_send_to_one_account_keeps_no_other_waiting(desk, account, fake):
    other = desk.accounts.add("fake", {"user": "bakery", "password": "right"})
    free, begun = threading.Event(), threading.Event()
    guard = threading.Lock()

    def first_one_is_slow(call):
        with guard:
            slow = call == "plan" and not begun.is_set()
            if slow:
                begun.set()
        if slow:
            free.wait(60)

    fake.server.on_call = first_one_is_slow
    now = desk.calendar._now()
    slow = desk.calendar.schedule(desk.posts.create(text="Slow").id, account.id, now)
    watch, out = Watch(desk.calendar, desk.publishing), threading.Event()
    watch.went.connect(lambda d: d.account == other.id and out.set())
    watch.start()
    assert begun.wait(60)
    quick = desk.calendar.schedule(desk.posts.create(text="Quick").id, other.id, desk.calendar._now())
    watch.look_now()
    assert out.wait(60), "while the other is still being sent"
    assert state(desk, quick) is S.PUBLISHED and state(desk, slow) is S.PREPARING
    free.set()
    watch.stop(60)
    assert sorted(fake.server.texts()) == ["Quick", "Slow"]
