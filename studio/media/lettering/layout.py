"""Where every piece of a title stands, in px of the timeline's canvas. Drawn larger or smaller it breaks the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from studio.core.evenly import width
from studio.core.title import Title
from studio.media.lettering import bidi
from studio.media.lettering.breaking import Atom, atoms, balanced
from studio.media.lettering.clusters import clusters
from studio.media.lettering.fonts import machine, script_of
from studio.media.lettering.glyphs import MIDDLE, Hand, advance
from studio.media.lettering.spoken import words_of

MOST = 5000  # characters; a title of more is a mistake, and would be worked on for minutes
LEAST_SIZE, MOST_SIZE = 4.0, 4000.0
EDGE = 0.06  # of the canvas between its edge and a block at the top or at the bottom
HEIGHTS = {"upper": 0.25, "center": 0.5, "lower": 0.72}


@dataclass(frozen=True, slots=True)
class Piece:
    """Text in one hand and one direction. x, y: where its pen starts, on the baseline; first: of its clusters.

    word     which word of the title it belongs to; spoken: of `Title.words`, -1 for none
    """

    clusters: tuple[str, ...]
    hand: Hand
    x: float
    y: float
    width: float
    rtl: bool
    first: int
    word: int
    spoken: int

    @property
    def text(self) -> str:
        return "".join(self.clusters)

    @property
    def coloured(self) -> bool:
        return self.hand.face.coloured


@dataclass(frozen=True, slots=True)
class Layout:
    """pieces from the first letter to the last; box: left, top, right, bottom of the block; count: of clusters."""

    pieces: tuple[Piece, ...]
    box: tuple[float, float, float, float]
    size: float
    count: int
    words: int


@lru_cache(maxsize=128)
def layout(title: Title, reference: tuple[int, int]) -> Layout | None:
    """The title laid out on a canvas of `reference` px; None when there is nothing to see or no font to set it in."""
    text = clean(title.text)
    if not text.strip():
        return None
    return _Setting(title, text, reference).layout()


def clean(text: str) -> str:
    """What can be drawn: no control characters, no halves of characters, one kind of line end."""
    text = text[:MOST].replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return "".join(_drawable(char) for char in text)


def _drawable(char: str) -> str:
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"
    if char == "\t":
        return " "
    return "" if (char < " " and char != "\n") or "\x7f" <= char <= "\x9f" or char in "\ufeff\u00ad" else char


class _Setting:
    """The work on one title."""

    def __init__(self, title: Title, text: str, reference: tuple[int, int]) -> None:
        self.style, self.reference = title.style, reference
        self.size = min(max(title.style.size, LEAST_SIZE), MOST_SIZE)
        self.clusters = clusters(text)
        self.words = words_of(self.clusters, [word.text for word in title.words])
        script = script_of(text)
        self.hands = [self._hand(cluster, script) for cluster in self.clusters]
        self.levels = [0] * len(self.clusters)
        for start, end in _paragraphs(self.clusters):
            self.levels[start:end] = bidi.levels(self.clusters[start:end])

    def _hand(self, cluster: str, script: str) -> Hand | None:
        face = machine().pick(cluster, self.style.font, self.style.weight, script)
        return Hand(face, self.style.weight) if face else None

    def layout(self) -> Layout | None:
        if not self.hands or self.hands[0] is None:
            return None
        limit = max(self.style.width, 0.05) * self.reference[0]
        rows = [row for start, end in _paragraphs(self.clusters) for row in self._rows(start, end, limit)]
        broad = max((wide for _, _, wide in rows), default=0.0)
        left, top = self._corner(broad, len(rows))
        step = self.size * self.style.line_height
        pieces: list[Piece] = []
        for number, (first, last, wide) in enumerate(rows):
            x = left + {"left": 0.0, "center": 0.5, "right": 1.0}[self.style.align] * (broad - wide)
            pieces += self._placed(first, last, x, top + (number + 0.5) * step + MIDDLE * self.size)
        box = (left, top, left + broad, top + step * len(rows))
        words = 1 + max((word for word, _ in self.words), default=-1)
        return Layout(tuple(pieces), box, self.size, len(self.clusters), words)

    def _corner(self, broad: float, rows: int) -> tuple[float, float]:
        wide, high = self.reference
        style, tall = self.style, rows * self.size * self.style.line_height
        free = wide - broad
        side = min(max((1 - style.width) / 2, 0.0), 0.5) * wide
        left = {"left": side, "center": free / 2, "right": free - side}[style.align]
        if style.place in HEIGHTS:
            return left, HEIGHTS[style.place] * high - tall / 2
        return left, EDGE * high if style.place == "top" else (1 - EDGE) * high - tall

    def _rows(self, start: int, end: int, limit: float) -> Iterator[tuple[int, int, float]]:
        """(first cluster, last (out), width) of each line of a paragraph."""
        if start == end:
            yield start, end, 0.0
            return
        found = atoms(self.clusters[start:end], lambda one, two: self._measure(start + one, start + two), limit)
        for one, two in balanced(found, limit):
            row: Sequence[Atom] = found[one:two]
            yield start + row[0].first, start + row[-1].last, width(row)

    def _measure(self, first: int, last: int) -> float:
        return sum(piece.width for piece in self._pieces(first, last))

    def _pieces(self, first: int, last: int) -> Iterator[Piece]:
        """The pieces of a line in the order they are read, not yet placed."""
        def kind(at: int) -> tuple[object, ...]:
            alone = at if self.style.spacing else -1
            return self.hands[at], self.levels[at], self.words[at], alone

        for _, run in groupby(range(first, last), kind):
            each = list(run)
            hand, rtl = self.hands[each[0]], bool(self.levels[each[0]] % 2)
            if hand is not None:
                text = tuple(self.clusters[at] for at in each)
                wide = advance(hand, self.size, "".join(text), rtl) + self.style.spacing * len(text)
                yield Piece(text, hand, 0.0, 0.0, wide, rtl, each[0], *self.words[each[0]])

    def _placed(self, first: int, last: int, x: float, y: float) -> list[Piece]:
        while last > first and self.clusters[last - 1].isspace():
            last -= 1
        pieces = list(self._pieces(first, last))
        found = []
        for at in bidi.order([self.levels[piece.first] for piece in pieces]):
            found.append(replace(pieces[at], x=x, y=y))
            x += pieces[at].width
        return sorted(found, key=lambda piece: piece.first)


def _paragraphs(clusters: Sequence[str]) -> Iterator[tuple[int, int]]:
    start = 0
    for at, cluster in enumerate(clusters):
        if cluster == "\n":
            yield start, at
            start = at + 1
    yield start, len(clusters)
