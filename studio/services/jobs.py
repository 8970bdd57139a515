"""Work that takes longer than a frame, on named lanes: one thread per lane, in order, with cancel."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

from studio.core.event import Event
from studio.core.task import Task
from studio.core.words import Marked

T = TypeVar("T")
LANES = ("render", "player", "proxies", "waves", "help", "network", "store")
_Job = tuple[Task[Any], Callable[[Task[Any]], Any]]


class _Lane:
    """A queue and the one thread that empties it; the thread starts with the first job."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self.thread: threading.Thread | None = None

    def put(self, job: _Job) -> None:
        self.jobs.put(job)
        if self.thread is None:
            self.thread = threading.Thread(target=self._work, name=f"lane-{self.name}", daemon=True)
            self.thread.start()

    def _work(self) -> None:
        while (job := self.jobs.get()) is not None:
            task, work = job
            task.run(work)

    def close(self, timeout: float) -> None:
        if self.thread is not None:
            self.jobs.put(None)
            self.thread.join(timeout)


class Jobs:
    """Lanes run beside one another; within a lane jobs run one after the other.

    started   emitted in the caller's thread when a job was accepted
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._lanes = {name: _Lane(name) for name in LANES}
        self._clock, self._lock = clock, threading.Lock()
        self._open: list[Task[Any]] = []
        self.started: Event[[Task[Any]]] = Event()

    def submit(self, lane: str, name: Marked, work: Callable[[Task[T]], T]) -> Task[T]:
        """Queues `work(task)` on one of LANES (KeyError otherwise)."""
        task: Task[T] = Task(name, lane, self._clock)
        with self._lock:
            self._open = [t for t in self._open if not t.finished] + [task]
        self.started.emit(task)
        self._lanes[lane].put((task, work))
        return task

    def running(self) -> list[Task[Any]]:
        """Tasks that are waiting or running, oldest first."""
        with self._lock:
            return [t for t in self._open if not t.finished]

    def close(self, timeout: float = 5.0) -> None:
        """Cancels everything and waits up to `timeout` seconds per lane for it to stop."""
        for task in self.running():
            task.cancel()
        for lane in self._lanes.values():
            lane.close(timeout)
