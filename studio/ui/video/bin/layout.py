"""Where the things of the bin lie: tiles in columns, sounds in rows, under their headings. Pure; px of the content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studio.ui.video.bin.things import Look, Shelf, Thing

GAP, HEAD, SIDE = 10, 30, 16
# look -> (least width, height per width or 0, height added) of one
SIZES: dict[Look, tuple[int, float, int]] = {
    "tile": (132, 0.61, 24), "style": (132, 0.5, 24), "card": (132, 0.0, 36), "sound": (10_000, 0.0, 34),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing, and its place."""

    thing: Thing
    x: float
    y: float
    w: float
    h: float
    row: int

    def holds(self, x: float, y: float) -> bool:
        return self.x <= x < self.x + self.w and self.y <= y < self.y + self.h


@dataclass(frozen=True, slots=True)
class Plan:
    """cells in order; heads: (words, y); height of it all."""

    cells: tuple[Cell, ...]
    heads: tuple[tuple[str, float], ...]
    height: float

    def at(self, x: float, y: float) -> int:
        """Which cell lies there; -1 for none."""
        return next((n for n, cell in enumerate(self.cells) if cell.holds(x, y)), -1)

    def beside(self, index: int, dx: int, dy: int) -> int:
        """The cell an arrow key leads to from `index`; itself at the edge."""
        if not self.cells:
            return -1
        if index < 0:
            return 0
        if dx:
            return max(0, min(len(self.cells) - 1, index + dx))
        here = self.cells[index]
        rows = sorted({cell.row for cell in self.cells})
        to = rows.index(here.row) + dy
        if not 0 <= to < len(rows):
            return index
        line = [(n, cell) for n, cell in enumerate(self.cells) if cell.row == rows[to]]
        return min(line, key=lambda pair: abs(pair[1].x + pair[1].w / 2 - here.x - here.w / 2))[0]


def plan(shelves: Sequence[Shelf], width: float, scale: float = 1.0) -> Plan:
    """Lay everything out in `width` px; scale: of text, 1 at 100 %."""
    cells: list[Cell] = []
    heads: list[tuple[str, float]] = []
    y, row = 8.0, 0
    for shelf in shelves:
        if shelf.heading:
            heads.append((shelf.heading, y))
            y += HEAD * scale
        for look in ("tile", "style", "card", "sound"):
            things = [thing for thing in shelf.things if thing.look == look]
            y, row = _lines(cells, things, look, (y, row), width, scale)
        y += 6
    return Plan(tuple(cells), tuple(heads), y + 8)


def _lines(
    cells: list[Cell], things: Sequence[Thing], look: Look, start: tuple[float, int], width: float, scale: float
) -> tuple[float, int]:
    """Puts the things of one look into rows; gives where the next ones begin."""
    y, row = start
    if not things:
        return y, row
    least, ratio, added = SIZES[look]
    room = max(60.0, width - 2 * SIDE)
    columns = max(1, int((room + GAP) // (least * max(1.0, scale) + GAP)))
    w = (room - (columns - 1) * GAP) / columns
    h = w * ratio + added * scale
    for number, thing in enumerate(things):
        column = number % columns
        cells.append(Cell(thing, SIDE + column * (w + GAP), y + number // columns * (h + GAP), w, h,
                          row + number // columns))
    lines = -(-len(things) // columns)
    return y + lines * (h + GAP), row + lines
