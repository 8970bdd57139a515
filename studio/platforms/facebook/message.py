"""The text as it is sent: the post's text, its link where that has no field of its own, its hashtags.

There is a link card only without photos and video, so with them the link is the last line of the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from studio.core.post import Content
from studio.platforms.checks import missing_tags

_TAG = re.compile(r"(?<![\w&/#])#([^\W_][\w]*)")


def is_tag(tag: str) -> bool:
    """One word with at least one letter."""
    return re.fullmatch(r"\w+", tag) is not None and any(c.isalpha() for c in tag)


def tags_in(text: str) -> Iterator[re.Match[str]]:
    """Each hashtag of a text, with its #."""
    return (found for found in _TAG.finditer(text) if is_tag(found[1]))


def link_in_text(content: Content) -> bool:
    """True where the link has no field of its own: beside media, and when a person types it all into one box."""
    return bool(content.link) and (bool(content.media) or content.mode != "api")


def message(content: Content) -> str:
    """Text, link and tags that are not in it yet, apart by an empty line."""
    parts = [content.text.strip()]
    if link_in_text(content) and content.link not in content.text:
        parts.append(content.link)
    if content.tags:
        parts.append(" ".join(f"#{tag}" for tag in _missing(content)))
    return "\n\n".join(part for part in parts if part)


def _missing(content: Content) -> list[str]:
    """Tags that do not stand in the text yet."""
    return missing_tags(content.tags, (found[1] for found in tags_in(content.text)), is_tag)


def units(text: str) -> int:
    """UTF-16 units: how Facebook counts was not found; this is the larger of the two it can be."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def passed(text: str, limit: int) -> int | None:
    """Where, in Python characters, `text` passes `limit` units; None when it does not."""
    left = limit
    for at, char in enumerate(text):
        left -= 2 if ord(char) > 0xFFFF else 1
        if left < 0:
            return at
    return None


def normal(text: str) -> str:
    """For comparing: composed, without spaces at the ends of lines, at most one empty line in a row."""
    lines = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in lines)).strip()


def flat(text: str) -> str:
    """For finding it again: whatever becomes of its white space."""
    return " ".join(unicodedata.normalize("NFC", text).split())
