"""Which way a paragraph is read."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, Literal

Direction = Literal["ltr", "rtl"]
_TURNS: Final = re.compile("[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff]")
_STRONG: Final[dict[str, Direction]] = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def has_turns(text: str) -> bool:
    """Whether anything in it is read from right to left."""
    return _TURNS.search(text) is not None


def direction(text: str, at: int) -> Direction:
    """Of the paragraph with character `at`: as its first letter is read."""
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    for char in text[start : end if end >= 0 else len(text)]:
        if (way := _STRONG.get(unicodedata.bidirectional(char))) is not None:
            return way
    return "ltr"
