"""Signing in, what the doctor finds, and the one fix of each line."""

from __future__ import annotations

import re
from typing import Any

import pytest

from studio.core.errors import Later, Refused
from studio.core.finding import Finding, error
from studio.core.post import Account
from studio.platforms.transport import Transport
from studio.platforms.wechat.codes import address_of
from studio.services import words
from tests.platforms.wechat.desk import PLATFORM, Desk
from tests.servers.wechat import WeChat

ACCOUNT = Account("a", "wechat")


def lines(desk: Desk) -> dict[str, Finding]:
    return {finding.code: finding for finding in PLATFORM.doctor(desk.access())}


def login(server: WeChat, **more: str) -> Any:
    fields = {"app_id": server.state.app_id, "app_secret": server.state.secret, **more}
    return PLATFORM.login(fields, server.url, Transport(server.url, attempts=1))


def test_signing_in_gives_a_token_and_learns_what_the_account_may() -> None:
    with WeChat() as server:
        done = login(server, app_secret=f" {server.state.secret}\n")
        assert set(done.secrets) == {"app_id", "app_secret", "access_token", "ends"}
        assert done.handle == server.state.app_id and done.identity["publish"] == "yes"
        server.state.verified = False
        assert login(server).identity["publish"] == "no"


@pytest.mark.parametrize(("more", "field", "code"), [
    ({"app_id": "wx0000000000000000"}, "app_id", "wechat.app_id"), ({"app_id": ""}, "app_id", "wechat.app_id"),
    ({"app_secret": "wrong"}, "app_secret", "wechat.secret"), ({"app_secret": ""}, "app_secret", "wechat.secret"),
])
def test_what_is_wrong_is_said_on_its_field(more: dict[str, str], field: str, code: str) -> None:
    with WeChat() as server, pytest.raises(Refused) as refused:
        login(server, **more)
    assert [(f.field, f.code) for f in refused.value.findings] == [(field, code)]


def test_signing_in_from_an_address_that_is_not_listed_names_it() -> None:
    with WeChat() as server:
        server.state.listed = set()
        with pytest.raises(Refused) as refused:
            login(server)
    assert refused.value.findings[0].values["address"] == "203.0.113.7"


@pytest.mark.parametrize(("code", "kind"), [(45009, Later), (-1, Later), (89503, Refused), (89507, Refused)])
def test_other_answers_to_a_sign_in_are_typed(code: int, kind: type[Exception]) -> None:
    with WeChat() as server:
        server.state.codes["/cgi-bin/stable_token"] = [code]
        with pytest.raises(kind):
            login(server)


def test_a_healthy_account_is_told_so_line_by_line(desk: Desk, server: WeChat) -> None:
    found = lines(desk)
    assert {f.severity for f in found.values()} == {"info"}
    assert set(found) == {
        "wechat.address_known", "wechat.token_good", "wechat.can_publish", "wechat.drafts", "wechat.quota",
        "wechat.library", "wechat.has_comments", "wechat.statistics_yes"}
    assert desk.learnt == {"publish": "yes", "drafts": "yes", "comments": "yes", "statistics": "yes"}
    assert PLATFORM.health(desk.access()) == ()
    assert server.state.stored == [] and server.state.drafts == {}, "nothing was changed"


def test_an_unverified_account_is_told_what_is_left_to_it(desk: Desk, server: WeChat) -> None:
    server.state.verified = False
    found = lines(desk)
    assert found["wechat.no_publish"].severity == "warning" and desk.learnt["publish"] == "no"
    assert {"wechat.no_comments", "wechat.statistics_no", "wechat.drafts"} <= set(found)
    assert PLATFORM.health(desk.access()) == (), "drafts can still be made"
    assert [r.kind for r in PLATFORM.remedies(found["wechat.no_publish"], ACCOUNT)] == ["by_hand"]


def test_an_address_that_is_not_listed_can_be_copied(desk: Desk, server: WeChat) -> None:
    server.state.listed = {"198.51.100.1"}
    found = PLATFORM.doctor(desk.access())
    assert [f.code for f in found] == ["wechat.address"] == [f.code for f in PLATFORM.health(desk.access())]
    copy, open_ = PLATFORM.remedies(found[0], ACCOUNT)
    assert (copy.kind, copy.value) == ("copy", "203.0.113.7")
    assert open_.kind == "open" and open_.value.startswith("https://developers.weixin.qq.com")
    assert "203.0.113.7" in words.say(found[0], "zh_CN")


