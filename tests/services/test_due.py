"""What the engine must look at: left behind by the dead, or woken by its moment; and nothing else."""

from datetime import timedelta

import pytest

from studio.core.delivery import Delivery, State
from studio.core.slot import Late
from studio.services.due import RESTS, Attention
from studio.store import deliveries
from tests.services.looking import code

S = State
DEAD = "99999999@elsewhere:0"


@pytest.fixture
def post(desk):
    return desk.posts.create(text="Hello")


@pytest.fixture
def put(desk, clock, account, post):
    """Keeps a delivery as some process left it."""
    def add(state, **fields):
        now = {"at": clock.now(), "updated": clock.now()}
        return desk.workspace.deliveries.add(Delivery(
            post=post.id, account=account.id, platform="fake", state=state, **{**now, **fields}))

    return add


@pytest.fixture
def attention(desk, clock):
    """What must be taken up; those of `alive` are in somebody's hands."""
    def found(*alive):
        made = Attention(
            desk.workspace, desk.accounts, desk.checks, "me", lambda d: d.owner in alive, lambda d: None, {})
        return [d.id for d in made.now(clock.now())]

    return found


@pytest.mark.parametrize("state", list(S))
def test_what_waits_for_a_person_is_left_alone_and_what_waits_for_its_moment_is_not(attention, put, state):
    delivery = put(state)
    wakes = state in (S.DUE, S.PREPARING, S.STAGING, S.COMMITTING, S.PROCESSING)
    assert attention() == ([delivery.id] if wakes else [])


@pytest.mark.parametrize("state", [S.PREPARING, S.STAGING, S.COMMITTING, S.PROCESSING, S.UNCONFIRMED])
def test_what_somebody_who_lives_has_in_hand_is_left_to_them(attention, put, clock, state):
    delivery = put(state, owner=DEAD, wake=clock.now())
    assert attention(DEAD) == []
    assert attention() == [delivery.id], "and once, when they are dead"


def test_an_owner_who_is_dead_is_noticed_before_its_moment(attention, put, clock):
    for state in (S.PROCESSING, S.UNCONFIRMED):
        put(state, owner=DEAD, wake=clock.now() + timedelta(hours=1))
        put(state, owner="", wake=clock.now() + timedelta(hours=1))
    assert len(attention()) == 2, "not those that only wait"


def test_the_longest_waiting_first_and_the_left_behind_before_all(attention, put, clock):
    late = put(S.DUE, wake=clock.now() - timedelta(minutes=1))
    later = put(S.DUE, wake=clock.now() - timedelta(minutes=5))
    dead = put(S.COMMITTING, owner=DEAD, at=clock.now() + timedelta(days=1))
    put(S.DUE, wake=clock.now() + timedelta(seconds=1))
    assert attention() == [dead.id, later.id, late.id]


@pytest.mark.parametrize(("late", "minutes", "sent"), [
    (Late("post", 60), 59, True), (Late("post", 60), 61, False), (Late("skip", 0), 14, True),
    (Late("ask", 0), 16, False)])
def test_due_and_nobody_there_for_too_long_it_is_missed(desk, attention, put, clock, late, minutes, sent):
    delivery = put(S.DUE, late=late)
    clock.passes(minutes=minutes)
    assert attention() == ([delivery.id] if sent else [])
    after = desk.publishing.get(delivery.id)
    assert (after.state, code(after)) == ((S.DUE, "") if sent else (S.MISSED, "delivery.missed"))


def test_what_has_been_retried_is_missed_by_the_same_rule(desk, attention, put, clock):
    delivery = put(S.DUE, wake=clock.now() + timedelta(minutes=10), late=Late("post", 30))
    clock.passes(minutes=31)
    assert attention() == [] and desk.publishing.get(delivery.id).state is S.MISSED


def test_left_with_a_timer_only_where_there_is_one(desk, attention, put, clock, fake):
    delivery = put(S.SCHEDULED, clock="platform", at=clock.now() + timedelta(hours=2), wake=clock.now())
    assert attention() == []
    ours = desk.publishing.get(delivery.id)
    assert (ours.state, ours.clock, ours.wake) == (S.SCHEDULED, "here", None)


def test_left_with_a_timer_as_soon_as_it_takes_it(desk, attention, put, clock, fake):
    fake.times(least=300, most=86400)
    far = put(S.SCHEDULED, clock="platform", at=clock.now() + timedelta(days=3), wake=clock.now())
    near = put(S.SCHEDULED, clock="platform", at=clock.now() + timedelta(hours=2), wake=clock.now())
    assert attention() == [near.id]
    assert desk.publishing.get(near.id).plan["ahead"] == near.at.isoformat()
    wake = desk.publishing.get(far.id).wake
    assert far.at - timedelta(days=1) < wake < far.at - timedelta(hours=23, minutes=50)


def test_not_left_with_a_timer_under_a_hold(desk, attention, put, clock, fake):
    fake.times()
    delivery = put(S.SCHEDULED, clock="platform", at=clock.now() + timedelta(hours=2), wake=clock.now())
    desk.holds.hold("A funeral")
    assert attention() == [] and desk.publishing.get(delivery.id).wake == clock.now() + RESTS


def test_an_account_that_is_gone_has_no_timer(desk, attention, put, clock, fake, account):
    fake.times()
    delivery = put(S.SCHEDULED, clock="platform", at=clock.now() + timedelta(hours=2), wake=clock.now())
    desk.accounts.remove(account.id)
    assert attention() == [] and desk.publishing.get(delivery.id).clock == "here"


def test_what_another_worker_changed_since_it_was_read_is_left_alone(desk, put, clock):
    """Between reading and writing the person moved it to tomorrow."""
    delivery = put(S.DUE, late=Late("post", 15))
    clock.passes(hours=1)
    tomorrow = clock.now() + timedelta(days=1)

    def meanwhile(_):
        desk.workspace.deliveries.change(delivery.id, S.DUE, at=tomorrow, wake=tomorrow)
        return False

    found = Attention(desk.workspace, desk.accounts, desk.checks, "me", meanwhile, lambda d: None, {})
    assert [d.id for d in found.now(clock.now())] == [] and desk.publishing.get(delivery.id).state is S.DUE


def test_an_account_of_a_platform_that_is_not_here_stops_nobody_else(desk, attention, put, clock):
    """A newer version may have had it."""
    from studio.core.post import Account

    desk.workspace.accounts.save(Account("elsewhere", "unheard-of", "api", "", "@mill"))
    delivery = put(S.DUE)
    assert attention() == [delivery.id]


def test_a_long_row_of_one_account_keeps_no_other_waiting(desk, clock, account, put, attention, post, monkeypatch):
    monkeypatch.setattr(deliveries, "MOST", 5)
    row = [put(S.DUE, at=clock.now() - timedelta(minutes=1)).id for _ in range(7)]
    other = desk.accounts.add("fake", {"user": "two", "password": "right"})
    planned = desk.calendar.schedule(post.id, other.id, clock.now())
    desk.calendar.tick(clock.now())
    assert attention() == [*sorted(row)[:5], planned.id]
