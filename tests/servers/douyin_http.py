"""The HTTP of the contract server of Douyin: what came, what goes wrong on purpose, and the two forms of an answer."""

from __future__ import annotations

import contextlib
import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.servers.douyin_state import Person, State, Work, Wrong
from tests.servers.standing import Standing

Data = dict[str, Any]
Handle = Callable[["Visit"], Data]
ROUTES: dict[tuple[str, str], Handle] = {}
FAULTS = ("drop_before", "drop_after", "slow_after", "5xx_before", "5xx_after", "429", "garbage")


def route(method: str, *paths: str) -> Callable[[Handle], Handle]:
    def keep(handle: Handle) -> Handle:
        ROUTES.update({(method, path): handle for path in paths})
        return handle

    return keep


@dataclass(slots=True)
class Seen:
    """One request as it came. given: its form or JSON. style: how it brought its token."""

    method: str
    path: str
    query: dict[str, str]
    given: Any = None
    style: str = ""
    size: int = 0
    files: dict[str, tuple[str, str, int]] = field(default_factory=dict)  # field -> file name, type, bytes


@dataclass(slots=True)
class Fault:
    """One planned fault."""

    call: str
    kind: str
    left: int
    skip: int


class Douyin(Standing):
    """The server on a free port, until `close`.

    consents   who agrees on the sign-in page; None: nobody does
    strings    True: every number of an answer is a text
    seen       every request, in order
    held       while it is clear, answers of the fault "slow_after" wait
    """

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.lock, self.held = threading.RLock(), threading.Event()
        self.state, self.strings = State(now), False
        self.consents: Person | None = None
        self.seen: list[Seen] = []
        self._faults: list[Fault] = []
        self._stand(Visit, "douyin")

    def close(self) -> None:
        self.held.set()
        super().close()

    def fault(self, call: str, kind: str, times: int = 1, skip: int = 0) -> None:
        """One of FAULTS, or an error code as text, at the next calls whose path has `call` in it, after `skip`."""
        assert kind in FAULTS or kind.isdigit(), kind
        self._faults.append(Fault(call, kind, times, skip))

    def due(self, path: str) -> str:
        """What goes wrong with this request, "" for nothing."""
        for fault in self._faults:
            if fault.call in path and fault.left:
                if fault.skip:
                    fault.skip -= 1
                    continue
                fault.left -= 1
                return fault.kind
        return ""

    def calls(self, part: str) -> list[Seen]:
        """The requests whose path has `part` in it."""
        return [seen for seen in self.seen if part in seen.path]


