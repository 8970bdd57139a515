"""When a post was made, as the feed says it. Source: previews 6.2, YYKit's demo."""

from __future__ import annotations

from datetime import datetime

from studio.platforms.moments import MINUTE, lately
from studio.platforms.weibo.spec import px, word


def said(posted: datetime | None, now: datetime | None, language: str) -> str:
    """"刚刚", "12分钟前", "3小时前", "昨天 21:05", "11-8", "25-11-08". Both have a zone; that of `now` counts."""
    soon = lately(posted, now, lambda name: word(name, language), px("time.fresh") * MINUTE)
    if soon is not None or posted is None or now is None:
        return soon or ""
    then = posted.astimezone(now.tzinfo)
    return f"{then.month}-{then.day}" if then.year == now.year else f"{then:%y}-{then.month}-{then:%d}"
