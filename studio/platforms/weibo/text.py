"""What stands in a post, how Weibo counts it, and how it comes back. How it is drawn: `shown`.

Sources: facts of November 2026, 2.2, 2.6 and 12: 140 汉字, where old clients count the bytes of GBK by two; what an
address counts, and what the server itself counts, is recalled only.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from urllib.parse import urlsplit

from studio.core.post import Content
from studio.platforms.bare import stretches

IN_FULL = "full"
_ASCII = re.compile(r"[\x00-\x7f]+")
_WIDE = re.compile("[\U00010000-\U0010ffff]")
_TOPIC = re.compile(r"#[^@#\n]+#")  # previews 6.2, YYKit
_BLANK = re.compile(r"[^\S\n]+")
_SHORTENED = ("t.cn", "sinaurl.cn")  # recalled: an address comes back as one of these
_ENOUGH = 40  # characters of a long text's beginning that make it known
_MORE = re.compile(r"(?:\.{3}|…+)\s*全文.*\Z", re.DOTALL)  # recalled: how a long text ends in an answer


def topics(text: str) -> list[str]:
    """What stands between two #, in order."""
    return [found[1:-1].strip() for found in _TOPIC.findall(text)]


def clean_tag(tag: str) -> str:
    return tag.strip().strip("#＃").strip()


def is_tag(tag: str) -> bool:
    """True when "#tag#" is a topic."""
    return _TOPIC.fullmatch(f"#{tag}#") is not None


def body(content: Content) -> str:
    """The whole text: then the topics and the link that are not in it yet. There are no fields for them."""
    text = content.text.replace("\r\n", "\n").strip()
    shown = {topic.casefold() for topic in topics(text)}
    wanted = dict.fromkeys(clean_tag(tag) for tag in content.tags)
    parts = [text, "".join(f"#{tag}#" for tag in wanted if is_tag(tag) and tag.casefold() not in shown)]
    if content.link.strip() and content.link.strip() not in text:
        parts.append(content.link.strip())
    return " ".join(part for part in parts if part)


# counting --------------------------------------------------------------------------------------------------------


def _halves(char: str) -> int:
    """In half characters: ASCII one, everything else two, what needs two places in UTF-16 four (the safe reading)."""
    return 1 if char.isascii() else 2 if char <= "\uffff" else 4


def _halves_of(piece: str) -> int:
    """The same of many: counted without a look at each, for it is asked with every keystroke."""
    other = _ASCII.sub("", piece)
    return len(piece) + len(other) + 2 * len(_WIDE.findall(other))


def _steps(text: str, each: int | None) -> Iterator[tuple[int, int]]:
    """(end, half characters) of each piece that is counted as one: a character, or an address."""
    at = 0
    for piece, address in stretches(text):
        if address and each is not None:
            at += len(piece)
            yield at, 2 * each
            continue
        for char in piece:
            at += 1
            yield at, _halves(char)


def each_of(setting: str) -> int | None:
    """What an address counts, in characters; None: as it is written."""
    return int(setting) if setting.isdigit() else None


@lru_cache(maxsize=16)
def length(text: str, each: int | None) -> int:
    """In 汉字, rounded up. each: what an address counts, None: as it is written."""
    pieces = list(stretches(text))
    kept = [(piece, address) for piece, address in pieces if each is None or not address]
    whole = sum(_halves_of(piece) for piece, _ in kept) + 2 * (each or 0) * (len(pieces) - len(kept))
    return (whole + 1) // 2


@lru_cache(maxsize=16)
def passed(text: str, limit: int, each: int | None) -> int | None:
    """Where, in Python characters, `text` passes `limit`; None when it does not."""
    if length(text, each) <= limit:
        return None
    counted = start = 0
    for end, halves in _steps(text, each):
        counted += halves
        if counted > 2 * limit:
            return start
        start = end
    return None


# addresses -------------------------------------------------------------------------------------------------------


def addresses(text: str) -> list[str]:
    return [address for _, address in stretches(text) if address]


def domain_of(typed: str) -> str:
    """A domain as a person types it ("https://www.a.com/x", "a.com") as a bare host in lower case; "" for none."""
    text = typed.strip().casefold()
    try:
        host = urlsplit(text if "://" in text else f"//{text}").hostname or ""
    except ValueError:
        return ""
    return host.strip(".") if "." in host and not any(c.isspace() for c in host) else ""


def is_at(address: str, domain: str) -> bool:
    """True when the address is on that domain, or below it."""
    try:
        host = (urlsplit(address).hostname or "").casefold()
    except ValueError:
        return False
    return host == domain or host.endswith(f".{domain}")


# comparing -------------------------------------------------------------------------------------------------------


def normal(text: str) -> str:
    """A text as far as Weibo keeps it: characters written out, one space where several were, no spaces at ends."""
    plain = html.unescape(text).replace("\r\n", "\n").replace("\u200b", "")
    lines = (_BLANK.sub(" ", line).strip() for line in plain.split("\n"))
    return re.sub(r"\n+", "\n", "\n".join(lines)).strip()


def found_as(sent: str, found: str) -> str:
    """What came back, as it is compared with `normal(sent)`: addresses Weibo made short are ours again, in order.

    A long text comes back as its beginning; where that is ours, the whole is taken to be.
    """
    before, shown = normal(sent), normal(found)
    head = _MORE.sub("", shown).rstrip()
    shown = _with_ours(head, addresses(before), head != shown)
    return before if head != normal(found) and len(head) >= _ENOUGH and before.startswith(shown) else shown


def _with_ours(text: str, ours: list[str], cut: bool) -> str:
    """Nothing is put in where the addresses cannot be told apart: their number differs, and not by a cut."""
    pieces = list(stretches(text))
    number = sum(bool(address) for _, address in pieces)
    if number > len(ours) or (number < len(ours) and not cut):
        return text
    mine = iter(ours)
    return "".join(_own(piece, next(mine) if address else "") for piece, address in pieces)


def _own(piece: str, ours: str) -> str:
    return ours if ours and any(is_at(piece, host) for host in _SHORTENED) else piece


def same(sent: str, found: str) -> bool:
    """True when it is the text that was sent, also without its topics or their signs, which Weibo may filter."""
    shown = found_as(sent, found)
    return shown in {normal(sent), normal(_TOPIC.sub("", sent)), normal(_TOPIC.sub(lambda f: f[0][1:-1], sent))}


def setting_of(identity: Mapping[str, str], default: str) -> int | None:
    """What an address counts for this account."""
    return each_of(identity.get("set.address") or default)
