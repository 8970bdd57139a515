"""Files to Douyin: a video in one piece or in parts, and pictures. Nobody sees them until a post names them.

Source: Douyin open platform, video-management/douyin/create/upload, read 2026-11: over 50 MB parts are advised, over
128 MB they are a must; parts of 20 MB, 5 MB at least, numbered from 1; an upload_id lives two hours. Each post takes a
fresh upload.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from studio.core.errors import Later, Unstaged
from studio.core.finding import error
from studio.core.slot import iso
from studio.platforms.base import Held, Json, Upload
from studio.platforms.chunks import At, Dialect, Gone, form, send
from studio.platforms.douyin import facts
from studio.platforms.douyin.api import Api
from studio.platforms.douyin.codes import BadInput
from studio.platforms.oauth import moment
from studio.platforms.transport import MaybeSent, Progress, Slice

VIDEO = "/api/douyin/v1/video"
STALE = timedelta(hours=20)  # what was uploaded so long ago is sent anew; how long it is kept is told nowhere
MARGIN = timedelta(minutes=5)  # of the two hours, for the requests that are still to come
_ENDINGS = {"video/webm": "webm", "image/png": "png", "image/jpeg": "jpg"}


def name_of(upload: Upload, number: int) -> str:
    """The file's own name stays here: it may tell too much."""
    return f"{number + 1}.{_ENDINGS.get(upload.mime, 'mp4' if upload.kind == 'video' else 'jpg')}"


class Parts(Dialect):
    """A video in numbered parts. The handle is {"upload_id", "at"}.

    The platform cannot be asked what it has, so what it acknowledged last is the answer; a part that comes again takes
    the place of the one before.
    """

    piece = facts.PART.value

    def __init__(self, api: Api, upload: Upload, name: str) -> None:
        self._api, self._upload, self._name, self._fresh = api, upload, name, False

    def start(self) -> At:
        """A new upload_id."""
        found = self._api.ask("POST", f"{VIDEO}/init_video_part_upload/")
        if not (id := str(found.get("upload_id") or "")):
            raise _unreadable(self._api)
        self._fresh = True
        return At({"upload_id": id, "at": iso(self._api.now())})

    def ask(self, at: At) -> At:
        """Gone when its two hours are nearly over by our own clock."""
        begun = moment(str(at.handle.get("at", "")))
        lasts = timedelta(seconds=facts.UPLOAD_LASTS.value) - MARGIN
        if begun is None or self._api.now() - begun > lasts:
            raise Gone
        return at

    def end(self, at: At, size: int) -> int:
        """A rest that is too small for a part goes with the last one."""
        end = super().end(at, size)
        return size if size - end < facts.LEAST_PART.value else end

    def send(self, at: At, piece: Slice, progress: Progress | None) -> At:
        """One part under its number."""
        self.ask(at)
        body, kind = form({}, "video", self._name, self._upload.mime, piece)
        params = {
            "upload_id": str(at.handle["upload_id"]), "part_number": str(piece.offset // self.piece + 1),
        }
        try:
            self._api.ask("POST", f"{VIDEO}/upload_video_part/", params=params, content=body,
                          headers={"Content-Type": kind}, progress=progress)
        except BadInput:  # an upload from an earlier day is called so as well
            if self._fresh:
                raise
            raise Gone from None
        return At(at.handle, piece.offset + piece.length)

    def finish(self, at: At) -> dict[str, Any]:
        """Joins the parts. Gone when that cannot be done with what an earlier run left."""
        try:
            params = {"upload_id": str(at.handle["upload_id"])}
            return self._api.ask("POST", f"{VIDEO}/complete_video_part_upload/", params=params)
        except BadInput:
            if self._fresh:
                raise
            raise Gone from None


class Uploads:
    """The files of one post."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def send(self, number: int, upload: Upload, held: Held) -> dict[str, Any]:
        """The handle of the file over there; one that an earlier run sent is not sent again."""
        if held.before.get("id"):
            return dict(held.before)
        if upload.kind == "video":
            part = self._video(upload, name_of(upload, number), held).get("video")
            id = _named(part, "video_id")
        else:
            part = self._whole("upload_image", "image", upload, name_of(upload, number)).get("image")
            id = _named(part, "image_id")
        if not id:
            raise _unreadable(self._api)
        handle = {"id": id, "kind": upload.kind, "at": iso(self._api.now())}
        held.keep(handle)
        return handle

    def _video(self, upload: Upload, name: str, held: Held) -> dict[str, Any]:
        if upload.bytes <= facts.PARTS_FROM.value:
            return self._whole("upload_video", "video", upload, name)
        progress = self._api.access.transport.progress
        try:
            return send(upload, Parts(self._api, upload, name), held, progress=progress)
        except Gone:
            held.keep({})
            raise Later(error("upload.forgotten", "media", name=upload.name)) from None

    def _whole(self, call: str, field: str, upload: Upload, name: str) -> dict[str, Any]:
        """The file in one form, read from disk while it is sent."""
        body, kind = form({}, field, name, upload.mime, Slice(upload.path, 0, upload.bytes))
        return self._api.ask("POST", f"{VIDEO}/{call}/", content=body, headers={"Content-Type": kind})

    def ready(self, handles: Sequence[Json]) -> None:
        """Unstaged when the uploads are so old that they may be gone."""
        for handle in handles:
            at = moment(str(handle.get("at", "")))
            if at is None or self._api.now() - at > STALE:
                raise Unstaged(error("douyin.upload_gone", "media"))


def _named(part: object, name: str) -> str:
    return str(part.get(name) or "") if isinstance(part, Mapping) else ""


def _unreadable(api: Api) -> Later:
    return MaybeSent(error("net.unreadable", "account", host=api.host, status=200))
