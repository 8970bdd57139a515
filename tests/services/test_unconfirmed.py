"""The answer to the visible request got lost: it is looked for, and never sent again by itself."""

import threading
from datetime import timedelta

import pytest

from studio.core.delivery import State
from studio.core.errors import Refused
from studio.services.proving import GIVE_UP, LOOK_AFTER
from tests.services.conftest import open_desk
from tests.services.fakes import Died
from tests.services.looking import code, look_around

S = State


@pytest.fixture
def post(desk):
    return desk.posts.create(text="Hello")


def due(desk, post, account):
    return desk.calendar.schedule(post.id, account.id, desk.calendar._now())


def test_a_look_that_ends_first_takes_nobody_s_delivery_away(desk, account, post, fake):
    """Two threads of one process have it in hand: the one that came first is done first."""
    fake.server.faults = {"commit": ["drop_before"]}
    lost = desk.publishing.publish(post.id, account.id)
    looking, looked, sending, seen = (threading.Event() for _ in range(4))

    def between(call):
        if call == "look" and threading.current_thread() is first:
            looking.set()
            looked.wait(60)
        if call == "commit":
            sending.set()
            seen.wait(60)

    first = threading.Thread(target=lambda: desk.publishing.look(lost.id))
    second = threading.Thread(target=lambda: desk.publishing.resend(lost.id))
    fake.server.on_call = between
    first.start()
    looking.wait(60)
    second.start()
    sending.wait(60)
    looked.set()
    first.join(60)
    assert desk.publishing.run_due() == [], "it is being sent at this moment"
    seen.set()
    second.join(60)
    done = desk.publishing.get(lost.id)
    assert (done.state, fake.server.texts()) == (S.PUBLISHED, ["Hello"])


# -- looked up by itself -----------------------------------------------------------------------------------------


def test_three_looks_over_two_minutes_in_place(clock, desk, account, post, fake):
    fake.server.faults = {"commit": ["drop_before"]}
    delivery = desk.publishing.publish(post.id, account.id)
    assert (delivery.state, code(delivery)) == (S.UNCONFIRMED, "delivery.not_found_on_platform")
    assert clock.slept == list(LOOK_AFTER) and sum(LOOK_AFTER) == 120
    assert fake.server.log.count("look") == 3 and fake.server.log.count("commit") == 1
    assert (delivery.wake, delivery.owner) == (None, ""), "nobody looks any more: a person is asked"


def test_a_watch_looks_at_the_same_moments_and_waits_nowhere(clock, desk, account, post, fake):
    fake.server.faults = {"commit": ["drop_before"]}
    delivery, start, looks = due(desk, post, account), clock.now(), []
    fake.server.on_call = lambda call: looks.append((clock.now() - start).seconds) if call == "look" else None
    look_around(desk, clock)
    assert looks == [10, 50, 120] and not any(clock.slept)
    delivery = desk.publishing.get(delivery.id)
    assert (delivery.state, code(delivery)) == (S.UNCONFIRMED, "delivery.not_found_on_platform")
    assert fake.server.log.count("commit") == 1


@pytest.mark.parametrize("lags", [0, 1, 2])
@pytest.mark.parametrize("watched", [False, True])
def test_a_listing_that_lags_is_asked_again_and_one_match_is_adopted(clock, desk, account, post, fake, lags, watched):
    fake.server.faults = {"commit": ["drop_after"], "look": ["lag"] * lags}
    if watched:
        delivery = due(desk, post, account)
        look_around(desk, clock)
    else:
        delivery = desk.publishing.publish(post.id, account.id)
    delivery = desk.publishing.get(delivery.id)
    assert delivery.state is S.PUBLISHED and delivery.proof.whole and len(fake.server.posts) == 1
    assert fake.server.log.count("look") == lags + 1 and fake.server.log.count("commit") == 1


def test_a_look_that_cannot_tell_is_not_counted(clock, desk, account, post, fake):
    fake.server.faults = {"commit": ["drop_after"], "look": ["later", "lag", "later", "lag", "later"]}
    delivery = due(desk, post, account)
    look_around(desk, clock)
    assert desk.publishing.get(delivery.id).state is S.PUBLISHED
    assert fake.server.log.count("look") == 6 and len(fake.server.posts) == 1


def test_the_keychain_is_locked_while_it_is_looked_up(clock, desk, account, post, fake, vault):
    fake.server.faults = {"commit": ["drop_after"], "look": ["lag"]}
    delivery = due(desk, post, account)
    desk.calendar.tick()
    desk.publishing.run_due()
    vault.locked = True
    clock.passes(minutes=5)
    desk.publishing.run_due()
    waiting = desk.publishing.get(delivery.id)
    assert (waiting.state, code(waiting)) == (S.UNCONFIRMED, "vault.locked") and waiting.wake > clock.now()
    vault.locked = False
    look_around(desk, clock)
    assert desk.publishing.get(delivery.id).state is S.PUBLISHED and fake.server.log.count("commit") == 1


