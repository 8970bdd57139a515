"""A contract server of Weibo's API on loopback: validates what the real one validates, answers with its bodies.

    with Weibo(now=clock) as server:
        app, mei = server.state.app(domain="example.com"), server.state.user("梅")
        token = server.state.token(app, mei)
        server.fault("drop_after", only="POST /2/statuses/share")

The rules and their sources are in weibo_state, the bodies in weibo_bodies. Errors are
{"error", "error_code", "request"}; those of OAuth have error_uri and error_description as well (WBW).
"""

from __future__ import annotations

import contextlib
import json
import re
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.parser import BytesParser
from html import escape
from http.server import BaseHTTPRequestHandler
from typing import Any, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.servers import weibo_bodies as bodies
from tests.servers.standing import Standing
from tests.servers.weibo_state import State, Token, User, Wrong, base62

Name = Literal[
    "drop_before", "drop_after", "slow_after", "5xx_before", "5xx_after", "html_before", "html_after", "error",
]
Handle = Callable[["Visit"], object]
ROUTES: dict[tuple[str, str], Handle] = {}
PAGE = b"<!doctype html><html><body><h1>Sina Visitor System</h1></body></html>"


def route(method: str, path: str) -> Callable[[Handle], Handle]:
    def keep(handle: Handle) -> Handle:
        ROUTES[method, path] = handle
        return handle

    return keep


@dataclass(slots=True)
class Fault:
    """See `Weibo.fault`."""

    name: Name
    only: str
    left: int
    seconds: float
    wrong: Wrong | None


class Weibo(Standing):
    """The server on a free port, until `close`. now: its clock; `state` is what it knows and how it behaves.

    strings    True: every number comes as text (seen with error_code and expires_in)
    consents   who agrees in the browser; None: nobody, it is refused there
    seen       "METHOD path" of every request, in order; forms: what each request with a form said
    """

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.lock = threading.RLock()
        self.state = State(now)
        self.strings = False
        self.consents: User | None = None
        self.seen: list[str] = []
        self.forms: list[tuple[str, dict[str, str]]] = []
        self._faults: list[Fault] = []
        self._stand(Visit, "weibo")

    def fault(
        self, name: Name, only: str = "", times: int = 1, seconds: float = 0.0, code: int = 0, words: str = "",
        status: int = 0,
    ) -> None:
        """Breaks the next `times` requests whose line matches `only`: before or after they are acted upon.

        "error" answers with `code` in the server's place; "slow_after" acts, then waits `seconds`.
        """
        self._faults.append(Fault(name, only, times, seconds, Wrong(code, words, status) if code else None))

    def faulty(self, line: str) -> Fault | None:
        for fault in self._faults:
            if fault.left > 0 and re.search(fault.only, line):
                fault.left -= 1
                return fault
        return None

    def calls(self) -> list[str]:
        """The API calls that count for the day, in order."""
        return [api for _, api, _ in self.state.calls]


