"""Whether a page can be published on now, line by line, and the one thing to do about each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from studio.core.errors import Later, NotThere, Refused, SignInAgain
from studio.core.finding import Finding, error, info, warning
from studio.core.post import Account
from studio.core.words import Words
from studio.platforms.base import Access, Remedy
from studio.platforms.facebook.graph import WWW, Api
from studio.platforms.facebook.login import NEEDED, SCOPES, App, inspect, scopes_of_user
from studio.platforms.oauth import moment

SOON = timedelta(days=14)
EXTRAS: Mapping[str, str] = {
    "pages_manage_engagement": "facebook.no_comments", "read_insights": "facebook.no_insights",
    "pages_read_user_content": "facebook.no_reading",
}
SIGN_IN = Words("Sign in again", "重新登录", "重新登入")
SECURITY = Words("Open Facebook's security page", "打开 Facebook 安全页面", "開啟 Facebook 安全頁面")
OPEN_APP = Words("Open your app's page", "打开你的应用页面", "開啟你的應用程式頁面")
OPEN_PAGE = Words("Open the page", "打开公共主页", "開啟粉絲專頁")
BY_HAND = Words("Post by hand instead", "改为手动发布", "改為手動發佈")
OPEN_STATUS = Words("Open the page's quality", "打开主页状态", "開啟專頁狀態")
COPY_SCOPES = Words("Copy the names of the rights", "复制权限名称", "複製權限名稱")


def health(access: Access) -> tuple[Finding, ...]:
    """() when it can publish now. What was granted and the page's name are learnt on the way."""
    return tuple(f for f in _asked(access) if f.severity != "info")


def doctor(access: Access) -> tuple[Finding, ...]:
    """All lines, worst first."""
    order = {"error": 0, "warning": 1, "info": 2}
    return tuple(sorted(_asked(access), key=lambda f: order[f.severity]))


def _asked(access: Access) -> list[Finding]:
    try:
        api = Api.of(access)
        found = api.get(f"/{api.page}", "id,name,username")
        about = inspect(api, App.of(access.secrets))
        granted = _granted(api, access, about)
    except NotThere:
        return [error("facebook.page_gone", "account")]
    except (Refused, Later, SignInAgain) as problem:
        return list(problem.findings)
    access.learn({
        **({"scopes": " ".join(granted)} if granted else {}),
        **({"username": str(found["username"])} if found.get("username") else {}),
    })
    return [
        info("facebook.signed_in", "account", name=str(found.get("name") or api.page)),
        *_renamed(found, access.account), *_rights(granted, access.account), *_ends(about, access),
        info("facebook.version", "account", version=api.version), *_app(access),
    ]


def _granted(api: Api, access: Access, about: Mapping[str, str]) -> tuple[str, ...]:
    """By the page's token where the app is known, else by the person's; () when neither tells."""
    if about.get("scopes"):
        return tuple(about["scopes"].split())
    token = access.secrets.get("user_token", "")
    if not token:
        return ()
    try:
        return scopes_of_user(api.with_token(token))
    except (Refused, Later, SignInAgain):  # a person's token ends after 60 days; the page's goes on
        return ()


def _renamed(found: Mapping[str, object], account: Account) -> list[Finding]:
    """Of a page that had a user name."""
    before, now = account.handle, str(found.get("username") or "")
    if not now or not before or before in (now, account.identity.get("id")):
        return []
    return [warning("account.renamed", "account", before=before, now=now)]


def _rights(granted: tuple[str, ...], account: Account) -> list[Finding]:
    """What publishing needs, and what is nice to have. What the account is known to lack is said by others."""
    if not granted:
        return [info("facebook.scopes_unknown", "account")]
    lacking = [scope for scope in NEEDED if scope not in granted]
    known = account.identity.get("scopes", "").split()
    new = not known or any(scope in known for scope in lacking)
    found = [error("account.scopes", "account", scopes=", ".join(lacking))] if lacking and new else []
    found += [info(code, "account", scope=scope) for scope, code in EXTRAS.items() if scope not in granted]
    return found if lacking else [*found, info("facebook.scopes_there", "account")]


def _ends(about: Mapping[str, str], access: Access) -> list[Finding]:
    """A token of a page has no end, but what it may read can have one."""
    if about.get("valid") == "no":
        return [error("login.expired", "account")]
    ends = moment(about.get("data_ends", ""))
    if ends is not None and ends - access.now() < SOON:
        return [warning("facebook.data_ends", "account", day=f"{ends:%Y-%m-%d}")]
    return [info("facebook.no_end", "account")] if about and not about.get("ends") else []


def _app(access: Access) -> list[Finding]:
    app = access.account.identity.get("app", "")
    return [info("facebook.app_mode", "account", app=app)] if app else []


def remedies(finding: Finding, account: Account) -> tuple[Remedy, ...]:
    """What to do about it. Pure."""
    app = account.identity.get("app", "")
    known = {
        "facebook.checkpointed": Remedy("open", SECURITY, f"{WWW}/checkpoint/"),
        "facebook.person_unconfirmed": Remedy("open", SECURITY, f"{WWW}/"),
        "facebook.check_needed": Remedy("open", OPEN_PAGE, page(account)),
        "facebook.blocked": Remedy("open", OPEN_STATUS, f"{WWW}/support/"),
        "facebook.app_mode": Remedy("open", OPEN_APP, f"https://developers.facebook.com/apps/{app}/"),
        "facebook.scopes_unknown": Remedy("copy", COPY_SCOPES, ",".join(SCOPES)),
        "facebook.video_failed": Remedy("by_hand", BY_HAND),
        "facebook.photos_and_video": Remedy("by_hand", BY_HAND),
    }
    again = (
        "login.expired", "account.scopes", "account.not_allowed", "account.renamed", "facebook.password_changed",
        "facebook.app_removed",
        "facebook.role_lost", "facebook.page_gone", "facebook.data_ends", "facebook.no_comments",
        "facebook.no_insights", "facebook.no_reading", "facebook.comment_scope",
    )
    if finding.code in again:
        return (Remedy("sign_in", SIGN_IN),)
    return (known[finding.code],) if finding.code in known else ()


def page(account: Account) -> str:
    """The page's own address."""
    name = account.identity.get("username") or account.identity.get("id")
    return f"{WWW}/{name}" if name else WWW
