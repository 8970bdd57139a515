"""The month grid's geometry: every day has a place, nothing overlaps, chips stay inside their day."""

from __future__ import annotations

from datetime import date
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF

from studio.ui.calendar.layout import Measures, MonthLayout, lay_out
from studio.ui.calendar.month import first_of, step_month, weeks

months = st.dates(date(1970, 1, 1), date(2200, 1, 1)).map(first_of)
sizes = st.tuples(st.integers(280, 2600), st.integers(260, 1600))
scales = st.sampled_from([1.0, 1.25, 1.5, 2.0])


def grid(first: date, size: tuple[int, int], counts: list[int], scale: float, ticks: bool, start: int) -> MonthLayout:
    rows = weeks(first, start)
    days = [day for week in rows for day in week]
    ids = {day: [f"{day}/{n}" for n in range(counts[i % len(counts)])] for i, day in enumerate(days) if counts}
    m = Measures(head=34 * scale, number=34 * scale, chip=22 * scale, more=18 * scale)
    return lay_out(rows, ids, *size, m, ticks, ids)


layouts = st.builds(
    grid, months, sizes, st.lists(st.integers(0, 40), max_size=20), scales, st.booleans(), st.sampled_from([1, 6, 7])
)


def overlap(one: QRectF, other: QRectF) -> bool:
    shared = one.intersected(other)
    return shared.width() > 0.01 and shared.height() > 0.01


@given(months, st.integers(1, 7))
def test_all_days_of_the_month_are_shown_once_and_in_order(first, start):
    days = [day for week in weeks(first, start) for day in week]
    assert [day for day in days if (day.year, day.month) == (first.year, first.month)] == sorted(
        day for day in set(days) if (day.year, day.month) == (first.year, first.month)
    )
    assert len(days) == len(set(days)) and len(days) % 7 == 0
    assert all(week[0].isoweekday() == start for week in weeks(first, start))
    assert days[0] <= first <= days[6] and days[-7] < step_month(first, 1)


@given(layouts)
def test_cells_cover_the_grid_without_overlap(plan):
    assert not any(overlap(a.rect, b.rect) for a, b in combinations(plan.cells, 2))
    area = sum(cell.rect.width() * cell.rect.height() for cell in plan.cells)
    whole = plan.cells[0].rect.united(plan.cells[-1].rect)
    assert abs(area - whole.width() * whole.height()) < 1
    assert all(float(edge).is_integer() for cell in plan.cells for edge in (cell.rect.left(), cell.rect.top()))


@given(layouts)
def test_chips_and_the_more_line_stay_inside_their_day_and_apart(plan):
    for cell in plan.cells:
        places = [chip.rect for chip in cell.chips]
        assert all(cell.rect.contains(place) for place in places)
        assert not any(overlap(a, b) for a, b in combinations([*places, cell.number], 2))
        if cell.more is not None and cell.chips:
            assert not any(overlap(cell.more, place) for place in places)
            assert cell.rect.contains(cell.more)


@given(months, sizes, st.integers(0, 60), st.booleans())
def test_no_delivery_is_lost(first, size, count, ticks):
    plan = grid(first, size, [count], 1.0, ticks, 1)
    for cell in plan.cells:
        assert len(cell.chips) + cell.hidden == count
        assert (cell.more is not None) == (cell.hidden > 0)


@given(layouts, st.floats(0, 1), st.floats(0, 1))
def test_what_is_hit_is_what_is_drawn_there(plan, x, y):
    whole = plan.cells[0].rect.united(plan.cells[-1].rect)
    point = QPointF(whole.left() + x * (whole.width() - 1), whole.top() + y * (whole.height() - 1))
    hit = plan.hit(point)
    assert hit is not None
    name = f"chip:{hit.id}" if hit.kind == "chip" else f"{hit.kind}:{hit.day}"
    tiny = [mini.rect for cell in plan.cells for mini in cell.minis if hit.kind == "chip" and mini.id == hit.id]
    assert any(rect.contains(point) for rect in (plan.areas()[name], *tiny))


def test_the_heads_and_the_outside_are_nothing():
    plan = grid(date(2026, 12, 1), (1000, 700), [2], 1.0, False, 1)
    assert plan.hit(QPointF(20, 10)) is None
    assert plan.hit(QPointF(-1, 300)) is None
    assert plan.cell(date(2026, 12, 9)) is not None and plan.cell(date(2027, 2, 1)) is None
    assert plan.chip("2026-12-09/1") is not None and plan.chip("nobody") is None


@given(layouts)
def test_tiny_previews_stand_free_below_the_chips_and_only_where_there_is_room(plan):
    for cell in plan.cells:
        taken = [chip.rect for chip in cell.chips] + ([cell.more] if cell.more is not None else [])
        for one, other in combinations([mini.rect for mini in cell.minis], 2):
            assert not overlap(one, other)
        for mini in cell.minis:
            assert cell.rect.contains(mini.rect) and not any(overlap(mini.rect, rect) for rect in taken)
            assert mini.rect.width() == mini.rect.height() == 40 and not plan.ticks and not cell.hidden


def test_a_tiny_preview_opens_its_delivery():
    day = date(2026, 12, 9)
    plan = lay_out(weeks(first_of(day)), {day: ["a", "b"]}, 1200, 900, Measures(), minis={day: ["b"]})
    (mini,) = plan.cell(day).minis
    assert plan.hit(mini.rect.center()).id == "b"
    assert plan.chip("b") != mini.rect
