"""From a service's event, emitted in any thread, to a slot in the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from studio.core.event import Event


class Relay(QObject):
    """`Relay(desk.accounts.changed, self._refresh, self)`: `slot(*arguments)` is called later, in the owner's thread.

    Never in the emitting call itself, so a slot may read the services again. Ends with its owner.
    """

    _arrived = Signal(object)

    def __init__(self, event: Event[Any], slot: Callable[..., object], owner: QObject) -> None:
        super().__init__(owner)
        self._slot = slot
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        stop = event.connect(self._send)
        self.destroyed.connect(stop)

    def _send(self, *arguments: object) -> None:
        try:
            self._arrived.emit(arguments)
        except RuntimeError:  # the window was closed while a worker was telling us
            return

    def _deliver(self, arguments: tuple[object, ...]) -> None:
        self._slot(*arguments)
