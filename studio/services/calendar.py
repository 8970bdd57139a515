"""The calendar: what goes out when and by whose clock, and the tick that makes it due."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from studio.core.clock import wall
from studio.core.delivery import Delivery, State, wakes
from studio.core.errors import Refused, WorkspaceProblem
from studio.core.event import Event
from studio.core.finding import Finding, blocking, error
from studio.core.slot import Due, Late, Slot, due, zone
from studio.services.states import expect
from studio.services.twice import alone, anew, not_live

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studio.core.clock import Jump
    from studio.core.post import Account
    from studio.services.accounts import Accounts
    from studio.services.settings import Settings
    from studio.store.workspace import Workspace

S = State
WAITING = (S.SCHEDULED, S.HELD)
MOVABLE = (S.SCHEDULED, S.HELD, S.FAILED, S.MISSED, S.CANCELLED)
STOPPED = (S.MISSED, S.HELD)
TRIES = (S.DUE, S.PROCESSING, S.UNCONFIRMED)  # what the engine looks at again by itself
SOON = timedelta(minutes=1)  # a moment that passed while the person was choosing it is still "now"
SMALL = timedelta(minutes=5)  # a clock put right by less changes nothing about what was planned


@dataclass(frozen=True, slots=True)
class Entry:
    """A delivery as the calendar shows it, with its post's heading and picture."""

    delivery: Delivery
    heading: str
    thumb: str
    account: str


