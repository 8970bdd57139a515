"""Videos by start, transfer and finish, reels by start, rupload and finish, and what their status says.

FB-VIDOLD: Graph API video uploads; FB-SDK: the official uploader; FB-REELS: Reels publishing; read 2026-11-22.
contract-choice: a rule or a code that is ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from tests.servers.facebook_doors import Page, Wrong, no_such
from tests.servers.facebook_state import State, Video, flag

SMALLEST = 1024  # FB-VIDERR 1363022
REELS_A_DAY, DAY = 30, timedelta(hours=24)  # FB-REELS
REEL_FARTHEST = timedelta(days=29)  # FB-REELS


def stamp(at: datetime) -> str:
    """"2026-11-22T10:00:00+0000"."""
    return at.strftime("%Y-%m-%dT%H:%M:%S+0000")


def videos(state: State, page: Page, given: Mapping[str, str], body: bytes) -> dict[str, Any]:
    """POST /{page}/videos."""
    phase = given.get("upload_phase", "")
    if phase == "start":
        return _start(state, page, given)
    video = _of_session(state, page, given.get("upload_session_id", ""))
    if phase == "transfer":
        return _transfer(state, video, given, body)
    if phase == "finish":
        return _finish(state, video, given)
    raise Wrong(100, f"(#100) Param upload_phase must be one of start, transfer, finish - got {phase!r}")


def _start(state: State, page: Page, given: Mapping[str, str]) -> dict[str, Any]:
    if not given.get("file_size", "").isdecimal():
        raise Wrong(100, "(#100) The parameter file_size is required")
    size = int(given["file_size"])
    if size < SMALLEST:
        raise Wrong(100, "The video file is too small", 1363022)
    video = Video(state.new_id(), page.id, size, False, session=state.new_id())
    state.videos[video.id] = video
    return {"upload_session_id": video.session, "video_id": video.id, **_offsets(state, video)}


def _offsets(state: State, video: Video) -> dict[str, str]:
    """FB-SDK: texts; both the same when everything is there."""
    end = min(video.size, video.received + state.piece)
    return {"start_offset": str(video.received), "end_offset": str(end)}


def _of_session(state: State, page: Page, session: str) -> Video:
    found = next((v for v in state.videos.values() if session and v.session == session and v.page == page.id), None)
    if found is None:
        raise Wrong(100, "(#100) Invalid upload session")  # contract-choice
    return found


def _transfer(state: State, video: Video, given: Mapping[str, str], body: bytes) -> dict[str, Any]:
    offset = int(given.get("start_offset") or -1)
    if offset != video.received:  # FB-SDK: 1363037 with the right ones; its code is contract-choice
        raise Wrong(6000, "There was a problem uploading your video file.", 1363037, data=_offsets(state, video))
    if not body:
        raise Wrong(6000, "No video file was received", 1363020)
    video.body += body[: video.size - video.received]
    return dict(_offsets(state, video))


def _finish(state: State, video: Video, given: Mapping[str, str]) -> dict[str, Any]:
    """The same session is finished once; a repeat changes nothing (contract-choice)."""
    if video.received < video.size:
        raise Wrong(6000, "Partial file received", 1363033)
    if video.finished is None:
        text = given.get("scheduled_publish_time", "")
        if text and flag(given.get("published"), True):
            raise Wrong(100, "(#100) You cannot specify a scheduled publish time on a published video")
        video.at = state.window(text) if text else None
        video.finished, video.title, video.description = state.now(), given.get("title", ""), given.get(
            "description", "")
    return {"success": True}


def reels(state: State, page: Page, given: Mapping[str, str], rupload: str) -> dict[str, Any]:
    """POST /{page}/video_reels. rupload: its address up to the video's id."""
    phase = given.get("upload_phase", "")
    if phase == "start":
        video = Video(state.new_id(), page.id, 0, True)
        state.videos[video.id] = video
        return {"video_id": video.id, "upload_url": f"{rupload}/{video.id}"}
    if phase != "finish":
        raise Wrong(100, "(#100) Missing parameter: upload_phase")
    video = state.videos.get(given.get("video_id", ""), Video("", "", 0, True))
    if not video.reel or video.page != page.id:
        raise no_such(given.get("video_id", ""))
    return _finish_reel(state, page, video, given)


