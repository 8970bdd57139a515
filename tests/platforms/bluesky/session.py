"""Tokens and documents as a server would make them."""

from __future__ import annotations

import base64
import json
from typing import Any

from tests.platforms.fakes import NOW

DID = "did:plc:abcdefghijklmnopqrstuvwx"


def jwt(lives: float = 7200, **claims: object) -> str:
    """A token that ends `lives` seconds after the fixed now of the tests; its signature is nonsense."""
    plain = {"exp": NOW.timestamp() + lives, **claims}
    part = base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")
    return f"eyJhbGciOiJFUzI1NksifQ.{part}.sig"


def secrets(lives: float = 7200) -> dict[str, str]:
    return {"accessJwt": jwt(lives), "refreshJwt": jwt(7_000_000, scope="com.atproto.refresh")}


def document(pds: str) -> dict[str, Any]:
    """A DID document that names a PDS."""
    service = {"id": "#atproto_pds", "type": "AtprotoPersonalDataServer", "serviceEndpoint": pds}
    return {"id": DID, "service": [service]}


def session(**more: object) -> dict[str, Any]:
    """What createSession answers."""
    return {"did": DID, "handle": "mei.test", "active": True, **secrets(), **more}
