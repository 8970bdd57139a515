"""Signing in by the browser or with a token, choosing the page, and taking it back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from studio.core.errors import Later, Refused, SignInAgain
from studio.core.post import Account
from studio.platforms import oauth
from studio.platforms.facebook.login import REDIRECT, SCOPES
from studio.platforms.logins import Login
from studio.platforms.transport import Transport
from tests.platforms.facebook.desk import PLATFORM, Clock, Desk, codes
from tests.servers.facebook import Facebook

APP = {"app_id": "77", "app_secret": "app-secret-of-mine"}


@pytest.fixture
def transport(server: Facebook) -> Iterator[Transport]:
    with Transport(server.url, attempts=1) as made:
        yield made


def browse(server: Facebook, transport: Transport, fields: Mapping[str, str]) -> tuple[str, Mapping[str, str]]:
    """What a person pastes, and what waited for it."""
    begun = PLATFORM.authorize(fields, server.url, transport, "paste", "")
    asked = parse_qs(urlsplit(begun.url).query)
    assert asked["redirect_uri"] == [REDIRECT] and asked["scope"] == [",".join(SCOPES)] and asked["state"]
    assert "secret" not in begun.url and "code_challenge" not in asked
    back = httpx.get(begun.url).headers["Location"]
    answer = oauth.answer(back)
    return oauth.code_of(answer, begun.state), begun.kept


def signed_in(server: Facebook, transport: Transport, **more: str) -> Login:
    fields = {**APP, **more}
    code, kept = browse(server, transport, fields)
    return PLATFORM.complete(fields, code, kept, server.url, transport)


def refused(call: Any) -> tuple[list[str], dict[str, Any]]:
    with pytest.raises(Refused) as problem:
        call()
    return codes(problem.value), dict(problem.value.findings[0].values)


def test_the_browser_way_ends_with_a_token_of_the_page(desk: Desk, server: Facebook, transport: Transport) -> None:
    server.consents = desk.mei
    made = signed_in(server, transport)
    assert (made.handle, made.name, made.identity["id"]) == ("bookshop", desk.page.name, desk.page.id)
    assert set(made.identity["scopes"].split()) == {*SCOPES, "public_profile"}
    assert made.identity["tasks"].startswith("CREATE_CONTENT") and made.identity["app"] == "77"
    assert "set.version" not in made.identity and "secret" not in str(made.identity)
    token, user = (server.state.tokens[made.secrets[name]] for name in ("access_token", "user_token"))
    assert token.page is desk.page and token.ends is None and made.secrets["ends"] == ""
    assert user.page is None and user.ends is not None and user.ends - server.state.now() == timedelta(days=60)
    assert PLATFORM.life(Account("a", "facebook"), made.secrets).ends is None


def test_the_version_is_that_of_the_login_and_stays_with_the_account(
    desk: Desk, server: Facebook, transport: Transport
) -> None:
    server.consents = desk.mei
    made = signed_in(server, transport, version="26.0")
    assert made.identity["set.version"] == "v26.0" and PLATFORM.setting(made.identity, "version") == "v26.0"
    assert {path.split("/")[1] for _, path in server.seen} == {"v26.0"}


def test_without_an_app_there_is_no_browser_way(transport: Transport) -> None:
    found, _ = refused(lambda: PLATFORM.authorize({"app_id": "77"}, "", transport, "paste", ""))
    assert found == ["login.missing"]


def test_who_says_no_in_the_browser_is_told_so(server: Facebook, transport: Transport) -> None:
    assert refused(lambda: browse(server, transport, APP))[0] == ["authorize.denied"]


def test_a_code_works_once(desk: Desk, server: Facebook, transport: Transport) -> None:
    server.consents = desk.mei
    code, kept = browse(server, transport, APP)
    PLATFORM.complete(APP, code, kept, server.url, transport)
    found, values = refused(lambda: PLATFORM.complete(APP, code, kept, server.url, transport))
    assert found == ["authorize.code_refused"] and "used" in values["reason"]


def test_a_wrong_secret_is_refused_without_being_told(desk: Desk, server: Facebook, transport: Transport) -> None:
    server.consents = desk.mei
    code, kept = browse(server, transport, APP)
    wrong = {**APP, "app_secret": "not-the-secret"}
    found, values = refused(lambda: PLATFORM.complete(wrong, code, kept, server.url, transport))
    assert found == ["authorize.code_refused"] and "not-the-secret" not in str(values)


@pytest.mark.parametrize("fault", ["transient", "unavailable", "rate_limited_plain", "drop_before"])
def test_a_server_in_trouble_is_later(desk: Desk, server: Facebook, transport: Transport, fault: str) -> None:
    server.consents = desk.mei
    code, kept = browse(server, transport, APP)
    server.fault(fault, only="access_token")
    with pytest.raises(Later):
        PLATFORM.complete(APP, code, kept, server.url, transport)
    assert PLATFORM.complete(APP, code, kept, server.url, transport).name == desk.page.name


def test_several_pages_are_listed_by_name(desk: Desk, server: Facebook, transport: Transport) -> None:
    other = server.state.page(desk.mei, "咖啡馆")
    server.consents = desk.mei
    found, values = refused(lambda: signed_in(server, transport))
    assert found == ["facebook.choose_page"]
    assert values["pages"] == f"{desk.page.name} ({desk.page.id}), 咖啡馆 ({other.id})"
    for wanted in (other.id, "咖啡馆"):
        assert signed_in(server, transport, page_id=wanted).identity["id"] == other.id
    assert signed_in(server, transport, page_id="BookShop").identity["id"] == desk.page.id
    assert signed_in(server, transport, page_id=other.id).handle == other.id  # it has no user name
    found, values = refused(lambda: signed_in(server, transport, page_id="Nobody"))
    assert found == ["facebook.page_unknown"] and values["page"] == "Nobody"


def test_somebody_without_pages(server: Facebook, transport: Transport) -> None:
    server.consents = server.state.person("Tom")
    assert refused(lambda: signed_in(server, transport))[0] == ["facebook.no_pages"]


def test_somebody_who_may_not_publish_there(server: Facebook, transport: Transport) -> None:
    tom = server.state.person("Tom")
    server.state.page(tom, "Analysed", tasks=("ANALYZE",))
    server.consents = tom
    found, values = refused(lambda: signed_in(server, transport))
    assert (found, values) == (["facebook.no_task"], {"name": "Analysed"})


def test_a_page_that_comes_without_a_token(desk: Desk, server: Facebook, transport: Transport) -> None:
    server.consents = desk.mei
    usual = server.state.accounts
    server.state.accounts = lambda found: [  # type: ignore[method-assign]
        {name: value for name, value in page.items() if name != "access_token"} for page in usual(found)]
    assert refused(lambda: signed_in(server, transport))[0] == ["facebook.no_task"]


def test_more_pages_than_fit_on_one_listing(desk: Desk, server: Facebook, transport: Transport) -> None:
    for number in range(130):
        server.state.page(desk.mei, f"Page {number}")
    server.consents = desk.mei
    assert signed_in(server, transport, page_id="Page 129").name == "Page 129"
    assert refused(lambda: signed_in(server, transport))[1]["pages"].endswith(", …")


# with a token --------------------------------------------------------------------------------------------------------


def login(server: Facebook, transport: Transport, token: str, **more: str) -> Login:
    return PLATFORM.login({"page_access_token": token, **more}, server.url, transport)


def test_a_page_token_is_enough(desk: Desk, server: Facebook, transport: Transport) -> None:
    for page_id in ("", desk.page.id, desk.page.name):
        made = login(server, transport, f" {desk.token}\n", page_id=page_id)
        assert (made.handle, made.identity["id"]) == ("bookshop", desk.page.id)
        assert made.secrets == {"access_token": desk.token, "ends": ""} and "scopes" not in made.identity


def test_beside_the_app_its_rights_and_end_are_known(
    desk: Desk, server: Facebook, transport: Transport, clock: Clock
) -> None:
    token = server.state.token(desk.mei, desk.page, ("pages_read_engagement",), timedelta(hours=1))
    made = login(server, transport, token, **APP)
    assert made.identity["scopes"] == "pages_read_engagement"
    assert PLATFORM.life(Account("a", "facebook"), made.secrets).ends == clock.at + timedelta(hours=1)


def test_the_token_of_a_person_leads_to_their_page(desk: Desk, server: Facebook, transport: Transport) -> None:
    token = server.state.token(desk.mei, lasts=timedelta(hours=1))
    made = login(server, transport, token)
    assert made.identity["id"] == desk.page.id and made.secrets["access_token"] != token
    lasting = login(server, transport, token, **APP)
    assert server.state.tokens[lasting.secrets["access_token"]].ends is None
    assert "user_token" not in lasting.secrets


def test_the_token_of_another_page(desk: Desk, server: Facebook, transport: Transport) -> None:
    found, values = refused(lambda: login(server, transport, desk.token, page_id="12345"))
    assert found == ["facebook.other_page"] and values == {"name": desk.page.name, "id": desk.page.id}


def test_a_token_that_is_none(server: Facebook, transport: Transport) -> None:
    assert refused(lambda: login(server, transport, "EAABnonsense"))[0] == ["login.token_refused"]


def test_a_checkpointed_person_is_told_what_to_do(desk: Desk, server: Facebook, transport: Transport) -> None:
    desk.mei.checkpointed = True
    assert refused(lambda: login(server, transport, desk.token))[0] == ["facebook.checkpointed"]


def test_nothing_to_sign_in_with(server: Facebook, transport: Transport) -> None:
    assert refused(lambda: login(server, transport, ""))[0] == ["facebook.how_to_sign_in"]
    assert [path for _, path in server.seen] == ["/v25.0/me"]


# leaving -------------------------------------------------------------------------------------------------------------


def test_leaving_takes_back_what_was_granted_in_the_browser(
    desk: Desk, server: Facebook, transport: Transport
) -> None:
    server.consents = desk.mei
    made = signed_in(server, transport)
    desk.secrets = dict(made.secrets)
    PLATFORM.leave(desk.access())
    with pytest.raises(SignInAgain) as over:
        desk.publisher().plan(desk.post(), [])
    assert codes(over.value) == ["facebook.app_removed"]


def test_a_token_that_was_pasted_is_its_owners_to_take_back(desk: Desk, server: Facebook) -> None:
    PLATFORM.leave(desk.access())
    assert server.seen == []
