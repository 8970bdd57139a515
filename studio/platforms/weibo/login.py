"""Signing in with the person's own app: the browser and its default page, or a token; and how long that holds.

Source: facts of November 2026, 2.1. The answer comes to https://api.weibo.com/oauth2/default.html, which shows it in
the address bar; a token has an end and, outside their mobile SDK, nothing that renews it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from studio.core.clock import wall
from studio.core.errors import Later, Problem, Refused, SignInAgain
from studio.core.finding import error
from studio.core.words import Words
from studio.platforms.base import Access
from studio.platforms.logins import CALLBACK, Authorization, Life, Login, LoginField, Secrets
from studio.platforms.transport import Response, Transport, host_of
from studio.platforms.weibo.api import HOST, good, send_form
from studio.platforms.weibo.errors import SIGN_IN, number, oauth_trouble, said, trouble
from studio.platforms.weibo.text import domain_of

DEFAULT_PAGE = f"{HOST}/oauth2/default.html"

FIELDS = (
    LoginField(
        "app_key", Words("App key", "App Key", "App Key"),
        Words(
            "Of your own app on open.weibo.com, under its basic information",
            "你在 open.weibo.com 自己的应用，“应用信息 → 基本信息”里",
            "你在 open.weibo.com 自己的應用程式，「應用資訊 → 基本資訊」裡",
        ),
        required=False,
    ),
    LoginField(
        "app_secret", Words("App secret", "App Secret", "App Secret"),
        Words("Beside the app key", "就在 App Key 旁边", "就在 App Key 旁邊"), secret=True, required=False,
    ),
    LoginField(
        "redirect_uri", Words("Callback page", "授权回调页", "授權回呼頁"),
        Words(
            "Exactly as it stands in the app under “advanced information”; enter this default page there",
            "必须与应用“高级信息 → OAuth2.0 授权设置”里填的一字不差；建议那里就填这个默认页",
            "必須與應用程式「進階資訊 → OAuth2.0 授權設定」裡填的一字不差；建議那裡就填這個預設頁",
        ),
        required=False, default=DEFAULT_PAGE,
    ),
    LoginField(
        "safe_domain", Words("Safe domain", "安全域名", "安全域名"),
        Words(
            "The domain bound to the app: every post by the API must have an address on it, such as example.com",
            "应用绑定的安全域名，例如 example.com。用接口发的每条微博都要带一个这个域名下的网址",
            "應用程式綁定的安全域名，例如 example.com。用 API 發的每則微博都要帶一個這個網域下的網址",
        ),
        required=False,
    ),
    LoginField(
        "access_token", Words("Access token", "访问令牌", "存取權杖"),
        Words(
            "Only to sign in without the browser: a token of your app, with its uid below",
            "不用浏览器登录时才填：你的应用的 access_token，并在下面填 uid",
            "不用瀏覽器登入時才填：你的應用程式的 access_token，並在下面填 uid",
        ),
        secret=True, required=False,
    ),
    LoginField(
        "uid", Words("Uid", "用户 uid", "使用者 uid"),
        Words("The number of your account, with a token only", "账号的数字 id，只在填令牌时需要",
              "帳號的數字 id，只在填權杖時需要"),
        required=False,
    ),
    CALLBACK,
)  # fmt: skip


def authorize(fields: Mapping[str, str], api_base: str) -> Authorization:
    """The address to open. Refused when the app's key or secret is missing: without them no code is worth anything."""
    from studio.platforms import oauth

    client = _client(fields)
    _domain(fields)
    return oauth.begin(client, _redirect(fields), api_base)


def _client(fields: Mapping[str, str]) -> Any:
    from studio.platforms.oauth import Client

    wanted = ("app_key", "app_secret")
    if missing := [name for name in wanted if not fields.get(name, "").strip()]:
        raise Refused(*(error("login.missing", name, name=name) for name in missing))
    return Client(
        f"{HOST}/oauth2/authorize", f"{HOST}/oauth2/access_token", fields["app_key"].strip(),
        fields["app_secret"].strip(), pkce=False,
    )


def _domain(fields: Mapping[str, str]) -> str:
    """The safe domain, "" for none. Refused when what was typed is no domain: posts would be held against it."""
    typed = fields.get("safe_domain", "").strip()
    if typed and not domain_of(typed):
        raise Refused(error("weibo.domain_form", "safe_domain", value=typed[:80]))
    return domain_of(typed)


def _redirect(fields: Mapping[str, str]) -> str:
    return fields.get("redirect_uri", "").strip() or DEFAULT_PAGE


