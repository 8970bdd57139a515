"""Signing in with the person's own app, by a pasted address or with tokens; and how long that holds.

Source: Douyin open platform, account-permission, read 2026-11. The page an answer comes back to must be https, exactly
as registered and without a query, so nobody can listen for it here. A code lives ten minutes and works once. An access
token lives 15 days; a refresh token 30, which refreshing does not prolong; with the right `renew_refresh_token` it is
made anew up to five times.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from studio.core.errors import Later, Refused, SignInAgain
from studio.core.finding import Finding, error
from studio.core.post import Account
from studio.core.words import Words
from studio.platforms.base import Access
from studio.platforms.douyin.api import HOST, can_refresh, may, posted
from studio.platforms.douyin.codes import NotGranted, NotPermitted, opened
from studio.platforms.douyin.facts import RENEWALS
from studio.platforms.logins import CALLBACK, Authorization, Life, Login, LoginField, Secrets
from studio.platforms.oauth import Client, begin, moment, seconds_of
from studio.platforms.transport import Response, Transport, host_of

PUBLISH = "video.create.bind"
DATA, LIST, COMMENTS, NUMBERS = "video.data.bind", "video.list.bind", "item.comment", "data.external.item"
RENEW = "renew_refresh_token"
MUST = ("user_info", PUBLISH)
WISHED = (DATA, LIST, COMMENTS, NUMBERS, RENEW)
EARLY = timedelta(days=1)  # before an access token ends, it is refreshed
LAST_DAYS = timedelta(days=5)  # of a refresh token, in which it is made anew where that is allowed

FIELDS = (
    LoginField(
        "client_key", Words("Client key", "Client Key", "Client Key"),
        Words("Of your own app on open.douyin.com", "你自己的应用在抖音开放平台的 Client Key",
              "你自己的應用程式在抖音開放平台的 Client Key"),
        required=False,
    ),
    LoginField(
        "client_secret", Words("Client secret", "Client Secret", "Client Secret"),
        Words("Stands beside the client key in the console; kept in this computer's keychain only",
              "在控制台里和 Client Key 写在一起；只保存在这台电脑的钥匙串里",
              "在主控台裡和 Client Key 寫在一起；只保存在這台電腦的鑰匙圈裡"),
        secret=True, required=False,
    ),
    LoginField(
        "redirect_uri", Words("Callback page", "授权回调地址", "授權回呼網址"),
        Words("The https page registered for the app, letter by letter and without a question mark. After agreeing, "
              "the phone or browser shows it with the code in its address",
              "应用登记的 https 页面，一字不差，不带问号参数。同意授权后会跳到这个页面，网址里带有授权码",
              "應用程式登記的 https 頁面，一字不差，不帶問號參數。同意授權後會跳到這個頁面，網址裡帶有授權碼"),
        required=False,
    ),
    CALLBACK,
    LoginField(
        "access_token", Words("Access token", "访问令牌", "存取權杖"),
        Words("Only to sign in without the browser: begins with act.", "不用浏览器登录时才填：以 act. 开头",
              "不用瀏覽器登入時才填：以 act. 開頭"),
        secret=True, required=False,
    ),
    LoginField(
        "refresh_token", Words("Refresh token", "刷新令牌", "更新權杖"),
        Words("Belongs to the access token, begins with rft.; without it the sign-in ends after 15 days",
              "和访问令牌是一对，以 rft. 开头；不填的话 15 天后要重新登录",
              "和存取權杖是一對，以 rft. 開頭；不填的話 15 天後要重新登入"),
        secret=True, required=False,
    ),
    LoginField(
        "open_id", Words("Open ID", "Open ID", "Open ID"),
        Words("What Douyin calls the account for this app; came with the access token",
              "抖音给这个账号在应用里的编号，和访问令牌一起给出",
              "抖音給這個帳號在應用程式裡的編號，和存取權杖一起給出"),
        required=False,
    ),
    LoginField(
        "scopes", Words("Rights to ask for", "要申请的权限", "要申請的權限"),
        Words("Only when the sign-in page refuses the usual ones: the rights your app has, with commas",
              "登录页提示权限有误时才填：写你的应用已有的权限，用逗号分开",
              "登入頁提示權限有誤時才填：寫你的應用程式已有的權限，用逗號分開"),
        required=False,
    ),
)


def authorize(fields: Mapping[str, str], api_base: str) -> Authorization:
    """The address to open; nothing is asked of Douyin."""
    if missing := _missing(fields, "client_key", "client_secret", "redirect_uri"):
        raise Refused(*missing)
    own = tuple(fields.get("scopes", "").replace("，", ",").replace(",", " ").split())
    client = Client(
        f"{HOST}/platform/oauth/connect/", f"{HOST}/oauth/access_token/", _field(fields, "client_key"),
        scopes=own or MUST, separator=",", pkce=False, names={"client_id": "client_key"},
    )
    wished = {} if own else {"optionalScope": ",".join(f"{scope},1" for scope in WISHED)}
    return begin(client, redirect_of(fields), api_base, **wished)


def redirect_of(fields: Mapping[str, str]) -> str:
    """Refused (douyin.redirect) when Douyin would not take it."""
    text = _field(fields, "redirect_uri")
    try:
        parts = urlsplit(text)
        fit = parts.scheme == "https" and bool(parts.hostname) and not parts.query and not parts.fragment
    except ValueError:
        fit = False
    if not fit or "?" in text:
        raise Refused(error("douyin.redirect", "redirect_uri"))
    return text


def _field(fields: Mapping[str, str], name: str) -> str:
    return fields.get(name, "").strip()


def _missing(fields: Mapping[str, str], *names: str) -> list[Finding]:
    return [error("login.missing", name, name=name) for name in names if not _field(fields, name)]


def complete(fields: Mapping[str, str], code: str, transport: Transport) -> Login:
    """Finishes a login by browser."""
    app = {name: _field(fields, name) for name in ("client_key", "client_secret")}
    response = posted(transport, "/oauth/access_token/", {**app, "code": code, "grant_type": "authorization_code"})
    try:
        found = opened(response, {**app, "code": code})
        secrets = {**app, **_tokens(found, _now(), response), "renewals": "0"}
        return _login(secrets, str(found.get("open_id") or ""), _scopes(found), transport)
    except SignInAgain as over:
        raise Refused(*over.findings) from None


def login(fields: Mapping[str, str], transport: Transport) -> Login:
    """With tokens. Refused with findings on the fields; Later when Douyin cannot be asked now."""
    app = {name: _field(fields, name) for name in ("client_key", "client_secret")}
    token = _field(fields, "access_token")
    if not token:
        _known(app, transport)
        raise Refused(*_missing(fields, "client_key", "client_secret"), error("douyin.sign_in", "access_token"))
    if missing := _missing(fields, "open_id"):
        raise Refused(*missing)
    secrets = {**app, "access_token": token, "refresh_token": _field(fields, "refresh_token"), "renewals": "0"}
    secrets, scopes = _refreshed(secrets, transport)
    try:
        made = _login(secrets, _field(fields, "open_id"), scopes, transport)
        dead = bool(_field(fields, "refresh_token")) and not secrets["refresh_token"]
        return replace(made, identity={**made.identity, "sign_in": "ending"}) if dead else made
    except SignInAgain:
        raise Refused(error("douyin.token_refused", "access_token")) from None


def _known(app: Mapping[str, str], transport: Transport) -> None:
    """Asks whether Douyin knows the app, so that one that is out of reach is told from a field that is wrong."""
    response = posted(transport, "/oauth/client_token/", {**app, "grant_type": "client_credential"})
    try:
        if app["client_key"] or not response.ok:
            opened(response, app)
    except SignInAgain:
        where = host_of(response.url)
        raise Refused(error("login.not_this_platform", "account", host=where, status=response.status)) from None


def _refreshed(secrets: dict[str, str], transport: Transport) -> tuple[dict[str, str], str]:
    """With tokens of known life, and the scopes; as they were where that cannot be had now.

    A refresh token that is dead is left out: the access token may do for days yet. Refused: it is another app's.
    """
    if not can_refresh(secrets):
        return secrets, ""
    try:
        fresh, scopes = _refresh(secrets, transport, _now())
    except SignInAgain:
        return {**secrets, "refresh_token": ""}, ""
    except Later:
        return secrets, ""
    return {**secrets, **fresh}, scopes


def _login(secrets: Secrets, open_id: str, scopes: str, transport: Transport) -> Login:
    """What is known of the person. A name that may not be read is no reason to stay outside."""
    asked = {"open_id": open_id, "access_token": secrets["access_token"]}
    try:
        found = opened(posted(transport, "/oauth/userinfo/", asked), secrets)
    except (NotGranted, NotPermitted):
        found = {}
    told = {"union_id": str(found.get("union_id") or ""), "role": str(found.get("e_account_role") or "")}
    identity = {"open_id": open_id, "scopes": scopes, **told}
    return Login(
        {name: value for name, value in secrets.items() if value}, open_id,
        str(found.get("nickname") or "").strip() or open_id, {name: value for name, value in identity.items() if value},
    )


def _tokens(found: Mapping[str, Any], now: datetime, response: Response) -> dict[str, str]:
    """The tokens of an answer and their ends, ISO 8601. Refused (login.not_this_platform) when there are none."""
    access, refresh = found.get("access_token"), found.get("refresh_token")
    if not isinstance(access, str) or not access:
        where = host_of(response.url)
        raise Refused(error("login.not_this_platform", "account", host=where, status=response.status))
    kept = {"access_token": access, "ends": _end(found.get("expires_in"), now)}
    if isinstance(refresh, str) and refresh:
        kept |= {"refresh_token": refresh, "refresh_ends": _end(found.get("refresh_expires_in"), now)}
    return kept


def _now() -> datetime:
    """Signing in is done by a person, by this computer's clock."""
    return datetime.now(UTC)


