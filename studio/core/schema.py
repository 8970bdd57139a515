"""Documents <-> JSON. Every document carries its kind and number; old numbers are lifted by a chain of upgrades.

A number only ever grows. `UPGRADES[kind][n]` turns the plain data of number n into that of n + 1, and is
never changed once released.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from studio.core import opentime
from studio.core.delivery import Compared, Delivery, Proof, State
from studio.core.errors import Refused
from studio.core.finding import Finding, error
from studio.core.finding import to_json as finding_to_json
from studio.core.pace import pace_from_json, pace_to_json
from studio.core.post import Account, Content, Media, Override, Post, Reply
from studio.core.slot import Late

Plain = dict[str, Any]
CURRENT: Mapping[str, int] = {
    "post": 2, "account": 2, "delivery": 2, "content": 2, "timeline": 1, "remark": 1, "remarks": 1,
}


def _with(**more: Any) -> Callable[[Plain], Plain]:
    """An upgrade that only adds: what was not known before is as empty as it was."""
    return lambda plain: {**more, **plain}


UPGRADES: Mapping[str, Mapping[int, Callable[[Plain], Plain]]] = {
    "post": {1: _with(replies=[])},
    "content": {1: _with(replies=[])},
    "account": {1: _with(pace=None)},
    "delivery": {1: _with(clock="here", wake=None, went=None, link=0, again=False)},
    "timeline": {}, "remark": {}, "remarks": {},
}


def stamp(kind: str, data: Plain) -> Plain:
    """`data` with its kind and number in front."""
    return {"kind": kind, "schema": CURRENT[kind], **data}


def lift(kind: str, data: Mapping[str, Any]) -> Plain:
    """Plain data of the current number.

    Refused: not of this kind, from a newer version of the studio, or without a number.
    """
    number = data.get("schema")
    if data.get("kind") != kind or not isinstance(number, int):
        raise Refused(error("document.unreadable", kind, kind=kind))
    if number > CURRENT[kind]:
        raise Refused(error("document.newer", kind, kind=kind, number=number, known=CURRENT[kind]))
    plain = dict(data)
    for step in range(number, CURRENT[kind]):
        plain = UPGRADES[kind][step](plain)
    return plain


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _maybe(text: str | None) -> datetime | None:
    return None if text is None else _moment(text)


def media_to_json(media: Media) -> Plain:
    return {
        "media": media.media, "kind": media.kind, "name": media.name, "width": media.width, "height": media.height,
        "duration": None if media.duration is None else opentime.to_text(media.duration),
        "alt": media.alt, "focus": list(media.focus) if media.focus else None, "keep_metadata": media.keep_metadata,
    }


def media_from_json(data: Mapping[str, Any]) -> Media:
    duration, focus = data.get("duration"), data.get("focus")
    return Media(
        media=data["media"], kind=data["kind"], name=data["name"], width=data["width"], height=data["height"],
        duration=None if duration is None else opentime.from_text(duration), alt=data["alt"],
        focus=(float(focus[0]), float(focus[1])) if focus else None, keep_metadata=data["keep_metadata"],
    )


def _override_to_json(override: Override) -> Plain:
    media = None if override.media is None else [media_to_json(m) for m in override.media]
    return {
        "title": override.title, "text": override.text, "media": media, "link": override.link,
        "tags": None if override.tags is None else list(override.tags), "base": override.base,
    }


def _override_from_json(data: Mapping[str, Any]) -> Override:
    media, tags = data["media"], data["tags"]
    return Override(
        title=data["title"], text=data["text"], link=data["link"], base=data["base"],
        media=None if media is None else tuple(media_from_json(m) for m in media),
        tags=None if tags is None else tuple(tags),
    )


def reply_to_json(reply: Reply) -> Plain:
    return {"text": reply.text, "media": [media_to_json(m) for m in reply.media], "after": reply.after}


def reply_from_json(data: Mapping[str, Any]) -> Reply:
    return Reply(data["text"], tuple(media_from_json(m) for m in data["media"]), data["after"])


def post_to_json(post: Post) -> Plain:
    """Plain data; `post_from_json` gives an equal post back."""
    return stamp("post", {
        "id": post.id, "title": post.title, "text": post.text, "media": [media_to_json(m) for m in post.media],
        "link": post.link, "tags": list(post.tags), "language": post.language,
        "overrides": {k: _override_to_json(o) for k, o in post.overrides.items()},
        "options": {k: dict(o) for k, o in post.options.items()}, "accounts": list(post.accounts),
        "replies": [reply_to_json(r) for r in post.replies],
        "created": post.created.isoformat(), "updated": post.updated.isoformat(),
    })


def post_from_json(data: Mapping[str, Any]) -> Post:
    """Refused when it is not a post this version can read."""
    plain = lift("post", data)
    return Post(
        id=plain["id"], title=plain["title"], text=plain["text"], link=plain["link"], language=plain["language"],
        media=tuple(media_from_json(m) for m in plain["media"]), tags=tuple(plain["tags"]),
        overrides={k: _override_from_json(o) for k, o in plain["overrides"].items()},
        options=plain["options"], accounts=tuple(plain["accounts"]),
        replies=tuple(reply_from_json(r) for r in plain["replies"]),
        created=_moment(plain["created"]), updated=_moment(plain["updated"]),
    )


def account_to_json(account: Account) -> Plain:
    return stamp("account", {
        "id": account.id, "platform": account.platform, "mode": account.mode, "name": account.name,
        "handle": account.handle, "api_base": account.api_base, "identity": dict(account.identity),
        "pace": pace_to_json(account.pace) if account.pace else None,
        "created": account.created.isoformat(),
    })


def account_from_json(data: Mapping[str, Any]) -> Account:
    plain = lift("account", data)
    return Account(
        id=plain["id"], platform=plain["platform"], mode=plain["mode"], name=plain["name"],
        handle=plain["handle"], api_base=plain["api_base"], identity=plain["identity"],
        pace=pace_from_json(plain["pace"]) if plain["pace"] else None, created=_moment(plain["created"]),
    )


def content_to_json(content: Content) -> Plain:
    """A content as it was when its delivery was planned; a repeat sends this, not a later edit."""
    return stamp("content", {
        "post": content.post, "platform": content.platform, "account": content.account, "mode": content.mode,
        "title": content.title, "text": content.text, "media": [media_to_json(m) for m in content.media],
        "link": content.link, "tags": list(content.tags), "language": content.language,
        "options": dict(content.options), "name": content.name, "handle": content.handle,
        "replies": [reply_to_json(r) for r in content.replies],
    })


def content_from_json(data: Mapping[str, Any]) -> Content:
    plain = lift("content", data)
    return Content(
        post=plain["post"], platform=plain["platform"], account=plain["account"], mode=plain["mode"],
        title=plain["title"], text=plain["text"], media=tuple(media_from_json(m) for m in plain["media"]),
        link=plain["link"], tags=tuple(plain["tags"]), language=plain["language"], options=plain["options"],
        name=plain["name"], handle=plain["handle"], replies=tuple(reply_from_json(r) for r in plain["replies"]),
    )


def _finding_from_json(data: Mapping[str, Any]) -> Finding:
    return Finding(data["code"], data["severity"], data["field"], data["values"], data["source"])


def proof_to_json(proof: Proof) -> Plain:
    lines = [{"what": c.what, "sent": c.sent, "found": c.found, "same": c.same} for c in proof.lines]
    return {"url": proof.url, "at": proof.at.isoformat() if proof.at else None, "whole": proof.whole, "lines": lines}


def proof_from_json(data: Mapping[str, Any]) -> Proof:
    lines = tuple(Compared(c["what"], c["sent"], c["found"]) for c in data["lines"])
    return Proof(data["url"], _moment(data["at"]) if data["at"] else None, lines)


def delivery_to_json(d: Delivery) -> Plain:
    return stamp("delivery", {
        "id": d.id, "post": d.post, "account": d.account, "platform": d.platform, "state": d.state.value,
        "at": d.at.isoformat(), "zone": d.zone, "late": str(d.late), "plan": dict(d.plan), "handles": dict(d.handles),
        "url": d.url, "proof": proof_to_json(d.proof) if d.proof else None,
        "error": [finding_to_json(f) for f in d.error], "owner": d.owner, "tries": d.tries,
        "clock": d.clock, "wake": d.wake.isoformat() if d.wake else None,
        "went": d.went.isoformat() if d.went else None, "link": d.link, "again": d.again,
        "created": d.created.isoformat(), "updated": d.updated.isoformat(),
    })


def delivery_from_json(data: Mapping[str, Any]) -> Delivery:
    plain = lift("delivery", data)
    return Delivery(
        id=plain["id"], post=plain["post"], account=plain["account"], platform=plain["platform"],
        state=State(plain["state"]), at=_moment(plain["at"]), zone=plain["zone"], late=Late.parse(plain["late"]),
        plan=plain["plan"], handles=plain["handles"], url=plain["url"],
        proof=proof_from_json(plain["proof"]) if plain["proof"] else None,
        error=tuple(_finding_from_json(f) for f in plain["error"]), owner=plain["owner"], tries=plain["tries"],
        clock=plain["clock"], wake=_maybe(plain["wake"]), went=_maybe(plain["went"]), link=plain["link"],
        again=plain["again"],
        created=_moment(plain["created"]), updated=_moment(plain["updated"]),
    )


def thread_proof(links: Sequence[Mapping[str, Any]]) -> Proof:
    """The proof of a thread: its first link's address, and every link's lines ("2:text" for the second's text)."""
    proofs = [proof_from_json(link["proof"]) for link in links]
    lines = [
        replace(line, what=line.what if number == 0 else f"{number + 1}:{line.what}")
        for number, proof in enumerate(proofs) for line in proof.lines
    ]
    return Proof(proofs[0].url, proofs[0].at, tuple(lines))
