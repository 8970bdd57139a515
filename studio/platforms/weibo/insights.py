"""Numbers and comments of the account's own posts.

Source: facts of November 2026, 2.5. How often a post was read is told to no ordinary app.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from studio.core.delivery import Receipt
from studio.core.errors import NotThere, Refused
from studio.core.finding import error
from studio.core.insight import Comment, Comments, Metric, Name
from studio.platforms.base import Access, Insights
from studio.platforms.transport import MaybeSent, host_of, visible
from studio.platforms.weibo import ids, rules, text
from studio.platforms.weibo.api import Api, moment
from studio.platforms.weibo.errors import number
from studio.platforms.weibo.seek import id_of, uid_of

COUNT_MOST = 100  # ids of one call
PAGE = 50  # comments
NAMES: Mapping[str, Name] = {"reposts": "shares", "comments": "comments", "attitudes": "likes"}


class WeiboInsights(Insights):
    """See `Insights`. Each method is one call; `many` asks about a hundred posts in one."""

    def __init__(self, access: Access) -> None:
        self._access, self._api = access, Api(access)
        self._uid = access.account.identity.get("uid", "")

    def metrics(self, receipt: Receipt) -> tuple[Metric, ...]:
        id = self._id(receipt)
        if id not in (found := self.many([id])):
            raise NotThere(error("publish.not_there", "account", key=id))
        return found[id]

    def many(self, posts: Sequence[str]) -> dict[str, tuple[Metric, ...]]:
        """The numbers by id, for at most 100 posts; what Weibo says nothing of is left out."""
        asked = ",".join(posts[:COUNT_MOST])
        items = self._api.items(self._api.get("/2/statuses/count.json", ids=asked))
        return {id_of(item): _metrics(item) for item in items if id_of(item)}

    def comments(self, receipt: Receipt, after: str = "") -> Comments:
        page = max(1, number(after))
        asked = {"id": self._id(receipt), "count": str(PAGE), "page": str(page)}
        found = self._api.data(self._api.get("/2/comments/show.json", **asked))
        listed = found.get("comments")
        items = [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
        more = bool(items) and number(found.get("total_number")) > page * PAGE
        return Comments(tuple(self._comment(item) for item in items), str(page + 1) if more else "")

    def _comment(self, item: Mapping[str, Any]) -> Comment:
        user, parent = item.get("user"), item.get("reply_comment")
        name = str(user.get("screen_name") or "") if isinstance(user, dict) else ""
        above = id_of(parent) if isinstance(parent, dict) else ""
        mine = bool(self._uid) and uid_of(item) == self._uid
        said = text.normal(str(item.get("text") or ""))
        return Comment(id_of(item), name, said, moment(item.get("created_at")), mine=mine, parent=above)

    def reply(self, receipt: Receipt, comment: str, text: str) -> str:
        """One visible request. Refused where the comment or its post is gone, or the text too long."""
        self._fits(text)
        asked = {"id": self._id(receipt), "cid": comment, "comment": text.strip()}
        if given := rules.rip(self._access.account.identity):
            asked["rip"] = given
        try:
            with visible():
                return self._answered(asked)
        except NotThere:
            raise Refused(error("weibo.comment_gone", "account")) from None

    def _fits(self, reply: str) -> None:
        most = rules.COMMENT_CHARACTERS
        count = text.length(reply.strip(), rules.each(self._access.account.identity))
        if count > most.value:
            raise Refused(error("weibo.too_long", "text", most.source, count=count, limit=most.value))
        if not reply.strip():
            raise Refused(error("post.empty", "text", most.source))

    def _answered(self, asked: Mapping[str, str]) -> str:
        response = self._api.post("/2/comments/reply.json", **asked)
        if not (made := id_of(self._api.data(response))):
            raise MaybeSent(error("net.unreadable", "account", host=host_of(response.url), status=response.status))
        return made

    def _id(self, receipt: Receipt) -> str:
        """Of the post; a pasted link may have its short form only, which Weibo makes long."""
        if known := str(receipt.handle.get("id") or ""):
            return known
        return full_id(self._api, str(receipt.handle.get("bid") or ""))


def full_id(api: Api, bid: str) -> str:
    """By Weibo's own word, else by our own reckoning. Refused (handoff.not_it) for what is no such form."""
    if not ids.long(bid):
        raise Refused(error("handoff.not_it", "link"))
    try:
        told = api.data(api.get("/2/statuses/queryid.json", mid=bid, type="1", isBase62="1"))
    except Refused:
        return ids.long(bid)
    return id_of(told) or ids.long(bid)


def _metrics(item: Mapping[str, Any]) -> tuple[Metric, ...]:
    return tuple(Metric(name, float(number(item[own])), own) for own, name in NAMES.items() if own in item)
