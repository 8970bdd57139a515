"""Signed-in calls of one account: its token in a header, its open_id in the address, a refreshed token where needed.

Source: Douyin open platform (header `access-token`), read 2026-11.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from studio.core.errors import Later, SignInAgain
from studio.core.finding import error
from studio.platforms.base import Access
from studio.platforms.douyin.codes import Expired, opened
from studio.platforms.logins import Secrets
from studio.platforms.oauth import FORM, moment
from studio.platforms.transport import Body, MaybeSent, Progress, Response, Transport, host_of

HOST = "https://open.douyin.com"
SOON = timedelta(minutes=5)  # a token that ends this soon is refreshed before it is used


def may(identity: Mapping[str, str], scope: str) -> bool | None:
    """Whether the account granted it; None where that is not known."""
    granted = identity.get("scopes", "").split()
    return scope in granted if granted else None


def posted(transport: Transport, path: str, values: Mapping[str, str]) -> Response:
    """A form to one of the addresses for signing in."""
    body = urlencode(values).encode()
    return transport.request("POST", f"{HOST}{path}", content=body, headers={"Content-Type": FORM})


class Api:
    """Calls of one account. The token is refreshed before it ends, and once more for a call that is refused."""

    def __init__(self, access: Access) -> None:
        self.access, self._secrets, self._made = access, access.secrets, ""
        self.identity = access.account.identity
        self.open_id = self.identity.get("open_id", "")
        self.host = host_of(access.account.api_base or HOST)

    @property
    def secrets(self) -> Secrets:
        """With the token in use now."""
        return self._secrets

    def now(self) -> datetime:
        """By our own clock, UTC."""
        return self.access.now()

    def may(self, scope: str) -> bool | None:
        """Whether the account granted it; None where that is not known."""
        return may(self.identity, scope)

    def ask(
        self, method: str, path: str, *, params: Mapping[str, str] | None = None, json: object = None,
        content: Body | None = None, headers: Mapping[str, str] | None = None, progress: Progress | None = None,
    ) -> dict[str, Any]:
        """The "data" of a good answer, {} where it has none; raises what its error asks for (`codes.meaning`).

        A refusal for the token means that nothing was done, so the call is repeated once with a refreshed one.
        """
        more: dict[str, Any] = {"json": json, "content": content, "progress": progress}
        if self._due():
            self.renew()
        try:
            return self._once(method, path, params or {}, headers or {}, more)
        except Expired:
            self.renew(over=True)
        try:
            return self._once(method, path, params or {}, headers or {}, more)
        except Expired as again:
            raise SignInAgain(*again.findings) from None

    def _once(
        self, method: str, path: str, params: Mapping[str, str], headers: Mapping[str, str], more: Mapping[str, Any]
    ) -> dict[str, Any]:
        if not (token := self._secrets.get("access_token", "")):
            raise SignInAgain(error("login.expired", "account"))
        response = self.access.transport.request(
            method, f"{HOST}{path}", params={"open_id": self.open_id, **params},
            headers={"access-token": token, **headers}, **more,
        )
        return opened(response, self._secrets, self.now())

    def _due(self) -> bool:
        """By our own clock; a token that was made here is not doubted, so that a wrong clock does no harm."""
        ends = moment(self._secrets.get("ends", ""))
        if ends is None or not can_refresh(self._secrets) or self._secrets.get("access_token") == self._made:
            return False
        return ends - self.now() < SOON

    def renew(self, over: bool = False) -> None:
        """A new access token. over: the old one was refused. SignInAgain when the refresh token is dead as well."""
        from studio.platforms.douyin.login import fresh_token, remember

        try:
            self._secrets = self.access.renew(lambda secrets: fresh_token(self.access, secrets))
        except SignInAgain:
            remember(self.access, "over" if over else "ending")
            raise
        except MaybeSent as broken:  # of the renewal, not of the call that waits for it: that was not done
            raise Later(*broken.findings) from None
        self._made = self._secrets.get("access_token", "")


def can_refresh(secrets: Secrets) -> bool:
    """Whether there is what a refresh takes."""
    return bool(secrets.get("refresh_token") and secrets.get("client_key"))
