"""Keeping watch: what falls due is published while somebody runs this, in the window or in a worker."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from studio.core.clock import Clock, Jump, since, wall
from studio.core.delivery import Delivery
from studio.core.event import Event
from studio.services.crew import Crew

if TYPE_CHECKING:
    from studio.services.calendar import Calendar
    from studio.services.outlook import Outlook
    from studio.services.publishing import Publishing

EVERY = 20.0  # seconds between looks at most; a known next moment comes sooner
LEAST = 0.2  # seconds between looks at least


class Watch:
    """went: emitted with each delivery taken up. faulted: with an error of ours, which never ends the watch.

    jumped   emitted when the computer slept or its clock was changed
    """

    def __init__(
        self, calendar: Calendar, publishing: Publishing, now: Callable[[], datetime] | None = None,
        outlook: Outlook | None = None, clock: Clock | None = None,
    ) -> None:
        self._calendar, self._publishing, self._outlook = calendar, publishing, outlook
        self._now = now or wall
        self._clock = clock or Clock(self._now)
        self._stop, self._nudge = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        self._crew: Crew | None = None
        self._begun = False
        self._pending: Jump | None = None  # what happened to the clock, until a tick has taken it into account
        self.went: Event[[Delivery]] = Event()
        self.faulted: Event[[Exception]] = Event()
        self.jumped: Event[[Jump]] = Event()

    def once(self) -> list[Delivery]:
        """One look: turns what is due, publishes it, gives what was taken up."""
        self._tick()
        done = self._publishing.run_due(self._now(), going=self._going)
        for delivery in done:
            self.went.emit(delivery)
        return done

    def pause(self) -> float:
        """Seconds to the next look: until the next one is due, at most EVERY."""
        now = self._now()
        wake = self._calendar.wake(now)
        return EVERY if wake is None else min(EVERY, max(LEAST, (wake - now).total_seconds()))

    def run(self) -> None:
        """Looks until `stop`; a delivery that is being sent is finished first.

        Sends side by side, so that a long upload to one account keeps no other waiting.
        """
        self._crew = Crew(free=self._nudge.set)
        try:
            while not self._stop.is_set():
                pause = self._looked(self._crew)
                self._nudge.wait(pause)
                self._nudge.clear()
        finally:
            self._crew.close()

    def _looked(self, crew: Crew) -> float:
        try:
            self._tick()
            self._publishing.attend(crew, self._now(), self.went.emit, self._going, self._faulted)
            return self.pause()
        except Exception as fault:
            self.faulted.emit(fault)
            return EVERY

    def _faulted(self, fault: Exception) -> None:
        self.faulted.emit(fault)

    def _going(self) -> bool:
        return not self._stop.is_set()

    def _tick(self) -> None:
        """A jump is forgotten only when it was acted on: the database may be locked at that very moment."""
        self._look_at_clock()
        self._calendar.tick(self._now(), self._pending)
        self._pending = None

    def _look_at_clock(self) -> None:
        """What happened to the clock since the last look, or, at the first, since the last run."""
        jump = self._clock.tick()
        if not self._begun and self._outlook is not None:
            jump = jump or since(self._outlook.last_seen(), self._now())
        self._begun = True
        if jump is not None and (self._pending is None or jump.kind != "slept"):
            self._pending = jump
        if self._outlook is not None:
            self._outlook.saw(self._now(), self._pending)
        if jump is not None:
            self.jumped.emit(jump)

    def start(self) -> None:
        """Runs in a thread of its own."""
        self._thread = threading.Thread(target=self.run, name="watch", daemon=True)
        self._thread.start()

    def look_now(self) -> None:
        """Does not wait for the next moment: something was planned, moved or resumed."""
        self._nudge.set()

    def stop(self, timeout: float | None = 10.0) -> None:
        """Ends after the deliveries under way; waits up to `timeout` seconds for them."""
        self._stop.set()
        self._nudge.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(timeout)
