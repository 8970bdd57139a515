"""What the server has of a post, line by line beside what was sent.

Pictures are saved anew by the server (without metadata), so their bytes differ and their size in pixels is
compared; where a server does not tell it, the bytes are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from studio.core.delivery import Compared, Proof, Receipt
from studio.platforms.base import Json, Upload
from studio.platforms.mastodon.api import Api
from studio.platforms.mastodon.markup import normal, text_of
from studio.platforms.mastodon.seek import moment

CLIPS = ("video", "gifv")  # a clip without sound is called gifv there


def of(api: Api, found: Mapping[str, Any], uploads: Sequence[Upload], post: Json, receipt: Receipt) -> Proof:
    """The proof of one status. Later when the server cannot be asked now."""
    lines = [
        *words(api, found, post),
        Compared("visibility", str(post["visibility"]), str(found.get("visibility") or "")),
        *_media(api, uploads, found), *_poll(post, found),
        *_said("reply", post.get("in_reply_to_id", ""), found.get("in_reply_to_id")),
    ]
    return Proof(receipt.url, moment(found.get("created_at")), tuple(lines))


def words(api: Api, found: Mapping[str, Any], post: Json) -> list[Compared]:
    """The text, and the content warning where there is one."""
    text = Compared("text", normal(str(post["status"])), _text(api, found, post))
    return [text, *_said("warning", post.get("spoiler_text", ""), found.get("spoiler_text"))]


def _said(what: str, sent: object, found: object) -> list[Compared]:
    """Nothing when neither side says anything."""
    before, after = str(sent or ""), str(found or "")
    return [Compared(what, before, after)] if before or after else []


def _text(api: Api, found: Mapping[str, Any], post: Json) -> str:
    """As people read it; where the server dresses it up (Markdown), the source it keeps."""
    sent, shown = normal(str(post["status"])), normal(text_of(str(found.get("content") or "")))
    if shown == sent:
        return shown
    response = api.get(f"/api/v1/statuses/{found.get('id')}/source")
    kept = normal(str(response.data().get("text") or "")) if response.ok else ""
    return kept if kept == sent else shown


def _media(api: Api, uploads: Sequence[Upload], found: Mapping[str, Any]) -> list[Compared]:
    there = [a for a in found.get("media_attachments") or () if isinstance(a, dict)]
    lines = [Compared("media", str(len(uploads)), str(len(there)))]
    for number, (upload, attachment) in enumerate(zip(uploads, there, strict=False), start=1):
        lines.append(Compared(f"media:{number}", *_file(api, upload, attachment)))
        lines.append(Compared(f"alt:{number}", upload.alt.strip(), str(attachment.get("description") or "").strip()))
    return lines


def _file(api: Api, upload: Upload, attachment: Mapping[str, Any]) -> tuple[str, str]:
    """What was sent and what is there, as something that can be compared."""
    kind, size = str(attachment.get("type") or ""), _size(attachment)
    if upload.kind != "image" or upload.mime == "image/gif":
        wanted = {"video": CLIPS, "audio": ("audio",), "image": ("image", *CLIPS)}.get(upload.kind, ())
        return upload.kind, upload.kind if kind in wanted else kind
    if size and upload.width and upload.height:
        return f"image {upload.width}x{upload.height}", f"{kind} {size}"
    return upload.sha256, _hash(api, str(attachment.get("url") or ""), upload.bytes)


def _size(attachment: Mapping[str, Any]) -> str:
    """"1200x900", "" when it is not told."""
    meta = attachment.get("meta")
    original = meta.get("original") if isinstance(meta, dict) else None
    if not isinstance(original, dict) or not original.get("width") or not original.get("height"):
        return ""
    return f"{original['width']}x{original['height']}"


def _hash(api: Api, address: str, size: int) -> str:
    """SHA-256 of the file as anybody gets it, without our token; "" when it is not there."""
    if not address.startswith("http"):
        return ""
    response = api.open(address, max(size * 2, 1 << 20))
    return hashlib.sha256(response.body).hexdigest() if response.ok else ""


def _poll(post: Json, found: Mapping[str, Any]) -> list[Compared]:
    if not post.get("poll"):
        return []
    there = found.get("poll")
    choices = there.get("options") if isinstance(there, dict) else None
    titles = [str(c.get("title")) for c in choices if isinstance(c, dict)] if isinstance(choices, list) else []
    return [Compared("poll", " / ".join(post["poll"]["options"]), " / ".join(titles))]
