"""Where the browser comes back to: one visit to http://127.0.0.1:PORT/callback (RFC 8252, section 7.3).

Only the visit with the state that was sent out ends the waiting; whatever else knocks gets 400 or 404, and too
much of it ends it as well. What was asked is never logged: it holds the code.
"""

from __future__ import annotations

import contextlib
import hmac
import socket
import threading
import time
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from studio.core.errors import Cancelled, Later, Refused
from studio.core.finding import error

PATH = "/callback"
PATIENCE = 300.0  # seconds a person has in the browser
STRANGERS = 64  # wrong visits: favicons and preconnections are a few, more is somebody guessing
POLL = 0.1  # seconds between looks at the clock and at cancel
IDLE = 10.0  # seconds a visitor may take to say what it wants
Page = Callable[[str], str]  # "done", "denied" or "wrong" -> a whole HTML page


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = False  # the port is ours alone

    def __init__(self, page: Page) -> None:
        super().__init__(("127.0.0.1", 0), _Visit)
        self.page, self.state, self.visits = page, "", 0
        self.found: str | None = None
        self.over = threading.Event()
        self.lock = threading.Lock()
        self.open: set[socket.socket] = set()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A visitor that hung up is nobody's concern, and a trace could hold the code."""

    def process_request(self, request: Any, client_address: Any) -> None:
        with self.lock:
            self.open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self.lock:
            self.open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """Browsers open connections they never use; they must not outlive us."""
        with self.lock:
            waiting = list(self.open)
        for each in waiting:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def judged(self, asked: str, host: str) -> tuple[int, str]:
        """Status and page for one visit; takes the answer when it is the one."""
        path, _, rest = asked.partition("?")
        here, query = host == f"127.0.0.1:{self.server_port}", parse_qs(rest)
        with self.lock:
            self.visits += 1
            if self.found is not None or path != PATH or not here:
                return HTTPStatus.NOT_FOUND, "wrong"
            if not self._ours(query):
                return HTTPStatus.BAD_REQUEST, "wrong"
            self.found = f"http://{host}{asked}"
            return HTTPStatus.OK, "done" if query.get("code") else "denied"

    def _ours(self, query: dict[str, list[str]]) -> bool:
        """One state, ours, and one code or one error."""
        state = query.get("state", [])
        said = [*query.get("code", []), *query.get("error", [])]
        if not self.state or len(state) != 1 or len(said) != 1:
            return False
        return hmac.compare_digest(state[0].encode("utf-8", "replace"), self.state.encode())


class _Visit(BaseHTTPRequestHandler):
    server: _Server
    timeout = IDLE
    server_version, sys_version = "Yigao", ""

    def do_GET(self) -> None:
        status, what = self.server.judged(self.path, self.headers.get("Host", ""))
        try:
            self._say(status, self.server.page(what).encode())
        finally:  # also when the visitor hung up before reading
            if status == HTTPStatus.OK or self.server.visits > STRANGERS:
                self.server.over.set()

    def _say(self, status: int, body: bytes) -> None:
        self.send_response(status)
        for name, value in (
            ("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"), ("Referrer-Policy", "no-referrer"), ("Connection", "close"),
            ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the address holds the code."""


class Listener:
    """Listens from the moment it is made, for `seconds`. Close it, or use it in `with`.

    page   makes what the visitor sees; clock: seconds, never going back
    """

    def __init__(
        self, page: Page, seconds: float = PATIENCE, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._server, self._seconds, self._clock = _Server(page), seconds, clock
        self._until, self._stop = clock() + seconds, threading.Event()
        self._server.timeout = POLL / 2
        self._thread = threading.Thread(target=self._serve, name="loopback", daemon=True)
        self._thread.start()

    def __enter__(self) -> Listener:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def address(self) -> str:
        """What the browser is to be sent back to."""
        return f"http://127.0.0.1:{self._server.server_port}{PATH}"

    @property
    def left(self) -> float:
        """Seconds until nobody listens any more."""
        return max(0.0, self._until - self._clock())

    def expect(self, state: str) -> None:
        """From now on a visit with this state counts."""
        self._server.state = state

    def look(self) -> str | None:
        """The address the browser came to, with what it brought; None: it has not come yet. Returns at once.

        Later (authorize.timeout) when it is too late, Refused (authorize.noise) after too many wrong visits; then,
        and after an answer, nobody listens any more.
        """
        if self._server.over.is_set():
            self.close()
            if self._server.found is None:
                raise Refused(error("authorize.noise", "account"))
            return self._server.found
        if not self.left and self._server.found is None:
            self.close()
            raise Later(error("authorize.timeout", "account", minutes=round(self._seconds / 60)))
        return None

    def wait(self, stopped: Callable[[], bool] = lambda: False) -> str:
        """The same when it has come. Cancelled when `stopped` says so."""
        try:
            while (found := self.look()) is None:
                if stopped():
                    raise Cancelled
                self._server.over.wait(POLL)
            return found
        finally:
            self.close()

    def close(self) -> None:
        """Safe to call twice."""
        self._stop.set()
        self._thread.join()

    def _serve(self) -> None:
        """Ends by itself when the time is over, should whoever waited have gone."""
        while not self._stop.is_set() and self.left:
            self._server.handle_request()
        self._server.server_close()
        self._server.hang_up()
