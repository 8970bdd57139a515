"""The tus resumable upload protocol 1.0.0: core and creation.

Source: tus.io/protocols/resumable-upload, read 2026-11.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from urllib.parse import urljoin

from studio.core.errors import Problem, Refused, SignInAgain
from studio.core.finding import error
from studio.platforms.base import Upload
from studio.platforms.chunks import PIECE, At, Dialect, Gone
from studio.platforms.transport import MaybeSent, Progress, Response, Slice, Transport, host_of

VERSION = {"Tus-Resumable": "1.0.0"}
MEDIA_TYPE = "application/offset+octet-stream"
GONE = (403, 404, 410)  # a HEAD on an upload the server has no more; 403 is how some of them say it


class Tus(Dialect):
    """Uploads to one tus endpoint. The handle is {"url": the upload's own address}.

    headers   what authorises us; sent to the endpoint's own host only
    metadata  beside "filename" and "filetype", which are always told
    """

    def __init__(
        self, transport: Transport, endpoint: str, upload: Upload, *, headers: Mapping[str, str] | None = None,
        metadata: Mapping[str, str] | None = None, piece: int = PIECE,
    ) -> None:
        self._transport, self._endpoint, self._upload = transport, endpoint, upload
        self._own, self._metadata, self.piece = dict(headers or {}), dict(metadata or {}), piece

    def start(self) -> At:
        """Makes an empty upload of the file's length."""
        told = {"filename": self._upload.name, "filetype": self._upload.mime, **self._metadata}
        headers = {"Upload-Length": str(self._upload.bytes), "Upload-Metadata": metadata(told)}
        answer = self._transport.request(
            "POST", self._endpoint, headers=self._headers(self._endpoint, headers), content=b""
        )
        if answer.status != 201:
            raise self._meaning(answer)
        if not (place := answer.headers.get("location", "")):
            raise self._unreadable(answer)
        return At({"url": urljoin(self._endpoint, place)})

    def ask(self, at: At) -> At:
        """HEAD: the offset, and that it is an upload of our length."""
        url = at.handle["url"]
        answer = self._transport.request("HEAD", url, headers=self._headers(url))
        if answer.status in GONE:
            raise Gone
        if not answer.ok:
            raise self._meaning(answer)
        if answer.headers.get("upload-length", str(self._upload.bytes)) != str(self._upload.bytes):
            raise Gone
        return At(at.handle, self._offset(answer))

    def send(self, at: At, piece: Slice, progress: Progress | None) -> At:
        """PATCH at the offset both sides agree on."""
        url = at.handle["url"]
        headers = {"Upload-Offset": str(piece.offset), "Content-Type": MEDIA_TYPE}
        answer = self._transport.request(
            "PATCH", url, headers=self._headers(url, headers), content=piece, progress=progress
        )
        if answer.status in (404, 410):
            raise Gone
        if answer.status != 204:
            raise self._meaning(answer)
        return At(at.handle, self._offset(answer))

    def _headers(self, url: str, more: Mapping[str, str] | None = None) -> dict[str, str]:
        own = self._own if host_of(url) == host_of(self._endpoint) else {}
        return {**own, **VERSION, **(more or {})}

    def _offset(self, answer: Response) -> int:
        text = answer.headers.get("upload-offset", "").strip()
        if not (text.isascii() and text.isdigit()):
            raise self._unreadable(answer)
        return int(text)

    def _unreadable(self, answer: Response) -> MaybeSent:
        return MaybeSent(error("net.unreadable", "media", host=host_of(answer.url), status=answer.status))

    def _meaning(self, answer: Response) -> Problem:
        """What a status other than the wanted one asks for."""
        host = host_of(answer.url)
        if answer.ok:  # somebody else's answer: a relay, a captive portal
            return self._unreadable(answer)
        if answer.status in (401, 403):
            return SignInAgain(error("login.expired", "account"))
        if answer.status == 413:
            return Refused(error("media.too_big_for_server", "media", host=host))
        if answer.status in (409, 423) or answer.status >= 500:  # another offset, locked, a fault: ask, then go on
            return MaybeSent(error("net.server_fault", "account", host=host, status=answer.status))
        return Refused(error("upload.refused", "media", host=host, name=self._upload.name, status=answer.status))


def metadata(pairs: Mapping[str, str]) -> str:
    """The Upload-Metadata header: keys in the open, values in base64."""
    return ",".join(f"{key} {b64encode(value.encode()).decode()}".rstrip() for key, value in pairs.items() if key)
