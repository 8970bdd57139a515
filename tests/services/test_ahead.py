"""Posts that lie with the platform's own timer: left there, changed there, live at their time, never twice."""

from datetime import timedelta

import pytest

from studio.core.delivery import State
from studio.core.errors import Refused
from tests.services.conftest import open_desk
from tests.services.fakes import Died
from tests.services.looking import code, look, look_around, moves

S = State
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def timer(fake):
    fake.times(least=300, most=10 * 86400)


@pytest.fixture
def post(desk):
    return desk.posts.create(text="Hello")


@pytest.fixture
def ahead(clock, desk, account, post):
    """Leaves it with the platform for `when` from now."""
    def leave(when=2 * HOUR, looked=True):
        made = desk.calendar.schedule(post.id, account.id, clock.now() + when, ahead=True)
        if looked:
            look(desk)
        return desk.publishing.get(made.id)

    return leave


# -- left there --------------------------------------------------------------------------------------------------


def test_it_is_left_there_at_once_and_is_live_at_its_time_with_proof(clock, desk, fake, ahead):
    lies = ahead()
    assert (lies.state, lies.clock, lies.ahead, lies.went) == (S.SCHEDULED, "platform", True, lies.at)
    assert [at for at, *_ in fake.server.scheduled.values()] == [lies.at] and fake.server.posts == {}
    look_around(desk, clock, lies.at - timedelta(minutes=1))
    assert desk.publishing.get(lies.id).state is S.SCHEDULED and fake.server.turn() == {}
    look_around(desk, clock)
    done = desk.publishing.get(lies.id)
    assert done.state is S.PUBLISHED and done.proof.whole and done.url == "https://fake.example/key1-0"
    assert fake.server.log.count("commit") == 1 and len(fake.server.posts) == 1


def test_it_fires_without_this_computer(clock, tmp_path, desk, fake, vault, ahead):
    lies = ahead()
    desk.close()
    clock.passes(days=3)
    assert len(fake.server.turn()) == 1
    after = open_desk(tmp_path / "w", vault, clock=clock)
    look_around(after, clock)
    assert after.publishing.get(lies.id).state is S.PUBLISHED, "however late we look: it was on time there"
    assert fake.server.log.count("commit") == 1
    after.close()


def test_what_is_further_away_than_its_timer_reaches_is_left_there_later(clock, desk, fake, ahead):
    waits = ahead(timedelta(days=30))
    assert (waits.state, waits.ahead) == (S.SCHEDULED, False) and fake.server.log == []
    look_around(desk, clock, waits.at - timedelta(days=9))
    assert desk.publishing.get(waits.id).ahead and len(fake.server.scheduled) == 1
    look_around(desk, clock)
    assert desk.publishing.get(waits.id).state is S.PUBLISHED and len(fake.server.posts) == 1


def test_too_late_for_its_timer_our_own_clock_fires(clock, desk, fake, ahead):
    waits = ahead(looked=False)
    clock.at = waits.at - timedelta(minutes=2)
    look(desk)
    ours = desk.publishing.get(waits.id)
    assert (ours.state, ours.clock, ours.at) == (S.SCHEDULED, "here", waits.at) and fake.server.log == []
    look_around(desk, clock)
    done = desk.publishing.get(waits.id)
    assert done.state is S.PUBLISHED and fake.server.scheduled == {} and done.went >= waits.at


def test_what_its_timer_never_takes_is_said_when_it_is_planned(clock, desk, account, post, fake):
    with pytest.raises(Refused) as refused:
        desk.calendar.schedule(post.id, account.id, clock.now() + timedelta(minutes=4), ahead=True)
    assert refused.value.findings[0].code == "ahead.too_soon" and refused.value.findings[0].values["minutes"] == 6
    fake.timer = None
    with pytest.raises(Refused) as refused:
        desk.calendar.schedule(post.id, account.id, clock.now() + HOUR, ahead=True)
    assert refused.value.findings[0].code == "ahead.no_timer"


