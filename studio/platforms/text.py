"""What every platform asks of text: graphemes, bytes, characters that cannot be sent, addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from studio.core.finding import Finding, error, warning
from studio.core.post import Content, Reply

if TYPE_CHECKING:
    from collections.abc import Sequence

UNICODE = "Unicode UAX #29, extended grapheme clusters"
# Bidi marks and joiners (U+200B..U+200F, U+202A..U+202E) belong to real writing and are left alone.
# Outside these, every character is a cluster of its own: no carriage return, mark, joiner, jamo, sign or emoji.
_JOINING = re.compile(r"[^\x00-\x0c\x0e-\u02ff\u2010-\u2027\u2030-\u205e\u3000-\u3029\u3041-\u3096\u30a0-\u30ff"
                      r"\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff9d]")
# For a character class: what a tag or a name ends with, where the sentence goes on without a space.
TAG_ENDS = r"\s#＃@＠.,!?;:()\[\]，。！？；：、（）【】“”「」《》…"
NAME_ENDS = TAG_ENDS.replace(".", "")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@cache
def _grapheme() -> Any:
    import regex

    return regex.compile(r"\X")


@lru_cache(maxsize=16)
def graphemes(text: str) -> int:
    """How many characters a person would count (extended grapheme clusters)."""
    if text.isascii():
        return len(text) - text.count("\r\n")
    if _JOINING.search(text) is None:
        return len(text)
    return len(_grapheme().findall(text))


@lru_cache(maxsize=16)
def grapheme_end(text: str, count: int) -> int | None:
    """Where, in Python characters, `text` passes `count` graphemes; None when it does not."""
    if len(text) <= count:
        return None
    if _JOINING.search(text) is None:
        return count
    found = next(islice(_grapheme().finditer(text), count, None), None)
    return None if found is None else int(found.start())


def grapheme_cut(text: str, at: int) -> int:
    """The last boundary between graphemes that is not after `at`."""
    if at >= len(text):
        return len(text)
    if at > 0 and _JOINING.search(text[at - 1 : at + 1]) is None:
        return at  # between two plain characters
    start = max(0, at - 64)  # a cluster is short: to find its edge, a little before it is enough
    while start and text[start - 1] != "\n" and start > at - 512:
        start -= 1
    end = start
    for found in _grapheme().finditer(text, start):
        if found.end() > at:
            break
        end = int(found.end())
    return end


def initial(name: str) -> str:
    """What stands in a round picture for whoever has none: the first character of the name, large; "" without one."""
    plain = name.lstrip("@＠ \t\n").strip()
    first = plain[:1] if _JOINING.search(plain[:2]) is None else _grapheme().match(plain)[0]
    return first.upper() if len(first.upper()) == len(first) else str(first)


def utf8(text: str) -> bytes:
    """UTF-8; a lone surrogate becomes three bytes, so that text that cannot be sent can still be counted."""
    return text.encode("utf-8", "surrogatepass")


def byte_end(text: str, limit: int) -> int | None:
    """Where, in Python characters, `text` passes `limit` bytes of UTF-8; None when it does not."""
    raw = utf8(text)
    if len(raw) <= limit:
        return None
    while limit and raw[limit] & 0xC0 == 0x80:
        limit -= 1
    return len(raw[:limit].decode("utf-8", "surrogatepass"))


def surrogate_at(text: str) -> int | None:
    """Where the first lone surrogate stands, or None."""
    try:
        text.encode()
    except UnicodeEncodeError as bad:
        return bad.start
    return None


def control_at(text: str) -> int | None:
    """Where the first control character stands that is no tab or line break, or None."""
    found = _CONTROL.search(text)
    return None if found is None else found.start()


def texts(content: Content) -> Iterator[tuple[str, str]]:
    """Every text of `content` with the name of its field."""
    yield "title", content.title
    yield "text", content.text
    yield "link", content.link
    for number, tag in enumerate(content.tags):
        yield f"tags[{number}]", tag
    for number, media in enumerate(content.media):
        yield f"media[{number}].alt", media.alt


def unsendable(content: Content) -> list[Finding]:
    """Lone surrogates (no encoding has them: error) and control characters (warning), per field."""
    found: list[Finding] = []
    for field, text in texts(content):
        if (at := surrogate_at(text)) is not None:
            found.append(error("text.surrogates", field, UNICODE, at=at + 1))
        elif (at := control_at(text)) is not None:
            found.append(warning("text.controls", field, UNICODE, at=at + 1, char=f"U+{ord(text[at]):04X}"))
    return found


def clean_tag(tag: str) -> str:
    """The word without the sign before it and spaces around it."""
    return tag.strip().lstrip("#＃").strip()


def tag_line(tags: Iterable[str]) -> str:
    """"#咖啡 #citywalk": each tag once, to be copied; "" without tags."""
    clean = dict.fromkeys(map(clean_tag, tags))
    return " ".join(f"#{tag}" for tag in clean if tag)


def following(replies: Iterable[Reply]) -> str:
    """The further parts of a thread as one text to copy, with a line between them; "" without any."""
    return "\n\n———\n\n".join(text for reply in replies if (text := reply.text.strip()))


def is_address(link: str) -> bool:
    """True for an http or https address with a host and without spaces."""
    try:
        parts = urlsplit(link)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not any(c.isspace() for c in link)
    except ValueError:
        return False


def host(link: str) -> str:
    """The host of an address without "www.", for a link card."""
    try:
        return (urlsplit(link).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def first(found: Sequence[Callable[[], list[Finding]]]) -> tuple[Finding, ...]:
    """All findings of these checks, errors first, then warnings, then remarks."""
    order = {"error": 0, "warning": 1, "info": 2}
    every = [finding for check in found for finding in check()]
    return tuple(sorted(every, key=lambda f: order[f.severity]))
