"""How a post's text is drawn: chips in place of addresses, coloured topics and people, and where it is folded.

Sources: previews 6.2. The replica in YYKit's demo for topics, people and titles of pages; m.weibo.cn's answers for
"...全文". An icon stands before a chip, as wide as a character.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from studio.platforms.bare import stretches
from studio.platforms.folding import Stretch, safe_end
from studio.platforms.weibo import text as words
from studio.platforms.weibo.spec import px

Kind = Literal["link", "super", "topic", "mention"]
ICON = "\u3000"  # room for an icon, one em wide
_MARKED = re.compile(
    r"(?P<super>#[^@#\n\[\]]+\[超话\]#)|(?P<topic>#[^@#\n]+#)|(?P<mention>@[-_a-zA-Z0-9\u4e00-\u9fa5]+)"
)


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int
    kind: Kind


def chip(title: str) -> str:
    """What stands for an address: room for an icon, then the page's title, cut after 27 characters."""
    most = int(px("chip.most"))
    return ICON + (title if len(title) <= most else title[:most] + "…")


def whole(text: str) -> list[Stretch]:
    """What is never cut: addresses, topics, people."""
    found, at = [], 0
    for piece, address in stretches(text):
        if address:
            found.append((at, at + len(piece)))
        else:
            found += [(at + mark.start(), at + mark.end()) for mark in _MARKED.finditer(piece)]
        at += len(piece)
    return found


def fold(text: str, most: int, each: int | None) -> int | None:
    """Where `text` is cut when Weibo counts more than `most` characters in it; None when it is shown whole."""
    at = words.passed(text, most, each)
    if at is None:
        return None
    return safe_end(text, at, whole(text)) or safe_end(text, at, ())


def without_card(text: str, link: str) -> str:
    """An address at the very end that became the card is not repeated."""
    link = link.strip()
    return text[: -len(link)].rstrip() if link and text.endswith(link) else text


def shown(text: str, title: str) -> tuple[str, tuple[Span, ...]]:
    """As a feed shows it, a chip with `title` in place of each address, and what is coloured in it."""
    made: list[str] = []
    spans: list[Span] = []
    at = 0
    for piece, address in stretches(text):
        parts = [(chip(title), "link")] if address else _parts(piece)
        for part, kind in parts:
            if kind:
                spans.append(Span(at, at + len(part), kind))  # type: ignore[arg-type]
            made.append(part)
            at += len(part)
    return "".join(made), tuple(spans)


def _parts(text: str) -> list[tuple[str, str]]:
    """(what is drawn, its kind or "") in order: a super topic loses its signs and has an icon."""
    parts, at = [], 0
    for found in _MARKED.finditer(text):
        kind = found.lastgroup or ""
        drawn = f"{ICON}{found[0][1:-5]}超话" if kind == "super" else found[0]
        parts += [(text[at : found.start()], ""), (drawn, kind)]
        at = found.end()
    return [*parts, (text[at:], "")]
