"""Addresses, mentions and hashtags in a text, as the server finds them, and how it counts.

Sources: Mastodon source, August 2026: StatusLengthValidator, Account::MENTION_RE, Tag::Naming, and the address
patterns it lays over twitter-text's. A country or word ending is not looked up: any of two letters and more counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from studio.core.post import Content
from studio.platforms.checks import missing_tags
from studio.platforms.text import grapheme_end, graphemes

Kind = Literal["link", "mention", "tag"]
_ENDS = "?!*\"'「」<>;:=,.$%[]~&|@"  # an address never ends with these
_SEPARATORS = "_\u00b7\u30fb\u200c"


@dataclass(frozen=True, slots=True)
class Span:
    """text[start:end]; value: the whole address, "user@host", or the tag without #."""

    kind: Kind
    start: int
    end: int
    value: str


@cache
def _link() -> re.Pattern[str]:
    label = r"[^\W_](?:[\w-]*[^\W_])?"
    inside = r"[^\s<>()?]"
    parens = rf"\({inside}*(?:\({inside}*\){inside}*)*\)"
    return re.compile(
        rf"(?<![A-Za-z0-9@＠$#＃\u202a-\u202e])https?://(?:{label}\.)+[^\W\d_]{{2,}}(?::\d+)?"
        rf"(?:/(?:{inside}|{parens})*)?(?:\?[^\s<>\"「」]*)?",
        re.IGNORECASE,
    )


@cache
def _mention() -> re.Pattern[str]:
    name = r"[a-z0-9_]+(?:[a-z0-9_.-]*[a-z0-9_])?"
    return re.compile(rf"(?<![=/\w])@({name})(?:@([\w.-]+\w))?", re.IGNORECASE)


@cache
def _tag() -> re.Pattern[str]:
    """At the start or after a space; one letter or separator at least, so that #1 is none."""
    return re.compile(rf"(?:^|(?<=\s))[#＃]([\w{_SEPARATORS}]*[^\W\d{_SEPARATORS}][\w{_SEPARATORS}]*)")


def _trimmed(address: str) -> str:
    """Without what ends a sentence; a closing bracket stays with its opening one."""
    head = len(re.match(r"https?://[^/?]+", address)[0])  # type: ignore[index]  # it is an address
    while len(address) > head and (address[-1] in _ENDS or address.count(")") > address.count("(")):
        address = address[:-1]
    return address


def _found(text: str) -> Iterator[Span]:
    for each in _link().finditer(text):
        address = _trimmed(each[0])
        yield Span("link", each.start(), each.start() + len(address), address)
    for each in _mention().finditer(text):
        yield Span("mention", each.start(), each.end(), each[0][1:])
    for each in _tag().finditer(text):
        yield Span("tag", each.start(), each.end(), each[1])


@lru_cache(maxsize=16)
def spans(text: str) -> tuple[Span, ...]:
    """All of them in order; of two that overlap, the one that begins first counts."""
    if not any(mark in text for mark in ("://", "@", "#", "＃")):
        return ()
    kept: list[Span] = []
    for span in sorted(_found(text), key=lambda s: (s.start, s.kind)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)


def is_tag(tag: str) -> bool:
    """True when the server makes a link of "#tag", the whole of it."""
    found = _tag().fullmatch(f"#{tag}")
    return found is not None


def tags(text: str) -> tuple[str, ...]:
    """The hashtags in `text`, without #, in order."""
    return tuple(span.value for span in spans(text) if span.kind == "tag")


def body(content: Content) -> str:
    """What stands in the post: the text, then the link and the tags that are not in it yet, each on its own line.

    There are no fields for them: an address in the text makes the card, and a tag is found by its #.
    """
    parts = [content.text.strip()]
    if content.link and content.link not in content.text:
        parts.append(content.link)
    if missing := missing_tags(content.tags, tags(content.text), is_tag):
        parts.append(" ".join(f"#{tag}" for tag in missing))
    return "\n\n".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class _Piece:
    """text[start:end] and how it is counted: as it stands, or as something shorter or longer."""

    start: int
    end: int
    counted: str
    plain: bool


def _pieces(text: str, url: int) -> Iterator[_Piece]:
    at = 0
    for span in spans(text):
        if span.kind == "tag":
            continue
        yield _Piece(at, span.start, text[at : span.start], True)
        short = "x" * url if span.kind == "link" else "@" + span.value.partition("@")[0]
        yield _Piece(span.start, span.end, short, False)
        at = span.end
    yield _Piece(at, len(text), text[at:], True)


def length(text: str, url: int) -> int:
    """Graphemes; an address counts `url`, whatever its length, and the host of a mention nothing."""
    return graphemes("".join(piece.counted for piece in _pieces(text, url)))


def passed(text: str, limit: int, url: int) -> int | None:
    """Where, in Python characters of `text`, the limit is passed; None when it is not."""
    pieces = list(_pieces(text, url))
    left = grapheme_end("".join(piece.counted for piece in pieces), limit)
    if left is None:
        return None
    for piece in pieces:
        if left < len(piece.counted):
            return piece.start + left if piece.plain else piece.start
        left -= len(piece.counted)
    return len(text)
