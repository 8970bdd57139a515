"""How long a post is: twitter-text, configuration 3.

Normalised (NFC), an address weighs 23 characters, an emoji 2 however it is put together, letters of Latin and most
other alphabets 1, everything else 2. Source: twitter-text, config/v3.json and validation, checked with its conformance
data.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import accumulate
from typing import Any

from studio.platforms.twitter.entities import Taken, links

SCALE, DEFAULT, LIGHT = 100, 200, 100
ADDRESS = 23  # characters
_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
INVALID = ("\ufffe", "\ufeff", "\uffff")  # a text with one of these is refused


@cache
def _emoji() -> Any:
    """Flags, keycaps, and pictures with their tones, tags and joiners; ©, ® and ™ only when shown as pictures."""
    import regex

    tone, joined = r"[\U0001F3FB-\U0001F3FF]", r"\u200d"
    picture = rf"(?![©®™\u265f](?!\ufe0f))\p{{Extended_Pictographic}}(?!\ufe0e)(?:\ufe0f|{tone})?"
    part = rf"(?:{picture}|[♀♂⚕⚖✈❤]\ufe0f?)"
    tags = r"(?:[\U000E0020-\U000E007E]+\U000E007F)?"
    return regex.compile(
        rf"\p{{RI}}\p{{RI}}|[0-9#*]\ufe0f?\u20e3|{picture}{tags}(?:{joined}{part})*|{tone}"
    )


# Where an emoji may begin: few characters of real texts do.
_MAY_BEGIN = re.compile(r"[0-9#*](?=\ufe0f?\u20e3)|[©®\u203c-\u2bff\u3030\u303d\u3297\u3299\U0001F000-\U0001FAFF]")


def _of(char: str) -> int:
    point = ord(char)
    if point <= _LIGHT[0][1]:
        return LIGHT
    return LIGHT if _LIGHT[1][0] <= point and any(low <= point <= high for low, high in _LIGHT) else DEFAULT


def _emojis(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    while begins := _MAY_BEGIN.search(text, at):
        found = _emoji().match(text, begins.start())
        at = begins.end() if found is None else found.end()
        if found is not None:
            yield found.span()


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """(where it ends, its weight) of everything in a normalised text, in order."""
    lumps = [(s.start, s.end, ADDRESS * SCALE) for s in links(text)]
    taken = Taken(len(text), ((start, end) for start, end, _ in lumps))
    lumps += [(start, end, DEFAULT) for start, end in _emojis(text) if taken.free(start, end)]
    at = 0
    for start, end, weight in sorted(lumps):
        yield from ((n + 1, _of(text[n])) for n in range(at, start))
        yield end, weight
        at = end
    yield from ((n + 1, _of(text[n])) for n in range(at, len(text)))


@lru_cache(maxsize=8)
def _weighed(text: str) -> tuple[list[int], list[int]]:
    """Where each piece ends, and the weight up to there, in hundredths."""
    pieces = list(_pieces(text))
    return [end for end, _ in pieces], list(accumulate(weight for _, weight in pieces))


@lru_cache(maxsize=8)
def weight(text: str) -> int:
    """Its length as X counts."""
    _, sums = _weighed(unicodedata.normalize("NFC", text))
    return sums[-1] // SCALE if sums else 0


@lru_cache(maxsize=8)
def fits(text: str, limit: int) -> int | None:
    """How many Python characters of `text` weigh at most `limit`; None when all of it does."""
    if weight(text) <= limit:
        return None
    if unicodedata.is_normalized("NFC", text):
        ends, sums = _weighed(text)
        kept = bisect_left(sums, limit * SCALE + 1)
        return ends[kept - 1] if kept else 0
    return bisect_left(range(len(text)), True, key=lambda end: weight(text[: end + 1]) > limit)
