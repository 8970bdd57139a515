"""Signing in with one's own Meta app and the browser, or with a page token; choosing the page; leaving.

Sources: Meta, "Access tokens", "Manually build a login flow" (2026-03-10), Pages API, read 2026-11-22. A long-lived
user token needs the app's secret, so the app is the person's own. A page token taken from it has no end. PKCE is
still in testing there, and http://localhost works for apps in development only, so the address is pasted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from studio.core.errors import Later, NotThere, Problem, Refused, SignInAgain
from studio.core.finding import error
from studio.core.words import Words
from studio.platforms.base import Access
from studio.platforms.facebook.faults import BUSY, INVALID, RATE, clean, fault_of, number
from studio.platforms.facebook.graph import GRAPH, VERSION, WWW, Api, version_of
from studio.platforms.logins import CALLBACK, Authorization, Login, LoginField
from studio.platforms.transport import MaybeSent, Response, Transport, host_of

REDIRECT = f"{WWW}/connect/login_success.html"
NEEDED = ("pages_manage_posts", "pages_read_engagement")
SCOPES = (
    "pages_show_list", *NEEDED, "pages_manage_engagement", "pages_read_user_content", "read_insights",
)
TASK = "CREATE_CONTENT"
NAMED = 12  # pages that a finding lists
QUICK = 10.0  # seconds of silence where the outcome is no matter
_APPS = "developers.facebook.com"

FIELDS = (
    LoginField(
        "app_id", Words("App id", "应用编号", "應用程式編號"),
        Words(
            f"Of your own app on {_APPS}: App settings, Basic. Add {REDIRECT} to its valid OAuth redirect URIs",
            f"你自己在 {_APPS} 创建的应用：“应用设置 → 基本”里的编号。请把 {REDIRECT} 加进它的有效 OAuth 跳转 URI",
            f"你自己在 {_APPS} 建立的應用程式：「應用程式設定 → 基本資料」裡的編號。請把 {REDIRECT} 加進它的有效 OAuth 重新導向 URI",  # noqa: E501
        ),
        required=False,
    ),
    LoginField(
        "app_secret", Words("App secret", "应用密钥", "應用程式密鑰"),
        Words(
            "Stands beside the app id. It stays in this computer's keychain",
            "就在应用编号旁边。只保存在这台电脑的钥匙串里",
            "就在應用程式編號旁邊。只存放在這台電腦的鑰匙圈裡",
        ),
        secret=True, required=False,
    ),
    LoginField(
        "page_id", Words("Page", "公共主页", "粉絲專頁"),
        Words(
            "Number or name of the page, when you manage more than one",
            "管理多个公共主页时填：主页编号或名称",
            "管理多個粉絲專頁時填：專頁編號或名稱",
        ),
        required=False,
    ),
    LoginField(
        "page_access_token", Words("Page access token", "公共主页访问令牌", "粉絲專頁存取權杖"),
        Words(
            "Only to sign in without the browser: a token of the page with pages_manage_posts",
            "不用浏览器登录时才填：带有 pages_manage_posts 权限的主页访问令牌",
            "不用瀏覽器登入時才填：具備 pages_manage_posts 權限的專頁存取權杖",
        ),
        secret=True, required=False,
    ),
    LoginField(
        "version", Words("API version", "API 版本", "API 版本"),
        Words(
            f"Of the Graph API; {VERSION} is there until July 2028",
            f"Graph API 的版本；{VERSION} 可用到 2028 年 7 月",
            f"Graph API 的版本；{VERSION} 可用到 2028 年 7 月",
        ),
        required=False, default=VERSION,
    ),
    CALLBACK,
)


@dataclass(frozen=True, slots=True)
class App:
    """The person's own app; id and secret "" where there is none."""

    id: str
    secret: str

    @classmethod
    def of(cls, fields: Mapping[str, str]) -> App:
        """Out of login fields, or of an account's secrets."""
        return cls("".join(fields.get("app_id", "").split()), "".join(fields.get("app_secret", "").split()))

    @property
    def known(self) -> bool:
        return bool(self.id and self.secret)

    def secrets(self) -> dict[str, str]:
        return {"app_id": self.id, "app_secret": self.secret} if self.known else {}


@dataclass(frozen=True, slots=True)
class Page:
    """A page a person may do something with. tasks: () when not known."""

    id: str
    name: str
    username: str = ""
    token: str = ""
    tasks: tuple[str, ...] = ()


def authorize(fields: Mapping[str, str], api_base: str) -> Authorization:
    """The address of the login dialog. Refused (login.missing) without an app."""
    from studio.platforms import oauth

    app, version = App.of(fields), version_of(fields.get("version", ""))
    missing = [name for name, value in (("app_id", app.id), ("app_secret", app.secret)) if not value]
    if missing:
        raise Refused(*(error("login.missing", name, name=name) for name in missing))
    client = oauth.Client(
        f"{WWW}/{version}/dialog/oauth", f"{GRAPH}/{version}/oauth/access_token", app.id,
        scopes=SCOPES, separator=",", pkce=False,
    )
    return oauth.begin(client, REDIRECT, api_base)


