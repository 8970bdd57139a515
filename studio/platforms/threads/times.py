"""When a post was made, as Threads says it: "now", "5m", "3h", "2d", then the day. Known from use, to be measured."""

from __future__ import annotations

from datetime import datetime

from studio.platforms.moments import DAY, HOUR, MINUTE, age, counted
from studio.platforms.threads.spec import word

WEEK = 7 * DAY
_STEPS = (("days", DAY), ("hours", HOUR), ("minutes", MINUTE))


def when(posted: datetime | None, now: datetime | None, language: str) -> str:
    """In the language; "now" without a time, and for one that is still to come."""
    ago = age(posted, now)
    if ago is None or posted is None or now is None or ago < MINUTE:
        return word("now", language)
    if ago >= WEEK:
        there = posted.astimezone(now.tzinfo)
        return word("date", language).format(m=there.month, d=there.day, y=there.year)
    return counted(ago, _STEPS, lambda name: word(name, language)) or ""