def test_a_platform_that_is_down_gets_it_later_and_else_our_clock_fires(clock, desk, fake, ahead):
    fake.server.faults = {"stage": [], "plan": ["later"] * 3}
    lies = ahead()
    assert (lies.state, code(lies)) == (S.DUE, "fake.later") and lies.wake > clock.now()
    look_around(desk, clock, lies.at - HOUR)
    assert desk.publishing.get(lies.id).ahead and len(fake.server.scheduled) == 1
    look_around(desk, clock)
    assert desk.publishing.get(lies.id).state is S.PUBLISHED and len(fake.server.posts) == 1


def test_a_platform_that_is_down_until_it_is_too_late_for_its_timer(clock, desk, fake, ahead):
    fake.server.faults = {"plan": ["later"] * 100}
    lies = ahead()
    look_around(desk, clock, lies.at - timedelta(minutes=1))
    fake.server.faults = {}
    look_around(desk, clock)
    done = desk.publishing.get(lies.id)
    assert (done.state, done.clock, done.went) == (S.PUBLISHED, "here", lies.at), "by our clock, and not a minute late"
    assert len(fake.server.posts) == 1


def test_publishing_now_what_lies_there_is_refused(desk, fake, ahead):
    lies = ahead()
    with pytest.raises(Refused) as refused:
        desk.publishing.publish(lies.post, lies.account)
    assert refused.value.findings[0].code == "ahead.lies_there" and fake.server.posts == {}


# -- taken back and changed there --------------------------------------------------------------------------------


def test_cancelled_here_it_is_gone_there(clock, desk, fake, ahead):
    lies = ahead()
    assert desk.publishing.cancel(lies.id).state is S.CANCELLED and fake.server.scheduled == {}
    look_around(desk, clock, lies.at + HOUR)
    assert fake.server.turn() == {} and fake.server.log.count("commit") == 1


def test_its_post_deleted_here_it_is_gone_there(clock, desk, fake, ahead):
    lies = ahead()
    fake.server.faults = {"withdraw": ["later"]}
    desk.posts.delete(lies.post)
    look(desk)
    assert desk.publishing.get(lies.id).state is S.SCHEDULED, "not called cancelled while it still lies there"
    look_around(desk, clock)
    assert desk.publishing.get(lies.id).state is S.CANCELLED and fake.server.scheduled == {} == fake.server.posts


@pytest.mark.parametrize("by", [3 * HOUR, -HOUR, timedelta(days=5)])
def test_moved_here_it_is_moved_there(clock, desk, fake, ahead, by):
    lies = ahead(timedelta(hours=4))
    moved = desk.calendar.move(lies.id, lies.at + by)
    look(desk)
    assert [at for at, *_ in fake.server.scheduled.values()] == [lies.at + by]
    after = desk.publishing.get(lies.id)
    assert (after.at, after.went, after.ahead) == (moved.at, moved.at, True) and "errand" not in after.handles
    look_around(desk, clock)
    done = desk.publishing.get(lies.id)
    assert done.state is S.PUBLISHED and len(fake.server.posts) == 1 and fake.server.log.count("commit") == 1


def test_moved_to_where_its_timer_does_not_reach_it_is_taken_back(clock, desk, fake, ahead):
    lies = ahead()
    fake.server.faults = {"reschedule": ["refused"]}
    desk.calendar.move(lies.id, clock.now() + timedelta(days=40))
    look(desk)
    look(desk)
    waits = desk.publishing.get(lies.id)
    assert (waits.state, waits.ahead) == (S.SCHEDULED, False) and fake.server.scheduled == {}
    look_around(desk, clock)
    assert desk.publishing.get(lies.id).state is S.PUBLISHED and len(fake.server.posts) == 1


def test_moved_to_so_soon_that_only_our_clock_can_fire(clock, desk, fake, ahead):
    lies = ahead()
    fake.server.faults = {"reschedule": ["refused"]}
    desk.calendar.move(lies.id, clock.now() + timedelta(minutes=2))
    look_around(desk, clock)
    done = desk.publishing.get(lies.id)
    assert done.state is S.PUBLISHED and done.clock == "here" and len(fake.server.posts) == 1


