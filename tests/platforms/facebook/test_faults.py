"""What each refusal means: by code, subcode and is_transient, whatever the HTTP status says."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.errors import Later, Problem, Refused, SignInAgain
from studio.platforms.facebook.faults import fault_of, number, problem, wait_of
from studio.platforms.transport import LONGEST, MaybeSent, Response

TOKEN = {"access_token": "EAAB-a-secret-of-mine"}


def said(code: Any, subcode: Any = 0, status: int = 400, **more: Any) -> Response:
    body = {"message": "no", "type": "OAuthException", "code": code, "error_subcode": subcode, **more}
    return Response(status, {}, json.dumps({"error": body}).encode(), "https://graph.facebook.com/v25.0/1/feed")


def meant(response: Response) -> tuple[type[Problem], str]:
    found = problem(response, TOKEN)
    return type(found), found.findings[0].code


@pytest.mark.parametrize("status", [200, 400, 401, 403, 500])
@pytest.mark.parametrize(("code", "subcode", "kind", "finding"), [
    (1, 0, MaybeSent, "facebook.busy"), (2, 0, MaybeSent, "facebook.busy"),
    (4, 0, Later, "net.rate_limited_unknown"), (17, 0, Later, "net.rate_limited_unknown"),
    (32, 0, Later, "net.rate_limited_unknown"), (341, 0, Later, "net.rate_limited_unknown"),
    (613, 1996, Later, "net.rate_limited_unknown"), (80001, 0, Later, "net.rate_limited_unknown"),
    (3, 0, Refused, "account.not_allowed"), (10, 0, Refused, "account.not_allowed"),
    (200, 0, Refused, "account.not_allowed"), (283, 0, Refused, "account.not_allowed"),
    (299, 0, Refused, "account.not_allowed"),
    (100, 0, Refused, "platform.refused"), (104, 0, Refused, "platform.refused"),
    (102, 0, SignInAgain, "login.expired"), (190, 0, SignInAgain, "login.expired"),
    (190, 459, SignInAgain, "facebook.checkpointed"), (190, 460, SignInAgain, "facebook.password_changed"),
    (190, 463, SignInAgain, "login.expired"), (102, 464, SignInAgain, "facebook.person_unconfirmed"),
    (190, 458, SignInAgain, "facebook.app_removed"), (190, 492, SignInAgain, "facebook.role_lost"),
    (368, 0, Refused, "facebook.blocked"), (368, 1390008, Refused, "facebook.blocked"),
    (100, 1404102, Refused, "facebook.blocked"), (100, 1404078, Refused, "facebook.check_needed"),
    (506, 1455006, Refused, "facebook.duplicate"), (324, 0, Refused, "facebook.photo_refused"),
    (100, 1366046, Refused, "facebook.photo_refused"), (1609005, 0, Refused, "facebook.link_refused"),
    (100, 2061006, Refused, "facebook.link_refused"), (382, 0, Refused, "facebook.video_refused"),
    (100, 1363128, Refused, "facebook.video_refused"), (6000, 1363042, Refused, "facebook.video_refused"),
    (100, 1363030, MaybeSent, "facebook.busy"), (100, 1609010, MaybeSent, "facebook.busy"),
    ("190", "459", SignInAgain, "facebook.checkpointed"),
])
def test_the_code_says_it_and_the_status_does_not(
    code: Any, subcode: Any, kind: type[Problem], finding: str, status: int
) -> None:
    assert meant(said(code, subcode, status)) == (kind, finding)


@pytest.mark.parametrize(("code", "status", "kind", "finding"), [
    (300, 200, Refused, "platform.refused"), (300, 400, Refused, "platform.refused"),
    (300, 500, MaybeSent, "facebook.busy"), (300, 503, MaybeSent, "facebook.busy"),
    (0, 400, MaybeSent, "facebook.busy"), (None, 400, MaybeSent, "facebook.busy"),
    (-1, 500, MaybeSent, "facebook.busy"),
])
def test_a_code_nobody_knows_in_a_broken_answer_is_no_refusal(
    code: Any, status: int, kind: type[Problem], finding: str
) -> None:
    assert meant(said(code, 0, status)) == (kind, finding)


@pytest.mark.parametrize("yes", [True, "true"])
def test_what_is_transient_may_have_been_done(yes: object) -> None:
    assert meant(said(100, is_transient=yes)) == (MaybeSent, "facebook.busy")
    assert meant(said(32, is_transient=yes))[1] == "net.rate_limited_unknown"
    assert meant(said(190, 459, is_transient=yes))[1] == "facebook.checkpointed"


def test_a_page_instead_of_an_answer_says_nothing() -> None:
    for body in (b"<html>502</html>", b"", b"[1]", b"{}", b'{"error": "text"}', b"\xff\xfe{"):
        response = Response(400, {}, body, "https://graph.facebook.com/v25.0/me")
        assert fault_of(response) is None and meant(response) == (MaybeSent, "net.server_fault")


def test_the_words_for_people_come_first_and_no_secret_is_among_them() -> None:
    told = problem(said(100, error_user_msg="Shorter,\nplease"), TOKEN).findings[0]
    assert told.values["reason"] == "Shorter, please"
    leaked = problem(said(100, message=f"bad token {TOKEN['access_token']} {'x' * 900}"), TOKEN).findings[0]
    assert "secret-of-mine" not in str(leaked) and len(str(leaked.values["reason"])) <= 240
    assert problem(said(100, message="", status=400), TOKEN).findings[0].values["reason"] == "100"


def test_an_id_that_looks_like_a_code_is_none() -> None:
    """A client was seen that looks for 490 anywhere in the body."""
    assert meant(said(100, message="object 490190368 is odd"))[1] == "platform.refused"


@pytest.mark.parametrize(("header", "after"), [
    ('{"1122":[{"type":"pages","call_count":97,"estimated_time_to_regain_access":12}]}', 720),
    ('{"1":[{"estimated_time_to_regain_access":"3"}],"2":[{"estimated_time_to_regain_access":9}]}', 540),
    ('{"1":[{"estimated_time_to_regain_access":0}]}', None), ("nonsense", None), ("", None), ('{"1":3}', None),
    ('{"1":[{"estimated_time_to_regain_access":99999999}]}', LONGEST),
])
def test_how_long_to_wait_is_in_minutes(header: str, after: float | None) -> None:
    assert wait_of({"x-business-use-case-usage": header}) == after
    limited = problem(replace(said(32), headers={"x-business-use-case-usage": header}), TOKEN)
    assert isinstance(limited, Later) and limited.after == after


@given(st.binary(max_size=200) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["error", "code", "error_subcode", "debug_info", "error_data", "message", "is_transient"]),
        inner, max_size=4), max_leaves=12,
).map(lambda data: json.dumps(data).encode()))
def test_no_answer_is_a_fault_of_ours(body: bytes) -> None:
    found = problem(Response(400, {}, body, "https://graph.facebook.com/x"), TOKEN)
    assert isinstance(found, Problem) and found.findings


@given(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9))
def test_a_number_is_one_or_the_default(value: Any) -> None:
    assert isinstance(number(value), int)
