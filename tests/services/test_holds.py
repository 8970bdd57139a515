"""Holds: nothing they cover is sent while they last, and nothing they stopped goes out by itself afterwards."""

from datetime import timedelta

import pytest

from studio.core.delivery import State
from studio.core.errors import Refused
from tests.services.conftest import open_desk
from tests.services.looking import code, look, look_around, moves

S = State
SOON = timedelta(minutes=30)


@pytest.fixture
def post(desk):
    return desk.posts.create(text="Hello")


@pytest.fixture
def other(desk):
    """A second account of the same platform."""
    return desk.accounts.add("fake", {"user": "bakery", "password": "right"})


def planned(desk, clock, account, text="Hello", after=SOON):
    post = desk.posts.create(text=text)
    return desk.calendar.schedule(post.id, account.id, clock.now() + after)


def state(desk, delivery):
    return desk.publishing.get(delivery.id).state


@pytest.mark.parametrize(("scope", "held"), [
    ({}, (True, True)), ({"platform": "fake"}, (True, True)), ({"account": "first"}, (True, False)),
    ({"platform": "elsewhere"}, (False, False)), ({"account": "nobody"}, (False, False))])
def test_what_a_hold_covers(clock, desk, account, other, fake, scope, held):
    scope = {name: account.id if value == "first" else value for name, value in scope.items()}
    both = [planned(desk, clock, account), planned(desk, clock, other)]
    desk.holds.hold("A funeral", **scope)
    look_around(desk, clock)
    assert [state(desk, d) is S.HELD for d in both] == list(held)
    assert len(fake.server.posts) == held.count(False)
    for delivery, rests in zip(both, held, strict=True):
        if rests:
            finding = desk.publishing.get(delivery.id).error[0]
            assert (finding.code, finding.values["reason"]) == ("hold.active", "A funeral")


def test_publish_now_is_refused_with_the_reason(clock, desk, account, post, fake):
    desk.holds.hold("A funeral")
    with pytest.raises(Refused) as refused:
        desk.publishing.publish(post.id, account.id)
    finding = refused.value.findings[0]
    assert (finding.code, finding.severity, finding.values["reason"]) == ("hold.active", "error", "A funeral")
    assert desk.publishing.list() == [] and fake.server.log == []


@pytest.mark.parametrize("call", ["plan", "stage", "ready"])
def test_a_hold_that_comes_while_it_is_being_made_ready(clock, desk, account, fake, photo, call):
    post = desk.posts.create(text="Hello", media=(desk.library.add([photo])[0].asset.as_media(),))
    fake.server.faults = {"ready": [0.0]}
    fake.server.on_call = lambda at: at == call and not desk.holds.active() and desk.holds.hold("A funeral")
    delivery = desk.publishing.publish(post.id, account.id)
    assert (delivery.state, code(delivery), delivery.owner) == (S.HELD, "hold.active", "")
    assert "commit" not in fake.server.log and fake.server.posts == {}
    assert moves(desk, delivery)[-1] == "staging>held"
    desk.holds.resume()
    assert desk.publishing.resend(delivery.id).state is S.PUBLISHED
    assert fake.server.log.count("stage") == 1 and len(fake.server.posts) == 1, "what was uploaded is not sent twice"


@pytest.fixture
def photo(tmp_path):
    from PIL import Image

    Image.new("RGB", (64, 48), (200, 120, 60)).save(tmp_path / "cup.png")
    return tmp_path / "cup.png"


def test_what_is_out_already_is_followed_to_its_end(clock, desk, account, post, fake):
    fake.server.faults = {"commit": ["drop_after"]}
    fake.server.on_call = lambda call: call == "commit" and desk.holds.hold("A funeral")
    assert desk.publishing.publish(post.id, account.id).state is S.PUBLISHED and len(fake.server.posts) == 1


