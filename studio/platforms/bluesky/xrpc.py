"""Calls to a PDS: what its answers mean, and a session that keeps itself signed in.

Source: atproto lexicons com.atproto.server.*, com.atproto.repo.* and the reference PDS, read 2026-08.
Seen on a real PDS: a bad or expired token is 400 (InvalidToken, ExpiredToken), a bad password 401,
a blob over its limit 413, a rate limit 429.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from studio.core.errors import Later, Refused, SignInAgain
from studio.core.finding import error
from studio.platforms.base import Access
from studio.platforms.logins import Life
from studio.platforms.transport import MaybeSent, Response, Transport, host_of

EXPIRED = ("ExpiredToken", "InvalidToken", "AuthenticationRequired", "AuthMissing")
CLOSED = (
    "AccountTakedown", "AccountDeactivated", "AccountSuspended", "RepoTakendown", "RepoDeactivated", "RepoSuspended",
)
LEAST_LEFT = 30 * 86_400  # seconds: where a refresh token does not say when it was made
SOON = 120  # seconds: a token that ends this soon is renewed first
_WORDS = 240  # characters of a server's own message that are kept


def error_of(response: Response) -> tuple[str, str]:
    """The error's name and message; ("", "") when the answer is not in the platform's form."""
    try:
        found = json.loads(response.body)
        return str(found.get("error") or ""), str(found.get("message") or "")
    except (ValueError, AttributeError, RecursionError):
        return "", ""


def clean(message: str, secrets: Mapping[str, str]) -> str:
    """A server's message on one short line, without any of our secrets in it."""
    for secret in secrets.values():
        if len(secret) > 3:
            message = message.replace(secret, "…")
    return "".join(c if c.isprintable() else " " for c in message)[:_WORDS].strip()


def checked(response: Response, secrets: Mapping[str, str]) -> dict[str, Any]:
    """The data of a good answer.

    5xx: MaybeSent (it may have been done). Closed account or a definite refusal: Refused.
    """
    if response.ok:
        return response.data()
    name, message = error_of(response)
    where = host_of(response.url)
    if response.status >= 500 or (not name and response.status not in (401, 403, 404, 413)):
        raise MaybeSent(error("net.server_fault", "account", host=where, status=response.status))
    if name in CLOSED:
        raise Refused(error("account.closed", "account", reason=name))
    if response.status == 413 or name in ("BlobTooLarge", "PayloadTooLarge"):
        raise Refused(error("media.too_big_for_server", "media", host=where))
    reason = clean(message or name or str(response.status), secrets)
    raise Refused(error("platform.refused", "", host=where, error=name, reason=reason))


def claims(token: str) -> dict[str, Any]:
    """What a JWT says of itself, unverified; {} when it cannot be read."""
    try:
        part = token.split(".")[1]
        found = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
        return found if isinstance(found, dict) else {}
    except (IndexError, ValueError):
        return {}


def refreshed(pds: str, tokens: Mapping[str, str], transport: Transport) -> dict[str, str]:
    """New tokens for the old ones, which are worthless then. SignInAgain when they are not given, Later.

    Call it inside `Access.renew`.
    """
    try:
        found = _renewal(pds, tokens, transport)
    except MaybeSent as broken:  # of the renewal, not of the call that waits for it: that was not sent
        raise Later(*broken.findings) from None
    return {"accessJwt": str(found["accessJwt"]), "refreshJwt": str(found["refreshJwt"])}


def _renewal(pds: str, tokens: Mapping[str, str], transport: Transport) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {_token(tokens, 'refreshJwt')}"}
    response = transport.request("POST", f"{pds}/xrpc/com.atproto.server.refreshSession", headers=headers)
    name = error_of(response)[0]
    if name not in CLOSED and (response.status == 401 or (name and response.status in (400, 403))):
        raise SignInAgain(error("login.expired", "account"))
    if response.status == 403 and not name:  # not the server's own word: something stands between
        raise Later(error("net.server_fault", "account", host=host_of(response.url), status=response.status))
    found = checked(response, tokens)
    if not (found.get("accessJwt") and found.get("refreshJwt")):  # an error in a 200: our tokens may be good still
        raise MaybeSent(error("net.unreadable", "account", host=host_of(response.url), status=response.status))
    return found


