"""When a post was published, as WeChat writes it: the page's own script, `setPubTimeNew`, saved in July 2026."""

from __future__ import annotations

from datetime import datetime

from studio.core.card import View
from studio.platforms.wechat.spec import word


def brief(view: View) -> str:
    """Of image posts and lists: 刚刚, N分钟前, 今天, 昨天, the day, with the year when it was another one."""
    posted, now = view.posted, view.now
    if posted is None or now is None:
        return word("now", view.language)
    passed = (now - posted).total_seconds()
    if passed < 60:
        return word("now", view.language)
    if passed < 3600:
        return word("minutes", view.language).format(n=int(passed // 60))
    days = (now.date() - posted.date()).days
    near = {0: "today", 1: "yesterday"}.get(days)
    return _written(posted, near or ("day" if posted.year == now.year else "year"), view.language)


def full(view: View) -> str:
    """Of articles: the whole date and time; 刚刚 while nobody knows when."""
    at = view.posted or view.now
    return word("now", view.language) if at is None else _written(at, "date", view.language)


def _written(at: datetime, how: str, language: str) -> str:
    """Month and day are not padded."""
    clock = f"{at.hour:02}:{at.minute:02}"
    return word(how, language).format(year=at.year, month=at.month, day=at.day, clock=clock)
