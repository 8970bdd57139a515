"""Sends one post so that sending it again changes nothing.

The key of the record (a TID) and the record itself are chosen once. `putRecord` with `swapRecord: null`
("must not exist yet") answers 200 to an identical repeat and InvalidSwap to a different record.
Source: reference PDS, putRecord, read 2026-08; seen on a running PDS.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from studio.core.delivery import Compared, Proof, Receipt
from studio.core.errors import Later, NotThere, Refused
from studio.core.finding import blocking, error, to_json, warning
from studio.core.post import Account, Content
from studio.platforms.base import Access, Held, Json, Publisher, Upload
from studio.platforms.bluesky import facets, rules
from studio.platforms.bluesky.login import did_of
from studio.platforms.bluesky.record import COLLECTION, Tids, build, cid_of, finished
from studio.platforms.bluesky.xrpc import Session, checked, error_of, parsed
from studio.platforms.transport import MaybeSent, Response, host_of, visible


def permalink(account: Account, rkey: str) -> str:
    """Where a person can see the post: bsky.app, or the record itself on a server of one's own."""
    did = account.identity.get("did", "")
    if account.api_base:
        query = urlencode({"repo": did, "collection": COLLECTION, "rkey": rkey})
        return f"{account.api_base}/xrpc/com.atproto.repo.getRecord?{query}"
    who = account.handle if account.handle and account.handle != "handle.invalid" else did
    return f"https://bsky.app/profile/{who}/post/{rkey}"


class BlueskyPublisher(Publisher):
    """See `Publisher`. `plan` holds rkey, record and the mentions that were not found."""

    idempotent = True

    def __init__(self, access: Access, tids: Tids) -> None:
        self._access, self._tids = access, tids
        self._account = access.account
        self._did = access.account.identity.get("did", "")
        self._session = Session(access, access.account.identity.get("pds", ""))

    def plan(self, content: Content, uploads: Sequence[Upload]) -> dict[str, Any]:
        """Chooses key, time and record; asks who is mentioned. A handle nobody has stays plain text."""
        if bad := (*blocking(rules.check(content)), *_too_big(uploads)):
            raise Refused(*bad)
        now = self._access.now()
        names = facets.handles(content.text)
        found = {handle: did_of(handle, self._session.pds, self._access.transport) for handle in names}
        dids = {handle: did for handle, did in found.items() if did}
        unknown = [to_json(warning("text.mention_unknown", "text", handle=h)) for h, did in found.items() if not did]
        record = build(content, uploads, dids, now, self._access.reply_to)
        return {"rkey": self._tids.next(now), "record": record, "findings": unknown}

    def stage(self, number: int, upload: Upload, plan: Json, held: Held) -> dict[str, Any]:
        """Uploads one picture; nobody sees it until a record names it. Its handle is the blob."""
        response = self._session.call(
            "POST", "com.atproto.repo.uploadBlob", content=upload.path, mime=upload.mime
        )
        blob = checked(response, self._session.secrets).get("blob")
        if not isinstance(blob, dict) or _link(blob) != cid_of(upload.sha256) or blob.get("size") != upload.bytes:
            raise Later(error("media.garbled", f"media[{number}]", name=upload.name, number=number + 1))
        return {"blob": blob}

    def commit(self, content: Content, uploads: Sequence[Upload], plan: Json, handles: Sequence[Json]) -> Receipt:
        """The one visible request; the same again gives the same post."""
        record = finished(plan["record"], handles)
        body = {
            "repo": self._did, "collection": COLLECTION, "rkey": plan["rkey"], "record": record, "swapRecord": None,
        }
        with visible():
            response = self._session.call("POST", "com.atproto.repo.putRecord", json=body)
            if error_of(response)[0] == "InvalidSwap" and not response.ok:
                return self._adopted(plan, handles)
            found = checked(response, self._session.secrets)
            return self._receipt(plan, found)

    def _adopted(self, plan: Json, handles: Sequence[Json]) -> Receipt:
        """Something else is under our key already, or what we sent is and looks different to the server."""
        receipt = self.look(plan, handles)
        if receipt is None:
            raise MaybeSent(error("net.server_fault", "account", host=host_of(self._session.pds), status=400))
        return receipt

    def look(self, plan: Json, handles: Sequence[Json]) -> Receipt | None:
        """Our record under our key; None when there is none. Refused when another one is there."""
        found = self._record(plan["rkey"])
        if found is None:
            return None
        value, record = found.get("value", {}), plan["record"]
        if any(value.get(name) != record.get(name) for name in ("text", "createdAt", "facets", "reply")):
            raise Refused(error("publish.key_taken", "account", key=plan["rkey"]))
        return self._receipt(plan, found)

    def _record(self, rkey: str) -> dict[str, Any] | None:
        query = {"repo": self._did, "collection": COLLECTION, "rkey": rkey}
        response = self._session.open("com.atproto.repo.getRecord", query)
        if _not_there(response):
            return None
        found = checked(response, self._session.secrets)
        if not isinstance(found.get("value"), dict):  # an error in a 200, somebody else's answer: it tells nothing
            raise MaybeSent(error("net.unreadable", "account", host=host_of(response.url), status=response.status))
        return found

    def _receipt(self, plan: Json, found: Mapping[str, Any]) -> Receipt:
        handle = {"uri": str(found.get("uri", "")), "cid": str(found.get("cid", "")), "rkey": plan["rkey"]}
        if not handle["uri"].endswith(f"/{plan['rkey']}"):
            raise MaybeSent(error("net.unreadable", "account", host=host_of(self._session.pds), status=200))
        return Receipt(permalink(self._account, plan["rkey"]), handle)

    def read_back(self, content: Content, uploads: Sequence[Upload], plan: Json, receipt: Receipt) -> Proof:
        """The record and every picture's bytes as the server has them, beside what was sent."""
        found = self._record(plan["rkey"])
        if found is None:
            raise NotThere(error("publish.not_there", "account", key=plan["rkey"]))
        sent, value = plan["record"], found.get("value", {})
        lines = [
            Compared("text", sent["text"], str(value.get("text", ""))),
            Compared("facets", facets.described(sent.get("facets", [])), facets.described(value.get("facets", []))),
            *self._compared_media(uploads, value), *_compared_link(sent, value), *_compared_tags(sent, value),
            *_compared_reply(sent, value),
        ]
        return Proof(receipt.url, parsed(str(value.get("createdAt", ""))), tuple(lines))

    def _compared_media(self, uploads: Sequence[Upload], value: Mapping[str, Any]) -> list[Compared]:
        images = value.get("embed", {}).get("images", [])
        lines = [Compared("media", str(len(uploads)), str(len(images)))]
        for number, (upload, image) in enumerate(zip(uploads, images, strict=False), start=1):
            found = self._hash(_link(image.get("image", {})), upload.bytes)
            lines.append(Compared(f"media:{number}", upload.sha256, found))
            lines.append(Compared(f"alt:{number}", upload.alt, str(image.get("alt", ""))))
        return lines

    def _hash(self, cid: str, size: int) -> str:
        """SHA-256 of a picture's bytes as the server gives them; "" when it has none. Later: it cannot be told."""
        response = self._access.transport.request(
            "GET", self._session.address("com.atproto.sync.getBlob"), headers={"Accept": "*/*"},
            params={"did": self._did, "cid": cid}, most=max(size * 2, 1 << 20),
        )
        if _no_blob(response):
            return ""
        kind = response.headers.get("content-type", "")
        if not response.ok or kind.startswith(("text/", "application/json")):  # not the file: it tells nothing of it
            raise Later(error("net.server_fault", "account", host=host_of(self._session.pds), status=response.status))
        return hashlib.sha256(response.body).hexdigest()


