"""How long ago a video was posted, as YouTube says it. Known from use; to be checked there."""

from __future__ import annotations

from datetime import datetime

from studio.platforms.moments import DAY, HOUR, MINUTE, age
from studio.platforms.youtube.spec import word

STEPS = (
    ("year", 365 * DAY), ("month", 30 * DAY), ("week", 7 * DAY), ("day", DAY), ("hour", HOUR), ("minute", MINUTE),
    ("second", 1),
)


def said(posted: datetime | None, now: datetime | None, language: str) -> str:
    """"2 hours ago", "2小时前"; "just now" when either is unknown."""
    seconds = age(posted, now)
    for name, long in STEPS:
        if seconds is not None and seconds >= long:
            number = int(seconds // long)
            return word(name if number == 1 else f"{name}s", language).format(n=number)
    return word("now", language)