def complete(fields: Mapping[str, str], code: str, kept: Mapping[str, str], transport: Transport) -> Login:
    """Code, user token, long-lived user token, pages, the page. Refused with findings; Later."""
    app, version = App.of(fields), version_of(fields.get("version", ""))
    short = _token(app, version, {"redirect_uri": kept.get("redirect", REDIRECT), "code": code}, transport)
    long = _longer(app, version, short, transport)
    user = Api(transport, version, long, {**app.secrets(), "short": short})
    granted = scopes_of_user(user)
    page = chosen(pages_of(user) or (), fields.get("page_id", ""))
    secrets = {"access_token": page.token, "user_token": long, **app.secrets()}
    return _login(page, version, secrets, granted, app, transport)


def login(fields: Mapping[str, str], transport: Transport) -> Login:
    """With a token of a page (or of a person, whose page is chosen then). Refused with findings; Later."""
    app, version = App.of(fields), version_of(fields.get("version", ""))
    token = "".join(fields.get("page_access_token", "").split()).removeprefix("Bearer")
    if not token:
        _answers(Api(transport, version, ""))
        raise Refused(error("facebook.how_to_sign_in", "page_access_token"))
    page = _page_of(Api(transport, version, token, app.secrets()), fields.get("page_id", "").strip(), app)
    return _login(page, version, {"access_token": page.token, **app.secrets()}, None, app, transport)


def _login(
    page: Page, version: str, secrets: Mapping[str, str], granted: Sequence[str] | None, app: App, transport: Transport
) -> Login:
    """The account. Refused (facebook.no_task) where the person may not publish on the page."""
    if not page.token or (page.tasks and TASK not in page.tasks):
        raise Refused(error("facebook.no_task", "page_id", name=page.name))
    about = inspect(Api(transport, version, page.token, secrets), app)
    scopes = granted if granted is not None else about.get("scopes", "").split()
    known = {
        "scopes": " ".join(scopes), "tasks": " ".join(page.tasks), "app": app.id, "username": page.username,
        "set.version": version if version != VERSION else "",
    }
    identity = {"id": page.id, **{name: value for name, value in known.items() if value}}
    return Login({**secrets, "ends": about.get("ends", "")}, page.username or page.id, page.name, identity)


# tokens --------------------------------------------------------------------------------------------------------------


def _token(app: App, version: str, asked: Mapping[str, str], transport: Transport) -> str:
    """One of a person's. Facebook documents a GET; the journal keeps no queries."""
    given = {"client_id": app.id, "client_secret": app.secret, **asked}
    response = transport.request("GET", f"{GRAPH}/{version}/oauth/access_token", params=given)
    fault = fault_of(response)
    if fault is None and response.ok:
        found = response.data().get("access_token")
        if isinstance(found, str) and found:
            return found
    if fault is None:
        raise _not_facebook(response)
    reason = clean(fault.message, given)
    if fault.code in (*BUSY, *RATE) or fault.transient:
        raise Later(error("authorize.busy", "account", reason=reason))
    raise Refused(error("authorize.code_refused", "callback", reason=reason))


def _longer(app: App, version: str, short: str, transport: Transport) -> str:
    """About 60 days instead of an hour or two; the page tokens taken from it have no end."""
    return _token(app, version, {"grant_type": "fb_exchange_token", "fb_exchange_token": short}, transport)


def _not_facebook(response: Response) -> Problem:
    host, status = host_of(response.url), response.status
    if status >= 500:
        return Later(error("net.server_fault", "account", host=host, status=status))
    return Refused(error("login.not_this_platform", "account", host=host, status=status))


def _answers(api: Api) -> None:
    """That somebody there speaks the Graph API, before anything secret is sent. Refused, Later."""
    response = api.send("GET", "/me")
    if fault_of(response) is None:
        raise _not_facebook(response)


def inspect(api: Api, app: App) -> dict[str, str]:
    """What Facebook says of the page's token, where the app is known: "scopes", "ends" and "data_ends" (ISO 8601, ""
    for never), "valid" ("yes", "no"). {} where it cannot be asked.
    """
    if not app.known:
        return {}
    asked = {"input_token": api.secrets["access_token"], "access_token": f"{app.id}|{app.secret}"}
    bare = Api(api.transport, api.version, "", api.secrets)
    try:
        found = bare.data(bare.send("GET", "/debug_token", params=asked)).get("data")
    except (Later, Refused, SignInAgain):
        return {}
    if not isinstance(found, dict):
        return {}
    scopes = found.get("scopes")
    return {
        "scopes": " ".join(str(s) for s in scopes) if isinstance(scopes, list) else "",
        "ends": _stamp(found.get("expires_at")), "data_ends": _stamp(found.get("data_access_expires_at")),
        "valid": "yes" if found.get("is_valid") is True or str(found.get("is_valid")).lower() == "true" else "no",
    }


