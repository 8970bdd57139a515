"""Calls to the Graph API: the version in every path, the token in a header, errors typed.

Hosts: graph (everything), graph-video (bodies of videos), rupload (bodies of reels), www (the login dialog). With an
account's api_base all of them are that address. Source: Meta, "Pages API" and "Video API", read 2026-11-22.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from studio.core.errors import NotThere, Refused, SignInAgain
from studio.core.finding import error
from studio.platforms.base import Access
from studio.platforms.facebook.faults import INVALID, fault_of, problem
from studio.platforms.transport import Body, MaybeSent, Progress, Response, Transport, host_of

GRAPH, VIDEO = "https://graph.facebook.com", "https://graph-video.facebook.com"
RUPLOAD, WWW = "https://rupload.facebook.com", "https://www.facebook.com"
VERSION = "v25.0"  # released 2026-02-18, there until 2028-07-29
FORM = "application/x-www-form-urlencoded"
PAGES = 8  # of a listing


def version_of(text: str) -> str:
    """"v26.0" of "26.0", " V26.0 "; the usual one when it is none."""
    found = re.fullmatch(r"v?(\d{1,3}\.\d{1,2})", text.strip().lower())
    return f"v{found[1]}" if found else VERSION


class Api:
    """Calls with one token. token "": without (only to see whether anybody is there)."""

    def __init__(
        self, transport: Transport, version: str, token: str, secrets: Mapping[str, str] | None = None, page: str = ""
    ) -> None:
        self.transport, self.version, self.page, self._token = transport, version, page, token
        self.secrets = {"access_token": token, **(secrets or {})}

    @classmethod
    def of(cls, access: Access) -> Api:
        """Of an account: its page, its version, its page token. SignInAgain when there is no token."""
        token, identity = access.secrets.get("access_token", ""), access.account.identity
        if not token:
            raise SignInAgain(error("login.expired", "account"))
        version = version_of(identity.get("set.version", ""))
        return cls(access.transport, version, token, access.secrets, identity.get("id", ""))

    def with_token(self, token: str) -> Api:
        """The same with another token."""
        return Api(self.transport, self.version, token, self.secrets, self.page)

    @property
    def host(self) -> str:
        return host_of(self.transport.api_base or GRAPH)

    def send(
        self, method: str, path: str, *, host: str = GRAPH, params: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None, content: Body | None = None, headers: Mapping[str, str] | None = None,
        progress: Progress | None = None, timeout: float = 60.0,
    ) -> Response:
        """The answer, whatever it says. path: without the version ("/me"). form: texts of the body."""
        body, kind = (urlencode(form).encode(), {"Content-Type": FORM}) if form is not None else (content, {})
        signed = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        return self.transport.request(
            method, f"{host}/{self.version}{path}", params=params, content=body,
            headers={**signed, **kind, **(headers or {})}, progress=progress, timeout=timeout,
        )

    def upload(self, url: str, content: Body, headers: Mapping[str, str], progress: Progress | None) -> Response:
        """A body to rupload, at the address Facebook gave. Refused when it leads elsewhere: the token goes with it."""
        base = self.transport.api_base
        there = urlsplit(url).scheme == "https" and host_of(url) == host_of(RUPLOAD)
        if not there and not (base and url.startswith(f"{base}/")):
            raise Refused(error("net.redirected", "account", host=host_of(url), asked=self.host))
        signed = {"Authorization": f"OAuth {self._token}", "Content-Type": "application/octet-stream", **headers}
        return self.transport.request("POST", url, content=content, headers=signed, progress=progress)

    def data(self, response: Response, field: str = "") -> dict[str, Any]:
        """The object of a good answer; raises what `problem` says of any other."""
        if not response.ok or fault_of(response) is not None:
            raise problem(response, self.secrets, field)
        return response.data()

    def get(self, path: str, fields: str = "", **params: str) -> dict[str, Any]:
        """A read. NotThere: Facebook has no such thing, or not for this token (code 100)."""
        response = self.send("GET", path, params={**({"fields": fields} if fields else {}), **params})
        fault = fault_of(response)
        if fault is not None and fault.code == INVALID and not fault.transient:
            raise NotThere(error("publish.not_there", "account", key=path.rsplit("/", 1)[-1]))
        return self.data(response)

    def post(self, path: str, form: Mapping[str, str], *, host: str = GRAPH, **params: str) -> dict[str, Any]:
        """A write of texts."""
        return self.data(self.send("POST", path, host=host, form=form, params=params))

    def listing(self, path: str, fields: str, limit: int, **params: str) -> Iterator[dict[str, Any]]:
        """Items over a few pages, in Facebook's order. An answer without a list is unreadable (MaybeSent)."""
        after: dict[str, str] = {}
        for _ in range(PAGES):
            items, cursor = self.page_of(path, fields, limit, **params, **after)
            yield from items
            if not cursor:
                return
            after = {"after": cursor}

    def page_of(self, path: str, fields: str, limit: int, **params: str) -> tuple[list[dict[str, Any]], str]:
        """One page of a listing and the cursor of the next, "" when this is the last."""
        found = self.data(self.send("GET", path, params={"fields": fields, "limit": str(limit), **params}))
        items, paging = found.get("data"), found.get("paging")
        if not isinstance(items, list):
            raise MaybeSent(error("net.unreadable", "account", host=self.host, status=200))
        return [item for item in items if isinstance(item, dict)], _cursor(paging)


def _cursor(paging: object) -> str:
    if not isinstance(paging, dict) or not paging.get("next"):
        return ""
    cursors = paging.get("cursors")
    return str(cursors.get("after") or "") if isinstance(cursors, dict) else ""


def said_yes(found: Mapping[str, Any]) -> bool:
    """{"success": true}; a status of 200 alone is no yes."""
    return found.get("success") is True or str(found.get("success")).lower() == "true"


def moment(value: object) -> datetime | None:
    """"2026-11-22T10:00:00+0000", ISO 8601 or seconds of UNIX time, as UTC; None for anything else."""
    try:
        if isinstance(value, int | float) or str(value).isdecimal():
            return datetime.fromtimestamp(int(str(value).partition(".")[0]), UTC)
        found = datetime.fromisoformat(str(value))
    except (ValueError, OverflowError, OSError):
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def address(found: Mapping[str, Any], otherwise: str) -> str:
    """Where people see it: `permalink_url`, which may be without its host; else made of an id."""
    told = str(found.get("permalink_url") or "")
    if told.startswith("/"):
        return f"{WWW}{told}"
    return told if told.startswith("http") else f"{WWW}/{otherwise}"


def id_of(found: Mapping[str, Any], response_host: str) -> str:
    """Its id. MaybeSent (net.unreadable) when there is none: it may be there all the same."""
    id = found.get("id")
    if not isinstance(id, str | int) or isinstance(id, bool) or not str(id):
        raise MaybeSent(error("net.unreadable", "account", host=response_host, status=200))
    return str(id)
