"""Signing in at any server: registering there, the browser, or a token; and whether an account is usable now.

Source: Mastodon documentation, methods apps, oauth, accounts and instance, read 2026-07. An app is registered at
each server; a token has no end and is not renewed; PKCE is announced since 4.3 in the metadata of RFC 8414.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from studio.core.errors import Later, Problem, Refused, SignInAgain
from studio.core.finding import Finding, error, warning
from studio.core.words import Words
from studio.platforms.base import Access
from studio.platforms.logins import CALLBACK, Authorization, Login, LoginField, Secrets, Way
from studio.platforms.mastodon import limits
from studio.platforms.mastodon.api import Api, message_of
from studio.platforms.transport import MaybeSent, Response, Transport, host_of

USUAL = "mastodon.social"
SCOPES = ("read:accounts", "read:statuses", "write:statuses", "write:media")
LOOPBACK = ("localhost", "127.0.0.1", "::1")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"))

FIELDS = (
    LoginField(
        "server", Words("Server", "服务器", "伺服器"),
        Words(
            "The server your account is on, such as mastodon.social, or your whole handle @you@server",
            "账号所在的服务器，例如 mastodon.social，也可以填完整账号 @你@服务器",
            "帳號所在的伺服器，例如 mastodon.social，也可以填完整帳號 @你@伺服器",
        ),
        required=False, default=USUAL,
    ),
    LoginField(
        "access_token", Words("Access token", "访问令牌", "存取權杖"),
        Words(
            "Only to sign in without the browser: on your server under Preferences, Development, make an application "
            "with read and write, and copy its access token",
            "不用浏览器登录时才填：在服务器的“偏好设置 → 开发”里新建一个应用，勾选 read 和 write，复制它的访问令牌",
            "不用瀏覽器登入時才填：在伺服器的「偏好設定 → 開發」新增一個應用程式，勾選 read 和 write，複製它的存取權杖",
        ),
        secret=True, required=False,
    ),
    CALLBACK,
)


def server_of(typed: str, api_base: str) -> str:
    """"@you@example.social", "example.social/@you" or an address as "https://example.social"; Refused when none.

    Without TLS the token would go over the network for all to read: only this machine may be called so.
    """
    text = typed.translate(_INVISIBLE).strip().rstrip("/")
    if not text and api_base:
        return api_base
    if "://" not in text:
        handle = re.fullmatch(r"@?[^@\s/]+@([^@\s/]+)", text)
        text = f"https://{handle[1] if handle else text}"
    try:
        parts = urlsplit(text)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        raise Refused(error("login.server", "server")) from None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or any(c.isspace() for c in text):
        raise Refused(error("login.server", "server"))
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise Refused(error("login.server_plain", "server", host=parts.hostname))
    name = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{name}{port}"


def _not_one(response: Response) -> Refused:
    where = host_of(response.url)
    return Refused(error("login.not_this_platform", "server", host=where, status=response.status))


def instance(server: str, transport: Transport, token: str = "") -> dict[str, str]:
    """What the server says of itself, for the account's identity: version, domain and limits.

    Asks /api/v2/instance, then /api/v1/instance (before 4.0, and much other software); {} from a server that
    answers only those who are signed in. Refused (login.not_this_platform), Later.
    """
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    for path in ("/api/v2/instance", "/api/v1/instance"):
        response = transport.request("GET", f"{server}{path}", headers=headers)
        if response.status in (401, 403) and message_of(response):
            return {}
        if response.status >= 500:
            status = response.status
            raise Later(error("net.server_fault", "account", host=host_of(response.url), status=status))
        if response.ok and (known := _identity(response)):
            return known
    raise _not_one(response)


def _identity(response: Response) -> dict[str, str]:
    """{} when the answer is not in the API's form."""
    try:
        found = response.data()
    except MaybeSent:
        return {}
    version, domain = found.get("version"), found.get("domain") or found.get("uri")
    if not isinstance(version, str) or not isinstance(domain, str):
        return {}
    name = domain.removeprefix("https://").rstrip("/")  # some write an address
    return {"version": version, "domain": name, **limits.of_instance(found)}


def authorize(
    fields: Mapping[str, str], api_base: str, transport: Transport, way: Way, redirect: str
) -> Authorization:
    """Registers us at the server and gives the address to open."""
    from dataclasses import replace

    from studio.platforms import oauth

    server = server_of(fields.get("server", ""), api_base)
    back = redirect or oauth.OUT_OF_BAND
    announced = _metadata(server, transport)
    if announced is None:
        instance(server, transport)  # says whether it is such a server at all, and whether it is up
    client = _client(server, _registered(server, back, transport), _proves(announced))
    begun = oauth.begin(client, back, api_base)
    kept = {**begun.kept, "server": server, "client_id": client.id, "client_secret": client.secret}
    return replace(begun, kept=kept)


def _metadata(server: str, transport: Transport) -> Mapping[str, Any] | None:
    """RFC 8414; None when the server has none (before 4.3)."""
    response = transport.request("GET", f"{server}/.well-known/oauth-authorization-server")
    if not response.ok:
        return None
    try:
        return response.data()
    except MaybeSent:
        return None


def _proves(announced: Mapping[str, Any] | None) -> bool:
    methods = (announced or {}).get("code_challenge_methods_supported")
    return isinstance(methods, list) and "S256" in methods


def _registered(server: str, redirect: str, transport: Transport) -> tuple[str, str]:
    """Our id and secret at this server: a new client each time, so that none is shared by two accounts."""
    asked = {"client_name": "Yigao", "redirect_uris": redirect, "scopes": " ".join(SCOPES)}
    response = transport.request("POST", f"{server}/api/v1/apps", json=asked)
    if response.status >= 500:
        raise Later(error("net.server_fault", "account", host=host_of(response.url), status=response.status))
    found = response.data() if response.ok else {}
    id, secret = found.get("client_id"), found.get("client_secret")
    if not isinstance(id, str) or not isinstance(secret, str) or not id:
        raise _not_one(response)
    return id, secret