def _token(tokens: Mapping[str, str], name: str) -> str:
    if not (token := tokens.get(name, "")):
        raise SignInAgain(error("login.expired", "account"))
    return token


def end(pds: str, tokens: Mapping[str, str], transport: Transport) -> None:
    """Makes the tokens worthless. Whatever comes back is no matter."""
    if pds and (token := tokens.get("refreshJwt")):
        headers = {"Authorization": f"Bearer {token}"}
        transport.request("POST", f"{pds}/xrpc/com.atproto.server.deleteSession", headers=headers, timeout=10)


def life(tokens: Mapping[str, str]) -> Life:
    """Each renewal gives a new refresh token; half way through its life is early enough to want the next."""
    says = claims(tokens.get("refreshJwt", ""))
    begun, ends = says.get("iat"), says.get("exp")
    if not isinstance(ends, int | float) or not 0 < ends < 1e11:
        return Life()
    half = (begun + ends) / 2 if isinstance(begun, int | float) and 0 < begun < ends else ends - LEAST_LEFT
    return Life(datetime.fromtimestamp(half, UTC), datetime.fromtimestamp(ends, UTC))


class Session:
    """Signed-in calls of one account. Renews its tokens before they end, and once for a call that is refused.

    Renewing is `Access.renew`: one for all who wait, saved before use.
    """

    def __init__(self, access: Access, pds: str) -> None:
        self._access, self.pds = access, pds
        self.transport: Transport = access.transport
        self._tokens: Mapping[str, str] = dict(access.secrets)
        self._renewed = ""  # the access token made here

    @property
    def secrets(self) -> Mapping[str, str]:
        return self._tokens

    def open(self, nsid: str, params: Mapping[str, str]) -> Response:
        """A read that needs no sign-in."""
        return self.transport.request("GET", self.address(nsid), params=params)

    def call(
        self, method: str, nsid: str, *, params: Mapping[str, str] | None = None, json: object = None,
        content: Path | None = None, mime: str = "",
    ) -> Response:
        """A signed-in call. A token that is refused is renewed once, then the call is made once more: the
        refusal says that nothing was done. SignInAgain when that does not help.
        """
        self._renew_when_due()
        response = self._send(method, nsid, params, json, content, mime)
        if not _refused_token(response):
            return response
        if self._renewed == self._tokens.get("accessJwt"):
            raise SignInAgain(error("login.expired", "account"))
        self.renew()
        response = self._send(method, nsid, params, json, content, mime)
        if _refused_token(response):
            raise SignInAgain(error("login.expired", "account"))
        return response

    def address(self, nsid: str) -> str:
        return f"{self.pds}/xrpc/{nsid}"

    def renew(self) -> None:
        """New tokens for the old ones; SignInAgain when they are not given."""
        self._tokens = self._access.renew(lambda tokens: refreshed(self.pds, tokens, self.transport))
        self._renewed = self._tokens.get("accessJwt", "")

    def _renew_when_due(self) -> None:
        """By our own clock, which may be wrong: never a token made here, and the server has the last word."""
        token = _token(self._tokens, "accessJwt")
        ends = claims(token).get("exp")
        if isinstance(ends, int | float) and token != self._renewed and ends - self._now() < SOON:
            self.renew()

    def _now(self) -> float:
        return self._access.now().astimezone(UTC).timestamp()

    def _send(
        self, method: str, nsid: str, params: Mapping[str, str] | None, json: object, content: Path | None, mime: str
    ) -> Response:
        headers = {"Authorization": f"Bearer {_token(self._tokens, 'accessJwt')}"}
        if mime:
            headers["Content-Type"] = mime
        return self.transport.request(
            method, self.address(nsid), headers=headers, params=params, json=json, content=content
        )


def _refused_token(response: Response) -> bool:
    return response.status in (400, 401) and error_of(response)[0] in EXPIRED


def parsed(text: str) -> datetime | None:
    """An ISO 8601 moment in UTC, or None."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
