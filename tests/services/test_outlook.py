"""What is true of the days ahead: warnings before something is planned, the trust facts, waits, the clock."""

from datetime import timedelta

import pytest

from studio.core.clock import Jump
from studio.core.delivery import Delivery, State
from studio.core.pace import Pace
from studio.core.post import Reply
from tests.services.looking import look, look_around

S = State
HOUR = timedelta(hours=1)
LONG = "Fresh bread from seven, rye on Fridays"


@pytest.fixture
def post(desk):
    return desk.posts.create(title="Bread", text=LONG)


@pytest.fixture
def put(desk, clock, account):
    def add(state, **fields):
        return desk.workspace.deliveries.add(Delivery(
            post=desk.posts.create(text="x").id, account=account.id, platform="fake", state=state,
            **{"at": clock.now(), **fields}))

    return add


def codes(findings):
    return [f.code for f in findings]


def warned(desk, account, at, text, **more):
    return desk.outlook.warnings(desk.posts.create(text=text, **more), account, at)


# -- warnings ----------------------------------------------------------------------------------------------------


def test_nothing_to_warn_of(clock, desk, account):
    assert warned(desk, account, clock.now() + HOUR, "Hello") == ()


def test_the_same_text_again(clock, desk, account, post):
    first = desk.calendar.schedule(post.id, account.id, clock.now() + 24 * HOUR)
    found = warned(desk, account, clock.now() + 72 * HOUR, LONG)
    assert codes(found) == ["pace.duplicate"] and found[0].severity == "warning"
    assert (found[0].field, found[0].values["heading"], found[0].values["id"]) == ("text", "Bread", first.id)


def test_nearly_the_same_text(clock, desk, account, post):
    desk.publishing.publish(post.id, account.id)
    found = warned(desk, account, clock.now() + 72 * HOUR, LONG + "!")
    assert codes(found) == ["pace.similar"] or codes(found) == ["pace.duplicate"]
    assert found[0].values["percent"] > 80
    assert warned(desk, account, clock.now() + 72 * HOUR, "Closed on Monday, open again Tuesday") == ()


def test_its_own_earlier_delivery_is_no_double(clock, desk, account, post):
    desk.publishing.publish(post.id, account.id)
    assert desk.outlook.warnings(post, account, clock.now() + 48 * HOUR) == ()


def test_texts_are_compared_as_they_were_sent(clock, desk, account, post):
    from dataclasses import replace

    desk.publishing.publish(post.id, account.id)
    desk.posts.save(replace(desk.posts.get(post.id), text="Something else by now"))
    assert codes(warned(desk, account, clock.now() + 72 * HOUR, LONG)) == ["pace.duplicate"]


def test_what_was_cancelled_or_goes_to_another_account_does_not_count(clock, desk, account, post):
    other = desk.accounts.add("fake", {"user": "bakery", "password": "right"})
    desk.publishing.cancel(desk.calendar.schedule(post.id, account.id, clock.now() + HOUR).id)
    desk.calendar.schedule(post.id, other.id, clock.now() + HOUR)
    assert warned(desk, account, clock.now() + HOUR, LONG) == ()


def test_another_post_in_the_same_hour(clock, desk, account, post):
    desk.calendar.schedule(post.id, account.id, clock.now() + 5 * HOUR)
    found = warned(desk, account, clock.now() + 5 * HOUR + timedelta(minutes=20), "Hello")
    assert codes(found) == ["pace.same_hour"]
    assert {k: found[0].values[k] for k in ("count", "minutes", "heading")} == {
        "count": 1, "minutes": 20, "heading": "Bread"}
    assert warned(desk, account, clock.now() + 6 * HOUR, "Hello") == ()


@pytest.mark.parametrize(("pace", "code"), [
    (Pace(gap=120), "pace.wait_gap"), (Pace(daily=1), "pace.wait_daily"),
    (Pace(quiet_from=0, quiet_to=1439), "pace.wait_quiet")])
def test_a_pace_that_will_delay_it(clock, desk, account, post, pace, code):
    clock.at = clock.now().replace(hour=10, minute=0, second=0)
    desk.publishing.publish(post.id, account.id)
    account = desk.accounts.set_pace(account.id, pace)
    found = warned(desk, account, clock.now() + timedelta(minutes=90), "Hello")
    assert code in codes(found) and found[-1].field == "at"


# -- the trust strip ---------------------------------------------------------------------------------------------


def facts(desk):
    return {fact.code: fact for fact in desk.outlook.facts()}


def test_nothing_planned_the_lid_may_be_closed(clock, desk, account):
    assert list(facts(desk)) == ["trust.lid_closed"] and facts(desk)["trust.lid_closed"].tone == "good"


def test_until_when_this_computer_must_be_on(clock, desk, account, fake, put):
    put(S.SCHEDULED, at=clock.now() + 2 * HOUR)
    last = put(S.SCHEDULED, at=clock.now() + 20 * HOUR)
    put(S.SCHEDULED, at=clock.now() + 40 * HOUR)
    lid = facts(desk)["trust.lid_until"]
    assert (lid.values["count"], lid.values["at"], lid.ids) == (2, last.at.isoformat(), (last.id,))
    clock.passes(days=-1)
    assert "trust.lid_from" in facts(desk)


def test_what_waits_for_its_pace_needs_this_computer(clock, desk, account, fake, put):
    wake = clock.now() + 3 * HOUR
    waits = put(S.DUE, wake=wake, handles={"wait": "gap"})
    lid = facts(desk)["trust.lid_until"]
    assert (lid.values["at"], lid.ids) == (wake.isoformat(), (waits.id,))


