"""OAuth against a real authorization server; what servers answer wrongly, from a script."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from studio.core.errors import Later, Refused, SignInAgain
from studio.platforms import oauth
from studio.platforms.loopback import Listener
from studio.platforms.transport import Response, Transport
from tests.platforms.fakes import NOW, FakeTransport, answer
from tests.servers.oidc import Browser, Oidc

SCOPES = ("openid", "offline_access", "publish")
NOWHERE = "http://127.0.0.1:9/callback"


def client(oidc: Oidc, id: str = "yigao-desktop", **more: object) -> oauth.Client:
    return oauth.Client(oidc.authorize, oidc.token, id, revoke=oidc.revoke, scopes=SCOPES, **more)  # type: ignore


def query(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query))


def code(problem: pytest.ExceptionInfo) -> tuple[str, str]:
    return problem.value.findings[0].code, problem.value.findings[0].field


def signed_in(oidc: Oidc, transport: Transport, id: str = "yigao-desktop") -> oauth.Token:
    begun = oauth.begin(client(oidc, id), NOWHERE, prompt="consent")
    found = oauth.answer(Browser().open(begun.url))
    return oauth.exchange(client(oidc, id), oauth.code_of(found, begun.state), begun.kept, transport)


@pytest.fixture
def transport():
    with Transport() as made:
        yield made


def test_the_whole_way_over_loopback(oidc, transport):
    with Listener(lambda what: what) as listener:
        begun = oauth.begin(client(oidc), listener.address, prompt="consent")
        listener.expect(begun.state)
        browser = Browser()
        seen = browser.come_back(begun.url)
        came = listener.wait()
    assert (seen.status_code, seen.text) == (200, "done")
    asked = query(begun.url)
    assert asked["code_challenge_method"] == "S256" and asked["redirect_uri"] == listener.address
    assert begun.kept["verifier"] not in begun.url and len(begun.kept["verifier"]) >= 43
    token = oauth.exchange(client(oidc), oauth.code_of(oauth.answer(came), begun.state), begun.kept, transport)
    assert token.seconds == 3600 and token.refresh and set(token.scopes or ()) == set(SCOPES)
    me = transport.request("GET", oidc.me, headers={"Authorization": f"Bearer {token.access}"})
    assert me.data() == {"sub": "mei"}
    assert token.ends(NOW) == NOW + timedelta(hours=1)


def test_saying_no_in_the_browser(oidc):
    with Listener(lambda what: what) as listener:
        begun = oauth.begin(client(oidc), listener.address, prompt="consent")
        listener.expect(begun.state)
        assert Browser(agrees=False).come_back(begun.url).text == "denied"
        found = oauth.answer(listener.wait())
    with pytest.raises(Refused) as refused:
        oauth.code_of(found, begun.state)
    assert code(refused) == ("authorize.denied", "callback")


def test_a_code_works_once_and_only_with_its_verifier(oidc, transport):
    begun = oauth.begin(client(oidc), NOWHERE, prompt="consent")
    came = oauth.answer(Browser().open(begun.url)).code
    oauth.exchange(client(oidc), came, begun.kept, transport)
    with pytest.raises(Refused) as twice:
        oauth.exchange(client(oidc), came, begun.kept, transport)
    assert code(twice) == ("authorize.code_refused", "callback")
    other = oauth.begin(client(oidc), NOWHERE, prompt="consent")
    with pytest.raises(Refused) as wrong:
        stolen = oauth.answer(Browser().open(other.url)).code
        oauth.exchange(client(oidc), stolen, begun.kept, transport)
    assert code(wrong) == ("authorize.code_refused", "callback")
    assert wrong.value.findings[0].values["reason"] == "invalid_grant"


def test_a_client_with_a_secret_and_an_https_address(oidc, transport):
    web = oauth.Client(oidc.authorize, oidc.token, "yigao-web", "web-secret-of-the-tests", scopes=SCOPES)
    begun = oauth.begin(web, "https://mei.example/back", prompt="consent")
    assert "web-secret" not in begun.url
    pasted = Browser().open(begun.url)
    assert pasted.startswith("https://mei.example/back?")
    found = oauth.code_of(oauth.answer(f"  {pasted}\n"), begun.state)
    wrong = oauth.Client(oidc.authorize, oidc.token, "yigao-web", "not-the-secret")
    with pytest.raises(Refused) as refused:
        oauth.exchange(wrong, found, begun.kept, transport)
    assert code(refused) == ("authorize.client", "login")
    assert oauth.exchange(web, found, begun.kept, transport).access


def test_refresh_tokens_rotate_and_an_old_one_ends_the_family(oidc, transport):
    first = signed_in(oidc, transport)
    second = oauth.refresh(client(oidc), first.refresh, transport)
    assert second.refresh not in ("", first.refresh) and second.access != first.access
    for worthless in (first.refresh, second.refresh):  # the reuse of the first ends the second as well
        with pytest.raises(SignInAgain) as over:
            oauth.refresh(client(oidc), worthless, transport)
        assert code(over) == ("login.expired", "account")


def test_a_revoked_token_cannot_be_renewed(oidc, transport):
    token = signed_in(oidc, transport)
    oauth.revoke(client(oidc), token.refresh, transport)
    with pytest.raises(SignInAgain):
        oauth.refresh(client(oidc), token.refresh, transport)


def test_the_browser_is_sent_where_the_account_lives():
    made = oauth.begin(oauth.Client("https://site.example/oauth?x=1", "t", "id"), "oob", "http://127.0.0.1:5/relay")
    assert made.url.startswith("http://127.0.0.1:5/relay/oauth?x=1&response_type=code&client_id=id")


def test_a_platform_may_call_parameters_its_own_way():
    odd = oauth.Client(
        "https://a.example/", "https://b.example/t", "id", "s3", scopes=("a", "b"), separator=",", pkce=False,
        names={"client_id": "client_key"},
    )  # fmt: skip
    made = oauth.begin(odd, "https://mine.example/")
    assert query(made.url)["client_key"] == "id" and query(made.url)["scope"] == "a,b"
    assert "code_challenge" not in made.url and made.kept["verifier"] == ""
    fake = FakeTransport([answer({"access_token": "x", "expires_in": "7200"})])
    assert oauth.exchange(odd, "c", made.kept, fake).seconds == 7200
    sent = dict(parse_qsl(fake.calls[0].body.decode()))
    assert sent == {"grant_type": "authorization_code", "code": "c", "redirect_uri": "https://mine.example/",
                    "client_key": "id", "client_secret": "s3"}
    assert fake.calls[0].params == {}


@pytest.mark.parametrize(("pasted", "wanted"), [
    ("http://127.0.0.1:1/callback?code=abc&state=s", oauth.Answer("abc", "s")),
    ("  <https://x.example/?state=s&code=a%2Fb>  ", oauth.Answer("a/b", "s")),
    ("https://x.example/#code=abc&state=s", oauth.Answer("abc", "s")),
    ("code=abc&state=s", oauth.Answer("abc", "s")),
    ("abc-123_x", oauth.Answer("abc-123_x")),
    ("https://x.example/?error=access_denied&state=s", oauth.Answer("", "s", "access_denied")),
])
def test_what_people_paste(pasted, wanted):
    assert oauth.answer(pasted) == wanted


@pytest.mark.parametrize("pasted", ["", "  ", "https://x.example/", "https://[x/?code=1", "two words", "x" * 20_000])
def test_what_holds_no_code(pasted):
    with pytest.raises(Refused) as refused:
        oauth.answer(pasted)
    assert code(refused) == ("authorize.no_code", "callback")
    assert "x.example" not in str(refused.value.findings)


@pytest.mark.parametrize("state", ["", "other", "st", "ß\ud800"])
def test_an_answer_with_another_state_is_not_ours(state):
    with pytest.raises(Refused) as refused:
        oauth.code_of(oauth.Answer("code", state), "state")
    assert code(refused) == ("authorize.state", "callback")


@pytest.mark.parametrize(("name", "kind", "wanted"), [
    ("access_denied", Refused, "authorize.denied"), ("invalid_scope", Refused, "authorize.scope"),
    ("unauthorized_client", Refused, "authorize.client"), ("temporarily_unavailable", Later, "authorize.busy"),
    ("<b>odd\n" + "x" * 500, Refused, "authorize.refused"),
])
def test_what_the_browser_may_bring_instead(name, kind, wanted):
    with pytest.raises(kind) as problem:
        oauth.code_of(oauth.Answer("", "s", name), "s")
    assert problem.value.findings[0].code == wanted
    assert len(str(problem.value.findings[0].values)) < 200 and "<" not in str(problem.value.findings[0].values)


PUBLIC = oauth.Client("https://a.example/a", "https://a.example/t", "id")
HTML = Response(200, {}, b"<html>welcome</html>")


@pytest.mark.parametrize(("given", "kind", "wanted"), [
    (HTML, Later, "net.unreadable"), (Response(403, {}, b"<html>"), Refused, "login.not_this_platform"),
    (answer({"error": "invalid_grant"}), Refused, "authorize.code_refused"),
    (answer({}, 503), Later, "net.server_fault"),
    (answer({}), Refused, "login.not_this_platform"), (answer({"access_token": 5}), Refused, "login.not_this_platform"),
    (answer({"access_token": "x", "token_type": "mac"}), Refused, "login.not_this_platform"),
    (answer([1]), Later, "net.unreadable"), (answer({"x": 1}, 400), Refused, "authorize.code_refused"),
    (answer({"error": "slow_down"}, 400), Later, "authorize.busy"),
    (answer({}, 429), Later, "net.rate_limited_unknown"),
])
def test_what_a_token_endpoint_may_answer(given, kind, wanted):
    with pytest.raises(kind) as problem:
        oauth.exchange(PUBLIC, "the-code", {"verifier": "the-verifier"}, FakeTransport([given]))
    assert problem.value.findings[0].code == wanted
    assert "the-code" not in str(problem.value.findings) and "the-verifier" not in str(problem.value.findings)


@pytest.mark.parametrize(("given", "kind", "wanted"), [
    (HTML, Later, "net.unreadable"), (Response(403, {}, b"<html>"), Later, "net.unreadable"),
    (answer({}, 502), Later, "net.server_fault"),
    (answer({"error": "invalid_grant"}, 400), SignInAgain, "login.expired"),
    (answer({"error": "invalid_client"}, 401), SignInAgain, "login.expired"),
    (answer({"error": "server_error"}, 400), Later, "authorize.busy"),
])
def test_what_a_renewal_may_answer(given, kind, wanted):
    """Only the server's own clear word ends a sign-in: a portal's page or a fault does not."""
    with pytest.raises(kind) as problem:
        oauth.refresh(PUBLIC, "old", FakeTransport([given]))
    assert problem.value.findings[0].code == wanted


def test_without_a_refresh_token_nothing_is_asked():
    with pytest.raises(SignInAgain):
        oauth.refresh(PUBLIC, "", FakeTransport([]))


def test_secrets_of_a_token_leave_the_old_refresh_token_alone():
    token = oauth.Token("a", "", 60)
    assert token.secrets(NOW) == {"access_token": "a", "ends": (NOW + timedelta(minutes=1)).isoformat()}
    assert oauth.Token("a", "r").secrets(NOW) == {"access_token": "a", "refresh_token": "r", "ends": ""}


@pytest.mark.parametrize(("value", "seconds"), [
    (60, 60), ("60", 60), (59.9, 59), ("soon", None), (None, None), (True, None), (-1, None), ("1e400", None),
    (1e300, oauth.LONGEST_LIFE), ([], None),
])
def test_lives_are_believed_with_care(value, seconds):
    assert oauth.seconds_of(value) == seconds
