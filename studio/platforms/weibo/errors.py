"""What Weibo's answers mean.

Source: facts of November 2026, 2.7 (copies of the wiki's Error_code page, weiboclient4j). The body decides, also under
HTTP 200; numbers come as numbers or as text. The rows say what is known of a code, nothing here is invented: a code
that is in none of them is refused in the server's own words.
"""

from __future__ import annotations

import json as jsonlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from studio.core.errors import Later, NotThere, Problem, Refused, SignInAgain
from studio.core.finding import error
from studio.platforms.transport import MaybeSent, Response, host_of

PASSING = (10001, 10002, 10003, 10009, 10010, 10011)
NOT_PERMITTED = (10005, 10012, 10013, 10014)
RATE = {10022: 3600.0, 10023: 3600.0, 10024: 3600.0, 20016: 600.0}  # seconds to wait: our choice, none is told
DUPLICATE = (20017, 20019, 20111)
REJECTED = (20018, 20020, 20021, 21602)
HUMAN = (20022, 20031)
SIGN_IN = (*range(21301, 21320), 21327, 21332)
IN_PERSON = (*NOT_PERMITTED, *HUMAN)  # a post that is refused so can still be made by hand
NOT_BOUND = "appkey not bind domain"
LIVE_BUT_LAGGING = 20032
UNREVIEWED = 21321
REDIRECT = 21322
GONE = (20101, 20201)
NOT_YOURS = (20102, 20104, 20203)
OPEN = ("by", "ends", "redirect_uri", "grant_type")  # what is kept or sent beside the secrets, and is none
_WORDS = 160  # characters of the server's own message that are kept


@dataclass(frozen=True, slots=True)
class Said:
    """An error in Weibo's form. code: 0 when it has none that is a number."""

    code: int
    message: str = ""


def number(value: object) -> int:
    """A number, also as text; 0 for anything else."""
    try:
        return int(value) if isinstance(value, str | int) and not isinstance(value, bool) else 0
    except ValueError:
        return 0