def test_a_hold_takes_it_back_and_the_end_of_the_hold_leaves_it_there_again(clock, desk, fake, ahead):
    lies = ahead()
    desk.holds.hold("A funeral")
    held = desk.publishing.get(lies.id)
    assert (held.state, code(held)) == (S.HELD, "hold.active") and fake.server.scheduled == {}
    assert desk.holds.resume() == [], "its time is still to come: nothing was stopped"
    look(desk)
    assert desk.publishing.get(lies.id).ahead and len(fake.server.scheduled) == 1
    look_around(desk, clock)
    assert len(fake.server.posts) == 1 and desk.publishing.get(lies.id).state is S.PUBLISHED


def test_while_on_hold_nothing_is_left_there(clock, desk, fake, ahead):
    desk.holds.hold("A funeral")
    waits = ahead()
    look_around(desk, clock, waits.at - HOUR)
    assert fake.server.log == [] and desk.publishing.get(waits.id).state is S.SCHEDULED
    look_around(desk, clock)
    assert desk.publishing.get(waits.id).state is S.HELD and fake.server.log == []


def test_a_hold_that_comes_while_it_is_being_left_there_takes_it_back_too(clock, desk, fake, ahead):
    fake.server.on_call = lambda call: call == "commit" and desk.holds.hold("A funeral")
    lies = ahead()
    look_around(desk, clock, lies.at - HOUR)
    assert fake.server.scheduled == {} and desk.publishing.get(lies.id).state is S.HELD
    look_around(desk, clock, lies.at + HOUR)
    assert fake.server.posts == {}


def test_resumed_before_it_could_be_taken_back_it_stays_there(clock, desk, fake, ahead):
    lies = ahead()
    fake.server.faults = {"withdraw": ["later"]}
    desk.holds.hold("A funeral")
    desk.holds.resume()
    look_around(desk, clock)
    done = desk.publishing.get(lies.id)
    assert done.state is S.PUBLISHED and len(fake.server.posts) == 1, "nobody holds it any more"


def test_a_hold_does_not_undo_a_cancel_that_still_waits(clock, desk, fake, ahead):
    lies = ahead()
    fake.server.faults = {"withdraw": ["later", "later"]}
    desk.publishing.cancel(lies.id)
    desk.holds.hold("A funeral")
    look_around(desk, clock, lies.at - HOUR)
    assert desk.publishing.get(lies.id).state is S.CANCELLED and fake.server.scheduled == {}


@pytest.mark.parametrize("errand", ["cancel", "move", "hold"])
def test_a_platform_that_cannot_be_reached_is_said_and_asked_again(clock, desk, fake, ahead, errand):
    lies = ahead()
    fake.server.faults = {"withdraw": ["later"] * 3, "reschedule": ["later"] * 3}
    do(desk, lies, errand)
    look(desk)
    asked = desk.publishing.get(lies.id)
    assert (asked.state, code(asked)) == (S.SCHEDULED, "ahead.not_changed") and asked.wake > clock.now()
    look_around(desk, clock, lies.at - HOUR)
    done = desk.publishing.get(lies.id)
    assert done.state is {"cancel": S.CANCELLED, "move": S.SCHEDULED, "hold": S.HELD}[errand]
    assert len(fake.server.scheduled) == (errand == "move") and code(done) != "ahead.not_changed"


def test_the_keychain_is_locked_when_it_shall_be_taken_back(clock, desk, fake, vault, ahead):
    lies = ahead()
    vault.locked = True
    asked = desk.publishing.cancel(lies.id)
    assert (asked.state, [f.code for f in asked.error]) == (S.SCHEDULED, ["ahead.not_changed", "vault.locked"])
    vault.locked = False
    look_around(desk, clock)
    assert desk.publishing.get(lies.id).state is S.CANCELLED and fake.server.scheduled == {}


def test_its_account_is_removed_while_it_lies_there(clock, desk, account, fake, ahead):
    lies = ahead()
    desk.accounts.remove(account.id)
    look_around(desk, clock)
    asked = desk.publishing.get(lies.id)
    assert asked.state is S.UNCONFIRMED and len(fake.server.turn()) == 1, "it may be live: nobody here can see it"
    assert asked.wake is None and asked.owner == ""


def do(desk, lies, errand):
    if errand == "cancel":
        desk.publishing.cancel(lies.id)
    elif errand == "move":
        desk.calendar.move(lies.id, lies.at + HOUR)
    else:
        desk.holds.hold("A funeral")


