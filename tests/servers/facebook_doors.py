"""Who may come in: people, their app, the login dialog, tokens of people and of pages, scopes and tasks.

FB-TOK: Meta "Access tokens"; FB-MANUAL: "Manually build a login flow"; FB-ERR: Graph "Error handling"; FB-POSTS: Pages
API "Posts"; all read 2026-11-22. contract-choice: the code of a rule that was found without one.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

SCOPES = (  # FB-POSTS
    "pages_show_list", "pages_read_engagement", "pages_manage_posts", "pages_manage_engagement",
    "pages_read_user_content", "read_insights",
)
TASKS = ("CREATE_CONTENT", "MODERATE", "ANALYZE")  # FB-POSTS, FB-INS
SHORT, LONG = timedelta(hours=1), timedelta(days=60)  # FB-TOK: 1 to 2 hours; about 60 days
CODE_LASTS = timedelta(minutes=10)  # contract-choice
SUCCESS = "https://www.facebook.com/connect/login_success.html"  # third party: the desktop redirect


class Wrong(Exception):
    """An error in Facebook's form. FB-ERR; the status is mostly 400 (third party)."""

    def __init__(self, code: int, message: str, subcode: int = 0, *, status: int = 400, kind: str = "OAuthException",
                 told: str = "", transient: bool = False, data: Mapping[str, object] | None = None,
                 headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status, self.headers = status, dict(headers or {})
        found: dict[str, Any] = {"message": message, "type": kind, "code": code}
        if subcode:
            found["error_subcode"] = subcode
        if told:
            found |= {"error_user_title": "Error", "error_user_msg": told}
        if data:
            found["error_data"] = dict(data)
        self.body = {"error": {**found, "is_transient": transient, "fbtrace_id": "Fz54k3GZrio"}}


def no_such(id: str) -> Wrong:
    """The words are as recalled; code 100 is FB-ERR's "invalid parameter"."""
    return Wrong(100, f"Unsupported get request. Object with ID '{id}' does not exist, cannot be loaded due to missing "
                      "permissions, or does not support this operation", kind="GraphMethodException")


@dataclass(slots=True)
class Person:
    id: str
    name: str
    roles: dict[str, tuple[str, ...]] = field(default_factory=dict)  # page id -> tasks
    granted: tuple[str, ...] = ()
    checkpointed: bool = False


@dataclass(slots=True)
class Page:
    id: str
    name: str
    username: str


@dataclass(slots=True)
class Token:
    """page: None for a person's. ends: None for never."""

    text: str
    person: Person
    page: Page | None
    scopes: tuple[str, ...]
    ends: datetime | None
    subcode: int = 0  # once it is over: why


@dataclass(frozen=True, slots=True)
class Grant:
    person: Person
    redirect: str
    scopes: tuple[str, ...]
    made: datetime


class Doors:
    """now: Facebook's clock, UTC. redirects: the app's valid OAuth redirect URIs."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self.app, self.secret, self.redirects = "77", "app-secret-of-mine", [SUCCESS]
        self.people: dict[str, Person] = {}
        self.pages: dict[str, Page] = {}
        self.tokens: dict[str, Token] = {}
        self.grants: dict[str, Grant] = {}
        self._number = 0

    def new_id(self) -> str:
        """Larger than 2**53, as real ones are."""
        self._number += 1
        return str(122_000_000_000_000_000 + self._number)

    def person(self, name: str) -> Person:
        made = Person(self.new_id(), name)
        self.people[made.id] = made
        return made

    def page(self, person: Person, name: str, username: str = "", tasks: tuple[str, ...] = TASKS) -> Page:
        made = Page(self.new_id(), name, username)
        self.pages[made.id] = made
        person.roles[made.id] = tasks
        return made

    def token(
        self, person: Person, page: Page | None = None, scopes: tuple[str, ...] = SCOPES,
        lasts: timedelta | None = None,
    ) -> str:
        made = f"EAAB{secrets.token_hex(24)}"
        self.tokens[made] = Token(made, person, page, scopes, self.now() + lasts if lasts else None)
        return made

    def over(self, token: str, subcode: int) -> None:
        """From now on it is refused, for that reason."""
        self.tokens[token].subcode = subcode

    def dialog(self, query: Mapping[str, str], person: Person | None) -> dict[str, str]:
        """What the browser is sent back with. FB-MANUAL. Wrong: nobody is sent to that address."""
        if query.get("client_id") != self.app:
            raise Wrong(101, "Invalid App ID")  # the code is recalled
        if query.get("redirect_uri") not in self.redirects:
            raise Wrong(191, "URL blocked: the redirect URI is not allowed in the app's settings")  # recalled
        if query.get("response_type", "code") != "code":
            raise Wrong(100, "Invalid response_type")
        state = {"state": query["state"]} if "state" in query else {}
        if person is None:  # FB-MANUAL; the shape is recalled
            return {"error": "access_denied", "error_reason": "user_denied",
                    "error_description": "Permissions error", **state}
        scopes = tuple(s for s in query.get("scope", "").split(",") if s)
        if unknown := set(scopes) - set(SCOPES):
            raise Wrong(100, f"Invalid Scopes: {', '.join(sorted(unknown))}")  # contract-choice
        code = f"AQD{secrets.token_hex(20)}"
        self.grants[code] = Grant(person, query["redirect_uri"], scopes, self.now())
        return {"code": code, **state}

    def exchange(self, query: Mapping[str, str]) -> dict[str, Any]:
        """FB-TOK: a code, or a short-lived token, for a token of the person."""
        if query.get("client_id") != self.app or query.get("client_secret") != self.secret:
            raise Wrong(100, "Error validating client secret.")  # contract-choice
        if query.get("grant_type") == "fb_exchange_token":
            found = self.known(query.get("fb_exchange_token", ""))
            if found.page is not None:
                raise Wrong(100, "A page token cannot be exchanged")  # contract-choice
            lasts, person, scopes = LONG, found.person, found.scopes
        else:
            grant = self.grants.pop(query.get("code", ""), None)
            if grant is None or self.now() - grant.made > CODE_LASTS:
                raise Wrong(100, "This authorization code has been used.")
            if grant.redirect != query.get("redirect_uri"):  # FB-MANUAL: byte-identical
                raise Wrong(100, "Error validating verification code. Please make sure your redirect_uri is identical")
            lasts, person, scopes = SHORT, grant.person, grant.scopes
            person.granted = scopes
        token = self.token(person, None, scopes, lasts)
        return {"access_token": token, "token_type": "bearer", "expires_in": int(lasts.total_seconds())}

    def known(self, token: str) -> Token:
        """FB-ERR: 190 with its subcodes."""
        if not token:
            raise Wrong(104, "An access token is required to request this resource.")  # the code is contract-choice
        found = self.tokens.get(token)
        if found is None:
            raise Wrong(190, "Invalid OAuth access token - Cannot parse access token")
        if found.person.checkpointed:
            raise Wrong(190, "Error validating access token: You cannot access the app till you log in to "
                             "www.facebook.com and follow the instructions given.", 459)
        if found.subcode:
            raise Wrong(190, "Error validating access token: The session has been invalidated.", found.subcode)
        if found.ends is not None and found.ends <= self.now():
            raise Wrong(190, "Error validating access token: Session has expired.", 463)
        return found

    def proved(self, token: str, proof: str) -> None:
        """FB-ERR: 104, for clients that send one."""
        made = hmac.new(self.secret.encode(), token.encode(), hashlib.sha256).hexdigest()
        if proof and not hmac.compare_digest(made, proof):
            raise Wrong(104, "Invalid appsecret_proof provided in the API argument")

    def of_page(self, found: Token, page: str, scope: str, task: str = "") -> Page:
        """FB-POSTS, and 14.1: a token of another kind is a 200-class error."""
        if page not in self.pages:
            raise no_such(page)
        if found.page is None or found.page.id != page:
            raise Wrong(200, "(#200) If posting to a page, a page access token of that page is required")
        if scope not in found.scopes:
            raise Wrong(200, f"(#200) Requires {scope} permission to manage the object")
        if task and task not in found.person.roles.get(page, ()):
            raise Wrong(200, f"(#200) The user has no {task} task on this page")
        return found.page

    def accounts(self, found: Token) -> list[dict[str, Any]]:
        """FB-TOK: a page token taken from a long-lived user token has no end."""
        if found.page is not None:
            raise Wrong(100, "(#100) Tried accessing nonexisting field (accounts) on node type (Page)")
        lasting = found.ends is None or found.ends - self.now() > SHORT * 2
        made = []
        for id, tasks in found.person.roles.items():
            page = self.pages[id]
            token = self.token(found.person, page, found.scopes, None if lasting else SHORT)
            made.append({
                "id": page.id, "name": page.name, "username": page.username, "category": "Bookstore",
                "access_token": token, "tasks": list(tasks),
            })
        return made

    def inspected(self, token: str) -> dict[str, Any]:
        """FB-TOK; the fields are recalled."""
        found = self.tokens.get(token)
        if found is None:
            return {"is_valid": False, "scopes": []}
        valid = not found.subcode and not found.person.checkpointed and (found.ends is None or found.ends > self.now())
        return {
            "app_id": self.app, "type": "PAGE" if found.page else "USER", "is_valid": valid,
            "expires_at": int(found.ends.timestamp()) if found.ends else 0,
            "data_access_expires_at": int((self.now() + timedelta(days=90)).timestamp()),
            "scopes": list(found.scopes), "user_id": found.person.id,
        }

    def revoke(self, found: Token) -> None:
        """DELETE /me/permissions (third party): every token of that person and app is over."""
        for each in self.tokens.values():
            if each.person is found.person:
                each.subcode = 458
        found.person.granted = ()
