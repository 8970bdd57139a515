"""How long ago a post was made, as the feed says it. Source: the client's own code, May 2025: `timeAgo`."""

from __future__ import annotations

from datetime import datetime

from studio.platforms.bluesky.spec import word
from studio.platforms.moments import DAY, HOUR, MINUTE, age, counted

NOW, MONTH = 5, 30 * DAY  # seconds
_STEPS = (("months", MONTH), ("days", DAY), ("hours", HOUR), ("minutes", MINUTE), ("seconds", 1))


def stamp(posted: datetime | None, now: datetime | None, language: str) -> str:
    """"now", "9s", "3m", "2h", "5d", "4mo"; the day when that is 360 days ago."""
    passed = age(posted, now)
    if passed is None or posted is None or passed < NOW:
        return word("now", language)
    if passed >= 12 * MONTH:
        return _day(posted, language)
    return counted(passed, _STEPS, lambda name: word(name, language)) or ""


def _day(when: datetime, language: str) -> str:
    """"11/29/2025", "2025/11/29": as browsers write a date when nobody says how."""
    if language.startswith("zh"):
        return f"{when.year}/{when.month}/{when.day}"
    return f"{when.month}/{when.day}/{when.year}"
