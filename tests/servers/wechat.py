"""A contract server of the WeChat Official Account API on loopback: validates, and answers with the real bodies.

    with WeChat(now=clock) as server:
        server.state.verified = False
        server.state.expire_token()
        server.fail("drop_after", "/cgi-bin/freepublish/submit")

The rules and their sources are in wechat_state, the bodies in wechat_bodies. Errors come with HTTP 200 and a `rid`.
Faults, for the next call of a path: drop_before, drop_after (done, but no answer), 5xx_after (done, but a 502),
slow_after (done; it waits for `release`), limit (429 as a gateway before it would).
"""

from __future__ import annotations

import contextlib
import json
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.servers import wechat_bodies as bodies
from tests.servers.standing import Standing
from tests.servers.wechat_state import State, Wrong

Handle = Callable[["Visit"], object]
ROUTES: dict[tuple[str, str], Handle] = {}
OPEN = ("/cgi-bin/token", "/cgi-bin/stable_token")


def route(method: str, path: str) -> Callable[[Handle], Handle]:
    def keep(handle: Handle) -> Handle:
        ROUTES[method, path] = handle
        return handle

    return keep


class WeChat(Standing):
    """The server on a free port, until `close`. now: its clock; `state` is what it knows and how it behaves.

    seen      (method, path) of every request, in order
    given     the JSON bodies of each path, in order
    busiest   the greatest number of uploads that were under way at one time
    gather    an upload waits until so many are under way, for half a second at most
    holding   after so many stored pictures uploads are kept waiting, unstored; `held` counts those; None: never
    """

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.lock = threading.RLock()
        self.state = State(now)
        self.seen: list[tuple[str, str]] = []
        self.given: dict[str, list[Any]] = {}
        self.busiest = self.uploading = self.held = 0
        self.holding: int | None = None
        self.release = threading.Event()
        self.gather = 1
        self._together = threading.Condition(self.lock)
        self._faults: dict[str, list[str]] = {}
        self._stand(Visit, "wechat")

    def close(self) -> None:
        self.release.set()
        super().close()

    def fail(self, fault: str, path: str, times: int = 1) -> None:
        """The next `times` calls of `path` go wrong in that way."""
        assert fault in ("drop_before", "drop_after", "5xx_after", "slow_after", "limit"), fault
        self._faults.setdefault(path, []).extend([fault] * times)

    def fault(self, path: str) -> str:
        waiting = self._faults.get(path)
        return waiting.pop(0) if waiting else ""

    def asked(self, path: str) -> int:
        """How often `path` was called."""
        return sum(seen == path for _, seen in self.seen)

    def twice(self) -> list[str]:
        """Pictures that were taken more than once at the same place, by their hash."""
        return [digest for (_, digest), times in Counter(self.state.places).items() if times > 1]

    def assert_raw(self) -> None:
        """Nothing came as \\u escapes, which are stored literally there. DOC, SDK 40033 and 47002."""
        assert self.state.escaped == []

    @contextmanager
    def under_way(self) -> Iterator[None]:
        """Counts uploads side by side."""
        with self._together:
            self.uploading += 1
            self.busiest = max(self.busiest, self.uploading)
            self._together.notify_all()
            self._together.wait_for(lambda: self.uploading >= self.gather, 0.5 if self.gather > 1 else 0)
        try:
            yield
        finally:
            with self.lock:
                self.uploading -= 1

    def wait_if_held(self) -> bool:
        """True when the upload must not be stored."""
        with self.lock:
            if self.holding is None or len(self.state.stored) < self.holding:
                return False
            self.held += 1
        self.release.wait()
        return True


