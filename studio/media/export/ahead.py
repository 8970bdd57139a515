"""Two helpers of threads: things made ahead of who takes them, and work beside one's own."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")
_WAIT = 0.1


class Ahead(Generic[T]):
    """Iterates over `made` in a thread of its own, at most `depth` ahead. What it raises is raised here.

    A context manager: at its end the thread is told to stop and waited for.
    """

    def __init__(self, made: Iterable[T], depth: int, name: str) -> None:
        self._made = made
        self._ready: queue.Queue[T | None] = queue.Queue(depth)
        self._stop = threading.Event()
        self._fault: BaseException | None = None
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)

    def __enter__(self) -> Ahead[T]:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def __iter__(self) -> Iterator[T]:
        while (one := self._ready.get()) is not None:
            yield one
        if self._fault is not None:
            raise self._fault

    def _work(self) -> None:
        try:
            for one in self._made:
                if not self._put(one):
                    return
        except BaseException as fault:
            self._fault = fault
        self._put(None)

    def _put(self, one: T | None) -> bool:
        while not self._stop.is_set():
            try:
                self._ready.put(one, timeout=_WAIT)
                return True
            except queue.Full:
                continue
        return False


class Beside:
    """Runs `work(stopped)` in a thread of its own; `stopped()` tells it to go home. What it raises is raised here."""

    def __init__(self, work: Callable[[Callable[[], bool]], None], name: str) -> None:
        self._stop = threading.Event()
        self._work, self._fault = work, None
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    _fault: BaseException | None

    def __enter__(self) -> Beside:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def check(self) -> None:
        """Raises what the work raised."""
        if self._fault is not None:
            raise self._fault

    def wait(self, meanwhile: Callable[[], None]) -> None:
        """Until it is done; calls `meanwhile` every now and then."""
        while self._thread.is_alive():
            self._thread.join(_WAIT)
            meanwhile()
        self.check()

    def _run(self) -> None:
        try:
            self._work(self._stop.is_set)
        except BaseException as fault:
            self._fault = fault
