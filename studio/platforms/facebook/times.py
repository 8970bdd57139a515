"""When a post was made, as Facebook says it: "Just now", "5m", "3h", "2d", then the day.

Known from use, to be measured.
"""

from __future__ import annotations

from datetime import datetime

from studio.platforms.facebook.spec import MONTHS, px, word


def when(posted: datetime | None, now: datetime | None, language: str) -> str:
    """In the language; "Just now" without a time, and for one that is still to come."""
    if posted is None or now is None:
        return word("now", language)
    ago = (now - posted).total_seconds()
    if ago < px("time.minute"):
        return word("now", language)
    if ago >= px("time.dated"):
        return _day(posted, now, language)
    unit = "minutes" if ago < px("time.hour") else "hours" if ago < px("time.day") else "days"
    length = {"minutes": px("time.minute"), "hours": px("time.hour"), "days": px("time.day")}[unit]
    return word(unit, language).format(n=int(ago // length))


def _day(posted: datetime, now: datetime, language: str) -> str:
    """With its year when that is another one."""
    there = posted.astimezone(now.tzinfo)
    named = "date" if there.year == now.year else "date.year"
    return word(named, language).format(month=MONTHS[there.month - 1], m=there.month, day=there.day, year=there.year)
