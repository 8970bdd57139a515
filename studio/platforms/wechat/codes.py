"""What the platform's error codes mean for a send, each with its finding.

Sources: Wechat-Group/WxJava, WxMpErrorMsgEnum and WxOpenErrorMsgEnum, 2024-10; wechatpy, constants, 2025-02; the
official pages of freepublish and stable_token; read 2026-11-22. A code that is not here is told with its own words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from studio.core.errors import ByHand, Later, Problem, Refused, SignInAgain
from studio.core.finding import Finding, error
from studio.platforms.transport import MaybeSent, Response, host_of

STALE = frozenset({40001, 40014, 42001})  # the token: a new one, and once more
NOT_ALLOWED = 48001
NO_SUCH_MEDIA = 40007
NO_SUCH_PUBLISH = 53502
NO_SUCH_ARTICLE = 53600
NOT_COUNTED_YET = 61503
BUSY = -1
HOUR = 3600.0
#: code -> finding
REFUSED: Mapping[int, str] = {
    40164: "wechat.address", 40013: "wechat.app_id", 41002: "wechat.app_id",
    89503: "wechat.admin", 89506: "wechat.admin", 89507: "wechat.admin",
    48001: "wechat.not_allowed", 48004: "wechat.not_allowed", 48008: "wechat.not_allowed",
    48003: "wechat.agreement", 48015: "wechat.no_comments", 88000: "wechat.no_comments",
    50002: "wechat.limited", 53500: "wechat.banned",
    45002: "wechat.content_refused", 45166: "wechat.link_refused", 45003: "wechat.title_refused",
    45004: "wechat.digest_refused", 40009: "wechat.file_refused", 40006: "wechat.file_refused",
    40005: "wechat.file_refused", 40004: "wechat.file_refused", 45001: "wechat.file_refused",
    41005: "wechat.file_refused", 88001: "wechat.no_statistics", 88004: "wechat.comment_gone",
    88005: "wechat.replied", 88007: "wechat.reply_long", 88008: "wechat.comment_gone",
}
SIGN_IN: Mapping[int, str] = {40125: "wechat.secret", 41004: "wechat.secret"}
#: code -> (finding, seconds)
LATER: Mapping[int, tuple[str, float]] = {
    45009: ("wechat.quota_day", HOUR), 45011: ("wechat.quota_minute", 90.0), 45028: ("wechat.quota_mass", HOUR),
    45066: ("wechat.quota_minute", 90.0), 45101: ("wechat.library_full", HOUR), 53501: ("wechat.too_often", 600.0),
    NOT_COUNTED_YET: ("wechat.not_counted_yet", HOUR),
}
BY_HAND: Mapping[int, str] = {
    53503: "wechat.draft_unfit", 53504: "wechat.page_only", 53505: "wechat.save_first",
}
KNOWN = frozenset({
    *REFUSED, *SIGN_IN, *LATER, *BY_HAND, *STALE, BUSY, NO_SUCH_MEDIA, NO_SUCH_PUBLISH, NO_SUCH_ARTICLE,
})
_RID = re.compile(r"\s*rid:\s*([0-9A-Za-z-]+)")
_IPV4 = re.compile(r"\binvalid ip (\d{1,3}(?:\.\d{1,3}){3})\b")
_IPV6 = re.compile(r"\binvalid ip ([0-9a-fA-F:]*:[0-9a-fA-F:.]+)")
_WORDS = 240  # characters of the platform's own message that are kept


def number(value: object) -> int | None:
    """A number that may come as text; None for anything else."""
    try:
        return int(value) if isinstance(value, int | str) and not isinstance(value, bool) else None
    except ValueError:
        return None


def code_of(data: Mapping[str, Any]) -> int:
    """0 when all is well: the answers of reads often have no code at all."""
    return number(data.get("errcode")) or 0


def clean(message: str, secrets: Mapping[str, str]) -> str:
    """The platform's message on one short line, without its request id and without any of our secrets."""
    for secret in secrets.values():
        if len(secret) > 3:
            message = message.replace(secret, "…")
    message = _RID.sub("", message)
    return "".join(c if c.isprintable() else " " for c in message)[:_WORDS].strip()


def address_of(message: str) -> str:
    """The address that is not on the white list, as 40164 names it; "" when it names none."""
    found = _IPV4.search(message) or _IPV6.search(message)
    return found[1].rstrip(".,") if found else ""


def trouble(data: Mapping[str, Any], secrets: Mapping[str, str]) -> Problem:
    """What an answer with an error code means. `rid` in the values is what WeChat's support asks for.

    "System busy" may have been acted on: MaybeSent.
    """
    code, message = code_of(data), str(data.get("errmsg") or "")
    found = _RID.search(message)
    values = {"error": str(code), "reason": clean(message, secrets) or str(code), "rid": found[1] if found else ""}
    if code == BUSY:
        return MaybeSent(_finding("wechat.busy", values))
    if code in STALE:
        return Later(_finding("wechat.token_refused", values), after=60.0)
    if code in SIGN_IN:
        return SignInAgain(_finding(SIGN_IN[code], values))
    if code in LATER:
        name, after = LATER[code]
        return Later(_finding(name, values), after=after)
    if code == 40164:
        return Refused(_finding("wechat.address", {**values, "address": address_of(message) or "?"}))
    return Refused(_finding(REFUSED.get(code, "wechat.refused"), values))


def finishing(data: Mapping[str, Any], secrets: Mapping[str, str]) -> Problem:
    """The same for the request that publishes: what a person can still do on the page is ByHand."""
    code, found = code_of(data), trouble(data, secrets)
    if code in BY_HAND:
        return ByHand(replace(found.findings[0], code=BY_HAND[code]))
    return ByHand(replace(found.findings[0], code="wechat.no_publish")) if code == NOT_ALLOWED else found


def _finding(code: str, values: Mapping[str, str]) -> Finding:
    return error(code, "account", **values)


def parsed(response: Response) -> dict[str, Any]:
    """The object of an answer, whatever its status: errors come with 200. MaybeSent, Refused when it is none.

    In a broken answer (5xx) a code that nobody knows is no refusal.
    """
    try:
        data = response.data()
    except MaybeSent:
        data = {}
    if not data and response.ok:
        return response.data()
    if response.ok or code_of(data) in KNOWN or ("errcode" in data and response.status < 500):
        return data
    where = host_of(response.url)
    if response.status in (401, 403):
        raise Refused(error("account.not_allowed", "account", host=where, reason=str(response.status)))
    raise MaybeSent(error("net.server_fault", "account", host=where, status=response.status))
