"""The contract server by itself: its doors, its limits, its faults. What our client never does is asked here."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.servers.weibo import Weibo
from tests.servers.weibo_state import PICTURE_BELOW, App, User, Wrong

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
TEXT = "看 https://example.com/a"


class Clock:
    at = NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(clock: Clock) -> Iterator[Weibo]:
    with Weibo(clock) as running:
        yield running


@pytest.fixture
def app(server: Weibo) -> App:
    return server.state.app()


@pytest.fixture
def mei(server: Weibo) -> User:
    return server.state.user("梅")


def ask(url: str, form: dict[str, str] | None = None, token: str = "") -> tuple[int, Any]:
    """Status and JSON (bytes for a page)."""
    headers = {"Authorization": f"OAuth2 {token}"} if token else {}
    request = urllib.request.Request(url, urlencode(form).encode() if form is not None else None, headers)
    try:
        with urllib.request.urlopen(request) as answer:
            status, raw, kind = answer.status, answer.read(), answer.headers["Content-Type"]
    except urllib.error.HTTPError as refused:
        status, raw, kind = refused.code, refused.read(), refused.headers["Content-Type"]
    return status, json.loads(raw) if "json" in kind else raw


def test_a_post_and_its_body(server: Weibo, app: App, mei: User) -> None:
    token = server.state.token(app, mei)
    status, body = ask(f"{server.url}/2/statuses/share.json", {"status": TEXT}, token)
    assert status == 200 and body["idstr"] == str(body["id"]) and body["mid"] != body["idstr"]
    assert body["created_at"] == "Tue Nov 24 17:30:00 +0800 2026" and body["user"]["idstr"] == mei.uid
    assert body["text"].startswith("看 http://t.cn/A6") and body["pic_urls"] == []


def test_the_token_may_be_a_parameter(server: Weibo, app: App, mei: User) -> None:
    token = server.state.token(app, mei)
    assert ask(f"{server.url}/2/account/get_uid.json?access_token={token}")[1] == {"uid": int(mei.uid)}
    assert ask(f"{server.url}/2/statuses/share.json", {"status": TEXT, "access_token": token})[0] == 200


def test_errors_have_their_form(server: Weibo, app: App, mei: User) -> None:
    assert ask(f"{server.url}/2/statuses/show.json?id=1", None, "nonsense") == (
        401, {"error": "invalid_access_token", "error_code": 21332, "request": "/2/statuses/show.json"})
    status, body = ask(f"{server.url}/oauth2/access_token", {"client_id": "1"})
    assert (status, body["error_code"], body["error"], body["error_uri"]) == (
        400, 21324, "invalid_client", "/oauth2/access_token")
    token = server.state.token(app, mei)
    assert ask(f"{server.url}/2/nothing.json", None, token)[1]["error_code"] == 10020
    assert ask(f"{server.url}/2/statuses/share.json", None, token)[1]["error_code"] == 10021
    assert "status" in ask(f"{server.url}/2/statuses/share.json", {}, token)[1]["error"]
    server.strings = True
    assert ask(f"{server.url}/2/statuses/share.json", {"status": "x"}, token)[1]["error_code"] == "10017"


@pytest.mark.parametrize(("text", "code"), [
    ("", 20008), ("  ", 20008), ("没有网址", 10017), ("看 https://notexample.com/a", 10017), ("周" * 131 + TEXT, 20012),
])
def test_texts_it_refuses(server: Weibo, app: App, mei: User, text: str, code: int) -> None:
    holder = server.state.tokens[server.state.token(app, mei)]
    with pytest.raises(Wrong) as wrong:
        server.state.share(holder, text, None)
    assert wrong.value.code == code and server.state.statuses == []


def test_both_words_of_the_safe_domain(server: Weibo, app: App, mei: User) -> None:
    token = server.state.token(app, mei)
    assert ask(f"{server.url}/2/statuses/share.json", {"status": "x"}, token)[1]["error"] == "text not find domain!"
    app.domain = ""
    assert ask(f"{server.url}/2/statuses/share.json", {"status": "x"}, token)[1]["error"] == "appkey not bind domain!"


def test_140_and_141(server: Weibo, app: App, mei: User) -> None:
    holder = server.state.tokens[server.state.token(app, mei)]
    tail = "https://example.com/" + "x" * 60
    server.state.share(holder, "周" * 130 + tail, None)
    with pytest.raises(Wrong):
        server.state.share(holder, "周" * 130 + "a" + tail, None)
    server.state.full_addresses = True
    assert server.state.counted("周" * 100 + tail) == 140


@pytest.mark.parametrize(("picture", "code"), [
    (b"", 20007), (b"\xff\xd8\xff" + bytes(PICTURE_BELOW), 20006), (b"BM not taken", 20005), (b"RIFFxxxxWEBP", 20005),
    (b"\xff\xd8\xff" + bytes(PICTURE_BELOW - 4), 0), (b"GIF89a...", 0), (b"\x89PNG\r\n\x1a\n", 0),
])
def test_pictures(server: Weibo, app: App, mei: User, picture: bytes, code: int) -> None:
    holder = server.state.tokens[server.state.token(app, mei)]
    if not code:
        assert server.state.share(holder, TEXT, picture).picture == picture
        return
    with pytest.raises(Wrong) as wrong:
        server.state.share(holder, TEXT, picture)
    assert wrong.value.code == code


def test_what_ordinary_apps_may_not(server: Weibo, app: App, mei: User) -> None:
    token = server.state.token(app, mei)
    for name in ("update", "upload", "upload_url_text"):
        status, body = ask(f"{server.url}/2/statuses/{name}.json", {"status": "x"}, token)
        assert (status, body["error_code"], body["error"]) == (403, 10014, "Insufficient app permissions!")
    app.advanced = True
    assert ask(f"{server.url}/2/statuses/update.json", {"status": "没有网址"}, token)[0] == 200


def test_limits_of_the_hour_and_the_day(server: Weibo, clock: Clock, app: App, mei: User) -> None:
    holder = server.state.tokens[server.state.token(app, mei)]
    for number in range(30):
        server.state.share(holder, f"{number} {TEXT}", None)
    with pytest.raises(Wrong) as wrong:
        server.state.share(holder, TEXT, None)
    assert wrong.value.code == 20016
    clock.at = NOW + timedelta(hours=1)
    server.state.share(holder, TEXT, None)
    with pytest.raises(Wrong) as wrong:
        server.state.share(holder, TEXT, None)
    assert wrong.value.code == 20019
    token = server.state.token(app, mei)
    for _ in range(100):
        server.state.caller(token, "x")
    with pytest.raises(Wrong) as wrong:
        server.state.caller(token, "x")
    assert wrong.value.code == 10023
    clock.at += timedelta(days=1)
    server.state.caller(token, "x")


def test_an_app_that_is_not_reviewed(server: Weibo, clock: Clock, app: App, mei: User) -> None:
    app.reviewed = False
    token = server.state.token(app, mei)
    query = {"client_id": app.key, "redirect_uri": app.redirect, "response_type": "code"}
    with pytest.raises(Wrong) as wrong:
        server.state.code(query, mei)
    assert wrong.value.code == 21321
    assert ask(f"{server.url}/2/account/get_uid.json", None, token)[1]["error_code"] == 21321
    app.testers.add(mei.uid)
    _, body = ask(f"{server.url}/2/statuses/share.json", {"status": TEXT}, token)
    assert "未通过审核应用" in body["source"]
    clock.at = NOW + timedelta(days=1)
    assert ask(f"{server.url}/2/account/get_uid.json", None, token)[1]["error_code"] == 21327


def test_the_page_where_a_person_agrees(server: Weibo, app: App, mei: User) -> None:
    query = {"client_id": app.key, "redirect_uri": app.redirect, "response_type": "code", "state": "s"}
    _, page = ask(f"{server.url}/oauth2/authorize?{urlencode(query)}")
    assert b"error=access_denied" in page and b"state=s" in page
    server.consents = mei
    _, page = ask(f"{server.url}/oauth2/authorize?{urlencode(query)}")
    assert b"oauth2/default.html?state=s&amp;code=" in page
    _, page = ask(f"{server.url}/oauth2/authorize?{urlencode({**query, 'redirect_uri': 'https://a.cn'})}")
    assert b"21322" in page and b"href" not in page
    assert ask(f"{server.url}/oauth2/default.html")[0] == 200


def test_only_the_newest_five_and_only_ones_own(server: Weibo, app: App, mei: User) -> None:
    token, other = server.state.token(app, mei), server.state.token(app, server.state.user("other"))
    made = [server.state.share(server.state.tokens[token], f"{n} {TEXT}", None) for n in range(7)]
    _, body = ask(f"{server.url}/2/statuses/user_timeline.json", None, token)
    assert [s["id"] for s in body["statuses"]] == [s.id for s in made[:1:-1]] and body["total_number"] == 7
    for path in ("statuses/show", "comments/show"):
        assert ask(f"{server.url}/2/{path}.json?id={made[0].id}", None, other)[1]["error_code"] == 20102
        assert ask(f"{server.url}/2/{path}.json?id=1", None, token)[1]["error_code"] == 20101


@pytest.mark.parametrize(("name", "acted"), [
    ("drop_before", False), ("drop_after", True), ("5xx_before", False), ("5xx_after", True), ("html_before", False),
    ("html_after", True), ("slow_after", True), ("error", False),
])
def test_faults(server: Weibo, app: App, mei: User, name: Any, acted: bool) -> None:
    token = server.state.token(app, mei)
    server.fault(name, only="share", seconds=0.05, code=20021 if name == "error" else 0)
    begun = time.monotonic()
    try:
        status, body = ask(f"{server.url}/2/statuses/share.json", {"status": TEXT}, token)
        seen = {"5": 503, "h": 200, "s": 200, "e": 400}[name[0]]
        assert status == seen and isinstance(body, bytes) == (name[0] in "5h")
    except (OSError, HTTPException):
        assert name.startswith("drop")
    assert len(server.state.statuses) == acted and (name != "slow_after" or time.monotonic() - begun >= 0.05)
    server.state.statuses.clear()
    assert ask(f"{server.url}/2/statuses/share.json", {"status": TEXT}, token)[0] == 200, "a fault is spent"
