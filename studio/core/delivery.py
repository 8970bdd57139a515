"""One delivery = one post, one account, one time; its states and the moves between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Literal

from studio.core.finding import Finding
from studio.core.ids import new_id
from studio.core.slot import Late

Json = Mapping[str, Any]
Clock = Literal["here", "platform"]


class State(StrEnum):
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    HELD = "held"
    DUE = "due"
    PREPARING = "preparing"
    STAGING = "staging"
    COMMITTING = "committing"
    PROCESSING = "processing"
    PUBLISHED = "published"
    UNCONFIRMED = "unconfirmed"
    WAITING = "waiting_for_user"
    HANDED_OVER = "handed_over"
    FAILED = "failed"
    MISSED = "missed"
    CANCELLED = "cancelled"


S = State
SENDING = frozenset({S.PREPARING, S.STAGING, S.COMMITTING, S.PROCESSING})
TERMINAL = frozenset({S.PUBLISHED, S.CANCELLED})
MAYBE_LIVE = "maybe_live"  # handle of a delivery that was given up while nobody knew whether it had gone out

# From each state, where it may go. COMMITTING goes back to DUE only when the platform definitely said "not now"
# or nothing was begun; a begun request without an answer is UNCONFIRMED, and is never sent again by itself.
# To SCHEDULED from a send: the post lies with the platform's own timer, or its timer cannot take it any more.
# PROCESSING to DUE: the next link of a thread. To PUBLISHED from what waits: a thread that shall end where it is.
MOVES: Mapping[State, frozenset[State]] = {
    S.DRAFT: frozenset({S.SCHEDULED, S.DUE, S.CANCELLED}),
    S.SCHEDULED: frozenset({
        S.DUE, S.HELD, S.MISSED, S.CANCELLED, S.SCHEDULED, S.PROCESSING, S.UNCONFIRMED, S.PUBLISHED}),
    S.HELD: frozenset({S.SCHEDULED, S.DUE, S.MISSED, S.CANCELLED, S.PUBLISHED}),
    S.DUE: frozenset({S.PREPARING, S.HELD, S.MISSED, S.CANCELLED, S.SCHEDULED, S.FAILED, S.PUBLISHED}),
    S.PREPARING: frozenset({S.STAGING, S.WAITING, S.FAILED, S.DUE, S.HELD, S.CANCELLED}),
    S.STAGING: frozenset({S.COMMITTING, S.WAITING, S.FAILED, S.DUE, S.HELD, S.CANCELLED}),
    S.COMMITTING: frozenset({S.PUBLISHED, S.PROCESSING, S.WAITING, S.UNCONFIRMED, S.FAILED, S.DUE, S.SCHEDULED}),
    S.PROCESSING: frozenset({S.PUBLISHED, S.UNCONFIRMED, S.FAILED, S.DUE, S.HANDED_OVER}),
    S.UNCONFIRMED: frozenset({S.PUBLISHED, S.PROCESSING, S.DUE, S.FAILED, S.CANCELLED, S.SCHEDULED}),
    S.WAITING: frozenset({S.HANDED_OVER, S.PUBLISHED, S.FAILED, S.DUE, S.CANCELLED}),
    S.HANDED_OVER: frozenset({S.PUBLISHED, S.HANDED_OVER, S.CANCELLED}),
    S.FAILED: frozenset({S.SCHEDULED, S.DUE, S.CANCELLED, S.PUBLISHED}),
    S.MISSED: frozenset({S.SCHEDULED, S.DUE, S.CANCELLED, S.PUBLISHED}),
    S.PUBLISHED: frozenset(),
    S.CANCELLED: frozenset({S.SCHEDULED}),
}


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of a proof: what was sent beside what was found."""

    what: str  # "text", "media", "alt", "link", "time"
    sent: str
    found: str

    @property
    def same(self) -> bool:
        return self.sent == self.found


@dataclass(frozen=True, slots=True)
class Proof:
    """The post, read back from the platform.

    url     where a person can see it
    at      the platform's own time of it, UTC, or None
    lines   what was compared
    """

    url: str
    at: datetime | None
    lines: tuple[Compared, ...] = ()

    @property
    def whole(self) -> bool:
        """True when everything that was compared is the same."""
        return all(line.same for line in self.lines)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the platform answered to the visible request.

    handle   its ids, enough to find the post again ({"uri": ..., "cid": ...})
    done     False when the platform still works on it (then it is PROCESSING)
    held     True while the platform keeps it until its time: nobody can see it yet
    """

    url: str
    handle: Json = field(default_factory=dict)
    done: bool = True
    held: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """at: when it shall go out, UTC. zone: the IANA zone the person chose it in.

    plan     what the publisher chose before anything was sent (keys, times, the record); never rebuilt
    error    the findings that stopped it, for FAILED, UNCONFIRMED, WAITING and SCHEDULED-again
    owner    who holds it while sending ("pid@host:start"), "" otherwise
    tries    how often it was taken up
    clock    whose clock makes it visible: "here" (this computer must be on) or the platform's own timer
    wake     when the engine looks at it next, UTC; None: as `wakes` says
    went     when its visible request began, UTC; None while nothing went out. Pacing counts these
    link     which link of a thread is under way, from 0; everything before it is live
    again    a person wanted it although the post was live on that account already
    """

    id: str = field(default_factory=new_id)
    post: str = ""
    account: str = ""
    platform: str = ""
    state: State = State.DRAFT
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    zone: str = "UTC"
    late: Late = field(default_factory=Late)
    plan: Json = field(default_factory=dict)
    handles: Json = field(default_factory=dict)
    url: str = ""
    proof: Proof | None = None
    error: tuple[Finding, ...] = ()
    owner: str = ""
    tries: int = 0
    clock: Clock = "here"
    wake: datetime | None = None
    went: datetime | None = None
    link: int = 0
    again: bool = False
    created: datetime = field(default_factory=lambda: datetime.now(UTC))
    updated: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def ahead(self) -> bool:
        """True while it lies with the platform's own timer."""
        return self.state is State.SCHEDULED and self.clock == "platform" and "receipt" in self.handles


Phase = Literal["begun", "done", "failed", "move", "note"]


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a delivery's journal, never rewritten.

    step    "prepare", "stage:1", "commit", "look", "proof"; for a move "from>to"
    data    what was sent (hash, sizes) or came back (status, ids); never a secret
    """

    delivery: str
    step: str
    phase: Phase
    at: datetime
    data: Json = field(default_factory=dict)
    who: str = ""


def given_up(delivery: Delivery) -> Json:
    """Its handles as it is cancelled: one that may be live all the same is remembered as such.

    That is so when nobody knows whether it went out, and when it did where nothing can be read back.
    """
    unread = delivery.state is State.HANDED_OVER and "receipt" in delivery.handles
    return {**delivery.handles, MAYBE_LIVE: True} if unread or delivery.state is State.UNCONFIRMED else delivery.handles


def may_move(before: State, after: State) -> bool:
    """True when `MOVES` has it."""
    return after in MOVES[before]


def wakes(delivery: Delivery) -> datetime | None:
    """When the engine must look at it by itself, UTC; None: never, until a person or a send moves it.

    What waits always has such a moment, so nothing can be forgotten. An UNCONFIRMED one that was looked up
    often enough has none: it is asked about. A WAITING one has the moment at which the person wants to be reminded.
    """
    if delivery.state in (State.SCHEDULED, State.DUE):
        return delivery.wake or delivery.at
    if delivery.state is State.PROCESSING:
        return delivery.wake or delivery.updated
    return delivery.wake if delivery.state in (State.UNCONFIRMED, State.WAITING) else None
