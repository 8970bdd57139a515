"""The doctor's lines, and what to do about each."""

from __future__ import annotations

import pytest

from studio.core.finding import error, info, warning
from studio.core.post import Account
from tests.platforms.mastodon.desk import PLATFORM, Desk
from tests.servers.faultproxy import FaultProxy
from tests.servers.mastodon import Mastodon

FINE = ["mastodon.signed_in", "mastodon.limits", "mastodon.timer"]


def lines(desk: Desk, url: str = "") -> list[tuple[str, str]]:
    return [(f.severity, f.code) for f in PLATFORM.doctor(desk.access(url=url))]


def test_a_server_where_all_is_well(desk: Desk, server: Mastodon) -> None:
    server.state.characters, server.state.most_files = 5000, 16
    found = PLATFORM.doctor(desk.access())
    assert [(f.severity, f.code) for f in found] == [("info", code) for code in (*FINE, "mastodon.keys")]
    assert found[0].values["version"] == "4.5.2" and str(found[0].values["host"]) in server.url
    assert found[1].values == {"characters": 5000, "media": 16} and "own answer" in found[1].source
    assert desk.learnt["characters"] == "5000"
    assert {method for method, _ in server.seen} == {"GET"}


@pytest.mark.parametrize("version", ["4.6.0", "4.6.5"])
def test_a_server_whose_keys_are_not_to_be_trusted(desk: Desk, server: Mastodon, version: str) -> None:
    server.state.version = version
    assert lines(desk) == [("warning", "mastodon.keys_broken"), *(("info", code) for code in FINE)]
    assert desk.learnt["version"] == version and PLATFORM.health(desk.access()) == ()


def test_other_software(desk: Desk, server: Mastodon, proxy: FaultProxy) -> None:
    server.state.version = "2.7.2 (compatible; Akkoma 3.13.2)"
    assert lines(desk)[-1] == ("info", "mastodon.keys_unknown")
    proxy.answer(404, {"error": "Not implemented"}, only="scheduled_statuses", times=2)
    assert ("info", "mastodon.no_timer") in lines(desk, proxy.url)
    proxy.change(lambda status, data: (status, {**data, "configuration": {}}), only="instance", times=2)
    assert ("info", "mastodon.limits_usual") in lines(desk, proxy.url)


def test_an_account_that_is_refused_has_one_line(desk: Desk, server: Mastodon) -> None:
    server.state.tokens[desk.token] = (desk.mei, ("write", "read:accounts"))
    assert lines(desk) == [("error", "account.not_allowed")]
    server.state.tokens.clear()
    assert lines(desk) == [("error", "login.expired")]
    server.down = True
    assert lines(desk) == [("error", "net.server_fault")]


def test_what_health_finds_comes_first(desk: Desk, server: Mastodon) -> None:
    desk.mei.username = "mei2"
    assert lines(desk)[0] == ("warning", "account.renamed") and len(lines(desk)) == 5


def test_each_has_its_one_fix() -> None:
    account = Account("a", "mastodon", identity={"server": "https://example.social"})
    (again,) = PLATFORM.remedies(error("login.expired", "account"), account)
    assert again.kind == "sign_in" and again.words.zh_TW == "重新登入"
    (there,) = PLATFORM.remedies(error("account.closed", "account"), account)
    assert (there.kind, there.value) == ("open", "https://example.social")
    (about,) = PLATFORM.remedies(warning("mastodon.keys_broken", "account"), account)
    assert about.value == "https://example.social/about"
    assert PLATFORM.remedies(error("net.down", "account"), account) == ()
    assert PLATFORM.remedies(info("mastodon.timer", "account"), account) == ()
    assert PLATFORM.remedies(error("account.closed", "account"), Account("a", "mastodon")) == ()