def _stamp(value: object) -> str:
    """UNIX seconds as ISO 8601; 0 is never."""
    seconds = number(value)
    return datetime.fromtimestamp(seconds, UTC).isoformat() if 0 < seconds < 1 << 34 else ""


# pages ---------------------------------------------------------------------------------------------------------------


def scopes_of_user(api: Api) -> tuple[str, ...]:
    """What a person granted; Refused, Later, SignInAgain."""
    found = api.data(api.send("GET", "/me/permissions")).get("data")
    items = [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []
    return tuple(str(item.get("permission")) for item in items if item.get("status") == "granted")


def pages_of(api: Api) -> tuple[Page, ...] | None:
    """The pages of the person whose token this is; None when it is no person's (code 100)."""
    response = api.send("GET", "/me/accounts", params={"fields": "id,name", "limit": "1"})
    fault = fault_of(response)
    if fault is not None and fault.code == INVALID:
        return None
    api.data(response)
    fields = "id,username,name,access_token,category,tasks,picture"
    return tuple(_page(item) for item in api.listing("/me/accounts", fields, 100) if item.get("id"))


def _page(item: Mapping[str, Any]) -> Page:
    tasks = item.get("tasks")
    return Page(
        str(item["id"]), str(item.get("name") or item["id"]), str(item.get("username") or ""),
        str(item.get("access_token") or ""), tuple(str(t) for t in tasks) if isinstance(tasks, list) else (),
    )


def chosen(pages: Sequence[Page], wanted: str) -> Page:
    """The one that is meant. Refused: none, not among them, or several and none chosen (they are listed)."""
    wanted, names = wanted.strip(), named(pages)
    if not pages:
        raise Refused(error("facebook.no_pages", "page_id"))
    if wanted:
        same = [p for p in pages if wanted == p.id or wanted.casefold() in (p.name.casefold(), p.username.casefold())]
        if len(same) != 1:
            raise Refused(error("facebook.page_unknown", "page_id", page=wanted[:80], pages=names))
        return same[0]
    if len(pages) > 1:
        raise Refused(error("facebook.choose_page", "page_id", pages=names))
    return pages[0]


def named(pages: Sequence[Page]) -> str:
    """"Bookshop (1122), Café (3344)"."""
    shown = ", ".join(f"{page.name[:60]} ({page.id})" for page in pages[:NAMED])
    return f"{shown}, …" if len(pages) > NAMED else shown


def _page_of(api: Api, wanted: str, app: App) -> Page:
    """The page whose token was pasted; a person's token leads to their page."""
    me = _me(api)
    if wanted and wanted == me.id:
        return _whole(api, me)
    pages = pages_of(api)
    if pages is not None:
        return chosen(_lasting(api, app) or pages, wanted)
    if wanted and wanted.casefold() != me.name.casefold():
        raise Refused(error("facebook.other_page", "page_access_token", name=me.name, id=me.id))
    return _whole(api, me)


def _lasting(api: Api, app: App) -> tuple[Page, ...] | None:
    """The pages by a longer token: a person's lasts an hour or two, and so would the page's. None without the app."""
    if not app.known:
        return None
    try:
        return pages_of(api.with_token(_longer(app, api.version, api.secrets["access_token"], api.transport)))
    except Refused:
        return None  # of another app: it works, but not for long


def _me(api: Api) -> Page:
    """Whose token it is. Refused on the field."""
    response = api.send("GET", "/me", params={"fields": "id,name"})
    if fault_of(response) is None and not response.ok:
        raise _not_facebook(response)
    try:
        found = api.data(response)
    except MaybeSent as broken:
        raise Later(*broken.findings) from None
    except SignInAgain as over:
        plain = all(f.code == "login.expired" for f in over.findings)
        refused = error("login.token_refused", "page_access_token", host=api.host)
        raise Refused(*((refused,) if plain else over.findings)) from None
    if not found.get("id"):
        raise Refused(error("login.not_this_platform", "account", host=api.host, status=response.status))
    return Page(str(found["id"]), str(found.get("name") or found["id"]), token=api.secrets["access_token"])


def _whole(api: Api, page: Page) -> Page:
    """With its user name."""
    try:
        found = api.get(f"/{page.id}", "id,name,username")
    except (NotThere, Refused):
        return page
    return replace(page, username=str(found.get("username") or ""))


def leave(access: Access) -> None:
    """After a login by browser: takes back what the person granted their app. Other pages signed in with the same app
    and person lose it as well. A token that was pasted is its owner's to take back.
    """
    token = access.secrets.get("user_token", "")
    if token:
        Api.of(access).with_token(token).send("DELETE", "/me/permissions", timeout=QUICK)
