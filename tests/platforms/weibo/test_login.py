"""Signing in: the default page and its pasted address, a token, what each refusal says, and the end of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from studio.core.errors import Later, Refused
from studio.platforms import oauth
from studio.platforms.logins import Life, Login
from studio.platforms.transport import Transport
from tests.platforms.fakes import FakeTransport
from tests.platforms.fakes import answer as answered
from tests.platforms.weibo.desk import PLATFORM, Desk, agreed, codes
from tests.servers.faultproxy import FaultProxy
from tests.servers.weibo import Weibo


def fields(desk: Desk, **more: str) -> dict[str, str]:
    return {"app_key": desk.app.key, "app_secret": desk.app.secret, "safe_domain": "https://www.example.com/", **more}


def transport(desk: Desk, url: str = "") -> Transport:
    return Transport(url or desk.server.url, attempts=1)


def browsed(desk: Desk, **more: str) -> tuple[str, dict[str, str], Any]:
    """A person signs in with the browser: the address it ends on, the fields, and what was kept."""
    desk.server.consents = desk.server.consents or desk.mei
    given = fields(desk, **more)
    begun = PLATFORM.authorize(given, desk.server.url, transport(desk), "paste", "")
    return agreed(begun.url), given, begun


def completed(desk: Desk, pasted: str, given: dict[str, str], begun: Any) -> Login:
    code = oauth.code_of(oauth.answer(pasted), begun.state)
    return PLATFORM.complete(given, code, begun.kept, desk.server.url, transport(desk))


@pytest.mark.parametrize("strings", [False, True])
def test_by_browser_and_a_pasted_address(desk: Desk, strings: bool) -> None:
    desk.server.strings = strings
    pasted, given, begun = browsed(desk)
    assert pasted.startswith("https://api.weibo.com/oauth2/default.html?")
    login = completed(desk, pasted, given, begun)
    assert (login.handle, login.name) == (desk.mei.uid, "梅")
    assert login.identity == {
        "uid": desk.mei.uid, "app_key": desk.app.key, "safe_domain": "www.example.com",
        "redirect_uri": "https://api.weibo.com/oauth2/default.html",
    }
    assert login.secrets["access_token"] in desk.server.state.tokens and login.secrets["by"] == "browser"
    life = PLATFORM.life(desk.account, login.secrets)
    assert life.renew is None and life.ends is not None
    assert abs(life.ends - datetime.now(UTC) - timedelta(days=7)) < timedelta(minutes=1)


def test_the_address_has_no_secret_and_no_pkce(desk: Desk) -> None:
    begun = PLATFORM.authorize(fields(desk), "", transport(desk), "paste", "")
    assert begun.url.startswith("https://api.weibo.com/oauth2/authorize?") and desk.app.secret not in begun.url
    assert "code_challenge" not in begun.url and begun.kept["verifier"] == ""


def test_a_bare_code_does_as_well(desk: Desk) -> None:
    pasted, given, _ = browsed(desk)
    code = oauth.answer(pasted).code
    login = PLATFORM.complete(given, code, {}, desk.server.url, transport(desk))
    assert login.handle == desk.mei.uid


def test_a_loopback_page_that_the_app_has_registered(desk: Desk) -> None:
    """The browser shows an error there, and the address all the same."""
    desk.app.redirect = "http://127.0.0.1:9/cb"
    pasted, given, begun = browsed(desk, redirect_uri="http://127.0.0.1:9/cb")
    assert pasted.startswith("http://127.0.0.1:9/cb?") and completed(desk, pasted, given, begun).name == "梅"


def test_a_code_works_once(desk: Desk) -> None:
    pasted, given, begun = browsed(desk)
    completed(desk, pasted, given, begun)
    with pytest.raises(Refused) as refused:
        completed(desk, pasted, given, begun)
    assert codes(refused.value) == ["authorize.code_refused"]


def test_a_code_is_old_after_a_while(desk: Desk) -> None:
    pasted, given, begun = browsed(desk)
    desk.clock.on(minutes=11)
    with pytest.raises(Refused) as refused:
        completed(desk, pasted, given, begun)
    assert codes(refused.value) == ["authorize.code_refused"]


def test_a_person_who_says_no(desk: Desk) -> None:
    begun = PLATFORM.authorize(fields(desk), desk.server.url, transport(desk), "paste", "")
    desk.app.testers.add("0")
    pasted = agreed(begun.url)
    with pytest.raises(Refused) as refused:
        completed(desk, pasted, fields(desk), begun)
    assert codes(refused.value) == ["authorize.denied"]


def test_a_callback_page_that_differs(desk: Desk) -> None:
    pasted, given, begun = browsed(desk)
    kept = {**begun.kept, "redirect": "https://example.com/cb"}
    with pytest.raises(Refused) as refused:
        PLATFORM.complete(given, oauth.answer(pasted).code, kept, desk.server.url, transport(desk))
    finding = refused.value.findings[0]
    assert (finding.code, finding.field) == ("weibo.redirect", "redirect_uri")
    assert finding.values == {"redirect": "https://example.com/cb"}
    remedy = PLATFORM.remedies(finding, desk.account)[0]
    assert (remedy.kind, remedy.value) == ("copy", "https://example.com/cb")


def test_a_secret_that_is_wrong(desk: Desk) -> None:
    pasted, given, begun = browsed(desk)
    with pytest.raises(Refused) as refused:
        completed(desk, pasted, {**given, "app_secret": "wrong-secret"}, begun)
    assert codes(refused.value) == ["authorize.client"] and "wrong-secret" not in str(refused.value.findings)


@pytest.mark.parametrize(("code", "kind", "said"), [
    (21321, Refused, "weibo.unreviewed"), (21322, Refused, "weibo.redirect"), (21323, Refused, "authorize.refused"),
    (21324, Refused, "authorize.client"), (21325, Refused, "authorize.code_refused"),
    (21326, Refused, "authorize.client"), (21327, Refused, "authorize.code_refused"),
    (21328, Refused, "authorize.refused"), (21329, Refused, "authorize.refused"),
    (21330, Refused, "authorize.denied"), (21331, Later, "authorize.busy"), (10002, Later, "authorize.busy"),
    (10023, Later, "weibo.rate"),
])
@pytest.mark.parametrize("strings", [False, True])
def test_what_the_token_endpoint_says(
    desk: Desk, code: int, kind: type[Exception], said: str, strings: bool
) -> None:
    pasted, given, begun = browsed(desk)
    desk.server.strings = strings
    desk.server.fault("error", only="access_token", code=code)
    with pytest.raises(kind) as raised:
        completed(desk, pasted, given, begun)
    assert codes(raised.value) == [said] and desk.app.secret not in str(raised.value.findings)  # type: ignore[attr-defined]


def test_a_server_that_is_something_else(desk: Desk, proxy: FaultProxy) -> None:
    pasted, given, begun = browsed(desk)
    for status, kind, said in ((404, Refused, "login.not_this_platform"), (502, Later, "net.server_fault")):
        proxy.html(status, only="access_token")
        with pytest.raises(kind) as raised:
            PLATFORM.complete(given, "x", begun.kept, proxy.url, transport(desk, proxy.url))
        assert codes(raised.value) == [said]
    proxy.html(200, only="access_token")
    with pytest.raises((Refused, Later)):
        PLATFORM.complete(given, "x", begun.kept, proxy.url, transport(desk, proxy.url))
    assert pasted


def test_without_key_and_secret_nothing_is_opened(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        PLATFORM.authorize({"app_key": "1"}, "", transport(desk), "paste", "")
    assert [(f.code, f.field) for f in refused.value.findings] == [("login.missing", "app_secret")]


def test_what_is_no_domain_is_said_before_anything_is_asked(desk: Desk) -> None:
    given = fields(desk, safe_domain="our site")
    for ask in (
        lambda: PLATFORM.authorize(given, desk.server.url, transport(desk), "paste", ""),
        lambda: PLATFORM.complete(given, "code", {}, desk.server.url, transport(desk)),
        lambda: PLATFORM.login({"access_token": desk.token, "safe_domain": "our site"}, "", transport(desk)),
    ):
        with pytest.raises(Refused) as refused:
            ask()
        assert codes(refused.value) == ["weibo.domain_form"] and desk.server.seen == []


def test_a_name_that_cannot_be_had_costs_no_login(desk: Desk) -> None:
    pasted, given, begun = browsed(desk)
    desk.server.fault("error", only="users/show", code=10020)
    login = completed(desk, pasted, given, begun)
    assert (login.handle, login.name) == (desk.mei.uid, "")


# a token ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("strings", [False, True])
def test_by_token_and_uid(desk: Desk, strings: bool) -> None:
    desk.server.strings = strings
    given = {"access_token": f" {desk.token}\n", "uid": desk.mei.uid, "safe_domain": "example.com"}
    login = PLATFORM.login(given, desk.server.url, transport(desk))
    assert (login.handle, login.name, login.secrets["by"]) == (desk.mei.uid, "梅", "token")
    assert login.secrets["access_token"] == desk.token and login.identity["uid"] == desk.mei.uid
    life = PLATFORM.life(desk.account, login.secrets)
    assert life.ends is not None and life.ends > datetime.now(UTC) + timedelta(days=6)
    assert PLATFORM.life(desk.account, {}) == Life()


def test_tokens_that_are_not_taken(desk: Desk) -> None:
    tries = (("nonsense", "", "login.token_refused"), (desk.token, "1", "weibo.uid"), ("", "", "weibo.ways"))
    for token, uid, said in tries:
        with pytest.raises(Refused) as refused:
            PLATFORM.login({"access_token": token, "uid": uid}, desk.server.url, transport(desk))
        assert codes(refused.value) == [said] and (not token or token not in str(refused.value.findings))
    desk.server.state.tokens[desk.token].refused = 21316
    with pytest.raises(Refused) as refused:
        PLATFORM.login({"access_token": desk.token}, desk.server.url, transport(desk))
    assert codes(refused.value) == ["login.token_refused"]


def test_a_token_whose_owner_nobody_tells(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        PLATFORM.login({"access_token": "t"}, "", FakeTransport([answered({"expire_in": "10"})]))
    assert codes(refused.value) == ["weibo.uid_missing"]


# leaving ---------------------------------------------------------------------------------------------------------


def test_leaving_takes_back_a_token_of_the_browser_only(desk: Desk, tmp_path: Path) -> None:
    PLATFORM.leave(desk.access(secrets={"access_token": desk.token, "by": "token"}))
    assert desk.server.seen == []
    PLATFORM.leave(desk.access())
    assert desk.server.state.tokens[desk.token].refused == 21316
    assert desk.server.seen == ["POST /oauth2/revokeoauth2"]


def test_the_fields_are_those_of_the_interface() -> None:
    names = [field.name for field in PLATFORM.fields]
    assert names == ["app_key", "app_secret", "redirect_uri", "safe_domain", "access_token", "uid", "callback"]
    assert [f.name for f in PLATFORM.fields if f.secret] == ["app_secret", "access_token", "callback"]
    assert PLATFORM.browser is not None and PLATFORM.browser.bare and PLATFORM.browser.ways == ("paste",)


def test_an_unreviewed_app_knows_its_test_accounts(desk: Desk, server: Weibo) -> None:
    desk.app.reviewed = False
    desk.app.testers.add(desk.mei.uid)
    pasted, given, begun = browsed(desk)
    login = completed(desk, pasted, given, begun)
    ends = PLATFORM.life(desk.account, login.secrets).ends
    assert ends is not None and ends < datetime.now(UTC) + timedelta(days=1, minutes=1)
    assert server.state.tokens[login.secrets["access_token"]].user is desk.mei


def test_a_server_that_answers_something_is_not_weibo() -> None:
    with pytest.raises(Refused) as refused:
        PLATFORM.login({"access_token": "t", "uid": "1234567890"}, "", FakeTransport([answered({})]))
    assert codes(refused.value) == ["login.not_this_platform"]
