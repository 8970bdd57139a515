"""A file to the server: sent once, processed there in its own time, attached to nothing yet.

Source: Mastodon documentation, methods media (v2), read 2026-07: 200 ready, 202 being processed; asked for, 206 is
"not yet". Unused files are kept for a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from studio.core.errors import Later, Problem, Refused, Unstaged
from studio.core.finding import Finding, error
from studio.core.post import Content
from studio.core.slot import iso
from studio.platforms.base import Held, Json, Upload
from studio.platforms.chunks import form
from studio.platforms.mastodon.api import Api, clean, message_of, trouble
from studio.platforms.mastodon.limits import Limits
from studio.platforms.mastodon.seek import moment
from studio.platforms.transport import MaybeSent, Response, Slice

STALE = timedelta(hours=12)  # half of what a server keeps
WAIT = 1.5  # seconds between two looks at a file that is being processed
_SUFFIX = {
    "image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp", "video/mp4": "mp4",
    "video/webm": "webm", "video/quicktime": "mov", "audio/mpeg": "mp3", "audio/ogg": "ogg", "audio/wav": "wav",
    "audio/x-wav": "wav", "audio/flac": "flac", "audio/mp4": "m4a", "audio/aac": "aac",
}


def focus_of(content: Content, uploads: Sequence[Upload]) -> list[str]:
    """Per file "x,y" as the API takes it, from -1,-1 (left bottom) to 1,1; "" where no point was chosen."""
    found = []
    for number in range(len(uploads)):
        point = content.media[number].focus if number < len(content.media) else None
        found.append(f"{point[0] * 2 - 1:.2f},{1 - point[1] * 2:.2f}" if point else "")
    return found


def too_big(uploads: Sequence[Upload], limits: Limits) -> list[Finding]:
    """Files over the server's own limits."""
    found = []
    for number, upload in enumerate(uploads):
        limit = limits.image_bytes if upload.kind == "image" and upload.mime != "image/gif" else limits.video_bytes
        if upload.bytes > limit:
            found.append(error("media.too_big", f"media[{number}]", limits.source, name=upload.name,
                               number=number + 1, bytes=upload.bytes, limit=limit))
    return found


class Uploads:
    """The files of one post."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._digested: set[str] = set()

    def send(self, number: int, upload: Upload, focus: str, held: Held) -> dict[str, Any]:
        """The handle of the file at the server; one that is there already is not sent again."""
        if found := self._there(held.before):
            return found
        said = {name: value for name, value in (("description", upload.alt), ("focus", focus)) if value}
        # The file's own name stays here: it may tell too much.
        name, whole = f"{number + 1}.{_SUFFIX.get(upload.mime, 'bin')}", Slice(upload.path, 0, upload.bytes)
        content, kind = form(said, "file", name, upload.mime, whole)
        response = self._api.send("POST", "/api/v2/media", content=content, headers={"Content-Type": kind})
        if not response.ok:
            raise self._refusal(response, number, upload)
        found = response.data()
        if not isinstance(found.get("id"), str | int):
            raise Later(error("net.unreadable", "account", host=self._api.host, status=response.status))
        handle = {
            "id": str(found["id"]), "ready": response.status == 200, "name": upload.name, "at": iso(self._api.now()),
        }
        held.keep(handle)
        return handle

    def _there(self, before: Json) -> dict[str, Any] | None:
        """What was uploaded before a restart, when the server still has it and no post uses it."""
        if not before.get("id"):
            return None
        response = self._api.get(f"/api/v1/media/{before['id']}")
        if response.status in (404, 422):
            return None
        if not response.ok:
            raise trouble(response, self._api.secrets)
        return {**before, "ready": response.status == 200}

    def _refusal(self, response: Response, number: int, upload: Upload) -> Problem:
        message, field = message_of(response), f"media[{number}]"
        if response.status == 413:
            return Refused(error("media.too_big_for_server", field, host=self._api.host))
        if response.status == 500 and "processing" in message.lower():
            return Refused(error("media.not_processed", field, host=self._api.host, name=upload.name))
        if response.status == 422 and message:
            reason = clean(message, self._api.secrets)
            return Refused(error("platform.refused", field, host=self._api.host, error="422", reason=reason))
        found = trouble(response, self._api.secrets)
        return Later(*found.findings) if isinstance(found, MaybeSent) else found

    def ready(self, handles: Sequence[Json]) -> float | None:
        """None when every file is processed; else seconds until it is worth asking again."""
        for number, handle in enumerate(handles):
            if handle["id"] in self._digested or (handle.get("ready") and not self._old(handle)):
                continue
            if not self._is_ready(number, handle):
                return WAIT
            self._digested.add(handle["id"])
        return None

    def _old(self, handle: Json) -> bool:
        """What lay there unused for half a day is asked for again before a post names it."""
        at = moment(handle.get("at"))
        return at is None or self._api.now() - at > STALE

    def _is_ready(self, number: int, handle: Json) -> bool:
        response = self._api.get(f"/api/v1/media/{handle['id']}")
        field = f"media[{number}]"
        if response.status == 404:
            raise Unstaged(error("media.gone_there", field, host=self._api.host))
        if response.status == 422:
            name = str(handle.get("name", ""))
            raise Refused(error("media.not_processed", field, host=self._api.host, name=name))
        if not response.ok:
            raise trouble(response, self._api.secrets)
        return response.status != 206
