"""Signing in by a pasted address or with tokens, and how long that holds."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx
import pytest

from studio.core.errors import Later, Refused, SignInAgain
from studio.core.post import Account
from studio.platforms.logins import Authorization
from studio.platforms.transport import Transport
from tests.platforms.douyin.desk import PLATFORM, START, Desk, codes
from tests.platforms.fakes import Call, FakeTransport, access, answer
from tests.servers.douyin import Douyin


def fields(desk: Desk, **more: str) -> dict[str, str]:
    return {"client_key": desk.app.key, "client_secret": desk.app.secret, "redirect_uri": desk.app.redirect, **more}


def begun(desk: Desk, **more: str) -> Authorization:
    return PLATFORM.authorize(fields(desk, **more), desk.server.url, FakeTransport(), "paste", "")


def agreed(desk: Desk, url: str) -> dict[str, str]:
    """What stands in the address the browser ends at."""
    desk.server.consents = desk.mei
    there = httpx.get(url, follow_redirects=False).headers["Location"]
    assert there.startswith(f"{desk.app.redirect}?")
    return dict(parse_qsl(urlsplit(there).query))


def test_the_address_asks_for_what_publishing_needs(desk: Desk) -> None:
    made = begun(desk)
    asked = {name: value[0] for name, value in parse_qs(urlsplit(made.url).query).items()}
    assert made.url.startswith(f"{desk.server.url}/platform/oauth/connect/?")
    assert asked["client_key"] == desk.app.key and "client_id" not in asked and "client_secret" not in asked
    assert asked["scope"] == "user_info,video.create.bind" and asked["redirect_uri"] == desk.app.redirect
    assert asked["optionalScope"].startswith("video.data.bind,1,") and asked["state"] == made.state


def test_an_app_without_a_right_names_its_own(desk: Desk) -> None:
    made = begun(desk, scopes="user_info， video.list.bind")
    asked = parse_qs(urlsplit(made.url).query)
    assert asked["scope"] == ["user_info,video.list.bind"] and "optionalScope" not in asked
    login = PLATFORM.complete(fields(desk), agreed(desk, made.url)["code"], {}, "", Transport(desk.server.url))
    assert login.identity["scopes"] == "user_info video.list.bind"
    assert PLATFORM.lacking(frozenset(login.identity["scopes"].split())) == ("video.create.bind",)


@pytest.mark.parametrize("strings", [False, True])
def test_the_whole_way_through_the_browser(desk: Desk, server: Douyin, strings: bool) -> None:
    server.strings = strings
    made = begun(desk)
    came = agreed(desk, made.url)
    assert came["state"] == made.state
    login = PLATFORM.complete(fields(desk), came["code"], made.kept, server.url, Transport(server.url))
    assert (login.name, login.handle) == ("梅 Mei", desk.mei.open_id) and login.identity["open_id"] == desk.mei.open_id
    assert "video.create.bind" in login.identity["scopes"].split()
    assert login.secrets["access_token"] in server.state.tokens
    assert not set(login.secrets.values()) & set(login.identity.values())
    account = Account("a", "douyin", identity=login.identity)
    life = PLATFORM.life(account, login.secrets)
    assert life.renew is not None and life.ends is not None
    assert timedelta(days=14) < life.ends - life.renew < timedelta(days=17)
    with pytest.raises(Refused) as refused:
        PLATFORM.complete(fields(desk), came["code"], made.kept, server.url, Transport(server.url))
    assert codes(refused.value) == ["authorize.code_refused"]


def test_a_code_lives_ten_minutes(desk: Desk, server: Douyin) -> None:
    code = agreed(desk, begun(desk).url)["code"]
    desk.clock.on(minutes=11)
    with pytest.raises(Refused) as refused:
        PLATFORM.complete(fields(desk), code, {}, server.url, Transport(server.url))
    assert codes(refused.value) == ["authorize.code_refused"]


@pytest.mark.parametrize("redirect", [
    "http://studio.example/douyin", "https://studio.example/douyin?a=1", "https://studio.example/douyin?",
    "https://studio.example/#x", "studio.example", "https://[", "http://127.0.0.1:8000/callback",
])
def test_only_a_plain_https_page_is_taken(desk: Desk, redirect: str) -> None:
    with pytest.raises(Refused) as refused:
        begun(desk, redirect_uri=redirect)
    assert codes(refused.value) == ["douyin.redirect"] and refused.value.findings[0].field == "redirect_uri"


def test_what_is_missing_is_said_per_field(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        PLATFORM.authorize({"client_key": " "}, "", FakeTransport(), "paste", "")
    assert [f.field for f in refused.value.findings] == ["client_key", "client_secret", "redirect_uri"]


@pytest.mark.parametrize(("change", "said"), [
    ({"client_secret": "wrong-secret"}, "douyin.app"), ({"client_key": "awwrong"}, "douyin.app"),
])
def test_a_wrong_app_is_said_without_its_secret(desk: Desk, server: Douyin, change: dict[str, str], said: str) -> None:
    code = agreed(desk, begun(desk).url)["code"]
    with pytest.raises(Refused) as refused:
        PLATFORM.complete({**fields(desk), **change}, code, {}, server.url, Transport(server.url))
    assert codes(refused.value) == [said] and "wrong-secret" not in str(refused.value.findings)


# tokens -----------------------------------------------------------------------------------------------------------


def tokens(desk: Desk, **more: str) -> dict[str, str]:
    return {**fields(desk), "access_token": desk.secrets["access_token"],
            "refresh_token": desk.secrets["refresh_token"], "open_id": desk.mei.open_id, **more}


def test_with_tokens_it_learns_rights_and_ends(desk: Desk, server: Douyin) -> None:
    login = PLATFORM.login(tokens(desk), server.url, Transport(server.url))
    assert login.name == "梅 Mei" and "video.create.bind" in login.identity["scopes"].split()
    assert login.secrets["refresh_token"] == desk.secrets["refresh_token"] and login.secrets["ends"]
    assert PLATFORM.life(Account("a", "douyin", identity=login.identity), login.secrets).ends is not None


def test_an_access_token_alone_will_do(desk: Desk, server: Douyin) -> None:
    given = {"access_token": desk.secrets["access_token"], "open_id": desk.mei.open_id}
    login = PLATFORM.login(given, server.url, Transport(server.url))
    assert login.name == "梅 Mei" and "scopes" not in login.identity and "refresh_token" not in login.secrets
    life = PLATFORM.life(Account("a", "douyin", identity=login.identity), login.secrets)
    assert (life.renew, life.ends) == (None, None) and server.calls("refresh_token") == []


def test_while_a_refresh_cannot_be_had_the_token_will_do(desk: Desk, server: Douyin) -> None:
    server.fault("refresh_token", "5xx_before")
    login = PLATFORM.login(tokens(desk), server.url, Transport(server.url))
    assert login.secrets["access_token"] == desk.secrets["access_token"] and "scopes" not in login.identity


def test_an_access_token_that_is_over_is_refreshed(desk: Desk, server: Douyin) -> None:
    server.state.expire()
    login = PLATFORM.login(tokens(desk), server.url, Transport(server.url))
    assert login.secrets["access_token"] != desk.secrets["access_token"]


@pytest.mark.parametrize(("wrong", "said", "field"), [
    ({"access_token": "act.wrong", "refresh_token": ""}, "douyin.token_refused", "access_token"),
    ({"open_id": "somebody-else"}, "douyin.app", "account"), ({"open_id": ""}, "login.missing", "open_id"),
    ({"access_token": ""}, "douyin.sign_in", "access_token"), ({"client_key": "awwrong"}, "douyin.app", "client_key"),
])  # fmt: skip
def test_a_refused_login_names_its_field(
    desk: Desk, server: Douyin, wrong: dict[str, str], said: str, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        PLATFORM.login(tokens(desk, **wrong), server.url, Transport(server.url))
    assert (said, field) in [(f.code, f.field) for f in refused.value.findings]
    assert not any(s in str(refused.value.findings) for s in (desk.app.secret, "act.wrong", "rft.dead"))


def test_with_a_dead_refresh_token_the_access_token_will_do_and_it_is_said(desk: Desk, server: Douyin) -> None:
    login = PLATFORM.login(tokens(desk, refresh_token="rft.dead"), server.url, Transport(server.url))
    assert login.identity["sign_in"] == "ending" and "refresh_token" not in login.secrets
    server.state.expire()
    with pytest.raises(Refused) as refused:
        PLATFORM.login(tokens(desk, refresh_token="rft.dead"), server.url, Transport(server.url))
    assert codes(refused.value) == ["douyin.token_refused"]


def test_a_name_that_may_not_be_read_is_no_reason_to_stay_outside(desk: Desk, server: Douyin) -> None:
    desk.sign_in(["video.create.bind"])
    login = PLATFORM.login(tokens(desk), server.url, Transport(server.url))
    assert login.name == desk.mei.open_id and login.identity["scopes"] == "video.create.bind"


def test_without_an_app_nothing_waits_on_the_network_for_long() -> None:
    with pytest.raises(Refused) as refused:
        PLATFORM.login({}, "", FakeTransport([answer({"data": {"error_code": 10005, "description": "params"}})]))
    assert [f.field for f in refused.value.findings] == ["client_key", "client_secret", "access_token"]


def test_another_servers_answer_is_no_login() -> None:
    def page(_: Call) -> Any:
        return answer({"hello": "world"})

    with pytest.raises((Refused, Later)):
        PLATFORM.login({"access_token": "act.x", "open_id": "o"}, "", FakeTransport(page))


# how long it holds ------------------------------------------------------------------------------------------------


def test_it_is_refreshed_a_day_before_its_end(desk: Desk) -> None:
    life = PLATFORM.life(desk.account, desk.secrets)
    assert life.renew == START + timedelta(days=14) and life.ends == START + timedelta(days=30)
    desk.clock.on(days=14)
    fresh = {**desk.secrets, **PLATFORM.refresh(desk.access(), desk.secrets)}
    assert fresh["refresh_token"] == desk.secrets["refresh_token"]
    assert fresh["refresh_ends"] == desk.secrets["refresh_ends"]  # refreshing does not prolong that
    later = PLATFORM.life(desk.account, fresh)
    assert later.renew == START + timedelta(days=25)  # by then the refresh token is made anew
    assert later.ends == START + timedelta(days=30)


def test_the_refresh_token_is_made_anew_five_times(desk: Desk, server: Douyin) -> None:
    secrets: dict[str, str] = dict(desk.secrets)
    for times in range(1, 6):
        desk.clock.on(days=26)
        secrets |= PLATFORM.refresh(desk.access(secrets), secrets)
        assert secrets["renewals"] == str(times)
        assert PLATFORM.life(desk.account, secrets).ends == desk.clock.at + timedelta(days=30)
        secrets |= PLATFORM.refresh(desk.access(secrets), secrets)  # and now the access token
        assert secrets["ends"] == (desk.clock.at + timedelta(days=15)).isoformat()
    desk.clock.on(days=26)
    secrets |= PLATFORM.refresh(desk.access(secrets), secrets)
    assert len(server.calls("renew_refresh_token")) == 5
    last = PLATFORM.life(desk.account, secrets)
    assert last.renew is None and last.ends == desk.clock.at + timedelta(days=15)


def test_where_douyin_has_counted_more_it_is_not_asked_again(desk: Desk, server: Douyin) -> None:
    server.state.refreshes[desk.secrets["refresh_token"]].renewed = 5
    desk.clock.on(days=26)
    secrets = {**desk.secrets, **PLATFORM.refresh(desk.access(), desk.secrets)}
    assert secrets["renewals"] == "5" and secrets["refresh_token"] == desk.secrets["refresh_token"]
    PLATFORM.refresh(desk.access(secrets), secrets)
    assert len(server.calls("renew_refresh_token")) == 1 and len(server.calls("oauth/refresh_token")) == 1


def test_without_that_right_it_ends(desk: Desk, server: Douyin) -> None:
    desk.sign_in(["user_info", "video.create.bind"])
    desk.clock.on(days=26)
    fresh = {**desk.secrets, **PLATFORM.refresh(desk.access(), desk.secrets)}
    assert server.calls("renew_refresh_token") == []
    assert PLATFORM.life(desk.account, fresh).renew is None


def test_a_dead_refresh_token_is_remembered_for_the_checks(desk: Desk, server: Douyin) -> None:
    server.state.refreshes.clear()
    with pytest.raises(SignInAgain) as over:
        PLATFORM.refresh(desk.access(), desk.secrets)
    assert codes(over.value) == ["douyin.refresh_dead"] and desk.learnt == {"sign_in": "ending"}
    desk.learnt.clear()
    desk.sign_in()
    desk.account.identity["sign_in"] = "ending"  # type: ignore[index]
    PLATFORM.refresh(desk.access(), desk.secrets)
    assert desk.learnt["sign_in"] == ""


def test_a_refreshed_token_leaves_the_refresh_token_its_own_end(desk: Desk, tmp_path: Path) -> None:
    """Whatever the answer says: it lives thirty days from the sign-in, not from the last refresh."""
    told = {"access_token": "act.2", "expires_in": "86400", "refresh_token": "rft.1", "refresh_expires_in": 2592000,
            "open_id": "x", "scope": "user_info", "error_code": 0}
    network = FakeTransport([answer({"data": told, "message": "success"})])
    secrets = {"client_key": "k", "refresh_token": "rft.1", "refresh_ends": "2026-12-10T00:00:00+00:00"}
    made = PLATFORM.refresh(access(desk.account, network, tmp_path, secrets), secrets)
    assert (made["access_token"], made["refresh_ends"]) == ("act.2", "2026-12-10T00:00:00+00:00")