@pytest.mark.parametrize(("message", "address"), [
    ("invalid ip 47.114.108.244 ipv6 ::ffff:47.114.108.244, not in whitelist rid: 5fb21886-7daecfa3", "47.114.108.244"),
    ("invalid ip 2001:db8::17, not in whitelist", "2001:db8::17"), ("not in whitelist", ""),
])
def test_the_address_is_read_out_of_the_message(message: str, address: str) -> None:
    assert address_of(message) == address


def test_a_wrong_secret_leads_to_a_new_sign_in(desk: Desk, server: WeChat) -> None:
    server.state.secret = "changed"
    found = PLATFORM.doctor(desk.access())
    assert [f.code for f in found] == ["wechat.secret"]
    assert PLATFORM.remedies(found[0], ACCOUNT)[0].kind == "sign_in"


def test_a_quota_is_watched(desk: Desk, server: WeChat) -> None:
    server.state.quota["/cgi-bin/draft/add"] = 0
    assert lines(desk)["wechat.quota_used"].values == {"call": "draft/add", "limit": 1000}
    assert lines(desk)["wechat.quota_used"].severity == "warning", "tomorrow there are new ones"
    assert PLATFORM.health(desk.access()) == ()
    server.state.quota["/cgi-bin/draft/add"] = 50
    assert lines(desk)["wechat.quota_low"].values["remain"] == 50
    server.state.codes["/cgi-bin/openapi/quota/get"] = [48001, 48001, 48001]
    assert not {"wechat.quota", "wechat.quota_low"} & set(lines(desk)), "not told is not wrong"


def test_a_full_library_is_seen_coming(desk: Desk, server: WeChat) -> None:
    server.state.library = 99_000
    assert lines(desk)["wechat.library_nearly"].severity == "warning"


def test_comments_that_were_never_opened(desk: Desk, server: WeChat) -> None:
    server.state.comments_open = False
    assert "wechat.no_comments" in lines(desk) and desk.learnt["comments"] == "no"


@pytest.mark.parametrize(("path", "good", "learnt"), [
    ("/cgi-bin/comment/list", "wechat.has_comments", "comments"),
    ("/datacube/getarticletotaldetail", "wechat.statistics_yes", "statistics"),
])
def test_a_question_that_was_not_answered_is_no_yes(
    desk: Desk, server: WeChat, path: str, good: str, learnt: str
) -> None:
    server.state.codes[path] = [45009]
    found = lines(desk)
    assert good not in found and found["wechat.quota_day"].severity == "warning" and learnt not in desk.learnt


def test_numbers_as_texts_change_nothing(desk: Desk, server: WeChat) -> None:
    server.state.strings = True
    assert {f.severity for f in lines(desk).values()} == {"info"}


def test_one_line_that_cannot_be_read_hides_no_other(desk: Desk, server: WeChat) -> None:
    server.state.codes["/cgi-bin/draft/count"] = [45011]
    found = lines(desk)
    assert {"wechat.quota_minute", "wechat.can_publish", "wechat.library"} <= set(found)
    assert found["wechat.quota_minute"].severity == "warning"


def test_where_nobody_answers_nothing_is_said_of_the_account(desk: Desk, server: WeChat) -> None:
    server.fail("drop_before", "/cgi-bin/stable_token", times=2)
    with pytest.raises(Later):
        PLATFORM.doctor(desk.access())
    assert [f.severity for f in PLATFORM.health(desk.access())] == ["error"]


def test_an_account_without_drafts_goes_by_hand(desk: Desk, server: WeChat) -> None:
    server.state.codes["/cgi-bin/draft/count"] = [48001]
    found = lines(desk)["wechat.no_drafts"]
    assert found.blocks and desk.learnt["drafts"] == "no"


def test_a_platform_that_does_not_say_whether_it_publishes_is_no_reason_to_stop() -> None:
    with WeChat() as server:
        server.state.codes["/cgi-bin/freepublish/batchget"] = [45011]
        assert "publish" not in login(server).identity


def test_every_line_begins_with_a_sentence_and_errors_have_a_fix(desk: Desk) -> None:
    table = re.findall(r"^(wechat\.[a-z_]+)\t(.+?)\t", (
        words._HERE / "platforms" / "wechat" / "findings.tsv").read_text("utf-8"), re.MULTILINE)
    assert len(table) > 60 and all(english.endswith((".", "”.")) for _, english in table)
    for code in ("wechat.address", "wechat.secret", "wechat.app_id", "wechat.no_publish", "wechat.no_drafts",
                 "wechat.quota_used", "wechat.library_nearly", "wechat.admin", "wechat.banned", "wechat.limited"):
        assert PLATFORM.remedies(error(code, "account", address="1.2.3.4"), ACCOUNT), code
