"""A contract server of the Mastodon API on loopback: validates what a real one validates, answers with its bodies.

    with Mastodon(now=clock) as server:
        mei = server.state.person("mei")
        token = server.state.token(mei)
        server.state.replay_500 = True

The rules and their sources are in mastodon_state and mastodon_doors, the bodies in mastodon_bodies. Ids are larger than
2**53, and errors are {"error": "..."}. DOC: Mastodon documentation, July 2026; SRC: Mastodon source, August 2026.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.message import Message
from email.parser import BytesParser
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from tests.servers import mastodon_bodies as bodies
from tests.servers.mastodon_doors import Person, Wrong, stamp
from tests.servers.mastodon_state import Scheduled, State, Status
from tests.servers.standing import Standing

Handle = Callable[["Visit", re.Match[str]], tuple[int, object]]
ROUTES: list[tuple[str, re.Pattern[str], Handle]] = []
OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"


def route(method: str, path: str) -> Callable[[Handle], Handle]:
    def keep(handle: Handle) -> Handle:
        ROUTES.append((method, re.compile(path), handle))
        return handle

    return keep


class Mastodon(Standing):
    """The server on a free port, until `close`. now: its clock; `state` is what it knows and how it behaves.

    down       True: everything is answered with 503 and a page
    v2         False: only /api/v1/instance (before 4.0)
    metadata   False: no RFC 8414 metadata (before 4.3)
    consents   who agrees in the browser; None: it is refused there
    seen       (method, path) of every request, in order
    Requests without a User-Agent get 418 (seen on other software).
    """

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC), **state: Any) -> None:
        self.lock = threading.RLock()
        self.down, self.v2, self.metadata = False, True, True
        self.consents: Person | None = None
        self.seen: list[tuple[str, str]] = []
        self.limited: dict[str, str] = {}
        with self.lock:  # nobody is answered before the state is there
            self._stand(Visit, "mastodon")
            self.state = State(self.url, now, **state)

    def limit(self, line: str, reset: datetime) -> None:
        """429 for requests whose line matches, until it is taken away. DOC: rate limits; the reset is ISO 8601."""
        self.limited[line] = stamp(reset)

    def posts(self) -> list[Status]:
        """Everything people can see, the oldest first."""
        with self.lock:
            self.state.tick()
            return sorted(self.state.statuses.values(), key=lambda s: int(s.id))

    @contextmanager
    def changed(self) -> Iterator[State]:
        """The state, while nobody else touches it."""
        with self.lock:
            yield self.state


class Visit(BaseHTTPRequestHandler):
    """One request."""

    server_: Mastodon
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "Mastodon", ""

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""

    def date_time_string(self, timestamp: float | None = None) -> str:
        """By the server's own clock, as its scheduler goes."""
        return format_datetime(self.state.now().astimezone(UTC), usegmt=True)

    @property
    def state(self) -> State:
        return self.server_.state

    # what came ---------------------------------------------------------------------------------------------------

    def answer(self) -> None:
        parts = urlsplit(self.path)
        self.query = dict(parse_qsl(parts.query, keep_blank_values=True))
        self.raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        with self.server_.lock:
            self.server_.seen.append((self.command, parts.path))
            self.state.tick()
            try:
                status, body = self._routed(parts.path.rstrip("/"))  # as Rails takes both
            except Wrong as wrong:
                status, body = wrong.status, wrong.body
        self.say(status, body)

    do_GET = do_POST = do_PUT = do_DELETE = answer

    def _routed(self, path: str) -> tuple[int, object]:
        if self.server_.down:
            return 503, b"<html><body>We're sorry, but something went wrong on our end.</body></html>"
        if not self.headers.get("User-Agent"):
            raise Wrong(418, "I'm a teapot")
        for line, reset in self.server_.limited.items():
            if re.search(line, f"{self.command} {path}"):
                self.reset = reset
                raise Wrong(429, "Too many requests")
        for method, pattern, handle in ROUTES:
            if method == self.command and (found := pattern.fullmatch(path)):
                return handle(self, found)
        return 404, b"<html><body>The page you are looking for isn't here.</body></html>"

    def given(self) -> dict[str, Any]:
        """The body, JSON or a form (with `a[]=` and `a[b]=`)."""
        if "json" in self.headers.get("Content-Type", ""):
            found = json.loads(self.raw or b"{}")
            return found if isinstance(found, dict) else {}
        made: dict[str, Any] = {}
        for name, values in parse_qs(self.raw.decode(), keep_blank_values=True).items():
            inner = re.fullmatch(r"(\w+)\[(\w+)\](\[\])?", name)
            if inner:
                made.setdefault(inner[1], {})[inner[2]] = values if inner[3] else values[-1]
            else:
                made[name.removesuffix("[]")] = values if name.endswith("[]") else values[-1]
        return made

    @property
    def form(self) -> bool:
        return "json" not in self.headers.get("Content-Type", "")

    def parts_of_form(self) -> tuple[dict[str, str], str, bytes]:
        """The texts of a multipart form, and the type and bytes of its file."""
        kind = self.headers["Content-Type"].encode()
        whole: Message = BytesParser().parsebytes(b"Content-Type: " + kind + b"\r\n\r\n" + self.raw)
        texts: dict[str, str] = {}
        mime, body = "", b""
        for part in whole.walk():
            name = part.get_param("name", header="content-disposition")
            raw = part.get_payload(decode=True)
            if name == "file":
                mime, body = part.get_content_type(), bytes(raw or b"")
            elif name:
                texts[str(name)] = bytes(raw or b"").decode()
        return texts, mime, body

    def me(self, scope: str) -> Person:
        kind, _, token = self.headers.get("Authorization", "").partition(" ")
        return self.state.who(token if kind == "Bearer" else "", scope)

    # what goes ---------------------------------------------------------------------------------------------------

    def say(self, status: int, body: object) -> None:
        raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        html = isinstance(body, bytes) and body.startswith(b"<")
        self.send_response(status)
        kind = "text/html; charset=utf-8" if html else "application/json; charset=utf-8"
        self.send_header("Content-Type", "application/octet-stream" if isinstance(body, bytes) and not html else kind)
        self.send_header("Content-Length", str(len(raw)))
        for name, value in (("Location", "location"), ("X-RateLimit-Reset", "reset")):
            if hasattr(self, value):
                self.send_header(name, getattr(self, value))
                delattr(self, value)
        self.end_headers()
        self.wfile.write(raw)


