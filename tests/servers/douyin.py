"""A contract server of Douyin's open platform on loopback: validates what the real one validates, answers its bodies.

    with Douyin(now=clock) as server:
        mei = server.state.person("梅")
        app = server.state.app()
        access, refresh = server.state.grant(mei)
        server.fault("create_video", "drop_after")

The rules and their sources are in douyin_state. Errors come with HTTP 200, in the old form (data and extra) or the new
one (err_no). Both the header `access-token` and the query `access_token` are taken: DYD has the header, an older kit
the query. Both the new and the old addresses are there (SDK).
"""

from __future__ import annotations

import contextlib
import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.servers.douyin_state import IMAGES as IMAGES
from tests.servers.douyin_state import Person, State, Work, Wrong

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


class Douyin:
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
        made = type("Bound", (Visit,), {"server_": self})
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), made)
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_port}"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), name="douyin", daemon=True)
        self._thread.start()

    def __enter__(self) -> Douyin:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.held.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

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


# signing in -------------------------------------------------------------------------------------------------------


@route("GET", "/platform/oauth/connect")
def connect(visit: Visit) -> Data:
    """The page with the QR code: the browser is sent back when somebody agreed on the phone."""
    person = visit.server_.consents
    code = visit.state.agree(visit.query, person or Person("", ""))
    if person is None:
        raise Wrong(10002, "the user refused")
    said = {"code": code, "state": visit.query.get("state", ""), "scopes": visit.query.get("scope", "")}
    return {"location": f"{visit.query['redirect_uri']}?{urlencode(said)}"}


@route("POST", "/oauth/access_token")
def access_token(visit: Visit) -> Data:
    return granted(visit.state.exchange(visit.given()))


@route("POST", "/oauth/refresh_token")
def refresh_token(visit: Visit) -> Data:
    return granted(visit.state.refresh(visit.given()))


@route("POST", "/oauth/renew_refresh_token")
def renew_refresh_token(visit: Visit) -> Data:
    return granted(visit.state.renew(visit.given()))


@route("POST", "/oauth/client_token")
def client_token(visit: Visit) -> Data:
    return granted(visit.state.client_token(visit.given()))


@route("POST", "/oauth/userinfo")
def userinfo(visit: Visit) -> Data:
    given = visit.given()
    person = visit.state.who(given.get("access_token", ""), given.get("open_id", ""), "user_info")
    return granted({
        "open_id": person.open_id, "union_id": f"u-{person.open_id}", "nickname": person.nickname,
        "avatar": "https://p3.douyinpic.test/a.jpeg", "city": "", "province": "", "country": "", "gender": 0,
        "e_account_role": person.role, "error_code": 0, "description": "",
    })


# files and works --------------------------------------------------------------------------------------------------

V1 = "/api/douyin/v1/video"


@route("POST", f"{V1}/upload_video", "/video/upload")
def upload_video(visit: Visit) -> Data:
    visit.me("video.create.bind")
    return good(visit.state.video(visit.file("video")))


@route("POST", f"{V1}/init_video_part_upload", "/video/part/init")
def init(visit: Visit) -> Data:
    visit.me("video.create.bind")
    return good(visit.state.begin())


@route("POST", f"{V1}/upload_video_part", "/video/part/upload")
def part(visit: Visit) -> Data:
    visit.me("video.create.bind")
    size = visit.file("video")
    return good(visit.state.part(visit.query.get("upload_id", ""), visit.query.get("part_number", ""), size))


@route("POST", f"{V1}/complete_video_part_upload", "/video/part/complete")
def complete(visit: Visit) -> Data:
    visit.me("video.create.bind")
    return good(visit.state.complete(visit.query.get("upload_id", "")))


@route("POST", f"{V1}/upload_image", "/image/upload")
def upload_image(visit: Visit) -> Data:
    visit.me("video.create.bind")
    return good(visit.state.image(visit.file("image")))


@route("POST", f"{V1}/create_video", "/video/create")
def create_video(visit: Visit) -> Data:
    return good(visit.state.create(visit.me("video.create.bind"), visit.given()))


@route("POST", f"{V1}/create_image_text", "/image/create")
def create_image_text(visit: Visit) -> Data:
    return good(visit.state.create_images(visit.me("video.create.bind"), visit.given()))


@route("POST", "/video/delete")
def delete(visit: Visit) -> Data:
    visit.me("video.create.bind")
    del visit.state.works[visit.mine(str(visit.given().get("item_id"))).item_id]
    return good({})


@route("POST", f"{V1}/video_data", "/video/data")
def video_data(visit: Visit) -> Data:
    """DYD: item_ids or video_ids, one of them. Works of others are left out (contract-choice)."""
    person, given = visit.me("video.data.bind"), visit.given()
    names = [name for name in ("item_ids", "video_ids") if isinstance(given.get(name), list) and given[name]]
    if len(names) != 1:
        raise Wrong(2100005, "Parameter error")
    key = names[0].removesuffix("s")
    found = [work for work in visit.state.of(person) if getattr(work, key) in given[names[0]]]
    return good({"list": [visit.state.told(visit.state.looked_at(work)) for work in found]})


@route("GET", f"{V1}/video_list", "/video/list")
def video_list(visit: Visit) -> Data:
    """DYD: cursor and count; the count is 20 at most (contract-choice)."""
    person = visit.me("video.list.bind")
    cursor, count = int(visit.query.get("cursor", "0")), int(visit.query.get("count", "0"))
    if not 1 <= count <= 20:
        raise Wrong(2100005, "Parameter error")
    every = visit.state.of(person)
    shown = every[cursor : cursor + count]
    items = [visit.state.told(visit.state.looked_at(work)) for work in shown]
    return good({"list": items, "cursor": cursor + len(shown), "has_more": cursor + count < len(every)})


