"""Columns in a terminal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def shown(text: str) -> str:
    """On one line, without anything that could steer the terminal."""
    return _CONTROL.sub(" ", text)


def width(text: str) -> int:
    """Cells of a terminal: wide East Asian characters take two, combining marks none."""
    return sum(_cells(c) for c in text)


def _cells(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Me", "Mn"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cut(text: str, cells: int) -> str:
    """At most that many cells, with an ellipsis where something was left out."""
    if width(text) <= cells:
        return text
    kept, room = "", cells - 1
    for character in text:
        room -= _cells(character)
        if room < 0:
            break
        kept += character
    return f"{kept}…"


def lines(heads: Sequence[str], rows: Sequence[Sequence[str]], most: int = 64) -> Iterator[str]:
    """A line of heads, then one line per row; each column as wide as its widest cell, at most `most`."""
    cells = [[cut(shown(cell), most) for cell in row] for row in (heads, *rows)]
    wide = [max(width(row[n]) for row in cells) for n in range(len(heads))]
    for row in cells:
        yield "  ".join(cell + " " * (wide[n] - width(cell)) for n, cell in enumerate(row)).rstrip()
