"""What the account remembers of texts that were sent and never answered.

Weibo refuses the same text twice. When it does so for a text that is remembered here, the first one may be our own,
however long its listing lagged; for any other text it is simply a duplicate. Written down before the request goes out,
so that a kill loses nothing, and taken away by a definite answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from studio.platforms.base import Access, Json
from studio.platforms.weibo.text import normal

NAME = "unsure"  # in the account's identity: "mark begun since;..."
LASTS = timedelta(hours=48)
MOST = 8  # texts


def mark(text: str) -> str:
    """A text as it is remembered."""
    import hashlib  # loads OpenSSL, which a start can do without

    return hashlib.sha256(normal(text).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _known(identity: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Mark -> when that try began, and what was newest before it."""
    entries = [entry.split(" ") for entry in identity.get(NAME, "").split(";") if entry]
    return {parts[0]: (parts[1], parts[2]) for parts in entries if len(parts) == 3}


def _keep(access: Access, known: Mapping[str, tuple[str, str]]) -> None:
    newest = list(known.items())[-MOST:]
    access.learn({NAME: ";".join(f"{name} {begun} {since}" for name, (begun, since) in newest)})


def earlier(access: Access, text: str) -> dict[str, str]:
    """begun and since of a try of this text that is still unanswered; {} when there is none, or it is long ago."""
    begun, since = _known(access.account.identity).get(mark(text), ("", ""))
    if not begun or access.now() - datetime.fromisoformat(begun).astimezone(UTC) >= LASTS:
        return {}
    return {"begun": begun, "since": since}


def begin(access: Access, plan: Json) -> None:
    """The request goes out now."""
    name = mark(str(plan["text"]))
    rest = {other: kept for other, kept in _known(access.account.identity).items() if other != name}
    _keep(access, {**rest, name: (str(plan["begun"]), str(plan["since"]))})


def over(access: Access, plan: Json) -> None:
    """It was answered, or found."""
    name = mark(str(plan["text"]))
    _keep(access, {other: kept for other, kept in _known(access.account.identity).items() if other != name})
