"""A piece of work that takes longer than a frame: progress, result, cancel."""

from __future__ import annotations

import threading
from collections.abc import Callable
from enum import StrEnum
from typing import Generic, TypeVar

from studio.core.errors import Cancelled
from studio.core.event import Event
from studio.core.ids import new_id
from studio.core.words import Marked

T = TypeVar("T")


class TaskState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Task(Generic[T]):
    """Made by `services.jobs.Jobs.submit`; passed to the work function, which reports through it.

    fraction   0..1, or None while unknown
    step       what is being done now, marked for translation
    changed    emitted from the worker's thread at each change of state, step or fraction (at most
               every 50 ms for fractions)
    """

    def __init__(self, name: Marked, lane: str, clock: Callable[[], float]) -> None:
        self.id = new_id()
        self.name, self.lane = name, lane
        self.state, self.step = TaskState.WAITING, name
        self.fraction: float | None = None
        self.result: T | None = None
        self.error: BaseException | None = None
        self.started: float | None = None
        self.changed: Event[[Task[T]]] = Event()
        self._clock, self._told = clock, 0.0
        self._cancel, self._over = threading.Event(), threading.Event()

    @property
    def cancelled(self) -> bool:
        """True once somebody asked to stop (the work may still be stopping)."""
        return self._cancel.is_set()

    @property
    def finished(self) -> bool:
        return self._over.is_set()

    def cancel(self) -> None:
        """Asks the work to stop at its next `progress` or `check`. Safe from any thread, any number of times."""
        self._cancel.set()
        self.changed.emit(self)

    def check(self) -> None:
        """Raises `Cancelled` when somebody asked to stop."""
        if self._cancel.is_set():
            raise Cancelled

    def progress(self, fraction: float | None, step: Marked | None = None) -> None:
        """Reports and is the cancel point: raises `Cancelled` when somebody asked to stop."""
        self.check()
        self.fraction = None if fraction is None else min(1.0, max(0.0, fraction))
        now = self._clock()
        if step is not None and step != self.step:
            self.step = step
        elif now - self._told < 0.05 and self.fraction != 1.0:
            return
        self._told = now
        self.changed.emit(self)

    def wait(self, timeout: float | None = None) -> bool:
        """Blocks until finished; False when `timeout` seconds passed first."""
        return self._over.wait(timeout)

    def value(self) -> T:
        """Waits, then gives the result or raises the work's error."""
        self._over.wait()
        if self.error is not None:
            raise self.error
        return self.result  # type: ignore[return-value]  # DONE always has one

    def run(self, work: Callable[[Task[T]], T]) -> None:
        """Runs `work` here and now; called by the lane's thread. Never raises."""
        try:
            self.check()
            self.state, self.started = TaskState.RUNNING, self._clock()
            self.changed.emit(self)
            self.result = work(self)
            self._finish(TaskState.DONE)
        except Cancelled as stopped:
            self.error = stopped
            self._finish(TaskState.CANCELLED)
        except Exception as fault:
            self.error = fault
            self._finish(TaskState.FAILED)

    def _finish(self, state: TaskState) -> None:
        self.state = state
        self._over.set()
        self.changed.emit(self)
