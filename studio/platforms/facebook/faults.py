"""What Facebook's refusals mean: by code, subcode and `is_transient`, never by the HTTP status.

Sources: Graph "Error handling", page/photos and page/videos references, video error codes, read 2026-11-22; the
subcodes that only third-party clients were seen to handle are marked so. Errors also come with HTTP 200, and numbers
as text.
"""

from __future__ import annotations

import json as jsonlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from studio.core.errors import Later, Problem, Refused, SignInAgain
from studio.core.finding import error
from studio.platforms.transport import LONGEST, MaybeSent, Response, host_of

_WORDS = 240  # characters of Facebook's own message that are kept
BUSY = (1, 2)
RATE = (4, 17, 32, 341, 613, 80001, 80002)
SESSION = (102, 190)
BLOCKED = 368
DUPLICATE, DUPLICATE_SUB = 506, 1455006
INVALID = 100
_PLAIN = (INVALID, 104)  # a no, whatever the status: 104 is about a signature
BAD_OFFSET = 1363037
_BUSY_SUB = (1363047, 1609010)  # third-party: temporarily unavailable
_TOO_FAST = 1390008  # third-party: posting too fast
PHOTO_USED = 1366051  # third-party: photos already posted
_LOGIN: Mapping[int, str] = {
    458: "facebook.app_removed", 459: "facebook.checkpointed", 460: "facebook.password_changed",
    464: "facebook.person_unconfirmed", 492: "facebook.role_lost",
}  # 463 expired and 467 invalid: what every platform says
_POLICY = (1346003, 1404102)  # third-party: abusive, community standards
_CHECKS = (1404006, 1404078, 1404112, 4854002)  # third-party: security check, page authorisation, limited, identity
_PHOTO, _PHOTO_SUB = (324,), (1366046, 2069019)
_LINK, _LINK_SUB = (1609005,), (2061006, 1609008)
_CLIP = (382, 389, 351, 352, 6000, 6001)
_CLIP_SUB = (
    6000, 1363019, 1363020, 1363022, 1363023, 1363031, 1363040, 1363127, 1363128, 1363129,
)
_CLIP_RIGHTS = (1363005, 1363042)
_CLIP_AGAIN = (1363030, 1363033)  # timed out; only a part arrived


@dataclass(frozen=True, slots=True)
class Fault:
    """The error of an answer. code, subcode: 0 when it has none. data: `error_data`."""

    code: int = 0
    subcode: int = 0
    transient: bool = False
    message: str = ""
    told: str = ""  # meant for people
    data: Mapping[str, Any] = field(default_factory=dict)


def number(value: object, otherwise: int = 0) -> int:
    """A whole number, also one that is written as text."""
    try:
        return int(str(value)) if not isinstance(value, bool) else otherwise
    except ValueError:
        return otherwise


def fault_of(response: Response) -> Fault | None:
    """The error in an answer, whatever its status; None when it is no error in Facebook's form."""
    found = _object(response.body)
    told, upload = found.get("error"), found.get("debug_info")
    if isinstance(told, Mapping):
        return _graph(told)
    if isinstance(upload, Mapping):  # rupload's own form
        retriable = upload.get("retriable") is True or str(upload.get("retriable")).lower() == "true"
        kind = str(upload.get("type") or "")
        return Fault(0, 0, retriable, f"{kind} {upload.get('message') or ''}".strip())
    return None


def _object(raw: bytes) -> Mapping[str, Any]:
    try:
        found = jsonlib.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _graph(told: Mapping[str, Any]) -> Fault:
    data = told.get("error_data")
    if isinstance(data, str):
        data = _object(data.encode())
    transient = told.get("is_transient") is True or str(told.get("is_transient")).lower() == "true"
    return Fault(
        number(told.get("code")), number(told.get("error_subcode")), transient, str(told.get("message") or ""),
        str(told.get("error_user_msg") or ""), data if isinstance(data, Mapping) else {},
    )


