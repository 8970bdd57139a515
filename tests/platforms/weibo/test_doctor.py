"""Whether an account is usable, in lines, each with its one remedy."""

from __future__ import annotations

from typing import Any

import pytest

from studio.core.finding import Finding, blocking, error
from studio.services import words
from tests.platforms.weibo.desk import PLATFORM, Desk
from tests.servers.faultproxy import FaultProxy


def doctor(desk: Desk) -> dict[str, Finding]:
    return {f.code: f for f in PLATFORM.doctor(desk.access())}


def remedies(desk: Desk, code: str, **values: Any) -> list[tuple[str, str]]:
    return [(r.kind, r.value) for r in PLATFORM.remedies(error(code, "", **values), desk.account)]


def test_an_account_that_is_well(desk: Desk) -> None:
    assert PLATFORM.health(desk.access()) == ()
    found = doctor(desk)
    assert list(found) == ["doctor.signed_in", "weibo.safe_domain", "weibo.way_by_api"]
    assert {f.severity for f in found.values()} == {"info"} and desk.server.calls() == []


def test_what_the_app_lacks(desk: Desk) -> None:
    del desk.identity["safe_domain"]
    desk.identity["reviewed"] = "no"
    found = doctor(desk)
    assert {"weibo.safe_domain_missing", "weibo.test_only"} < found.keys() and not blocking(found.values())


@pytest.mark.parametrize("strings", [False, True])
@pytest.mark.parametrize("state", ["expired", "revoked", "unreviewed code", "down", "none"])
def test_an_account_that_is_not(desk: Desk, state: str, strings: bool) -> None:
    desk.server.strings = strings
    if state == "expired":
        desk.clock.on(days=8)
    if state == "revoked":
        desk.server.state.tokens[desk.token].refused = 21319
    if state == "unreviewed code":
        desk.server.fault("error", only="token_info", code=21321, times=2)
    if state == "down":
        desk.server.fault("5xx_before", only="token_info", times=2)
    access = desk.access(secrets={} if state == "none" else None)
    codes = [f.code for f in PLATFORM.health(access)]
    named = {"unreviewed code": "weibo.unreviewed", "down": "net.server_fault"}
    assert codes == [named.get(state, "login.expired")]
    lines = PLATFORM.doctor(access)
    assert lines[0].code == codes[0] and "doctor.signed_in" not in [f.code for f in lines]
    assert desk.token not in str(lines)


@pytest.mark.parametrize("code", [10023, 10009])
def test_a_pause_is_no_fault_of_the_account(desk: Desk, code: int) -> None:
    """The calls of today are used up, or Weibo is busy: what goes out tomorrow is not stopped by it."""
    desk.server.fault("error", only="token_info", code=code, times=2)
    found = PLATFORM.health(desk.access())
    assert [(f.code, f.severity) for f in found] == [
        ("weibo.rate" if code == 10023 else "weibo.busy", "warning")]
    assert "doctor.signed_in" not in doctor(desk)


@pytest.mark.parametrize("left", ["0", -5])
def test_a_token_that_ended_is_told_by_what_is_left_of_it(desk: Desk, proxy: FaultProxy, left: object) -> None:
    proxy.change(lambda status, data: (status, {**data, "expire_in": left}), only="token_info")
    assert [f.code for f in PLATFORM.health(desk.access(url=proxy.url))] == ["login.expired"]


def test_a_token_of_another_account(desk: Desk) -> None:
    desk.identity["uid"] = "1"
    found = PLATFORM.health(desk.access())
    assert [f.code for f in found] == ["weibo.other_account"] and found[0].blocks


def test_each_line_has_one_remedy(desk: Desk) -> None:
    assert remedies(desk, "weibo.no_safe_address") == [("copy", "https://example.com/")]
    assert remedies(desk, "login.expired") == [("sign_in", "")]
    assert remedies(desk, "weibo.video_by_hand") == remedies(desk, "weibo.pictures_left_out") == [("by_hand", "")]
    for code in ("weibo.test_only", "weibo.unreviewed", "weibo.domain_not_bound", "weibo.safe_domain_missing"):
        assert remedies(desk, code) == [("open", "https://open.weibo.com/apps")]
    assert remedies(desk, "net.down") == [] == remedies(desk, "weibo.duplicate")
    for finding in PLATFORM.doctor(desk.access()):
        assert words.say(finding, "zh_CN") != finding.code


def test_where_its_posts_are(desk: Desk) -> None:
    from dataclasses import replace

    assert PLATFORM.page(desk.account, desk.folder) == f"https://weibo.com/{desk.mei.uid}"
    assert PLATFORM.page(replace(desk.account, identity={}), desk.folder) == "https://weibo.com"
