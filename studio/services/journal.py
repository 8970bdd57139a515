"""The write-ahead journal of one delivery: "begun" is on disk before the act, "done" after it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from studio.core.clock import wall
from studio.core.delivery import Delivery, Phase, Step
from studio.core.errors import ByHand, Later, Problem, Refused, SignInAgain, Uncertain
from studio.core.finding import error, to_json

if TYPE_CHECKING:
    from studio.store.journal import Journal

Data = Mapping[str, Any]
Write = Callable[[Step], object]  # writes one line; what it raises comes before, or instead of, the act
DEFINITE = (Refused, Later, SignInAgain, ByHand)  # errors that say: it was not done


def _nothing() -> list[Any]:
    return []


class Journaled:
    """The journal of one delivery, in its round and at its link; a person's "send again" begins a new round.

    now     the clock of its lines
    heard   gives the exchanges with the platform since it was last asked; they go with the next line
    known   all lines so far, where nobody else writes them meanwhile; kept up to date, so that nothing is read again
    """

    def __init__(
        self, store: Journal, delivery: str, round: int, who: str, link: int = 0,
        now: Callable[[], datetime] = wall, heard: Callable[[], list[Any]] = _nothing,
        known: list[Step] | None = None,
    ) -> None:
        self._store, self._delivery, self._round, self._who, self._link = store, delivery, round, who, link
        self._now, self._heard, self._known = now, heard, known

    @classmethod
    def of(cls, store: Journal, delivery: Delivery, who: str, **more: Any) -> Journaled:
        """The journal of a delivery where it stands."""
        return cls(store, delivery.id, int(delivery.plan.get("round", 1)), who, delivery.link, **more)

    def line(self, step: str, phase: Phase, data: Data | None = None) -> Step:
        """A line as it would be written now, for one that is written together with a move."""
        heard = self._heard()
        more = {"exchanges": heard} if heard else {}
        return Step(self._delivery, self._name(step), phase, self._now(), {**(data or {}), **more}, self._who)

    def write(self, step: str, phase: Phase, data: Data | None = None) -> None:
        """Appends one line; it is on disk when this returns."""
        self._put(self.line(step, phase, data), self._store.append)

    def _put(self, line: Step, write: Write) -> None:
        write(line)
        if self._known is not None:
            self._known.append(line)

    def lines(self) -> list[Step]:
        """All lines of the delivery, oldest first, all rounds."""
        return self._store.of(self._delivery) if self._known is None else self._known

    def done(self, step: str) -> Data | None:
        """What `step` gave when it was done in this round, or None."""
        for line in reversed(self.lines()):
            if line.step == self._name(step) and line.phase == "done":
                return {name: value for name, value in line.data.items() if name != "exchanges"}
        return None

    def open(self, step: str) -> bool:
        """True when `step` was begun in this round and nothing says how it ended."""
        state = False
        for line in self.lines():
            if line.step == self._name(step) and line.phase in ("begun", "done", "failed"):
                state = line.phase == "begun"
        return state

    def once(
        self, step: str, act: Callable[[], Data], sent: Data | None = None,
        begin: Write | None = None, end: Write | None = None,
    ) -> Data:
        """Does `act` at most once in this round and remembers what it gave.

        begin, end   write the "begun" and the "done" line, where these belong together with a move

        Done before: its result, without acting. Begun before and not known how it ended, or ending now in
        anything but a definite answer: Uncertain, and the line stays open.
        """
        if (before := self.done(step)) is not None:
            return before
        if self.open(step):
            raise Uncertain(error("delivery.unconfirmed", "delivery", step=step))
        self._put(self.line(step, "begun", sent), begin or self._store.append)
        try:
            data = act()
        except DEFINITE as refused:
            self.write(step, "failed", {"findings": [to_json(f) for f in refused.findings]})
            raise
        except Exception as fault:
            self._note(step, fault)
            raise fault if isinstance(fault, Uncertain) else Uncertain(
                error("delivery.unconfirmed", "delivery", step=step, reason=type(fault).__name__)) from fault
        self._put(self.line(step, "done", data), end or self._store.append)
        return data

    def again(self, step: str, act: Callable[[], Data], sent: Data | None = None) -> Data:
        """Like `once` for what may be repeated freely (staging): an open line is simply begun anew."""
        if (before := self.done(step)) is not None:
            return before
        self.write(step, "begun", sent)
        try:
            data = act()
        except Problem as problem:
            self.write(step, "failed", {"findings": [to_json(f) for f in problem.findings]})
            raise
        self.write(step, "done", data)
        return data

    def _note(self, step: str, fault: Exception) -> None:
        """An unknown end leaves the step open on purpose: a later look closes it."""
        findings = fault.findings if isinstance(fault, Problem) else ()
        self.write(step, "note", {"fault": type(fault).__name__, "findings": [to_json(f) for f in findings]})

    def _name(self, step: str) -> str:
        linked = step if self._link == 0 else f"{step}@{self._link + 1}"
        return linked if self._round == 1 else f"{linked}#{self._round}"