class Visit(BaseHTTPRequestHandler):
    """One request."""

    server_: Weibo
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "nginx", ""

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""

    @property
    def state(self) -> State:
        return self.server_.state

    # what came ---------------------------------------------------------------------------------------------------

    def answer(self) -> None:
        parts = urlsplit(self.path)
        self.place = parts.path
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.query = dict(parse_qsl(parts.query, keep_blank_values=True))
        self.form, self.picture = self._form(raw)
        with self.server_.lock:
            self.server_.seen.append(f"{self.command} {self.place}")
            if self.form:
                self.server_.forms.append((self.place, self.form))
            fault = self.server_.faulty(f"{self.command} {self.place}")
            if fault is not None and fault.name in ("drop_before", "5xx_before", "html_before", "error"):
                self._broken(fault)
                return
            status, body = self._acted()
        if fault is not None:
            self._broken(fault)
            if fault.name != "slow_after":
                return
        self.say(status, body)

    do_GET = do_POST = answer

    def _acted(self) -> tuple[int, object]:
        handle = ROUTES.get((self.command, self.place))
        try:
            if handle is None:
                other = ("POST" if self.command == "GET" else "GET", self.place)
                raise Wrong(10021 if other in ROUTES else 10020, status=404 if other not in ROUTES else 405)
            return 200, handle(self)
        except Wrong as wrong:
            return wrong.status, self.refusal(wrong)

    def refusal(self, wrong: Wrong) -> dict[str, object]:
        """WBW, WBH error.json: the code may be text."""
        body: dict[str, object] = {"error": wrong.words, "error_code": wrong.code, "request": self.place}
        if self.place.startswith("/oauth2/"):
            body |= {"error_uri": self.place, "error_description": wrong.words}
        return body

    def _broken(self, fault: Fault) -> None:
        if fault.name.startswith("drop"):
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
        elif fault.name == "slow_after":
            time.sleep(fault.seconds)
        elif fault.wrong is not None:
            self.say(fault.wrong.status, self.refusal(fault.wrong))
        else:
            self.say(503 if fault.name.startswith("5xx") else 200, PAGE)

    def _form(self, raw: bytes) -> tuple[dict[str, str], bytes | None]:
        """Texts of a form, and the file of one with parts; None: it has none."""
        kind = self.headers.get("Content-Type", "")
        if kind.startswith("multipart/form-data"):
            return self._parts(kind, raw)
        if kind.startswith("application/x-www-form-urlencoded"):
            return dict(parse_qsl(raw.decode(), keep_blank_values=True)), None
        return {}, None

    @staticmethod
    def _parts(kind: str, raw: bytes) -> tuple[dict[str, str], bytes | None]:
        whole: Message = BytesParser().parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + raw)
        made: dict[str, str] = {}
        picture: bytes | None = None
        for part in whole.walk():
            name = part.get_param("name", header="content-disposition")
            inner = part.get_payload(decode=True)
            if name == "pic":
                picture = bytes(inner or b"")
            elif name:
                made[str(name)] = bytes(inner or b"").decode()
        return made, picture

    @property
    def token(self) -> str:
        """WBJ, WBP: a header, or the parameter access_token."""
        kind, _, token = self.headers.get("Authorization", "").partition(" ")
        return token if kind == "OAuth2" else self.form.get("access_token") or self.query.get("access_token", "")

    def me(self) -> Token:
        """Who calls; the call counts."""
        return self.state.caller(self.token, self.place)

    def need(self, values: Mapping[str, str], *names: str) -> None:
        for name in names:
            if name not in values:
                raise Wrong(10016, f"miss required parameter ({name}) , see doc for more info.")

    # what goes ---------------------------------------------------------------------------------------------------

    def say(self, status: int, body: object) -> None:
        html = isinstance(body, bytes)
        if not html and self.server_.strings:
            body = bodies.texts(body)
        raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8" if html else "application/json;charset=UTF-8")
        self.send_header("Content-Length", str(len(raw)))
        with contextlib.suppress(OSError):  # whoever asked may have gone
            self.end_headers()
            self.wfile.write(raw)


# OAuth -----------------------------------------------------------------------------------------------------------


@route("GET", "/oauth2/authorize")
def authorize(visit: Visit) -> object:
    """The page where a person agrees: a link to the redirect with code and state, or the error it ends with."""
    person, back = visit.server_.consents, visit.query.get("redirect_uri", "")
    try:
        code = visit.state.code(visit.query, person or User("0", "nobody"))
    except Wrong as wrong:
        return f"<html><body><p>error:{wrong.words} error_code:{wrong.code}</p></body></html>".encode()
    said = {"code": code} if person else {"error": "access_denied", "error_code": "21330"}
    state = {"state": visit.query["state"]} if "state" in visit.query else {}
    target = f"{back}?{urlencode({**state, **said})}"
    word = "授权" if person else "取消"
    return f'<html><body><a class="WB_btn" href="{escape(target)}">{word}</a></body></html>'.encode()


@route("GET", "/oauth2/default.html")
def default_page(visit: Visit) -> object:
    return b"<html><body></body></html>"


@route("POST", "/oauth2/access_token")
def access_token(visit: Visit) -> object:
    """WBW, WBP: expires_in is a number, remind_in text."""
    token, found = visit.state.exchange(visit.form)
    left = int((found.ends - visit.state.now()).total_seconds())
    return {
        "access_token": token, "remind_in": str(left), "expires_in": left, "uid": found.user.uid, "isRealName": "true",
    }


@route("POST", "/oauth2/get_token_info")
def token_info(visit: Visit) -> object:
    """WBH token_info.json; expire_in is what is left."""
    found, now = visit.state.holder(visit.form.get("access_token", "")), visit.state.now()
    return {
        "uid": int(found.user.uid), "appkey": int(found.app.key), "scope": None,
        "create_at": int(found.made.timestamp()), "expire_in": int((found.ends - now).total_seconds()),
    }


def revoke(visit: Visit) -> object:
    """RECALLED: {"result": "true"}."""
    visit.state.holder(visit.token).refused = 21316
    return {"result": "true"}


