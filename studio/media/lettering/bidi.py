"""Which way text runs, and its order on the line where left-to-right and right-to-left meet.

A small part of the Unicode bidirectional algorithm: paragraphs without embeddings. Numbers inside Hebrew or Arabic run
left to right; what is neutral goes with its neighbours, else with the paragraph.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

RIGHT, LEFT, NUMBER, OTHER = 1, 0, 2, -1
KINDS = {"R": RIGHT, "AL": RIGHT, "L": LEFT, "EN": NUMBER, "AN": NUMBER}


def levels(clusters: Sequence[str]) -> list[int]:
    """For each cluster 0 or 2 when it runs left to right, 1 when it runs right to left."""
    kinds = [KINDS.get(unicodedata.bidirectional(cluster[0]), OTHER) for cluster in clusters]
    base = RIGHT if next((kind for kind in kinds if kind in (LEFT, RIGHT)), LEFT) == RIGHT else LEFT
    if RIGHT not in kinds:
        return [0] * len(kinds)
    return [_level(kind, base) for kind in _settled(kinds, base)]


def _settled(kinds: list[int], base: int) -> list[int]:
    """Neutrals between two of one direction take it, others the paragraph's; numbers count as right-to-left there."""
    found, strong = list(kinds), base
    at = 0
    while at < len(found):
        end = at
        while end < len(found) and found[end] == OTHER:
            end += 1
        if end > at:
            after = base if end == len(found) else found[end]
            before, after = (RIGHT if side == NUMBER and strong == RIGHT else side for side in (strong, after))
            found[at:end] = [before if before == after else base] * (end - at)
        elif found[at] != NUMBER:
            strong = found[at]
        at = max(end, at + 1)
    return [_number(found, at, base) if kind == NUMBER else kind for at, kind in enumerate(found)]


def _number(kinds: list[int], at: int, base: int) -> int:
    """A number after left-to-right text is part of it."""
    strong = next((kind for kind in reversed(kinds[:at]) if kind in (LEFT, RIGHT)), base)
    return LEFT if strong == LEFT else NUMBER


def _level(kind: int, base: int) -> int:
    return 1 if kind == RIGHT else (2 if kind == NUMBER or base == RIGHT else 0)


def order(levels: Sequence[int]) -> list[int]:
    """The order in which pieces with those levels stand from left to right (rule L2)."""
    found = list(range(len(levels)))
    for level in range(max(levels, default=0), 0, -1):
        at = 0
        while at < len(found):
            end = at
            while end < len(found) and levels[found[end]] >= level:
                end += 1
            found[at:end] = reversed(found[at:end])
            at = max(end, at + 1)
    return found
