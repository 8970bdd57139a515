"""Where everything of the month grid is. Painting, the mouse, keys and tests all ask this one function."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QPointF, QRectF


@dataclass(frozen=True, slots=True)
class Measures:
    """Sizes in px at the present text scale.

    head    the row of weekdays; number: the line of the day's number with its padding; chip, more: heights of a
    chip and of the "3 more" line; gap: between chips; pad: from the cell's sides; tick: width of a tick
    mini    side of a tiny preview; clear: how high a row of them must be free below the chips
    """

    head: float = 34
    number: float = 34
    chip: float = 22
    more: float = 18
    gap: float = 3
    pad: float = 6
    tick: float = 6
    mini: float = 40
    clear: float = 44


@dataclass(frozen=True, slots=True)
class Chip:
    """One delivery's place."""

    id: str
    rect: QRectF


@dataclass(frozen=True, slots=True)
class Cell:
    """One day's place. hidden: how many deliveries found no room; more: where that is said, or None.

    minis   tiny previews, below the chips where there is room
    """

    day: date
    rect: QRectF
    number: QRectF
    chips: tuple[Chip, ...]
    hidden: int
    more: QRectF | None
    minis: tuple[Chip, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """What is at a point: kind is "chip" (id), "more" (day) or "day" (day)."""

    kind: str
    day: date
    id: str = ""


@dataclass(frozen=True, slots=True)
class MonthLayout:
    """The whole grid: weekday heads, cells row by row."""

    heads: tuple[QRectF, ...]
    cells: tuple[Cell, ...]
    ticks: bool

    def cell(self, day: date) -> Cell | None:
        """The place of a day, None when it is not shown."""
        return next((cell for cell in self.cells if cell.day == day), None)

    def chip(self, id: str) -> QRectF | None:
        """The place of a delivery's chip; None when it is not shown or hidden under "more"."""
        return next((chip.rect for cell in self.cells for chip in cell.chips if chip.id == id), None)

    def hit(self, at: QPointF) -> Hit | None:
        """What is there; None for the heads and outside."""
        cell = next((cell for cell in self.cells if cell.rect.contains(at)), None)
        if cell is None:
            return None
        for chip in cell.chips:
            if chip.rect.contains(at):
                return Hit("chip", cell.day, chip.id)
        for mini in cell.minis:
            if mini.rect.contains(at):
                return Hit("chip", cell.day, mini.id)
        if cell.more is not None and cell.more.contains(at):
            return Hit("more", cell.day)
        return Hit("day", cell.day)

    def areas(self) -> dict[str, QRectF]:
        """Every hit area by name: "day:2026-12-09", "chip:<delivery>", "more:2026-12-09"."""
        found = {f"day:{cell.day}": cell.rect for cell in self.cells}
        found |= {f"chip:{chip.id}": chip.rect for cell in self.cells for chip in cell.chips}
        return found | {f"more:{cell.day}": cell.more for cell in self.cells if cell.more is not None}


def lay_out(
    weeks: Sequence[Sequence[date]], ids: Mapping[date, Sequence[str]], width: float, height: float,
    measures: Measures, ticks: bool = False, minis: Mapping[date, Sequence[str]] | None = None,
) -> MonthLayout:
    """Place the days of `weeks` and the deliveries `ids` (in order) of each in `width` x `height` px.

    minis   the deliveries of each day that have a tiny preview, in order
    """
    tiny = minis or {}
    columns = len(weeks[0])
    xs = _edges(0, max(width, columns), columns)
    ys = _edges(measures.head, max(height, measures.head + len(weeks)), len(weeks))
    heads = tuple(QRectF(xs[n], 0, xs[n + 1] - xs[n], measures.head) for n in range(columns))
    cells = tuple(
        _with_minis(_cell(
            day, QRectF(xs[n], ys[row], xs[n + 1] - xs[n], ys[row + 1] - ys[row]), ids.get(day, ()), measures, ticks
        ), tiny.get(day, ()), measures)
        for row, week in enumerate(weeks)
        for n, day in enumerate(week)
    )
    return MonthLayout(heads, cells, ticks)


def _edges(start: float, end: float, parts: int) -> list[float]:
    """Whole pixels, so that every divider is sharp."""
    return [float(round(start + (end - start) * n / parts)) for n in range(parts + 1)]


def _cell(day: date, rect: QRectF, ids: Sequence[str], m: Measures, ticks: bool) -> Cell:
    left, wide = rect.left() + m.pad, max(0.0, rect.width() - 2 * m.pad)
    number = QRectF(left, rect.top(), wide, min(m.number, rect.height()))
    room = QRectF(left, number.bottom(), wide, max(0.0, rect.bottom() - number.bottom() - m.pad))
    places = _ticks(room, m) if ticks else _chips(room, m)
    if len(ids) <= len(places):
        return Cell(day, rect, number, _zip(ids, places), 0, None)
    kept = [place for place in places if place.bottom() + m.more <= room.bottom()]
    top = kept[-1].bottom() if kept else min(number.bottom(), rect.bottom() - m.more)
    more = QRectF(room.left(), max(rect.top(), top), room.width(), min(m.more, rect.height()))
    return Cell(day, rect, number, _zip(ids, kept), len(ids) - len(kept), more)


def _with_minis(cell: Cell, ids: Sequence[str], m: Measures) -> Cell:
    """As many tiny previews as fit side by side, where a whole row is free and every delivery has its chip."""
    if not ids or cell.hidden or not cell.chips or cell.chips[0].rect.width() <= m.tick:
        return cell
    top = cell.chips[-1].rect.bottom() + m.clear - m.mini
    if cell.rect.bottom() - m.pad < top + m.mini:
        return cell
    left, step = cell.chips[0].rect.left(), m.mini + m.gap
    count = int((cell.chips[0].rect.width() + m.gap) // step)
    places = [QRectF(left + n * step, top, m.mini, m.mini) for n in range(count)]
    return replace(cell, minis=_zip(ids, places))


def _zip(ids: Sequence[str], places: Sequence[QRectF]) -> tuple[Chip, ...]:
    return tuple(Chip(id, place) for id, place in zip(ids, places, strict=False))


def _chips(room: QRectF, m: Measures) -> list[QRectF]:
    step = m.chip + m.gap
    count = int((room.height() + m.gap) // step)
    return [QRectF(room.left(), room.top() + n * step, room.width(), m.chip) for n in range(count)]


def _ticks(room: QRectF, m: Measures) -> list[QRectF]:
    """Small bars in rows, `tick` wide and a chip less 6 px high."""
    tall, across = m.chip - 6, m.tick + m.gap
    per_row = int((room.width() + m.gap) // across)
    rows = int((room.height() + m.gap) // (tall + m.gap))
    return [
        QRectF(room.left() + n * across, room.top() + row * (tall + m.gap), m.tick, tall)
        for row in range(rows)
        for n in range(per_row)
    ]