ROUTES["GET", "/oauth2/revokeoauth2"] = ROUTES["POST", "/oauth2/revokeoauth2"] = revoke


# posts -----------------------------------------------------------------------------------------------------------


@route("POST", "/2/statuses/share.json")
def share(visit: Visit) -> object:
    me = visit.me()
    visit.need(visit.form, "status")
    made = visit.state.share(me, visit.form["status"], visit.picture)
    if visit.state.lagging:
        raise Wrong(20032)
    return bodies.status(made)


def advanced(visit: Visit) -> object:
    """WBW: not for ordinary apps."""
    me = visit.me()
    if not me.app.advanced:
        raise Wrong(10014)
    return bodies.status(visit.state.share(me, visit.form.get("status", ""), visit.picture, free=True))


for _name in ("update", "upload", "upload_url_text"):
    ROUTES["POST", f"/2/statuses/{_name}.json"] = advanced


@route("GET", "/2/statuses/user_timeline.json")
def user_timeline(visit: Visit) -> object:
    me = visit.me()
    mine = [s for s in visit.state.statuses if s.user is me.user]
    return {"statuses": [bodies.status(s) for s in visit.state.timeline(me.user)], "total_number": len(mine)}


@route("GET", "/2/statuses/show.json")
def show(visit: Visit) -> object:
    me = visit.me()
    visit.need(visit.query, "id")
    return bodies.status(visit.state.status(visit.query["id"], me.user))


@route("GET", "/2/statuses/count.json")
def count(visit: Visit) -> object:
    """WBJ: at most 100 ids; what is not there is left out (contract-choice)."""
    visit.me()
    visit.need(visit.query, "ids")
    wanted = visit.query["ids"].split(",")
    if len(wanted) > 100:
        raise Wrong(10008, "param error, see doc for more info.")
    state = visit.state
    return [
        {"id": str(s.id), "comments": sum(c.status is s for c in state.comments), "reposts": 2, "attitudes": 3}
        for s in state.statuses if str(s.id) in wanted
    ]


@route("GET", "/2/statuses/querymid.json")
def querymid(visit: Visit) -> object:
    visit.me()
    visit.need(visit.query, "id", "type")
    found = next((s for s in visit.state.statuses if str(s.id) == visit.query["id"]), None)
    if found is None:
        raise Wrong(20101)
    return {"mid": base62(found.mid)}


@route("GET", "/2/statuses/queryid.json")
def queryid(visit: Visit) -> object:
    visit.me()
    visit.need(visit.query, "mid", "type")
    short = visit.query.get("isBase62") == "1"
    asked = visit.query["mid"]
    found = next((s for s in visit.state.statuses if (base62(s.mid) if short else str(s.mid)) == asked), None)
    if found is None:
        raise Wrong(20101)
    return {"id": str(found.id)}


# people, comments ------------------------------------------------------------------------------------------------


@route("GET", "/2/account/get_uid.json")
def get_uid(visit: Visit) -> object:
    return {"uid": int(visit.me().user.uid)}


@route("GET", "/2/users/show.json")
def users_show(visit: Visit) -> object:
    """RECALLED path; the fields are those of status.user."""
    me = visit.me()
    if visit.query.get("uid") != me.user.uid:
        raise Wrong(20003, "User does not exists!")
    return bodies.user(me.user)


@route("POST", "/2/comments/create.json")
def comments_create(visit: Visit) -> object:
    me = visit.me()
    visit.need(visit.form, "comment", "id")
    return bodies.comment(visit.state.comment(me, {k: v for k, v in visit.form.items() if k != "cid"}))


@route("POST", "/2/comments/reply.json")
def comments_reply(visit: Visit) -> object:
    me = visit.me()
    visit.need(visit.form, "comment", "id", "cid")
    return bodies.comment(visit.state.comment(me, visit.form))


@route("GET", "/2/comments/show.json")
def comments_show(visit: Visit) -> object:
    """WBJ: count (50 at first), page from 1, the newest first."""
    me = visit.me()
    visit.need(visit.query, "id")
    status = visit.state.status(visit.query["id"], me.user)
    found = sorted((c for c in visit.state.comments if c.status is status), key=lambda c: c.id, reverse=True)
    size, page = int(visit.query.get("count", "50")), int(visit.query.get("page", "1"))
    shown = found[(page - 1) * size : page * size]
    return {
        "comments": [bodies.comment(c) for c in shown], "total_number": len(found), "previous_cursor": 0,
        "next_cursor": 0, "hasvisible": False,
    }
