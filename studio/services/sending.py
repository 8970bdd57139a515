"""One delivery's way from DUE to PUBLISHED, journaled at each step so that a crash anywhere never posts twice.

submit (services.staging)  ->  finalize: commit, once  ->  check (services.proving)  ->  published, or the next link

What decides a repeat after a crash is the journal alone: the commit line of the present round and link is absent
(nothing was sent), done (it was, and this came back), failed (definitely refused) or open (unknown: look).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from studio.core import pace
from studio.core.delivery import SENDING, TERMINAL, Delivery, State, Step
from studio.core.errors import (
    ByHand,
    Cancelled,
    Later,
    NotFound,
    NotThere,
    Problem,
    Refused,
    Rejected,
    Uncertain,
    Unstaged,
    VaultLocked,
)
from studio.core.finding import Finding, error, info, warning
from studio.core.hold import Hold
from studio.core.post import Content
from studio.core.schema import thread_proof
from studio.services.ahead import Ahead
from studio.services.engine import Engine, UnderWay
from studio.services.handing import UNSENT, HandingOver
from studio.services.outlook import set_back
from studio.services.plans import receipt_from_json, receipt_to_json
from studio.services.proving import HOUR, RETRY_AFTER, Proving
from studio.services.staging import Staging, forget
from studio.services.twice import MovedOn, anew

if TYPE_CHECKING:
    from studio.core.task import Task
    from studio.platforms.base import Upload

S = State
LEAST_LATE = 15  # minutes that tries under way are allowed, whatever the late policy says
THREAD_LATE = timedelta(hours=24)  # a later link of a thread is tried for so long after the one before it
MOST_RETRY = 900.0  # seconds between two tries at most, unless the platform asks for more


class _Rests(Exception):
    """A hold came between: it stands HELD, and nothing was sent."""


class Sending:
    """Made for one run. hurry: a person said "now", so its account's pace is not waited for.

    took   True once this run had the delivery in hand: somebody else may have been quicker
    """

    def __init__(
        self, engine: Engine, task: Task[Any] | None = None, patient: bool = False, hurry: bool = False
    ) -> None:
        self._engine, self._task, self._patient, self._hurry = engine, task, patient, hurry
        self.took = False

    # -- the ways in ---------------------------------------------------------------------------------------------

    def run(self, delivery_id: str) -> Delivery:
        """From DUE as far as it goes; untouched when somebody else has it, when it must wait, or is on hold."""
        delivery = self._engine.workspace.deliveries.get(delivery_id)
        if delivery.state is not S.DUE:
            return delivery
        taken = self._take(delivery)
        if taken.state is not S.PREPARING or taken.owner != self._engine.who:
            return taken
        self.took = True
        done = self._guard(taken, self._send)
        return self.run(delivery_id) if done.link > delivery.link and self._may_go(done) else done

    def attend(self, delivery: Delivery) -> Delivery:
        """What waited for its moment (a look-up, a read-back, the platform's own timer), or was left by the dead."""
        if delivery.state is S.DUE:
            return self.run(delivery.id)
        mine = self._engine.workspace.deliveries.change(
            delivery.id, delivery.state, owner_is=delivery.owner, seen=delivery, owner=self._engine.who)
        if mine is None:
            return self._engine.workspace.deliveries.get(delivery.id)
        self.took = True
        done = self._guard(mine, lambda way: self._attended(way, delivery.owner))
        return self.run(done.id) if self._may_go(done) else done

    def _may_go(self, delivery: Delivery) -> bool:
        """What was given back before anything was sent, or a link that follows at once."""
        now = self._engine.now()
        return delivery.state is S.DUE and (delivery.wake or delivery.at) <= now <= last_moment(delivery)

    def look_again(self, delivery: Delivery) -> Delivery:
        """A person asks to look now. Published when found; unchanged when not."""
        if delivery.state is not S.UNCONFIRMED:
            return delivery
        return self._guard(delivery, self._looked)

    def confirm(self, delivery: Delivery, url: str) -> Delivery:
        """Looked up first; adopted on the person's word when the platform cannot be read."""
        if delivery.state is S.UNCONFIRMED:
            delivery = self.look_again(delivery)
        if delivery.state not in (S.UNCONFIRMED, S.HANDED_OVER):
            return delivery
        way = self._way(delivery)
        line, left = way.line("confirm", "note", {"by": "person", "url": url}), Proving(way).last() - way.d.link
        rest = (warning("delivery.thread_ended", "delivery", count=left),) if left > 0 else ()
        proof = thread_proof(delivery.handles["links"]) if delivery.link else None
        way.move(S.PUBLISHED, lines=[line], url=proof.url if proof else url, proof=proof, error=rest, owner="")
        return way.d

    def new_round(self, delivery: Delivery, *, over: bool) -> Delivery:
        """Back to DUE for a person's "send again".

        What is left: links that are live stay live, files that are staged stay staged, and a publisher with true
        idempotency keeps its key. over: everything anew, from the first link.
        """
        way = self._way(delivery)
        try:
            keep = not over and delivery.state is S.UNCONFIRMED and way.publisher.idempotent
            same = not over and delivery.state is not S.UNCONFIRMED and not self._sent(way)
        finally:
            way.close()
        ahead = delivery.clock == "platform" and delivery.at > self._engine.now()
        kept = (keep or same) and "ahead" not in delivery.plan
        same = same and kept  # without its plan nothing of this round is used again
        number = int(delivery.plan.get("round", 1)) + (0 if same else 1)
        plan = dict(delivery.plan) if kept else {}
        plan = {**plan, "round": number, **({"same_key": True} if keep else {})}
        line = way.line("send again", "note", {"by": "person", "round": number, "same_key": keep, "over": over})
        way.move(
            S.SCHEDULED if ahead else S.DUE, lines=[line], plan=plan,
            handles={**self._left(delivery, same, over), "since": self._engine.now().isoformat()},
            error=(), owner="", clock="platform" if ahead else "here", wake=self._engine.now(),
            link=0 if over else delivery.link, check=anew(delivery))
        return way.d

    @staticmethod
    def _left(delivery: Delivery, same: bool, over: bool) -> dict[str, Any]:
        """The handles that still hold: of the links that are live, and of what this round has staged."""
        names = () if over else ("chain", "links", *(("held",) if same else ()))
        return {name: delivery.handles[name] for name in names if name in delivery.handles}

    # -- taking it up --------------------------------------------------------------------------------------------

    def _take(self, delivery: Delivery) -> Delivery:
        """Under its account's pace and holds, decided in one transaction."""
        engine, now = self._engine, self._engine.now()
        try:
            gate = self._gate(delivery, now)
        except NotFound as gone:
            return self._guard(delivery, partial(self._gone, gone))
        taken = engine.workspace.deliveries.take(delivery.id, engine.who, gate, now - pace.LOOK_BACK, now)
        engine.tell(taken)
        return taken

    @staticmethod
    def _gone(gone: NotFound, way: UnderWay) -> None:
        way.move(S.FAILED, error=gone.findings, owner="")

    def _gate(
        self, delivery: Delivery, now: datetime
    ) -> Callable[[Delivery, Sequence[datetime], Hold | None], tuple[State, dict[str, Any]]]:
        account = self._engine.accounts.get(delivery.account)
        rules, zone = self._engine.accounts.pace(account), delivery.zone
        paced = not self._hurry and delivery.link == 0 and not delivery.plan.get("ahead")

        def gate(found: Delivery, went: Sequence[datetime], hold: Hold | None) -> tuple[State, dict[str, Any]]:
            if hold is not None:
                return S.HELD, {"error": (held_by(hold),)}
            back = set_back(self._engine.workspace) if any(at > now for at in went) else None
            if paced and (wait := pace.earliest(rules, went, now, zone, found.id, back)) is not None:
                return S.DUE, {"wake": wait.until, "owner": "", "handles": {**found.handles, "wait": wait.why}}
            handles = {name: value for name, value in found.handles.items() if name != "wait"}
            if "wait" in found.handles and found.wake is not None:
                handles["since"] = found.wake.isoformat()
            return S.PREPARING, {"tries": found.tries + 1, "error": (), "handles": handles}

        return gate

    # -- sending -------------------------------------------------------------------------------------------------

    def _send(self, way: UnderWay) -> None:
        if self._sent(way):  # a line that outlived its delivery's state
            way.move(S.STAGING)
            way.move(S.COMMITTING)
            self._continue(way)
            return
        staging = Staging(way)
        if way.d.link == 0 and staging.mode() != "api":
            HandingOver(way).run(staging.checked())
            return
        self._engine.healths.before_send(way.account)
        self._commit(way, *staging.run())

    def _commit(self, way: UnderWay, content: Content, uploads: list[Upload]) -> None:
        """Finalize: the one visible request. From here on cancelling is too late, so the task is not asked."""
        way.check_cancel()
        publisher, plan, handles = way.publisher, way.d.plan["made"], way.staged()
        prove = Proving(way)
        receipt = None

        def act() -> dict[str, Any]:
            nonlocal receipt
            way.report(0.8, "Publishing")
            receipt = publisher.commit(content, uploads, plan, handles)
            return receipt_to_json(receipt)

        def done(line: Step) -> None:
            assert receipt is not None
            prove.accept(receipt, [line])

        try:
            before = way.journal.once(
                "commit", act, {"post": content.post, "files": len(uploads)}, lambda line: self._begin(way, line), done)
        except Uncertain as unknown:
            prove.lost(unknown.findings)
            return
        except Unstaged:  # refused because of it: the next try must not send the same handles again
            forget(way)
            raise
        if receipt is None:  # done in an earlier life
            prove.accept(receipt_from_json(before), [])
        prove.prove()

    def _begin(self, way: UnderWay, line: Step) -> None:
        """"Begun" and COMMITTING are one write: without it nothing is sent. A hold that came since stops it here."""
        ahead = way.d.plan.get("ahead")
        went = datetime.fromisoformat(ahead) if ahead else self._engine.now()
        found = self._engine.workspace.deliveries.begin(
            way.d.id, self._engine.who, lambda hold: {"error": (held_by(hold),)}, [line], went=went)
        way.now_is(found)
        self._engine.tell(way.d)
        if way.d.state is S.HELD:
            raise _Rests

    # -- after a wait or a crash ---------------------------------------------------------------------------------

    def _attended(self, way: UnderWay, before: str) -> None:
        if before:
            way.journal.write("take over", "note", {"from": before})
        if way.d.state in (S.PREPARING, S.STAGING):
            way.move(S.DUE, owner="", wake=self._engine.now())
        elif way.d.state is S.UNCONFIRMED:
            Proving(way).look_up()
        elif way.d.state is S.SCHEDULED:
            Ahead(way).attend()
        elif way.d.state is S.WAITING:  # the person wanted to be reminded now
            way.note(*way.d.error, wake=None)
        else:
            self._continue(way)

    def _continue(self, way: UnderWay) -> None:
        """At or after the commit: what the journal says decides."""
        prove, journal = Proving(way), way.journal
        if way.d.state is S.PROCESSING:
            prove.prove()
        elif (receipt := journal.done("commit")) is not None:
            prove.adopt(receipt_from_json(receipt), [])
        elif journal.open("commit"):
            prove.lost((error("delivery.unconfirmed", "delivery", step="commit"),))
        else:
            way.move(S.DUE, owner="", wake=self._engine.now())  # nothing was begun, or it was definitely refused

    def _looked(self, way: UnderWay) -> None:
        prove = Proving(way)
        if not way.publisher.readable:
            way.note(error("delivery.cannot_look", "delivery"))
        elif prove.look_once() and way.d.state is S.UNCONFIRMED and not way.d.handles.get("asked"):
            way.patient = True  # the look-ups that are left come by themselves
            prove.look_up()

    # -- what went wrong -----------------------------------------------------------------------------------------

    def _way(self, delivery: Delivery) -> UnderWay:
        return UnderWay(self._engine, delivery, self._task, self._patient)

    def _guard(self, delivery: Delivery, work: Callable[[UnderWay], None]) -> Delivery:
        """Turns each typed error into the state it asks for; other errors are ours: kept, then raised."""
        way = self._way(delivery)
        try:
            work(way)
        except (MovedOn, _Rests):
            return self._engine.workspace.deliveries.get(delivery.id)
        except Later as later:
            self._later(way, later)
        except VaultLocked as locked:  # nobody has unlocked the keychain yet: nothing is wrong with the post
            self._later(way, Later(*locked.findings, after=RETRY_AFTER))
        except ByHand as hand:
            self._handed(way, hand)
        except Cancelled:
            self._stop(way, S.CANCELLED, Later())
            raise
        except Problem as problem:
            self._stop(way, S.FAILED, problem)
        except Exception as fault:
            self._stop(way, S.FAILED, Problem(error("fault", "delivery", reason=type(fault).__name__)))
            raise
        finally:
            way.close()
        return way.d

    def _handed(self, way: UnderWay, hand: ByHand) -> None:
        """A person finishes it; where that cannot be made ready, it failed, and says both."""
        way.now_is(self._engine.workspace.deliveries.get(way.d.id))
        if way.d.state not in UNSENT:
            self._stop(way, S.FAILED, hand)
            return
        try:
            HandingOver(way).stopped(hand)
        except MovedOn:
            return
        except Problem as problem:
            self._stop(way, S.FAILED, Problem(*hand.findings, *problem.findings))

    def _later(self, way: UnderWay, later: Later) -> None:
        """Tried again by itself while its late policy allows, when somebody keeps watch; else it failed."""
        if isinstance(later, NotThere) and way.d.state is S.PROCESSING:
            Proving(way).missing(later)
            return
        now, after = self._engine.now(), timedelta(seconds=_pause(later, way.d.tries))
        wake = now + after
        if way.d.plan.get("ahead"):
            wake = max(now, min(wake, way.d.at))  # by then at the latest our own clock has it
        if self._patient and wake <= last_moment(way.d):
            self._stop(way, S.DUE, later, wake=wake)
        else:
            self._stop(way, S.FAILED, later)

    def _stop(self, way: UnderWay, after: State, problem: Problem, **changes: Any) -> None:
        """Ends this run. What may already be visible is never called failed or cancelled."""
        way.now_is(self._engine.workspace.deliveries.get(way.d.id))
        prove, findings = Proving(way), problem.findings
        if way.d.state in TERMINAL:
            return  # a person's answer came first
        if way.d.state is S.UNCONFIRMED:
            prove.blind(problem)
        elif way.d.state not in SENDING:
            way.note(*(findings or way.d.error), wake=self._engine.now() + timedelta(seconds=HOUR / 4))
        elif way.d.state is S.PROCESSING and isinstance(problem, Rejected):
            way.move(S.FAILED, error=findings, owner="")
        elif way.d.state is S.PROCESSING and isinstance(problem, Refused):
            way.move(S.UNCONFIRMED, error=findings, owner="", handles=way.handles(asked=True))
        elif way.d.state is S.PROCESSING:
            prove.wait_on(findings, max(15.0, getattr(problem, "after", None) or 0.0))
        elif way.d.state is S.COMMITTING and self._sent(way):
            way.move(S.UNCONFIRMED, error=findings, owner="", wake=self._engine.now() + timedelta(seconds=RETRY_AFTER))
        else:
            live = after is S.CANCELLED and way.d.link > 0
            failed = after is S.CANCELLED and (live or way.d.state is S.COMMITTING)
            way.move(S.FAILED if failed else after, error=findings, owner="", **changes)
            if live:
                prove.end_here()

    @staticmethod
    def _sent(way: UnderWay) -> bool:
        journal = way.journal
        return journal.open("commit") or journal.done("commit") is not None


def _pause(later: Later, tries: int) -> float:
    """Seconds to the next try: as asked for, and longer each time."""
    grown = min(MOST_RETRY, RETRY_AFTER * 2 ** min(6, max(0, tries - 1)))
    return grown if later.after is None else max(later.after, grown if tries > 1 else 0.0)


def last_moment(delivery: Delivery) -> datetime:
    """After this it may no longer go out by itself: its late policy's minutes, 15 at least for tries under way.

    From the end of its account's wait on, where that made it wait, and from when a person said "send again". A later
    link of a thread has a day from when it was due.
    """
    since = delivery.handles.get("since")
    start = max(delivery.at, datetime.fromisoformat(since)) if since else delivery.at
    if delivery.link:
        return max(start, delivery.went or start) + THREAD_LATE
    if delivery.handles.get("wait") and delivery.wake is not None:
        start = max(start, delivery.wake)
    return start + timedelta(minutes=max(LEAST_LATE, delivery.late.minutes))


def held_by(hold: Hold) -> Finding:
    """What is said of a delivery that a hold stopped."""
    return info("hold.active", "delivery", reason=hold.reason, scope=hold.scope)