@route("GET", "/api/v2/instance")
def instance(visit: Visit, _: re.Match[str]) -> tuple[int, object]:
    state = visit.state
    if not visit.server_.v2:
        raise Wrong(404, "Record not found")
    return 200, {
        "domain": "social.test", "title": "Test", "version": state.version,
        "configuration": bodies.configuration(state),
        "source_url": "https://github.com/mastodon/mastodon", "registrations": {"enabled": False}, "rules": [],
        "api_versions": {"mastodon": 7}, "usage": {"users": {"active_month": 3}}, "languages": ["zh-CN"],
    }


@route("GET", "/api/v1/instance")
def instance_before(visit: Visit, _: re.Match[str]) -> tuple[int, object]:
    state, told = visit.state, bodies.configuration(visit.state)
    return 200, {"uri": "social.test", "title": "Test", "version": state.version, "configuration": told}


@route("GET", "/.well-known/oauth-authorization-server")
def metadata(visit: Visit, _: re.Match[str]) -> tuple[int, object]:
    """SRC: WellKnown::OAuthMetadataController, since 4.3."""
    if not visit.server_.metadata:
        return 404, b"<html></html>"
    url = visit.state.url
    methods = {"code_challenge_methods_supported": ["S256"]} if visit.state.pkce else {}
    return 200, {
        "issuer": f"{url}/", "authorization_endpoint": f"{url}/oauth/authorize", "token_endpoint": f"{url}/oauth/token",
        "app_registration_endpoint": f"{url}/api/v1/apps", "scopes_supported": ["read", "write"],
        "grant_types_supported": ["authorization_code", "client_credentials"], **methods,
    }


@route("POST", "/api/v1/apps")
def apps(visit: Visit, _: re.Match[str]) -> tuple[int, object]:
    given = visit.given()
    app = visit.state.register(given)
    return 200, {
        "id": visit.state.new_id(), "name": given["client_name"], "website": None, "scopes": list(app.scopes),
        "redirect_uri": "\n".join(app.redirects), "redirect_uris": list(app.redirects), "client_id": app.client_id,
        "client_secret": app.client_secret, "client_secret_expires_at": 0, "vapid_key": "",
    }


@route("GET", "/oauth/authorize")
def authorize(visit: Visit, _: re.Match[str]) -> tuple[int, object]:
    """The page where a person agrees, and what the browser gets then: the way back, or a page with the code."""
    person = visit.server_.consents
    back = visit.query.get("redirect_uri", "")
    try:
        code = visit.state.authorize(visit.query, person or Person("0", "nobody", ""))
    except Wrong as wrong:
        return wrong.status, f"<html><body>{wrong.body['error']}</body></html>".encode()
    said = {"code": code} if person else {"error": "access_denied", "error_description": "The owner denied it."}
    if person and back == OUT_OF_BAND:
        return 200, f'<html><body><input class="oauth-code" value="{code}" readonly></body></html>'.encode()
    if "state" in visit.query:
        said["state"] = visit.query["state"]
    visit.location = f"{back}?{urlencode(said)}"  # type: ignore[attr-defined]
    return 302, b"<html></html>"


@route("POST", "/oauth/token")
def token(visit: Visit, _: re.Match[str]) -> tuple[int, object]:
    return 200, visit.state.exchange(visit.given())


@route("POST", "/oauth/revoke")
def revoke(visit: Visit, _: re.Match[str]) -> tuple[int, object]:
    visit.state.tokens.pop(str(visit.given().get("token")), None)
    return 200, {}


@route("GET", "/api/v1/accounts/verify_credentials")
def verify(visit: Visit, _: re.Match[str]) -> tuple[int, object]:
    return 200, bodies.account(visit.state, visit.me("read:accounts"))


