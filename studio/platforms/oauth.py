"""OAuth 2: authorization code with PKCE (RFC 6749, 7636), renewing and revoking (RFC 7009), errors typed.

Addresses, verifiers and challenges are authlib's; every request goes through our Transport, so it follows the
account's api_base and its outcome is known. Nothing here logs, and no finding holds what a server or a person
said in full: either may carry a secret.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from studio.core.errors import Later, Problem, Refused, SignInAgain
from studio.core.finding import error
from studio.platforms.logins import Authorization, Secrets
from studio.platforms.transport import TIMEOUT, MaybeSent, Response, Transport, host_of, rebase

if TYPE_CHECKING:
    from studio.platforms.base import Access, Refresh

OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"
FORM = "application/x-www-form-urlencoded"
LONGEST_ANSWER = 16_384  # characters of a pasted address; more is none
LONGEST_LIFE = 20 * 365 * 86_400  # seconds: what a server may say of a token's life and be believed
QUICK = 10.0  # seconds of silence where the outcome is no matter
SOON = 120  # seconds: a token that ends this soon is renewed first
_WORDS = 120  # characters of a server's own error name that are kept
# RFC 6749, 4.1.2.1 and 5.2: what is wrong with us, not with the code or the token.
CLIENT = ("invalid_client", "unauthorized_client", "unsupported_grant_type", "unsupported_response_type")
PASSING = ("server_error", "temporarily_unavailable", "slow_down")


@dataclass(frozen=True, slots=True)
class Client:
    """An authorization server and us as its client.

    authorize, token, revoke   its addresses; revoke "" where it has none
    secret    "" for a public client; goes into the form, never into an address
    pkce      False only where the server is known to refuse it
    names     the server's own names of standard parameters: {"client_id": "client_key"}
    """

    authorize: str
    token: str
    id: str
    secret: str = ""
    revoke: str = ""
    scopes: tuple[str, ...] = ()
    separator: str = " "
    pkce: bool = True
    names: Mapping[str, str] = field(default_factory=dict)

    def named(self, values: Mapping[str, str]) -> dict[str, str]:
        """These parameters under the server's names, empty ones left out."""
        return {self.names.get(name, name): value for name, value in values.items() if value}


@dataclass(frozen=True, slots=True)
class Token:
    """What a token endpoint gave. refresh "" when it gave none; seconds: of life, None when not said.

    scopes   granted ones, None when not said (RFC 6749: then they are those asked for)
    raw      the whole answer, with secrets
    """

    access: str
    refresh: str = ""
    seconds: int | None = None
    scopes: tuple[str, ...] | None = None
    raw: Mapping[str, Any] = field(default_factory=dict)

    def ends(self, now: datetime) -> datetime | None:
        """When the access token ends."""
        return None if self.seconds is None else now + timedelta(seconds=self.seconds)

    def secrets(self, now: datetime) -> dict[str, str]:
        """As `Login.secrets` or what a refresh gives: access_token, refresh_token and ends ("" or ISO 8601).

        A refresh token the server did not give is left out, so that the old one stays.
        """
        ends = self.ends(now)
        kept = {"access_token": self.access, "ends": ends.isoformat() if ends else ""}
        return kept | ({"refresh_token": self.refresh} if self.refresh else {})


@dataclass(frozen=True, slots=True)
class Answer:
    """What the browser came back with: a code, or the name of an error."""

    code: str = ""
    state: str = ""
    error: str = ""


def begin(client: Client, redirect: str, base: str = "", **more: str) -> Authorization:
    """A new sign-in: fresh state and verifier. more: the platform's own parameters of the address.

    base   the account's api_base, which the browser must be sent to as well
    """
    from authlib.common.security import generate_token
    from authlib.oauth2.rfc7636 import create_s256_code_challenge

    state, verifier = generate_token(32), generate_token(64)
    asked = {
        "response_type": "code", "client_id": client.id, "redirect_uri": redirect,
        "scope": client.separator.join(client.scopes), "state": state, **more,
    }
    if client.pkce:
        asked |= {"code_challenge": create_s256_code_challenge(verifier), "code_challenge_method": "S256"}
    kept = {"redirect": redirect, "verifier": verifier if client.pkce else ""}
    return Authorization(_with_query(rebase(client.authorize, base), client.named(asked)), state, kept)


