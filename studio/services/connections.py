"""One pool of connections for all accounts: posts that follow one another need not shake hands anew each time."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.platforms.transport import Transport
    from studio.platforms.wire import Wire


class Connections:
    """Gives transports; called with an account's server address or "". Opened with first use."""

    def __init__(self) -> None:
        self._wire: Wire | None = None
        self._guard = threading.Lock()

    def __call__(self, api_base: str) -> Transport:
        from studio.platforms.transport import Transport

        return Transport(api_base, lend=self._opened)

    def _opened(self) -> Wire:
        from studio.platforms.wire import Wire

        with self._guard:
            if self._wire is None:
                self._wire = Wire()
            return self._wire

    def close(self) -> None:
        """Closes them all. New ones are opened when it is used again."""
        with self._guard:
            wire, self._wire = self._wire, None
        if wire is not None:
            wire.close()
