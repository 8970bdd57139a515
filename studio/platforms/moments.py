"""Pieces of the times that feeds show: how long ago, and days as people write them. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

MINUTE, HOUR, DAY = 60, 3600, 86_400  # seconds
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def age(posted: datetime | None, now: datetime | None) -> float | None:
    """Seconds since it was posted, never negative; None when either is unknown: just now."""
    return None if posted is None or now is None else max(0.0, (now - posted).total_seconds())


def counted(seconds: float, steps: Sequence[tuple[str, int]], word: Callable[[str], str]) -> str | None:
    """How long ago in the first of these steps, (its word, its seconds) from long to short, that is over; else None.

    word    gives the step's, with {n}
    """
    found = next(((name, size) for name, size in steps if seconds >= size), None)
    return None if found is None else word(found[0]).format(n=int(seconds // found[1]))


def lately(
    posted: datetime | None, now: datetime | None, word: Callable[[str], str], fresh: float = MINUTE
) -> str | None:
    """"刚刚", "5分钟前", "2小时前", "昨天 21:05", as Chinese feeds have it; None: longer ago. The zone of `now` counts.

    word    gives "now", "minutes" and "hours" (with {n}), "yesterday" (with {time}); fresh: seconds that are "now"
    """
    seconds = age(posted, now)
    if posted is None or now is None or seconds is None or seconds < fresh:
        return word("now")
    if seconds < HOUR:
        return word("minutes").format(n=int(seconds // MINUTE))
    then = posted.astimezone(now.tzinfo)
    days = (now.date() - then.date()).days
    if days == 0:
        return word("hours").format(n=int(seconds // HOUR))
    return word("yesterday").format(time=f"{then:%H:%M}") if days == 1 else None


def day(when: datetime, language: str, year: bool = True) -> str:
    """"Nov 24, 2026", "2026年11月24日"; without the year "Nov 24", "11月24日"."""
    if language.startswith("zh"):
        return (f"{when.year}年" if year else "") + f"{when.month}月{when.day}日"
    return f"{_MONTHS[when.month - 1]} {when.day}" + (f", {when.year}" if year else "")


def clock(seconds: float) -> str:
    """How long a clip is: "0:07", "1:05", "1:02:03"."""
    whole = max(0, round(seconds))
    hours, rest = divmod(whole, HOUR)
    minutes, left = divmod(rest, MINUTE)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"
