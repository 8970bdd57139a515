"""The bodies of the contract server of Weibo, after the fixtures of two clients (WBH, WBJ)."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from tests.servers.weibo_state import UNREVIEWED_SOURCE, Comment, Status, User

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def stamp(at: datetime) -> str:
    """"Wed Oct 24 23:49:17 +0800 2012"."""
    there = at.astimezone(timezone(timedelta(hours=8)))
    return f"{_DAYS[there.weekday()]} {_MONTHS[there.month - 1]} {there:%d %H:%M:%S} +0800 {there.year}"


def user(found: User) -> dict[str, Any]:
    return {
        "id": int(found.uid), "idstr": found.uid, "screen_name": found.name, "name": found.name, "province": "11",
        "city": "1000", "location": "北京", "profile_url": f"u/{found.uid}", "followers_count": 12,
        "statuses_count": 34,
    }


def status(found: Status, comments: int = 0) -> dict[str, Any]:
    source = "应用" if found.app.reviewed else UNREVIEWED_SOURCE
    body = {
        "created_at": stamp(found.at), "id": found.id, "mid": str(found.mid), "idstr": str(found.id),
        "text": found.text, "source": f'<a href="http://example.com" rel="nofollow">{source}</a>', "favorited": False,
        "truncated": False, "pic_urls": [], "geo": None, "user": user(found.user), "reposts_count": 0,
        "comments_count": comments, "attitudes_count": 0, "visible": {"type": found.visible, "list_id": 0},
    }
    if found.picture:
        place = f"sinaimg.cn/{{}}/{found.id}.jpg"
        body["pic_urls"] = [{"thumbnail_pic": f"http://ww1.{place.format('thumbnail')}"}] * (1 + found.more)
        names = (("thumbnail_pic", "thumbnail"), ("bmiddle_pic", "bmiddle"), ("original_pic", "large"))
        body |= {name: f"http://ww1.{place.format(size)}" for name, size in names}
    return body


def comment(found: Comment) -> dict[str, Any]:
    body = {
        "created_at": stamp(found.at), "id": found.id, "idstr": str(found.id), "mid": str(found.id),
        "text": found.text, "source": "", "user": user(found.user), "status": status(found.status),
    }
    return body | ({"reply_comment": comment(found.parent)} if found.parent else {})


def texts(body: Any) -> Any:
    """The same with every number as text."""
    if isinstance(body, dict):
        return {name: texts(value) for name, value in body.items()}
    if isinstance(body, list):
        return [texts(value) for value in body]
    return str(body) if isinstance(body, int) and not isinstance(body, bool) else body
