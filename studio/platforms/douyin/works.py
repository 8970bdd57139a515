"""Reading works: one by its id, or the account's newest; and finding one of ours of which nobody told us the id.

Source: Douyin open platform, video_data and video_list, read 2026-11. Numbers may be text. `is_reviewed` says only that
the review is over; what came of it is in `video_status`: 1 published, 2 not fit to be public, 4 in review, 5 public,
6 for friends, 7 private. `share_url` ends some day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from studio.core.errors import Refused
from studio.core.finding import error
from studio.platforms.base import Json
from studio.platforms.douyin.api import Api
from studio.platforms.douyin.codes import NotGranted, NotPermitted, items_of, number
from studio.platforms.douyin.facts import setting
from studio.platforms.douyin.login import DATA, LIST
from studio.platforms.oauth import moment

Kind = Literal["video", "images", ""]
PAGE, PAGES = 20, 5
SLACK = timedelta(seconds=120)  # that our clock may be ahead of theirs
UNFIT, REVIEW = 2, 4
KINDS: Mapping[int, Kind] = {2: "images", 4: "video"}  # media_type
SHOWN = {1: "public", 5: "public", 6: "friends", 7: "private"}


@dataclass(frozen=True, slots=True)
class Work:
    """kind, status: "" and 0 when not told. at: UTC. counts: the platform's own names -> numbers."""

    item_id: str
    video_id: str
    title: str
    kind: Kind
    status: int
    reviewed: bool
    at: datetime | None
    share_url: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def shown(self) -> str:
        """Who sees it: "public", "friends", "private", "nobody"; "" while it is in review."""
        if not self.reviewed:
            return ""
        return "nobody" if self.status == UNFIT else SHOWN.get(self.status, "")


def work_of(item: Mapping[str, Any]) -> Work:
    """One item of an answer."""
    status = number(item.get("video_status")) or 0
    seconds, told = number(item.get("create_time")), item.get("is_reviewed")
    reviewed = str(told).lower() in ("true", "1") if told is not None else status not in (0, REVIEW)
    counts = item.get("statistics")
    return Work(
        str(item.get("item_id") or ""), str(item.get("video_id") or ""), str(item.get("title") or ""),
        KINDS.get(number(item.get("media_type")) or 0, ""), status, reviewed, moment_of(seconds),
        str(item.get("share_url") or ""),
        {n: c for n, v in counts.items() if (c := number(v)) is not None} if isinstance(counts, Mapping) else {},
    )


def moment_of(seconds: int | None) -> datetime | None:
    """Seconds since 1970 as UTC; None where they are none."""
    try:
        return datetime.fromtimestamp(seconds, UTC) if seconds else None
    except (ValueError, OverflowError, OSError):
        return None


def address(identity: Mapping[str, str], video_id: str, kind: Kind, share_url: str = "") -> str:
    """The lasting address of a work; its share address where there is no number to make one of."""
    if not re.fullmatch(r"\d{6,32}", video_id):
        return share_url if share_url.startswith("https://") else ""
    part = setting(identity, "note_address") if kind == "images" else "video"
    return f"https://www.douyin.com/{part}/{video_id}"


def plain(text: str) -> str:
    """For comparing: line breaks and rows of spaces come back as one space."""
    return " ".join(text.split())


class Works:
    """Works of one account. NotPermitted, NotGranted where the account may not read them."""

    def __init__(self, api: Api) -> None:
        self._api = api

    @property
    def readable(self) -> bool:
        """Whether one of the two ways is open, as far as is known."""
        return self._api.may(DATA) is not False or self._api.may(LIST) is not False

    @property
    def listable(self) -> bool:
        """Whether the newest can be listed, as far as is known."""
        return self._api.may(LIST) is not False

    def by_item(self, item_id: str) -> Work | None:
        """None when Douyin says that it is not there."""
        return self._one({"item_ids": [item_id]}, lambda work: work.item_id == item_id)

    def by_video(self, video_id: str) -> Work | None:
        """By the number in its address, where it is the account's own."""
        return self._one({"video_ids": [video_id]}, lambda work: work.video_id == video_id)

    def _one(self, asked: Mapping[str, Sequence[str]], same: Any) -> Work | None:
        if self._api.may(DATA) is not False:
            try:
                return next((work for work in self._told(asked) if same(work)), None)
            except (NotPermitted, NotGranted):
                if self._api.may(DATA) or not self.listable:
                    raise
        return next((work for work in self.newest() if same(work)), None)

    def _told(self, asked: Mapping[str, Sequence[str]]) -> list[Work]:
        found = self._api.ask("POST", "/api/douyin/v1/video/video_data/", json=dict(asked))
        return [work_of(item) for item in items_of(found)]

    def newest(self, most: int = PAGE * PAGES) -> Iterator[Work]:
        """The newest first, after what was pinned to the top."""
        cursor, given = 0, 0
        for _ in range(PAGES):
            params = {"cursor": str(cursor), "count": str(min(PAGE, most - given))}
            found = self._api.ask("GET", "/api/douyin/v1/video/video_list/", params=params)
            items = items_of(found)
            yield from map(work_of, items)
            given, after = given + len(items), number(found.get("cursor")) or 0
            more = str(found.get("has_more")).lower() in ("true", "1")
            if not items or not more or after == cursor or given >= most:
                return
            cursor = after

    def before(self) -> list[str] | None:
        """The ids of the newest works there are now, which are none of ours to come; None when they cannot be had."""
        if not self.listable:
            return None
        try:
            return [work.item_id for work in self.newest(PAGE)]
        except (NotPermitted, NotGranted):
            return None

    def find(self, plan: Json, video_id: str = "") -> Work | None:
        """The work that was planned, or None. Refused when several could be it, or when it cannot be told."""
        if self.listable:
            try:
                return self._listed(plan)
            except (NotPermitted, NotGranted):
                if self._api.may(LIST):
                    raise
        found = self.by_video(video_id) if video_id and self._api.may(DATA) is not False else None
        if found is None:  # what was uploaded may have got another number as a work, so nothing is proved
            raise Refused(error("delivery.cannot_look", "delivery"))
        return found

    def _listed(self, plan: Json) -> Work | None:
        begun, old = moment(str(plan["begun"])), set(plan.get("before") or ())
        found = []
        for work in self.newest():
            late = work.at is None or begun is None or work.at >= begun - SLACK
            same = work.kind in ("", plan["kind"]) and plain(work.title) == plain(str(plan["text"]))
            if late and same and work.item_id not in old:
                found.append(work)
        if len(found) > 1:
            raise Refused(error("publish.several", "account", count=len(found)))
        return found[0] if found else None
