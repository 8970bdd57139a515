"""What an error means, in both forms, whatever stands in it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.errors import Later, Problem, Refused, SignInAgain
from studio.platforms.douyin import codes
from studio.platforms.transport import MaybeSent, Response
from tests.platforms.fakes import NOW

SAMPLES = [
    {"data": {"error_code": 2100005, "description": "Parameter error"},
     "extra": {"error_code": 2100005, "description": "Parameter error", "sub_error_code": 0, "now": 1594015876138}},
    {"data": {"error_code": "2100005", "description": "Parameter error"}, "extra": {"error_code": "0"}},
    {"data": {"error_code": 0}, "extra": {"error_code": 2100005, "description": "Parameter error"}},
    {"data": None, "extra": {"error_code": 2100005, "description": "Parameter error"}},
    {"err_no": 2100005, "err_msg": "Parameter error", "log_id": "x", "data": None},
]


def opened(body: object, status: int = 200, secrets: Any = None) -> dict[str, Any]:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return codes.opened(Response(status, {}, raw, "https://open.douyin.com/x"), secrets or {}, NOW)


@pytest.mark.parametrize("body", SAMPLES)
def test_an_error_is_found_wherever_it_stands(body: object) -> None:
    for status in (200, 400):
        with pytest.raises(codes.BadInput) as bad:
            opened(body, status)
        assert bad.value.findings[0].values["error"] == "2100005"


@pytest.mark.parametrize("body", [
    {"data": {"a": 1}, "message": "success"}, {"data": {"error_code": 0, "a": 1}}, {"data": {"error_code": "0"}},
    {"data": {"schema": "x"}, "err_no": 0, "err_msg": ""}, {"data": None, "err_no": 0},
])
def test_what_is_good_is_given_back(body: dict[str, Any]) -> None:
    assert opened(body) == (body["data"] or {})


@pytest.mark.parametrize("body", [b"", b"<html>", b"[1]", b"7", {"hello": "world"}, {"data": None}, {"data": [1]}])
def test_what_cannot_be_read_may_have_been_done(body: object) -> None:
    with pytest.raises(MaybeSent):
        opened(body)


@pytest.mark.parametrize(("status", "problem"), [
    (401, SignInAgain), (403, codes.NotPermitted), (404, Refused), (413, Refused), (408, MaybeSent), (500, MaybeSent),
    (504, MaybeSent),
])
def test_a_bare_status_speaks_where_no_body_does(status: int, problem: type[Problem]) -> None:
    for body in (b"", b"<html>"):
        with pytest.raises(problem):
            opened(body, status)


TABLE = {  # the status-code page as it was read: the code, what it asks for, what is said
    (SignInAgain, "login.expired"): "10008 2190002 2190008 28001003 28001008",
    (SignInAgain, "douyin.refresh_dead"): "10010 10020",
    (SignInAgain, "douyin.not_granted"): "2190003 28001012",
    (Refused, "authorize.code_refused"): "10007",
    (Refused, "douyin.app"): "10002 10005 10003 10013 10006 10011 10012 10014 10015 10017 2190015 28001015 28001017 "
                             "28001020 28001021 28004020",
    (codes.NotPermitted, "douyin.not_permitted"): "10004 2190004 28001014 28001018 2100007 2190016 28001016 28001019 "
                                                  "28001056 28001042 2112001",
    (MaybeSent, "douyin.busy"): "2100004 28001005 28001006",
    (codes.BadInput, "platform.refused"): "2100005 28001007",
    (Refused, "account.closed"): "2100009 28001045 28001046 28001047 2114005",
    (Later, "douyin.quota"): "2190001 28003017 2114007", (Later, "douyin.too_often"): "28003018",
    (Later, "douyin.slow_down"): "28001052", (Refused, "media.too_big_for_server"): "2190005",
    (Refused, "douyin.video_too_long"): "2190006", (codes.NoSuchVideo, "douyin.upload_gone"): "2190007",
    (Refused, "platform.refused"): "2111001 2111002 2111003 2111004 2111005 2111006 2111007 2113001 2113002 4711",
}


@pytest.mark.parametrize(("kind", "said", "code"), [
    (kind, said, int(code)) for (kind, said), listed in TABLE.items() for code in listed.split()
])
def test_a_code_asks_for_what_the_page_says(kind: type[Problem], said: str, code: int) -> None:
    found = codes.meaning(codes.Said(code, "why"), "host", {}, NOW)
    assert isinstance(found, kind) and [f.code for f in found.findings] == [said]
    assert isinstance(found, MaybeSent) is (kind is MaybeSent)  # everything else was definitely not done


def test_every_documented_code_has_one_meaning() -> None:
    groups = [codes.APP, codes.EXPIRED, codes.NOT_PERMITTED, codes.NOT_GRANTED, codes.BUSY, codes.INPUT, codes.CLOSED,
              codes.QUOTA, {codes.CODE_USED, codes.REFRESH_DEAD, codes.RENEWALS_USED, codes.RATE, codes.RISK,
                            codes.TOO_BIG, codes.TOO_LONG, codes.NO_SUCH_VIDEO}]
    every = [code for group in groups for code in group]
    assert len(every) == len(set(every)) and len(every) > 50
    for code in every:
        found = codes.meaning(codes.Said(code, "why"), "host", {}, NOW)
        assert isinstance(found, Refused | Later | SignInAgain) and len(found.findings) == 1


def test_busy_is_not_known_to_be_undone() -> None:
    for code in codes.BUSY:
        assert isinstance(codes.meaning(codes.Said(code), "h", {}, NOW), MaybeSent)


def test_no_secret_of_ours_comes_back_in_words() -> None:
    secrets = {"access_token": "act.very-secret", "client_secret": "hush-hush"}
    body = {"data": {"error_code": 10013, "description": "act.very-secret is not hush-hush\x00\n"}}
    with pytest.raises(Refused) as refused:
        opened(body, secrets=secrets)
    assert refused.value.findings[0].values["reason"] == "… is not … (10013)"


@given(st.integers(-10**12, 10**12))
def test_numbers_come_as_numbers_or_as_text(value: int) -> None:
    assert codes.number(value) == codes.number(str(value)) == codes.number(f" {value} ") == value
    assert codes.number(float(value)) == value and codes.number(value + 0.5) is None


@given(st.text() | st.none() | st.booleans() | st.lists(st.integers()))
def test_anything_else_is_no_number(value: Any) -> None:
    found = codes.number(value)
    assert found is None or str(value).strip().lstrip("+-").replace("_", "").isdigit()


@given(st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2040, 1, 1), timezones=st.just(UTC)))
def test_midnight_is_within_a_day(now: datetime) -> None:
    assert 0 < codes.until_midnight(now) <= 86_400


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=9),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
                        st.sampled_from(["data", "extra", "error_code", "description", "err_no", "err_msg"]), inner)))
def test_no_answer_breaks_it(body: object) -> None:
    try:
        assert isinstance(opened(body), dict)
    except Problem as problem:
        assert problem.findings
