"""When a post was made, as Facebook says it: "Just now", "5m", "3h", "2d", then the day.

Known from use, to be measured.
"""

from __future__ import annotations

from datetime import datetime

from studio.platforms.facebook.spec import MONTHS, word
from studio.platforms.moments import DAY, HOUR, MINUTE, age, counted

WEEK = 7 * DAY
_STEPS = (("days", DAY), ("hours", HOUR), ("minutes", MINUTE))


def when(posted: datetime | None, now: datetime | None, language: str) -> str:
    """In the language; "Just now" without a time, and for one that is still to come."""
    ago = age(posted, now)
    if ago is not None and posted is not None and now is not None and ago >= WEEK:
        return _day(posted, now, language)
    return counted(ago or 0.0, _STEPS, lambda name: word(name, language)) or word("now", language)


def _day(posted: datetime, now: datetime, language: str) -> str:
    """With its year when that is another one."""
    there = posted.astimezone(now.tzinfo)
    named = "date" if there.year == now.year else "date.year"
    return word(named, language).format(month=MONTHS[there.month - 1], m=there.month, day=there.day, year=there.year)
