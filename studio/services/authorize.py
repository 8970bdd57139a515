"""Signing in with the browser: what waits for its answer, and where the answer comes to.

What waits is in the vault (it is secret: whoever has the verifier may use the code), under a name that the
database knows. So one process may begin a sign-in and another complete it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from studio.core.errors import Later, Problem, Refused
from studio.core.finding import error
from studio.core.ids import new_id
from studio.core.words import Words

if TYPE_CHECKING:
    from studio.platforms.base import Platform, Way
    from studio.platforms.logins import Authorization, Login
    from studio.platforms.loopback import Listener
    from studio.platforms.oauth import Answer
    from studio.platforms.transport import Transport
    from studio.store.vault import Vault
    from studio.store.workspace import Workspace

LASTS = timedelta(minutes=30)  # that a pasted answer is taken
WAITS = "sign-in waits "  # of the settings' names, before the id of what waits


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in that waits for the browser. until: UTC; redirect: what the browser comes back to, "" when unknown."""

    url: str
    state: str
    way: Way
    until: datetime
    redirect: str = ""


class Waiting:
    """A sign-in of this machine's own browser. Close it when nobody waits any more."""

    def __init__(self, begun: Begun, listener: Listener | None) -> None:
        self.begun, self._listener = begun, listener

    @property
    def listens(self) -> bool:
        """False where the person must paste what the browser shows."""
        return self._listener is not None

    @property
    def left(self) -> float:
        """Seconds that the browser is still listened for."""
        return self._listener.left if self._listener is not None else 0.0

    def look(self) -> str | None:
        """The field "callback" when the browser came back, None as long as not; at once. See `Listener.look`."""
        return self._listener.look() if self._listener is not None else None

    def wait(self, stopped: Callable[[], bool]) -> str:
        """The same when it has come. Later, Refused, Cancelled."""
        assert self._listener is not None
        return self._listener.wait(stopped)

    def close(self) -> None:
        """Nobody listens any more; a pasted answer is still taken."""
        if self._listener is not None:
            self._listener.close()


