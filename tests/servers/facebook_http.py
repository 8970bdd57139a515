"""The contract server of Facebook as a server: requests, answers, and what breaks by name. Paths: `facebook`.

Errors are {"error": {...}}, mostly with status 400. Every path has its version. FB-ERR, FB-PAGE and the facts on faults
(14.2, 14.3), read 2026-11-22.
"""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.servers import facebook_bodies as bodies
from tests.servers.facebook_doors import Person, Token, Wrong
from tests.servers.facebook_state import Post, State
from tests.servers.standing import Standing

Handle = Callable[["Visit", re.Match[str]], object]
ROUTES: list[tuple[str, re.Pattern[str], Handle]] = []
HTML = b"<!DOCTYPE html><html><body><h1>Sorry, something went wrong.</h1></body></html>"
ID = r"([0-9]+(?:_[0-9]+)?)"


def route(method: str, path: str) -> Callable[[Handle], Handle]:
    def keep(handle: Handle) -> Handle:
        ROUTES.append((method, re.compile(path), handle))
        return handle

    return keep


@dataclass(slots=True)
class Fault:
    """name: see `Facebook.fault`."""

    name: str
    only: str
    left: int
    skip: int
    amount: float
    seen: int = field(default=0)


class Facebook(Standing):
    """The server on a free port, until `close`. now: its clock.

    consents   who agrees in the browser; None: it is refused there
    rupload    address of reels' bytes; "" for this server's own
    texts      True: numbers come as text
    seen       (method, path) of every request, in order
    """

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.lock, self.faults = threading.RLock(), list[Fault]()
        self.seen: list[tuple[str, str]] = []
        self.state, self.rupload, self.texts = State(now), "", False
        self.consents: Person | None = None
        self._stand(Visit, "facebook")

    def fault(self, name: str, only: str = "", times: int = 1, skip: int = 0, amount: float = 0) -> None:
        """Breaks the next `times` requests whose line matches, after `skip` of them (facts, 14.2 and 14.3).

        drop_before, drop_after      the connection is closed before, or after, the server acts
        slow_after                   it acts, and answers `amount` seconds later
        5xx_after                    it acts, and answers 502 with a page
        unavailable                  502 with a page, nothing done
        transient, transient_after   code 2 with is_transient, before or after it acts
        rate_limited                 code 32, and `amount` minutes in X-Business-Use-Case-Usage; _plain: code 4, no hint
        token_expired, checkpointed  190/463, 190/459
        blocked                      368
        partial                      only `amount` bytes of the body arrive, then it is cut
        success_false                {"success": false} with status 200, nothing done
        """
        self.faults.append(Fault(name, only, times, skip, amount))

    def due(self, line: str) -> Fault | None:
        for fault in self.faults:
            if fault.left > 0 and re.search(fault.only, line):
                fault.seen += 1
                if fault.seen > fault.skip:
                    fault.left -= 1
                    return fault
        return None

    def posts(self, page: str) -> list[Post]:
        with self.lock:
            self.state.tick()
            return self.state.of(page, lagging=True)[::-1]

    @contextmanager
    def changed(self) -> Iterator[State]:
        """The state, while nobody else touches it."""
        with self.lock:
            yield self.state


class _Cut(Exception):
    """The connection ends here."""


class _Html(Exception):
    """A page of a proxy instead of an answer."""


