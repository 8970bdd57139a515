"""Threads: a post and its replies, one link after the other; what is live is never sent again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from studio.core.delivery import State
from studio.core.errors import Cancelled, Refused
from studio.core.post import Reply
from studio.core.task import Task
from studio.core.words import N
from tests.services.conftest import open_desk
from tests.services.fakes import Died
from tests.services.looking import code, look, look_around

S = State
THREE = ["One", "Two", "Three"]


@pytest.fixture(autouse=True)
def threads(fake):
    fake.threads = True


@pytest.fixture
def post(desk):
    return desk.posts.create(text="One", replies=(Reply("Two"), Reply("Three")))


@pytest.fixture
def slow(desk):
    """With 30 minutes before the second link, and an hour before the third."""
    return desk.posts.create(text="One", replies=(Reply("Two", after=30), Reply("Three", after=60)))


def live(fake):
    """Whether the three are there, in order, each a reply to the one before."""
    keys = list(fake.server.posts)
    assert fake.server.texts() == THREE
    return fake.server.parents == {keys[1]: keys[0], keys[2]: keys[1]}


def failing(server, link, call, fault):
    """The call of that link (from 0) fails that way: each link before it makes the same call once."""
    server.faults = {call: [""] * link + [fault]}


# -- the whole way -----------------------------------------------------------------------------------------------


def test_three_links_each_a_reply_to_the_one_before(clock, desk, account, post, fake):
    delivery = desk.publishing.publish(post.id, account.id)
    assert delivery.state is S.PUBLISHED and live(fake) and delivery.url == "https://fake.example/key1-0"
    assert [line.what for line in delivery.proof.lines] == ["text", "2:text", "3:text"] and delivery.proof.whole
    assert [link["url"][-6:] for link in delivery.handles["links"]] == ["key1-0", "key2-1", "key3-2"]


def test_each_link_waits_its_own_delay_after_the_one_before_it(clock, desk, account, slow, fake):
    start, moments = clock.now(), []
    fake.server.on_call = lambda call: moments.append(clock.now() - start) if call == "commit" else None
    first = desk.publishing.publish(slow.id, account.id)
    assert (first.state, first.link) == (S.DUE, 1) and first.wake == clock.now() + timedelta(minutes=30)
    assert look(desk) == [], "not before its moment"
    look_around(desk, clock)
    assert moments == [timedelta(0), timedelta(minutes=30), timedelta(minutes=90)]
    assert desk.publishing.get(first.id).state is S.PUBLISHED and live(fake)


def test_links_of_a_thread_do_not_wait_for_the_pace_of_the_account(clock, desk, account, post, fake):
    from studio.core.pace import Pace

    desk.accounts.set_pace(account.id, Pace(gap=60, daily=1))
    assert desk.publishing.publish(post.id, account.id).state is S.PUBLISHED and live(fake)


def test_an_edit_in_between_changes_nothing_of_what_follows(clock, desk, account, slow, fake):
    first = desk.publishing.publish(slow.id, account.id)
    desk.posts.save(replace(desk.posts.get(slow.id), text="Another", replies=(Reply("Quite another"),)))
    look_around(desk, clock)
    assert desk.publishing.get(first.id).state is S.PUBLISHED and live(fake)


def test_a_post_deleted_in_between_ends_with_what_is_live(clock, desk, account, slow, fake):
    first = desk.publishing.publish(slow.id, account.id)
    desk.posts.delete(slow.id)
    look_around(desk, clock)
    ended = desk.publishing.get(first.id)
    assert ended.state is S.PUBLISHED and fake.server.texts() == THREE[:1] and len(ended.proof.lines) == 1


def test_a_long_delay_and_a_platform_that_is_down_then(clock, desk, account, fake):
    post = desk.posts.create(text="One", replies=(Reply("Two", after=24 * 60), Reply("Three", after=24 * 60)))
    fake.server.faults = {"commit": ["", "later", "", "later"]}
    first = desk.publishing.publish(post.id, account.id)
    look_around(desk, clock)
    assert desk.publishing.get(first.id).state is S.PUBLISHED and live(fake)


def test_nobody_was_there_for_two_days_in_between(clock, desk, account, slow, fake):
    first = desk.publishing.publish(slow.id, account.id)
    clock.passes(days=2)
    look(desk)
    missed = desk.publishing.get(first.id)
    assert (missed.state, code(missed), missed.link) == (S.MISSED, "delivery.missed", 1)
    desk.publishing.resend(first.id)
    look_around(desk, clock)
    assert desk.publishing.get(first.id).state is S.PUBLISHED and live(fake)


# -- what breaks at a link ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("link", [0, 1, 2])
@pytest.mark.parametrize("call", ["plan", "commit"])
@pytest.mark.parametrize("fault", ["refused", "signin", "later"])
def test_refused_at_a_link_it_goes_on_there(clock, desk, account, post, fake, link, call, fault):
    failing(fake.server, link, call, fault)
    failed = desk.publishing.publish(post.id, account.id)
    assert (failed.state, failed.link, code(failed)) == (S.FAILED, link, f"fake.{fault}")
    assert fake.server.texts() == THREE[:link]
    done = desk.publishing.resend(failed.id)
    assert done.state is S.PUBLISHED and live(fake) and len(done.proof.lines) == 3


@pytest.mark.parametrize("link", [0, 1, 2])
def test_the_answer_of_a_link_got_lost_and_it_is_found(clock, desk, account, post, fake, link):
    failing(fake.server, link, "commit", "drop_after")
    assert desk.publishing.publish(post.id, account.id).state is S.PUBLISHED and live(fake)
    assert fake.server.log.count("commit") == 3


@pytest.mark.parametrize("link", [0, 1, 2])
def test_a_link_is_not_found_and_a_person_sends_it_again(clock, desk, account, post, fake, link):
    failing(fake.server, link, "commit", "drop_before")
    lost = desk.publishing.publish(post.id, account.id)
    assert (lost.state, lost.link) == (S.UNCONFIRMED, link) and fake.server.texts() == THREE[:link]
    assert desk.publishing.resend(lost.id).state is S.PUBLISHED and live(fake)


@pytest.mark.parametrize("link", [0, 1, 2])
@pytest.mark.parametrize(("call", "fault"), [
    ("plan", "die"), ("commit", "die"), ("commit", "die_after"), ("read_back", "die")])
def test_the_process_dies_at_a_link(clock, tmp_path, desk, account, post, fake, vault, link, call, fault):
    failing(fake.server, link, call, fault)
    with pytest.raises(Died):
        desk.publishing.publish(post.id, account.id)
    desk.close()
    after = open_desk(tmp_path / "w", vault, clock=clock)
    look_around(after, clock)
    delivery = after.publishing.list(post=post.id)[0]
    if (call, fault) == ("commit", "die"):
        assert (delivery.state, delivery.link) == (S.UNCONFIRMED, link) and fake.server.texts() == THREE[:link]
        delivery = after.publishing.resend(delivery.id)
    assert delivery.state is S.PUBLISHED and live(fake) and len(delivery.proof.lines) == 3
    after.close()


def test_it_dies_between_two_links(clock, tmp_path, desk, account, slow, fake, vault):
    first = desk.publishing.publish(slow.id, account.id)
    desk.close()
    after = open_desk(tmp_path / "w", vault, clock=clock)
    look_around(after, clock)
    assert after.publishing.get(first.id).state is S.PUBLISHED and live(fake)
    after.close()


# -- what a person says ------------------------------------------------------------------------------------------


def test_starting_over_sends_everything_anew(clock, desk, account, post, fake):
    failing(fake.server, 1, "commit", "refused")
    failed = desk.publishing.publish(post.id, account.id)
    fake.server.posts.clear()  # the person deleted the first one there
    fake.server.parents.clear()
    done = desk.publishing.resend(failed.id, over=True)
    assert done.state is S.PUBLISHED and live(fake) and len(done.handles["links"]) == 3


@pytest.mark.parametrize("when", ["due", "failed", "unconfirmed", "held", "missed", "scheduled"])
def test_cancelled_it_ends_with_what_is_live(clock, desk, account, slow, fake, when):
    first = desk.publishing.publish(slow.id, account.id)
    assert first.state is S.DUE
    fake.server.faults = {"commit": [{"failed": "refused", "unconfirmed": "drop_before"}.get(when, "")]}
    if when == "held":
        desk.holds.hold("A funeral")
    if when == "missed":
        clock.passes(days=3)
    if when != "due":
        look_around(desk, clock, clock.now() + timedelta(minutes=45))
    if when == "scheduled":
        fake.server.faults = {"plan": ["refused"]}
        look_around(desk, clock)
        desk.calendar.move(first.id, clock.now() + timedelta(days=3))
    state = desk.publishing.get(first.id).state
    assert state.value == when
    ended = desk.publishing.cancel(first.id)
    links = ended.link
    assert ended.state is S.PUBLISHED and ended.url == "https://fake.example/key1-0" and ended.owner == ""
    assert len(ended.proof.lines) == links and ended.proof.whole
    look_around(desk, clock)
    assert fake.server.texts() == THREE[:links]
    with pytest.raises(Refused):
        desk.publishing.publish(slow.id, account.id)


def test_the_task_is_cancelled_at_a_later_link(clock, desk, account, post, fake):
    task = Task(N("job", "Publishing"), "network", lambda: 0.0)
    fake.server.on_call = lambda call: (
        call == "plan" and len(fake.server.posts) == 2 and task.cancel())
    with pytest.raises(Cancelled):
        desk.publishing.publish(post.id, account.id, task)
    ended = desk.publishing.list(post=post.id)[0]
    assert ended.state is S.PUBLISHED and len(ended.proof.lines) == 2 and fake.server.texts() == THREE[:2]


def test_a_hold_in_between_stops_the_rest_until_a_person_says_so(clock, desk, account, slow, fake):
    first = desk.publishing.publish(slow.id, account.id)
    desk.holds.hold("A funeral")
    look_around(desk, clock)
    held = desk.publishing.get(first.id)
    assert (held.state, held.link) == (S.HELD, 1) and fake.server.texts() == THREE[:1]
    assert [d.id for d in desk.holds.resume()] == [first.id]
    look_around(desk, clock, clock.now() + timedelta(days=2))
    assert fake.server.texts() == THREE[:1], "nothing by itself"
    desk.publishing.resend(first.id)
    look_around(desk, clock)
    assert live(fake)


@pytest.mark.parametrize("days", [0.01, 5])
def test_what_is_left_is_planned_for_another_day(clock, desk, account, slow, fake, days):
    failing(fake.server, 1, "commit", "refused")
    first = desk.publishing.publish(slow.id, account.id)
    look_around(desk, clock)
    assert desk.publishing.get(first.id).state is S.FAILED
    clock.passes(days=2)
    planned = desk.calendar.move(first.id, clock.now() + timedelta(days=days))
    assert (planned.state, planned.link) == (S.SCHEDULED, 1)
    look_around(desk, clock)
    assert desk.publishing.get(first.id).state is S.PUBLISHED and live(fake)


def test_a_person_confirms_a_link_in_the_middle_and_nothing_is_hidden(clock, desk, account, post, fake):
    failing(fake.server, 1, "commit", "drop_before")
    lost = desk.publishing.publish(post.id, account.id)
    done = desk.publishing.confirm(lost.id, "https://fake.example/second")
    assert done.state is S.PUBLISHED and done.url == "https://fake.example/key1-0"
    assert fake.server.texts() == THREE[:1] and code(done) == "delivery.thread_ended"
    assert done.error[0].values == {"count": 1}


def test_left_with_the_platforms_timer_the_replies_follow_when_it_is_live(clock, desk, account, post, fake):
    fake.times()
    made = desk.calendar.schedule(post.id, account.id, clock.now() + timedelta(hours=2), ahead=True)
    look_around(desk, clock, made.at - timedelta(minutes=1))
    assert len(fake.server.scheduled) == 1 and fake.server.posts == {}
    look_around(desk, clock)
    assert desk.publishing.get(made.id).state is S.PUBLISHED and live(fake)


def test_a_platform_without_threads_gets_the_post_alone(clock, desk, account, post, fake):
    fake.threads = False
    done = desk.publishing.publish(post.id, account.id)
    assert done.state is S.PUBLISHED and fake.server.texts() == ["One"]