class Visit(BaseHTTPRequestHandler):
    """One request."""

    server_: WeChat
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "nginx", ""

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""

    @property
    def state(self) -> State:
        return self.server_.state

    def answer(self) -> None:
        parts = urlsplit(self.path)
        self.query = dict(parse_qsl(parts.query, keep_blank_values=True))
        self.place = parts.path
        self.raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        with self.server_.lock:
            self.server_.seen.append((self.command, self.place))
            fault = self.server_.fault(self.place)
        if fault == "drop_before":
            self.close_connection = True
            return
        if fault == "limit":
            self.say({}, 429)
            return
        body = self._handled()
        if fault == "slow_after":
            self.server_.release.wait()
        if fault in ("drop_after", "slow_after"):
            self.close_connection = True
            return
        self.say(b"<html><h1>502 Bad Gateway</h1></html>" if fault == "5xx_after" else body,
                 502 if fault == "5xx_after" else 200)

    do_GET = do_POST = answer

    def _handled(self) -> object:
        """The body; errors as bodies too."""
        upload = "multipart" in self.headers.get("Content-Type", "")
        try:
            if not upload:
                with self.server_.lock:
                    return self._routed()
            with self.server_.under_way():
                if self.server_.wait_if_held():
                    raise Wrong(-1, "system error")
                with self.server_.lock:
                    return self._routed()
        except Wrong as wrong:
            return bodies.failed(wrong, self.state)

    def _routed(self) -> object:
        handle = ROUTES.get((self.command, self.place))
        if handle is None:
            raise Wrong(40066, "invalid url")  # SDK
        if self.place not in OPEN:
            self.state.allow(self.query.get("access_token", ""))
        self.state.use(self.place)
        return handle(self)

    def body(self) -> dict[str, Any]:
        """The JSON that came. SDK: 47001 when it is none; \\u escapes of CJK are noted for `assert_raw`."""
        if re.search(rb"\\u[2-9a-fA-F][0-9a-fA-F]{3}", self.raw):
            self.state.escaped.append(self.place)
        try:
            found = json.loads(self.raw)
        except ValueError:
            raise Wrong(47001, "data format error") from None
        self.server_.given.setdefault(self.place, []).append(found)
        return found if isinstance(found, dict) else {}

    def file(self) -> bytes:
        """The field `media` of the form, with a name. DOC; COM 41005."""
        found = re.search(rb"boundary=\"?([^\";]+)", self.headers["Content-Type"].encode())
        for part in self.raw.split(b"--" + (found[1] if found else b"-"))[1:-1]:
            head, _, content = part.partition(b"\r\n\r\n")
            if re.search(rb'name="media"', head) and b"filename=" in head:
                return content.removesuffix(b"\r\n")
        raise Wrong(41005, "media data missing")

    def say(self, body: object, status: int = 200) -> None:
        raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        with contextlib.suppress(OSError):  # whoever asked was killed meanwhile
            self._written(raw, status)

    def _written(self, raw: bytes, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json; encoding=utf-8" if status == 200 else "text/html")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)


@route("GET", "/cgi-bin/token")
def token(visit: Visit) -> object:
    """DOC: a new one ends the one before; apart from the stable ones."""
    visit.state.sign(visit.query.get("appid", ""), visit.query.get("secret", ""))
    return bodies.token(visit.state, visit.state.fresh())


@route("POST", "/cgi-bin/stable_token")
def stable_token(visit: Visit) -> object:
    given = visit.body()
    if given.get("grant_type") != "client_credential":
        raise Wrong(40002, "invalid grant_type")
    visit.state.sign(str(given.get("appid") or ""), str(given.get("secret") or ""))
    return bodies.token(visit.state, visit.state.stable(given.get("force_refresh") is True))


@route("POST", "/cgi-bin/media/uploadimg")
def uploadimg(visit: Visit) -> object:
    return {"url": visit.state.inside(visit.file())}


@route("POST", "/cgi-bin/material/add_material")
def add_material(visit: Visit) -> object:
    if visit.query.get("type") != "image":
        raise Wrong(40004, "invalid media type")
    made = visit.state.keep(visit.file())
    return {"media_id": made.id, "url": made.url, "item": []}


@route("GET", "/cgi-bin/material/get_materialcount")
def materialcount(visit: Visit) -> object:
    state = visit.state
    count = state.library + len(state.materials)
    return bodies.numbers(state, {"voice_count": 0, "video_count": 0, "image_count": count, "news_count": 0})


@route("POST", "/cgi-bin/draft/add")
def draft_add(visit: Visit) -> object:
    return {"media_id": visit.state.draft(visit.body()).id, "item": []}


@route("POST", "/cgi-bin/draft/get")
def draft_get(visit: Visit) -> object:
    found = visit.state.drafts.get(str(visit.body().get("media_id")))
    if found is None:
        raise Wrong(40007, "invalid media_id")
    return bodies.draft(visit.state, found)


@route("GET", "/cgi-bin/draft/count")
def draft_count(visit: Visit) -> object:
    return bodies.numbers(visit.state, {"total_count": len(visit.state.drafts)})


@route("POST", "/cgi-bin/draft/batchget")
def draft_batchget(visit: Visit) -> object:
    items = sorted(visit.state.drafts.values(), key=lambda d: d.made, reverse=True)
    return _paged(visit, items, lambda d, bare: bodies.draft_item(visit.state, d, bare))


@route("POST", "/cgi-bin/draft/delete")
def draft_delete(visit: Visit) -> object:
    visit.state.drafts.pop(str(visit.body().get("media_id")), None)
    return bodies.OK


@route("POST", "/cgi-bin/freepublish/submit")
def submit(visit: Visit) -> object:
    return bodies.accepted(visit.state, visit.state.submit(str(visit.body().get("media_id") or "")))


@route("POST", "/cgi-bin/freepublish/get")
def publish_state(visit: Visit) -> object:
    try:
        id = int(str(visit.body().get("publish_id")))
    except ValueError:
        raise Wrong(53502, "invalid publish_id") from None
    return bodies.job(visit.state, *visit.state.poll(id))


@route("POST", "/cgi-bin/freepublish/getarticle")
def getarticle(visit: Visit) -> object:
    visit.state.must_be_verified()
    found = visit.state.published.get(str(visit.body().get("article_id")))
    if found is None:
        raise Wrong(53600, "Article ID 无效")
    return {"news_item": [bodies.published(found)], **bodies.times(visit.state, found.at)}


@route("POST", "/cgi-bin/freepublish/batchget")
def batchget(visit: Visit) -> object:
    visit.state.must_be_verified()
    items = sorted((p for p in visit.state.published.values() if not p.deleted), key=lambda p: p.at, reverse=True)
    return _paged(visit, items, lambda p, bare: bodies.published_item(visit.state, p, bare))


def _paged(visit: Visit, items: list[Any], shown: Callable[[Any, bool], object]) -> object:
    """DOC: count 1 to 20. SDK: 40097 for what does not fit."""
    given = visit.body()
    offset, count = int(given.get("offset") or 0), int(given.get("count") or 0)
    if not 1 <= count <= 20 or offset < 0:
        raise Wrong(40097, "invalid args")
    page = [shown(item, given.get("no_content") == 1) for item in items[offset : offset + count]]
    told = bodies.numbers(visit.state, {"total_count": len(items), "item_count": len(page)})
    return {**told, "item": page}


@route("POST", "/cgi-bin/comment/list")
def comment_list(visit: Visit) -> object:
    """DOC; SDK: 88000, 88001 (with an empty list), 88010."""
    state, given = visit.state, visit.body()
    if not state.verified:
        raise Wrong(48001, "api unauthorized")
    if not state.comments_open:
        raise Wrong(88000, "without comment privilege")
    found = state.article(int(given.get("msg_data_id") or 0)) if given.get("index", 0) == 0 else None
    if found is None:
        raise Wrong(88001, "msg_data is not exists", total=0, comment=[])
    if not 1 <= int(given.get("count") or 0) < 50:
        raise Wrong(88010, "count range error. cout <= 0 or count > 50")
    page = found.comments[given["begin"] : given["begin"] + given["count"]]
    return {**bodies.OK, **bodies.numbers(state, {"total": len(found.comments)}), "comment": page}


@route("POST", "/cgi-bin/comment/reply/add")
def reply_add(visit: Visit) -> object:
    """SDK: 88005 answered already, 88007 length (the limit is a contract-choice), 88008 no such comment."""
    state, given = visit.state, visit.body()
    found = state.article(int(given.get("msg_data_id") or 0))
    rows = found.comments if found and given.get("index") == 0 else []
    row = next((r for r in rows if r["user_comment_id"] == given.get("user_comment_id")), None)
    if row is None:
        raise Wrong(88008, "comment is not exists")
    if row.get("reply"):
        raise Wrong(88005, "already reply")
    text = str(given.get("content") or "")
    if not text or len(text) > 600:
        raise Wrong(88007, "reply content beyond max len or content len is zero")
    row["reply"] = {"content": text, "create_time": int(state.now().timestamp())}
    return bodies.OK


@route("POST", "/datacube/getarticletotaldetail")
def total_detail(visit: Visit) -> object:
    if not visit.state.new_statistics:
        raise Wrong(40066, "invalid url")
    return bodies.total_detail(visit.state, *_span(visit, 30))


@route("POST", "/datacube/getarticletotal")
def total(visit: Visit) -> object:
    return bodies.total(visit.state, *_span(visit, 1))


@route("POST", "/datacube/getarticlesummary")
def summary(visit: Visit) -> object:
    return bodies.summary(visit.state, *_span(visit, 1))


def _span(visit: Visit, most: int) -> tuple[str, str]:
    """DOC: days, end no later than yesterday. SDK: 61500, 61501, 61503."""
    visit.state.must_be_verified()
    given = visit.body()
    begin, end = str(given.get("begin_date") or ""), str(given.get("end_date") or "")
    try:
        days = (datetime.fromisoformat(end) - datetime.fromisoformat(begin)).days
    except ValueError:
        raise Wrong(61500, "date format error") from None
    if not 0 <= days < most or end >= bodies.day(visit.state.now()):
        raise Wrong(61501, "date range error")
    if not visit.state.ready_day:
        raise Wrong(61503, "data not ready")
    return begin, end


@route("POST", "/cgi-bin/openapi/quota/get")
def quota(visit: Visit) -> object:
    path = str(visit.body().get("cgi_path") or "")
    left = visit.state.quota.get(path, 1000)
    told = bodies.numbers(visit.state, {"daily_limit": 1000, "used": 1000 - left, "remain": left})
    return {**bodies.OK, "quota": told}

