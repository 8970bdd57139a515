"""Videos and reels: their bytes in pieces, the request that makes them visible, and what Facebook makes of them.

Both have an id before a byte is sent, so nothing needs to be searched for. Sources: Meta, Graph API video uploads
(start, transfer, finish), the official SDK's uploader (offsets are texts; 1363037 tells the right ones), Reels
publishing, read 2026-11-22.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from studio.core.errors import Later, Problem, Refused, Rejected
from studio.core.finding import error
from studio.platforms.base import Json, Upload
from studio.platforms.chunks import At, Dialect, Gone, form
from studio.platforms.facebook.faults import BAD_OFFSET, INVALID, Fault, clean, fault_of, number, problem
from studio.platforms.facebook.graph import VIDEO, Api, moment, said_yes
from studio.platforms.transport import MaybeSent, Progress, Response, Slice

FIELDS = "id,status,post_id,permalink_url,published,scheduled_publish_time"
DONE = ("complete", "completed")
FAILED = ("error", "upload_failed", "expired")
ASK_AGAIN = ("OffsetInvalidError", "PartialRequestError")
AGAIN = 1.0  # seconds before a piece is repeated that Facebook calls transient, as its SDK does


class VideoDialect(Dialect):
    """start, then pieces from and to the offsets Facebook names; `finish` is left to the commit."""

    def __init__(self, api: Api, upload: Upload) -> None:
        self._api, self._upload, self._path = api, upload, f"/{api.page}/videos"

    def start(self) -> At:
        form = {"upload_phase": "start", "file_size": str(self._upload.bytes)}
        found = self._api.post(self._path, form, host=VIDEO)
        session, video = found.get("upload_session_id"), found.get("video_id")
        if not session or not video:
            raise MaybeSent(error("net.unreadable", "media", host=self._api.host, status=200))
        return self._at({"session": str(session), "video": str(video)}, found, 0)

    def send(self, at: At, piece: Slice, progress: Progress | None) -> At:
        fields = {
            "upload_phase": "transfer", "upload_session_id": str(at.handle["session"]), "start_offset": str(at.offset),
        }
        body, kind = form(fields, "video_file_chunk", "1.mp4", "application/octet-stream", piece)
        response = self._api.send(
            "POST", self._path, host=VIDEO, content=body, headers={"Content-Type": kind}, progress=progress
        )
        fault = fault_of(response)
        if fault is None:
            return self._at(at.handle, self._api.data(response), at.offset)
        return self._corrected(at, fault, response)

    def end(self, at: At, size: int) -> int:
        """Facebook says it; where it does not, our own pieces."""
        told = number(at.handle.get("end"))
        return told if at.offset < told <= size else super().end(at, size)

    def _corrected(self, at: At, fault: Fault, response: Response) -> At:
        """The offset it names; Gone when it does not know the upload; else what the error means."""
        if fault.subcode == BAD_OFFSET and "start_offset" in fault.data:
            return self._at(at.handle, fault.data, at.offset)
        if fault.code == INVALID and not fault.subcode and not fault.transient:
            raise Gone
        if fault.transient:
            raise Later(error("facebook.busy", "media", reason=clean(fault.message, self._api.secrets)), after=AGAIN)
        raise problem(response, self._api.secrets, "media")

    def _at(self, handle: Json, found: Mapping[str, Any], before: int) -> At:
        offset, end = number(found.get("start_offset"), before), number(found.get("end_offset"))
        return At({**handle, "end": end}, offset)


class ReelDialect(Dialect):
    """start gives an address of rupload; all that is missing goes there in one body."""

    def __init__(self, api: Api, upload: Upload) -> None:
        self._api, self._upload = api, upload

    def start(self) -> At:
        found = self._api.post(f"/{self._api.page}/video_reels", {"upload_phase": "start"})
        video, url = found.get("video_id"), found.get("upload_url")
        if not video or not isinstance(url, str):
            raise MaybeSent(error("net.unreadable", "media", host=self._api.host, status=200))
        return At({"video": str(video), "url": url})

    def ask(self, at: At) -> At:
        """`bytes_transfered` is misspelt there; the right spelling is taken as well."""
        response = self._api.send("GET", f"/{at.handle['video']}", params={"fields": "status"})
        fault = fault_of(response)
        if fault is not None and fault.code == INVALID:
            raise Gone
        status = self._api.data(response).get("status")
        told = _phase(status, "uploading_phase") if isinstance(status, dict) else {}
        there = told.get("bytes_transfered", told.get("bytes_transferred"))
        if str(told.get("status")) in DONE:
            return At(at.handle, self._upload.bytes)
        return At(at.handle, number(there))

    def send(self, at: At, piece: Slice, progress: Progress | None) -> At:
        headers = {"offset": str(at.offset), "file_size": str(self._upload.bytes)}
        response = self._api.upload(str(at.handle["url"]), (piece,), headers, progress)
        fault = fault_of(response)
        if fault is None and response.ok and said_yes(response.data()):
            return At(at.handle, at.offset + piece.length)
        if fault is not None and not fault.code:  # rupload's own form
            raise self._broken(fault)
        raise problem(response, self._api.secrets, "media")

    def _broken(self, fault: Fault) -> Problem:
        """A wrong offset or a part only: what arrived is asked for. Anything else that is final is a no."""
        reason = clean(fault.message, self._api.secrets)
        if fault.transient or fault.message.startswith(ASK_AGAIN):
            return Later(error("facebook.busy", "media", reason=reason), after=AGAIN)
        return Refused(error("facebook.video_refused", "media", reason=reason))

    def end(self, at: At, size: int) -> int:
        return size


def _phase(status: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = status.get(name)
    return found if isinstance(found, dict) else {}


def finish(api: Api, kind: str, plan: Json, handle: Json, at: datetime | None) -> None:
    """The one visible request. Its yes only says that it was heard: the status tells what came of it."""
    when = {} if at is None else {"scheduled_publish_time": str(int(at.timestamp()))}
    words = {"title": str(plan["title"]), "description": str(plan["message"])}
    form = {"upload_phase": "finish", **{name: text for name, text in words.items() if text}, **when}
    if kind == "reel":
        state = "PUBLISHED" if at is None else "SCHEDULED"
        found = api.post(f"/{api.page}/video_reels", {**form, "video_id": str(handle["video"]), "video_state": state})
    else:
        held = {"unpublished_content_type": "SCHEDULED"} if at is not None else {}
        form |= {"upload_session_id": str(handle["session"]), "published": "true" if at is None else "false", **held}
        found = api.post(f"/{api.page}/videos", form, host=VIDEO)
    if not said_yes(found):
        raise MaybeSent(error("net.unreadable", "account", host=api.host, status=200))


class Seen:
    """What Facebook says of a video or reel.

    asked   its publishing was asked for; live: people can see it; waits: it is left with the timer
    """

    def __init__(self, found: Mapping[str, Any]) -> None:
        status = found.get("status")
        self.found = found
        self._status: Mapping[str, Any] = status if isinstance(status, dict) else {}
        publishing = _phase(self._status, "publishing_phase")
        self._said, self._phase = str(publishing.get("publish_status") or ""), str(publishing.get("status") or "")
        self._video = str(self._status.get("video_status") or "")

    @property
    def gone(self) -> bool:
        """An upload that was never finished and is kept no more."""
        return self._video == "expired"

    @property
    def asked(self) -> bool:
        shown = self.found.get("published") is True and self._video in ("ready", "processing")
        return self._said in ("published", "scheduled") or bool(self.found.get("post_id")) or shown or self.live

    @property
    def live(self) -> bool:
        if self._phase in DONE and self._said in ("", "published"):
            return True
        return self._video == "ready" and self.found.get("published") is True and self._said != "scheduled"

    @property
    def waits(self) -> bool:
        return self._said == "scheduled" and not self.live

    @property
    def at(self) -> datetime | None:
        """The time it waits for."""
        told = self.found.get("scheduled_publish_time")
        return moment(told or _phase(self._status, "publishing_phase").get("publish_time"))

    def trouble(self) -> str:
        """Why it will never be shown, in Facebook's words; "" when nothing is wrong."""
        phases = [_phase(self._status, f"{name}_phase") for name in ("uploading", "processing", "publishing")]
        broken = [p for p in phases if str(p.get("status")) == "error"]
        if not broken and self._video not in FAILED and self._said != "error":
            return ""
        return next((text for p in broken if (text := _message(p))), self._video or "error")


def _message(phase: Mapping[str, Any]) -> str:
    """`errors[]` or `error` of a phase."""
    several, one = phase.get("errors"), phase.get("error")
    told = [e for e in (several if isinstance(several, list) else [one]) if isinstance(e, dict)]
    return next((str(e["message"]) for e in told if e.get("message")), "")


def seen(api: Api, video: str) -> Seen:
    """Asks for it. NotThere: there is none."""
    return Seen(api.get(f"/{video}", FIELDS))


def refuse(api: Api, status: Seen) -> None:
    """Rejected when it will never be shown."""
    if reason := status.trouble():
        raise Rejected(error("facebook.video_failed", "media", reason=clean(reason, api.secrets)))
