"""What an answer is by its status and its code together."""

from __future__ import annotations

import json
from typing import Any

import pytest

from studio.core.errors import Later, Refused
from studio.platforms.transport import MaybeSent, Response
from studio.platforms.wechat.codes import code_of, finishing, parsed, trouble

SECRETS = {"app_id": "wx0123456789abcdef", "app_secret": "s3cret-of-the-app", "access_token": "78_a-token-of-mine"}


def said(status: int, body: Any) -> Response:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Response(status, {}, raw, "https://api.weixin.qq.com/cgi-bin/freepublish/submit")


@pytest.mark.parametrize("status", [200, 400, 500, 502])
@pytest.mark.parametrize("code", [40001, 40007, 40164, 45009, 48001, 53503, 53600, -1, "45009"])
def test_a_code_that_is_known_says_it_whatever_the_status(status: int, code: Any) -> None:
    assert code_of(parsed(said(status, {"errcode": code, "errmsg": "no"}))) == int(code)


@pytest.mark.parametrize("body", [{"errcode": 12345, "errmsg": "no"}, {"errcode": 0}, {"errcode": None}, {}, b"<html>"])
def test_a_code_nobody_knows_in_a_broken_answer_is_no_refusal(body: Any) -> None:
    with pytest.raises(MaybeSent) as lost:
        parsed(said(502, body))
    assert lost.value.findings[0].code == "net.server_fault"


def test_other_answers_are_typed() -> None:
    assert parsed(said(200, {"publish_id": 1})) == {"publish_id": 1}
    assert code_of(parsed(said(200, {"errcode": 12345}))) == 12345
    with pytest.raises(Refused):
        parsed(said(403, b"<html>"))
    for body in (b"<html>", b"", b"[1]"):
        with pytest.raises(Later):
            parsed(said(200, body))


@pytest.mark.parametrize("code", [-1, 40001, 40125, 40164, 45009, 48001, 53503, 44003])
def test_no_secret_is_in_what_is_said(code: int) -> None:
    said = f"no: {' '.join(SECRETS.values())} hint: [x] rid: 6584fd9e-56fbbc7e-310e0214 {'y' * 900}"
    for meaning in (trouble, finishing):
        values = meaning({"errcode": code, "errmsg": said}, SECRETS).findings[0].values
        assert not any(secret in str(values) for secret in SECRETS.values())
        assert values["rid"] == "6584fd9e-56fbbc7e-310e0214" and len(str(values["reason"])) <= 240
