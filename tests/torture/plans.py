"""What happens in one run, as data that Hypothesis can make, shrink and print."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st

from tests.torture.rough import FAULTS
from tests.torture.site import Traits

POSTS, ACCOUNTS = 4, 2
MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0


@dataclass(frozen=True)
class Act:
    """One thing a person, the computer or the world does, and how long nobody does anything after it.

    what    a method of `world.Deeds`
    post, account   numbers; which delivery it is about, where it is about one
    """

    what: str
    post: int = 0
    account: int = 0
    seconds: float = 0.0  # a time, a length or a size of it
    flag: bool = False
    then: float = 1.0


@dataclass(frozen=True)
class Plan:
    """faults: (requests to let pass before it, what happens to the next). cuts: (moments to let pass, what then)."""

    traits: Traits = field(default_factory=Traits)
    acts: tuple[Act, ...] = ()
    faults: tuple[tuple[int, str], ...] = ()
    cuts: tuple[tuple[int, str], ...] = ()
    media: tuple[int, ...] = (0,) * POSTS
    replies: tuple[tuple[int, ...], ...] = ((),) * POSTS  # minutes before each
    gap: int = 0  # minutes between two posts of an account


traits = st.builds(
    Traits, idempotent=st.booleans(), contains=st.booleans(), readable=st.sampled_from([True] * 7 + [False]),
    digest=st.sampled_from([0.0, 0.0, 12.0]), processing=st.sampled_from([0.0, 0.0, 7.0, 200.0]),
    lag=st.sampled_from([0.0, 0.0, 0.0, 3.0, 30.0]),
)
pauses = st.sampled_from([0.0, 1.0, 5.0, 30.0, MINUTE, 10 * MINUTE, HOUR, 5 * HOUR])
none, never = st.just(0.0), st.just(False)
posts, accounts = st.integers(0, POSTS - 1), st.integers(0, ACCOUNTS - 1)


def act(what: str, seconds=none, flag=never, then=pauses) -> st.SearchStrategy[Act]:
    return st.builds(Act, st.just(what), posts, accounts, seconds, flag, then)


def joined(parts) -> tuple[Act, ...]:
    return (*parts[0], *parts[1])


ahead = st.sampled_from([0.0, 5.0, MINUTE, 15 * MINUTE, 2 * HOUR, 20 * HOUR])
acts = st.one_of(
    act("schedule", ahead, st.booleans()), act("schedule", ahead, st.booleans()), act("schedule", ahead),
    act("publish"), act("publish"), act("cancel"), act("move", ahead), act("resend", flag=st.booleans()),
    act("confirm"), act("look"), act("edit"), act("hold", st.sampled_from([0.0, 1.0, 2.0])),
    act("resume", st.sampled_from([0.0, 1.0, 2.0])), act("wait", then=st.sampled_from([MINUTE, HOUR, DAY])),
    act("off", st.sampled_from([MINUTE, HOUR, 9 * HOUR])), act("sleep", st.sampled_from([10 * MINUTE, 9 * HOUR])),
    act("set_clock", st.sampled_from([-365 * DAY, -HOUR, -2 * MINUTE, 2 * MINUTE, HOUR, 365 * DAY])),
    act("outage", st.sampled_from([MINUTE, 20 * MINUTE, 3 * HOUR])), act("kill"),
)
begins = st.one_of(act("schedule", ahead, st.booleans()), act("schedule", ahead), act("publish"))
cuts = st.lists(st.tuples(st.integers(0, 60), st.sampled_from(["die", "other", "other", "die"])), max_size=6)
faults = st.lists(st.tuples(st.integers(0, 12), st.sampled_from(FAULTS)), max_size=12)
replies = st.lists(st.sampled_from([0, 0, 3, 90]), max_size=2).map(tuple)
plans = st.builds(
    Plan, traits=traits,
    acts=st.tuples(st.lists(begins, min_size=1, max_size=5), st.lists(acts, max_size=14)).map(joined),
    faults=faults.map(tuple), cuts=cuts.map(tuple), media=st.tuples(*[st.integers(0, 2)] * POSTS),
    replies=st.tuples(*[st.one_of(st.just(()), st.just(()), replies)] * POSTS), gap=st.sampled_from([0, 0, 0, 30]),
)
