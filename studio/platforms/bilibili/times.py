"""When a video or a dynamic was posted, as the app says it. Known from use; to be checked there."""

from __future__ import annotations

from datetime import datetime

from studio.platforms.bilibili.spec import word
from studio.platforms.moments import lately


def said(posted: datetime | None, now: datetime | None, language: str) -> str:
    """"刚刚", "5分钟前", "2小时前", "昨天 21:05", "11-08", "2025-11-08". The zone of `now` counts."""
    soon = lately(posted, now, lambda name: word(name, language))
    if soon is not None or posted is None or now is None:
        return soon or ""
    then = posted.astimezone(now.tzinfo)
    return f"{then:%m-%d}" if then.year == now.year else f"{then:%Y-%m-%d}"


def short(posted: datetime | None, now: datetime | None) -> str:
    """The day below a title on the site: "11-8", "2025-11-8"; "" for today."""
    if posted is None or now is None:
        return ""
    then = posted.astimezone(now.tzinfo)
    if then.date() == now.date():
        return ""
    return f"{then.month}-{then.day}" if then.year == now.year else f"{then.year}-{then.month}-{then.day}"
