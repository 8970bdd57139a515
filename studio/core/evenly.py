"""Rows of about one length: lines of a title, captions out of a long sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

CLAUSE = 0.13  # how much unevenness a row that ends with a clause is worth
Rows = tuple[tuple[int, int], ...]


class Part(Protocol):
    """What is not broken. width: of itself; gap: of the blank behind it; closes: a clause ends with it."""

    @property
    def width(self) -> float: ...

    @property
    def gap(self) -> float: ...

    @property
    def closes(self) -> bool: ...


def width(parts: Sequence[Part]) -> float:
    """How wide a row of them is; blank at its end does not count."""
    return sum(part.width + part.gap for part in parts) - (parts[-1].gap if parts else 0.0)


def filled(parts: Sequence[Part], limit: float) -> list[tuple[int, int]]:
    """Rows as (first, last (out)), each with as much as fits into `limit`; at least one part each."""
    found: list[tuple[int, int]] = []
    first, wide = 0, 0.0
    for at, part in enumerate(parts):
        if at > first and wide + part.width > limit:
            found.append((first, at))
            first, wide = at, 0.0
        wide += part.width + part.gap
    return [*found, (first, len(parts))] if parts else []


def even(parts: Sequence[Part], limit: float, number: int) -> list[tuple[int, int]]:
    """That many rows whose distances from an even length, squared, are least in all; [] when they cannot be.

    Worked out row by row: of the ways to the same part the best is kept.
    """
    target = width(parts) / max(number, 1)
    ends: dict[int, tuple[float, Rows]] = {0: (0.0, ())}
    for _ in range(number):
        found: dict[int, tuple[float, Rows]] = {}
        for first, (before, rows) in ends.items():
            for last, cost in _row_ends(parts, first, limit, target):
                if last not in found or before + cost < found[last][0]:
                    found[last] = before + cost, (*rows, (first, last))
        ends = found
    return list(ends[len(parts)][1]) if len(parts) in ends else []


def _row_ends(parts: Sequence[Part], first: int, limit: float, target: float) -> Iterator[tuple[int, float]]:
    """Where a row that begins with `first` may end, and what that costs."""
    wide = 0.0
    for last in range(first + 1, len(parts) + 1):
        part = parts[last - 1]
        if last > first + 1 and wide + part.width > limit:
            return
        bonus = CLAUSE if part.closes and last < len(parts) else 0.0
        yield last, ((wide + part.width - target) / limit) ** 2 - bonus
        wide += part.width + part.gap
