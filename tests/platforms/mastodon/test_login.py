"""Signing in: at which server, by browser or token, and what each refusal is called."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx
import pytest

from studio.core.errors import Later, Problem, Refused
from studio.core.post import Account
from studio.platforms import get
from studio.platforms.logins import Login
from studio.platforms.mastodon.login import server_of
from studio.platforms.transport import Transport, Unsent
from tests.platforms.fakes import Answer, Call, FakeTransport, Saved, access, answer
from tests.platforms.mastodon.desk import Desk
from tests.servers.mastodon import Mastodon

MASTODON = get("mastodon")
BACK = "http://127.0.0.1:9/callback"


def refused(server: Mastodon | None, act: Any, kind: type[Problem] = Refused) -> tuple[str, str]:
    with pytest.raises(kind) as raised:
        act()
    return raised.value.findings[0].code, raised.value.findings[0].field


def sign_in(server: Mastodon, token: str, **fields: str) -> Login:
    with Transport(attempts=1) as transport:
        return MASTODON.login({"server": server.url, "access_token": token, **fields}, "", transport)


def browse(url: str) -> httpx.Response:
    """What the browser does when the person agrees."""
    return httpx.get(url, follow_redirects=False, trust_env=False)


def by_browser(server: Mastodon, redirect: str = BACK, way: Any = "loopback") -> Login:
    fields = {"server": server.url}
    with Transport(attempts=1) as transport:
        begun = MASTODON.authorize(fields, "", transport, way, redirect)
        seen = browse(begun.url)
        if redirect:
            found = dict(parse_qsl(urlsplit(seen.headers["Location"]).query))
            assert found["state"] == begun.state and seen.headers["Location"].startswith(f"{redirect}?")
            code = found["code"]
        else:
            code = seen.text.split('value="')[1].split('"')[0]
        return MASTODON.complete(fields, code, begun.kept, "", transport)


def test_the_browser_leads_to_a_token(server: Mastodon) -> None:
    server.consents = mei = server.state.person("mei", "Mei 梅")
    login = by_browser(server)
    assert (login.handle, login.name) == ("mei@social.test", "Mei 梅")
    assert login.identity == {
        "server": server.url, "id": mei.id, "version": "4.5.2", "domain": "social.test", "characters": "500",
        "media": "4", "url": "23", "description": "1500", "image_bytes": "16777216", "video_bytes": "103809024",
        "options": "4",
        "option_characters": "50", "shortest_poll": "300", "longest_poll": "2629746",
        "scopes": "read:accounts read:statuses write:statuses write:media",
    }
    assert set(login.secrets) == {"access_token", "client_id", "client_secret"}
    assert login.secrets["access_token"] in server.state.tokens
    assert not any(secret in str(login.identity) for secret in login.secrets.values())


def test_the_code_may_be_shown_instead(server: Mastodon) -> None:
    server.consents = server.state.person("mei")
    assert by_browser(server, "", "oob").handle == "mei@social.test"


def test_the_address_that_is_opened(server: Mastodon) -> None:
    with Transport() as transport:
        begun = MASTODON.authorize({"server": server.url}, "", transport, "loopback", BACK)
    query = {name: values[0] for name, values in parse_qs(urlsplit(begun.url).query).items()}
    assert begun.url.startswith(f"{server.url}/oauth/authorize?")
    assert query["redirect_uri"] == BACK and query["state"] == begun.state
    assert query["code_challenge_method"] == "S256" and query["scope"].split() == list(MASTODON.scopes)
    assert begun.kept["client_secret"] not in begun.url and begun.kept["verifier"] not in begun.url


@pytest.mark.parametrize("how", ["metadata", "methods"])
def test_without_announcement_there_is_no_proof_key(server: Mastodon, how: str) -> None:
    server.consents = server.state.person("mei")
    server.state.pkce, server.metadata = False, how != "metadata"
    with Transport() as transport:
        begun = MASTODON.authorize({"server": server.url}, "", transport, "loopback", BACK)
    assert "code_challenge" not in begun.url and begun.kept["verifier"] == ""
    assert by_browser(server).handle == "mei@social.test"


def test_a_stolen_code_is_worth_nothing(server: Mastodon) -> None:
    server.consents = server.state.person("mei")
    with Transport() as transport:
        begun = MASTODON.authorize({"server": server.url}, "", transport, "loopback", BACK)
        code = dict(parse_qsl(urlsplit(browse(begun.url).headers["Location"]).query))["code"]
        thief = {**begun.kept, "verifier": "x" * 64}
        lost = refused(server, lambda: MASTODON.complete({}, code, thief, "", transport))
        assert lost == ("authorize.code_refused", "callback")
    assert not server.state.tokens


def test_a_token_of_ones_own(server: Mastodon) -> None:
    server.state.characters, server.state.most_files = 5000, 16
    mei = server.state.person("mei")
    login = sign_in(server, f" {server.state.token(mei)}\n")
    assert login.handle == "mei@social.test" and "scopes" not in login.identity
    assert (login.identity["characters"], login.identity["media"]) == ("5000", "16")
    assert set(login.secrets) == {"access_token"}


def test_an_older_server_is_asked_the_older_way(server: Mastodon) -> None:
    server.v2, server.state.version = False, "3.5.19"
    login = sign_in(server, server.state.token(server.state.person("mei")))
    assert (login.identity["version"], login.identity["characters"]) == ("3.5.19", "500")


def test_a_token_alone_goes_to_the_base(server: Mastodon) -> None:
    token = server.state.token(server.state.person("mei"))
    with Transport(server.url) as transport:
        login = MASTODON.login({"access_token": token}, server.url, transport)
    assert login.identity["server"] == server.url and login.handle == "mei@social.test"


def test_no_token_goes_anywhere_before_the_server_said_what_it_is() -> None:
    fake = FakeTransport([answer({"hello": "world"}), answer({}, 404)])
    asked = {"server": "example.com", "access_token": "a-secret-of-mine"}
    assert refused(None, lambda: MASTODON.login(asked, "", fake)) == ("login.not_this_platform", "server")
    assert not any("Authorization" in call.headers for call in fake.calls)


def test_a_closed_server_is_asked_with_the_token_for_its_limits() -> None:
    """LIMITED_FEDERATION_MODE: nothing is told to strangers."""
    about = {"domain": "closed.test", "version": "4.5.0", "configuration": {"statuses": {"max_characters": 3000}}}
    denied = answer({"error": "This API requires an authenticated user"}, 401)
    script = [denied, answer({"id": "1", "acct": "mei", "display_name": ""}), answer(about)]
    fake = FakeTransport(script)
    login = MASTODON.login({"server": "closed.test", "access_token": "token"}, "", fake)
    assert login.identity["characters"] == "3000" and login.handle == "mei@closed.test" and login.name == "mei"
    assert [("Authorization" in call.headers) for call in fake.calls] == [False, True, True]


@pytest.mark.parametrize(("script", "found"), [
    ([answer({"error": "The access token is invalid"}, 401)], ("login.token_refused", "access_token")),
    ([answer({"error": "Your login is currently disabled"}, 403)], ("account.not_allowed", "access_token")),
    ([answer({"hello": 1})], ("login.not_this_platform", "server")),
    ([answer(None, 404)], ("login.not_this_platform", "server")),
])
def test_tokens_that_are_refused(script: list[Answer], found: tuple[str, str]) -> None:
    fake = FakeTransport([answer({"domain": "a.test", "version": "4.5.0"}), *script])
    fields = {"server": "a.test", "access_token": "a-secret-of-mine"}
    assert refused(None, lambda: MASTODON.login(fields, "", fake)) == found


def test_without_a_token_the_browser_is_named(server: Mastodon) -> None:
    assert refused(server, lambda: sign_in(server, "")) == ("login.browser_or_token", "access_token")


def test_a_server_that_is_down_is_later(server: Mastodon) -> None:
    server.down = True
    assert refused(server, lambda: sign_in(server, "x"), Later)[0] == "net.server_fault"
    with Transport(attempts=1) as transport:
        for fields in ({"server": server.url}, {"server": "http://127.0.0.1:1"}):
            with pytest.raises(Later):
                MASTODON.authorize(fields, "", transport, "loopback", BACK)
    with pytest.raises(Later):
        MASTODON.login({"server": "a.test"}, "", FakeTransport(lambda call: Unsent()))


def test_a_page_that_is_no_such_server() -> None:
    def blog(call: Call) -> Answer:
        from studio.platforms.transport import Response

        return Response(200, {}, b"<html>my blog</html>", "https://blog.test/")

    for act in (
        lambda: MASTODON.login({"server": "blog.test", "access_token": "x"}, "", FakeTransport(blog)),
        lambda: MASTODON.authorize({"server": "blog.test"}, "", FakeTransport(blog), "loopback", BACK),
    ):
        assert refused(None, act) == ("login.not_this_platform", "server")


@pytest.mark.parametrize(("typed", "meant"), [
    ("mastodon.social", "https://mastodon.social"), (" @mei@example.social ", "https://example.social"),
    ("mei@example.social", "https://example.social"), ("https://example.social/@mei", "https://example.social"),
    ("https://example.social:8443/", "https://example.social:8443"), ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
    ("http://[::1]:3000", "http://[::1]:3000"), ("example.social/@mei", "https://example.social"),
    ("\u200bexample.social", "https://example.social"),
])
def test_what_people_type(typed: str, meant: str) -> None:
    assert server_of(typed, "") == meant


@pytest.mark.parametrize(("typed", "code"), [
    ("", "login.server"), ("ftp://x.test", "login.server"), ("https://me:pw@x.test", "login.server"),
    ("two words", "login.server"),
    ("http://x.test", "login.server_plain"), ("https://x.test:port", "login.server"), ("https://[::1", "login.server"),
])
def test_what_is_no_server(typed: str, code: str) -> None:
    assert refused(None, lambda: server_of(typed, "")) == (code, "server")


def test_the_page_is_the_persons_own(tmp_path: Path) -> None:
    account = Account("a", "mastodon", handle="mei@social.test", identity={"server": "https://example.social"})
    assert MASTODON.page(account, tmp_path) == "https://example.social/@mei"
    by_hand = Account("a", "mastodon", "assisted", handle="@mei@example.social")
    assert MASTODON.page(by_hand, tmp_path) == "https://example.social/@mei"
    assert MASTODON.page(Account("a", "mastodon", handle="mei"), tmp_path) == MASTODON.home


# health ----------------------------------------------------------------------------------------------------------


def health(desk: Desk) -> list[tuple[str, str]]:
    return [(f.severity, f.code) for f in MASTODON.health(desk.access())]


def test_health_learns_what_the_server_allows(desk: Desk, server: Mastodon) -> None:
    assert health(desk) == [] and desk.learnt["characters"] == "500"
    server.state.characters, server.state.most_files, server.state.version = 5000, 16, "4.7.0"
    assert health(desk) == []
    assert (desk.learnt["characters"], desk.learnt["media"], desk.learnt["version"]) == ("5000", "16", "4.7.0")
    rich = Desk(server, desk.clock, desk.folder, characters="10000")
    assert health(rich) == [("warning", "account.limits_changed")]


def test_health_says_what_is_wrong(desk: Desk, server: Mastodon, tmp_path: Path) -> None:
    server.state.tokens[desk.token] = (desk.mei, ("write", "read:accounts"))
    assert health(desk) == [("error", "account.not_allowed")]
    server.state.tokens[desk.token] = (desk.mei, ("read", "write"))
    desk.mei.username = "mei2"
    assert health(desk) == [("warning", "account.renamed")]
    server.state.tokens.clear()
    assert health(desk) == [("error", "login.expired")]
    server.down = True
    assert health(desk) == [("error", "net.server_fault")]


@pytest.mark.parametrize(("said", "code"), [
    ({"suspended": True}, "account.closed"), ({"limited": True}, "account.limited"),
    ({"moved": {"id": "2"}}, "account.moved"),
])
def test_accounts_that_are_not_as_they_were(tmp_path: Path, said: dict[str, Any], code: str) -> None:
    about = {"domain": "a.test", "version": "4.5.0"}
    fake = FakeTransport([answer({"id": "1", "username": "mei", **said}), answer(about), answer([])])
    account = Account("a", "mastodon", handle="mei@a.test", identity={"server": "https://a.test", "id": "1"})
    ready = access(account, fake, tmp_path, {"access_token": "t"}, Saved())
    assert [f.code for f in MASTODON.health(ready)] == [code]