def _end(seconds: object, now: datetime) -> str:
    lasts = seconds_of(seconds)
    return (now + timedelta(seconds=lasts)).isoformat() if lasts else ""


def _scopes(found: Mapping[str, Any]) -> str:
    """"user_info,video.create.bind" with spaces; "" when not told."""
    return " ".join(str(found.get("scope") or "").replace(",", " ").split())


# how long it holds ------------------------------------------------------------------------------------------------


def renewable(account: Account, secrets: Secrets) -> bool:
    """Whether the refresh token can be made anew once more."""
    return bool(may(account.identity, RENEW)) and int(secrets.get("renewals") or 0) < RENEWALS.value


def life(account: Account, secrets: Secrets) -> Life:
    """Refreshed a day before the access token ends; over when both tokens are."""
    ends, last = moment(secrets.get("ends", "")), moment(secrets.get("refresh_ends", ""))
    if not can_refresh(secrets):
        return Life(None, ends)
    due = [ends - EARLY] if ends else []
    if last and renewable(account, secrets):
        due.append(last - LAST_DAYS)
    due = [at for at in due if last is None or at < last]
    return Life(min(due, default=None), max((at for at in (ends, last) if at), default=None))


def refresh(access: Access, secrets: Secrets) -> Secrets:
    """One request: the refresh token made anew in its last days where that is allowed, else a new access token."""
    try:
        if _anew_is_due(access, secrets):
            return _anew(access, secrets)
        return fresh_token(access, secrets)
    except SignInAgain:
        remember(access, "ending")
        raise


