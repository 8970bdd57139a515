"""When several posts would really go, if all were let go now: one account's pace is kept, never all at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from studio.core import pace
from studio.core.delivery import Delivery
from studio.core.errors import NotFound

if TYPE_CHECKING:
    from studio.services.accounts import Accounts
    from studio.services.publishing import Publishing


def departures(
    publishing: Publishing, accounts: Accounts, going: Sequence[Delivery], now: datetime | None = None
) -> Mapping[str, datetime]:
    """Delivery -> when it goes, UTC, if these were sent in this order now. What waits for nothing goes now."""
    moment = now or datetime.now(UTC)
    found: dict[str, datetime] = {}
    went: dict[str, list[datetime]] = {}
    for delivery in going:
        times = went.setdefault(delivery.account, _went(publishing, delivery.account, moment))
        at = _earliest(accounts, delivery, times, moment)
        times.append(at)
        found[delivery.id] = at
    return found


def _went(publishing: Publishing, account: str, now: datetime) -> list[datetime]:
    since = now - pace.LOOK_BACK
    return [d.went for d in publishing.list(account=account) if d.went is not None and d.went >= since]


def _earliest(accounts: Accounts, delivery: Delivery, times: Sequence[datetime], now: datetime) -> datetime:
    """Behind those that go before it: each takes its place in the account's pace."""
    try:
        own = accounts.pace(accounts.get(delivery.account))
    except NotFound:
        return now
    start = max((t for t in times if t > now), default=now)
    wait = pace.earliest(own, times, start, delivery.zone, delivery.id)
    return wait.until if wait is not None else start
