"""The platform's own timer: what lies there fires without this computer, and is changed there when changed here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from studio.core.delivery import Delivery, State
from studio.core.errors import Later, NotThere, NoVault, Problem, Refused, SignInAgain, VaultLocked
from studio.core.finding import error, info, to_json
from studio.core.schema import content_to_json
from studio.services.plans import receipt_from_json, receipt_to_json
from studio.services.proving import HOUR, Proving

if TYPE_CHECKING:
    from studio.core.post import Content
    from studio.platforms.base import Timer
    from studio.services.engine import UnderWay

S = State
Errand = Literal["cancel", "hold", "replace", "reschedule"]
MARGIN = timedelta(seconds=60)  # an upload takes its time; what leaves too late for the timer is ours to send
SETTLED = timedelta(seconds=60)  # a person who is still writing is not disturbed by half a sentence going out


def fits(timer: Timer, at: datetime, now: datetime) -> bool:
    """True when the platform's timer takes a post for that moment now."""
    ahead = (at - now).total_seconds()
    return timer.least.value + MARGIN.total_seconds() <= ahead <= timer.most.value


def leave_at(timer: Timer, at: datetime, now: datetime) -> datetime | None:
    """When it should be left with the timer: now or later; None when it is too late for that."""
    if (at - now).total_seconds() < timer.least.value + MARGIN.total_seconds():
        return None
    return max(now, at - timedelta(seconds=timer.most.value) + MARGIN)


def ask(delivery: Delivery, errand: Errand, now: datetime, **more: object) -> dict[str, Any]:
    """The changes by which the engine goes to the platform next: nothing is called done before it was done there."""
    return {"handles": {**delivery.handles, **more, "errand": errand}, "wake": now, "error": ()}


def changed_since(delivery: Delivery, content: Content, updated: datetime, now: datetime) -> bool:
    """True when the post was edited after it was left with the platform, and the person has stopped writing."""
    if now - updated < SETTLED or "content" not in delivery.plan:
        return False
    return bool(delivery.plan["content"] != content_to_json(content))


class Ahead:
    """Errands to the platform's timer. Each is fine to repeat; none makes a post."""

    def __init__(self, way: UnderWay) -> None:
        self._way = way

    def attend(self) -> None:
        """The errand that waits, or, when its time has come, the look whether it is live."""
        way = self._way
        errands: dict[str, Callable[[], None]] = {
            "cancel": lambda: self._withdrawn(S.CANCELLED), "hold": lambda: self._withdrawn(S.HELD),
            "replace": self._replaced, "reschedule": self._rescheduled,
        }
        errand = way.d.handles.get("errand")
        if errand is None:
            self.live()
            return
        try:
            errands[errand]()
        except (Later, SignInAgain, VaultLocked, NoVault) as problem:
            self._not_yet(problem)

    def live(self) -> None:
        """Its time has come: what happens there is read back like any other post."""
        way = self._way
        way.move(S.PROCESSING, owner=way.engine.who, handles=way.handles(errand=None, why=None, waits=None))
        Proving(way).prove()

    def _withdraw(self) -> bool:
        """Taken back; False when it was live already, and is proved instead."""
        way = self._way
        way.journal.write("withdraw", "begun")
        try:
            way.publisher.withdraw(receipt_from_json(way.d.handles["receipt"]))
        except NotThere as gone:  # taken back on the platform itself, or live by now and no longer in its list
            found = way.publisher.look(way.d.plan["made"], way.staged())
            if found is not None and found.held:
                raise Later(*gone.findings) from gone  # it says both: asked again
            if found is not None:
                way.change(handles=way.handles(receipt=receipt_to_json(found)))
                self.live()
                return False
        except Refused as live:
            way.journal.write("withdraw", "failed", {"findings": [to_json(f) for f in live.findings]})
            self.live()
            return False
        return True

    def _withdrawn(self, after: State) -> None:
        way = self._way
        if self._withdraw():
            reason = str(way.d.handles.get("why", ""))
            held = (info("hold.active", "delivery", reason=reason, scope=""),) if after is S.HELD else ()
            way.move(after, lines=[way.line("withdraw", "done")], owner="", error=held, went=None,
                     plan=self._round(), handles={})

    def _replaced(self) -> None:
        """The post changed: the old one is taken back before the new one is left there."""
        way = self._way
        if self._withdraw():
            way.move(S.SCHEDULED, lines=[way.line("withdraw", "done")], owner="", error=(), went=None,
                     plan=self._round(), handles={}, wake=way.engine.now())

    def _rescheduled(self) -> None:
        way = self._way
        try:
            receipt = way.publisher.reschedule(receipt_from_json(way.d.handles["receipt"]), way.d.at)
        except (Refused, NotThere):
            self._replaced()  # the timer does not take the new time, or it is live: taking it back tells
            return
        way.change(
            lines=[way.line("reschedule", "done", {"at": way.d.at.isoformat()})], owner="", error=(), wake=None,
            went=way.d.at, plan={**way.d.plan, "ahead": way.d.at.isoformat()},
            handles=way.handles(errand=None, receipt=receipt_to_json(receipt)))
        way.engine.tell(way.d)

    def _round(self) -> dict[str, int]:
        return {"round": int(self._way.d.plan.get("round", 1)) + 1}

    def _not_yet(self, problem: Problem) -> None:
        """The platform cannot be reached: until it can, it will fire there, and the person is told so."""
        way = self._way
        tries = int(way.d.handles.get("waits", 0))
        after = timedelta(seconds=min(HOUR / 4, max(getattr(problem, "after", None) or 0.0, 15.0 * 2 ** min(tries, 6))))
        way.note(error("ahead.not_changed", "delivery"), *problem.findings, wake=way.engine.now() + after,
                 handles=way.handles(waits=tries + 1))