class Authorize:
    """now: UTC."""

    def __init__(
        self, workspace: Workspace, vault: Vault, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._workspace, self._vault, self._now = workspace, vault, now

    def begin(
        self, declared: Platform, fields: Mapping[str, str], base: str, transport: Transport,
        way: Way | None = None, redirect: str = "",
    ) -> Begun:
        """Makes the address to open and keeps what completing needs.

        way        one of the platform's own, None: its best
        redirect   for "loopback": where somebody listens; "": a free port, and the person pastes the address
        Refused: the platform has no such way, or refuses; Later; NoVault, VaultLocked.
        """
        if declared.browser is None or (way is not None and way not in declared.browser.ways):
            raise Refused(error("account.no_browser", "platform"))
        chosen = way or declared.browser.ways[0]
        back = (redirect or _free_redirect()) if chosen == "loopback" else ""
        made = declared.authorize(fields, base, transport, chosen, back)
        until = self._keep(declared.id, base, chosen, fields, made)
        return Begun(made.url, made.state, chosen, until, made.kept.get("redirect", back))

    def complete(self, declared: Platform, fields: Mapping[str, str], base: str, transport: Transport) -> Login:
        """The login that `fields["callback"]` answers. A code works once: what waited is gone, save after Later.

        A state that comes back must be ours, and an address must have one; only a code that the platform showed
        (or that was cut out of the address) may come without.
        """
        from studio.platforms import oauth

        found = oauth.answer(fields.get("callback", ""))
        id, kept = self._waiting(declared, fields, base, found)
        rest = {name: value for name, value in fields.items() if name != "callback"}
        try:
            _same_fields(kept, rest)
            must = found.state or ("://" in fields["callback"] and kept.get("way") != "oob")
            code = oauth.code_of(found, kept.get("state", "") if must else "")
            login = declared.complete(rest, code, json.loads(kept.get("kept", "{}")), base, transport)
        except Later:
            raise
        except Problem as problem:
            if not any(f.code in ("authorize.state", "authorize.other_fields") for f in problem.findings):
                self._forget(id)
            raise
        self._forget(id)
        return login

    def _keep(
        self, platform: str, base: str, way: Way, fields: Mapping[str, str], made: Authorization
    ) -> datetime:
        self._clear()
        until, id = self._now() + LASTS, _id_of(made.state) if made.state else new_id()
        secret = {"state": made.state, "way": way, "fields": _print(fields), "kept": json.dumps(dict(made.kept))}
        self._vault.write(_entry(id), secret)
        about = {"platform": platform, "base": base, "until": until.isoformat()}
        self._workspace.settings.set(WAITS + id, about)
        return until

    def _waiting(
        self, declared: Platform, fields: Mapping[str, str], base: str, found: Answer
    ) -> tuple[str, dict[str, str]]:
        """Name and secrets of what waits for this answer; by its state, else the newest of the platform."""
        self._clear()
        ours = {id: a for id, a in self._all().items() if (a["platform"], a["base"]) == (declared.id, base)}
        newest = sorted(ours, key=lambda id: str(ours[id]["until"]), reverse=True)
        for id in [_id_of(found.state)] if found.state else newest:
            if id in ours and (kept := self._vault.read(_entry(id))):
                return id, kept
        if found.state and newest:
            raise Refused(error("authorize.state", "callback"))
        if declared.browser is not None and declared.browser.bare and not found.state:
            return "", {}
        raise Refused(error("authorize.none", "callback", minutes=round(LASTS.total_seconds() / 60)))

    def _all(self) -> dict[str, dict[str, Any]]:
        every = self._workspace.settings.all()
        return {key.removeprefix(WAITS): value for key, value in every.items() if key.startswith(WAITS)}

    def _clear(self) -> None:
        """What waited too long is forgotten."""
        for id, about in self._all().items():
            if datetime.fromisoformat(str(about["until"])) <= self._now():
                self._forget(id)

    def _forget(self, id: str) -> None:
        if id:
            self._vault.delete(_entry(id))
            self._workspace.settings.forget(WAITS + id)


def _same_fields(kept: Mapping[str, str], fields: Mapping[str, str]) -> None:
    """The code goes only where the sign-in was begun: another server would learn it."""
    if kept and kept.get("fields") != _print(fields):
        raise Refused(error("authorize.other_fields", "login"))


def _print(fields: Mapping[str, str]) -> str:
    return _hash(json.dumps(sorted((n, v.strip()) for n, v in fields.items() if v.strip() and n != "callback")))


def _id_of(state: str) -> str:
    return _hash(state)[:32]


def _hash(text: str) -> str:
    import hashlib  # loads OpenSSL, which a start can do without

    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _entry(id: str) -> str:
    return f"sign-in/{id}"


def _free_redirect() -> str:
    """Where nobody listens: the browser shows an error there, and the address beside it is what counts."""
    import socket

    from studio.platforms.loopback import PATH

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{found.getsockname()[1]}{PATH}"


_PAGES = {
    "done": (
        Words("You can close this page", "可以关掉这个网页了", "可以關掉這個網頁了"),
        Words("Yigao has what it needs and goes on there.", "一稿已经收到授权，请回到一稿继续。",
              "一稿已經收到授權，請回到一稿繼續。"),
    ),
    "denied": (
        Words("Nothing was allowed", "没有授权", "沒有授權"),
        Words("The platform said no. Close this page; in Yigao you can start again.",
              "平台没有给授权。关掉这个网页，回到一稿可以重来。", "平台沒有給授權。關掉這個網頁，回到一稿可以重來。"),
    ),
    "wrong": (
        Words("This page answers nothing", "这里没有内容", "這裡沒有內容"),
        Words("It is not part of the sign-in that Yigao waits for.", "它不属于一稿正在等的那次登录。",
              "它不屬於一稿正在等的那次登入。"),
    ),
}  # fmt: skip
_HTML = """<!doctype html><html lang="{lang}"><meta charset="utf-8"><meta name="color-scheme" content="light dark">
<meta name="viewport" content="width=device-width"><title>{title}</title><style>
body{{font:16px/1.6 system-ui,sans-serif;display:grid;place-content:center;min-height:90vh;margin:0;padding:0 24px}}
h1{{font-size:22px;font-weight:600;margin:0}}p{{margin:4px 0 0;opacity:.7}}</style>
<main><h1>{title}</h1><p>{words}</p></main></html>
"""


def page(what: str, language: str) -> str:
    """What the browser shows at the end: "done", "denied" or "wrong"."""
    title, words = _PAGES[what]
    return _HTML.format(lang=language.replace("_", "-"), title=title.say(language), words=words.say(language))
