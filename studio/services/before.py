"""Before something is scheduled: what only the network can tell, while there is time to mend it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from studio.core.errors import Later, Problem, Refused
from studio.core.finding import Finding, blocking, warning
from studio.core.post import Account, Post
from studio.services.fetching import Fetching

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.services.accounts import Accounts
    from studio.services.checks import Checks
    from studio.store.workspace import Workspace

FRESH = timedelta(minutes=15)  # a look that is no older is believed
UNTOLD = ("net.", "vault.")  # beginnings of codes: the network or the keychain was not there to tell
FETCHED = 40  # pictures outside that are looked at; a text with more is told when it is sent


class Before:
    """now: UTC. Without a network nothing is found: drafting and scheduling work offline."""

    def __init__(
        self, workspace: Workspace, accounts: Accounts, checks: Checks, now: Callable[[], datetime]
    ) -> None:
        self._workspace, self._accounts, self._checks, self._now = workspace, accounts, checks, now

    def findings(self, post: Post, account: Account) -> tuple[Finding, ...]:
        """What would stop it at its time: the account's doctor, pictures outside that cannot be had. Worst first."""
        content = self._checks.content(post, account)
        if content.mode != "api" or self._accounts.platform(account.platform).embedded:
            return self._pictures(post, account)
        return (*self._doctor(account), *self._pictures(post, account))

    def refuse(self, post: Post, account: Account) -> tuple[Finding, ...]:
        """The same, as Refused when something blocks; else what there is to say."""
        found = self.findings(post, account)
        if wrong := blocking(found):
            raise Refused(*wrong)
        return found

    def _doctor(self, account: Account) -> tuple[Finding, ...]:
        health = self._accounts.health(account.id)
        if health.at is None or abs(self._now() - health.at) >= FRESH or blocking(health.findings):
            health = self._accounts.check(account.id)
        return tuple(f for f in health.findings if _tells(f)) if health.told else ()

    def _pictures(self, post: Post, account: Account) -> tuple[Finding, ...]:
        """They are kept in the cache, so that the send has them."""
        from studio import platforms
        from studio.platforms.transport import host_of

        wanted = platforms.get(account.platform).wants(self._checks.content(post, account))
        addresses = list(dict.fromkeys(want.url for want in wanted if want.media is None))[:FETCHED]
        fetching = Fetching.of(self._workspace, self._accounts)
        found: list[Finding] = []
        silent: set[str] = set()  # hosts: each is waited for once
        for address in addresses:
            if (host := host_of(address)) in silent:
                continue
            try:
                fetching.get(address)
            except Later as later:  # perhaps we are offline
                silent.add(host)
                found += [warning(f.code, f.field, f.source, **f.values) for f in later.findings]
            except Problem as problem:
                found += problem.findings
        return tuple(found)


def _tells(finding: Finding) -> bool:
    """Something to mend, and not merely that nobody answers just now."""
    return finding.severity != "info" and not finding.code.startswith(UNTOLD)
