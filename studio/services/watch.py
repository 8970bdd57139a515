"""Keeping watch: what falls due is published while somebody runs this, in the window or in a worker."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from studio.core.delivery import Delivery
from studio.core.event import Event

if TYPE_CHECKING:
    from studio.services.calendar import Calendar
    from studio.services.publishing import Publishing

EVERY = 20.0  # seconds between looks at most; a known next moment comes sooner


class Watch:
    """went: emitted with each delivery taken up. faulted: with an error of ours, which never ends the watch."""

    def __init__(
        self, calendar: Calendar, publishing: Publishing, now: Callable[[], datetime] | None = None
    ) -> None:
        self._calendar, self._publishing = calendar, publishing
        self._now = now or (lambda: datetime.now(UTC))
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self.went: Event[[Delivery]] = Event()
        self.faulted: Event[[Exception]] = Event()

    def once(self) -> list[Delivery]:
        """One look: turns what is due, publishes it, gives what was taken up."""
        now = self._now()
        self._calendar.tick(now)
        done = self._publishing.run_due(now, going=lambda: not self._stop.is_set())
        for delivery in done:
            self.went.emit(delivery)
        return done

    def pause(self) -> float:
        """Seconds to the next look: until the next one is due, at most EVERY."""
        entry = self._calendar.next()
        if entry is None:
            return EVERY
        return min(EVERY, max(0.2, (entry.delivery.at - self._now()).total_seconds()))

    def run(self) -> None:
        """Looks until `stop`; a delivery that is being sent is finished first."""
        while not self._stop.is_set():
            try:
                self.once()
                pause = self.pause()
            except Exception as fault:
                self.faulted.emit(fault)
                pause = EVERY
            self._stop.wait(pause)

    def start(self) -> None:
        """Runs in a thread of its own."""
        self._thread = threading.Thread(target=self.run, name="watch", daemon=True)
        self._thread.start()

    def stop(self, timeout: float | None = 10.0) -> None:
        """Ends after the delivery under way; waits up to `timeout` seconds for it."""
        self._stop.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(timeout)
