"""A hold: nothing it covers is sent while it lasts, and nothing it stopped goes out by itself afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

EVERYTHING = ""


@dataclass(frozen=True, slots=True)
class Hold:
    """scope: "" for everything, "platform:<id>" or "account:<id>". at: since when, UTC."""

    scope: str
    reason: str
    at: datetime

    def covers(self, platform: str, account: str) -> bool:
        """True when a delivery to this account of this platform rests."""
        return self.scope in (EVERYTHING, platform_scope(platform), account_scope(account))


def platform_scope(platform: str) -> str:
    return f"platform:{platform}"


def account_scope(account: str) -> str:
    return f"account:{account}"


def covering(holds: Iterable[Hold], platform: str, account: str) -> Hold | None:
    """The first of these that covers a delivery there, or None."""
    return next((hold for hold in holds if hold.covers(platform, account)), None)
