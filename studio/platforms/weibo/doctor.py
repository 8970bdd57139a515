"""Whether an account is usable, line by line, and the one thing to do about each line.

Source: facts of November 2026, 2.1, 2.2, 2.7. The token endpoints are all that is asked: the calls of the day are for
posts.
"""

from __future__ import annotations

from dataclasses import replace

from studio.core.errors import Later, Refused, SignInAgain
from studio.core.finding import Finding, error, info, warning
from studio.core.post import Account
from studio.core.words import Words
from studio.platforms.base import Access, Remedy
from studio.platforms.weibo import login, rules
from studio.platforms.weibo.errors import number

CONSOLE = "https://open.weibo.com/apps"  # recalled: the list of one's own apps
_OPEN = Words("Open the app's page", "打开应用管理页", "開啟應用程式管理頁")
_SIGN_IN = Words("Sign in again", "重新登录", "重新登入")
_BY_HAND = Words("Post it by hand", "改用手动发布", "改用手動發布")
_COPY_ADDRESS = Words("Copy an address on it", "复制一个该域名的网址", "複製一個該網域的網址")
_COPY_REDIRECT = Words("Copy the callback page", "复制授权回调页", "複製授權回呼頁")

_AT_CONSOLE = (
    "weibo.unreviewed", "weibo.test_only", "weibo.domain_not_bound", "weibo.safe_domain_missing",
    "weibo.safe_domain_unknown", "authorize.client",
)
_WITH_SIGN_IN = ("login.expired", "login.ends_soon", "login.token_refused", "weibo.other_account")
_PAUSES = ("weibo.rate", "weibo.busy")
_IN_PERSON = (
    "weibo.not_permitted", "weibo.human", "weibo.video_by_hand", "weibo.pictures_left_out", "weibo.no_address",
    "weibo.topics_filtered", "weibo.ip_limited", "weibo.way_by_api",
)


def health(access: Access) -> tuple[Finding, ...]:
    """() when it can publish now; else what is wrong."""
    try:
        told = login.token_told(access)
    except Later as later:
        return tuple(map(_paused, later.findings))
    except (Refused, SignInAgain) as problem:
        return problem.findings
    mine, theirs = access.account.identity.get("uid", ""), str(told.get("uid") or "")
    if mine and theirs and mine != theirs:
        return (error("weibo.other_account", "account", before=mine, now=theirs),)
    if "expire_in" in told and number(told["expire_in"]) <= 0:
        return (error("login.expired", "account"),)
    return ()


def _paused(finding: Finding) -> Finding:
    """A pause that Weibo asks for is over before what is planned goes out, so it stops nothing."""
    return replace(finding, severity="warning") if finding.code in _PAUSES else finding


def doctor(access: Access) -> tuple[Finding, ...]:
    """The health first; then what an app must have so that its posts are taken, and seen."""
    identity, found = access.account.identity, health(access)
    lines = list(found) if found else [*found, info("doctor.signed_in", "account")]
    if safe := rules.domain(identity):
        lines.append(info("weibo.safe_domain", "account", domain=safe))
    else:
        lines.append(warning("weibo.safe_domain_missing", "account", rules.SHARE))
    if identity.get("reviewed") == "no":
        lines.append(warning("weibo.test_only", "account", rules.SHARE))
    lines.append(info("weibo.way_by_api", "account", rules.SHARE))
    return tuple(lines)


def remedies(finding: Finding, account: Account) -> tuple[Remedy, ...]:
    """The one thing to do."""
    code, safe = finding.code, rules.domain(account.identity)
    if code in ("weibo.no_safe_address", "weibo.domain_missing_there") and safe:
        return (Remedy("copy", _COPY_ADDRESS, f"https://{safe}/"),)
    if code == "weibo.redirect":
        return (Remedy("copy", _COPY_REDIRECT, str(finding.values.get("redirect", login.DEFAULT_PAGE))),)
    if code in _AT_CONSOLE:
        return (Remedy("open", _OPEN, CONSOLE),)
    if code in _WITH_SIGN_IN:
        return (Remedy("sign_in", _SIGN_IN),)
    return (Remedy("by_hand", _BY_HAND),) if code in _IN_PERSON else ()