def clean(message: str, secrets: Mapping[str, str]) -> str:
    """A message on one short line, without any of our secrets in it."""
    for secret in secrets.values():
        if len(secret) > 3:
            message = message.replace(secret, "…")
    return "".join(c if c.isprintable() else " " for c in message)[:_WORDS].strip()


def problem(response: Response, secrets: Mapping[str, str], field: str = "") -> Problem:
    """What an answer that is an error means, for any call.

    field   what the finding belongs to when the platform says no
    MaybeSent: codes 1 and 2, what is transient, what has no code or, in a broken answer (5xx), one that nobody knows,
    and what is not in Facebook's form. Later: rates. SignInAgain: the token is over. Refused: everything else.
    """
    fault = fault_of(response)
    if fault is None:
        return MaybeSent(error("net.server_fault", "account", host=host_of(response.url), status=response.status))
    if fault.code == BLOCKED or fault.subcode in _POLICY:
        return Refused(error("facebook.blocked", "account", reason=_reason(fault, secrets)))
    if fault.code in RATE or fault.subcode == _TOO_FAST:
        return _limited(response)
    if fault.code in SESSION:
        return SignInAgain(error(_LOGIN.get(fault.subcode, "login.expired"), "account"))
    if fault.code in BUSY or fault.transient or fault.subcode in (*_BUSY_SUB, *_CLIP_AGAIN):
        return MaybeSent(error("facebook.busy", "account", reason=_reason(fault, secrets)))
    return _no(fault, response, secrets, field)


def _reason(fault: Fault, secrets: Mapping[str, str]) -> str:
    """Facebook's words for people, else those for developers, else the code."""
    return clean(fault.told or fault.message, secrets) or str(fault.subcode or fault.code)


def _no(fault: Fault, response: Response, secrets: Mapping[str, str], field: str) -> Problem:
    """A plain no, and what it is about; MaybeSent when it cannot be told whether it is one."""
    host, reason = host_of(response.url), _reason(fault, secrets)
    rights = fault.code in (3, 10) or 200 <= fault.code <= 299
    if fault.subcode in _CHECKS:
        return Refused(error("facebook.check_needed", "account", reason=reason))
    if fault.code == DUPLICATE or fault.subcode == DUPLICATE_SUB:
        return Refused(error("facebook.duplicate", "text"))
    if fault.code in _PHOTO or fault.subcode in _PHOTO_SUB:
        return Refused(error("facebook.photo_refused", field or "media", reason=reason))
    if fault.code in _CLIP or fault.subcode in _CLIP_SUB:
        return Refused(error("facebook.video_refused", field or "media", reason=reason))
    if fault.code in _LINK or fault.subcode in _LINK_SUB:
        return Refused(error("facebook.link_refused", "link", reason=reason))
    if rights or fault.subcode in _CLIP_RIGHTS:
        return Refused(error("account.not_allowed", "account", host=host, reason=reason))
    if not fault.code or (response.status >= 500 and fault.code not in _PLAIN):
        return MaybeSent(error("facebook.busy", "account", reason=reason))
    return Refused(error("platform.refused", field, host=host, error=str(fault.code), reason=reason))


def _limited(response: Response) -> Later:
    """Too many requests. How long: where a header tells it; X-App-Usage has only percents of a rolling hour."""
    after, host = wait_of(response.headers), host_of(response.url)
    if after is None:
        return Later(error("net.rate_limited_unknown", "account", host=host))
    return Later(error("net.rate_limited", "account", host=host, seconds=round(after)), after=after)


def wait_of(headers: Mapping[str, str]) -> float | None:
    """Seconds until calls are taken again, or None. X-Business-Use-Case-Usage:

    {"<page>": [{"type": "pages", "call_count": 97, ..., "estimated_time_to_regain_access": 12}]}, in minutes; read
    2026-11-22 (third-party notes that quote Meta).
    """
    found = _object(headers.get("x-business-use-case-usage", "").encode())
    lines = [line for each in found.values() if isinstance(each, list) for line in each if isinstance(line, dict)]
    minutes = max((number(line.get("estimated_time_to_regain_access")) for line in lines), default=0)
    return min(minutes * 60.0, LONGEST) if minutes > 0 else None