def _client(server: str, registered: tuple[str, str], pkce: bool) -> Any:
    from studio.platforms.oauth import Client

    return Client(
        f"{server}/oauth/authorize", f"{server}/oauth/token", registered[0], registered[1],
        revoke=f"{server}/oauth/revoke", scopes=SCOPES, pkce=pkce,
    )


def complete(code: str, kept: Secrets, transport: Transport) -> Login:
    """Finishes a login by browser."""
    from studio.platforms import oauth

    server = kept.get("server", "")
    client = _client(server, (kept.get("client_id", ""), kept.get("client_secret", "")), bool(kept.get("verifier")))
    token = oauth.exchange(client, code, kept, transport)
    secrets = {"access_token": token.access, "client_id": client.id, "client_secret": client.secret}
    return _login(server, secrets, token.scopes or SCOPES, transport, "callback")


def leave(access: Access) -> None:
    """Revokes the token of a login by browser; one that a person made themselves is theirs to take back."""
    from studio.platforms import oauth

    known = access.secrets.get("client_id", ""), access.secrets.get("client_secret", "")
    if known[0]:
        client = _client(access.account.identity.get("server", ""), known, True)
        oauth.revoke(client, access.secrets.get("access_token", ""), access.transport)


def login(fields: Mapping[str, str], api_base: str, transport: Transport) -> Login:
    """With a token. Refused with findings on the fields; Later when the server cannot be asked now."""
    server = server_of(fields.get("server", "") or ("" if api_base else USUAL), api_base)
    token = "".join(fields.get("access_token", "").split()).removeprefix("Bearer")
    known = instance(server, transport)  # before the token goes there
    if not token:
        raise Refused(error("login.browser_or_token", "access_token"))
    return _login(server, {"access_token": token}, (), transport, "access_token", known)


def _login(
    server: str, secrets: Secrets, scopes: tuple[str, ...], transport: Transport, field: str,
    known: Mapping[str, str] | None = None,
) -> Login:
    token = secrets["access_token"]
    response = transport.request(
        "GET", f"{server}/api/v1/accounts/verify_credentials", headers={"Authorization": f"Bearer {token}"}
    )
    if not response.ok:
        raise _refusal(response, field)
    found = response.data()
    id, acct = found.get("id"), found.get("acct") or found.get("username")
    if not isinstance(id, str | int) or not isinstance(acct, str):
        raise _not_one(response)
    about = known or instance(server, transport, token)
    identity = {"server": server, "id": str(id), **about, **({"scopes": " ".join(scopes)} if scopes else {})}
    handle = acct if "@" in acct else f"{acct}@{about.get('domain') or host_of(server)}"
    return Login(secrets, handle, str(found.get("display_name") or acct), identity)


def _refusal(response: Response, field: str) -> Problem:
    if response.status >= 500:
        return Later(error("net.server_fault", "account", host=host_of(response.url), status=response.status))
    if response.status == 401:
        return Refused(error("login.token_refused", field, host=host_of(response.url)))
    if response.status == 403:  # suspended or unconfirmed accounts, and tokens without read
        reason = "".join(c for c in message_of(response) if c.isprintable())[:120] or "403"
        return Refused(error("account.not_allowed", field, host=host_of(response.url), reason=reason))
    return _not_one(response)


@dataclass(frozen=True, slots=True)
class State:
    """How an account is. findings: what is wrong. about: as `instance` says. timer: it keeps posts until their time."""

    findings: tuple[Finding, ...]
    about: Mapping[str, str]
    timer: bool


def state(access: Access) -> State:
    """Asks the server. What it says of its limits is learnt on the way. Refused, Later, SignInAgain."""
    api = Api(access)
    found = api.data(api.get("/api/v1/accounts/verify_credentials"))
    about = instance(api.server, access.transport, api.secrets.get("access_token", ""))
    timer = _timer(api, about)
    access.learn(about)
    return State((*_standing(found, access), *_smaller(about, access)), about, timer)


def _timer(api: Api, about: Mapping[str, str]) -> bool:
    """Whether scheduled posts can be listed; on Mastodon itself they must be, so what refuses it is raised there."""
    response = api.get("/api/v1/scheduled_statuses", {"limit": "1"})
    if limits.software(about.get("version", "")) == "mastodon":
        api.items(response)
    return response.ok


def health(access: Access) -> tuple[Finding, ...]:
    """() when it can publish now; else what is wrong."""
    try:
        return state(access).findings
    except (Refused, Later, SignInAgain) as problem:
        return problem.findings


def _standing(found: Mapping[str, Any], access: Access) -> list[Finding]:
    findings: list[Finding] = []
    before, name = access.account.handle.partition("@")[0], str(found.get("username") or "")
    if found.get("suspended") is True:
        findings.append(error("account.closed", "account", reason="suspended"))
    if found.get("limited") is True:
        findings.append(warning("account.limited", "account"))
    if found.get("moved"):
        findings.append(warning("account.moved", "account"))
    if before and name and before != name:
        findings.append(warning("account.renamed", "account", before=before, now=name))
    return findings


def _smaller(about: Mapping[str, str], access: Access) -> list[Finding]:
    """Posts that were written for more characters than the server takes by now."""
    before, now = limits.of(access.account.identity), limits.of(about)
    if not before.own or now.characters >= before.characters:
        return []
    return [warning("account.limits_changed", "account", before=before.characters, now=now.characters)]
