"""How the palette finds things: letters in a name, words that start so, and the initials of Chinese syllables."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

_BOUNDS = (
    (0xB0A1, "a"), (0xB0C5, "b"), (0xB2C1, "c"), (0xB4EE, "d"), (0xB6EA, "e"), (0xB7A2, "f"), (0xB8C1, "g"),
    (0xB9FE, "h"), (0xBBF7, "j"), (0xBFA6, "k"), (0xC0AC, "l"), (0xC2E8, "m"), (0xC4C3, "n"), (0xC5B6, "o"),
    (0xC5BE, "p"), (0xC6DA, "q"), (0xC8BB, "r"), (0xC8F6, "s"), (0xCBFA, "t"), (0xCDDA, "w"), (0xCEF4, "x"),
    (0xD1B9, "y"), (0xD4D1, "z"),
)  # fmt: skip
_STARTS = [start for start, _ in _BOUNDS]
_LAST = 0xD7F9


@dataclass(frozen=True, slots=True)
class Match:
    """How well something fits (higher is better) and which letters of its name to set in bold."""

    score: int
    letters: tuple[int, ...] = ()


@lru_cache(maxsize=4096)
def initial(character: str) -> str:
    """First letter of a Chinese character's pinyin, "" when unknown.

    The 3,755 common characters of GB 2312 level 1 are ordered by pinyin, so the code says the letter; source:
    GB/T 2312-1980, rows 16 to 55. Characters with two readings get the one they are filed under.
    """
    try:
        code = int.from_bytes(character.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return ""
    if not _STARTS[0] <= code <= _LAST:
        return ""
    return _BOUNDS[bisect_right(_STARTS, code) - 1][1]


def match(query: str, name: str, keywords: str = "") -> Match | None:
    """Whether `query` finds `name` (or one of the space-separated `keywords`); None when not."""
    wanted = query.casefold().strip()
    if not wanted:
        return Match(0)
    folded = name.casefold()
    if (at := folded.find(wanted)) >= 0:
        return Match(_place(folded, at), tuple(range(at, at + len(wanted))))
    if (found := _by_initials(wanted, name)) is not None:
        return Match(60, found)
    if any(word.startswith(wanted) for word in keywords.casefold().split()):
        return Match(50)
    if all(_somewhere(part, folded, keywords.casefold()) for part in wanted.split()):
        return Match(30)
    if len(wanted) > 2 and (found := _scattered(wanted, folded)) is not None:
        return Match(10, found)
    return None


def _place(folded: str, at: int) -> int:
    if at == 0:
        return 100
    return 90 if not folded[at - 1].isalnum() or not folded[at].isascii() else 70


def _by_initials(wanted: str, name: str) -> tuple[int, ...] | None:
    """`fb` finds 发布: consecutive characters whose initials spell the query."""
    if not wanted.isascii() or not wanted.isalpha():
        return None
    marks = [(number, initial(character)) for number, character in enumerate(name)]
    syllables = [(number, letter) for number, letter in marks if letter]
    letters = "".join(letter for _, letter in syllables)
    at = letters.find(wanted)
    return tuple(number for number, _ in syllables[at : at + len(wanted)]) if at >= 0 else None


def _somewhere(part: str, folded: str, keywords: str) -> bool:
    return part in folded or any(word.startswith(part) for word in keywords.split())


def _scattered(wanted: str, folded: str) -> tuple[int, ...] | None:
    """The letters in order, the first at the start of a word."""
    found: list[int] = []
    at = -1
    for letter in wanted:
        at = folded.find(letter, at + 1)
        if at < 0:
            return None
        found.append(at)
    first = found[0]
    return tuple(found) if first == 0 or not folded[first - 1].isalnum() else None
