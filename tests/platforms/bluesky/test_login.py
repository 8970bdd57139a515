"""Signing in: where, with what, and what each refusal is called."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from studio.core.errors import Later, Problem, Refused
from studio.core.post import Account
from studio.platforms import get
from studio.platforms.base import Login
from studio.platforms.bluesky.login import FIELDS, cleaned, pds_of
from studio.platforms.transport import MaybeSent, Unsent
from tests.platforms.bluesky.session import DID, document, jwt, secrets, session
from tests.platforms.fakes import Answer, Call, FakeTransport, Saved, access, answer, refusal

BLUESKY = get("bluesky")
PDS = "https://pds.example.com"
FILLED = {"identifier": "@Mei.test ", "password": "abcd-efgh-ijkl-mnop"}


def world(call: Call) -> Answer:
    """A network with one account on a PDS of its own."""
    answers = {
        "com.atproto.identity.resolveHandle": answer({"did": DID}),
        DID: answer(document(PDS)),
        "com.atproto.server.createSession": answer(session(didDoc=document(PDS))),
    }
    return answers[call.name]


def sign_in(transport: FakeTransport, fields: Mapping[str, str] = FILLED, api_base: str = "") -> Login:
    return BLUESKY.login(fields, api_base, transport)


def finding_of(problem: Problem) -> tuple[str, str]:
    return problem.findings[0].code, problem.findings[0].field


def test_a_handle_is_followed_to_its_own_server() -> None:
    fake = FakeTransport(world)
    login = sign_in(fake)
    assert [(c.method, c.host, c.name) for c in fake.calls] == [
        ("GET", "bsky.social", "com.atproto.identity.resolveHandle"), ("GET", "plc.directory", DID),
        ("POST", "pds.example.com", "com.atproto.server.createSession"),
    ]
    assert fake.calls[-1].json == {"identifier": "mei.test", "password": "abcd-efgh-ijkl-mnop"}
    assert (login.handle, login.identity) == ("mei.test", {"did": DID, "pds": PDS})
    assert set(login.secrets) == {"accessJwt", "refreshJwt"}
    assert "abcd" not in str(login.secrets)


def test_the_password_goes_only_to_the_server_of_the_account() -> None:
    fake = FakeTransport(world)
    sign_in(fake)
    assert [c.host for c in fake.calls if b"abcd" in c.body] == ["pds.example.com"]


def test_an_api_base_is_the_only_host() -> None:
    fake = FakeTransport([answer(session(didDoc=document(PDS)))], api_base="http://127.0.0.1:2583")
    login = sign_in(fake, api_base="http://127.0.0.1:2583")
    assert [(c.host, c.name) for c in fake.calls] == [("127.0.0.1:2583", "com.atproto.server.createSession")]
    assert login.identity["pds"] == "http://127.0.0.1:2583"


def test_a_server_may_be_named() -> None:
    fake = FakeTransport(world)
    sign_in(fake, {**FILLED, "server": "my.pds.example/"})
    assert [c.host for c in fake.calls] == ["my.pds.example"]


def test_a_did_and_a_mail_address_sign_in_too() -> None:
    fake = FakeTransport(world)
    sign_in(fake, {**FILLED, "identifier": DID})
    assert [c.host for c in fake.calls] == ["plc.directory", "pds.example.com"]
    fake = FakeTransport(world)
    sign_in(fake, {**FILLED, "identifier": "me@example.com"})
    assert [c.host for c in fake.calls] == ["bsky.social"]


def test_a_did_of_the_web_names_its_own_host() -> None:
    web = FakeTransport([answer(document(PDS)), answer(session())])
    sign_in(web, {**FILLED, "identifier": "did:web:mei.example"})
    assert next((c.host, c.path) for c in web.calls) == ("mei.example", "/.well-known/did.json")


@pytest.mark.parametrize(("script", "code", "field"), [
    ([refusal("AuthenticationRequired", 401)], "login.refused", "password"),
    ([refusal("InvalidRequest", 400)], "login.refused", "password"),
    ([refusal("AuthFactorTokenRequired", 401)], "login.needs_app_password", "password"),
    ([refusal("AccountTakedown", 401)], "account.closed", "identifier"),
    ([answer(session(active=False, status="deactivated"))], "account.closed", "identifier"),
    ([answer({"hello": "world"})], "login.not_this_platform", "server"),
    ([answer(None, 404)], "login.not_this_platform", "server"),
])
def test_refusals(script: list[Answer], code: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        sign_in(FakeTransport(script), {**FILLED, "server": "x.test"})
    assert finding_of(refused.value) == (code, field)


@pytest.mark.parametrize(("script", "code"), [
    ([answer(None, 502)], "net.server_fault"), ([answer({}, 429, retry_after="60")], "net.rate_limited"),
    ([Unsent()], ""), ([MaybeSent()], ""),
])
def test_trouble_that_may_pass(script: list[Answer], code: str) -> None:
    with pytest.raises(Later) as later:
        sign_in(FakeTransport(script), {**FILLED, "server": "x.test"})
    assert not code or later.value.findings[0].code == code


def test_empty_and_wrong_fields_never_reach_the_network() -> None:
    for fields, expected in (
        ({}, ("login.missing", "identifier")), ({"identifier": "a.b"}, ("login.missing", "password")),
        ({**FILLED, "identifier": "mei"}, ("login.handle_form", "identifier")),
        ({**FILLED, "server": "ftp://x"}, ("login.server", "server")),
        ({**FILLED, "server": "http://x.test"}, ("login.server_plain", "server")),
        ({**FILLED, "server": "https://user:pw@x.test"}, ("login.server", "server")),
    ):
        with pytest.raises(Refused) as refused:
            sign_in(FakeTransport(), fields)
        assert finding_of(refused.value) == expected
        assert FILLED["password"] not in str(refused.value.findings)


@pytest.mark.parametrize("script", [
    [refusal("InvalidRequest", 400, "Unable to resolve handle")], [answer({"did": "nonsense"})],
    [answer({"did": DID}), answer(None, 404)], [answer({"did": DID}), answer({"service": []})],
    [answer({"did": DID}), answer(document("http://evil.example"))],
    [answer({"did": DID}), answer({"service": "odd"})],
])
def test_a_handle_that_leads_nowhere(script: list[Answer]) -> None:
    with pytest.raises(Refused) as refused:
        sign_in(FakeTransport(script))
    assert finding_of(refused.value) == ("login.unknown_handle", "identifier")


@pytest.mark.parametrize(("typed", "meant"), [
    ("@Mei.Test", "mei.test"), (" \u202amei.test\u202c ", "mei.test"),
    ("https://bsky.app/profile/mei.test/", "mei.test"),
    ("did:plc:AbC", "did:plc:AbC"), ("Me@Example.com", "me@example.com"),
])
def test_what_people_paste(typed: str, meant: str) -> None:
    assert cleaned(typed) == meant


def test_only_safe_addresses_of_a_document_are_believed() -> None:
    assert pds_of(document("https://a.test/path")) == "https://a.test"
    assert pds_of(document("http://a.test")) == "" and pds_of(document("https://u:p@a.test")) == ""
    assert pds_of({"service": [{"id": "#other", "serviceEndpoint": "https://b.test"}]}) == ""


def test_the_help_recommends_an_app_password() -> None:
    password = next(f for f in FIELDS if f.name == "password")
    assert password.secret and "App passwords" in password.help.en
    assert [f.name for f in FIELDS if f.secret] == ["password"]


def _health(script: list[Answer], tmp_path: Path, **claims: Any) -> list[tuple[str, str]]:
    account = Account("a", "bluesky", handle="mei.test", identity={"did": DID, "pds": PDS})
    fake = FakeTransport(script)
    ready = access(account, fake, tmp_path, {**secrets(), "accessJwt": jwt(**claims)}, Saved())
    return [(f.severity, f.code) for f in BLUESKY.health(ready)]


def test_health(tmp_path: Path) -> None:
    good = answer({"did": DID, "handle": "mei.test", "active": True})
    assert _health([good], tmp_path, scope="com.atproto.appPass") == []
    assert _health([good], tmp_path, scope="com.atproto.access") == [("warning", "account.main_password")]
    renamed = answer({"did": DID, "handle": "new.test", "active": True})
    assert _health([renamed], tmp_path) == [("warning", "account.renamed")]
    closed = answer({"did": DID, "handle": "mei.test", "active": False, "status": "suspended"})
    assert _health([closed], tmp_path) == [("error", "account.closed")]
    assert _health([refusal("ExpiredToken"), refusal("ExpiredToken")], tmp_path) == [("error", "login.expired")]
    assert _health([answer({}, 429)], tmp_path) == [("error", "net.rate_limited_unknown")]
