"""A door that a running export passes before each frame: closed, it waits; cancelled, it goes home."""

from __future__ import annotations

import threading
from typing import Any

from studio.core.task import Task


class Gate:
    """Pause and go on. Safe from any thread."""

    def __init__(self) -> None:
        self._open = threading.Event()
        self._open.set()

    @property
    def paused(self) -> bool:
        return not self._open.is_set()

    def pause(self) -> None:
        self._open.clear()

    def resume(self) -> None:
        self._open.set()

    def through(self, task: Task[Any]) -> None:
        """Waits while paused. Cancelled when somebody asked to stop, paused or not."""
        task.check()
        while not self._open.wait(0.05):
            task.check()
