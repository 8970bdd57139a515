"""Publishing: each delivery is sent at most once, and is published only when it was read back.

`Publishing` is what people do (publish, resend, confirm, cancel); one delivery's way through its states is
`services.sending.Sending`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from studio.core.delivery import Delivery, State, Step
from studio.core.errors import Refused, WorkspaceProblem
from studio.core.event import Event
from studio.core.finding import error
from studio.services.sending import Sending, last_moment
from studio.services.twice import MAYBE_LIVE, alone, not_live

if TYPE_CHECKING:
    from studio.core.task import Task
    from studio.services.accounts import Accounts
    from studio.services.checks import Checks
    from studio.services.settings import Settings
    from studio.store.owner import Owners
    from studio.store.workspace import Workspace

S = State
WAITING = (S.SCHEDULED, S.HELD)
RESENDABLE = (S.UNCONFIRMED, S.FAILED, S.MISSED)
CANCELLABLE = (S.DRAFT, S.SCHEDULED, S.HELD, S.DUE, S.FAILED, S.MISSED, S.UNCONFIRMED, S.WAITING, S.HANDED_OVER)


class Publishing:
    """changed: emitted with a delivery after each move, in the thread that moved it."""

    def __init__(
        self, workspace: Workspace, accounts: Accounts, checks: Checks, settings: Settings, owners: Owners,
        sleep: Callable[[float], None],
    ) -> None:
        self._workspace, self._accounts, self._checks = workspace, accounts, checks
        self._settings, self._owners, self._sleep = settings, owners, sleep
        self.changed: Event[[Delivery]] = Event()

    def publish(
        self, post_id: str, account_id: str, task: Task[Any] | None = None, *, again: bool = False
    ) -> Delivery:
        """Publishes now and waits. What was scheduled for this account goes now instead of then, not twice.

        Refused when the same is under way, unconfirmed, or (unless `again`) published.
        """
        self._refuse_read_only()
        account = self._accounts.get(account_id)
        self._workspace.posts.get(post_id)
        self._refuse_twice(post_id, account_id, again)
        now = datetime.now(UTC)
        delivery = self._brought_forward(post_id, account_id, now) or self._workspace.deliveries.add(Delivery(
            post=post_id, account=account_id, platform=account.platform, state=S.DUE, at=now,
            owner=self._owners.me,
        ), check=partial(_first, again))
        self.changed.emit(delivery)
        return self.run(delivery.id, task)

    def _brought_forward(self, post_id: str, account_id: str, now: datetime) -> Delivery | None:
        """The delivery that waits in the calendar for this post and account, due now."""
        waiting = self._workspace.deliveries.list(post=post_id, account=account_id, states=WAITING)
        for planned in waiting:
            data = {"by": "person", "planned": planned.at.isoformat()}
            moved = self._workspace.deliveries.move(
                planned.id, planned.state, S.DUE, who=self._owners.me, data=data, at=now,
                owner=self._owners.me)
            if moved is not None:
                return moved
        return None

    def run(self, delivery_id: str, task: Task[Any] | None = None, *, patient: bool = False) -> Delivery:
        """Takes a due delivery as far as it goes now. `patient`: wait for a later try instead of failing."""
        return self._sending(task, patient).run(delivery_id)

    def run_due(
        self, now: datetime | None = None, task: Task[Any] | None = None, going: Callable[[], bool] = lambda: True
    ) -> list[Delivery]:
        """Runs every delivery in DUE whose waiting time is over, earliest first; begins none once `going` says no.

        Gives those that this process took up.
        """
        self._refuse_read_only()
        moment = now or datetime.now(UTC)
        self.recover(moment)
        waiting = [d for d in self._workspace.deliveries.list(states=[S.DUE]) if self._free(d)]
        late = [d for d in waiting if moment > last_moment(d)]
        for delivery in late:
            self._miss(delivery)
        ready = [d for d in waiting if d not in late and _not_before(d) <= moment]
        done = [self.run(d.id, task, patient=True) for d in ready if going()]
        return [d for d in done if self._took(d)]

    def _free(self, delivery: Delivery) -> bool:
        """Nobody who lives is about to take it: `publish` makes its delivery and runs it in two steps."""
        return not delivery.owner or not self._owners.alive(delivery.owner)

    def _miss(self, delivery: Delivery) -> None:
        """It became due, and nobody was there for longer than its late policy allows."""
        missed = error("delivery.missed", "delivery")
        moved = self._workspace.deliveries.move(delivery.id, S.DUE, S.MISSED, who=self._owners.me, error=(missed,))
        if moved is not None:
            self.changed.emit(moved)

    def _took(self, delivery: Delivery) -> bool:
        """True when this process took it up: another worker may have been quicker."""
        taken = f"{S.DUE}>{S.PREPARING}"
        return any(line.step == taken and line.who == self._owners.me for line in self.story(delivery.id))

    def recover(self, now: datetime | None = None) -> list[Delivery]:
        """Takes over deliveries whose process died, and looks before anything could be sent twice."""
        moment = now or datetime.now(UTC)
        stale = self._workspace.deliveries.stale(self._owners.alive)
        return [self._sending(None, True).take_over(d) for d in stale if _not_before(d) <= moment]

    def look(self, delivery_id: str, task: Task[Any] | None = None) -> Delivery:
        """Looks an unconfirmed delivery up again; read-only on the platform."""
        return self._sending(task, False).look_again(self.get(delivery_id))

    def confirm(self, delivery_id: str, url: str) -> Delivery:
        """A person says it is there. Adopted with proof when it can be read back, else on their word."""
        self._refuse_read_only()
        delivery = self._expect(delivery_id, (S.UNCONFIRMED, S.WAITING, S.HANDED_OVER))
        if not url.startswith(("https://", "http://", "file://", "at://")):
            raise Refused(error("delivery.url", "url", url=url[:200]))
        return self._sending(None, False).confirm(delivery, url)

    def resend(self, delivery_id: str, task: Task[Any] | None = None) -> Delivery:
        """A person says: send it again. A new round with a new plan, except where a repeat is harmless.

        An unconfirmed one is looked up once more first. Refused when its post is on its way there another way,
        or went live there since.
        """
        self._refuse_read_only()
        delivery = self._expect(delivery_id, RESENDABLE)
        if delivery.state is S.UNCONFIRMED:
            self._refuse_held(delivery)
            delivery = self._sending(task, False).look_again(delivery)
            if delivery.state is not S.UNCONFIRMED:
                return delivery  # it was there after all
        account = self._accounts.get(delivery.account)
        moved = self._sending(task, False).new_round(delivery, account)
        return self.run(moved.id, task)

    def cancel(self, delivery_id: str) -> Delivery:
        """Nothing will be sent. Refused once it is being sent or published.

        One that may be live all the same (it was unconfirmed) is remembered as such: see `twice.not_live`.
        """
        self._refuse_read_only()
        delivery = self._expect(delivery_id, CANCELLABLE)
        unsure = {MAYBE_LIVE: True} if delivery.state is S.UNCONFIRMED else {}
        moved = self._workspace.deliveries.move(
            delivery.id, delivery.state, S.CANCELLED, who=self._owners.me, handles={**delivery.handles, **unsure})
        if moved is None:
            raise Refused(error("delivery.moved_on", "delivery", id=delivery_id))
        self.changed.emit(moved)
        return moved

    def get(self, delivery_id: str) -> Delivery:
        return self._workspace.deliveries.get(delivery_id)

    def story(self, delivery_id: str) -> list[Step]:
        """The journal of a delivery, oldest line first."""
        return self._workspace.journal.of(self.get(delivery_id).id)

    def _sending(self, task: Task[Any] | None, patient: bool) -> Sending:
        return Sending(
            self._workspace, self._accounts, self._checks, self._settings, self._owners.me, self.changed.emit,
            self._sleep, task, patient,
        )

    def _expect(self, delivery_id: str, states: Iterable[State]) -> Delivery:
        delivery, allowed = self.get(delivery_id), tuple(states)
        if delivery.state not in allowed:
            raise Refused(error(
                "delivery.wrong_state", "delivery", id=delivery_id, state=delivery.state.value,
                wanted=", ".join(s.value for s in allowed),
            ))
        return delivery

    def _refuse_held(self, delivery: Delivery) -> None:
        """Somebody who lives is looking it up at this moment, or repeats it with its key."""
        if delivery.owner and self._owners.alive(delivery.owner):
            alone([delivery])

    def _refuse_twice(self, post_id: str, account_id: str, again: bool) -> None:
        others = self._workspace.deliveries.list(post=post_id, account=account_id)
        _first(again, [other for other in others if other.state not in WAITING])

    def _refuse_read_only(self) -> None:
        if self._workspace.read_only:
            raise WorkspaceProblem(self._workspace.why or error("workspace.read_only", "workspace"))

    def list(
        self, *, post: str | None = None, account: str | None = None, states: Iterable[State] | None = None
    ) -> list[Delivery]:
        """By time, earliest first."""
        return self._workspace.deliveries.list(post=post, account=account, states=states)


def _first(again: bool, others: Sequence[Delivery]) -> None:
    alone(others)
    if not again:
        not_live(others)


def _not_before(delivery: Delivery) -> datetime:
    text = delivery.handles.get("not_before")
    return datetime.fromisoformat(text) if isinstance(text, str) else delivery.at - timedelta(seconds=1)
