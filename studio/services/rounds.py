"""Looking after the accounts while somebody runs this: sign-ins are renewed before they end, health is asked daily."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from studio.core.errors import Problem

if TYPE_CHECKING:
    from studio.services.accounts import Accounts, Health

FIRST, EVERY = 30.0, 600.0  # seconds until the first round, and between two
DAILY = timedelta(hours=24)
SOONER = timedelta(minutes=30)  # when nobody answered: the network may be back by then
NO_ANSWER = ("net.",)


class Rounds:
    """`once` is one round; `start` makes rounds in a thread of its own until `stop`. The rest of the year it sleeps."""

    def __init__(self, accounts: Accounts, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._accounts, self._now = accounts, now
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def once(self) -> list[str]:
        """Renews what must be renewed and checks what was not checked for a day. Gives the accounts that were checked.
        """
        checked = []
        for account in self._accounts.list():
            if self._stop.is_set():
                break
            with contextlib.suppress(Problem):  # what is wrong is found by the check, and kept with the account
                self._accounts.renew_ahead(account.id)
            if self._due(self._accounts.health(account.id)):
                with contextlib.suppress(Problem):  # removed in the meantime
                    self._accounts.check(account.id)
                    checked.append(account.id)
        return checked

    def start(self) -> None:
        """Begins after FIRST seconds: the machine belongs to the person first."""
        self._thread = threading.Thread(target=self._run, name="rounds", daemon=True)
        self._thread.start()

    def stop(self, timeout: float | None = 10.0) -> None:
        """No further account is asked; waits up to `timeout` seconds for the one that is asked now."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout)

    def _run(self) -> None:
        pause = FIRST
        while not self._stop.wait(pause):
            with contextlib.suppress(Exception):  # a round that failed is followed by another; a send finds the cause
                self.once()
            pause = EVERY

    def _due(self, health: Health) -> bool:
        if health.at is None:
            return True
        nobody = any(f.blocks and f.code.startswith(NO_ANSWER) for f in health.findings)
        return abs(self._now() - health.at) >= (SOONER if nobody else DAILY)  # the clock may have been set back