def test_when_nobody_can_tell_for_two_days_a_person_is_asked(clock, desk, account, post, fake):
    fake.server.faults = {"commit": ["drop_after"], "look": ["signin"] * 200}
    delivery = due(desk, post, account)
    start = clock.now()
    look_around(desk, clock)
    delivery = desk.publishing.get(delivery.id)
    assert (delivery.state, delivery.wake) == (S.UNCONFIRMED, None) and delivery.handles["asked"]
    assert GIVE_UP < clock.now() - start < GIVE_UP * 1.1 and fake.server.log.count("look") < 80
    fake.server.faults = {}
    assert desk.publishing.look(delivery.id).state is S.PUBLISHED


def test_where_a_post_cannot_be_read_back_it_says_so_and_asks(clock, desk, account, post, fake):
    fake.readable = False
    fake.server.faults = {"commit": ["drop_after"]}
    delivery = due(desk, post, account)
    look_around(desk, clock)
    delivery = desk.publishing.get(delivery.id)
    assert (delivery.state, code(delivery)) == (S.UNCONFIRMED, "delivery.cannot_look")
    assert "look" not in fake.server.log and (delivery.wake, delivery.owner) == (None, "")
    assert code(desk.publishing.look(delivery.id)) == "delivery.cannot_look"
    confirmed = desk.publishing.confirm(delivery.id, "https://fake.example/mine")
    assert (confirmed.state, confirmed.url) == (S.PUBLISHED, "https://fake.example/mine")


def test_an_unreadable_platform_that_answers_is_handed_over(clock, desk, account, post, fake):
    fake.readable = False
    delivery = desk.publishing.publish(post.id, account.id)
    assert (delivery.state, code(delivery)) == (S.HANDED_OVER, "delivery.unreadable")
    assert desk.publishing.confirm(delivery.id, delivery.url).state is S.PUBLISHED


# -- the person's answers ----------------------------------------------------------------------------------------


@pytest.fixture
def lost(clock, desk, account, post, fake):
    """Not found three times. It was never sent."""
    fake.server.faults = {"commit": ["drop_before"]}
    return desk.publishing.publish(post.id, account.id)


def test_a_person_looks_and_it_is_still_not_there(desk, lost, fake):
    looked = desk.publishing.look(lost.id)
    assert (looked.state, code(looked)) == (S.UNCONFIRMED, "delivery.not_found_on_platform")
    assert looked.error[0].values["looks"] == 4 and looked.owner == ""


def test_a_person_looks_and_the_platform_does_not_answer(clock, desk, lost, fake):
    fake.server.faults = {"look": ["later"]}
    looked = desk.publishing.look(lost.id)
    assert (looked.state, code(looked)) == (S.UNCONFIRMED, "fake.later")
    look_around(desk, clock)
    after = desk.publishing.get(lost.id)
    assert (after.state, after.owner, after.wake) == (S.UNCONFIRMED, "", None), "it comes to rest, and asks"
    takes = [s for s in desk.publishing.story(lost.id) if s.step.startswith("take over")]
    assert takes == [], "nothing is left behind by anybody"


def test_a_person_sends_again_after_one_more_look(desk, lost, fake):
    fake.server.log.clear()
    sent = desk.publishing.resend(lost.id)
    assert sent.state is S.PUBLISHED and fake.server.log[0] == "look" and fake.server.log.count("commit") == 1
    assert len(fake.server.posts) == 1


def test_a_person_sends_again_what_is_there_after_all(desk, account, post, fake):
    fake.server.faults = {"commit": ["drop_after"], "look": ["lag", "lag", "lag"]}
    lost = desk.publishing.publish(post.id, account.id)
    assert lost.state is S.UNCONFIRMED and len(fake.server.posts) == 1
    sent = desk.publishing.resend(lost.id)
    assert sent.state is S.PUBLISHED and len(fake.server.posts) == 1 and fake.server.log.count("commit") == 1


def test_the_other_answers(desk, lost, fake):
    with pytest.raises(Refused):
        desk.publishing.publish(lost.post, lost.account)
    cancelled = desk.publishing.cancel(lost.id)
    assert cancelled.state is S.CANCELLED
    with pytest.raises(Refused) as refused:
        desk.publishing.publish(lost.post, lost.account)
    assert refused.value.findings[0].code == "delivery.maybe_live", "given up is not the same as not live"


def test_an_answer_of_the_person_while_it_is_looked_up_stays(clock, desk, account, post, fake):
    fake.server.faults = {"commit": ["drop_before"], "look": ["later"]}
    delivery = due(desk, post, account)
    desk.calendar.tick()
    desk.publishing.run_due()
    fake.server.on_call = lambda call: call == "look" and desk.publishing.cancel(delivery.id)
    clock.passes(minutes=1)
    desk.publishing.run_due()
    after = desk.publishing.get(delivery.id)
    assert (after.state, after.error[:0]) == (S.CANCELLED, ()) and after.handles["maybe_live"]
    assert "fake.later" not in [f.code for f in after.error], "what came too late says nothing about it any more"


