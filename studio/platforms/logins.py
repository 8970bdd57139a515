"""What a login is: its fields, the way through the browser, what it gives and how long that holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from studio.core.words import Words

Secrets = Mapping[str, str]
Way = Literal["loopback", "paste", "oob"]


@dataclass(frozen=True, slots=True)
class LoginField:
    """One field of a login. `secret` ones go to the keychain only and are never echoed."""

    name: str
    label: Words
    help: Words
    secret: bool = False
    required: bool = True
    default: str = ""


#: A platform with a browser login lists it among its fields.
CALLBACK = LoginField(
    "callback", Words("Address after signing in", "登录后的网址", "登入後的網址"),
    Words(
        "The whole address the browser shows after you agreed, or the code it gives you",
        "同意授权后浏览器里显示的完整网址，或页面给出的授权码",
        "同意授權後瀏覽器裡顯示的完整網址，或頁面給出的授權碼",
    ),
    secret=True, required=False,
)


@dataclass(frozen=True, slots=True)
class Browser:
    """That one can sign in with the browser, and how.

    ways     how the answer comes back, the best first: "loopback" (the browser is sent to
             http://127.0.0.1:PORT/callback, any free port, where this machine listens), "paste" (to an https
             address of the person's own, which they paste), "oob" (the platform shows a code, which they paste)
    fields   names of the login fields this way needs; the others belong to signing in without the browser
    bare     True where a pasted code is taken although no sign-in waits for one (only without PKCE)
    """

    ways: tuple[Way, ...] = ("loopback",)
    fields: tuple[str, ...] = ()
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Authorization:
    """What the browser opens, and what completing the login will need.

    state   comes back in the answer and must be the same; "" where the platform gives none back ("loopback"
            cannot do without)
    kept    secrets for `Platform.complete` (verifier, redirect, a registered client); goes to the vault only
    """

    url: str
    state: str
    kept: Secrets = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Life:
    """How long a sign-in holds, UTC.

    renew   from then on `Platform.refresh` should be called; None: it cannot be renewed, or need not be
    ends    when a person has to sign in again, unless it is renewed before; None: not known, or never
    """

    renew: datetime | None = None
    ends: datetime | None = None


@dataclass(frozen=True, slots=True)
class Login:
    """What a successful login gives. `secrets` goes to the vault, the rest to the database."""

    secrets: Secrets
    handle: str
    name: str
    identity: Mapping[str, str] = field(default_factory=dict)