def test_a_thread_needs_it_until_its_last_part(clock, desk, account, fake, post):
    fake.threads = True
    thread = desk.posts.create(text="One", replies=(Reply("Two", (), 30), Reply("Three", (), 60)))
    made = desk.calendar.schedule(thread.id, account.id, clock.now() + HOUR)
    assert facts(desk)["trust.lid_until"].values["at"] == (made.at + timedelta(minutes=90)).isoformat()
    clock.passes(hours=1)
    look(desk)
    assert facts(desk)["trust.lid_until"].values["at"] == (made.at + timedelta(minutes=90)).isoformat()
    assert "trust.sending" not in facts(desk), "the next part waits for its time"


def test_what_is_on_hold_needs_no_computer(clock, desk, account, fake, put):
    put(S.SCHEDULED, at=clock.now() + 2 * HOUR)
    put(S.SCHEDULED, at=clock.now() + 40 * HOUR)
    desk.holds.hold("rest", account=account.id)
    assert "trust.lid_closed" in facts(desk)


def test_what_lies_with_a_platforms_timer_needs_no_computer(clock, desk, account, fake, post):
    fake.times()
    desk.calendar.schedule(post.id, account.id, clock.now() + 2 * HOUR, ahead=True)
    assert "trust.lid_until" in facts(desk), "until it is left there"
    look(desk)
    assert facts(desk)["trust.lid_closed"].values["ahead"] == 1


@pytest.mark.parametrize(("state", "code", "target"), [
    (S.FAILED, "trust.failed", "outbox"), (S.UNCONFIRMED, "trust.unconfirmed", "outbox"),
    (S.WAITING, "trust.needs_you", "outbox"), (S.HANDED_OVER, "trust.needs_you", "outbox"),
    (S.MISSED, "trust.stopped", "review"), (S.HELD, "trust.stopped", "review"), (S.DUE, "trust.sending", "outbox")])
def test_what_is_stuck_is_counted_and_leads_to_its_place(clock, desk, put, state, code, target):
    ids = {put(state).id, put(state).id}
    fact = facts(desk)[code]
    assert (fact.values["count"], fact.target, set(fact.ids)) == (2, target, ids)


def test_a_look_up_that_comes_by_itself_is_no_matter_for_a_person(clock, desk, put):
    put(S.UNCONFIRMED, wake=clock.now() + HOUR)
    assert "trust.unconfirmed" not in facts(desk)


def test_what_waits_for_its_pace_is_not_being_sent(clock, desk, put):
    waits = put(S.DUE, wake=clock.now() + HOUR, handles={"wait": "gap"})
    assert "trust.sending" not in facts(desk)
    assert desk.outlook.waits(waits).until == waits.wake and desk.outlook.waits(waits).why == "gap"
    clock.passes(hours=2)
    assert desk.outlook.waits(waits) is None and "trust.sending" in facts(desk)


def test_a_hold_says_why_and_leads_to_its_end(clock, desk, account):
    desk.holds.hold("A funeral")
    desk.holds.hold("Password", account=account.id)
    fact = facts(desk)["trust.hold"]
    assert (fact.values["reason"], fact.values["count"], fact.target) == ("A funeral", 2, "resume")


def test_a_signed_out_account(clock, desk, account, fake):
    fake.server.faults = {"health": ["signin"]}
    desk.accounts.check(account.id)
    assert facts(desk)["trust.signed_out"].ids == (account.id,)


def test_the_worst_come_first_and_never_more_than_six(clock, desk, account, fake, put):
    for state in (S.FAILED, S.UNCONFIRMED, S.WAITING, S.MISSED, S.DUE, S.PROCESSING):
        put(state)
    desk.holds.hold("A funeral")
    desk.outlook.saw(clock.now(), Jump(HOUR, "back"))
    fake.server.faults = {"health": ["signin"]}
    desk.accounts.check(account.id)
    found = desk.outlook.facts()
    assert len(found) == 6 and found[0].code == "trust.clock.back" and found[-1].code.startswith("trust.lid")


# -- the clock ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["back", "forward"])
def test_what_happened_to_the_clock_is_told_until_it_was_seen(clock, desk, kind):
    assert desk.outlook.clock() is None and desk.outlook.last_seen() is None
    desk.outlook.saw(clock.now(), Jump(HOUR, kind))
    desk.outlook.saw(clock.passes(minutes=10))
    found = desk.outlook.clock()
    assert (found.code, found.values["minutes"]) == (f"clock.{kind}", 60)
    desk.outlook.clock_seen()
    assert desk.outlook.clock() is None
    desk.outlook.saw(clock.passes(minutes=10), Jump(2 * HOUR, kind))
    assert desk.outlook.clock().values["minutes"] == 120, "another one is told again"


def test_a_sleep_is_not_told(clock, desk):
    desk.outlook.saw(clock.now(), Jump(HOUR, "slept"))
    assert desk.outlook.clock() is None and desk.outlook.last_seen() == clock.now()


def test_the_last_look_is_kept_every_few_minutes_only(clock, desk):
    first = clock.now()
    desk.outlook.saw(first)
    desk.outlook.saw(clock.passes(minutes=1))
    assert desk.outlook.last_seen() == first
    desk.outlook.saw(clock.passes(minutes=5))
    assert desk.outlook.last_seen() == clock.now()


def test_published_it_is_all_quiet_again(clock, desk, account, post):
    desk.calendar.schedule(post.id, account.id, clock.now() + HOUR)
    look_around(desk, clock)
    assert list(facts(desk)) == ["trust.lid_closed"]
