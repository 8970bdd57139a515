"""Line breaks of one paragraph, found anew only around what changed: the rest of a long text stays as it was.

Lines are filled greedily, so where a line ends depends on nothing before its start and on little after its end. A long
paragraph is therefore laid out in pieces, and after an edit from the line before it to the first line that starts where
one started before. Right-to-left text, whose order is a matter of the whole paragraph, is always laid out whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from studio.core.card import Line

PIECE: Final = 240
"""Characters laid out at a time; the last line of a piece is thrown away, for it does not know what follows."""
LONG: Final = 2 * PIECE
_TURNS: Final = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
Whole = Callable[[str], tuple[Line, ...]]


def shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


class Breaker:
    """Breaks the paragraphs of one font and width; remembers the last long one."""

    def __init__(self, whole: Whole) -> None:
        self._whole = whole
        self._text = ""
        self._lines: tuple[Line, ...] = ()

    def lines(self, text: str) -> tuple[Line, ...]:
        """The lines of a paragraph (no line feeds in it)."""
        if len(text) <= LONG or _TURNS.search(text):
            return self._whole(text)
        kept, start = self._before(text)
        made = [*self._lines[:kept], *self._from(text, start)]
        self._text, self._lines = text, tuple(made)
        return self._lines

    def _before(self, text: str) -> tuple[int, int]:
        """How many of the last lines still hold, and where the next one starts."""
        same = shared(self._text, text)
        holding = sum(1 for line in self._lines if line.end < same)
        kept = max(0, holding - 1)  # a shorter word after a line may now fit into it
        return kept, (self._lines[kept].start if kept else 0)

    def _from(self, text: str, start: int) -> list[Line]:
        """Lines from `start` on, until they meet the old ones."""
        old, moved = {line.start: n for n, line in enumerate(self._lines)}, len(text) - len(self._text)
        same_after = len(text) - shared(self._text[::-1], text[::-1])
        made: list[Line] = []
        while start < len(text):
            for line in self._piece(text, start):
                if line.start >= same_after and (number := old.get(line.start - moved)) is not None:
                    rest = self._lines[number:]
                    return made + [Line(r.start + moved, r.end + moved, r.width) for r in rest]
                made.append(line)
            start = made[-1].end
        return made

    def _piece(self, text: str, start: int) -> list[Line]:
        """The next lines, at least one."""
        size = PIECE
        while True:
            lines = self._whole(text[start : start + size])
            if start + size >= len(text):
                break
            lines = lines[:-1]
            if len(lines) > 1:
                lines = lines[:-1]  # nor does the one before it, when a long word follows
                break
            size *= 2
        return [Line(line.start + start, line.end + start, line.width) for line in lines]
