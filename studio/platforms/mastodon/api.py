"""Calls to a server, and what its answers mean.

Source: Mastodon documentation, "Errors", methods statuses, media, scheduled_statuses, read 2026-07. Errors are
{"error": "..."} in the reader's language: `lang=en` asks for English, because some are told apart by their words.
"""

from __future__ import annotations

import json as jsonlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from studio.core.errors import Problem, Refused, SignInAgain
from studio.core.finding import error
from studio.platforms.base import Access
from studio.platforms.transport import MOST, Body, MaybeSent, Progress, Response, host_of

ENGLISH = {"lang": "en"}
_WORDS = 240  # characters of a server's own message that are kept


def message_of(response: Response) -> str:
    """The server's own words; "" when the answer is not in the API's form."""
    try:
        found = jsonlib.loads(response.body)
        return str(found.get("error") or "")
    except (ValueError, AttributeError, RecursionError):
        return ""


def clean(message: str, secrets: Mapping[str, str]) -> str:
    """A server's message on one short line, without any of our secrets in it."""
    for secret in secrets.values():
        if len(secret) > 3:
            message = message.replace(secret, "…")
    return "".join(c if c.isprintable() else " " for c in message)[:_WORDS].strip()


def trouble(response: Response, secrets: Mapping[str, str]) -> Problem:
    """What an answer that is not good means, for any call.

    5xx and what is not in the API's form: MaybeSent. 401: SignInAgain. Anything else: Refused.
    """
    where, message = host_of(response.url), message_of(response)
    if response.status == 401:
        return SignInAgain(error("login.expired", "account"))
    if response.status >= 500 or not message:
        return MaybeSent(error("net.server_fault", "account", host=where, status=response.status))
    reason = clean(message, secrets)
    if response.status == 403:
        return Refused(error("account.not_allowed", "account", host=where, reason=reason))
    return Refused(error("platform.refused", "", host=where, error=str(response.status), reason=reason))


class Api:
    """Signed-in calls of one account."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self.server = access.account.identity.get("server", "") or access.account.api_base
        self.host = host_of(access.account.api_base or self.server)

    @property
    def secrets(self) -> Mapping[str, str]:
        return self._access.secrets

    def now(self) -> datetime:
        """By our own clock, UTC."""
        return self._access.now()

    def send(
        self, method: str, path: str, *, params: Mapping[str, str] | None = None, json: object = None,
        content: Body | None = None, headers: Mapping[str, str] | None = None, progress: Progress | None = None,
        most: int = MOST,
    ) -> Response:
        """The answer, whatever its status; SignInAgain when there is no token, Refused when no server is known."""
        token = self.secrets.get("access_token", "")
        if not token:
            raise SignInAgain(error("login.expired", "account"))
        asked = {**(params or {}), **({} if method == "GET" else ENGLISH)}
        return self._access.transport.request(
            method, f"{self.server}{path}", params=asked, json=json, content=content,
            headers={"Authorization": f"Bearer {token}", **(headers or {})}, progress=progress, most=most,
        )

    def get(self, path: str, params: Mapping[str, str] | None = None, most: int = MOST) -> Response:
        """A read; at most `most` bytes."""
        return self.send("GET", path, params=params, most=most)

    def open(self, url: str, most: int) -> Response:
        """A read of any address, without our token; at most `most` bytes."""
        return self._access.transport.request("GET", url, headers={"Accept": "*/*"}, most=most)

    def data(self, response: Response) -> dict[str, Any]:
        """The object of a good answer; raises what `trouble` says."""
        if not response.ok:
            raise trouble(response, self.secrets)
        return response.data()

    def items(self, response: Response) -> list[dict[str, Any]]:
        """The list of a good answer, without what is no object; raises what `trouble` says."""
        if not response.ok:
            raise trouble(response, self.secrets)
        found = response.json()
        if not isinstance(found, list):
            raise MaybeSent(error("net.unreadable", "account", host=host_of(response.url), status=response.status))
        return [item for item in found if isinstance(item, dict)]