class Calendar:
    """changed: emitted with a delivery that was scheduled, moved or became due or missed."""

    def __init__(
        self, workspace: Workspace, accounts: Accounts, settings: Settings, now: Callable[[], datetime] = wall
    ) -> None:
        self._workspace, self._accounts, self._settings, self._now = workspace, accounts, settings, now
        self.changed: Event[[Delivery]] = Event()

    def schedule(
        self, post_id: str, account_id: str, at: datetime, zone_name: str = "UTC", late: Late | None = None, *,
        ahead: bool = False, again: bool = False,
    ) -> Delivery:
        """at: UTC.

        ahead   the platform's own timer shall fire: it goes there as soon as that takes it
        again   also when the post is live there already

        Refused: in the past, already on its way to that account, live there, not allowed to post there, no timer
        there, or no such post, account, zone.
        """
        self._writable()
        zone(zone_name)
        self._workspace.posts.get(post_id)
        account = self._accounts.get(account_id)
        self._future(at)
        if blockers := blocking(self._accounts.rights(account)):
            raise Refused(*blockers)
        delivery = self._workspace.deliveries.add(Delivery(
            post=post_id, account=account_id, platform=account.platform, state=S.SCHEDULED,
            at=at.astimezone(UTC), zone=zone_name, late=late or self.late(), again=again,
            **self._clock(account, at) if ahead else {},
        ), check=alone if again else _alone_and_new)
        self.changed.emit(delivery)
        return delivery

    def _clock(self, account: Account, at: datetime) -> dict[str, Any]:
        """The platform's clock, and when to leave it there. Refused where it has none, or takes no such time."""
        from studio import platforms

        timer = platforms.get(account.platform).timer
        if timer is None:
            raise Refused(error("ahead.no_timer", "ahead", platform=account.platform))
        from studio.services import ahead as timers

        moment = timers.leave_at(timer, at, self._now())
        if moment is None:
            raise Refused(error("ahead.too_soon", "at", minutes=-(-timer.least.value // 60) + 1))
        return {"clock": "platform", "wake": moment}

    def late(self) -> Late:
        """The late policy that new schedules start with."""
        return Late.parse(str(self._settings.get("late")))

    def move(self, delivery_id: str, at: datetime) -> Delivery:
        """Another time for what has not gone out; a failed, missed or cancelled one is scheduled anew.

        What lies with the platform's timer is moved there next; until that is done it says so. Refused: the time has
        passed, it is being sent, or it was given up while nobody knew whether it had gone out.
        """
        self._writable()
        delivery = expect(self._workspace.deliveries.get(delivery_id), MOVABLE)
        if delivery.state is S.CANCELLED:
            not_live([delivery])  # one that was given up unconfirmed may be live
        self._future(at)
        moved = self._moved_there(delivery, at) if delivery.ahead else self._moved_here(delivery, at)
        if moved is None:
            raise Refused(error("delivery.moved_on", "delivery", id=delivery_id))
        self.changed.emit(moved)
        return moved

    def _moved_here(self, delivery: Delivery, at: datetime) -> Delivery | None:
        """A thread keeps what is live; only what is left is planned anew."""
        kept = {n: delivery.handles[n] for n in ("chain", "links") if n in delivery.handles} if delivery.link else {}
        wake = self._now() if delivery.clock == "platform" else None
        return self._workspace.deliveries.move(
            delivery.id, delivery.state, S.SCHEDULED, data={"at": at.isoformat()}, at=at.astimezone(UTC), error=(),
            plan={"round": int(delivery.plan.get("round", 1)) + 1} if delivery.plan else {}, handles=kept, wake=wake,
            went=delivery.went if delivery.link else None,
            check=None if delivery.state in WAITING else anew(delivery),
        )

    def _moved_there(self, delivery: Delivery, at: datetime) -> Delivery | None:
        resting = delivery.handles.get("errand") == "hold"  # taken back first; when the hold ends, the new time holds
        from studio.services import ahead as timers

        errand = timers.ask(delivery, "hold" if resting else "reschedule", self._now())
        return self._workspace.deliveries.move(
            delivery.id, S.SCHEDULED, S.SCHEDULED, owner_is="", data={"at": at.isoformat()}, at=at.astimezone(UTC),
            **errand)

    def between(self, start: datetime, end: datetime) -> list[Entry]:
        """Deliveries with start <= at < end (UTC), earliest first."""
        return self.entries(self._workspace.deliveries.list(start=start, end=end))

    def next(self) -> Entry | None:
        """The next one that goes out by itself."""
        waiting = self.entries(self._workspace.deliveries.list(states=[S.SCHEDULED], limit=1))
        return waiting[0] if waiting else None

    def missed(self) -> list[Entry]:
        """What did not go out at its time and waits for a person: missed, or stopped by a hold. Earliest first."""
        now = self._now()
        return self.entries(
            d for d in self._workspace.deliveries.list(states=STOPPED) if d.state is S.MISSED or d.at <= now)

    def wake(self, after: datetime) -> datetime | None:
        """The next moment at which the engine has something to do."""
        return self._workspace.deliveries.next_wake(after)

    def tick(self, now: datetime | None = None, jump: Jump | None = None) -> Due:
        """Moves what is due to DUE and what is too late to MISSED; tells when to look again.

        jump   what happened to the clock since the last tick: what only a changed clock made due is asked about
        """
        moment = now or self._now()
        if jump is not None and jump.kind == "back":
            self._wake_sooner(jump.by, moment)
        planned = self._workspace.deliveries.waking(moment, states=[S.SCHEDULED])
        waiting = [d for d in planned if d.clock == "here"]
        found = due([Slot(d.id, d.at, d.late) for d in waiting], moment)
        doubtful = _doubtful(jump)
        for delivery_id in found.send:
            if doubtful:
                self._turn(delivery_id, S.SCHEDULED, S.MISSED, *doubtful)
            else:
                self._turn(delivery_id, S.SCHEDULED, S.DUE)
        for delivery_id in found.missed:
            self._turn(delivery_id, S.SCHEDULED, S.MISSED, error("delivery.missed", "delivery"))
        return Due(() if doubtful else found.send, found.missed, self.wake(moment))

    def _wake_sooner(self, by: timedelta, now: datetime) -> None:
        """A clock set back by a year must not leave what was to be tried again in a minute for a year."""
        planned = self._workspace.deliveries.list(states=[S.SCHEDULED])
        errands = [delivery for delivery in planned if "errand" in delivery.handles]
        for delivery in (*self._workspace.deliveries.list(states=TRIES), *errands):
            wake = wakes(delivery)
            if wake is not None and wake - now > by / 2:  # once: the other worker may have seen the change first
                self._workspace.deliveries.change(
                    delivery.id, delivery.state, owner_is="", seen=delivery, wake=max(now, wake - by))

    def _turn(self, delivery_id: str, before: State, after: State, *findings: Finding) -> None:
        moved = self._workspace.deliveries.move(delivery_id, before, after, error=tuple(findings))
        if moved is not None:
            self.changed.emit(moved)

    def entries(self, deliveries: Iterable[Delivery]) -> list[Entry]:
        """Deliveries as the calendar shows them, in this order; without a heading where the post is gone."""
        rows = list(deliveries)
        heads = self._workspace.posts.headings({d.post for d in rows})
        nothing = ("", "")
        return [
            Entry(d, heading=heads.get(d.post, nothing)[0], thumb=heads.get(d.post, nothing)[1], account=d.account)
            for d in rows
        ]

    def _future(self, at: datetime) -> None:
        if at < self._now() - SOON:
            raise Refused(error("time.past", "at", at=at.astimezone(UTC).isoformat(timespec="minutes")))

    def _writable(self) -> None:
        if self._workspace.read_only:
            raise WorkspaceProblem(self._workspace.why or error("workspace.read_only", "workspace"))


def _alone_and_new(others: Sequence[Delivery]) -> None:
    alone(others)
    not_live(others)


def _doubtful(jump: Jump | None) -> tuple[Finding, ...]:
    """A clock that went forward: whether it is right now, or was before, nobody here can know."""
    if jump is None or jump.kind != "forward" or jump.by <= SMALL:
        return ()
    return (error("clock.forward", "delivery", minutes=round(jump.by.total_seconds() / 60)),)
