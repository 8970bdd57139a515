"""How an account is, line by line, and the one thing to do about each line."""

from __future__ import annotations

from dataclasses import replace

from studio.core.errors import Problem
from studio.core.finding import Finding, error, info, warning
from studio.core.post import Account
from studio.core.words import Words
from studio.platforms.base import Access, Remedy
from studio.platforms.douyin import facts, handing
from studio.platforms.douyin.api import Api, can_refresh, posted
from studio.platforms.douyin.codes import Expired, NotGranted, NotPermitted, opened
from studio.platforms.douyin.login import DATA, LAST_DAYS, LIST, PUBLISH, renewable
from studio.platforms.oauth import moment

CONSOLE = "https://developer.open-douyin.com"
OPEN_CONSOLE = Words("Open the console", "打开控制台", "打開主控台")
OPEN_CREATOR = Words("Open the creator page", "打开创作者中心", "打開創作者中心")
PAUSES = ("douyin.busy", "douyin.quota", "douyin.too_often", "douyin.slow_down")
SIGN_IN = Words("Sign in again", "重新登录", "重新登入")
BY_HAND = Words("Post by hand instead", "改为手动发布", "改為手動發布")


def health(access: Access) -> tuple[Finding, ...]:
    """() when it can be used now. Read-only, apart from a refreshed token."""
    if not access.secrets:
        return () if access.account.mode != "api" else (error("login.expired", "account"),)
    api = Api(access)
    try:
        _alive(api)
    except Problem as problem:
        return tuple(map(_paused, problem.findings))
    if access.account.identity.get("sign_in") == "over":  # it was said to be, and it is not
        access.learn({"sign_in": ""})
    return tuple([*_ending(access, api), *_blind(api)])


def _paused(finding: Finding) -> Finding:
    """A pause that Douyin asks for is over before what is planned goes out, so it stops nothing."""
    return replace(finding, severity="warning") if finding.code in PAUSES else finding


def _alive(api: Api) -> None:
    """Asks who we are; a token of unknown age is refreshed first, which also tells what was granted."""
    if not api.secrets.get("ends") and can_refresh(api.secrets):
        api.renew()
    try:
        _who(api)
    except Expired:
        api.renew(over=True)
        _who(api)
    except (NotGranted, NotPermitted):  # of its name only
        return


def _who(api: Api) -> None:
    asked = {"open_id": api.open_id, "access_token": api.secrets.get("access_token", "")}
    opened(posted(api.access.transport, "/oauth/userinfo/", asked), api.secrets, api.now())


def _ending(access: Access, api: Api) -> list[Finding]:
    """A refresh token that is dead while the access token lives, or in its last days and the last of its kind."""
    same = api.secrets.get("access_token") == access.secrets.get("access_token")
    if same and access.account.identity.get("sign_in") == "ending":
        return [warning("douyin.refresh_dead", "account")]
    last = moment(api.secrets.get("refresh_ends", ""))
    if last is None or renewable(access.account, api.secrets):
        return []
    left = last - access.now()
    return [warning("douyin.ends_soon", "account", days=max(0, left.days))] if left < LAST_DAYS else []


def _blind(api: Api) -> list[Finding]:
    """Without one of two rights nothing can be read back: a person has to say that it is there."""
    if api.may(PUBLISH) is False or api.may(DATA) is not False or api.may(LIST) is not False:
        return []
    return [warning("douyin.blind", "account", scopes=f"{LIST}, {DATA}")]


def doctor(access: Access) -> tuple[Finding, ...]:
    """The health, the storage for QR codes, and what is fine."""
    found = list(health(access))
    if not access.secrets or any(f.blocks or f.code in PAUSES for f in found):
        return tuple(found)
    found += _share(access)
    if Api(access).may(PUBLISH):
        found.append(info("douyin.may_publish", "account"))
    return tuple([*found, info("doctor.signed_in", "account")])


def _share(access: Access) -> list[Finding]:
    """Whether Douyin gives this app what a QR code takes, where the person has storage for it."""
    if not facts.setting(access.account.identity, "media_base"):
        return []
    if not handing.base_of(access.account.identity):
        return [warning("douyin.storage", "account")]
    try:
        handing.Share(access)
    except Problem as problem:
        return [warning("douyin.no_share", "account", reason=handing.reason_of(problem))]
    return [info("douyin.shares", "account")]


_OF_APP = ("douyin.app", "douyin.no_share")
_SIGN_IN = ("douyin.refresh_dead", "douyin.ends_soon", "douyin.not_granted", "douyin.blind", "login.expired",
            "login.renewal_lost", "login.ends_soon", "douyin.token_refused")
_BY_HAND = ("douyin.no_capability", "douyin.not_permitted", "account.scopes", "douyin.video_too_long", "douyin.quota",
            "douyin.ai_by_hand")
_ON_PAGE = ("account.closed", "douyin.not_suitable", "douyin.slow_down", "delivery.cannot_look")


def remedies(finding: Finding, account: Account) -> tuple[Remedy, ...]:
    """The one thing to do, () where the words say it all."""
    known = (
        (_OF_APP, Remedy("open", OPEN_CONSOLE, CONSOLE)), (_SIGN_IN, Remedy("sign_in", SIGN_IN)),
        (_BY_HAND, Remedy("by_hand", BY_HAND)), (_ON_PAGE, Remedy("open", OPEN_CREATOR, handing.MANAGE)),
    )
    return next(((remedy,) for codes, remedy in known if finding.code in codes), ())
