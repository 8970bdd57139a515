"""The record of a post: chosen once, before anything is sent, and never rebuilt.

Source: atproto lexicons app.bsky.feed.post, app.bsky.embed.images, app.bsky.embed.external, read 2026-08.
"""

from __future__ import annotations

import base64
import secrets
import threading
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from studio.core.post import Content
from studio.platforms.base import Json, Upload
from studio.platforms.bluesky import facets, rules
from studio.platforms.text import host

COLLECTION = "app.bsky.feed.post"
_SORTABLE = "234567abcdefghijklmnopqrstuvwxyz"  # atproto's base32, in the order of ASCII


class Tids:
    """Timestamp identifiers: 13 characters that sort by time, never the same twice from one maker.

    53 bits of microseconds since 1970, then 10 bits of a clock id that is drawn once.
    Source: atproto specification "Timestamp Identifiers (TIDs)", read 2026-08.
    """

    def __init__(self) -> None:
        self._clock, self._last = secrets.randbelow(1024), 0
        self._lock = threading.Lock()

    def next(self, now: datetime) -> str:
        """A key for `now` (UTC), later than every one given before."""
        with self._lock:
            self._last = max(self._last + 1, int(now.timestamp() * 1_000_000))
            number = (self._last << 10) | self._clock
        return "".join(_SORTABLE[(number >> shift) & 31] for shift in range(60, -1, -5))


def cid_of(sha256: str) -> str:
    """The address a blob will have: CID version 1, raw, SHA-256, in base 32."""
    raw = bytes((0x01, 0x55, 0x12, 0x20)) + bytes.fromhex(sha256)
    return "b" + base64.b32encode(raw).decode().rstrip("=").lower()


def moment(now: datetime) -> str:
    """"2026-11-22T10:00:00.000Z"."""
    return now.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def language(code: str) -> str:
    """"zh_CN" -> "zh": the base language, which is what feeds filter by."""
    return code.replace("-", "_").split("_")[0].lower()


def _images(uploads: Sequence[Upload]) -> dict[str, Any]:
    """Without the blobs: those come back from staging."""
    images: list[dict[str, Any]] = []
    for upload in uploads:
        image: dict[str, Any] = {"alt": upload.alt}
        if upload.width and upload.height:
            image["aspectRatio"] = {"width": upload.width, "height": upload.height}
        images.append(image)
    return {"$type": "app.bsky.embed.images", "images": images}


def card_of(content: Content) -> dict[str, str]:
    """Title and description of the link card; the page itself is never fetched."""
    return {"uri": content.link, "title": content.title.strip() or host(content.link), "description": ""}


def _embed(content: Content, uploads: Sequence[Upload]) -> dict[str, Any] | None:
    if uploads:
        return _images(uploads)
    if content.link:
        return {"$type": "app.bsky.embed.external", "external": card_of(content)}
    return None


def reply_ref(reply_to: Mapping[str, Json] | None) -> dict[str, Any]:
    """Which posts it answers: root and parent as strong references (com.atproto.repo.strongRef); {} for none."""
    if reply_to is None:
        return {}
    return {place: {"uri": handle["uri"], "cid": handle["cid"]} for place, handle in reply_to.items()}


def build(
    content: Content, uploads: Sequence[Upload], dids: Mapping[str, str], now: datetime,
    reply_to: Mapping[str, Json] | None = None,
) -> dict[str, Any]:
    """The record but for its blobs. dids: handle -> DID of the mentions that were found."""
    record: dict[str, Any] = {"$type": COLLECTION, "text": content.text, "createdAt": moment(now)}
    optional = {
        "facets": facets.facets(content.text, dids),
        "langs": [language(content.language)] if content.language else [],
        "tags": list(rules.hidden_tags(content)),
        "embed": _embed(content, uploads),
        "reply": reply_ref(reply_to),
    }
    return record | {name: value for name, value in optional.items() if value}


def finished(record: Json, handles: Sequence[Json]) -> dict[str, Any]:
    """The record with the blobs of its pictures put in; the same every time for the same arguments."""
    whole = dict(record)
    embed = record.get("embed", {})
    if "images" in embed:
        pairs = zip(embed["images"], handles, strict=True)
        images = [{**image, "image": dict(handle["blob"])} for image, handle in pairs]
        whole["embed"] = {**embed, "images": images}
    return whole
