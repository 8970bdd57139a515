"""The write-ahead journal of one delivery: "begun" is on disk before the act, "done" after it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from studio.core.delivery import Phase, Step
from studio.core.errors import Later, Problem, Refused, SignInAgain, Uncertain
from studio.core.finding import error, to_json

if TYPE_CHECKING:
    from studio.store.journal import Journal

Data = Mapping[str, Any]
DEFINITE = (Refused, Later, SignInAgain)  # errors that say: it was not done


class Journaled:
    """The journal of one delivery in one round; a person's "send again" begins a new round."""

    def __init__(self, store: Journal, delivery: str, round: int, who: str) -> None:
        self._store, self._delivery, self._round, self._who = store, delivery, round, who

    def write(self, step: str, phase: Phase, data: Data | None = None) -> None:
        """Appends one line; it is on disk when this returns."""
        line = Step(self._delivery, self._name(step), phase, datetime.now(UTC), data or {}, self._who)
        self._store.append(line)

    def lines(self) -> list[Step]:
        """All lines of the delivery, oldest first, all rounds."""
        return self._store.of(self._delivery)

    def done(self, step: str) -> Data | None:
        """What `step` gave when it was done in this round, or None."""
        for line in reversed(self.lines()):
            if line.step == self._name(step) and line.phase == "done":
                return line.data
        return None

    def open(self, step: str) -> bool:
        """True when `step` was begun in this round and nothing says how it ended."""
        state = False
        for line in self.lines():
            if line.step == self._name(step) and line.phase in ("begun", "done", "failed"):
                state = line.phase == "begun"
        return state

    def once(self, step: str, act: Callable[[], Data], sent: Data | None = None) -> Data:
        """Does `act` at most once in this round and remembers what it gave.

        Done before: its result, without acting. Begun before and not known how it ended, or ending now in
        anything but a definite answer: Uncertain, and the line stays open.
        """
        if (before := self.done(step)) is not None:
            return before
        if self.open(step):
            raise Uncertain(error("delivery.unconfirmed", "delivery", step=step))
        self.write(step, "begun", sent)
        try:
            data = act()
        except DEFINITE as refused:
            self.write(step, "failed", {"findings": [to_json(f) for f in refused.findings]})
            raise
        except Exception as fault:
            self._note(step, fault)
            raise fault if isinstance(fault, Uncertain) else Uncertain(
                error("delivery.unconfirmed", "delivery", step=step, reason=type(fault).__name__)) from fault
        self.write(step, "done", data)
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
        return step if self._round == 1 else f"{step}#{self._round}"
