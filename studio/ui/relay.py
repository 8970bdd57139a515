"""From a service's event, emitted in any thread, to a slot in the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from studio.core.event import Event


class Relay(QObject):
    """`Relay(desk.accounts.changed, self._refresh, self)`: `slot(*arguments)` is called later, in the owner's thread.

    Never in the emitting call itself, so a slot may read the services again. Ends with its owner.
    """

    def __init__(self, event: Event[Any], slot: Callable[..., object], owner: QObject) -> None:
        super().__init__(owner)
        ear = _Ear(slot)
        stop = event.connect(ear.hear)

        def over(*_: object) -> None:
            stop()
            ear.slot = None

        self.destroyed.connect(over)


class _Ear:
    """What a worker has of a relay: no Qt object, for the window may be taking that apart just then."""

    def __init__(self, slot: Callable[..., object]) -> None:
        self.slot: Callable[..., object] | None = slot
        self._post = _post()

    def hear(self, *arguments: object) -> None:
        self._post.came.emit(self, arguments)


class _Post(QObject):
    """The one object that workers' signals go through. It is never deleted: a signal of an object that is being
    deleted in another thread ends the program."""

    came = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.came.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def _deliver(self, ear: _Ear, arguments: tuple[object, ...]) -> None:
        if ear.slot is not None:
            ear.slot(*arguments)


@cache
def _post() -> _Post:
    """Made with the first relay, in the window's thread."""
    return _Post()