def complete(fields: Mapping[str, str], code: str, kept: Secrets, transport: Transport) -> Login:
    """The code for a token. kept: {} for a code that was pasted without a sign-in of ours, so there is no PKCE."""
    from studio.platforms import oauth

    client, redirect = _client(fields), kept.get("redirect") or _redirect(fields)
    _domain(fields)  # before the code is used up
    asked = {
        "client_id": client.id, "client_secret": client.secret, "grant_type": "authorization_code", "code": code,
        "redirect_uri": redirect,
    }
    response = send_form(transport, "/oauth2/access_token", asked)
    if not good(response):
        raise _or_elsewhere(response, oauth_trouble(response, redirect, asked))
    token = oauth.token_of(response)
    uid, now = str(token.raw.get("uid") or ""), wall()
    told = {} if uid else _token_info(token.access, transport)
    secrets = {**token.secrets(now), "app_secret": client.secret, "by": "browser"}
    return _login(uid or str(told.get("uid") or ""), secrets, fields, transport)


def _or_elsewhere(response: Response, problem: Problem) -> Problem:
    """What is not in Weibo's form, and no passing fault, comes from somebody else."""
    if said(response) is not None or response.status >= 500:
        return problem
    return Refused(error("login.not_this_platform", "account", host=host_of(response.url), status=response.status))


def login(fields: Mapping[str, str], transport: Transport) -> Login:
    """With a token and its uid. Refused with findings on the fields; Later when Weibo cannot be asked now."""
    _domain(fields)
    token = "".join(fields.get("access_token", "").split())
    told = _token_info(token, transport)  # also without one: whether anybody answers there is said first
    uid, given = str(told.get("uid") or ""), fields.get("uid", "").strip()
    if given and uid and given != uid:
        raise Refused(error("weibo.uid", "uid", given=given, uid=uid))
    secrets = {"access_token": token, "ends": _ends(told, wall()), "by": "token"}
    if secret := fields.get("app_secret", "").strip():
        secrets["app_secret"] = secret
    return _login(uid or given, secrets, fields, transport)


def _token_info(token: str, transport: Transport) -> dict[str, Any]:
    """{uid, appkey, expire_in, ...}. Refused (weibo.ways) without a token, (login.token_refused) for a bad one."""
    response = send_form(transport, "/oauth2/get_token_info", {"access_token": token})
    if good(response):
        told = response.data()
        if not told.keys() & {"uid", "appkey", "expire_in"}:  # anybody answers 200 with something
            where = host_of(response.url)
            raise Refused(error("login.not_this_platform", "account", host=where, status=response.status))
        return told
    found = said(response)
    problem = _or_elsewhere(response, trouble(response, {"token": token}))
    if found is not None and not token:
        raise Refused(error("weibo.ways", "access_token"))
    if found is not None and (found.code in SIGN_IN or isinstance(problem, SignInAgain)):
        raise Refused(error("login.token_refused", "access_token", host=host_of(response.url)))
    raise problem


def _ends(told: Mapping[str, Any], now: datetime) -> str:
    """ISO 8601, "" when it is not told. `expire_in` is what is left, in seconds."""
    left = number(told.get("expire_in"))
    return (now + timedelta(seconds=left)).isoformat() if left > 0 else ""


def _login(uid: str, secrets: Secrets, fields: Mapping[str, str], transport: Transport) -> Login:
    """The handle is the uid: a sign-in comes again every few days, and a name may change in between."""
    if not uid.isdigit():
        raise Refused(error("weibo.uid_missing", "uid"))
    identity = {
        "uid": uid, "app_key": fields.get("app_key", "").strip(), "redirect_uri": _redirect(fields),
        "safe_domain": _domain(fields),
    }
    name = _name(uid, secrets["access_token"], transport)
    return Login(secrets, uid, name, {key: value for key, value in identity.items() if value})


def _name(uid: str, token: str, transport: Transport) -> str:
    """What people call the account. The path is recalled, and a code is used up by now: "" when it does not go."""
    headers = {"Authorization": f"OAuth2 {token}"}
    try:
        response = transport.request("GET", f"{HOST}/2/users/show.json", params={"uid": uid}, headers=headers)
        return str(response.data().get("screen_name") or "") if good(response) else ""
    except (Later, Refused, AttributeError):
        return ""


def life(secrets: Secrets) -> Life:
    """It ends, and nothing renews it: a person is asked in time."""
    from studio.platforms.oauth import moment

    return Life(None, moment(secrets.get("ends", "")))


def token_told(access: Access) -> dict[str, Any]:
    """What Weibo says of the token in use. SignInAgain, Later, Refused."""
    token = access.secrets.get("access_token", "")
    if not token:
        raise SignInAgain(error("login.expired", "account"))
    response = send_form(access.transport, "/oauth2/get_token_info", {"access_token": token})
    if not good(response):
        raise trouble(response, access.secrets)
    return response.data()


def leave(access: Access) -> None:
    """Revokes the token of a login by browser; one that a person brought along is theirs to take back."""
    from studio.platforms import oauth

    if access.secrets.get("by") != "browser":
        return
    client = oauth.Client(
        f"{HOST}/oauth2/authorize", f"{HOST}/oauth2/access_token", "", revoke=f"{HOST}/oauth2/revokeoauth2",
        names={"token": "access_token"},
    )
    oauth.revoke(client, access.secrets.get("access_token", ""), access.transport)
