"""Signing in with an app password at any PDS, and whether an account is usable now.

Source: atproto lexicons com.atproto.server.createSession and com.atproto.identity.resolveHandle, the
specifications of handles and DIDs, read 2026-08.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from studio.core.errors import Later, Problem, Refused, SignInAgain
from studio.core.finding import Finding, error, warning
from studio.core.words import Words
from studio.platforms.base import Access, Login, LoginField
from studio.platforms.bluesky.xrpc import CLOSED, Session, checked, claims, error_of
from studio.platforms.transport import Response, Transport, host_of

ENTRY = "https://bsky.social"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
DIRECTORY = "https://plc.directory"
_HANDLE = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
_DID = re.compile(r"did:(?:plc:[a-z2-7]{24}|web:[A-Za-z0-9.%-]+)", re.ASCII)
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"))

FIELDS = (
    LoginField(
        "identifier", Words("Handle", "用户名", "使用者名稱"),
        Words(
            "Your handle, such as you.bsky.social, or the e-mail address you sign in with",
            "你的用户名，例如 you.bsky.social，也可以填登录邮箱",
            "你的使用者名稱，例如 you.bsky.social，也可以填登入信箱",
        ),
    ),
    LoginField(
        "password", Words("App password", "应用专用密码", "應用程式密碼"),
        Words(
            "Make one at bsky.app: Settings, Privacy and security, App passwords. It can be taken back there at any "
            "time and cannot change your account, so use it instead of your main password.",
            "在 bsky.app 的“设置 → 隐私和安全 → 应用专用密码”里新建一个。它不能改动账号，随时可以作废，别用主密码。",
            "在 bsky.app 的「設定 → 隱私與安全 → 應用程式密碼」新增一組。它不能更動帳號，隨時可以作廢，別用主密碼。",
        ),
        secret=True,
    ),
    LoginField(
        "server", Words("Server", "服务器", "伺服器"),
        Words(
            "Only for an account on a PDS of your own that cannot be found by its handle. Otherwise leave it empty.",
            "账号在自建 PDS 上、又无法由用户名找到时，填它的地址；一般留空。",
            "帳號在自架 PDS 上、又無法由使用者名稱找到時，填它的位址；一般留空。",
        ),
        required=False,
    ),
)


def cleaned(identifier: str) -> str:
    """As people paste it: without @, spaces, invisible marks or the address around it; lower case but for DIDs."""
    text = identifier.translate(_INVISIBLE).strip().removeprefix("https://bsky.app/profile/").lstrip("@").rstrip("/ ")
    return text if text.startswith("did:") else text.lower()


def _server(address: str) -> str:
    """"pds.example.com" or its full address as "https://pds.example.com"; Refused when it is none.

    Without TLS the password would go over the network for all to read: only this machine may be called so.
    """
    text = address.strip().rstrip("/")
    parts = urlsplit(text if "://" in text else f"https://{text}")
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise Refused(error("login.server", "server"))
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise Refused(error("login.server_plain", "server", host=parts.hostname))
    return f"{parts.scheme}://{parts.netloc}"


def pds_of(document: Mapping[str, Any]) -> str:
    """The PDS that a DID document names, or "". Only an https address is believed."""
    services = document.get("service")
    for service in services if isinstance(services, list) else ():
        if isinstance(service, dict) and str(service.get("id", "")).endswith("#atproto_pds"):
            address = str(service.get("serviceEndpoint", ""))
            parts = urlsplit(address)
            if parts.scheme == "https" and parts.hostname and not parts.username:
                return f"https://{parts.netloc}"
    return ""


def document_url(did: str) -> str:
    """Where the DID document of `did` is; Refused for other methods than plc and web."""
    if did.startswith("did:plc:"):
        return f"{DIRECTORY}/{did}"
    if did.startswith("did:web:"):
        return f"https://{unquote(did.removeprefix('did:web:'))}/.well-known/did.json"
    raise Refused(error("login.unknown_handle", "identifier", identifier=did))


def did_of(handle: str, pds: str, transport: Transport) -> str | None:
    """The DID behind a handle, asked at `pds`; None when there is no such handle."""
    address = f"{pds}/xrpc/com.atproto.identity.resolveHandle"
    response = transport.request("GET", address, params={"handle": handle})
    if response.status in (400, 404):
        return None
    did = str(checked(response, {}).get("did", ""))
    return did if _DID.fullmatch(did) else None


def find_pds(identifier: str, transport: Transport) -> str:
    """The PDS where `identifier` (handle or DID) lives; Refused when it cannot be found."""
    unknown = Refused(error("login.unknown_handle", "identifier", identifier=identifier))
    did = identifier if _DID.fullmatch(identifier) else did_of(identifier, ENTRY, transport)
    if did is None:
        raise unknown
    response = transport.request("GET", document_url(did))
    if response.status in (404, 410):
        raise unknown
    pds = pds_of(checked(response, {}))
    if not pds:
        raise unknown
    return pds


def _where(fields: Mapping[str, str], identifier: str, api_base: str, transport: Transport) -> str:
    """The server to sign in at. With an api_base every address becomes that one anyway."""
    if fields.get("server", "").strip():
        return _server(fields["server"])
    if api_base or "@" in identifier:
        return ENTRY
    if not (_HANDLE.fullmatch(identifier) or _DID.fullmatch(identifier)):
        raise Refused(error("login.handle_form", "identifier", identifier=identifier))
    return find_pds(identifier, transport)


def login(fields: Mapping[str, str], api_base: str, transport: Transport) -> Login:
    """Signs in. Refused with findings on the fields, Later when the other side cannot be asked now."""
    identifier, password = cleaned(fields.get("identifier", "")), fields.get("password", "").strip()
    missing = [name for name, value in (("identifier", identifier), ("password", password)) if not value]
    if missing:
        raise Refused(*(error("login.missing", name, name=name) for name in missing))
    server = _where(fields, identifier, api_base, transport)
    response = transport.request(
        "POST", f"{server}/xrpc/com.atproto.server.createSession",
        json={"identifier": identifier, "password": password},
    )
    if not response.ok:
        raise _refusal(response)
    return _login(checked(response, {}), server, api_base)


def _refusal(response: Response) -> Problem:
    """What a refused sign-in is about."""
    name, _ = error_of(response)
    if name in CLOSED:
        return Refused(error("account.closed", "identifier", reason=name))
    if name == "AuthFactorTokenRequired":
        return Refused(error("login.needs_app_password", "password"))
    if response.status in (400, 401, 403) and name:
        return Refused(error("login.refused", "password"))
    if response.status >= 500:
        return Later(error("net.server_fault", "account", host=host_of(response.url), status=response.status))
    return Refused(error("login.not_this_platform", "server", host=host_of(response.url), status=response.status))


def _login(found: Mapping[str, Any], server: str, api_base: str) -> Login:
    try:
        did, handle = str(found["did"]), str(found["handle"])
        secrets = {"accessJwt": str(found["accessJwt"]), "refreshJwt": str(found["refreshJwt"])}
    except KeyError:
        where = host_of(api_base or server)
        raise Refused(error("login.not_this_platform", "server", host=where, status=200)) from None
    if found.get("active") is False:
        raise Refused(error("account.closed", "identifier", reason=str(found.get("status") or "inactive")))
    document = found.get("didDoc")
    pds = api_base or (pds_of(document) if isinstance(document, dict) else "") or server
    return Login(secrets, handle, handle, {"did": did, "pds": pds})


def health(access: Access) -> tuple[Finding, ...]:
    """() when it can publish now; else what is wrong. Renews the tokens when they are about to end."""
    session = Session(access, access.account.identity.get("pds", ENTRY))
    try:
        found = checked(session.call("GET", "com.atproto.server.getSession"), session.secrets)
    except (Refused, Later, SignInAgain) as problem:
        return problem.findings
    return tuple(_state(found, access) + _rights(session))


def _state(found: Mapping[str, Any], access: Access) -> list[Finding]:
    findings, handle = [], str(found.get("handle", ""))
    if found.get("active") is False:
        findings.append(error("account.closed", "account", reason=str(found.get("status") or "inactive")))
    if handle and access.account.handle and handle != access.account.handle:
        findings.append(warning("account.renamed", "account", before=access.account.handle, now=handle))
    return findings


def _rights(session: Session) -> list[Finding]:
    """A full session can do more than publishing needs; better an app password."""
    if claims(session.secrets.get("accessJwt", "")).get("scope") == "com.atproto.access":
        return [warning("account.main_password", "account")]
    return []
