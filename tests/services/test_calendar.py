from datetime import UTC, datetime, timedelta

import pytest

from studio.core.delivery import State
from studio.core.errors import Refused
from studio.core.slot import Late

S = State


@pytest.fixture
def post(desk):
    return desk.posts.create(title="Three bakeries", text="Hello")


def soon(minutes=60):
    return datetime.now(UTC).replace(microsecond=0) + timedelta(minutes=minutes)


def code(refused):
    return refused.value.findings[0].code


def test_scheduling_keeps_the_moment_and_the_zone(desk, account, post):
    delivery = desk.calendar.schedule(post.id, account.id, soon(), "Asia/Shanghai", Late("ask", 0))
    kept = desk.publishing.get(delivery.id)
    assert (kept.state, kept.at, kept.zone, kept.late) == (S.SCHEDULED, delivery.at, "Asia/Shanghai", Late("ask", 0))


def test_the_late_policy_is_the_setting_unless_said(desk, account, post):
    desk.settings.set("late", "skip")
    assert desk.calendar.schedule(post.id, account.id, soon()).late == Late("skip", 0)


@pytest.mark.parametrize(("minutes", "zone", "wanted"), [(-5, "UTC", "time.past"), (5, "Mars/Olympus", "zone.unknown")])
def test_refused_times(desk, account, post, minutes, zone, wanted):
    with pytest.raises(Refused) as refused:
        desk.calendar.schedule(post.id, account.id, soon(minutes), zone)
    assert code(refused) == wanted and desk.publishing.list() == []


def test_one_delivery_per_post_and_account_is_open(desk, account, post):
    desk.calendar.schedule(post.id, account.id, soon())
    with pytest.raises(Refused) as refused:
        desk.calendar.schedule(post.id, account.id, soon(90))
    assert code(refused) == "delivery.already_open"


def test_moving_and_what_cannot_be_moved(desk, account, post, fake):
    delivery = desk.calendar.schedule(post.id, account.id, soon())
    assert desk.calendar.move(delivery.id, soon(120)).at == soon(120)
    with pytest.raises(Refused):
        desk.calendar.move(delivery.id, soon(-10))
    desk.calendar.tick(soon(121))
    published = desk.publishing.run_due(soon(121))[0]
    assert published.state is S.PUBLISHED
    with pytest.raises(Refused) as refused:
        desk.calendar.move(delivery.id, soon(240))
    assert code(refused) == "delivery.wrong_state"


def test_the_tick_turns_due_and_missed(desk, account, fake):
    ids = {}
    for name, late in (("send", Late("post", 60)), ("late", Late("post", 15)), ("ask", Late("ask", 0))):
        post = desk.posts.create(text=name)
        ids[name] = desk.calendar.schedule(post.id, account.id, soon(10), late=late).id
    future = desk.calendar.schedule(desk.posts.create(text="f").id, account.id, soon(300)).id
    due = desk.calendar.tick(soon(40))
    assert due.send == (ids["send"],) and set(due.missed) == {ids["late"], ids["ask"]} and due.next == soon(300)
    states = {name: desk.publishing.get(i).state for name, i in ids.items()}
    assert states == {"send": S.DUE, "late": S.MISSED, "ask": S.MISSED}
    assert desk.publishing.get(future).state is S.SCHEDULED


def test_missed_posts_never_fire_by_themselves(desk, account, post, fake):
    delivery = desk.calendar.schedule(post.id, account.id, soon(10), late=Late("skip", 0))
    desk.calendar.tick(soon(500))
    assert desk.publishing.run_due(soon(500)) == [] and fake.server.posts == {}
    assert desk.publishing.get(delivery.id).error[0].code == "delivery.missed"


def test_a_missed_one_can_be_scheduled_anew(desk, account, post, fake):
    delivery = desk.calendar.schedule(post.id, account.id, soon(10), late=Late("skip", 0))
    desk.calendar.tick(soon(500))
    moved = desk.calendar.move(delivery.id, soon(60))
    assert moved.state is S.SCHEDULED and moved.error == ()


def test_between_shows_headings(desk, account, post):
    desk.calendar.schedule(post.id, account.id, soon(60))
    entries = desk.calendar.between(soon(0), soon(120))
    assert [(e.heading, e.account) for e in entries] == [("Three bakeries", account.id)]
    assert desk.calendar.between(soon(120), soon(240)) == []
    assert desk.calendar.next().heading == "Three bakeries"


def test_cancelled_is_not_sent(desk, account, post, fake):
    delivery = desk.calendar.schedule(post.id, account.id, soon(1))
    desk.publishing.cancel(delivery.id)
    desk.calendar.tick(soon(2))
    assert desk.publishing.run_due(soon(2)) == [] and fake.server.posts == {}
    assert desk.calendar.next() is None