def _anew_is_due(access: Access, secrets: Secrets) -> bool:
    last = moment(secrets.get("refresh_ends", ""))
    return last is not None and renewable(access.account, secrets) and last - access.now() < LAST_DAYS


def _anew(access: Access, secrets: Secrets) -> Secrets:
    """A new refresh token. Where Douyin says that there were enough, it is not asked again."""
    asked = {"client_key": secrets.get("client_key", ""), "refresh_token": secrets.get("refresh_token", "")}
    try:
        response = posted(access.transport, "/oauth/renew_refresh_token/", asked)
        found = opened(response, secrets, access.now())
    except (SignInAgain, Refused):
        return {"renewals": str(RENEWALS.value)}
    token, times = found.get("refresh_token"), int(secrets.get("renewals") or 0) + 1
    if not isinstance(token, str) or not token:
        raise Later(error("net.unreadable", "account", host=host_of(response.url), status=response.status))
    lasts = found.get("refresh_expires_in") or found.get("expires_in")
    return {"refresh_token": token, "refresh_ends": _end(lasts, access.now()), "renewals": str(times)}


def fresh_token(access: Access, secrets: Secrets) -> Secrets:
    """A new access token. The refresh token keeps the end it had."""
    if not can_refresh(secrets):
        raise SignInAgain(error("login.expired", "account"))
    fresh, scopes = _refresh(secrets, access.transport, access.now())
    if secrets.get("refresh_ends"):
        fresh["refresh_ends"] = secrets["refresh_ends"]
    remember(access, "", scopes)
    return fresh


def _refresh(secrets: Secrets, transport: Transport, now: datetime) -> tuple[dict[str, str], str]:
    """New tokens and the scopes. SignInAgain when the refresh token is dead; Later when that cannot be told now."""
    asked = {
        "client_key": secrets.get("client_key", ""), "grant_type": "refresh_token",
        "refresh_token": secrets.get("refresh_token", ""),
    }
    response = posted(transport, "/oauth/refresh_token/", asked)
    try:
        found = opened(response, secrets, now)
    except SignInAgain:
        raise SignInAgain(error("douyin.refresh_dead", "account")) from None
    except Refused as wrong:
        raise _of_app(wrong) from None
    return _tokens(found, now, response), _scopes(found)


def _of_app(wrong: Refused) -> Refused:
    """A refusal of the app, told on the field that is wrong most often."""
    return Refused(*(replace(f, field="client_key") if f.code == "douyin.app" else f for f in wrong.findings))


def remember(access: Access, state: str, scopes: str = "") -> None:
    """Keeps with the account how its sign-in is, so that checks can say it: "", "ending" or "over"."""
    told = {"scopes": scopes} if scopes else {}
    if state != access.account.identity.get("sign_in", ""):
        told["sign_in"] = state
    if told:
        access.learn(told)
