"""The contract server's own rules: tokens, side by side uploads, faults."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import httpx
import pytest

from tests.platforms.wechat.desk import Clock
from tests.servers.wechat import WeChat

JPEG = b"\xff\xd8\xff" + b"\0" * 500


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(clock: Clock) -> Iterator[WeChat]:
    with WeChat(clock) as running:
        yield running


def stable(server: WeChat, force: bool = False, **more: Any) -> dict[str, Any]:
    given = {"grant_type": "client_credential", "appid": server.state.app_id, "secret": server.state.secret,
             "force_refresh": force, **more}
    found: dict[str, Any] = httpx.post(f"{server.url}/cgi-bin/stable_token", json=given).json()
    return found


def count(server: WeChat, token: str) -> int:
    found = httpx.get(f"{server.url}/cgi-bin/draft/count", params={"access_token": token} if token else {}).json()
    return int(found.get("errcode", 0))


def test_a_stable_token_stays_the_same_with_what_is_left_of_it(server: WeChat, clock: Clock) -> None:
    first = stable(server)
    clock.on(seconds=6855)
    again = stable(server)
    assert again == {"access_token": first["access_token"], "expires_in": 345}
    clock.on(seconds=60)
    assert stable(server)["access_token"] != first["access_token"], "new five minutes before its end"
    assert count(server, first["access_token"]) == 0
    clock.on(seconds=300)
    assert count(server, first["access_token"]) == 42001


def test_a_forced_token_ends_the_one_before(server: WeChat, clock: Clock) -> None:
    first, forced = stable(server), stable(server, force=True)
    assert forced["access_token"] != first["access_token"] and count(server, first["access_token"]) == 40001
    assert stable(server, force=True)["errcode"] == 45011
    clock.on(seconds=31)
    assert "access_token" in stable(server, force=True)


@pytest.mark.parametrize(("more", "code"), [
    ({"appid": ""}, 41002), ({"secret": ""}, 41004), ({"appid": "wx1"}, 40013), ({"secret": "x"}, 40125),
    ({"grant_type": "x"}, 40002),
])
def test_wrong_logins_have_their_codes(server: WeChat, more: dict[str, str], code: int) -> None:
    answer = stable(server, False, **more)
    assert answer["errcode"] == code and " rid: " in answer["errmsg"]


def test_a_token_is_asked_for(server: WeChat) -> None:
    assert (count(server, ""), count(server, "unknown")) == (41001, 40001)
    server.state.strings = True
    assert httpx.get(f"{server.url}/cgi-bin/draft/count").json()["errcode"] == "41001"


def put(server: WeChat, token: str, body: bytes = JPEG) -> httpx.Response:
    return httpx.post(f"{server.url}/cgi-bin/media/uploadimg", params={"access_token": token},
                      files={"media": ("a.jpg", body, "image/jpeg")})


def test_uploads_side_by_side_are_counted(server: WeChat) -> None:
    token = stable(server)["access_token"]
    server.gather = 3
    with ThreadPoolExecutor(3) as crew:
        urls = list(crew.map(lambda n: put(server, token, JPEG + bytes([n])).json()["url"], range(3)))
    assert server.busiest == 3 and len(set(urls)) == 3 and server.twice() == []
    server.gather = 1
    put(server, token, JPEG + b"\0")
    assert len(server.twice()) == 1


def test_faults_are_played_once(server: WeChat) -> None:
    token = stable(server)["access_token"]
    server.fail("drop_before", "/cgi-bin/media/uploadimg")
    server.fail("drop_after", "/cgi-bin/media/uploadimg")
    for stored in (0, 1):
        with pytest.raises(httpx.HTTPError):
            put(server, token)
        assert len(server.state.stored) == stored
    server.fail("5xx_after", "/cgi-bin/media/uploadimg")
    assert put(server, token).status_code == 502 and len(server.state.stored) == 2
    server.fail("limit", "/cgi-bin/media/uploadimg")
    assert put(server, token).status_code == 429 and put(server, token).json()["url"]
    assert put(server, token, b"").json()["errcode"] == 41005


def test_an_upload_that_is_held_is_not_stored(server: WeChat, clock: Clock) -> None:
    token = stable(server)["access_token"]
    server.holding = 1
    put(server, token)
    with ThreadPoolExecutor(1) as crew:
        waiting = crew.submit(put, server, token)
        while server.held < 1 and not waiting.done():
            time.sleep(0.01)
        server.release.set()
        assert waiting.result().json()["errcode"] == -1
    assert len(server.state.stored) == 1


def test_quotas_are_used_up_and_told(server: WeChat) -> None:
    token = stable(server)["access_token"]
    server.state.quota["/cgi-bin/draft/count"] = 1
    assert [count(server, token) for _ in range(2)] == [0, 45009]
    told = httpx.post(f"{server.url}/cgi-bin/openapi/quota/get", params={"access_token": token},
                      json={"cgi_path": "/cgi-bin/draft/count"}).json()
    assert told["quota"] == {"daily_limit": 1000, "used": 1000, "remain": 0}


def test_days_of_statistics_must_be_over(server: WeChat, clock: Clock) -> None:
    def ask(begin: str, end: str) -> int:
        token = stable(server)["access_token"]
        found = httpx.post(f"{server.url}/datacube/getarticletotal", params={"access_token": token},
                           json={"begin_date": begin, "end_date": end}).json()
        return int(found.get("errcode", 0))

    today, before = "2026-11-24", "2026-11-23"
    assert (ask(before, before), ask(today, today), ask("2026-11-22", before), ask("x", before)) == (
        0, 61501, 61501, 61500)
    clock.at += timedelta(days=1)
    assert ask(today, today) == 0
