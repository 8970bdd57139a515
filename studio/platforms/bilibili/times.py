"""When a video or a dynamic was posted, as the app says it. Known from use; to be checked there."""

from __future__ import annotations

from datetime import datetime, timedelta

from studio.platforms.bilibili.spec import word
from studio.platforms.moments import HOUR, MINUTE, age


def said(posted: datetime | None, now: datetime | None, language: str) -> str:
    """"刚刚", "5分钟前", "2小时前", "昨天 21:05", "11-08", "2025-11-08". The zone of `now` counts."""
    seconds = age(posted, now)
    if posted is None or now is None or seconds is None or seconds < MINUTE:
        return word("now", language)
    if seconds < HOUR:
        return word("minutes", language).format(n=int(seconds // MINUTE))
    then = posted.astimezone(now.tzinfo)
    if then.date() == now.date():
        return word("hours", language).format(n=int(seconds // HOUR))
    if then.date() == now.date() - timedelta(days=1):
        return word("yesterday", language).format(time=f"{then:%H:%M}")
    return f"{then:%m-%d}" if then.year == now.year else f"{then:%Y-%m-%d}"


def short(posted: datetime | None, now: datetime | None) -> str:
    """The day below a title on the site: "11-8", "2025-11-8"; "" for today."""
    if posted is None or now is None:
        return ""
    then = posted.astimezone(now.tzinfo)
    if then.date() == now.date():
        return ""
    return f"{then.month}-{then.day}" if then.year == now.year else f"{then.year}-{then.month}-{then.day}"
