"""Numbers and comments of works, as far as the account granted them.

Source: Douyin open platform, video_data, data/external/item/*, item/comment/*, read 2026-11. The numbers of
data/external begin the day after and end after 30 days; each kind of them has a call of its own, by day. How
`avg_play_duration` is measured is not told, so it is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from studio.core.delivery import Receipt
from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.insight import Comment, Comments, Metric, Name
from studio.platforms.base import Access, Insights
from studio.platforms.douyin.api import Api
from studio.platforms.douyin.codes import NotGranted, NotPermitted, items_of, number
from studio.platforms.douyin.facts import setting
from studio.platforms.douyin.login import COMMENTS, DATA, LIST, NUMBERS
from studio.platforms.douyin.works import Works, moment_of
from studio.platforms.transport import MaybeSent, visible

PAGE = 20  # comments asked for at once
ANSWERS = 10  # answers to one comment that are shown with it
DAYS = "30"
STATISTICS: Mapping[str, Name] = {
    "play_count": "views", "digg_count": "likes", "comment_count": "comments", "share_count": "shares",
    "download_count": "downloads",
}
BASE: Mapping[str, Name] = {
    "total_play": "views", "total_like": "likes", "total_comment": "comments", "total_share": "shares",
}
DAILY: Mapping[str, Name] = {"play": "views", "like": "likes", "comment": "comments", "share": "shares"}
ORDER: tuple[Name, ...] = ("views", "likes", "comments", "shares", "downloads")


class DouyinInsights(Insights):
    """See `Insights`."""

    def __init__(self, access: Access) -> None:
        self._api = Api(access)
        self._works = Works(self._api)

    # numbers -----------------------------------------------------------------------------------------------------

    def metrics(self, receipt: Receipt) -> tuple[Metric, ...]:
        """The work's own statistics; what is lacking of them from the numbers of the last 30 days."""
        found: dict[Name, Metric] = {}
        refused: list[Exception] = []
        for source in (self._statistics, self._base, self._daily):
            if all(name in found for name in DAILY.values()):
                break
            try:
                found = {**{m.name: m for m in source(receipt)}, **found}
            except (NotPermitted, NotGranted) as no:
                refused.append(no)
        if not found and len(refused) == 3:
            raise Refused(error("douyin.no_numbers", "account", scopes=f"{DATA}, {NUMBERS}"))
        return tuple(found[name] for name in ORDER if name in found)

    def _statistics(self, receipt: Receipt) -> Iterable[Metric]:
        if not self._works.readable:
            raise NotPermitted(error("douyin.no_numbers", "account", scopes=f"{DATA}, {LIST}"))
        item, video = str(receipt.handle.get("item_id") or ""), str(receipt.handle.get("video_id") or "")
        if not (item or video):  # a short address names no work
            raise Refused(error("douyin.not_found", "link"))
        work = self._works.by_item(item) if item else self._works.by_video(video)
        counts = {} if work is None else work.counts
        return [Metric(name, float(counts[own]), own) for own, name in STATISTICS.items() if own in counts]

    def _base(self, receipt: Receipt) -> Iterable[Metric]:
        found = self._external("base", receipt, {}).get("result")
        told = found if isinstance(found, Mapping) else {}
        return [Metric(name, float(count), own) for own, name in BASE.items()
                if (count := number(told.get(own))) is not None]

    def _daily(self, receipt: Receipt) -> Iterable[Metric]:
        """Each day's number, added up."""
        made = []
        for own, name in DAILY.items():
            days = items_of(self._external(own, receipt, {"date_type": DAYS}), "result_list")
            counts = [number(day.get(own)) for day in days]
            if known := [count for count in counts if count is not None]:
                made.append(Metric(name, float(sum(known)), own))
        return made

    def _external(self, what: str, receipt: Receipt, more: Mapping[str, str]) -> dict[str, Any]:
        if self._api.may(NUMBERS) is False:
            raise NotPermitted(error("douyin.no_numbers", "account", scopes=NUMBERS))
        params = {"item_id": self._item(receipt), **more}
        return self._api.ask("GET", f"/data/external/item/{what}/", params=params)

    def _item(self, receipt: Receipt) -> str:
        """The work's item_id; of a pasted link only the number in its address is known."""
        if item := str(receipt.handle.get("item_id") or ""):
            return item
        video = str(receipt.handle.get("video_id") or "")
        work = self._works.by_video(video) if video and self._works.readable else None
        if work is None:
            raise Refused(error("douyin.not_found", "link"))
        return work.item_id

    # comments ----------------------------------------------------------------------------------------------------

    def _call(self, what: str) -> str:
        """"list", "reply", "reply/list" as an address; enterprise accounts have older ones."""
        enterprise = setting(self._api.identity, "comments") == "enterprise"
        if not enterprise and self._api.may(COMMENTS) is False:
            raise Refused(error("douyin.no_comments", "account", scopes=COMMENTS))
        return f"/{'video' if enterprise else 'item'}/comment/{what}/"

    def comments(self, receipt: Receipt, after: str = "") -> Comments:
        """A page of comments, each followed by its first answers."""
        item = self._item(receipt)
        params = {"item_id": item, "cursor": after or "0", "count": str(PAGE), "sort_type": "time"}
        found = self._api.ask("GET", self._call("list"), params=params)
        made: list[Comment] = []
        for comment in self._comments(found):
            made.append(comment)
            if comment.replies:
                made += self._answers(item, comment.id)
        more = str(found.get("has_more")).lower() in ("true", "1")
        return Comments(tuple(made), str(found.get("cursor") or "") if more else "")

    def _answers(self, item: str, comment: str) -> list[Comment]:
        params = {
            "item_id": item, "comment_id": comment, "cursor": "0", "count": str(ANSWERS), "sort_type": "time",
        }
        return self._comments(self._api.ask("GET", self._call("reply/list"), params=params), comment)

    def _comments(self, found: Mapping[str, Any], parent: str = "") -> list[Comment]:
        return [
            Comment(
                str(item.get("comment_id") or ""), str(item.get("nick_name") or ""), str(item.get("content") or ""),
                moment_of(number(item.get("create_time"))), number(item.get("digg_count")) or 0,
                number(item.get("reply_comment_total")) or 0,
                bool(self._api.open_id) and item.get("comment_user_id") == self._api.open_id, parent,
            )
            for item in items_of(found)
        ]

    def reply(self, receipt: Receipt, comment: str, text: str) -> str:
        """The new comment's id. Uncertain when it may stand there all the same."""
        asked = {"item_id": self._item(receipt), "comment_id": comment, "content": text}
        call = self._call("reply")
        with visible():
            found = self._api.ask("POST", call, json=asked)
            if not (id := str(found.get("comment_id") or "")):
                raise MaybeSent(error("net.unreadable", "account", host=self._api.host, status=200))
        return id
