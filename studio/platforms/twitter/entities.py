"""Addresses, mentions, hashtags and cashtags in a text, as X finds them.

Sources: twitter-text, configuration 3 and its conformance data; the endings of host names are those of the root zone
(endings.tsv, IANA, read September 2026).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

Kind = Literal["link", "mention", "tag", "cash"]
_SHORT = ("co", "tv")  # countries whose bare names are addresses all the same
_LETTERS = r"a-z0-9\u00c0-\u024f"
_PUNCTUATION = (
    r"\u2000-\u206f\u3000-\u303f\ufe30-\ufe4f\ufeff\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\uffff"
)
_PATH = rf"[{_LETTERS}\u0400-\u04ff!*';:=+,.$/%#\[\]\-_~@&|]"
_PATH_END = rf"[{_LETTERS}\u0400-\u04ff=_#/+\-]"


@dataclass(frozen=True, slots=True)
class Span:
    """text[start:end]; value: the address as it stands, or the word without its mark."""

    kind: Kind
    start: int
    end: int
    value: str


@cache
def endings() -> frozenset[str]:
    """Every last part of a host name there is, in lower case."""
    table = files("studio.platforms.twitter").joinpath("endings.tsv").read_text("utf-8")
    return frozenset(table.split()[1:])


@cache
def _hosts() -> re.Pattern[str]:
    """What may be an address up to the end of its host: with a protocol in any script, without one in Latin."""
    apart = rf"\s\x00-\x2c\x2e\x2f:-@\[-^`{{-\xa0{_PUNCTUATION}"
    any_label = rf"[^{apart}_-](?:[^{apart}]*[^{apart}_-])?"
    latin = rf"[{_LETTERS}](?:[{_LETTERS}_-]*[{_LETTERS}])?"
    before = "(?<![A-Za-z0-9@＠$#＃\ufffe\ufeff\uffff])"
    return re.compile(
        rf"{before}(?P<scheme>https?://)(?P<host>(?:{any_label}\.)+{any_label})"
        rf"|(?<![A-Za-z0-9@＠$#＃_./-])(?P<bare>(?:{latin}\.)+{latin})",
        re.IGNORECASE,
    )


@cache
def _rest() -> re.Pattern[str]:
    """Port, path and query after a host."""
    parens = rf"\((?:{_PATH}|\({_PATH}*\))*\)"
    path = rf"/(?:(?:{_PATH}|{parens})*(?:{_PATH_END}|{parens}))?"
    query = r"\?[a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[a-z0-9\-_&=#/]"
    return re.compile(rf"(?::\d+)?(?P<path>{path})?(?:{query})?", re.IGNORECASE)


def _ended(host: str, text: str, after: int) -> str:
    """`host` up to its last part that is an ending, "" without one; text[after:] is what follows it."""
    labels = host.split(".")
    for number in range(len(labels) - 1, 0, -1):
        label = labels[number]
        for ending in (label, re.match(r"[A-Za-z]*", label)[0]):  # type: ignore[index]  # it always matches
            last = number == len(labels) - 1 and ending == label
            then = text[after : after + 1] if last else label[len(ending) : len(ending) + 1] or "."
            if ending.lower() in endings() and not re.match(r"[0-9A-Za-z@+-]", then):
                return ".".join((*labels[:number], ending))
    return ""


def _links(text: str) -> Iterator[Span]:
    at = 0
    while found := _hosts().search(text, at):
        at = found.end()
        name = found["host"] or found["bare"]
        host = _ended(name, text, found.end())
        if not host:
            continue
        end = found.end() - len(name) + len(host)
        rest = _rest().match(text, end)
        if found["bare"] and not (rest and rest["path"]) and _country_only(host):
            continue
        at = end if rest is None else rest.end()
        yield Span("link", found.start(), at, text[found.start() : at])


def _country_only(host: str) -> bool:
    """"example.cn": no address unless more is written; "example.com.cn" and "t.co" are."""
    name, _, ending = host.rpartition(".")
    return "." not in name and len(ending) == 2 and ending.lower() not in _SHORT


@cache
def _words() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w&])[#＃](?P<tag>\w*[^\W\d_]\w*)(?![\w#＃]|://)"
        r"|(?<![\w!#$%&*@＠])[@＠](?P<mention>[A-Za-z0-9_]{1,20})(?![@＠\w]|://)"
        r"|(?:(?<=\s)|^)\$(?P<cash>[A-Za-z]{1,6}(?:[._][A-Za-z]{1,2})?)(?=$|[^\w$])"
    )


def _marked(text: str) -> Iterator[Span]:
    for found in _words().finditer(text):
        kind: Kind = found.lastgroup  # type: ignore[assignment]  # the groups are named after the kinds
        yield Span(kind, found.start(), found.end(), found[kind])


class Taken:
    """Which characters of a text belong to something already."""

    def __init__(self, length: int, stretches: Iterable[tuple[int, int]]) -> None:
        self._marks = bytearray(length)
        for start, end in stretches:
            self._marks[start:end] = b"\1" * (end - start)

    def free(self, start: int, end: int) -> bool:
        """None of them does."""
        return self._marks.find(1, start, end) < 0


@lru_cache(maxsize=16)
def spans(text: str) -> tuple[Span, ...]:
    """All of them in order; where two overlap, an address wins, then the one that begins first."""
    kept = list(_links(text)) if "." in text else []
    if any(mark in text for mark in "#＃@＠$"):
        taken = Taken(len(text), ((s.start, s.end) for s in kept))
        kept += [s for s in _marked(text) if taken.free(s.start, s.end)]
    return tuple(sorted(kept, key=lambda s: s.start))


def links(text: str) -> tuple[Span, ...]:
    """Only the addresses."""
    return tuple(s for s in spans(text) if s.kind == "link")


def is_tag(tag: str) -> bool:
    """True when all of "#tag" becomes one."""
    found = _words().fullmatch(f"#{tag}")
    return found is not None and found["tag"] is not None
