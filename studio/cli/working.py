"""Ctrl-C and long work: asked to stop, it stops at its next safe point."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, TypeVar

from studio.core.task import Task
from studio.core.words import Marked

T = TypeVar("T")


def work(name: Marked, act: Callable[[Task[T]], T], told: Callable[[Marked], None]) -> T:
    """Runs `act` in this thread; `told` hears of each new step. Raises what it raises, Cancelled after Ctrl-C."""
    task: Task[T] = Task(name, "cli", time.monotonic)
    last = [name]

    def changed(now: Task[T]) -> None:
        if now.step != last[0]:
            last[0] = now.step
            told(now.step)

    task.changed.connect(changed)
    with on_interrupt(lambda number: threading.Thread(target=task.cancel).start()):
        task.run(act)
    return task.value()


@contextmanager
def on_interrupt(ask: Callable[[int], object], *more: int) -> Iterator[None]:
    """Ctrl-C (and the signals `more`) call `ask` once; a second Ctrl-C interrupts the usual way.

    `ask` runs inside a signal handler: it may set a plain variable or start a thread, and must take no lock.
    """

    def asked(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        ask(number)

    with handled(asked, signal.SIGINT, *more):
        yield


@contextmanager
def handled(handler: Callable[[int, FrameType | None], Any], *numbers: int) -> Iterator[None]:
    """Signals go to `handler` inside; only the main thread may ask for that, another one changes nothing."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, handler) for number in numbers}
    try:
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old)
