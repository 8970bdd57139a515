"""What came of a post: the numbers of its status, the answers below it, and answering them.

Sources: Mastodon documentation, entity Status, methods statuses#get, #context and #create, read 2026-07. The answers
come whole, at most 4,096 of them, so there is one page. What is read needs read:statuses, an answer write:statuses:
both are asked for at the sign-in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from studio.core.delivery import Receipt
from studio.core.errors import NotThere, Problem, Refused
from studio.core.finding import error
from studio.core.insight import Comment, Comments, Metric, Name
from studio.platforms.base import Access, Insights
from studio.platforms.mastodon import limits
from studio.platforms.mastodon.api import Api, clean, message_of, trouble
from studio.platforms.mastodon.entities import length, spans
from studio.platforms.mastodon.markup import text_of
from studio.platforms.mastodon.seek import moment
from studio.platforms.text import graphemes
from studio.platforms.transport import MaybeSent, Response, visible

COUNTS: tuple[tuple[Name, str], ...] = (
    ("comments", "replies_count"), ("shares", "reblogs_count"), ("likes", "favourites_count"),
)
CONTEXT = 16 << 20  # bytes of all answers, at most


class MastodonInsights(Insights):
    """See `Insights`. A receipt's handle has the "id" of the status."""

    def __init__(self, access: Access) -> None:
        self._api = Api(access)
        self._account = access.account.identity.get("id", "")
        self._limits = limits.of(access.account.identity)

    def metrics(self, receipt: Receipt) -> tuple[Metric, ...]:
        """Answers to it, boosts and favourites. NotThere when the post is gone."""
        found = self._status(_id(receipt))
        numbers = ((name, _number(found.get(own)), own) for name, own in COUNTS)
        return tuple(Metric(name, number, own) for name, number, own in numbers if number is not None)

    def comments(self, receipt: Receipt, after: str = "") -> Comments:
        """Everything below the post, the oldest first; answers to answers name what they answer."""
        id = _id(receipt)
        response = self._api.get(f"/api/v1/statuses/{id}/context", most=CONTEXT)
        if response.status == 404:
            raise _gone(id)
        below = self._api.data(response).get("descendants")
        items = [item for item in below if isinstance(item, dict)] if isinstance(below, list) else []
        return Comments(tuple(self._comment(item, id) for item in items))

    def _comment(self, found: Mapping[str, Any], post: str) -> Comment:
        account, parent = found.get("account"), str(found.get("in_reply_to_id") or "")
        who: Mapping[str, Any] = account if isinstance(account, dict) else {}
        warned, text = str(found.get("spoiler_text") or ""), text_of(str(found.get("content") or ""))
        return Comment(
            str(found.get("id") or ""), str(who.get("display_name") or who.get("acct") or ""),
            "\n".join(part for part in (warned, text) if part), moment(found.get("created_at")),
            int(_number(found.get("favourites_count")) or 0), int(_number(found.get("replies_count")) or 0),
            bool(self._account) and str(who.get("id")) == self._account, "" if parent == post else parent,
        )

    def _status(self, id: str) -> dict[str, Any]:
        response = self._api.get(f"/api/v1/statuses/{id}")
        if response.status == 404:
            raise _gone(id)
        return self._api.data(response)

    # answering ---------------------------------------------------------------------------------------------------

    def reply(self, receipt: Receipt, comment: str, text: str) -> str:
        """As the web client does: its author is mentioned, and it is seen by whom the comment is seen.

        The key is made of comment and text, so the same answer pressed twice within the hour is one.
        """
        asked = self._answer(comment, text)
        key = hashlib.sha256("\n".join((self._account, comment, asked["status"])).encode()).hexdigest()[:32]
        with visible():
            response = self._api.send("POST", "/api/v1/statuses", json=asked, headers={"Idempotency-Key": key})
            if not response.ok:
                raise self._refusal(response)
            made = response.data()
            if not isinstance(made.get("id"), str | int):
                raise MaybeSent(error("net.unreadable", "account", host=self._api.host, status=response.status))
        return str(made["id"])

    def _answer(self, comment: str, text: str) -> dict[str, Any]:
        """The request. Refused: nothing to say, too long, or the comment is gone."""
        if not text.strip():
            raise Refused(error("post.empty", "text"))
        there = self._commented(comment)
        status, warned = self._mentioning(there, text.strip()), str(there.get("spoiler_text") or "")
        number = graphemes(warned) + length(status, self._limits.url)
        if number > self._limits.characters:
            limit = self._limits.characters
            raise Refused(error("text.too_long", "text", self._limits.source, count=number, limit=limit))
        asked = {"status": status, "in_reply_to_id": comment, "visibility": str(there.get("visibility") or "public")}
        return {**asked, "spoiler_text": warned} if warned else asked

    def _commented(self, comment: str) -> dict[str, Any]:
        try:
            return self._status(comment)
        except NotThere:
            raise Refused(error("mastodon.comment_gone", "account", host=self._api.host)) from None

    def _mentioning(self, there: Mapping[str, Any], text: str) -> str:
        account = there.get("account")
        who: Mapping[str, Any] = account if isinstance(account, dict) else {}
        acct, named = str(who.get("acct") or ""), {s.value.casefold() for s in spans(text) if s.kind == "mention"}
        if not acct or str(who.get("id")) == self._account or acct.casefold() in named:
            return text
        return f"@{acct} {text}"

    def _refusal(self, response: Response) -> Problem:
        """MaybeSent wherever it may have been done."""
        message = message_of(response)
        if response.status == 404 and "reply" in message.lower():
            return Refused(error("mastodon.comment_gone", "account", host=self._api.host))
        if response.status == 404:
            return MaybeSent(error("net.server_fault", "account", host=self._api.host, status=404))
        if response.status == 422 and message:
            reason = clean(message, self._api.secrets)
            return Refused(error("platform.refused", "text", host=self._api.host, error="422", reason=reason))
        return trouble(response, self._api.secrets)


def _id(receipt: Receipt) -> str:
    """NotThere while it waits for its time: nobody has seen it yet."""
    if "id" not in receipt.handle:
        raise _gone(str(receipt.handle.get("scheduled", "")))
    return str(receipt.handle["id"])


def _gone(id: str) -> NotThere:
    return NotThere(error("publish.not_there", "account", key=id))


def _number(value: object) -> float | None:
    """A count, which other software may write as text; None when it is none."""
    try:
        number = float(value) if isinstance(value, str | int) and not isinstance(value, bool) else -1.0
    except ValueError:
        return None
    return number if 0 <= number < 1e15 else None