def test_resume_sends_nothing_of_what_was_stopped_or_missed(clock, desk, account, fake):
    stopped, missed = planned(desk, clock, account), planned(desk, clock, account, "Another", SOON)
    desk.holds.hold("A funeral")
    look_around(desk, clock)
    asleep = planned(desk, clock, account, "A third", timedelta(minutes=10))
    clock.passes(days=2)
    assert {d.id for d in desk.holds.resume()} == {stopped.id, missed.id}
    look_around(desk, clock, clock.now() + timedelta(days=3))
    assert [state(desk, d) for d in (stopped, missed, asleep)] == [S.HELD, S.HELD, S.MISSED]
    assert fake.server.log == []
    assert {e.delivery.id for e in desk.calendar.missed()} == {stopped.id, missed.id, asleep.id}


def test_what_is_still_ahead_goes_on_as_planned(clock, desk, account, fake):
    tomorrow = planned(desk, clock, account, after=timedelta(days=1))
    desk.holds.hold("A funeral")
    clock.passes(hours=2)
    look(desk)
    assert desk.holds.resume() == []
    look_around(desk, clock)
    assert state(desk, tomorrow) is S.PUBLISHED and desk.publishing.get(tomorrow.id).went == tomorrow.at


def test_two_holds_over_one_account(clock, desk, account, fake):
    delivery = planned(desk, clock, account)
    desk.holds.hold("A funeral")
    desk.holds.hold("Password changed", account=account.id)
    desk.holds.resume()
    look_around(desk, clock)
    assert state(desk, delivery) is S.HELD and [h.reason for h in desk.holds.active()] == ["Password changed"]
    assert [d.id for d in desk.holds.resume(account=account.id)] == [delivery.id]


def test_what_waits_for_a_later_try_is_held_too(clock, desk, account, fake):
    delivery = planned(desk, clock, account)
    fake.server.faults = {"stage": [], "plan": ["later"]}
    clock.at = delivery.at
    look(desk)
    assert state(desk, delivery) is S.DUE
    desk.holds.hold("A funeral")
    look_around(desk, clock)
    assert state(desk, delivery) is S.HELD and "commit" not in fake.server.log


def test_it_holds_over_a_restart_and_for_everybody(clock, tmp_path, desk, account, fake, vault):
    delivery = planned(desk, clock, account)
    desk.holds.hold("A funeral")
    beside = open_desk(tmp_path / "w", vault, clock=clock)
    look_around(beside, clock)
    assert state(desk, delivery) is S.HELD, "also the other process keeps it"
    beside.close()
    desk.close()
    after = open_desk(tmp_path / "w", vault, clock=clock)
    assert [h.reason for h in after.holds.active()] == ["A funeral"]
    look_around(after, clock, clock.now() + timedelta(days=1))
    assert fake.server.log == []
    after.holds.resume()
    look_around(after, clock, clock.now() + timedelta(days=1))
    assert state(after, delivery) is S.HELD and fake.server.log == []
    after.close()


def test_held_and_then_moved_by_hand_it_goes_at_its_new_time(clock, desk, account, fake):
    delivery = planned(desk, clock, account)
    desk.holds.hold("A funeral")
    look_around(desk, clock)
    moved = desk.calendar.move(delivery.id, clock.now() + timedelta(days=1))
    desk.holds.resume()
    look_around(desk, clock)
    assert state(desk, moved) is S.PUBLISHED and len(fake.server.posts) == 1


def test_held_and_then_published_by_hand(clock, desk, account, fake):
    delivery = planned(desk, clock, account)
    desk.holds.hold("A funeral")
    look_around(desk, clock)
    desk.holds.resume()
    done = desk.publishing.publish(delivery.post, account.id)
    assert (done.id, done.state) == (delivery.id, S.PUBLISHED) and len(fake.server.posts) == 1


def test_a_hold_needs_a_reason(desk):
    with pytest.raises(Refused) as refused:
        desk.holds.hold("  ")
    assert refused.value.findings[0].code == "hold.reason" and desk.holds.active() == []


def test_sending_again_under_a_hold_is_held_again(clock, desk, account, post, fake):
    fake.server.faults = {"commit": ["refused"]}
    failed = desk.publishing.publish(post.id, account.id)
    desk.holds.hold("A funeral")
    assert desk.publishing.resend(failed.id).state is S.HELD and fake.server.posts == {}
