"""When a post was made, as Instagram says it: in words at its foot, short beside the name. Known from use."""

from __future__ import annotations

from datetime import datetime

from studio.platforms.instagram.spec import MONTHS, word
from studio.platforms.moments import DAY, HOUR, MINUTE, age, counted

WEEK = 7 * DAY
SHORT = (("weeks.short", WEEK), ("days.short", DAY), ("hours.short", HOUR), ("minutes.short", MINUTE))
LONG = (("days", DAY), ("hours", HOUR), ("minutes", MINUTE))


def short(posted: datetime | None, now: datetime | None, language: str) -> str:
    """"5m", "3h", "2d", "6w"."""
    said = counted(age(posted, now) or 0.0, SHORT, lambda name: word(name, language))
    return said or word("now.short", language)


def when(posted: datetime | None, now: datetime | None, language: str) -> str:
    """"2 hours ago", after a week "November 17", in another year with it."""
    ago = age(posted, now)
    if ago is None or posted is None or now is None:
        return word("now", language)
    if ago >= WEEK:
        there = posted.astimezone(now.tzinfo)
        named = "date" if there.year == now.year else "date.year"
        return word(named, language).format(
            month=MONTHS[there.month - 1], m=there.month, day=there.day, year=there.year)
    for name, length in LONG:
        if ago >= length:
            number = int(ago // length)
            return word(name if number > 1 else f"{name}.one", language).format(n=number)
    return word("now", language)
