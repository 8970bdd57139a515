"""Work for accounts side by side: one thing at a time per account, several accounts at once."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor

Work = Callable[[], object]
WORKERS = 8


class Crew:
    """Threads come with the first work. What is offered twice under one name is done once.

    free   called when a lane has nothing left, in its thread: who looks for more work after each piece looks too often
    """

    def __init__(self, workers: int = WORKERS, free: Callable[[], None] = lambda: None) -> None:
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="send")
        self._free = free
        self._guard = threading.Condition()
        self._waiting: dict[Hashable, deque[tuple[Hashable, Work]]] = {}
        self._names: set[Hashable] = set()
        self._faults: list[BaseException] = []

    def offer(self, lane: Hashable, name: Hashable, work: Work) -> bool:
        """Does it after everything offered before for `lane`; False when `name` waits or is being done already."""
        with self._guard:
            if name in self._names:
                return False
            self._names.add(name)
            idle = lane not in self._waiting
            self._waiting.setdefault(lane, deque()).append((name, work))
        if idle:
            self._pool.submit(self._walk, lane)
        return True

    def wait(self) -> list[BaseException]:
        """Until nothing is left; gives the faults since the last time."""
        with self._guard:
            self._guard.wait_for(lambda: not self._names)
            faults, self._faults = self._faults, []
        return faults

    @property
    def busy(self) -> bool:
        """True while something is left."""
        with self._guard:
            return bool(self._names)

    def close(self, wait: bool = True) -> None:
        """Takes nothing new; what runs is finished, what only waits is dropped."""
        with self._guard:
            for queue in self._waiting.values():
                self._names.difference_update(name for name, _ in queue)
                queue.clear()
        self._pool.shutdown(wait=wait, cancel_futures=True)

    def _walk(self, lane: Hashable) -> None:
        while (found := self._first(lane)) is not None:
            name, work = found
            try:
                work()
            except BaseException as fault:  # also what ends a test's "process": whoever waits hears of it
                with self._guard:
                    self._faults.append(fault)
            finally:
                with self._guard:
                    self._names.discard(name)
                    self._guard.notify_all()
        self._free()

    def _first(self, lane: Hashable) -> tuple[Hashable, Work] | None:
        with self._guard:
            queue = self._waiting[lane]
            if queue:
                return queue.popleft()
            del self._waiting[lane]
            return None