def _too_big(uploads: Sequence[Upload]) -> list[Any]:
    limit = rules.IMAGE_RULE.bytes
    assert limit is not None
    return [
        error("media.too_big", f"media[{n}]", limit.source, name=u.name, number=n + 1, bytes=u.bytes, limit=limit.value)
        for n, u in enumerate(uploads) if u.bytes > limit.value
    ]


def _link(blob: Mapping[str, Any]) -> str:
    ref = blob.get("ref", {})
    return str(ref.get("$link", "")) if isinstance(ref, dict) else ""


def _not_there(response: Response) -> bool:
    return response.status in (400, 404) and error_of(response)[0] == "RecordNotFound"


def _no_blob(response: Response) -> bool:
    """Seen on a real PDS: 400 InvalidRequest, "Blob not found"."""
    name, message = error_of(response)
    return response.status in (400, 404) and ("NotFound" in name or "not found" in message.lower())


def _compared_link(sent: Mapping[str, Any], value: Mapping[str, Any]) -> list[Compared]:
    wanted = sent.get("embed", {}).get("external")
    if not wanted:
        return []
    return [Compared("link", wanted["uri"], str(value.get("embed", {}).get("external", {}).get("uri", "")))]


def _compared_reply(sent: Mapping[str, Any], value: Mapping[str, Any]) -> list[Compared]:
    """In a thread: the post it answers."""
    if "reply" not in sent:
        return []
    found = value.get("reply", {}).get("parent", {})
    return [Compared("reply", sent["reply"]["parent"]["uri"], str(found.get("uri", "")))]


def _compared_tags(sent: Mapping[str, Any], value: Mapping[str, Any]) -> list[Compared]:
    """Of the tags beside the text, which nobody sees in the post itself."""
    if not sent.get("tags"):
        return []
    return [Compared("tags", " ".join(sent["tags"]), " ".join(str(tag) for tag in value.get("tags", [])))]
