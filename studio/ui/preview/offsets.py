"""Between Python's characters (code points) and Qt's (UTF-16 units)."""

from __future__ import annotations

import re
from itertools import accumulate

_LONE = re.compile("[\ud800-\udfff]")
_WIDE = re.compile("[\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Text Qt can hold: a lone surrogate becomes U+FFFD, so that every offset stays where it was."""
    return _LONE.sub("\ufffd", text)


def is_narrow(text: str) -> bool:
    """True when both ways of counting agree: no character beyond U+FFFF."""
    return text.isascii() or _WIDE.search(text) is None


def units(text: str, end: int | None = None) -> int:
    """How many UTF-16 units `text[:end]` has."""
    part = text if end is None else text[:end]
    return len(part) if part.isascii() else len(part) + len(_WIDE.findall(part))


def characters(text: str, position: int) -> int:
    """How many whole characters are in the first `position` UTF-16 units of `text`."""
    if is_narrow(text):
        return min(position, len(text))
    seen = 0
    for number, char in enumerate(text):
        if seen >= position:
            return number
        seen += 2 if char > "\uffff" else 1
    return len(text)


def table(text: str) -> list[int] | None:
    """UTF-16 position -> character offset for each position of `text`; None when they are the same."""
    if is_narrow(text):
        return None
    steps = list(accumulate((2 if char > "\uffff" else 1 for char in text), initial=0))
    places = [0] * (steps[-1] + 1)
    for number, start in enumerate(steps):
        places[start] = number
        if start + 1 < len(places):
            places[start + 1] = number
    return places
