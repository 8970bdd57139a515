"""Who may come in: people, applications registered by anybody, the browser login with PKCE, tokens and scopes.

DOC: Mastodon documentation, July 2026; SRC: Mastodon source, August 2026, with Doorkeeper's rules.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

# DOC: OAuth scopes. A wide one holds the narrow ones.
SCOPES = ("read", "write", "profile", "read:accounts", "read:statuses", "write:statuses", "write:media", "follow")
CODE_LASTS = timedelta(minutes=10)  # Doorkeeper: authorization_code_expires_in


class Wrong(Exception):
    """An answer that is no success, in the server's own words."""

    def __init__(self, status: int, error: str, **more: object) -> None:
        super().__init__(error)
        self.status, self.body = status, {"error": error, **more}


def stamp(at: datetime) -> str:
    """"2026-11-24T09:30:00.000Z"."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(slots=True)
class Person:
    id: str
    username: str
    name: str
    suspended: bool = False


@dataclass(slots=True)
class App:
    client_id: str
    client_secret: str
    redirects: tuple[str, ...]
    scopes: tuple[str, ...]


@dataclass(slots=True)
class Grant:
    """An authorization code that waits to be exchanged."""

    app: App
    person: Person
    redirect: str
    scopes: tuple[str, ...]
    challenge: str
    made: datetime


def allows(granted: tuple[str, ...], wanted: str) -> bool:
    return wanted in granted or wanted.partition(":")[0] in granted


class Doors:
    """now: the server's clock, UTC. pkce: False before 4.3."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now, self.pkce = now, True
        self.people: dict[str, Person] = {}
        self.apps: dict[str, App] = {}
        self.grants: dict[str, Grant] = {}
        self.tokens: dict[str, tuple[Person, tuple[str, ...]]] = {}
        self._number = 0

    def new_id(self) -> str:
        """SRC: Mastodon::Snowflake: milliseconds, then a sequence; more than 2**53."""
        self._number += 1
        return str((int(self.now().timestamp() * 1000) << 16) + self._number)

    def person(self, username: str, name: str = "") -> Person:
        found = Person(self.new_id(), username, name or username.title())
        self.people[found.id] = found
        return found

    def token(self, person: Person, *scopes: str) -> str:
        """As made under Preferences, Development."""
        made = secrets.token_urlsafe(32)
        self.tokens[made] = (person, scopes or ("read", "write"))
        return made

    def register(self, given: Mapping[str, Any]) -> App:
        """POST /api/v1/apps. DOC: client_name and redirect_uris are required."""
        redirects = given.get("redirect_uris")
        uris = tuple(redirects) if isinstance(redirects, list) else tuple(str(redirects or "").split())
        if not given.get("client_name"):
            raise Wrong(422, "Validation failed: Application name can't be blank")
        if not uris or not all("://" in uri or uri.startswith("urn:") for uri in uris):
            raise Wrong(422, "Validation failed: Redirect URI must be an absolute URI.")
        scopes = tuple(str(given.get("scopes") or "read").split())
        if not set(scopes) <= set(SCOPES):
            raise Wrong(422, "Validation failed: Scopes doesn't match configured on the server.")
        app = App(secrets.token_urlsafe(32), secrets.token_urlsafe(32), uris, scopes)
        self.apps[app.client_id] = app
        return app

    def authorize(self, query: Mapping[str, str], person: Person) -> str:
        """A code for what was asked. Wrong: nothing may be sent back to the address that was given."""
        app = self.apps.get(query.get("client_id", ""))
        if app is None:
            raise Wrong(401, "invalid_client")
        if query.get("redirect_uri") not in app.redirects:
            raise Wrong(400, "The redirect uri included is not valid.")
        scopes = tuple((query.get("scope") or "read").split())
        if not all(allows(app.scopes, s) for s in scopes) or query.get("response_type") != "code":
            raise Wrong(400, "The requested scope is invalid, unknown, or malformed.")
        challenge = query.get("code_challenge", "") if self.pkce else ""
        if challenge and query.get("code_challenge_method") != "S256":  # SRC: doorkeeper.rb
            raise Wrong(400, "The code_challenge_method must be S256.")
        code = secrets.token_urlsafe(32)
        self.grants[code] = Grant(app, person, query["redirect_uri"], scopes, challenge, self.now())
        return code

    def exchange(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """POST /oauth/token. A code works once, for ten minutes, for its client, its address and its verifier."""
        app = self.apps.get(str(given.get("client_id")))
        if app is None or app.client_secret != given.get("client_secret"):
            raise Wrong(401, "invalid_client", error_description="Client authentication failed due to unknown client.")
        if given.get("grant_type") != "authorization_code":
            raise Wrong(400, "unsupported_grant_type", error_description="The grant type is not supported.")
        grant = self.grants.pop(str(given.get("code")), None)
        good = (
            grant is not None and grant.app is app and grant.redirect == given.get("redirect_uri")
            and self.now() - grant.made <= CODE_LASTS and self._proved(grant, str(given.get("code_verifier") or ""))
        )
        if grant is None or not good:
            raise Wrong(400, "invalid_grant", error_description="The provided authorization grant is invalid, expired, "
                        "revoked, does not match the redirection URI used in the authorization request.")
        token = self.token(grant.person, *grant.scopes)
        made = int(self.now().timestamp())
        return {"access_token": token, "token_type": "Bearer", "scope": " ".join(grant.scopes), "created_at": made}

    @staticmethod
    def _proved(grant: Grant, verifier: str) -> bool:
        if not grant.challenge:
            return True
        made = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        return secrets.compare_digest(made, grant.challenge)

    def who(self, token: str, wanted: str) -> Person:
        """Whose token it is. Wrong: none, or outside its scopes."""
        found = self.tokens.get(token)
        if found is None:
            raise Wrong(401, "The access token is invalid")
        if found[0].suspended:
            raise Wrong(403, "Your login is currently disabled")
        if not allows(found[1], wanted):
            raise Wrong(403, "This action is outside the authorized scopes")
        return found[0]
