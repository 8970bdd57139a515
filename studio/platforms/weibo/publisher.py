"""Sends one post: text and at most one picture in one request, tried once; then it is looked for, never sent again.

Sources: facts of November 2026, 2.2, 2.5, 2.7. Nothing can be left there beforehand: the picture goes with the text.
Calls of a post: timeline (before), share, show; querymid once per sign-in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from studio.core.delivery import Compared, Proof, Receipt
from studio.core.errors import ByHand, NotThere, Problem, Refused, Uncertain
from studio.core.finding import Finding, blocking, error
from studio.core.post import Content
from studio.core.slot import iso
from studio.platforms.base import Access, Held, Json, Publisher, Upload
from studio.platforms.transport import MaybeSent, Response, host_of, visible
from studio.platforms.weibo import ids, proof, rules, seek, unsure
from studio.platforms.weibo import text as words
from studio.platforms.weibo.api import Api, good, moment
from studio.platforms.weibo.errors import DUPLICATE, GONE, IN_PERSON, said, trouble
from studio.platforms.weibo.seek import id_of, uid_of

SHARE = "/2/statuses/share.json"
CREATE = "/2/comments/create.json"


class _Sender(Publisher):
    """What posts and comments have in common. See `unsure` for duplicates that may be our own."""

    def __init__(self, access: Access) -> None:
        self._access, self._api = access, Api(access)
        self._uid = access.account.identity.get("uid", "")

    def stage(self, number: int, upload: Upload, plan: Json, held: Held) -> dict[str, Any]:
        """Nothing is sent before the text is: only what will be."""
        return {"sha256": upload.sha256, "bytes": upload.bytes}

    def _started(self, text: str, since: str) -> dict[str, Any]:
        """The plan's part about time: of the earlier try, when one of the same text was never answered."""
        before = unsure.earlier(self._access, text)
        fresh = {"text": text, "begun": iso(self._access.now()), "since": since, "again": bool(before)}
        return {**fresh, **before}

    def _once(self, plan: Json, send: Callable[[], Response]) -> Receipt:
        """Around the visible request. A refusal says nothing of an earlier try that was never answered."""
        unsure.begin(self._access, plan)
        try:
            with visible():
                receipt = self._taken(send(), plan)
        except Uncertain:
            raise
        except Problem:
            if not plan["again"]:
                unsure.over(self._access, plan)
            raise
        unsure.over(self._access, plan)
        return receipt

    def _taken(self, response: Response, plan: Json) -> Receipt:
        """MaybeSent when the answer is not one: it may be live all the same."""
        if not good(response):
            raise self._refusal(response, plan)
        found = response.data()
        if not id_of(found):
            raise MaybeSent(error("net.unreadable", "account", host=host_of(response.url), status=response.status))
        return self._receipt(found, plan)

    def _refusal(self, response: Response, plan: Json) -> Problem:
        found = said(response)
        if found is not None and found.code in DUPLICATE and plan["again"]:
            return MaybeSent(error("weibo.duplicate", "text"))
        return trouble(response, self._api.secrets)

    def _receipt(self, found: Mapping[str, Any], plan: Json) -> Receipt:
        raise NotImplementedError

    def _found(self, item: Mapping[str, Any] | None, plan: Json) -> Receipt | None:
        """What was not answered is answered now: the same text again would be a duplicate of this one."""
        if item is None:
            return None
        unsure.over(self._access, plan)
        return self._receipt(item, plan)

    def _extra(self) -> dict[str, str]:
        """The address of this computer, where a person gave one."""
        given = rules.rip(self._access.account.identity)
        return {"rip": given} if given else {}

    def _known(self, content: Content) -> Content:
        return replace(content, identity=self._access.account.identity)


