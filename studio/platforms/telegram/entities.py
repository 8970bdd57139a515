"""What is marked in a message: bold, code and hidden words by the signs people type, and what is tapped.

Sources: Telegram Web A source, 2026 (the signs it takes when a message is sent), and the Bot API's list of entities.
Places are UTF-16 units over there; here they are Python characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from studio.core.card import Run

Kind = Literal["link", "tag", "mention", "cash", "mail"]
_SIGNS = re.compile(
    r"```(?P<pre>.+?)```|`(?P<code>[^`\n]+)`|\*\*(?P<bold>[^*\n]+?)\*\*|__(?P<italic>[^_\n]+?)__"
    r"|~~(?P<strike>[^~\n]+?)~~|\|\|(?P<spoiler>[^|\n]+?)\|\|",
    re.DOTALL,
)
_TAPPED = re.compile(
    r"(?<![A-Za-z0-9_.+-])(?P<mail>[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+\.[A-Za-z]{2,})"
    r"|(?<![A-Za-z0-9_@/.-])(?P<link>(?:https?://|tg://)[^\s<>\"'，。、；！？）》」”]+|(?:[a-z0-9-]+\.)+(?:com|org|net|io|me|cn|co)\b"
    r"(?:/[^\s<>\"'，。、；！？）》」”]*)?)"
    r"|(?<![\w#])#(?P<tag>\w*[^\W\d_]\w*)|(?<![\w@])@(?P<mention>[A-Za-z]\w{3,31})|(?<![\w$])\$(?P<cash>[A-Z]{1,8})\b",
    re.IGNORECASE,
)
_ENDS = ".,;:!?'*_~)"
_LOOKS = {"bold": ("text", 700), "code": ("code", None), "pre": ("code", None), "spoiler": ("spoiler", None)}


@dataclass(frozen=True, slots=True)
class Marked:
    """The message as it is read: without its signs.

    places   for each character, where it stood in what was typed; one more for its end
    """

    text: str
    runs: tuple[Run, ...]
    places: tuple[int, ...]


@lru_cache(maxsize=16)
def marked(typed: str) -> Marked:
    """Takes the signs out; links in code are no links."""
    if not any(sign in typed for sign in ("`", "**", "__", "~~", "||")):
        return Marked(typed, (), tuple(range(len(typed) + 1)))
    made: list[str] = []
    runs: list[Run] = []
    places: list[int] = []
    at = 0
    for found in _SIGNS.finditer(typed):
        kind = found.lastgroup
        assert kind is not None
        start, end = found.span(kind)
        for a, b in ((at, found.start()), (start, end)):
            made.append(typed[a:b])
            places += range(a, b)
        if kind in _LOOKS:
            token, weight = _LOOKS[kind]
            runs.append(Run(len(places) - (end - start), len(places), token, weight))  # type: ignore[arg-type]
        at = found.end()
    places += range(at, len(typed) + 1)
    return Marked("".join((*made, typed[at:])), tuple(runs), tuple(places))


@dataclass(frozen=True, slots=True)
class Tapped:
    """text[start:end] can be tapped; value: what it says."""

    kind: Kind
    start: int
    end: int
    value: str


@lru_cache(maxsize=16)
def tapped(text: str) -> tuple[Tapped, ...]:
    """Addresses, tags, mentions, $CASH and mail addresses, in order."""
    return tuple(_tapped(text))


def _tapped(text: str) -> Iterator[Tapped]:
    if not any(sign in text for sign in ".#@$"):
        return
    for found in _TAPPED.finditer(text):
        kind: Kind = found.lastgroup  # type: ignore[assignment]  # the groups are named after the kinds
        value = found[0].rstrip(_ENDS) if kind == "link" and found[0].count("(") == 0 else found[0]
        if kind == "cash" and not found["cash"].isupper():
            continue
        yield Tapped(kind, found.start(), found.start() + len(value), value)


def runs(message: Marked) -> tuple[Run, ...]:
    """All coloured stretches in order, apart from one another: signs first."""
    own = list(message.runs)
    plain = [
        Run(t.start, t.end) for t in tapped(message.text)
        if not any(run.token != "text" and run.start < t.end and t.start < run.end for run in own)
    ]
    kept: list[Run] = []
    for run in sorted((*own, *plain), key=lambda r: (r.start, -r.end)):
        if not kept or run.start >= kept[-1].end:
            kept.append(run)
    return tuple(kept)


def units(text: str) -> int:
    """UTF-16 code units, which Telegram counts."""
    return len(text) + sum(ord(char) > 0xFFFF for char in text)


def end_of(text: str, limit: int) -> int | None:
    """How many characters of `text` have at most `limit` units; None when all of it has."""
    if units(text) <= limit:
        return None
    used = 0
    for at, char in enumerate(text):
        used += 2 if ord(char) > 0xFFFF else 1
        if used > limit:
            return at
    return None
