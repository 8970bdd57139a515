"""Starts a real authorization server (npm `oidc-provider`) on loopback, and a browser that fills in its forms.

The modules are installed once per lock and Node version into the user's cache folder, in seconds.
"""

from __future__ import annotations

import contextlib
import html
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from tests.servers.modules import Modules
from tests.servers.pds import free_ports, node, stop, wait_until_ready

SOURCE = Path(__file__).parent / "oidc_modules"
STEPS = 20  # redirects and forms of one sign-in; it takes about seven


class NoOidc(Exception):
    """This machine cannot run the server; the text says what is missing."""


MODULES = Modules("oidc", SOURCE, "authorization server", NoOidc)


class Oidc:
    """A running authorization server."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.authorize, self.token = f"{self.url}/auth", f"{self.url}/token"
        self.revoke, self.me = f"{self.url}/token/revocation", f"{self.url}/me"

    def seen(self, client: str = "", grant: str = "") -> list[dict[str, Any]]:
        """Requests to the token endpoint so far: grant, client, status, error."""
        found = httpx.get(f"{self.url}/seen", timeout=60).raise_for_status().json()
        return [s for s in found if client in ("", s["client"]) and grant in ("", s["grant"])]


class Browser:
    """A person with a browser: follows redirects, signs in, agrees (or not). `visited` is every address it opened."""

    def __init__(self, agrees: bool = True, login: str = "mei") -> None:
        self.agrees, self.login, self.visited = agrees, login, [""]

    def open(self, url: str) -> str:
        """Where it ends: the first address that is not the authorization server's. That one is not visited."""
        home = urlsplit(url).netloc
        with httpx.Client(timeout=60) as client:
            for _ in range(STEPS):
                if urlsplit(url).netloc != home:
                    return url
                self.visited.append(url)
                url = self._next(client, url)
        raise AssertionError(f"the sign-in does not end; it is at {url}")

    def come_back(self, url: str) -> httpx.Response:
        """The whole way, and the visit at its end: what the person sees last."""
        return httpx.get(self.open(url), timeout=60)

    def _next(self, client: httpx.Client, url: str) -> str:
        answer = client.get(url)
        if not answer.is_redirect:
            if not self.agrees and 'value="consent"' in answer.text:
                return urljoin(url, _found(r'href="([^"]*abort)"', answer.text))
            answer = client.post(urljoin(url, _found(r'action="([^"]*)"', answer.text)), data=self._filled(answer.text))
        return urljoin(url, answer.headers["location"])

    def _filled(self, page: str) -> dict[str, str]:
        hidden = re.findall(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page)
        typed = {"login": self.login, "password": "x"} if 'name="login"' in page else {}
        return {html.unescape(name): html.unescape(value) for name, value in hidden} | typed


def _found(pattern: str, page: str) -> str:
    match = re.search(pattern, page)
    assert match, re.sub("<[^>]+>", " ", page)[:500]
    return html.unescape(match.group(1))


@contextlib.contextmanager
def running(folder: Path) -> Iterator[Oidc]:
    """A server that forgets everything at its end."""
    modules, port = MODULES.installed(), free_ports(1)[0]
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "oidc.log", "w") as log:
        process = subprocess.Popen(
            [node(), str(SOURCE / "server.mjs"), str(port)], cwd=modules, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=log, text=True,
        )
    try:
        wait_until_ready(process, folder / "oidc.log")
        yield Oidc(port)
    finally:
        stop(process)
