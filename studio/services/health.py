"""Whether accounts are fit to send: looked at before each send, when the last look was some hours ago.

The last look is kept with the account, so a restart does not begin anew. A day without any look is seen to by
`services.rounds`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from studio.core.clock import wall
from studio.core.errors import Later, Refused, SignInAgain
from studio.core.finding import Finding, blocking

if TYPE_CHECKING:
    from studio.core.post import Account
    from studio.services.accounts import Accounts

FRESH = timedelta(hours=6)
JUST_NOW = timedelta(minutes=1)
OWN = ("login.", "account.")  # findings that say that the account, not the network, is the trouble


def must_sign_in(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that say that the account cannot be used until a person signs in: not merely that nobody answered."""
    return tuple(f for f in findings if f.blocks and f.code.startswith(OWN))


class Healths:
    """now: UTC."""

    def __init__(self, accounts: Accounts, now: Callable[[], datetime] = wall) -> None:
        self._accounts, self._now = accounts, now
        self._fit: dict[str, datetime] = {}  # when an account was last found fit: a row of sends asks once

    def before_send(self, account: Account) -> None:
        """Returns when it may be tried. Nothing visible is asked; mostly nothing at all.

        SignInAgain: a person must sign in first. Refused: publishing was not granted. A platform that does not
        answer is no reason to stop here: the send will find out, and wait.
        """
        from studio import platforms

        if account.mode != "api" or platforms.get(account.platform).embedded:
            return
        if (seen := self._fit.get(account.id)) is not None and abs(self._now() - seen) < JUST_NOW:
            return
        self._look(account)
        self._fit[account.id] = self._now()

    def _look(self, account: Account) -> None:
        if blockers := blocking(self._accounts.rights(account)):
            raise Refused(*blockers)
        with contextlib.suppress(Later):  # what it has may still do
            self._accounts.renew_ahead(account.id)
        found = self._accounts.health(account.id)
        if must_sign_in(found.findings) or not self._fresh(found.at, account):
            found = self._accounts.check(account.id)
        if over := must_sign_in(found.findings):
            raise SignInAgain(*over)

    def _fresh(self, looked: datetime | None, account: Account) -> bool:
        """Looked at, or signed in, not long ago."""
        return self._near(looked) or self._near(self._accounts.signed_in(account.id))

    def _near(self, at: datetime | None) -> bool:
        """Within FRESH, by a clock that may have been set back."""
        return at is not None and abs(self._now() - at) < FRESH
