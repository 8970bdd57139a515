"""Douyin's error codes and what each asks for. Nothing here knows an account.

Source: Douyin open platform, status-code page, and the code tables of its clients, read 2026-11. Errors come with
HTTP 200, as {"data": {"error_code", "description"}, "extra": {...}} or as {"err_no", "err_msg", "data": null}; numbers
may be text.
"""

from __future__ import annotations

import json as jsonlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from studio.core.errors import Later, Problem, Refused, SignInAgain
from studio.core.finding import error
from studio.platforms.douyin.facts import STATUS
from studio.platforms.transport import MaybeSent, Response, host_of

CHINA = timezone(timedelta(hours=8))  # whose midnight ends a day's quota
SLOW = 3600.0  # seconds to wait after its risk control spoke; it does not say how long: our own choice
_WORDS = 160  # characters of its own message that are kept

APP = frozenset({
    10002, 10003, 10005, 10006, 10011, 10012, 10013, 10014, 10015, 10017, 2190015, 28001015, 28001017, 28001020,
    28001021, 28004020,
})
EXPIRED = frozenset({10008, 2190002, 2190008, 28001003, 28001008})
CODE_USED = 10007
REFRESH_DEAD = 10010
RENEWALS_USED = 10020
NOT_PERMITTED = frozenset({
    10004, 2190004, 28001014, 28001018, 2100007, 2190016, 28001016, 28001019, 28001056, 28001042, 2112001,
})
NOT_GRANTED = frozenset({2190003, 28001012})
BUSY = frozenset({2100004, 28001005, 28001006})
INPUT = frozenset({2100005, 28001007})
CLOSED = frozenset({2100009, 28001045, 28001046, 28001047, 2114005})
QUOTA = frozenset({2190001, 28003017, 2114007})
RATE = 28003018
RISK = 28001052
TOO_BIG, TOO_LONG, NO_SUCH_VIDEO = 2190005, 2190006, 2190007


class Expired(SignInAgain):
    """The access token is over; a refreshed one may do."""


class NotGranted(SignInAgain):
    """The person did not allow this call when they signed in."""


class NotPermitted(Refused):
    """The app, or its owner, lacks the capability."""


class BadInput(Refused):
    """A parameter does not fit, which an upload that is gone is called as well."""


class NoSuchVideo(Refused):
    """What was uploaded is not there, or was used for a post already."""


@dataclass(frozen=True, slots=True)
class Said:
    """code 0: no error."""

    code: int
    words: str = ""


