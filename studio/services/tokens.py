"""Secrets that renew themselves: one renewal for all who wait, saved before it is used, and told truthfully.

Many servers make a refresh token worthless the moment it is used, and end the whole sign-in when an old one comes
again. So renewals of one account take turns over threads and processes; whoever's turn it is looks into the vault
first, and takes what somebody else put there meanwhile.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from studio.core.errors import Later, Refused, SignInAgain
from studio.core.finding import error

if TYPE_CHECKING:
    from studio.core.post import Account
    from studio.platforms.base import Refresh, Secrets
    from studio.platforms.logins import Life
    from studio.store.vault import Vault
    from studio.store.workspace import Workspace

WAIT = 180.0  # seconds for one's turn: longer than a renewal can take before it gives up


class _Turns(threading.local):
    """The accounts whose turn this thread has."""

    def __init__(self) -> None:
        self.mine: set[str] = set()


class Tokens:
    """The only writer of accounts' secrets. What is known of them without reading the vault is in the settings.

    now   UTC
    """

    def __init__(
        self, workspace: Workspace, vault: Vault, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._workspace, self._vault, self._now = workspace, vault, now
        self._turns = _Turns()
        self._unsaved: dict[str, dict[str, str]] = {}  # renewed, but the vault would not take them

    def read(self, id: str) -> dict[str, str]:
        """The account's secrets; {} when there are none. NoVault, VaultLocked."""
        return self._unsaved.get(id) or self._vault.read(id)

    def renewer(self, account: Account, known: Secrets) -> Renewer:
        """For one Access: renews the secrets it was made with."""
        return Renewer(self, account, known)

    def save(self, account: Account, secrets: Secrets) -> None:
        """Replaces the account's secrets."""
        with self.turn(account.id):
            self._keep(account, dict(secrets))

    def join(self, account: Account, secrets: Secrets) -> None:
        """A new login of the account: what it does not give (a refresh token) stays as it was."""
        with self.turn(account.id):
            self._keep(account, {**self.read(account.id), **secrets})
            self._mark(account.id, None)
            self._workspace.settings.set(_joined_key(account.id), self._now().isoformat())

    def forget(self, id: str) -> None:
        """Removes the account's secrets and what is known of them."""
        with self.turn(id):
            self._vault.delete(id)
            self._unsaved.pop(id, None)
            for key in (_mark_key(id), _life_key(id), _joined_key(id)):
                self._workspace.settings.forget(key)

    def look(self, account: Account) -> None:
        """Learns anew from the vault how long the sign-in holds: the database may be another than it was."""
        with self.turn(account.id):
            if secrets := self.read(account.id):
                self._note(account, secrets)

    def life(self, id: str) -> Life:
        """How long the sign-in holds, as far as it was known when its secrets were last saved. Quick."""
        from studio.platforms.logins import Life

        found = self._workspace.settings.get(_life_key(id)) or {}
        return Life(_moment(found.get("renew")), _moment(found.get("ends")))

    def joined(self, id: str) -> datetime | None:
        """When somebody signed in last."""
        return _moment(self._workspace.settings.get(_joined_key(id)))

    @contextmanager
    def turn(self, id: str) -> Iterator[None]:
        """One at a time, everywhere. Later (renewal.busy) when the turn does not come."""
        from studio.store.locks import turn

        if id in self._turns.mine:  # a renewal that saves something itself
            yield
            return
        with turn(self._workspace.cache / "turns", id, WAIT) as mine:
            if not mine:
                raise Later(error("renewal.busy", "account"))
            self._turns.mine.add(id)
            try:
                yield
            finally:
                self._turns.mine.discard(id)

    def renewed(self, account: Account, old: dict[str, str], refresh: Refresh) -> dict[str, str]:
        """New secrets for `old`, saved. In one's turn only.

        Before the request it is written down that one is under way: if its answer is never saved (a crash, a lost
        answer) and the old token is refused afterwards, that is why.
        """
        lost = self._workspace.settings.get(_mark_key(account.id))
        self._mark(account.id, self._now())
        try:
            fresh = {**old, **refresh(old)}
        except SignInAgain as over:
            if not self._workspace.read_only:
                self._workspace.settings.forget(_life_key(account.id))  # nothing is left to renew ahead of its end
            raise SignInAgain(error("login.renewal_lost", "account")) if lost else over from None
        except Refused:  # a definite answer: nothing was renewed
            if not lost:
                self._mark(account.id, None)
            raise
        except Later as later:
            if not lost and _surely_not_done(later):
                self._mark(account.id, None)
            raise
        self._keep(account, fresh)
        self._mark(account.id, None)
        return fresh

    def _keep(self, account: Account, secrets: dict[str, str]) -> None:
        """Into the vault; while it refuses they are held here, and go in at the next turn."""
        self._unsaved[account.id] = secrets
        self._vault.write(account.id, secrets)
        del self._unsaved[account.id]
        self._note(account, secrets)

    def held(self, account: Account) -> dict[str, str]:
        """What the account has now. In one's turn only: what the vault refused before goes in first."""
        if waiting := self._unsaved.get(account.id):
            self._keep(account, waiting)
            self._mark(account.id, None)
        return self._vault.read(account.id)

    def _note(self, account: Account, secrets: Secrets) -> None:
        """Remembers how long it holds, where that changed."""
        from studio import platforms

        life, key = platforms.get(account.platform).life(account, secrets), _life_key(account.id)
        value = {name: at.isoformat() for name, at in (("renew", life.renew), ("ends", life.ends)) if at}
        if not self._workspace.read_only and value != (self._workspace.settings.get(key) or {}):
            self._workspace.settings.set(key, value)

    def _mark(self, id: str, at: datetime | None) -> None:
        settings, key = self._workspace.settings, _mark_key(id)
        if self._workspace.read_only:
            return
        if at is not None:
            settings.set(key, at.isoformat())
        elif settings.get(key) is not None:
            settings.forget(key)


class Renewer:
    """`Access.renew` of one account: see there. Knows the secrets its Access has."""

    def __init__(self, tokens: Tokens, account: Account, known: Secrets) -> None:
        self._tokens, self._account, self._known = tokens, account, dict(known)

    def __call__(self, refresh: Refresh) -> Secrets:
        with self._tokens.turn(self._account.id):
            current = self._tokens.held(self._account)
            if not current:  # somebody removed them meanwhile
                raise SignInAgain(error("login.expired", "account"))
            if current == self._known:
                current = self._tokens.renewed(self._account, current, refresh)
            self._known = current
            return dict(current)


def _surely_not_done(later: Later) -> bool:
    """True when the renewal certainly was not made: nothing went out, or we were told to wait."""
    from studio.platforms.transport import Unsent

    return isinstance(later, Unsent) or any(f.code.startswith("net.rate_limited") for f in later.findings)


def _mark_key(id: str) -> str:
    return f"renewing {id}"


def _life_key(id: str) -> str:
    return f"sign-in {id}"


def _joined_key(id: str) -> str:
    return f"signed in {id}"


def _moment(text: object) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None