# -- crashes, and what the read-back says ------------------------------------------------------------------------


@pytest.mark.parametrize("call", ["commit", "look", "read_back"])
def test_the_process_dies_in_between(clock, tmp_path, desk, account, post, fake, vault, call):
    fake.server.faults = {"commit": ["die_after" if call == "commit" else "drop_after"], "look": ["lag"]}
    if call != "commit":
        fake.server.faults.setdefault(call, []).append("die")
    delivery = due(desk, post, account)
    desk.calendar.tick()
    with pytest.raises(Died):
        for _ in range(3):
            desk.publishing.run_due()
            clock.passes(minutes=1)
    desk.close()
    after = open_desk(tmp_path / "w", vault, clock=clock)
    look_around(after, clock)
    assert after.publishing.get(delivery.id).state is S.PUBLISHED
    assert fake.server.log.count("commit") == 1 and len(fake.server.posts) == 1
    after.close()


def test_a_hold_also_stops_the_repeat_with_the_same_key(clock, desk, account, post, fake):
    fake.true_idempotency = True
    fake.server.faults = {"commit": ["drop_before"]}
    fake.server.on_call = lambda call: call == "commit" and desk.holds.hold("A funeral")
    delivery = desk.publishing.publish(post.id, account.id)
    assert delivery.state is S.UNCONFIRMED and fake.server.posts == {} and fake.server.log.count("commit") == 1


@pytest.mark.parametrize("watched", [False, True])
def test_an_answer_without_a_post_is_never_called_published(clock, desk, account, post, fake, watched):
    fake.server.on_call = lambda call: call == "read_back" and fake.server.posts.clear()
    delivery = due(desk, post, account) if watched else desk.publishing.publish(post.id, account.id)
    look_around(desk, clock)
    delivery = desk.publishing.get(delivery.id)
    assert (delivery.state, code(delivery)) == (S.UNCONFIRMED, "delivery.gone")
    assert fake.server.log.count("commit") == 1 and delivery.proof is None
    assert S.PUBLISHED.value not in "".join(s.step for s in desk.publishing.story(delivery.id))


def test_what_the_platform_works_on_for_two_days_is_asked_about(clock, desk, account, post, fake):
    fake.server.faults = {"commit": ["slow"], "check": ["slow"] * 500}
    delivery, start = due(desk, post, account), clock.now()
    look_around(desk, clock)
    delivery = desk.publishing.get(delivery.id)
    assert (delivery.state, code(delivery)) == (S.UNCONFIRMED, "delivery.never_finished")
    assert GIVE_UP < clock.now() - start < GIVE_UP * 1.1 and fake.server.log.count("check") < 80
    fake.server.faults = {}
    assert desk.publishing.look(delivery.id).state is S.PUBLISHED, "and found when it was finished after all"
    assert len(fake.server.posts) == 1


def test_with_the_clock_set_back_it_is_asked_about_all_the_same(clock, desk, account, post, fake):
    fake.server.faults = {"commit": ["slow"], "check": ["slow"] * 500}
    delivery = due(desk, post, account)
    desk.calendar.tick()
    desk.publishing.run_due()
    clock.passes(days=-365)
    desk.workspace.deliveries.change(delivery.id, S.PROCESSING, wake=clock.now())
    look_around(desk, clock)
    assert desk.publishing.get(delivery.id).state is S.UNCONFIRMED and fake.server.log.count("check") < 120


def test_what_may_lie_with_the_platforms_timer_is_looked_for_before_it_is_given_up(clock, desk, account, post, fake):
    """It would go out later, by itself, after the person said that it shall not."""
    fake.times()
    fake.server.faults = {"commit": ["drop_after"]}
    made = desk.calendar.schedule(post.id, account.id, clock.now() + timedelta(hours=2), ahead=True)
    desk.publishing.run_due(clock.now())
    assert desk.publishing.get(made.id).state is S.UNCONFIRMED and len(fake.server.scheduled) == 1
    done = desk.publishing.cancel(made.id)
    assert done.state is S.CANCELLED and fake.server.scheduled == {} and "maybe_live" not in done.handles


# -- looked at by the platform, and never shown ------------------------------------------------------------------


def test_what_a_review_refused_has_failed_and_may_be_sent_anew(desk, account, post, fake):
    fake.server.faults = {"commit": ["slow"], "check": ["slow", "rejected"]}
    done = desk.publishing.publish(post.id, account.id)
    assert (done.state, code(done)) == (S.FAILED, "fake.rejected")
    assert desk.publishing.run_due() == []
    fake.server.posts.clear()
    assert desk.publishing.resend(done.id).state is S.PUBLISHED


def test_a_check_that_is_merely_refused_is_asked_about(desk, account, post, fake):
    fake.server.faults = {"commit": ["slow"], "check": ["refused"]}
    assert desk.publishing.publish(post.id, account.id).state is S.UNCONFIRMED
