"""Calls to Weibo, version 2.

Source: facts of November 2026, 2.1 to 2.5. The token goes into a header, so that no address carries it. A user has
about 100 calls a day with an app: whoever adds one here should know why.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from studio.core.errors import SignInAgain
from studio.core.finding import error
from studio.core.ids import new_id
from studio.platforms.base import Access, Upload
from studio.platforms.transport import Body, MaybeSent, Response, Slice, Transport, host_of
from studio.platforms.weibo.errors import said, trouble

HOST = "https://api.weibo.com"
FORM = "application/x-www-form-urlencoded"
_SUFFIX = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif"}


def moment(value: object) -> datetime | None:
    """"Wed Oct 24 23:49:17 +0800 2012" in UTC, or None."""
    from email.utils import parsedate_to_datetime  # knows the names of months in any locale

    parts = str(value).split()
    if len(parts) != 6:
        return None
    try:
        found = parsedate_to_datetime(f"{parts[0]}, {parts[2]} {parts[1]} {parts[5]} {parts[3]} {parts[4]}")
        return found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def send_form(transport: Transport, path: str, fields: Mapping[str, str], **headers: str) -> Response:
    """A form without a file."""
    body = urlencode(fields).encode()
    return transport.request("POST", f"{HOST}{path}", content=body, headers={"Content-Type": FORM, **headers})


def good(response: Response) -> bool:
    """True when it is no error, by its status and by its body."""
    return response.ok and said(response) is None


class Api:
    """Signed-in calls of one account."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self.host = host_of(access.account.api_base or HOST)

    @property
    def secrets(self) -> Mapping[str, str]:
        return self._access.secrets

    def _signed(self) -> dict[str, str]:
        token = self.secrets.get("access_token", "")
        if not token:
            raise SignInAgain(error("login.expired", "account"))
        return {"Authorization": f"OAuth2 {token}"}

    def get(self, path: str, **params: str) -> Response:
        """A read. SignInAgain when there is no token."""
        return self._access.transport.request("GET", f"{HOST}{path}", params=params, headers=self._signed())

    def post(self, path: str, **fields: str) -> Response:
        """A form without a file."""
        return send_form(self._access.transport, path, fields, **self._signed())

    def post_picture(self, path: str, picture: Upload, **fields: str) -> Response:
        """A form with one picture, which is read while it is sent."""
        boundary = new_id()
        headers = {**self._signed(), "Content-Type": f"multipart/form-data; boundary={boundary}"}
        body = picture_form(boundary, fields, picture)
        return self._access.transport.request("POST", f"{HOST}{path}", content=body, headers=headers)

    def data(self, response: Response) -> dict[str, Any]:
        """The object of a good answer; raises what `trouble` says."""
        if not good(response):
            raise trouble(response, self.secrets)
        return response.data()

    def items(self, response: Response, name: str = "") -> list[dict[str, Any]]:
        """The list of a good answer, or of its member `name`, without what is no object."""
        if not good(response):
            raise trouble(response, self.secrets)
        found = response.data().get(name) if name else response.json()
        if found is None and name:
            return []
        if not isinstance(found, list):
            raise MaybeSent(error("net.unreadable", "account", host=host_of(response.url), status=response.status))
        return [item for item in found if isinstance(item, dict)]


def picture_form(boundary: str, fields: Mapping[str, str], picture: Upload) -> Body:
    """The file's own name stays here: it may tell too much."""
    head = "".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n'
        f"Content-Type: text/plain; charset=utf-8\r\n\r\n{value}\r\n" for name, value in fields.items()
    )
    name = f"picture.{_SUFFIX.get(picture.mime, 'bin')}"
    head += (
        f'--{boundary}\r\nContent-Disposition: form-data; name="pic"; filename="{name}"\r\n'
        f"Content-Type: {picture.mime}\r\n\r\n"
    )
    return head.encode(), Slice(picture.path, 0, picture.bytes), f"\r\n--{boundary}--\r\n".encode()
