"""The account's doctor: the sign-in, what the server takes, its timer, and whether a lost answer mends itself."""

from __future__ import annotations

from studio.core.errors import Later, Refused, SignInAgain
from studio.core.finding import Finding, info, warning
from studio.core.post import Account
from studio.core.words import Words
from studio.platforms.base import Access, Remedy
from studio.platforms.mastodon import limits
from studio.platforms.mastodon.login import State, state
from studio.platforms.transport import host_of

REPLAY = "Mastodon source and issue 40399 of its repository, read 2026-11-22"
SIGN_IN = Remedy("sign_in", Words("Sign in again", "重新登录", "重新登入"))
_AGAIN = ("login.expired", "account.not_allowed", "account.scopes", "account.renamed")
_LOOK = ("account.closed", "account.limited", "account.moved", "mastodon.keys_broken", "account.limits_changed")
_OPEN = Words("Open your server", "打开你的服务器", "打開你的伺服器")


def doctor(access: Access) -> tuple[Finding, ...]:
    """Every line, worst first. A server that does not answer, or refuses, is the only line."""
    try:
        known = state(access)
    except (Refused, Later, SignInAgain) as problem:
        return problem.findings
    order = {"error": 0, "warning": 1, "info": 2}
    return tuple(sorted((*known.findings, *_lines(known, access)), key=lambda f: order[f.severity]))


def _lines(known: State, access: Access) -> list[Finding]:
    return [_signed_in(known, access), _limits(known), _timer(known), _keys(known)]


def _signed_in(known: State, access: Access) -> Finding:
    host = host_of(access.account.identity.get("server", "") or access.account.api_base)
    return info("mastodon.signed_in", "account", host=host, version=known.about.get("version", "?")[:60])


def _limits(known: State) -> Finding:
    """From the answer of right now, not from what was known before."""
    now = limits.of(known.about)
    code = "mastodon.limits" if now.own else "mastodon.limits_usual"
    return info(code, "account", now.source, characters=now.characters, media=now.media)


def _timer(known: State) -> Finding:
    return info("mastodon.timer" if known.timer else "mastodon.no_timer", "account")


def _keys(known: State) -> Finding:
    """Whether a repeat with the same key gives the first post back."""
    version = known.about.get("version", "")
    if limits.honours_keys(known.about):
        return info("mastodon.keys", "account", REPLAY)
    if limits.software(version) == "mastodon":
        return warning("mastodon.keys_broken", "account", REPLAY, version=version[:60])
    return info("mastodon.keys_unknown", "account", REPLAY)


def remedies(finding: Finding, account: Account) -> tuple[Remedy, ...]:
    """Sign in again, or look at the server's own page. What only time mends has none."""
    server = account.identity.get("server", "")
    if finding.code in _AGAIN:
        return (SIGN_IN,)
    if finding.code in _LOOK and server.startswith("https://"):
        return (Remedy("open", _OPEN, f"{server}/about" if finding.code == "mastodon.keys_broken" else server),)
    return ()
