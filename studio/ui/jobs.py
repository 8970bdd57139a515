"""The only bridge from jobs to the window: what worker threads tell arrives in the window's thread."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from studio.core.task import Task, TaskState
from studio.core.words import Marked
from studio.ui.i18n import said, tr

if TYPE_CHECKING:
    from studio.core.event import Event

T = TypeVar("T")


class JobsLike(Protocol):
    """What the bridge needs of `services.jobs.Jobs`."""

    started: Event[[Task[Any]]]

    def submit(self, lane: str, name: Marked, work: Callable[[Task[T]], T]) -> Task[T]:
        """Queue work on a lane."""
        ...

    def running(self) -> list[Task[Any]]:
        """Tasks that wait or run."""
        ...


class _Outcome:
    """Whom to tell when a task is over, and who must still be alive for that."""

    def __init__(
        self,
        done: Callable[[Any], object] | None,
        failed: Callable[[BaseException], object] | None,
        cancelled: Callable[[], object] | None,
        owner: QObject | None,
    ) -> None:
        self.done, self.failed, self.cancelled, self.owned = done, failed, cancelled, owner is not None
        self.alive = True
        if owner is not None:
            owner.destroyed.connect(self._gone)

    def _gone(self) -> None:
        self.alive = False


class JobsBridge(QObject):
    """Submits work and tells its end in the window's thread.

    changed(task)   a task started, moved on, was asked to stop, or ended
    failed(task)    a task ended with an error nobody asked to be told
    """

    changed = Signal(object)
    failed = Signal(object)
    _relay = Signal(object, bool)

    def __init__(self, jobs: JobsLike, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._open: dict[str, Task[Any]] = {}
        self._outcomes: dict[str, _Outcome] = {}
        self._relay.connect(self._arrived, Qt.ConnectionType.QueuedConnection)
        self._stop_listening = jobs.started.connect(self._adopt)
        for task in jobs.running():
            self._adopt(task)

    def submit(
        self,
        lane: str,
        name: Marked,
        work: Callable[[Task[T]], T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[BaseException], object] | None = None,
        cancelled: Callable[[], object] | None = None,
        owner: QObject | None = None,
    ) -> Task[T]:
        """Run `work(task)` on a lane; one of the callables is called later. Call this from the window's thread.

        They are dropped when `owner` is deleted first. Without `failed`, the window tells the person.
        """
        outcome = _Outcome(done, failed, cancelled, owner)
        task = self._jobs.submit(lane, name, work)
        self._outcomes[task.id] = outcome
        return task

    def running(self) -> list[Task[Any]]:
        """Tasks that are not over as far as the window knows, oldest first."""
        return list(self._open.values())

    def close(self) -> None:
        """Stop listening (the window is going away)."""
        self._stop_listening()
        self._outcomes.clear()

    def _adopt(self, task: Task[Any]) -> None:
        """A job was accepted; this may be called from any thread."""
        self._open[task.id] = task
        task.changed.connect(self._tell)
        self._tell(task)

    def _tell(self, task: Task[Any]) -> None:
        """Called in the worker's thread: hand over to the window's, with whether this is the end.

        That is asked here and not on arrival, so that the ends of a lane's jobs are told in their order.
        """
        try:
            self._relay.emit(task, task.finished)
        except RuntimeError:  # the window was closed while the job was ending
            return

    def _arrived(self, task: Task[Any], over: bool) -> None:
        if task.id not in self._open:
            return  # asked to stop after it had ended
        if not over:
            self.changed.emit(task)
            return
        del self._open[task.id]
        self.changed.emit(task)
        self._finish(task, self._outcomes.pop(task.id, None))

    def _finish(self, task: Task[Any], outcome: _Outcome | None) -> None:
        if outcome is not None and not outcome.alive:
            return
        if task.state == TaskState.DONE:
            if outcome and outcome.done:
                outcome.done(task.result)
        elif task.state == TaskState.CANCELLED:
            if outcome and outcome.cancelled:
                outcome.cancelled()
        elif task.error is not None:
            if outcome and outcome.failed:
                outcome.failed(task.error)
            elif outcome is not None:
                self.failed.emit(task)


def step_words(task: Task[Any]) -> str:
    """What a task is doing, in words; "Stopping…" as soon as somebody asked it to stop."""
    if task.cancelled and not task.finished:
        return tr("jobs", "Stopping…")
    return said(task.step)


def time_left(task: Task[Any], now: float | None = None) -> str:
    """About how long a task still takes, in words; "" while that is a guess."""
    if task.started is None or not task.fraction or task.fraction >= 1:
        return ""
    spent = (time.monotonic() if now is None else now) - task.started
    if spent < 2 or task.fraction < 0.05:
        return ""
    left = round(spent * (1 - task.fraction) / task.fraction)
    if left < 60:
        return tr("jobs", "%n s left", n=max(1, left))
    return tr("jobs", "%n min left", n=round(left / 60))
