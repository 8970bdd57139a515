"""How an account is, and the one thing to do about each line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from studio.core.finding import Finding, error
from tests.platforms.douyin.desk import PLATFORM, Desk
from tests.platforms.fakes import Offline, access
from tests.servers.douyin import Douyin


def said(found: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(f.code, f.severity) for f in found]


def test_an_account_that_may_publish(desk: Desk) -> None:
    assert PLATFORM.health(desk.access()) == ()
    assert said(PLATFORM.doctor(desk.access())) == [("douyin.may_publish", "info"), ("doctor.signed_in", "info")]


def test_one_that_nobody_signed_in_to(desk: Desk, tmp_path: Path) -> None:
    nobody = access(desk.account, Offline(), tmp_path)
    assert said(PLATFORM.doctor(nobody)) == [("login.expired", "error")]
    assert PLATFORM.doctor(replace(nobody, account=replace(desk.account, mode="assisted"))) == ()


def test_a_dead_refresh_token(desk: Desk, server: Douyin) -> None:
    server.state.expire()
    server.state.refreshes.clear()
    assert said(PLATFORM.doctor(desk.access())) == [("douyin.refresh_dead", "error")]
    assert desk.learnt["sign_in"] == "over"


def test_tokens_of_unknown_age_are_refreshed_and_tell_the_rights(desk: Desk, server: Douyin) -> None:
    desk.sign_in(None)
    desk.secrets["ends"] = ""
    assert PLATFORM.health(desk.access()) == ()
    assert "video.create.bind" in desk.learnt["scopes"].split() and desk.secrets["ends"]
    PLATFORM.health(desk.access())
    assert len(server.calls("oauth/refresh_token")) == 1


def test_a_token_that_is_over_is_refreshed(desk: Desk, server: Douyin) -> None:
    server.state.expire()
    assert PLATFORM.health(desk.access()) == () and len(server.calls("oauth/refresh_token")) == 1


def test_the_last_days_of_a_refresh_token(desk: Desk) -> None:
    desk.sign_in(["user_info", "video.create.bind", "video.list.bind"])
    desk.clock.on(days=14)
    assert said(PLATFORM.health(desk.access())) == []
    desk.clock.on(days=12)
    found = PLATFORM.health(desk.access())
    assert said(found) == [("douyin.ends_soon", "warning")] and found[0].values["days"] == 4
    desk.sign_in()
    desk.clock.on(days=26)
    assert said(PLATFORM.health(desk.access())) == []  # it can be made anew


def test_what_was_remembered_of_the_sign_in_is_said_or_put_right(desk: Desk) -> None:
    desk.sign_in(sign_in="ending")
    assert said(PLATFORM.health(desk.access())) == [("douyin.refresh_dead", "warning")]
    desk.sign_in(sign_in="over")  # and yet Douyin takes the token
    assert PLATFORM.health(desk.access()) == () and desk.learnt["sign_in"] == ""


def test_rights_to_read_are_missing(desk: Desk) -> None:
    desk.sign_in(["user_info", "video.create.bind"])
    found = PLATFORM.doctor(desk.access())
    assert said(found)[0] == ("douyin.blind", "warning") and "video.list.bind" in str(found[0].values["scopes"])


@pytest.mark.parametrize(("base", "fault", "line"), [
    ("https://files.example.com", "", ("douyin.shares", "info")), ("ftp://x", "", ("douyin.storage", "warning")),
    ("https://files.example.com", "28001018", ("douyin.no_share", "warning")),
])
def test_whether_codes_can_be_made(desk: Desk, server: Douyin, base: str, fault: str, line: tuple[str, str]) -> None:
    desk.sign_in(**{"set.media_base": base})
    if fault:
        server.fault("getticket", fault)
    assert said(PLATFORM.doctor(desk.access()))[0] == line


@pytest.mark.parametrize(("fault", "code"), [
    ("2100009", "account.closed"), ("5xx_before", "net.server_fault"), ("10003", "douyin.app"),
    ("28001052", "douyin.slow_down"),
])
def test_what_is_wrong_is_said_alone(desk: Desk, server: Douyin, fault: str, code: str) -> None:
    server.fault("userinfo", fault)
    assert [c for c, _ in said(PLATFORM.doctor(desk.access()))] == [code]


@pytest.mark.parametrize(("fault", "code"), [
    ("2100004", "douyin.busy"), ("2190001", "douyin.quota"), ("28003018", "douyin.too_often"),
    ("28001052", "douyin.slow_down"),
])
def test_a_pause_is_no_fault_of_the_account(desk: Desk, server: Douyin, fault: str, code: str) -> None:
    """What goes out tomorrow is not stopped by it."""
    server.fault("userinfo", fault)
    assert said(PLATFORM.doctor(desk.access())) == [(code, "warning")]


@pytest.mark.parametrize(("code", "kind"), [
    ("douyin.app", "open"), ("douyin.no_share", "open"), ("douyin.refresh_dead", "sign_in"),
    ("douyin.ends_soon", "sign_in"), ("douyin.not_granted", "sign_in"), ("douyin.blind", "sign_in"),
    ("douyin.no_capability", "by_hand"), ("douyin.not_permitted", "by_hand"), ("account.scopes", "by_hand"),
    ("account.closed", "open"), ("douyin.not_suitable", "open"), ("login.expired", "sign_in"),
])
def test_each_has_one_remedy(desk: Desk, code: str, kind: str) -> None:
    found = PLATFORM.remedies(error(code, "account"), desk.account)
    assert [r.kind for r in found] == [kind] and (kind != "open" or found[0].value.startswith("https://"))
    assert found[0].words.zh_CN and found[0].words.zh_TW


def test_where_the_words_say_it_all_there_is_none(desk: Desk) -> None:
    assert PLATFORM.remedies(error("doctor.signed_in", "account"), desk.account) == ()


def test_its_page_is_the_list_of_works(desk: Desk, tmp_path: Path) -> None:
    assert PLATFORM.page(desk.account, tmp_path) == "https://creator.douyin.com/creator-micro/content/manage"