@route("POST", "/api/v[12]/media")
def upload(visit: Visit, _: re.Match[str]) -> tuple[int, object]:
    me = visit.me("write:media")
    texts, mime, body = visit.parts_of_form()
    file = visit.state.attach(me, mime, body, texts)
    return (200 if file.ready <= visit.state.now() and not file.failed else 202), bodies.media(visit.state, file)


@route("GET", r"/api/v1/media/(\d+)")
def media(visit: Visit, found: re.Match[str]) -> tuple[int, object]:
    file = visit.state.file(visit.me("write:media"), found[1])
    return (200 if visit.state.processed(file) else 206), bodies.media(visit.state, file)


@route("PUT", r"/api/v1/media/(\d+)")
def describe(visit: Visit, found: re.Match[str]) -> tuple[int, object]:
    file = visit.state.file(visit.me("write:media"), found[1])
    file.description = str(visit.given().get("description", file.description))
    return 200, bodies.media(visit.state, file)


@route("GET", r"/files/(\d+)")
def bytes_of(visit: Visit, found: re.Match[str]) -> tuple[int, object]:
    if found[1] not in visit.state.files:
        raise Wrong(404, "Record not found")
    return 200, visit.state.files[found[1]].body


@route("POST", "/api/v1/statuses")
def post(visit: Visit, _: re.Match[str]) -> tuple[int, object]:
    me = visit.me("write:statuses")
    made = visit.state.post(me, visit.given(), visit.headers.get("Idempotency-Key", ""), visit.form)
    return 200, bodies.planned(visit.state, made) if isinstance(made, Scheduled) else bodies.status(visit.state, made)


@route("GET", r"/api/v1/statuses/(\d+)")
def show(visit: Visit, found: re.Match[str]) -> tuple[int, object]:
    visit.me("read:statuses")
    return 200, bodies.status(visit.state, _status(visit, found[1]))


@route("GET", r"/api/v1/statuses/(\d+)/source")
def source(visit: Visit, found: re.Match[str]) -> tuple[int, object]:
    visit.me("read:statuses")
    status = _status(visit, found[1])
    return 200, {"id": status.id, "text": status.params["status"], "spoiler_text": status.params["spoiler_text"]}


@route("GET", r"/api/v1/statuses/(\d+)/context")
def context(visit: Visit, found: re.Match[str]) -> tuple[int, object]:
    """DOC: statuses#context: everything above and below, in one answer."""
    visit.me("read:statuses")
    status = _status(visit, found[1])
    above: list[Status] = []
    while parent := visit.state.statuses.get(str(status.params.get("in_reply_to_id") or "")):
        above, status = [parent, *above], parent
    below = visit.state.below(found[1])
    told = {"ancestors": above, "descendants": below}
    return 200, {name: [bodies.status(visit.state, s) for s in found] for name, found in told.items()}


@route("DELETE", r"/api/v1/statuses/(\d+)")
def delete(visit: Visit, found: re.Match[str]) -> tuple[int, object]:
    visit.me("write:statuses")
    status = _status(visit, found[1])
    del visit.state.statuses[status.id]
    return 200, bodies.status(visit.state, status)


def _status(visit: Visit, id: str) -> Status:
    if id not in visit.state.statuses:
        raise Wrong(404, "Record not found")
    return visit.state.statuses[id]


@route("GET", r"/api/v1/accounts/(\d+)/statuses")
def statuses(visit: Visit, found: re.Match[str]) -> tuple[int, object]:
    """DOC: limit 20, at most 40; max_id, since_id; the newest first."""
    visit.me("read:statuses")
    return 200, [bodies.status(visit.state, s) for s in paged(visit.query, visit.state.of(found[1]))]


def paged(query: Mapping[str, str], items: Any) -> list[Any]:
    since, until = int(query.get("since_id") or 0), int(query.get("max_id") or 1 << 80)
    limit = min(40, int(query.get("limit") or 20))
    return [item for item in items if since < int(item.id) < until][:limit]


@route("GET", "/api/v1/scheduled_statuses")
def waiting(visit: Visit, _: re.Match[str]) -> tuple[int, object]:
    me = visit.me("read:statuses")
    mine = sorted((s for s in visit.state.scheduled.values() if s.owner is me), key=lambda s: -int(s.id))
    return 200, [bodies.planned(visit.state, s) for s in paged(visit.query, mine)]


@route("GET", r"/api/v1/scheduled_statuses/(\d+)")
def waits(visit: Visit, found: re.Match[str]) -> tuple[int, object]:
    return 200, bodies.planned(visit.state, visit.state.waiting(visit.me("read:statuses"), found[1]))


@route("PUT", r"/api/v1/scheduled_statuses/(\d+)")
def move(visit: Visit, found: re.Match[str]) -> tuple[int, object]:
    me = visit.me("write:statuses")
    return 200, bodies.planned(visit.state, visit.state.move(me, found[1], str(visit.given().get("scheduled_at"))))


@route("DELETE", r"/api/v1/scheduled_statuses/(\d+)")
def forget(visit: Visit, found: re.Match[str]) -> tuple[int, object]:
    visit.state.forget(visit.me("write:statuses"), found[1])
    return 200, {}
