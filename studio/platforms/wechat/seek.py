"""Finding what we sent among the account's drafts and published articles, when nobody told us its id.

A picture that we put into the library has an id that no other article has, so a draft or article with our cover's id
is ours; where the platform does not tell the id, title and time decide. Source: the pages of draft/batchget and
freepublish/batchget on developers.weixin.qq.com, read 2026-11-22.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from studio.core.errors import Refused
from studio.core.finding import error
from studio.platforms.base import Json
from studio.platforms.wechat.api import Api
from studio.platforms.wechat.codes import number

BEIJING = timezone(timedelta(hours=8))  # the platform's days
PAGE = 20  # the most it gives at once
PAGES = 3
SLACK = timedelta(seconds=120)  # that our clock may be ahead of the platform's


def moment(value: object) -> datetime | None:
    """Seconds of Unix time, as number or text, in UTC; None for anything else and for 0."""
    seconds = number(value)
    try:
        return datetime.fromtimestamp(seconds, UTC) if seconds else None
    except (OverflowError, OSError, ValueError):
        return None


def _list(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def news(item: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The articles in a draft, a published item or the answer to a read: `news_item`, inside `content` or not."""
    content = item.get("content")
    return _list(content.get("news_item") if isinstance(content, dict) else item.get("news_item"))


@dataclass(frozen=True, slots=True)
class Sought:
    """title, and the library's id of the cover (of the first picture of an image post). begun: UTC."""

    title: str
    cover: str
    begun: datetime

    @classmethod
    def of(cls, plan: Json, handles: tuple[Json, ...]) -> Sought:
        cover = next((str(h["media_id"]) for h in handles if h.get("role") in ("cover", "image")), "")
        return cls(str(plan["article"]["title"]), cover, datetime.fromisoformat(str(plan["begun"])))

    def is_it(self, item: Mapping[str, Any]) -> bool:
        """True when this draft or published item is ours."""
        articles = news(item)
        if len(articles) != 1 or str(articles[0].get("title") or "") != self.title:
            return False
        there = cover_of(articles[0])
        if there and self.cover:
            return there == self.cover
        at = moment(item.get("update_time"))
        return at is not None and at >= self.begun - SLACK


def cover_of(found: Mapping[str, Any]) -> str:
    """The library's id of its cover, "" where it is not told."""
    info = found.get("image_info")
    pictures = _list(info.get("image_list")) if isinstance(info, dict) else []
    first = pictures[0].get("image_media_id") if pictures else None
    return str(found.get("thumb_media_id") or first or "")


def pages(api: Api, path: str) -> Iterator[dict[str, Any]]:
    """Items of a list, the newest first, without their contents."""
    for at in range(PAGES):
        data = api.good(path, {"offset": at * PAGE, "count": PAGE, "no_content": 1})
        items = _list(data.get("item"))
        yield from items
        if len(items) < PAGE:
            return


def draft(api: Api, sought: Sought) -> str:
    """The id of a draft of ours that is there already, "" for none."""
    return next((str(item.get("media_id") or "") for item in pages(api, "/cgi-bin/draft/batchget")
                 if sought.is_it(item)), "")


def published(api: Api, sought: Sought) -> dict[str, Any] | None:
    """Our article, or None. Refused (publish.several) when more than one could be it."""
    found = [item for item in pages(api, "/cgi-bin/freepublish/batchget") if sought.is_it(item)]
    if len(found) > 1:
        raise Refused(error("publish.several", "account", count=len(found)))
    return found[0] if found else None
