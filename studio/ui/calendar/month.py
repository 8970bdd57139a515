"""Days and times of a month, without a toolkit: which days a grid shows, and where a drag would put a delivery."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Literal

from studio.core.delivery import State

Verdict = Literal["ok", "warn", "bad"]
MOVABLE = frozenset({State.SCHEDULED, State.HELD, State.FAILED, State.MISSED, State.CANCELLED})
CROWDED = 100  # from this many deliveries a month, chips become ticks
MORNING = 9  # o'clock: where a draft lands on a later day
SAME = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Item:
    """A delivery as the grid shows it.

    at       when it goes out, UTC; day: that moment's day in the zone of the grid; clock: "18:30" there
    initial, colour   of its platform's disc
    there    the platform's own clock sends it, not this computer's
    """

    id: str
    post: str
    account: str
    state: State
    at: datetime
    day: date
    clock: str
    title: str
    initial: str
    colour: str
    there: bool = False

    @property
    def movable(self) -> bool:
        """Whether it may still be given another time."""
        return self.state in MOVABLE


@dataclass(frozen=True, slots=True)
class Landing:
    """What would happen if the thing in hand were let go on a day.

    at       when it would go out, UTC; None when it is refused
    reason   "past", "taken", "skipped" or "": why the verdict is not "ok"
    """

    verdict: Verdict
    at: datetime | None
    reason: str = ""


def first_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def step_month(first: date, by: int) -> date:
    """The first day of the month `by` months later."""
    number = first.year * 12 + first.month - 1 + by
    return date(number // 12, number % 12 + 1, 1)


def weeks(first: date, first_weekday: int = 1) -> tuple[tuple[date, ...], ...]:
    """The weeks that hold the month of `first`; `first_weekday` is 1 (Monday) to 7 (Sunday)."""
    start = first.replace(day=1)
    day = start - timedelta(days=(start.isoweekday() - first_weekday) % 7)
    end = step_month(start, 1)
    rows: list[tuple[date, ...]] = []
    while day < end:
        rows.append(tuple(day + timedelta(days=n) for n in range(7)))
        day += timedelta(days=7)
    return tuple(rows)


def bounds(rows: Sequence[Sequence[date]], zone: tzinfo) -> tuple[datetime, datetime]:
    """The UTC span of the days shown: from the first midnight up to the one after the last day."""
    after = rows[-1][-1] + timedelta(days=1)
    return at_clock(rows[0][0], 0, 0, zone), at_clock(after, 0, 0, zone)


def at_clock(day: date, hour: int, minute: int, zone: tzinfo) -> datetime:
    """That wall-clock time in the zone, as UTC.

    In the hour that summer time skips, the time after the gap is meant; in the one that comes twice, the first.
    """
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone, fold=0).astimezone(UTC)


def moved(at: datetime, day: date, zone: tzinfo) -> datetime:
    """The same time of day on another day of the zone, as UTC."""
    wall = at.astimezone(zone)
    new = datetime(day.year, day.month, day.day, wall.hour, wall.minute, wall.second, wall.microsecond, zone, fold=0)
    return new.astimezone(UTC)


def skipped(at: datetime, day: date, zone: tzinfo) -> bool:
    """Whether the time of day of `at` does not exist on that day (the gap of summer time)."""
    wall, there = at.astimezone(zone), moved(at, day, zone).astimezone(zone)
    return (wall.hour, wall.minute) != (there.hour, there.minute)


def suggested(day: date, now: datetime, zone: tzinfo) -> datetime:
    """A sensible first time on a day, UTC: the next full hour today, 09:00 on a later day."""
    wall = now.astimezone(zone)
    if day > wall.date():
        return at_clock(day, MORNING, 0, zone)
    full = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return full + timedelta(minutes=-full.astimezone(zone).minute % 60)  # zones half an hour off UTC


def landing(item: Item, day: date, now: datetime, zone: tzinfo, items: Iterable[Item]) -> Landing:
    """What letting a delivery go on `day` would do."""
    at = moved(item.at, day, zone)
    if day < now.astimezone(zone).date() or at < now.astimezone(UTC):
        return Landing("bad", None, "past")
    if skipped(item.at, day, zone):
        return Landing("warn", at, "skipped")
    if any(_clashes(item, at, other) for other in items):
        return Landing("warn", at, "taken")
    return Landing("ok", at)


def draft_landing(day: date, now: datetime, zone: tzinfo) -> Landing:
    """What letting a draft go on `day` would do: it opens the chooser with a time."""
    if day < now.astimezone(zone).date():
        return Landing("bad", None, "past")
    return Landing("ok", suggested(day, now, zone))


def by_day(items: Iterable[Item]) -> Mapping[date, tuple[Item, ...]]:
    """Items per day, earliest first."""
    days: dict[date, list[Item]] = {}
    for item in sorted(items, key=lambda i: (i.at, i.id)):
        days.setdefault(item.day, []).append(item)
    return {day: tuple(found) for day, found in days.items()}


def _clashes(item: Item, at: datetime, other: Item) -> bool:
    gone = other.state in (State.CANCELLED, State.PUBLISHED)
    return other.id != item.id and other.account == item.account and not gone and abs(other.at - at) < SAME


def one_of_each(items: Sequence[Item]) -> list[str]:
    """The first delivery of each post, in order: the same pictures need not be seen twice in a day."""
    return list({item.post: item.id for item in reversed(items)}.values())[::-1]
