"""When a note was posted, as its page says it. Known from use; to be checked in the app."""

from __future__ import annotations

from datetime import datetime

from studio.platforms.moments import lately
from studio.platforms.xiaohongshu.spec import word

WEEK = 7  # days


def said(posted: datetime | None, now: datetime | None, language: str) -> str:
    """"刚刚", "5分钟前", "2小时前", "昨天 21:05", "3天前", "11-08", "2025-11-08". The zone of `now` counts."""
    soon = lately(posted, now, lambda name: word(name, language))
    if soon is not None or posted is None or now is None:
        return soon or ""
    then = posted.astimezone(now.tzinfo)
    if (days := (now.date() - then.date()).days) < WEEK:
        return word("days", language).format(n=days)
    return f"{then:%m-%d}" if then.year == now.year else f"{then:%Y-%m-%d}"