class WeiboPublisher(_Sender):
    """See `Publisher`. `plan` holds the text, when it began, and what was newest before."""

    def plan(self, content: Content, uploads: Sequence[Upload]) -> dict[str, Any]:
        """Checks once more, and notes what the account's newest post is."""
        if bad := (*blocking(rules.check(self._known(content))), *_unfit(uploads)):
            raise Refused(*bad)
        return self._started(words.body(content), seek.newest(self._api))

    def commit(self, content: Content, uploads: Sequence[Upload], plan: Json, handles: Sequence[Json]) -> Receipt:
        """The one visible request."""
        fields = {"status": str(plan["text"]), **self._extra()}
        if uploads:
            return self._once(plan, lambda: self._api.post_picture(SHARE, uploads[0], **fields))
        return self._once(plan, lambda: self._api.post(SHARE, **fields))

    def _refusal(self, response: Response, plan: Json) -> Problem:
        """What the API will not do, a person still can."""
        found, problem = said(response), super()._refusal(response, plan)
        return ByHand(*problem.findings) if found is not None and found.code in IN_PERSON else problem

    def _receipt(self, found: Mapping[str, Any], plan: Json) -> Receipt:
        id, mid = id_of(found), str(found.get("mid") or id_of(found))
        uid = uid_of(found) or self._uid
        return Receipt(ids.address(uid, ids.short(mid)), {"id": id, "mid": mid, "uid": uid})

    def look(self, plan: Json, handles: Sequence[Json]) -> Receipt | None:
        """Among the account's five newest posts."""
        return self._found(seek.post(self._api, plan), plan)

    def read_back(self, content: Content, uploads: Sequence[Upload], plan: Json, receipt: Receipt) -> Proof:
        """The post as Weibo has it, beside what was sent; and whether everybody sees it."""
        id = str(receipt.handle["id"])
        try:
            found = self._api.data(self._api.get("/2/statuses/show.json", id=id))
        except NotThere:
            raise NotThere(error("publish.not_there", "account", key=id)) from None
        proof.learn_review(self._access, found)
        sent = len(uploads[: rules.API_PICTURES.value])
        return proof.of(found, str(plan["text"]), sent, proof.address(self._access, self._api, found))


class CommentPublisher(_Sender):
    """A later link of a thread: a comment of one's own below the post."""

    @property
    def _post(self) -> Json:
        """The handle of what it stands below."""
        return (self._access.reply_to or {}).get("root", {})

    def plan(self, content: Content, uploads: Sequence[Upload]) -> dict[str, Any]:
        """What came before it below the post is not it."""
        if bad := blocking(rules.check(rules.as_reply(self._known(content)))):
            raise Refused(*bad)
        before = str((self._access.reply_to or {}).get("parent", {}).get("comment") or "")
        return {**self._started(words.body(content), before), "post": str(self._post.get("id") or "")}

    def commit(self, content: Content, uploads: Sequence[Upload], plan: Json, handles: Sequence[Json]) -> Receipt:
        """The one visible request."""
        fields = {"comment": str(plan["text"]), "id": str(plan["post"]), **self._extra()}
        return self._once(plan, lambda: self._api.post(CREATE, **fields))

    def _refusal(self, response: Response, plan: Json) -> Problem:
        found = said(response)
        if found is not None and found.code in GONE:
            return Refused(error("publish.parent_gone", "account"))
        return super()._refusal(response, plan)

    def _receipt(self, found: Mapping[str, Any], plan: Json) -> Receipt:
        """A comment has no address of its own."""
        post = self._post
        url = ids.address(str(post.get("uid") or self._uid), ids.short(str(post.get("mid") or post.get("id") or "")))
        return Receipt(url, {**post, "comment": id_of(found)})

    def look(self, plan: Json, handles: Sequence[Json]) -> Receipt | None:
        """Among the newest comments below the post."""
        return self._found(seek.comment(self._api, plan, self._uid), plan)

    def read_back(self, content: Content, uploads: Sequence[Upload], plan: Json, receipt: Receipt) -> Proof:
        """The comment as it stands below the post."""
        id = str(receipt.handle["comment"])
        found = next((item for item in seek.comments(self._api, str(plan["post"])) if id_of(item) == id), None)
        if found is None:
            raise NotThere(error("publish.not_there", "account", key=id))
        sent = str(plan["text"])
        lines = (Compared("text", words.normal(sent), words.found_as(sent, str(found.get("text") or ""))),)
        return Proof(receipt.url, moment(found.get("created_at")), lines)


def publisher(access: Access) -> Publisher:
    """For a post, or for a later link of a thread."""
    return WeiboPublisher(access) if access.reply_to is None else CommentPublisher(access)


def _unfit(uploads: Sequence[Upload]) -> list[Finding]:
    """A picture that could not be made to fit."""
    most = rules.IMAGE_RULE.bytes
    assert most is not None
    found: list[Finding] = []
    for upload in uploads[: rules.API_PICTURES.value]:
        if upload.mime not in rules.FORMATS:
            found.append(error("weibo.picture_kind", "media[0]", rules.SHARE))
        elif upload.bytes > most.value:
            found.append(error("media.too_big", "media[0]", most.source, name=upload.name, bytes=upload.bytes,
                               limit=most.value))
    return found
