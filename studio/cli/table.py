"""Columns in a terminal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def shown(text: str) -> str:
    """On one line, without anything that could steer the terminal."""
    return _CONTROL.sub(" ", text)


def width(text: str) -> int:
    """Cells of a terminal: wide East Asian characters take two, combining marks none."""
    if text.isascii():
        return len(text)
    if _COMMON.fullmatch(text):  # each wide one is three bytes of UTF-8: counting bytes is quick
        return len(text) + (len(text.encode()) - len(text)) // 2
    return sum(map(_cells, text))


_COMMON = re.compile("[ -~\u3001-\u303e\u3041-\u3096\u30a1-\u30ff\u4e00-\u9fff\uff01-\uff60]*")


@lru_cache(65536)
def _cells(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Me", "Mn"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cut(text: str, cells: int) -> str:
    """At most that many cells, with an ellipsis where something was left out."""
    if width(text) <= cells:
        return text
    kept = (cells - 1) // 2  # so many always fit
    room = cells - 1 - width(text[:kept])
    for character in text[kept:]:
        room -= _cells(character)
        if room < 0:
            break
        kept += 1
    return f"{text[:kept]}…"


def lines(heads: Sequence[str], rows: Sequence[Sequence[str]], most: int = 64) -> Iterator[str]:
    """A line of heads, then one line per row; each column as wide as its widest cell, at most `most`."""
    *columns, last = zip(heads, *rows, strict=True)
    shaped = [*(padded(column, most) for column in columns), [fit(cell, most) for cell in last]]
    return (line.rstrip() for line in map("  ".join, zip(*shaped, strict=True)))


def padded(cells: Sequence[str], most: int = 64) -> list[str]:
    """All as wide as the widest."""
    fitted = [fit(cell, most) for cell in cells]
    widths = [width(cell) for cell in fitted]
    wide = max(widths)
    return [cell + " " * (wide - taken) for cell, taken in zip(fitted, widths, strict=True)]


def fit(text: str, most: int) -> str:
    """On one line, at most that wide."""
    plain = text if text.isprintable() else shown(text)
    return plain if len(plain) * 2 <= most else cut(plain, most)
