"""Times as the web interface says them. Source: the web client of August 2026, relative_timestamp and locales."""

from __future__ import annotations

from datetime import datetime

from studio.platforms.mastodon.spec import word
from studio.platforms.moments import DAY, HOUR, MINUTE, age, counted, day

NOW, WEEK = 10, 7 * DAY  # seconds
_STEPS = (("days", DAY), ("hours", HOUR), ("minutes", MINUTE), ("seconds", 1))


def stamp(posted: datetime | None, now: datetime | None, language: str) -> str:
    """"now", "12s", "3m", "2h", "6d"; from a week on the day, with its year when that is another."""
    passed = age(posted, now)
    if passed is None or posted is None or now is None or passed < NOW:
        return word("now", language)
    if passed >= WEEK:
        return day(posted, language, year=posted.year != now.year)
    return counted(passed, _STEPS, lambda name: word(name, language)) or ""


def moment(posted: datetime | None, language: str) -> str:
    """On its own page: "Nov 24, 2026, 9:30 AM", "2026年11月24日 09:30"."""
    if posted is None:
        return word("now", language)
    half = "AM" if posted.hour < 12 else "PM"
    return word("moment", language).format(
        day=day(posted, language), h12=posted.hour % 12 or 12, h24=f"{posted.hour:02}", m=f"{posted.minute:02}",
        half=half,
    )