def _finish_reel(state: State, page: Page, video: Video, given: Mapping[str, str]) -> dict[str, Any]:
    wanted = given.get("video_state", "")
    if wanted not in ("PUBLISHED", "SCHEDULED", "DRAFT"):
        raise Wrong(100, "(#100) Missing parameter: video_state")
    if not video.size or video.received < video.size:
        raise Wrong(6000, "The video was not uploaded", 1363020)
    if video.finished is None:
        _room(state, page)
        if wanted == "SCHEDULED":
            video.at = state.window(given.get("scheduled_publish_time") or "0")
            if video.at - state.now() > REEL_FARTHEST:
                raise Wrong(100, "(#100) The specified scheduled publish time is invalid.")
        video.finished, video.title, video.description = state.now(), given.get("title", ""), given.get(
            "description", "")
    return {"success": True}


def _room(state: State, page: Page) -> None:
    """FB-REELS: 30 by the API in any 24 hours. Its code is contract-choice (a custom rate limit)."""
    since = state.now() - DAY
    sent = [v for v in state.videos.values() if v.reel and v.page == page.id and v.finished and v.finished > since]
    if len(sent) >= REELS_A_DAY:
        raise Wrong(613, "(#613) Calls to this api have exceeded the rate limit of 30 reels.")


def rupload(state: State, id: str, headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
    """POST to rupload. FB-REELS: offset and file_size in headers. Failures have a form of their own."""
    video = state.videos.get(id)
    if video is None or not video.reel:
        raise no_such(id)
    offset, size = headers.get("offset", ""), headers.get("file_size", "")
    if not offset.isdecimal() or not size.isdecimal():
        return failed("ProcessingFailedError", "Request processing failed")
    video.size = video.size or int(size)
    if int(size) != video.size or int(offset) != video.received:
        return failed("OffsetInvalidError", f"offset must be {video.received}")
    video.body += body
    if video.received < video.size:
        return failed("PartialRequestError", "Partial request")
    return {"success": True}


def failed(kind: str, message: str, retriable: bool = False) -> dict[str, Any]:
    return {"debug_info": {"retriable": retriable, "type": kind, "message": message}}


def status(state: State, video: Video) -> dict[str, Any]:
    """FB-REELS. `bytes_transfered` is misspelt there. Before the finish nothing says how it shall be published."""
    phase = state.phase(video)
    uploaded = bool(video.size) and video.received >= video.size
    told: dict[str, Any] = {
        "video_status": _video_status(video, phase),
        "uploading_phase": {
            "status": "complete" if uploaded else "in_progress" if video.received else "not_started",
            "bytes_transfered": video.received,
        },
        "processing_phase": {"status": phase}, "publishing_phase": {"status": "not_started"},
    }
    if phase == "error":
        told["processing_phase"]["errors"] = [{"message": "The video could not be decoded"}]
    if video.finished is not None:
        told["publishing_phase"] = _publishing(state, video, phase)
    return told


def _video_status(video: Video, phase: str) -> str:
    """FB-SDK. Before the finish: contract-choice."""
    if video.finished is None:
        return "uploading"
    return {"error": "error", "complete": "ready"}.get(phase, "processing")


def _publishing(state: State, video: Video, phase: str) -> dict[str, Any]:
    at = video.at or video.finished or state.now()
    if phase == "error":
        return {"status": "error", "publish_status": "error"}
    if video.at is not None and video.at > state.now():
        return {"status": "not_started", "publish_status": "scheduled", "publish_time": stamp(at)}
    live = state.live(video)
    return {"status": "complete" if live else "not_started", "publish_status": "published", "publish_time": stamp(at)}