def number(value: object) -> int | None:
    """A whole number, also when it is written as text; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    try:
        return int(str(value).strip()) if isinstance(value, str | int) else None
    except ValueError:
        return None


def items_of(found: Mapping[str, Any], name: str = "list") -> list[Mapping[str, Any]]:
    """The objects of a list in an answer; what is none is left out."""
    items = found.get(name)
    return [item for item in items if isinstance(item, Mapping)] if isinstance(items, list) else []


def said(found: Mapping[str, Any]) -> Said | None:
    """The error in an answer, or that there is none; None when it says neither."""
    told = [
        (part.get("error_code"), part.get("description"))
        for part in (found.get("data"), found.get("extra")) if isinstance(part, Mapping)
    ]
    told.append((found.get("err_no"), found.get("err_msg")))
    codes = [(code, words) for value, words in told if (code := number(value)) is not None]
    bad = next(((code, words) for code, words in codes if code), None)
    if bad is not None:
        return Said(bad[0], str(bad[1] or ""))
    return Said(0) if codes else None


def clean(message: str, secrets: Mapping[str, str]) -> str:
    """A message on one short line, without any of our secrets in it."""
    for secret in secrets.values():
        if len(secret) > 5:
            message = message.replace(secret, "…")
    return "".join(c if c.isprintable() else " " for c in message)[:_WORDS].strip()


def opened(response: Response, secrets: Mapping[str, str], now: datetime | None = None) -> dict[str, Any]:
    """The "data" of a good answer, {} where it has none; raises what its error asks for. MaybeSent: it says neither.

    now   for how long a day's quota lasts; None: by this computer's clock
    """
    host = host_of(response.url)
    if response.status >= 500 or response.status == 408:  # it may have acted on what it got
        raise MaybeSent(error("net.server_fault", "account", host=host, status=response.status))
    found = _object(response)
    told = said(found)
    if told is not None and told.code:
        raise meaning(told, host, secrets, now or datetime.now(UTC))
    if not response.ok:
        raise _status(response.status, host)
    data = found.get("data")
    if told is None and not isinstance(data, Mapping):
        raise MaybeSent(error("net.unreadable", "account", host=host, status=response.status))
    return dict(data) if isinstance(data, Mapping) else {}


def _object(response: Response) -> dict[str, Any]:
    """{} for a refusal that is not in the API's form: then its status speaks."""
    try:
        found = jsonlib.loads(response.body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _status(status: int, host: str) -> Problem:
    """What a bare HTTP status means, as its relays and gateways give it."""
    if status == 401:
        return Expired(error("login.expired", "account"))
    if status == 403:
        return NotPermitted(error("douyin.not_permitted", "account", reason="403"))
    if status == 413:
        return Refused(error("media.too_big_for_server", "media", host=host))
    return Refused(error("login.not_this_platform", "account", host=host, status=status))


def meaning(told: Said, host: str, secrets: Mapping[str, str], now: datetime) -> Problem:
    """What an error code asks for, in any call."""
    code, reason = told.code, f"{clean(told.words, secrets)} ({told.code})".strip()
    return (
        _about_us(code, reason) or _about_time(code, reason, now) or _about_files(code, host)
        or Refused(error("platform.refused", "", STATUS, host=host, error=str(code), reason=reason))
    )


def _about_us(code: int, reason: str) -> Problem | None:
    """The app, the sign-in, the account."""
    if code in EXPIRED:
        return Expired(error("login.expired", "account"))
    if code in (REFRESH_DEAD, RENEWALS_USED):
        return SignInAgain(error("douyin.refresh_dead", "account"))
    if code == CODE_USED:
        return Refused(error("authorize.code_refused", "callback", reason=str(code)))
    if code in NOT_GRANTED:
        return NotGranted(error("douyin.not_granted", "account", reason=reason))
    if code in APP:
        return Refused(error("douyin.app", "account", reason=reason))
    if code in NOT_PERMITTED:
        return NotPermitted(error("douyin.not_permitted", "account", reason=reason))
    if code in CLOSED:
        return Refused(error("account.closed", "account", reason=reason))
    return None


def _about_time(code: int, reason: str, now: datetime) -> Problem | None:
    """What another moment may mend. Whether something busy has acted is not known."""
    if code in BUSY:
        return MaybeSent(error("douyin.busy", "account", reason=reason))
    if code in QUOTA:
        return Later(error("douyin.quota", "account", reason=reason), after=until_midnight(now))
    if code == RATE:
        return Later(error("douyin.too_often", "account", reason=reason))
    if code == RISK:
        return Later(error("douyin.slow_down", "account", reason=reason), after=SLOW)
    return None


def _about_files(code: int, host: str) -> Problem | None:
    if code == TOO_BIG:
        return Refused(error("media.too_big_for_server", "media", host=host))
    if code == TOO_LONG:
        return Refused(error("douyin.video_too_long", "media", STATUS, minutes=15))
    if code == NO_SUCH_VIDEO:
        return NoSuchVideo(error("douyin.upload_gone", "media"))
    if code in INPUT:
        return BadInput(error("platform.refused", "", STATUS, host=host, error=str(code), reason=str(code)))
    return None


def until_midnight(now: datetime) -> float:
    """Seconds until the day ends in China, where its quotas are counted."""
    there = now.astimezone(CHINA)
    end = (there + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return (end - there).total_seconds()
