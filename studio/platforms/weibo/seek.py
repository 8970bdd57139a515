"""Finding a post or comment of ours when nobody told us its id.

Source: facts of November 2026, 2.5: an app sees only the five newest posts of the account. What was there before we
began is never ours: by the newest id at that moment, which no clock can spoil, or by time where there was none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from studio.core.errors import Refused
from studio.core.finding import error
from studio.platforms.base import Fact, Json
from studio.platforms.weibo import text
from studio.platforms.weibo.api import Api, moment
from studio.platforms.weibo.errors import number

SEEN = Fact(5, "open.weibo.com wiki, 2/statuses/user_timeline, read 2026-11")  # posts
SLACK = timedelta(seconds=120)  # that our clock may be ahead of theirs
TIMELINE = "/2/statuses/user_timeline.json"
COMMENTS = "/2/comments/show.json"


def id_of(item: Mapping[str, Any]) -> str:
    """Of a post or comment, in digits; "" when it has none."""
    found = item.get("idstr") or item.get("id")
    return str(found) if number(found) > 0 else ""


def uid_of(item: Mapping[str, Any]) -> str:
    """Whose it is."""
    user = item.get("user")
    return id_of(user) if isinstance(user, dict) else ""


def newest(api: Api) -> str:
    """The id of the account's newest post, "0" when there is none; "" when the app may not see that."""
    try:
        found = api.items(api.get(TIMELINE), "statuses")
    except Refused:
        return ""
    return max((id_of(item) for item in found), key=number, default="0")


def begun_at(plan: Json) -> datetime:
    return datetime.fromisoformat(str(plan["begun"])).astimezone(UTC)


def _after(item: Mapping[str, Any], plan: Json) -> bool:
    if plan.get("since"):
        return number(id_of(item)) > number(plan["since"])
    made = moment(item.get("created_at"))
    return made is not None and made >= begun_at(plan) - SLACK


def post(api: Api, plan: Json) -> dict[str, Any] | None:
    """Our post among the newest, or None. Refused: several could be it, or it may be older than what one can see."""
    seen = api.items(api.get(TIMELINE), "statuses")
    later = [item for item in seen if _after(item, plan)]
    found = [item for item in later if text.same(str(plan["text"]), str(item.get("text") or ""))]
    if not found and len(later) >= SEEN.value:
        raise Refused(error("weibo.look_short", "account", count=len(later)))
    return _one(found)


def comment(api: Api, plan: Json, uid: str) -> dict[str, Any] | None:
    """Our comment below the post, or None; errors as `post`."""
    found = [
        item for item in comments(api, str(plan["post"]))
        if uid_of(item) == uid and _after(item, plan) and text.same(str(plan["text"]), str(item.get("text") or ""))
    ]
    return _one(found)


def comments(api: Api, post: str) -> list[dict[str, Any]]:
    """The newest ones below a post."""
    return api.items(api.get(COMMENTS, id=post, count="50"), "comments")


def _one(found: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    if len(found) > 1:
        raise Refused(error("publish.several", "account", count=len(found)))
    return found[0] if found else None
