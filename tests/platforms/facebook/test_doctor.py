"""Whether a page can be published on, line by line, with the one fix of each."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from studio.core.finding import Finding, blocking
from studio.core.post import Account
from studio.platforms.facebook.doctor import page
from tests.platforms.facebook.desk import PLATFORM, Clock, Desk
from tests.servers.facebook import Facebook
from tests.servers.facebook_doors import SCOPES

APP = {"app_id": "77", "app_secret": "app-secret-of-mine"}


def health(desk: Desk) -> list[str]:
    return [f.code for f in PLATFORM.health(desk.access())]


def doctor(desk: Desk) -> list[str]:
    return [f.code for f in PLATFORM.doctor(desk.access())]


def with_app(desk: Desk, scopes: tuple[str, ...] = SCOPES, **more: Any) -> None:
    token = desk.server.state.token(desk.mei, desk.page, scopes, **more)
    desk.secrets = {"access_token": token, **APP}
    desk.identity["app"] = "77"


def test_a_page_that_is_well(desk: Desk) -> None:
    with_app(desk)
    assert health(desk) == [] and doctor(desk) == [
        "facebook.signed_in", "facebook.scopes_there", "facebook.no_end", "facebook.version", "facebook.app_mode"]
    assert desk.learnt["scopes"].split() == list(SCOPES) and desk.learnt["username"] == "bookshop"


def test_what_was_not_granted_is_found_and_learnt(desk: Desk) -> None:
    with_app(desk, ("pages_read_engagement",))
    found = PLATFORM.health(desk.access())
    assert [(f.code, f.values) for f in blocking(found)] == [("account.scopes", {"scopes": "pages_manage_posts"})]
    assert desk.learnt["scopes"] == "pages_read_engagement"
    desk.identity["scopes"] = "pages_read_engagement"  # known by now, so others say it
    assert health(desk) == []


def test_what_is_nice_to_have_is_only_said_by_the_doctor(desk: Desk) -> None:
    with_app(desk, ("pages_manage_posts", "pages_read_engagement"))
    assert health(desk) == []
    assert {"facebook.no_comments", "facebook.no_insights", "facebook.no_reading"} <= set(doctor(desk))


def test_without_the_app_nobody_tells_what_was_granted(desk: Desk) -> None:
    assert health(desk) == [] and "facebook.scopes_unknown" in doctor(desk)


def test_a_person_tells_it_too_as_long_as_their_token_lasts(desk: Desk, server: Facebook, clock: Clock) -> None:
    desk.secrets["user_token"] = server.state.token(desk.mei, None, ("pages_manage_posts",), timedelta(days=60))
    assert health(desk) == ["account.scopes"] and "pages_manage_posts" in desk.learnt["scopes"].split()
    clock.on(days=61)
    assert health(desk) == [] and "facebook.scopes_unknown" in doctor(desk)


@pytest.mark.parametrize(("subcode", "code"), [
    (458, "facebook.app_removed"), (460, "facebook.password_changed"), (463, "login.expired"),
    (464, "facebook.person_unconfirmed"), (467, "login.expired"), (492, "facebook.role_lost"),
])
def test_each_end_of_a_sign_in_is_worded(desk: Desk, server: Facebook, subcode: int, code: str) -> None:
    server.state.over(desk.token, subcode)
    assert health(desk) == doctor(desk) == [code]


def test_a_checkpointed_person_has_one_line_and_one_way_out(desk: Desk) -> None:
    desk.mei.checkpointed = True
    found = PLATFORM.doctor(desk.access())
    assert [f.code for f in found] == ["facebook.checkpointed"] and found[0].blocks
    ways = PLATFORM.remedies(found[0], desk.access().account)
    assert [(w.kind, w.value) for w in ways] == [("open", "https://www.facebook.com/checkpoint/")]


def test_a_page_that_is_gone(desk: Desk, server: Facebook) -> None:
    server.state.pages.clear()
    assert health(desk) == ["facebook.page_gone"]


def test_a_server_in_trouble_is_said_so(desk: Desk, server: Facebook) -> None:
    server.fault("unavailable")
    assert health(desk) == ["net.server_fault"]
    server.fault("rate_limited", amount=3)
    assert health(desk) == ["net.rate_limited"]


def test_a_new_user_name_and_data_that_end_soon(desk: Desk, clock: Clock) -> None:
    with_app(desk)
    desk.page.username = "thebookshop"
    assert health(desk) == ["account.renamed"]
    desk.page.username = "bookshop"
    inspected = desk.server.state.inspected
    soon = int((clock.at + timedelta(days=3)).timestamp())
    desk.server.state.inspected = lambda token: {  # type: ignore[method-assign]
        **inspected(token), "data_access_expires_at": str(soon)}
    found = PLATFORM.health(desk.access())
    assert [(f.code, f.values) for f in found] == [("facebook.data_ends", {"day": "2026-11-27"})]


def test_every_line_that_needs_one_has_a_fix() -> None:
    account = Account("a", "facebook", identity={"id": "1122", "app": "77"})
    for code in ("account.scopes", "facebook.password_changed", "facebook.role_lost", "facebook.no_comments"):
        assert [w.kind for w in PLATFORM.remedies(Finding(code), account)] == ["sign_in"]
    assert PLATFORM.remedies(Finding("facebook.app_mode"), account)[0].value.endswith("/apps/77/")
    assert "pages_manage_posts" in PLATFORM.remedies(Finding("facebook.scopes_unknown"), account)[0].value
    assert PLATFORM.remedies(Finding("facebook.version"), account) == ()


def test_the_address_of_the_page() -> None:
    assert page(Account("a", "facebook", identity={"id": "1122", "username": "b"})) == "https://www.facebook.com/b"
    assert page(Account("a", "facebook", identity={"id": "1122"})) == "https://www.facebook.com/1122"
    assert page(Account("a", "facebook")) == "https://www.facebook.com"
