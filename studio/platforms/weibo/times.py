"""When a post was made, as the feed says it. Source: previews 6.2, YYKit's demo."""

from __future__ import annotations

from datetime import datetime, timedelta

from studio.platforms.weibo.spec import px, word

HOUR = 60  # minutes


def said(posted: datetime | None, now: datetime | None, language: str) -> str:
    """"刚刚", "12分钟前", "3小时前", "昨天 21:05", "11-8", "25-11-08". Both have a zone; that of `now` counts."""
    if posted is None or now is None:
        return word("now", language)
    then = posted.astimezone(now.tzinfo)
    minutes = (now - then) // timedelta(minutes=1)
    if minutes < px("time.fresh"):
        return word("now", language)
    if minutes < HOUR:
        return word("minutes", language).format(n=minutes)
    return _days(then, now, minutes // HOUR, language)


def _days(then: datetime, now: datetime, hours: int, language: str) -> str:
    if then.date() == now.date():
        return word("hours" if hours > 1 else "hour", language).format(n=hours)
    if then.date() == now.date() - timedelta(days=1):
        return word("yesterday", language).format(time=f"{then:%H:%M}")
    return f"{then.month}-{then.day}" if then.year == now.year else f"{then:%y}-{then.month}-{then:%d}"