class Visit(BaseHTTPRequestHandler):
    """One request."""

    server_: Douyin
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "Douyin", ""

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""

    @property
    def state(self) -> State:
        return self.server_.state

    # what came ---------------------------------------------------------------------------------------------------

    def answer(self) -> None:
        parts = urlsplit(self.path)
        self.query = dict(parse_qsl(parts.query, keep_blank_values=True))
        self.raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        style = "header" if self.headers.get("access-token") else "query" if "access_token" in self.query else ""
        self.seen = Seen(self.command, parts.path, self.query, style=style, size=len(self.raw))
        with self.server_.lock:
            self.server_.seen.append(self.seen)
            fault = self.server_.due(parts.path)
            if fault == "drop_before":
                self.close_connection = True
                return
            status, body = self._with(fault, parts.path)
        if fault == "slow_after":
            self.server_.held.wait()
        if fault == "drop_after":
            self.close_connection = True
            return
        self.say(status, body)

    do_GET = do_POST = answer

    def _with(self, fault: str, path: str) -> tuple[int, object]:
        if fault == "5xx_before":
            return 502, b"<html><body>502 Bad Gateway</body></html>"
        if fault == "429":
            return 429, {}
        if fault.isdigit() and fault != "429":
            return self.wrong(Wrong(int(fault), "as the test asked"))
        try:
            found = self._routed(path)
        except Wrong as wrong:
            return self.wrong(wrong)
        if fault == "5xx_after":
            return 504, b"<html><body>504 Gateway Time-out</body></html>"
        return (200, b"\x00\xffgarbage") if fault == "garbage" else (200 if "location" not in found else 302, found)

    def _routed(self, path: str) -> Data:
        handle = ROUTES.get((self.command, path.rstrip("/")))
        if handle is None:
            raise Wrong(28001017, "unknown uri", new=True)
        return handle(self)

    def wrong(self, wrong: Wrong) -> tuple[int, object]:
        """DYD: both forms of an error."""
        if wrong.new:
            return 200, {"err_no": wrong.code, "err_msg": wrong.words, "log_id": "20261124", "data": None}
        said = {"error_code": wrong.code, "description": wrong.words}
        return 200, {"data": said, "extra": {**said, "sub_error_code": 0, "sub_description": "", "logid": "2020"}}

    def given(self) -> Data:
        """The body, JSON or a form."""
        kind = self.headers.get("Content-Type", "")
        try:
            found = json.loads(self.raw or b"{}") if "json" in kind else dict(parse_qsl(self.raw.decode()))
        except ValueError:
            raise Wrong(2100005, "Parameter error") from None
        self.seen.given = found
        return found if isinstance(found, dict) else {}

    def file(self, name: str) -> int:
        """Bytes of the file of that name in a form. DYD: multipart/form-data."""
        mark = re.search(r'boundary="?([^";]+)', self.headers.get("Content-Type", ""))
        if mark is None:
            raise Wrong(2100005, "Parameter error")
        for part in self.raw.split(b"--" + mark[1].encode()):
            head, _, body = part.partition(b"\r\n\r\n")
            text = head.decode("utf-8", "replace")
            field_, file = re.search(r'name="([^"]*)"', text), re.search(r'filename="([^"]*)"', text)
            if field_ and file and field_[1] == name:
                kind = re.search(r"Content-Type: (\S+)", text, re.IGNORECASE)
                size = len(body) - 2
                self.seen.files[name] = (file[1], kind[1] if kind else "", size)
                return size
        raise Wrong(2100005, "Parameter error")

    def me(self, scope: str) -> Person:
        token = self.headers.get("access-token") or self.query.get("access_token", "")
        return self.state.who(token, self.query.get("open_id", ""), scope)

    def mine(self, item_id: str) -> Work:
        """One of my works. DYD: 2111007 get video failed."""
        person = self.me("")
        work = self.state.works.get(item_id)
        if work is None or work.owner is not person:
            raise Wrong(2111007, "get video failed")
        return work

    # what goes ---------------------------------------------------------------------------------------------------

    def say(self, status: int, body: object) -> None:
        location = ""
        if isinstance(body, dict) and "location" in body:
            location, body = body["location"], b"<html></html>"
        shown = as_text(body) if self.server_.strings else body
        raw = shown if isinstance(shown, bytes) else json.dumps(shown, ensure_ascii=False).encode()
        self.send_response(status)
        html = raw.startswith(b"<")
        self.send_header("Content-Type", "text/html; charset=utf-8" if html else "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(raw)))
        if location:
            self.send_header("Location", location)
        with contextlib.suppress(OSError):  # whoever asked may have stopped waiting
            self.end_headers()
            self.wfile.write(raw)


def as_text(body: object) -> object:
    """SDK: some samples have "86400" and "0"."""
    if isinstance(body, dict):
        return {name: as_text(value) for name, value in body.items()}
    if isinstance(body, list):
        return [as_text(value) for value in body]
    return str(body) if isinstance(body, int) and not isinstance(body, bool) else body


def good(data: Data) -> Data:
    """The old form."""
    extra = {"error_code": 0, "description": "", "sub_error_code": 0, "sub_description": "", "now": 1597213176393}
    return {"data": {"error_code": 0, "description": "", **data}, "extra": {**extra, "logid": "202008121419360101"}}


def granted(data: Data) -> Data:
    """The form of the calls for signing in."""
    return {"data": data, "message": "success"}
