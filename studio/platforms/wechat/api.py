"""Calls of one account: the token, and what every answer means.

Source: developers.weixin.qq.com, getStableAccessToken and the pages of each call, read 2026-11-22. JSON goes out as raw
UTF-8 (`\\u` escapes are stored literally there); errors come with HTTP 200; the token is asked for at most when it has
less than a minute, and once more when it is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from studio.core.errors import Later, Problem, SignInAgain
from studio.core.finding import error
from studio.platforms.base import Access
from studio.platforms.logins import Secrets
from studio.platforms.transport import Body, MaybeSent, Transport, host_of
from studio.platforms.wechat.codes import STALE, code_of, number, parsed, trouble

HOST = "https://api.weixin.qq.com"
LEAST = 60.0  # seconds a token must still hold


def asked_token(secrets: Secrets, transport: Transport, now: datetime, force: bool = False) -> dict[str, str]:
    """{"access_token", "ends"} for app id and secret; `ends` in seconds of Unix time. Refused, SignInAgain, Later.

    force   makes a new one and ends the old; 20 a day at most, 30 s apart
    """
    response = transport.request("POST", f"{HOST}/cgi-bin/stable_token", json={
        "grant_type": "client_credential", "appid": secrets.get("app_id", ""),
        "secret": secrets.get("app_secret", ""), "force_refresh": force,
    })
    data = parsed(response)
    if code_of(data):
        raise trouble(data, secrets)
    token, lasts = data.get("access_token"), number(data.get("expires_in"))
    if not isinstance(token, str) or not token or lasts is None:
        raise MaybeSent(error("net.unreadable", "account", host=host_of(response.url), status=response.status))
    return {"access_token": token, "ends": str(round(now.timestamp() + lasts))}


class Api:
    """Signed-in calls. Used by one thread at a time."""

    def __init__(self, access: Access) -> None:
        self.access = access
        self.secrets: Secrets = access.secrets

    def now(self) -> datetime:
        return self.access.now()

    def token(self) -> str:
        """One that holds for a minute at least. SignInAgain without app id and secret."""
        if not self.secrets.get("app_id") or not self.secrets.get("app_secret"):
            raise SignInAgain(error("login.expired", "account"))
        if self._left() < LEAST:
            self.renew()
        return self.secrets["access_token"]

    def _left(self) -> float:
        """Seconds that the token we know still holds."""
        try:
            ends = float(self.secrets.get("ends") or 0)
        except ValueError:
            return 0.0
        return ends - self.now().timestamp() if self.secrets.get("access_token") else 0.0

    def renew(self, force: bool = False) -> None:
        """Asks for a token, whatever the one we have. An answer that got lost is Later: a token shows nothing."""
        try:
            self.secrets = self.access.renew(
                lambda known: asked_token(known, self.access.transport, self.now(), force))
        except MaybeSent as lost:
            raise Later(*lost.findings, after=lost.after) from None

    def _again(self, refused: str) -> None:
        """A token instead of one that was refused; where the platform gives the same again, a new one is forced."""
        self.renew()
        if self.secrets.get("access_token") == refused:
            self.renew(force=True)

    def call(
        self, path: str, json: Mapping[str, Any] | None = None, *, method: str = "POST", content: Body | None = None,
        headers: Mapping[str, str] | None = None, params: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        """The answer, whatever its code, but not with a stale token: then it is asked once more.

        MaybeSent when no answer came, or none that can be read.
        """
        token = self.token()
        data = self._once(path, token, json, method, content, headers, params)
        if code_of(data) in STALE:
            self._again(token)
            data = self._once(path, self.secrets["access_token"], json, method, content, headers, params)
        return data

    def _once(
        self, path: str, token: str, json: Mapping[str, Any] | None, method: str, content: Body | None,
        headers: Mapping[str, str] | None, params: Mapping[str, str] | None,
    ) -> dict[str, Any]:
        response = self.access.transport.request(
            method, f"{HOST}{path}", params={"access_token": token, **(params or {})}, json=json, content=content,
            headers=headers,
        )
        return parsed(response)

    def good(self, path: str, json: Mapping[str, Any] | None = None, **more: Any) -> dict[str, Any]:
        """The answer of a call that worked; raises what `trouble` says."""
        data = self.call(path, json, **more)
        if code_of(data):
            raise self.trouble(data)
        return data

    def trouble(self, data: Mapping[str, Any]) -> Problem:
        return trouble(data, self.secrets)
