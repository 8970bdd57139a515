"""The calendar: what goes out when, and the tick that makes it due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from studio.core.delivery import Delivery, State
from studio.core.errors import Refused, WorkspaceProblem
from studio.core.event import Event
from studio.core.finding import error
from studio.core.slot import Due, Late, Slot, due, zone
from studio.services.twice import alone, anew

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.services.accounts import Accounts
    from studio.services.settings import Settings
    from studio.store.workspace import Workspace

S = State
WAITING = (S.SCHEDULED, S.HELD)
MOVABLE = (S.SCHEDULED, S.HELD, S.FAILED, S.MISSED, S.CANCELLED)
SOON = timedelta(minutes=1)  # a moment that passed while the person was choosing it is still "now"


@dataclass(frozen=True, slots=True)
class Entry:
    """A delivery as the calendar shows it, with its post's heading and picture."""

    delivery: Delivery
    heading: str
    thumb: str
    account: str


class Calendar:
    """changed: emitted with a delivery that was scheduled, moved or became due or missed."""

    def __init__(self, workspace: Workspace, accounts: Accounts, settings: Settings) -> None:
        self._workspace, self._accounts, self._settings = workspace, accounts, settings
        self.changed: Event[[Delivery]] = Event()

    def schedule(
        self, post_id: str, account_id: str, at: datetime, zone_name: str = "UTC", late: Late | None = None
    ) -> Delivery:
        """at: UTC. Refused: in the past, already on its way to that account, or no such post, account, zone."""
        self._writable()
        zone(zone_name)
        self._workspace.posts.get(post_id)
        account = self._accounts.get(account_id)
        self._future(at)
        delivery = self._workspace.deliveries.add(Delivery(
            post=post_id, account=account_id, platform=account.platform, state=S.SCHEDULED,
            at=at.astimezone(UTC), zone=zone_name, late=late or self.late(),
        ), check=alone)
        self.changed.emit(delivery)
        return delivery

    def late(self) -> Late:
        """The late policy that new schedules start with."""
        return Late.parse(str(self._settings.get("late")))

    def move(self, delivery_id: str, at: datetime) -> Delivery:
        """Another time for what has not gone out; a failed, missed or cancelled one is scheduled anew."""
        self._writable()
        delivery = self._workspace.deliveries.get(delivery_id)
        if delivery.state not in MOVABLE:
            raise Refused(error("delivery.wrong_state", "delivery", id=delivery_id, state=delivery.state.value,
                                wanted=", ".join(s.value for s in MOVABLE)))
        self._future(at)
        moved = self._workspace.deliveries.move(
            delivery.id, delivery.state, S.SCHEDULED, data={"at": at.isoformat()}, at=at.astimezone(UTC), error=(),
            plan={"round": int(delivery.plan.get("round", 1)) + 1} if delivery.plan else {}, handles={},
            check=None if delivery.state in WAITING else anew(delivery),
        )
        if moved is None:
            raise Refused(error("delivery.moved_on", "delivery", id=delivery_id))
        self.changed.emit(moved)
        return moved

    def between(self, start: datetime, end: datetime) -> list[Entry]:
        """Deliveries with start <= at < end (UTC), earliest first."""
        return self._entries(self._workspace.deliveries.list(start=start, end=end))

    def next(self) -> Entry | None:
        """The next one that goes out by itself."""
        waiting = self._entries(self._workspace.deliveries.list(states=[S.SCHEDULED], limit=1))
        return waiting[0] if waiting else None

    def tick(self, now: datetime | None = None) -> Due:
        """Moves what is due to DUE and what is too late to MISSED; tells when to look again."""
        found = due(self._slots(), now or datetime.now(UTC))
        for delivery_id in found.send:
            self._turn(delivery_id, S.SCHEDULED, S.DUE)
        for delivery_id in found.missed:
            self._turn(delivery_id, S.SCHEDULED, S.MISSED, error("delivery.missed", "delivery"))
        return found

    def _slots(self) -> list[Slot]:
        return [Slot(d.id, d.at, d.late) for d in self._workspace.deliveries.list(states=[S.SCHEDULED])]

    def _turn(self, delivery_id: str, before: State, after: State, *findings: object) -> None:
        moved = self._workspace.deliveries.move(delivery_id, before, after, error=tuple(findings))
        if moved is not None:
            self.changed.emit(moved)

    def _entries(self, deliveries: Iterable[Delivery]) -> list[Entry]:
        rows = list(deliveries)
        heads = self._workspace.posts.headings({d.post for d in rows})
        nothing = ("", "")
        return [
            Entry(d, heading=heads.get(d.post, nothing)[0], thumb=heads.get(d.post, nothing)[1], account=d.account)
            for d in rows
        ]

    def _future(self, at: datetime) -> None:
        if at < datetime.now(UTC) - SOON:
            raise Refused(error("time.past", "at", at=at.astimezone(UTC).isoformat(timespec="minutes")))

    def _writable(self) -> None:
        if self._workspace.read_only:
            raise WorkspaceProblem(self._workspace.why or error("workspace.read_only", "workspace"))
