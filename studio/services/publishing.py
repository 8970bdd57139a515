"""Publishing: each delivery is sent at most once, and is published only when it was read back.

`Publishing` is what people do (publish, resend, confirm, cancel) and what the engine does by itself (`attend`);
one delivery's way through its states is `services.sending.Sending`.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from studio.core.clock import wall
from studio.core.delivery import Delivery, State, Step, given_up
from studio.core.errors import Refused, WorkspaceProblem
from studio.core.event import Event
from studio.core.finding import error
from studio.core.hold import covering
from studio.core.schema import thread_proof
from studio.services.health import Healths
from studio.services.places import chosen_zone
from studio.services.states import expect
from studio.services.twice import alone, not_live

if TYPE_CHECKING:
    from studio.core.task import Task
    from studio.services.accounts import Accounts
    from studio.services.ahead import Errand
    from studio.services.checks import Checks
    from studio.services.crew import Crew
    from studio.services.due import Attention
    from studio.services.sending import Sending
    from studio.services.settings import Settings
    from studio.store.owner import Owners
    from studio.store.workspace import Workspace

S = State
WAITING = (S.SCHEDULED, S.HELD)
SENT = (S.COMMITTING, S.PROCESSING, S.UNCONFIRMED)
RESENDABLE = (S.UNCONFIRMED, S.FAILED, S.MISSED, S.HELD, S.WAITING)
CANCELLABLE = (S.DRAFT, S.SCHEDULED, S.HELD, S.DUE, S.FAILED, S.MISSED, S.UNCONFIRMED, S.WAITING, S.HANDED_OVER)


class Publishing:
    """changed: emitted with a delivery after each move, in the thread that moved it."""

    def __init__(
        self, workspace: Workspace, accounts: Accounts, checks: Checks, settings: Settings, owners: Owners,
        sleep: Callable[[float], None], now: Callable[[], datetime] = wall,
    ) -> None:
        self._workspace, self._accounts, self._checks = workspace, accounts, checks
        self._settings, self._owners, self._sleep, self._now = settings, owners, sleep, now
        self._healths = Healths(accounts, self._now)
        self.changed: Event[[Delivery]] = Event()
        self._busy = Counter[str]()  # how many threads of this process hold a delivery right now
        self._guard = threading.Lock()
        self._compared: dict[str, int] = {}  # see services.due

    # -- what people do ------------------------------------------------------------------------------------------

    def publish(
        self, post_id: str, account_id: str, task: Task[Any] | None = None, *, again: bool = False,
        hurry: bool = False, patient: bool = False,
    ) -> Delivery:
        """Publishes now and waits. What was scheduled for this account goes now instead of then, not twice.

        hurry     without waiting for the account's pace; else it is left DUE until then. One that waits goes now
        patient   what needs minutes (a look-up, a slow platform) is left to whoever keeps watch

        Refused when the same is under way, unconfirmed, on hold or (unless `again`) published.
        """
        self._refuse_read_only()
        account = self._accounts.get(account_id)
        self._workspace.posts.get(post_id)
        if (hold := covering(self._workspace.holds.list(), account.platform, account_id)) is not None:
            from studio.services.sending import held_by

            raise Refused(replace(held_by(hold), severity="error"))
        if hurry and (waiting := self._paced(post_id, account_id)) is not None:
            return self.run(waiting.id, task, patient=patient, hurry=True)
        self._refuse_twice(post_id, account_id, again)
        fresh = Delivery(
            post=post_id, account=account_id, platform=account.platform, state=S.DUE, at=self._now(),
            zone=chosen_zone(self._settings.get("zone")), owner=self._owners.me, again=again)
        planned = self._planned(post_id, account_id)
        with self._holding((planned or fresh).id):
            delivery = self._brought_forward(planned, again) if planned else self._workspace.deliveries.add(
                fresh, check=partial(_first, again))
            self.changed.emit(delivery)
            return self._sending(task, patient, hurry).run(delivery.id)

    def _paced(self, post_id: str, account_id: str) -> Delivery | None:
        """The delivery of this post and account that only its account's pace makes wait."""
        due = self._workspace.deliveries.list(post=post_id, account=account_id, states=[S.DUE])
        return next((d for d in due if "wait" in d.handles and not self.alive(d)), None)

    def _planned(self, post_id: str, account_id: str) -> Delivery | None:
        """The delivery that waits in the calendar for this post and account."""
        waiting = self._workspace.deliveries.list(post=post_id, account=account_id, states=WAITING)
        for planned in waiting:
            if planned.ahead:
                raise Refused(error("ahead.lies_there", "delivery", id=planned.id))
        return waiting[0] if waiting else None

    def _brought_forward(self, planned: Delivery, again: bool) -> Delivery:
        """Due now instead of then."""
        now, who = self._now(), self._owners.me
        data = {"by": "person", "planned": planned.at.isoformat()}
        anew: dict[str, Any] = {}
        if "ahead" in planned.plan:  # what was made for the platform's timer is made anew
            kept = {name: planned.handles[name] for name in ("chain", "links") if name in planned.handles}
            anew = {"plan": {"round": int(planned.plan.get("round", 1)) + 1}, "handles": kept}
        moved = self._workspace.deliveries.move(
            planned.id, planned.state, S.DUE, who=who, data=data, at=now, clock="here", owner=who,
            again=again or planned.again, **anew)
        return self._moved(moved, planned.id)

    def look(self, delivery_id: str, task: Task[Any] | None = None) -> Delivery:
        """Looks an unconfirmed delivery up again; read-only on the platform."""
        with self._holding(delivery_id):
            return self._sending(task, False).look_again(self.get(delivery_id))

    def confirm(self, delivery_id: str, url: str) -> Delivery:
        """A person says it is there. Adopted with proof when it can be read back, else on their word."""
        self._refuse_read_only()
        delivery = self._expect(delivery_id, (S.UNCONFIRMED, S.HANDED_OVER))
        if not url.startswith(("https://", "http://", "file://", "at://")):
            raise Refused(error("delivery.url", "url", url=url[:200]))
        with self._holding(delivery_id):
            return self._sending(None, False).confirm(delivery, url)

    def resend(
        self, delivery_id: str, task: Task[Any] | None = None, *, over: bool = False, patient: bool = False
    ) -> Delivery:
        """A person says: send it again. Resumes what is left; nothing that is live is sent again.

        over   starts over instead, from the first link and with every file

        An unconfirmed one is looked up once more first. Refused when its post is on its way there another way,
        or went live there since.
        """
        self._refuse_read_only()
        delivery = self._expect(delivery_id, RESENDABLE)
        with self._holding(delivery_id):
            if delivery.state is S.UNCONFIRMED:
                self._refuse_held(delivery)
                delivery = self._sending(task, False).look_again(delivery)
                if delivery.state is not S.UNCONFIRMED:
                    return delivery  # it was there after all
            moved = self._sending(task, False).new_round(delivery, over=over)
        self.changed.emit(moved)
        return self.run(moved.id, task, patient=patient)

    def cancel(self, delivery_id: str) -> Delivery:
        """Nothing more will be sent. Refused once it is being sent or published.

        What lies with the platform's timer is taken back there first. A thread whose first links are live ends
        where it is. One that may be live all the same (it was unconfirmed) is remembered: see `twice.not_live`; one
        that may lie with a platform's timer is looked for first, because it would go out later by itself.
        """
        self._refuse_read_only()
        delivery = self._expect(delivery_id, CANCELLABLE)
        if delivery.state is S.UNCONFIRMED and "ahead" in delivery.plan:
            delivery = expect(self.look(delivery_id), CANCELLABLE)
        if delivery.ahead:
            return self.errand(delivery_id, "cancel")
        if delivery.link:
            return self._ended(delivery)
        return self._moved(self._workspace.deliveries.move(
            delivery.id, delivery.state, S.CANCELLED, who=self._owners.me, handles=given_up(delivery)),
            delivery_id)

    def _ended(self, delivery: Delivery) -> Delivery:
        """The links that are live stay, with their proof; the rest of the thread is dropped."""
        proof = thread_proof(delivery.handles["links"])
        return self._moved(self._workspace.deliveries.move(
            delivery.id, delivery.state, S.PUBLISHED, who=self._owners.me, proof=proof, url=proof.url, error=(),
            owner="", data={"by": "person", "links": delivery.link}), delivery.id)

    def errand(self, delivery_id: str, name: Errand, **handles: object) -> Delivery:
        """Takes back, or changes, what lies with the platform's timer; tried at once, and again until it is done."""
        from studio.services import ahead

        delivery = self.get(delivery_id)
        asked = ahead.ask(delivery, name, self._now(), **handles)
        changed = self._workspace.deliveries.change(delivery.id, S.SCHEDULED, owner_is="", **asked)
        asking = self._moved(changed, delivery_id)
        with self._holding(delivery_id):
            return self._sending(None, True).attend(asking)

    # -- what the engine does by itself --------------------------------------------------------------------------

    def run(
        self, delivery_id: str, task: Task[Any] | None = None, *, patient: bool = False, hurry: bool = False
    ) -> Delivery:
        """Takes a due delivery as far as it goes now. `patient`: wait for a later try instead of failing."""
        with self._holding(delivery_id):
            return self._sending(task, patient, hurry).run(delivery_id)

    def run_due(
        self, now: datetime | None = None, task: Task[Any] | None = None, going: Callable[[], bool] = lambda: True
    ) -> list[Delivery]:
        """Everything that must be looked at now, several accounts at once; begins none once `going` says no.

        Gives those that this process took up, as they are afterwards.
        """
        self._refuse_read_only()
        done: list[Delivery] = []
        shift = now - self._now() if now else timedelta(0)
        jobs = list(self._jobs(shift, going, done.append))
        if len({account for account, _, _ in jobs}) <= 1:
            for _, _, work in jobs:
                work()
            return done
        from studio.services.crew import Crew

        crew = Crew()
        try:
            for account, name, work in jobs:
                crew.offer(account, name, work)
            for fault in crew.wait():
                raise fault
        finally:
            crew.close()
        return done

    def attend(
        self, crew: Crew, now: datetime, went: Callable[[Delivery], None], going: Callable[[], bool],
        faulted: Callable[[Exception], None],
    ) -> None:
        """The same, offered to a crew: a long upload to one account keeps no other waiting."""
        self._refuse_read_only()
        for account, name, work in self._jobs(now - self._now(), going, went):
            crew.offer(account, name, partial(_told, work, faulted))

    def _jobs(
        self, shift: timedelta, going: Callable[[], bool], done: Callable[[Delivery], None]
    ) -> Iterator[tuple[str, str, Callable[[], None]]]:
        """(account, delivery, work) for each that must be looked at."""
        attention = self._attention()

        def work(delivery: Delivery) -> None:
            if not going():
                return
            sending = self._sending(None, True, shift=shift)
            with self._holding(delivery.id):
                after = sending.attend(delivery)
            if sending.took:
                done(after)

        for delivery in attention.now(self._now() + shift):
            yield delivery.account, delivery.id, partial(work, delivery)

    def alive(self, delivery: Delivery) -> bool:
        """True while somebody who lives has it in hand: another process, or a thread of this one."""
        if delivery.owner == self._owners.me:
            with self._guard:
                return delivery.id in self._busy
        return bool(delivery.owner) and self._owners.alive(delivery.owner)

    @contextmanager
    def _holding(self, delivery_id: str) -> Iterator[None]:
        """This process has it in hand: what it leaves behind when it fails is free again."""
        with self._guard:
            self._busy[delivery_id] += 1
        try:
            yield
        finally:
            with self._guard:
                self._busy[delivery_id] -= 1
                self._busy += Counter()  # without those that nobody holds any more

    def recover(self, now: datetime | None = None) -> list[Delivery]:
        """Takes over deliveries whose process died, and looks before anything could be sent twice. Sends nothing."""
        shift = now - self._now() if now else timedelta(0)
        attention = self._attention()
        found = [d for d in attention.now(self._now() + shift) if d.state in SENT]
        return [self._sending(None, True, shift=shift).attend(d) for d in found]

    # -- small things --------------------------------------------------------------------------------------------

    def get(self, delivery_id: str) -> Delivery:
        return self._workspace.deliveries.get(delivery_id)

    def story(self, delivery_id: str) -> list[Step]:
        """The journal of a delivery, oldest line first."""
        return self._workspace.journal.of(self.get(delivery_id).id)

    def _tell(self, delivery: Delivery) -> None:
        self.changed.emit(delivery)

    def _moved(self, moved: Delivery | None, delivery_id: str) -> Delivery:
        if moved is None:
            raise Refused(error("delivery.moved_on", "delivery", id=delivery_id))
        self.changed.emit(moved)
        return moved

    def _sending(
        self, task: Task[Any] | None, patient: bool, hurry: bool = False, shift: timedelta = timedelta(0)
    ) -> Sending:
        """The engine is loaded with the first send: until then the machine belongs to the first list."""
        from studio.services.engine import Engine
        from studio.services.sending import Sending

        engine = Engine(
            self._workspace, self._accounts, self._checks, self._settings, self._owners.me, self._tell,
            self._sleep, lambda: self._now() + shift, self._healths,
        )
        return Sending(engine, task, patient, hurry)

    def _attention(self) -> Attention:
        from studio.services.due import Attention

        return Attention(
            self._workspace, self._accounts, self._checks, self._owners.me, self.alive, self._tell, self._compared)

    def _expect(self, delivery_id: str, states: Iterable[State]) -> Delivery:
        return expect(self.get(delivery_id), tuple(states))

    def _refuse_held(self, delivery: Delivery) -> None:
        """Somebody who lives is looking it up at this moment, or repeats it with its key."""
        if delivery.owner and delivery.owner != self._owners.me and self._owners.alive(delivery.owner):
            alone([delivery])

    def _refuse_twice(self, post_id: str, account_id: str, again: bool) -> None:
        others = self._workspace.deliveries.list(post=post_id, account=account_id)
        _first(again, [other for other in others if other.state not in WAITING])

    def _refuse_read_only(self) -> None:
        if self._workspace.read_only:
            raise WorkspaceProblem(self._workspace.why or error("workspace.read_only", "workspace"))

    def list(
        self, *, post: str | None = None, account: str | None = None, states: Iterable[State] | None = None,
        latest: int | None = None,
    ) -> list[Delivery]:
        """By time, earliest first. latest: only the last so many."""
        return self._workspace.deliveries.list(post=post, account=account, states=states, latest=latest)


def _told(work: Callable[[], None], faulted: Callable[[Exception], None]) -> None:
    """A fault of one delivery is told, and ends nothing else."""
    try:
        work()
    except Exception as fault:
        faulted(fault)


def _first(again: bool, others: Sequence[Delivery]) -> None:
    alone(others)
    if not again:
        not_live(others)