@pytest.mark.parametrize("errand", ["cancel", "move", "hold"])
def test_what_is_live_already_when_it_shall_be_changed_is_published(clock, desk, fake, ahead, errand):
    lies = ahead()
    clock.at = lies.at + timedelta(seconds=1)
    do(desk, lies, errand)
    look_around(desk, clock)
    done = desk.publishing.get(lies.id)
    assert done.state is S.PUBLISHED and done.proof.whole and len(fake.server.posts) == 1


def test_what_went_live_while_its_entry_was_looked_for_is_not_called_cancelled(clock, desk, fake, ahead):
    """Some timers know nothing any more of what they fired: the post itself is looked for."""
    lies = ahead()
    fake.forgets = True
    clock.at = lies.at + timedelta(seconds=1)
    after = desk.publishing.cancel(lies.id)
    look_around(desk, clock)
    assert desk.publishing.get(after.id).state is S.PUBLISHED and len(fake.server.posts) == 1


@pytest.mark.parametrize("errand", ["cancel", "hold"])
def test_a_platform_that_says_gone_while_its_list_still_has_it_is_asked_again(clock, desk, fake, ahead, errand):
    lies = ahead()
    fake.server.faults = {"withdraw": ["not_there"]}
    do(desk, lies, errand)
    assert desk.publishing.get(lies.id).state is S.SCHEDULED and len(fake.server.scheduled) == 1
    look_around(desk, clock, lies.at - HOUR)
    assert desk.publishing.get(lies.id).state in (S.CANCELLED, S.HELD) and fake.server.scheduled == {}


@pytest.mark.parametrize("errand", ["cancel", "move", "hold"])
def test_somebody_took_it_back_on_the_platform(clock, desk, fake, ahead, errand):
    lies = ahead()
    fake.server.faults = {"withdraw": ["gone"], "reschedule": ["gone"]}
    do(desk, lies, errand)
    look_around(desk, clock, lies.at - HOUR)
    done = desk.publishing.get(lies.id)
    assert done.state is {"cancel": S.CANCELLED, "move": S.SCHEDULED, "hold": S.HELD}[errand]
    assert len(fake.server.scheduled) == (errand == "move"), "moved, it is left there anew"


def test_taken_back_there_unseen_it_is_asked_about_at_its_time(clock, desk, fake, ahead):
    lies = ahead()
    fake.server.scheduled.clear()
    look_around(desk, clock)
    asked = desk.publishing.get(lies.id)
    assert (asked.state, code(asked)) == (S.UNCONFIRMED, "delivery.gone") and fake.server.posts == {}


def test_a_timer_that_is_late_is_waited_for(clock, desk, fake, ahead):
    lies = ahead()
    fake.server.now = lambda: clock.now() - timedelta(minutes=7)
    look_around(desk, clock)
    done = desk.publishing.get(lies.id)
    assert done.state is S.PUBLISHED and clock.now() >= lies.at + timedelta(minutes=7)


def test_an_edited_post_is_replaced_there(clock, desk, fake, ahead):
    from dataclasses import replace

    lies = ahead()
    desk.posts.save(replace(desk.posts.get(lies.post), text="Hello again"))
    clock.passes(minutes=5)
    look(desk)
    look(desk)
    assert [text for _, text, _ in fake.server.scheduled.values()] == ["Hello again"]
    look_around(desk, clock)
    assert fake.server.texts() == ["Hello again"] and desk.publishing.get(lies.id).state is S.PUBLISHED


def test_an_account_without_a_name_of_its_own_is_no_edit(clock, desk, fake, ahead):
    lies = ahead()
    desk.accounts.rename(lies.account, "")
    clock.passes(minutes=5)
    fake.server.log.clear()
    look(desk)
    first = list(fake.server.log)
    for _ in range(4):
        clock.passes(minutes=5)
        look(desk)
    assert fake.server.log == first, "what was compared once is left alone"


# -- crashes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["die", "die_after"])
@pytest.mark.parametrize(("call", "errand"), [
    ("commit", ""), ("withdraw", "cancel"), ("withdraw", "hold"), ("reschedule", "move"), ("check", ""),
    ("read_back", "")])