def said(response: Response) -> Said | None:
    """The error in an answer; None when it is not in Weibo's form, or is none."""
    try:
        found = jsonlib.loads(response.body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or "error_code" not in found:
        return None
    if str(found["error_code"]).strip() == "0":
        return None  # a way to say that there is no error
    return Said(number(found["error_code"]), str(found.get("error") or ""))


def clean(message: str, secrets: Mapping[str, str]) -> str:
    """A server's message on one short line, without any of our secrets in it."""
    for name, secret in secrets.items():
        if len(secret) > 3 and name not in OPEN:
            message = message.replace(secret, "…")
    return "".join(c if c.isprintable() else " " for c in message)[:_WORDS].strip()


def trouble(response: Response, secrets: Mapping[str, Any]) -> Problem:
    """What an answer that is not good means, for any call.

    What is not in Weibo's form: SignInAgain (401), else MaybeSent. A passing fault of theirs is a MaybeSent as well:
    whether they had acted by then is not said. So is a code nobody knows, where its server or a relay broke.
    """
    found, where = said(response), host_of(response.url)
    if found is None or not found.code or (response.status >= 500 and found.code not in _MEANINGS):
        if response.status == 401:
            return SignInAgain(error("login.expired", "account"))
        return MaybeSent(error("net.server_fault", "account", host=where, status=response.status))
    reason = clean(found.message, secrets) or str(found.code)
    if make := _MEANINGS.get(found.code):
        return make(found, where, reason)
    return Refused(error("platform.refused", "", host=where, error=str(found.code), reason=f"{reason} ({found.code})"))


Make = Callable[[Said, str, str], Problem]
_MEANINGS: dict[int, Make] = {}


def _of(*codes: int) -> Callable[[Make], Make]:
    def keep(make: Make) -> Make:
        _MEANINGS.update(dict.fromkeys(codes, make))
        return make

    return keep


@_of(*PASSING, LIVE_BUT_LAGGING)
def _passing(found: Said, where: str, reason: str) -> Problem:
    """20032 says that it is published and cannot be seen for a minute or two; the others may have acted or not."""
    return MaybeSent(error("weibo.busy", "account", host=where, reason=f"{reason} ({found.code})"))


@_of(*NOT_PERMITTED)
def _not_permitted(found: Said, where: str, reason: str) -> Problem:
    return Refused(error("weibo.not_permitted", "account", reason=f"{reason} ({found.code})"))


@_of(10004)
def _ip(found: Said, where: str, reason: str) -> Problem:
    return Refused(error("weibo.ip_limited", "account", reason=f"{reason} ({found.code})"))


@_of(10017)
def _value(found: Said, where: str, reason: str) -> Problem:
    """Two of its messages are about the safe domain; the rest is about some other value of ours."""
    message = found.message.lower()
    if "not find domain" in message:
        return Refused(error("weibo.domain_missing_there", "text"))
    if NOT_BOUND in message:
        return Refused(error("weibo.domain_not_bound", "account"))
    return Refused(error("platform.refused", "", host=where, error="10017", reason=f"{reason} (10017)"))


@_of(*RATE)
def _rate(found: Said, where: str, reason: str) -> Problem:
    wait, why = RATE[found.code], f"{reason} ({found.code})"
    return Later(error("weibo.rate", "account", minutes=round(wait / 60), reason=why), after=wait)


@_of(20005)
def _picture_kind(found: Said, where: str, reason: str) -> Problem:
    return Refused(error("weibo.picture_kind", "media[0]"))


@_of(20006)
def _picture_size(found: Said, where: str, reason: str) -> Problem:
    return Refused(error("weibo.picture_size", "media[0]"))


@_of(20008)
def _empty(found: Said, where: str, reason: str) -> Problem:
    return Refused(error("post.empty", "text"))


@_of(20012, 20013)
def _long(found: Said, where: str, reason: str) -> Problem:
    return Refused(error("weibo.too_long_there", "text"))


@_of(20015)
def _blocked(found: Said, where: str, reason: str) -> Problem:
    return Refused(error("weibo.account_blocked", "account", reason=f"{reason} ({found.code})"))


@_of(*DUPLICATE)
def _duplicate(found: Said, where: str, reason: str) -> Problem:
    return Refused(error("weibo.duplicate", "text"))


@_of(*REJECTED)
def _rejected(found: Said, where: str, reason: str) -> Problem:
    return Refused(error("weibo.rejected", "text", reason=f"{reason} ({found.code})"))


@_of(*HUMAN)
def _human(found: Said, where: str, reason: str) -> Problem:
    return Refused(error("weibo.human", "account", reason=f"{reason} ({found.code})"))


@_of(*GONE)
def _gone(found: Said, where: str, reason: str) -> Problem:
    return NotThere(error("publish.not_there", "account", key=""))


@_of(20206, 20207)
def _closed(found: Said, where: str, reason: str) -> Problem:
    return Refused(error("weibo.comments_closed", "account"))


@_of(*SIGN_IN)
def _sign_in(found: Said, where: str, reason: str) -> Problem:
    return SignInAgain(error("login.expired", "account"))


@_of(UNREVIEWED)
def _unreviewed(found: Said, where: str, reason: str) -> Problem:
    return Refused(error("weibo.unreviewed", "account"))


# OAuth -----------------------------------------------------------------------------------------------------------


def oauth_trouble(response: Response, redirect: str, secrets: Mapping[str, Any]) -> Problem:
    """What the token endpoint says, with the step that mends it. redirect: the address we named."""
    found = said(response)
    code = found.code if found else 0
    reason = clean(found.message, secrets) if found else ""
    if code == REDIRECT:
        return Refused(error("weibo.redirect", "redirect_uri", redirect=redirect))
    if code in (21324, 21326):
        return Refused(error("authorize.client", "login", reason=f"{reason} ({code})"))
    if code in (21314, 21325, 21327):
        return Refused(error("authorize.code_refused", "callback", reason=f"{reason} ({code})"))
    if code == 21330:
        return Refused(error("authorize.denied", "callback"))
    if code in (*PASSING, 21331):
        return Later(error("authorize.busy", "account", reason=f"{reason} ({code})"))
    if 21300 < code < 21340 and code != UNREVIEWED:
        return Refused(error("authorize.refused", "callback", reason=f"{reason} ({code})"))
    return trouble(response, secrets)
