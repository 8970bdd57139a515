"""How long a post is: twitter-text, configuration 3.

Normalised (NFC), an address weighs 23 characters, an emoji 2 however it is put together, letters of Latin and most
other alphabets 1, everything else 2. Source: twitter-text, config/v3.json and validation, checked with its conformance
data.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import accumulate
from typing import Any

from studio.platforms.twitter.entities import Taken, links

SCALE, DEFAULT, LIGHT = 100, 200, 100
ADDRESS = 23  # characters
_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
_LIGHTS = re.compile("[{}]+".format("".join(f"{chr(low)}-{chr(high)}" for low, high in _LIGHT)))
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


def _emojis(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    while begins := _MAY_BEGIN.search(text, at):
        found = _emoji().match(text, begins.start())
        at = begins.end() if found is None else found.end()
        if found is not None:
            yield found.span()


def _stretches(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """(where it ends, the weight of each character) of stretches of one weight in text[start:end]."""
    at = start
    for found in _LIGHTS.finditer(text, start, end):
        if at < found.start():
            yield found.start(), DEFAULT
        at = found.end()
        yield at, LIGHT
    if at < end:
        yield end, DEFAULT


def pieces(text: str) -> Iterator[tuple[int, int, int]]:
    """(where it ends, its weight, that of one character or 0 for a whole) of all of a normalised text, in order."""
    lumps = [(s.start, s.end, ADDRESS * SCALE) for s in links(text)]
    taken = Taken(len(text), ((start, end) for start, end, _ in lumps))
    lumps += [(start, end, DEFAULT) for start, end in _emojis(text) if taken.free(start, end)]
    at = 0
    for start, end, whole in (*sorted(lumps), (len(text), len(text), 0)):
        for stop, each in _stretches(text, at, start):
            yield stop, (stop - at) * each, each
            at = stop
        if whole:
            yield end, whole, 0
        at = end


@lru_cache(maxsize=8)
def _weighed(text: str) -> tuple[list[int], list[int], list[int]]:
    """Of each piece: where it ends, the weight up to there, the weight of one character; all in hundredths."""
    found = list(pieces(text))
    return [end for end, _, _ in found], list(accumulate(whole for _, whole, _ in found)), [each for *_, each in found]


@lru_cache(maxsize=8)
def weight(text: str) -> int:
    """Its length as X counts."""
    _, sums, _ = _weighed(unicodedata.normalize("NFC", text))
    return sums[-1] // SCALE if sums else 0


@lru_cache(maxsize=8)
def fits(text: str, limit: int) -> int | None:
    """How many Python characters of `text` weigh at most `limit`; None when all of it does."""
    if weight(text) <= limit:
        return None
    if unicodedata.is_normalized("NFC", text):
        ends, sums, each = _weighed(text)
        kept = bisect_right(sums, limit * SCALE)
        end, used = (ends[kept - 1], sums[kept - 1]) if kept else (0, 0)
        return end + ((limit * SCALE - used) // each[kept] if each[kept] else 0)
    return bisect_left(range(len(text)), True, key=lambda end: weight(text[: end + 1]) > limit)
