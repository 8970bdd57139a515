"""Random troubles on a platform with threads, containers, a timer and a pace: one post each, and nothing ever stuck."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.core.delivery import MAYBE_LIVE, State
from studio.core.pace import Pace
from studio.core.post import Reply
from tests.services.looking import look, look_around

S = State
RESTS = (S.PUBLISHED, S.UNCONFIRMED, S.FAILED, S.MISSED, S.HELD, S.CANCELLED)
CALLS = ["plan", "stage", "contain", "ready", "commit", "look", "check", "read_back", "withdraw", "reschedule"]
KINDS = ["", "refused", "later", "signin", "drop_before", "drop_after", "slow", "lag", "cut", "gone", "not_there"]

troubles = st.dictionaries(st.sampled_from(CALLS), st.lists(st.sampled_from(KINDS), max_size=4), max_size=5)
deeds = st.lists(st.sampled_from(["cancel", "move", "hold", "resume", "edit", "resend", "wait", "look"]), max_size=5)


@pytest.fixture
def world(clock, desk, account, fake):
    fake.threads = True
    return clock, desk, account, fake


def do(desk, clock, delivery, deed):
    """What a person may do at any time; what is refused is refused."""
    from studio.core.errors import Problem

    acts = {
        "cancel": lambda: desk.publishing.cancel(delivery.id),
        "move": lambda: desk.calendar.move(delivery.id, clock.now() + timedelta(hours=5)),
        "hold": lambda: desk.holds.hold("A funeral"), "resume": desk.holds.resume,
        "edit": lambda: desk.posts.save(_edited(desk.posts.get(delivery.post))),
        "resend": lambda: desk.publishing.resend(delivery.id), "look": lambda: desk.publishing.look(delivery.id),
        "wait": lambda: clock.passes(minutes=45),
    }
    try:
        acts[deed]()
    except Problem:
        return


def _edited(post):
    from dataclasses import replace

    return replace(post, text=post.text + "!")


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(troubles, deeds, st.booleans(), st.booleans(), st.integers(0, 2), st.booleans())
def test_whatever_happens(world, waiting, acts, ahead, contains, replies, idempotent):
    clock, desk, account, fake = world
    fresh(desk, clock, account, fake, contains, idempotent, ahead)
    fake.server.faults = {call: list(kinds) for call, kinds in waiting.items()}
    post = desk.posts.create(text="0", replies=tuple(Reply(str(n + 1), after=n * 20) for n in range(replies)))
    delivery = desk.calendar.schedule(post.id, account.id, clock.now() + timedelta(hours=2), ahead=ahead)
    for deed in acts:
        look(desk)
        clock.passes(minutes=20)
        do(desk, clock, delivery, deed)
    look_around(desk, clock)
    desk.holds.resume()
    look_around(desk, clock)
    end = desk.publishing.get(delivery.id)
    heads = [text.rstrip("!") for text in fake.server.texts()]
    assert end.state in RESTS and end.owner == "", "nothing is stuck"
    assert len(heads) == len(set(heads)), "and nothing is there twice"
    if end.state is S.PUBLISHED:
        assert "0" in heads and end.proof is not None, "published means live, and read back"
    unknown = end.state is S.UNCONFIRMED or bool(end.handles.get(MAYBE_LIVE))  # given up while nobody knew
    if heads and end.link == 0:
        assert end.state is S.PUBLISHED or unknown, "what is live is never called anything less"
    assert fake.server.scheduled == {} or unknown


def fresh(desk, clock, account, fake, contains, idempotent, ahead):
    server = fake.server
    desk.holds.resume()
    for held in (server.posts, server.scheduled, server.parents, server.log):
        held.clear()
    server.faults, fake.contains, fake.true_idempotency = {}, contains, idempotent
    fake.timer = None
    if ahead:
        fake.times(least=300, most=86400)
    desk.accounts.set_pace(account.id, Pace(gap=10))
