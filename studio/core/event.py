"""A list of listeners: how GUI-free code tells others that something happened."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, ParamSpec

P = ParamSpec("P")


class Event(Generic[P]):
    """Call `connect(fn)`, get a function that disconnects; `emit(...)` calls each in order.

    Listeners are called in the emitting thread. One that raises stops the others: a listener's fault is
    never swallowed.
    """

    def __init__(self) -> None:
        self._listeners: list[Callable[P, object]] = []
        self._lock = threading.Lock()

    def connect(self, listener: Callable[P, object]) -> Callable[[], None]:
        with self._lock:
            self._listeners.append(listener)

        def disconnect() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return disconnect

    def emit(self, *args: P.args, **kwargs: P.kwargs) -> None:
        with self._lock:
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(*args, **kwargs)
