"""Times as X shows them. Recalled; the embed's, "9:30 AM · Nov 24, 2026", was seen in react-tweet, June 2026."""

from __future__ import annotations

from datetime import datetime

from studio.platforms.moments import DAY, HOUR, MINUTE, age, counted, day
from studio.platforms.twitter.spec import word

_STEPS = (("hours", HOUR), ("minutes", MINUTE), ("seconds", 1))


def stamp(posted: datetime | None, now: datetime | None, language: str) -> str:
    """In the timeline: "now", "5s", "3m", "2h", then the day, with its year when that is another."""
    passed = age(posted, now)
    if passed is None or posted is None or now is None or passed < 1:
        return word("now", language)
    if passed >= DAY:
        return day(posted, language, year=posted.year != now.year)
    return counted(passed, _STEPS, lambda name: word(name, language)) or ""


def moment(posted: datetime | None, language: str) -> str:
    """On a page of its own: "9:30 AM · Nov 24, 2026"."""
    if posted is None:
        return word("now", language)
    half = word("morning" if posted.hour < 12 else "afternoon", language)
    return f"{half.format(h=posted.hour % 12 or 12, m=f'{posted.minute:02}')} · {day(posted, language)}"
