"""How alike two texts are: platforms hide, and readers resent, the same text posted over and over."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal
from zlib import crc32

Kind = Literal["duplicate", "similar"]
DUPLICATE, SIMILAR = 0.8, 0.5  # shares of common 3-grams; rewritten Chinese text has .4, another text 0
SHORT = 24  # characters; with fewer 3-grams than that, one changed character costs too much
SAMPLE = 384  # 3-grams kept of a long text: an error of .03, and 500 articles of 20,000 characters in 25 MB
KEPT = 1024  # texts whose 3-grams are remembered
_URL = re.compile(r"(?:https?://|www\.)[!-~]+", re.IGNORECASE)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff]")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Match:
    """index: which of the texts is most alike. score: 0 to 1."""

    index: int
    score: float

    @property
    def kind(self) -> Kind:
        return "duplicate" if self.score >= DUPLICATE else "similar"


@dataclass(frozen=True, slots=True)
class _Shape:
    """A text as it is compared. grams: checksums of its 3-grams; when not whole the least `SAMPLE` of them,

    which are as good as a random choice, and the same choice for every text.
    """

    text: str
    grams: frozenset[int]
    whole: bool


def normal(text: str) -> str:
    """What is left when width, case, white space, invisible characters and addresses do not count.

    A text that is nothing but addresses keeps them: two of those are alike only when they point to the same.
    """
    folded = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).casefold()
    words = _SPACE.sub(" ", _URL.sub(" ", folded)).strip()
    return words or _SPACE.sub(" ", folded).strip()


def likeness(one: str, other: str) -> float:
    """From 0 (nothing in common) to 1 (the same, when form does not count); 0 when either is empty."""
    return _score(_shape(one), _shape(other), 0.0)


def alike(text: str, others: Sequence[str], least: float = SIMILAR) -> Match | None:
    """The one of `others` most like `text`, the first of equals; None when none reaches `least`.

    Quick enough to ask at each keystroke with 500 of them: their 3-grams are remembered.
    """
    shape, best = _shape(text), Match(-1, 0.0)
    for index, other in enumerate(others):
        score = _score(shape, _shape(other), max(least, best.score))
        if score >= least and score > best.score:
            best = Match(index, score)
    return best if best.index >= 0 else None


@lru_cache(maxsize=KEPT)
def _shape(text: str) -> _Shape:
    plain = normal(text)
    raw = plain.encode("utf-32-le", "surrogatepass")  # four bytes each
    grams = set(map(crc32, (raw[at:at + 12] for at in range(0, len(raw) - 8, 4))))
    if len(grams) <= SAMPLE:
        return _Shape(plain, frozenset(grams), True)
    return _Shape(plain, frozenset(sorted(grams)[:SAMPLE]), False)


def _score(one: _Shape, other: _Shape, least: float) -> float:
    """Exact when it is at least `least`; below that any number below it."""
    if not one.text or not other.text:
        return 0.0
    if one.text == other.text:
        return 1.0
    if min(len(one.text), len(other.text)) < SHORT:
        return _by_characters(one.text, other.text, least)
    return _by_grams(one, other, least)


def _by_grams(one: _Shape, other: _Shape, least: float) -> float:
    common = one.grams & other.grams
    if one.whole and other.whole:
        return len(common) / (len(one.grams) + len(other.grams) - len(common))
    if len(common) < least * SAMPLE:
        return 0.0
    sample = sorted(one.grams | other.grams)[:SAMPLE]
    return sum(gram in common for gram in sample) / len(sample)


def _by_characters(one: str, other: str, least: float) -> float:
    """Twice the common characters in order, of all of both; counted so that it means the same as common 3-grams."""
    if _share(2 * min(len(one), len(other)) / (len(one) + len(other))) < least:
        return 0.0
    first, second = sorted((one, other))
    match = SequenceMatcher(None, first, second, autojunk=False)
    return 0.0 if _share(match.quick_ratio()) < least else _share(match.ratio())


def _share(ratio: float) -> float:
    """2c / (a + b) as c / (a + b - c)."""
    return ratio / (2 - ratio)
