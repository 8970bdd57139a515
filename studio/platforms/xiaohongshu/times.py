"""When a note was posted, as its page says it. Known from use; to be checked in the app."""

from __future__ import annotations

from datetime import datetime, timedelta

from studio.platforms.moments import HOUR, MINUTE, age
from studio.platforms.xiaohongshu.spec import word

WEEK = 7  # days


def said(posted: datetime | None, now: datetime | None, language: str) -> str:
    """"刚刚", "5分钟前", "2小时前", "昨天 21:05", "3天前", "11-08", "2025-11-08". The zone of `now` counts."""
    seconds = age(posted, now)
    if posted is None or now is None or seconds is None or seconds < MINUTE:
        return word("now", language)
    if seconds < HOUR:
        return word("minutes", language).format(n=int(seconds // MINUTE))
    then = posted.astimezone(now.tzinfo)
    days = (now.date() - then.date()) // timedelta(days=1)
    if days == 0:
        return word("hours", language).format(n=int(seconds // HOUR))
    return _days(then, now, days, language)


def _days(then: datetime, now: datetime, days: int, language: str) -> str:
    if days == 1:
        return word("yesterday", language).format(time=f"{then:%H:%M}")
    if days < WEEK:
        return word("days", language).format(n=days)
    return f"{then:%m-%d}" if then.year == now.year else f"{then:%Y-%m-%d}"