def test_the_process_dies_at_each_step_and_there_is_one_post_at_most(
    clock, tmp_path, desk, fake, vault, ahead, call, errand, fault,
):
    lies = ahead(looked=call != "commit")
    if fault == "die_after" and call in ("check", "read_back"):
        fault = "die"
    fake.server.faults = {call: [fault]}
    with pytest.raises(Died):
        if errand:
            do(desk, lies, errand)
            look(desk)
        else:
            look_around(desk, clock)
    desk.close()
    after = open_desk(tmp_path / "w", vault, clock=clock)
    look_around(after, clock)
    done = after.publishing.get(lies.id)
    assert fake.server.log.count("commit") == 1 and fake.server.log.count("plan") == 1
    if call == "commit" and fault == "die":
        assert done.state is S.UNCONFIRMED and not fake.server.posts, "never sent by itself again"
    elif errand in ("cancel", "hold"):
        assert done.state is {"cancel": S.CANCELLED, "hold": S.HELD}[errand] and not fake.server.turn()
    else:
        assert done.state is S.PUBLISHED and len(fake.server.posts) == 1
    after.close()


def test_the_process_dies_while_a_hold_takes_back_one_of_several(clock, tmp_path, desk, account, fake, vault):
    for n in range(3):
        desk.calendar.schedule(desk.posts.create(text=f"Post {n}").id, account.id, clock.now() + 2 * HOUR, ahead=True)
    look(desk)
    assert len(fake.server.scheduled) == 3
    fake.server.faults = {"withdraw": ["die"]}
    with pytest.raises(Died):
        desk.holds.hold("A funeral")
    desk.close()
    after = open_desk(tmp_path / "w", vault, clock=clock)
    look(after)
    assert fake.server.scheduled == {} and {d.state for d in after.publishing.list()} == {S.HELD}
    after.close()


def test_the_answer_got_lost_while_it_was_left_there_and_it_is_found_in_its_list(clock, desk, fake, ahead):
    fake.server.faults = {"commit": ["drop_after"], "look": ["lag"]}
    lies = ahead()
    assert lies.state is S.UNCONFIRMED
    look_around(desk, clock, lies.at - HOUR)
    assert desk.publishing.get(lies.id).ahead, "found where it waits, and left there"
    assert moves(desk, lies)[-1] == "unconfirmed>scheduled"
    look_around(desk, clock)
    assert desk.publishing.get(lies.id).state is S.PUBLISHED and fake.server.log.count("commit") == 1


def test_lost_and_not_found_a_person_sends_it_again_ahead(clock, desk, fake, ahead):
    fake.server.faults = {"commit": ["drop_before"]}
    lies = ahead()
    look_around(desk, clock, lies.at - HOUR)
    assert desk.publishing.get(lies.id).state is S.UNCONFIRMED
    again = desk.publishing.resend(lies.id)
    look(desk)
    again = desk.publishing.get(again.id)
    assert again.ahead and len(fake.server.scheduled) == 1
    look_around(desk, clock)
    assert len(fake.server.posts) == 1


def test_refused_ahead_edited_and_sent_again_it_has_the_new_file(clock, desk, account, fake, tmp_path):
    from dataclasses import replace

    from PIL import Image

    pictures = []
    for n in range(2):
        path = tmp_path / f"{n}.png"
        Image.new("RGB", (20 + n, 20), (n * 99, 0, 0)).save(path)
        pictures.append(desk.library.add([path])[0].asset.as_media())
    post = desk.posts.create(text="Hello", media=(pictures[0],))
    fake.server.faults = {"commit": ["refused"]}
    made = desk.calendar.schedule(post.id, account.id, clock.now() + 2 * HOUR, ahead=True)
    look(desk)
    assert desk.publishing.get(made.id).state is S.FAILED
    desk.posts.save(replace(desk.posts.get(post.id), media=(pictures[1],)))
    desk.publishing.resend(made.id)
    look_around(desk, clock)
    done = desk.publishing.get(made.id)
    assert done.state is S.PUBLISHED and done.proof.whole, "not the file of the first try"