class Visit(BaseHTTPRequestHandler):
    """One request."""

    server_: Facebook
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "proxygen", ""

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""

    def date_time_string(self, timestamp: float | None = None) -> str:
        return format_datetime(self.state.now().astimezone(UTC), usegmt=True)

    @property
    def state(self) -> State:
        return self.server_.state

    # what came ---------------------------------------------------------------------------------------------------

    def answer(self) -> None:
        parts = urlsplit(self.path)
        self.query = dict(parse_qsl(parts.query, keep_blank_values=True))
        self.location, self.usage = "", {}
        fault = self.server_.due(f"{self.command} {parts.path}")
        try:
            self._read(fault)
            status, body = self._acted(parts.path, fault)
        except _Cut:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.say(status, body)

    do_GET = do_POST = do_DELETE = answer

    def _read(self, fault: Fault | None) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        partial = fault is not None and fault.name == "partial"
        self.raw = self.rfile.read(min(size, int(fault.amount)) if partial and fault else size)
        self.given, self.file = dict(self.query), b""
        kind = self.headers.get("Content-Type", "")
        if kind.startswith("multipart/"):
            self._multipart(kind)
        elif "json" in kind:
            self.given |= {name: _text(value) for name, value in json.loads(self.raw or b"{}").items()}
        elif kind.startswith("application/x-www-form-urlencoded"):
            self.given |= dict(parse_qsl(self.raw.decode(), keep_blank_values=True))

    def _multipart(self, kind: str) -> None:
        """The name of a file's part does not matter (FB-PHOTOS), nor does its type: the SDK calls a piece of a video
        multipart/form-data.
        """
        found = re.search('boundary="?([^";,]+)"?', kind)
        mark = b"\r\n--" + (found[1] if found else "").encode()
        for part in (b"\r\n" + self.raw).split(mark)[1:]:
            head, _, body = part.partition(b"\r\n\r\n")
            name = re.search(rb'name="([^"]*)"', head)
            if b"filename=" in head:
                self.file = body
            elif name:
                self.given[name[1].decode()] = body.decode()

    def _acted(self, path: str, fault: Fault | None) -> tuple[int, object]:
        name = fault.name if fault else ""
        with self.server_.lock:
            self.server_.seen.append((self.command, path))
            self.state.tick()
            try:
                self._before(name, fault.amount if fault else 0)
                status, body = 200, {"success": False} if name == "success_false" else self._routed(path.rstrip("/"))
            except Wrong as wrong:
                status, body = wrong.status, wrong.body
                self.usage = wrong.headers
            except _Html:
                return 502, HTML
        if name in ("drop_after", "partial"):
            raise _Cut
        if name == "5xx_after":
            return 502, HTML
        if name == "transient_after":
            return 500, Wrong(2, "An unexpected error has occurred. Please retry later.", transient=True).body
        if name == "slow_after" and fault:
            time.sleep(fault.amount)
        if self.location:
            status = 302
        return status, bodies.as_texts(body) if self.server_.texts else body

    def _before(self, name: str, amount: float) -> None:
        if name == "drop_before":
            raise _Cut
        if name == "unavailable":
            raise _Html
        if name == "rate_limited":
            page = next(iter(self.state.pages), "0")
            usage = {page: [{"type": "pages", "call_count": 100, "total_cputime": 23, "total_time": 23,
                             "estimated_time_to_regain_access": int(amount)}]}
            raise Wrong(32, "(#32) Page request limit reached", headers={
                "X-Business-Use-Case-Usage": json.dumps(usage)})
        if name == "rate_limited_plain":
            raise Wrong(4, "(#4) Application request limit reached", headers={
                "X-App-Usage": '{"call_count":100,"total_time":25,"total_cputime":25}'})
        if name in SAID:
            raise Wrong(*SAID[name][:2], SAID[name][2], transient=name == "transient")

    def _routed(self, path: str) -> object:
        upload = path.startswith("/video-upload/")
        rest = path if upload else re.sub(r"^/v\d+\.\d+/", "/", path)
        if rest == path and not upload:
            raise Wrong(2500, "An unknown path was requested: it has no version")  # contract-choice
        for method, pattern, handle in ROUTES:
            if method == ("RUPLOAD" if upload else self.command) and (found := pattern.fullmatch(rest)):
                return handle(self, found)
        raise Wrong(2500, f"Unknown path components: {rest}")  # recalled

    def token(self) -> Token:
        """In a header ("Bearer", "OAuth"), the address or the body (FB-VID, FB-REELS; third party)."""
        kind, _, text = self.headers.get("Authorization", "").partition(" ")
        token = text if kind in ("Bearer", "OAuth") else self.given.get("access_token", "")
        found = self.state.known(token)
        self.state.proved(token, self.given.get("appsecret_proof", ""))
        return found

    @property
    def fields(self) -> str:
        return self.given.get("fields", "")

    # what goes ---------------------------------------------------------------------------------------------------

    def say(self, status: int, body: object) -> None:
        raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html" if isinstance(body, bytes) else "application/json; charset=UTF-8")
        self.send_header("Content-Length", str(len(raw)))
        self.send_header("facebook-api-version", "v25.0")
        for name, value in {**self.usage, **({"Location": self.location} if self.location else {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(raw)


SAID = {
    "transient": (2, "An unexpected error has occurred. Please retry later.", 0),
    "token_expired": (190, "Error validating access token: Session has expired.", 463),
    "checkpointed": (190, "Error validating access token: You cannot access the app till you log in to "
                          "www.facebook.com and follow the instructions given.", 459),
    "blocked": (368, "The action attempted has been deemed abusive or is otherwise disallowed", 0),
}


def _text(value: object) -> str:
    """A JSON body's value as a form would have it."""
    return value if isinstance(value, str) else json.dumps(value)


def paged(visit: Visit, items: list[dict[str, Any]]) -> dict[str, Any]:
    """FB-PAGE: limit (25, at most 100), cursors, `next` while there is more."""
    limit, start = min(100, int(visit.given.get("limit") or 25)), int(visit.given.get("after") or 0)
    shown = items[start : start + limit]
    cursors = {"before": str(start), "after": str(start + len(shown))}
    more = {"next": f"{visit.server_.url}/v25.0/next"} if start + limit < len(items) else {}
    return {"data": shown, **({"paging": {"cursors": cursors, **more}} if shown else {})}