def _with_query(url: str, query: Mapping[str, str]) -> str:
    from authlib.common.urls import add_params_to_uri

    return str(add_params_to_uri(url, list(query.items())))


def answer(text: str) -> Answer:
    """What a pasted address (or a bare code) says. Refused (authorize.no_code) when it says nothing."""
    pasted = text.strip().strip("<>\"'")
    if len(pasted) > LONGEST_ANSWER:
        raise Refused(error("authorize.no_code", "callback"))
    found = _asked(pasted) if "=" in pasted or "://" in pasted else {"code": pasted}
    if not (found.get("code") or found.get("error")) or any(c.isspace() for c in found.get("code", "")):
        raise Refused(error("authorize.no_code", "callback"))
    return Answer(found.get("code", ""), found.get("state", ""), found.get("error", ""))


def _asked(text: str) -> dict[str, str]:
    """The parameters of an address, after its ? or, as some platforms do it, after its #."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return {}
    query, behind = dict(parse_qsl(parts.query)), dict(parse_qsl(parts.fragment))
    if not parts.scheme and not parts.query:
        query = dict(parse_qsl(text))
    return query if query.keys() & {"code", "error"} else behind


def code_of(found: Answer, state: str) -> str:
    """The code, when the answer is to our question. Refused: another state, or it was not allowed."""
    if state and not hmac.compare_digest(_bytes(found.state), _bytes(state)):
        raise Refused(error("authorize.state", "callback"))
    if found.error:
        raise refusal_of(found.error)
    return found.code


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def refusal_of(name: str) -> Problem:
    """What an error in the browser's answer is about."""
    if name == "access_denied":
        return Refused(error("authorize.denied", "callback"))
    return _meaning(name) or Refused(error("authorize.refused", "callback", reason=plain(name)))


def _meaning(name: str) -> Problem | None:
    if name in CLIENT:
        return Refused(error("authorize.client", "login", reason=plain(name)))
    if name == "invalid_scope":
        return Refused(error("authorize.scope", "login"))
    if name in PASSING:
        return Later(error("authorize.busy", "account", reason=plain(name)))
    return None


def plain(name: str) -> str:
    """A server's error name as far as it can be one: short, printable ASCII."""
    return "".join(c for c in name if c.isascii() and (c.isalnum() or c in "_-. "))[:_WORDS]


def exchange(client: Client, code: str, kept: Secrets, transport: Transport, **more: str) -> Token:
    """The code for a token; a code works once. Refused when the server does not take it, Later when it is down."""
    given = {"redirect_uri": kept.get("redirect", ""), "code_verifier": kept.get("verifier", ""), **more}
    response = _post(client, client.token, {"grant_type": "authorization_code", "code": code, **given}, transport)
    if not response.ok and not response.body.lstrip().startswith(b"{"):
        where = host_of(response.url)
        raise Refused(error("login.not_this_platform", "account", host=where, status=response.status))
    if name := error_name(response):
        raise _meaning(name) or Refused(error("authorize.code_refused", "callback", reason=plain(name)))
    return token_of(response)


def refresh(client: Client, refresh_token: str, transport: Transport, **more: str) -> Token:
    """A new token for a refresh token, which may be worthless afterwards: call it inside `Access.renew`.

    SignInAgain when it is not taken (any more), Later when that cannot be told now.
    """
    if not refresh_token:
        raise SignInAgain(error("login.expired", "account"))
    asked = {"grant_type": "refresh_token", "refresh_token": refresh_token, **more}
    try:
        response = _post(client, client.token, asked, transport)
        if name := error_name(response):
            raise _over(name)
        return token_of(response)
    except MaybeSent as broken:  # of the renewal, not of what waits for it: that was not sent
        raise Later(*broken.findings) from None


def _over(name: str) -> Problem:
    found = _meaning(name)
    return found if isinstance(found, Later) else SignInAgain(error("login.expired", "account"))


