"""A platform one signs in to with the browser, at a real authorization server; the rest of it is the fake one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.words import Words
from studio.platforms import oauth
from studio.platforms.base import CALLBACK, Browser, Life, Login, LoginField
from tests.services.fakes import FakePlatform, FakePublisher

SCOPES = ("openid", "offline_access", "publish")
SERVER = LoginField("server", Words("Server", "服务器", "伺服器"), Words("", "", ""))
TOKEN = LoginField("token", Words("Token", "令牌", "權杖"), Words("", "", ""), secret=True, required=False)


class BrowserPlatform(FakePlatform):
    """Its field `server` is the authorization server; asking it who one is stands for sending."""

    id = "site"
    name = Words("Site", "站点", "站點")
    fields = (SERVER, TOKEN, CALLBACK)
    browser = Browser(("loopback", "paste", "oob"), ("server",))
    scopes = ("publish",)

    def __init__(self, client: str = "yigao-desktop", lasts: timedelta | None = None) -> None:
        super().__init__()
        self.client, self.lasts, self.asked = client, lasts, SCOPES
        self.renewals = 0

    def _client(self, server: str) -> oauth.Client:
        return oauth.Client(f"{server}/auth", f"{server}/token", self.client, scopes=self.asked)

    def authorize(self, fields, api_base, transport, way, redirect):
        back = redirect or ("https://mei.example/back" if way == "paste" else "http://127.0.0.1:9/callback")
        return oauth.begin(self._client(fields["server"]), back, api_base, prompt="consent")

    def complete(self, fields, code, kept, api_base, transport):
        token = oauth.exchange(self._client(fields["server"]), code, kept, transport)
        about = {"server": fields["server"], "scopes": " ".join(token.scopes or ())}
        return Login(token.secrets(datetime.now(UTC)), self._who(fields["server"], token.access, transport), "", about)

    def _who(self, server: str, access: str, transport: Any) -> str:
        signed = {"Authorization": f"Bearer {access}"}
        return str(transport.request("GET", f"{server}/me", headers=signed).data()["sub"])

    def login(self, fields, api_base, transport):
        if not fields["token"]:
            raise Refused(error("login.missing", "token", name="token"))
        return Login({"access_token": fields["token"], "ends": ""}, "mei", "", {"server": fields["server"]})

    def life(self, account, secrets):
        ends = oauth.moment(secrets.get("ends", ""))
        return Life(ends if secrets.get("refresh_token") else None, ends)

    def refresh(self, access, secrets):
        self.renewals += 1
        client = self._client(access.account.identity["server"])
        return oauth.refresh(client, secrets.get("refresh_token", ""), access.transport).secrets(access.now())

    def leave(self, access):
        server = access.account.identity["server"]
        client = replace(self._client(server), revoke=f"{server}/token/revocation")
        oauth.revoke(client, access.secrets.get("refresh_token", ""), access.transport)

    def health(self, access):
        self.bearer(access).request("GET", f"{access.account.identity['server']}/me").data()
        return ()

    def bearer(self, access):
        return oauth.Bearer(access, lambda secrets: self.refresh(access, secrets))

    def publisher(self, access):
        return Asking(self, access)


class Asking(FakePublisher):
    """Asks the server, signed in, before each visible request."""

    def commit(self, content, uploads, plan, handles):
        self.platform.health(self.access)
        return super().commit(content, uploads, plan, handles)