# numbers and comments ---------------------------------------------------------------------------------------------

TOTALS = {"play": "play_count", "like": "digg_count", "comment": "comment_count", "share": "share_count"}


def _counted(visit: Visit) -> Work | None:
    """DYD: the first numbers come the next day, for works of the last 30 days."""
    visit.me("data.external.item")
    work = visit.mine(visit.query.get("item_id", ""))
    age = (visit.state.now() - work.made).days
    return work if 1 <= age <= 30 else None


@route("GET", "/data/external/item/base")
def item_base(visit: Visit) -> Data:
    work = _counted(visit)
    if work is None:
        return good({"result": {}})
    told = {f"total_{name}": work.counts.get(own, 0) for name, own in TOTALS.items()}
    return good({"result": {**told, "avg_play_duration": 4.2}})


def _by_day(visit: Visit) -> Data:
    """DYD: date_type 7, 15 or 30; the key is the number's own name."""
    if visit.query.get("date_type") not in ("7", "15", "30"):
        raise Wrong(2100005, "Parameter error")
    work, name = _counted(visit), visit.seen.path.rstrip("/").rpartition("/")[2]
    whole = 0 if work is None else work.counts.get(TOTALS[name], 0)
    days = [{"date": "2026-11-25", name: str(whole // 2)}, {"date": "2026-11-26", name: str(whole - whole // 2)}]
    return good({"result_list": [] if work is None else days})


for _name in TOTALS:
    route("GET", f"/data/external/item/{_name}")(_by_day)


@route("GET", "/item/comment/list", "/video/comment/list")
def comments(visit: Visit) -> Data:
    visit.me("item.comment")
    return _comments(visit, [c for c in visit.mine(visit.query["item_id"]).comments if not c["to"]])


@route("GET", "/item/comment/reply/list", "/video/comment/reply/list")
def answers(visit: Visit) -> Data:
    visit.me("item.comment")
    work = visit.mine(visit.query["item_id"])
    return _comments(visit, [c for c in work.comments if c["to"] == visit.query["comment_id"]])


def _comments(visit: Visit, every: list[Data]) -> Data:
    cursor, count = int(visit.query.get("cursor", "0")), int(visit.query.get("count", "10"))
    shown = [{k: v for k, v in c.items() if k != "to"} for c in every[cursor : cursor + count]]
    more = cursor + count < len(every)
    return good({"list": shown, "cursor": cursor + len(shown), "has_more": more})


@route("POST", "/item/comment/reply", "/video/comment/reply")
def reply(visit: Visit) -> Data:
    """DYD: 2111001 a word that may not be said, 2111004 not a comment of this work."""
    person, given = visit.me("item.comment"), visit.given()
    work = visit.mine(str(given.get("item_id")))
    to = next((c for c in work.comments if c["comment_id"] == given.get("comment_id")), None)
    if to is None:
        raise Wrong(2111004, "the comment is not of this video")
    if "敏感" in str(given.get("content")):
        raise Wrong(2111001, "the comment has a sensitive word")
    to["reply_comment_total"] += 1
    return good({"comment_id": comment(visit.server_, work, person.open_id, person.nickname, given["content"],
                                       to["comment_id"])})


def comment(server: Douyin, work: Work, user: str, name: str, text: str, to: str = "") -> str:
    """Somebody says something under a work. SDK: a comment as it is listed."""
    id = server.state.id("c")
    work.comments.append({
        "comment_id": id, "comment_user_id": user, "content": text, "digg_count": 0, "reply_comment_total": 0,
        "create_time": round(server.state.now().timestamp()), "top": False, "avatar": "", "nick_name": name, "to": to,
    })
    return id


# shares -----------------------------------------------------------------------------------------------------------


@route("GET", "/open/getticket")
def getticket(visit: Visit) -> Data:
    app = visit.state.client(visit.headers.get("access-token", ""), "open.get.ticket")
    ticket = visit.state.id("ticket").strip("@+/=")
    visit.state.tickets[ticket] = app
    return good({"ticket": ticket, "expires_in": "7200"})


@route("GET", "/share-id")
def share_id(visit: Visit) -> Data:
    """SDK: a new one, or what became of one; the name of the latter's field is contract-choice."""
    visit.state.client(visit.headers.get("access-token") or visit.query.get("access_token", ""))
    if (asked := visit.query.get("share_id")) is not None:
        return good({"share_id": asked, "video_id": visit.state.shares.get(asked, "")})
    made = visit.state.number()
    visit.state.shares[made] = ""
    return good({"share_id": made})


@route("POST", "/api/douyin/v1/schema/get_share")
def get_share(visit: Visit) -> Data:
    visit.state.client(visit.headers.get("access-token", ""), "jump.basic")
    given = visit.given()
    if given.get("client_ticket") not in visit.state.tickets or not str(given.get("video_path")).startswith("https://"):
        raise Wrong(28001007, "bad parameter", new=True)
    if int(given.get("expire_at", 0)) <= visit.state.now().timestamp():
        raise Wrong(28001007, "bad parameter", new=True)
    schema = f"snssdk1128://webview?url=https%3A%2F%2Fopen.douyin.test%2Fshare%3Fstate%3D{given['state']}"
    return {"data": {"schema": schema}, "err_no": 0, "err_msg": "", "log_id": "20261124"}