def revoke(client: Client, token: str, transport: Transport) -> None:
    """Tells the server that a token is not used any more. Later when that cannot be done now."""
    if not (client.revoke and token):
        return
    response = _post(client, client.revoke, {"token": token}, transport, QUICK)
    if found := _meaning(error_name(response)):
        raise found


def _post(
    client: Client, url: str, values: Mapping[str, str], transport: Transport, timeout: float = TIMEOUT
) -> Response:
    """A form with who we are. The outcome of a 5xx is not known: the server may have acted."""
    form = client.named({**values, "client_id": client.id, "client_secret": client.secret})
    body = urlencode(form).encode()
    response = transport.request("POST", url, content=body, headers={"Content-Type": FORM}, timeout=timeout)
    if response.status >= 500:
        raise MaybeSent(error("net.server_fault", "account", host=host_of(response.url), status=response.status))
    return response


def error_name(response: Response) -> str:
    """The name of the error in an answer, "" when it is none: some servers put errors into a 200.

    MaybeSent (net.unreadable) when a refusal is not in the form of OAuth: a proxy or portal may have answered.
    """
    if response.ok and not response.body.lstrip().startswith(b"{"):
        return ""  # whoever needs a token will see that there is none
    name = response.data().get("error")
    if isinstance(name, str) and name:
        return name
    return "" if response.ok and not name else "unknown"


def token_of(response: Response) -> Token:
    """The token in a good answer. Refused (login.not_this_platform) when there is none."""
    found = response.data()
    access, refresh_ = found.get("access_token"), found.get("refresh_token")
    kind = str(found.get("token_type") or "bearer").lower()
    if not isinstance(access, str) or not access or kind != "bearer":
        where = host_of(response.url)
        raise Refused(error("login.not_this_platform", "account", host=where, status=response.status))
    scope = found.get("scope")
    scopes = tuple(scope.replace(",", " ").split()) if isinstance(scope, str) and scope.strip() else None
    seconds = seconds_of(found.get("expires_in"))
    return Token(access, refresh_ if isinstance(refresh_, str) else "", seconds, scopes, found)


def seconds_of(value: object) -> int | None:
    """A life in seconds, also when it is written as text; None for anything that cannot be one."""
    try:
        number = int(float(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else 0
    except (ValueError, OverflowError):
        return None
    return min(number, LONGEST_LIFE) if number > 0 else None


class Bearer:
    """Signed-in requests of one account, whose secrets are as `Token.secrets` makes them.

    The token is renewed before it ends, by our own clock, and once more for a request that is refused: the server
    has the last word, and its 401 says that nothing was done.
    """

    def __init__(self, access: Access, renewal: Refresh | None = None) -> None:
        self._access, self._renewal = access, renewal
        self._secrets: Secrets = access.secrets
        self._made = ""  # the token made here: a wrong clock must not renew it again and again

    @property
    def secrets(self) -> Secrets:
        """With the token in use now."""
        return self._secrets

    def request(self, method: str, url: str, *, headers: Mapping[str, str] | None = None, **more: Any) -> Response:
        """As `Transport.request`. SignInAgain when the token is refused and cannot be renewed."""
        if self._due():
            self._renew()
        response = self._send(method, url, headers or {}, more)
        if response.status == 401 and self._renewal is not None:
            self._renew()
            response = self._send(method, url, headers or {}, more)
        if response.status == 401:
            raise SignInAgain(error("login.expired", "account"))
        return response

    def _send(self, method: str, url: str, headers: Mapping[str, str], more: Mapping[str, Any]) -> Response:
        if not (token := self._secrets.get("access_token", "")):
            raise SignInAgain(error("login.expired", "account"))
        signed = {**headers, "Authorization": f"Bearer {token}"}
        return self._access.transport.request(method, url, headers=signed, **more)

    def _due(self) -> bool:
        ends = moment(self._secrets.get("ends", ""))
        if self._renewal is None or ends is None or self._secrets.get("access_token") == self._made:
            return False
        return ends - self._access.now() < timedelta(seconds=SOON)

    def _renew(self) -> None:
        assert self._renewal is not None
        self._secrets = self._access.renew(self._renewal)
        self._made = self._secrets.get("access_token", "")


def moment(text: str) -> datetime | None:
    """An ISO 8601 moment with its zone, None for anything else."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None
