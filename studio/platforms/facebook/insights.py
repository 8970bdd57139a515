"""What came of a post: numbers under the names that still exist, comments, and answers of the page.

Sources: Meta, "Page insights" (post_impressions* were removed on 2026-06-15), object/comments, read 2026-11-22;
counters without insights as third-party clients read them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studio.core.delivery import Receipt
from studio.core.errors import Later, NotThere, Refused, Uncertain
from studio.core.finding import error
from studio.core.insight import Comment, Comments, Metric, Name
from studio.platforms.base import Access, Insights
from studio.platforms.facebook import byhand, seek
from studio.platforms.facebook.faults import number
from studio.platforms.facebook.graph import Api, id_of, moment
from studio.platforms.facebook.message import normal
from studio.platforms.transport import MaybeSent

NAMES: Mapping[str, Name] = {
    "post_media_view": "views", "post_total_media_view_unique": "reach", "post_clicks": "clicks",
    "post_reactions_by_type_total": "reactions",
}
COUNTERS = "shares,comments.limit(0).summary(true),reactions.limit(0).summary(true)"
# A reel is no post to the API: a video has no shares, reactions or insights of posts (official SDK, advideo.py).
OF_VIDEO = "views,comments.limit(0).summary(true),likes.limit(0).summary(true)"
PAGE = 50


class FacebookInsights(Insights):
    """Of one page."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @property
    def _api(self) -> Api:
        """SignInAgain without a token."""
        return Api.of(self._access)

    def metrics(self, receipt: Receipt) -> tuple[Metric, ...]:
        """The cheap counters, and the insights where the page may read them."""
        object_ = self._object(receipt)
        if _is_video(object_):
            return tuple(self._counted(object_, OF_VIDEO))
        told = self._told(object_)
        cheap = self._counted(object_, COUNTERS)
        return (*told, *(metric for metric in cheap if metric.name not in {m.name for m in told}))

    def _object(self, receipt: Receipt) -> str:
        """Whose numbers they are: the post, also of a pasted address. Refused when it cannot be found."""
        handle = receipt.handle
        if handle.get("object"):
            return str(handle["object"])
        if handle.get("video") and "/reel" in receipt.url:
            return str(handle["video"])
        found = byhand.find(self._api, receipt.url, handle)
        if found is None:
            raise Refused(error("facebook.link_unreadable", "link"))
        post = str(found.get("post_id") or found.get("id"))
        return f"{self._api.page}_{post}" if found.get("post_id") and post.isdecimal() else post

    def _told(self, object_: str) -> list[Metric]:
        """() without read_insights, or where Facebook has none for this post."""
        try:
            found = self._api.get(f"/{object_}/insights", metric=",".join(NAMES), period="lifetime").get("data")
        except (Refused, Later):
            return []
        items = [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []
        return [Metric(NAMES[name], _value(item), name) for item in items if (name := str(item.get("name"))) in NAMES]

    def _counted(self, object_: str, fields: str) -> list[Metric]:
        found = self._api.get(f"/{object_}", fields)
        shares, views = found.get("shares"), found.get("views")
        made = [Metric("shares", float(number(shares.get("count"))), "shares")] if isinstance(shares, dict) else []
        made += [Metric("views", float(number(views)), "views")] if views is not None else []
        edges: tuple[Name, ...] = ("comments", "reactions", "likes")
        totals = ((name, _total(found.get(name))) for name in edges)
        return made + [Metric(name, float(total), name) for name, total in totals if total is not None]

    def comments(self, receipt: Receipt, after: str = "") -> Comments:
        """The oldest first, answers among them."""
        more = {"after": after} if after else {}
        items, cursor = self._api.page_of(
            f"/{self._object(receipt)}/comments", seek.COMMENT, PAGE, filter="stream", order="chronological", **more
        )
        return Comments(tuple(self._comment(item) for item in items), cursor)

    def _comment(self, item: Mapping[str, Any]) -> Comment:
        """Without MODERATE nobody says who wrote it."""
        author, parent = item.get("from"), item.get("parent")
        who = author if isinstance(author, dict) else {}
        return Comment(
            str(item.get("id")), str(who.get("name") or ""), str(item.get("message") or ""),
            moment(item.get("created_time")), number(item.get("like_count")), number(item.get("comment_count")),
            str(who.get("id") or "") == self._api.page, str(parent.get("id") or "") if isinstance(parent, dict) else "",
        )

    def reply(self, receipt: Receipt, comment: str, text: str) -> str:
        """As the page. A lost answer is looked for once before it is called Uncertain."""
        now = self._access.now()
        try:
            before = seek.newest(self._api, f"/{comment}/comments", now, **seek.NEWEST_FIRST)
        except NotThere:
            raise Refused(error("publish.parent_gone", "account")) from None
        wanted = seek.Sought(
            self._api.page, text, 0, now.timestamp(), float(before["drift"]), tuple(before["before"])
        )
        try:
            return id_of(self._api.post(f"/{comment}/comments", {"message": normal(text)}), self._api.host)
        except MaybeSent as broken:
            if found := self._look(wanted, comment):
                return found
            raise Uncertain(*broken.findings) from None

    def _look(self, wanted: seek.Sought, comment: str) -> str:
        try:
            found = seek.comment(self._api, wanted, comment)
        except (Later, Refused):
            return ""
        return str(found["id"]) if found else ""


def _is_video(object_: str) -> bool:
    """Ids of posts hold their page's: "<page>_<post>"."""
    return "_" not in object_


def _value(item: Mapping[str, Any]) -> float:
    """Of its only period; reactions come by kind and are added up."""
    values = item.get("values")
    first = values[0] if isinstance(values, list) and values and isinstance(values[0], dict) else {}
    value = first.get("value")
    if isinstance(value, dict):
        return float(sum(number(each) for each in value.values()))
    return float(number(value))


def _total(edge: object) -> int | None:
    summary = edge.get("summary") if isinstance(edge, dict) else None
    return number(summary.get("total_count")) if isinstance(summary, dict) else None
