"""The grid of an account's page as it will look: the next posts before the ones that are there, to be put in order.

Order is time: putting a post elsewhere gives it the time of the place, so the times stay and the posts change over.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from studio.core.delivery import Delivery, State
from studio.core.errors import Problem, Refused
from studio.core.finding import error

if TYPE_CHECKING:
    from studio.core.post import Account
    from studio.services.accounts import Accounts
    from studio.services.calendar import Calendar, Entry
    from studio.services.posts import Posts
    from studio.services.publishing import Publishing

NINE = 9
COMING = (State.SCHEDULED,)  # what a hold stopped has no time that holds: it waits for the person
THERE = (State.PUBLISHED, State.HANDED_OVER)


@dataclass(frozen=True, slots=True)
class Cell:
    """One post of the grid. at: UTC, None for a draft that is only tried; fixed: it is there already."""

    post: str
    heading: str
    delivery: str = ""
    at: datetime | None = None
    state: State = State.DRAFT
    fixed: bool = False

    @property
    def trial(self) -> bool:
        """A draft that is only tried: it has no time, and takes none."""
        return not self.delivery


@dataclass(frozen=True, slots=True)
class Grid:
    """columns side by side; ratio: width to height of a cell, 0: each its own; cells: newest first."""

    account: str
    columns: int
    ratio: float
    gap: float
    source: str
    cells: tuple[Cell, ...]


class Planner:
    """Reads grids, and gives posts the times of a new order."""

    def __init__(self, accounts: Accounts, posts: Posts, publishing: Publishing, calendar: Calendar) -> None:
        self._accounts, self._posts, self._publishing, self._calendar = accounts, posts, publishing, calendar

    def accounts(self) -> list[Account]:
        """Those whose platform shows an account's posts in a grid."""
        from studio import platforms

        return [account for account in self._accounts.list() if platforms.get(account.platform).profile is not None]

    def grid(self, account: Account, count: int = NINE) -> Grid:
        """The next posts and, after them, those that are there: `count` in all, newest first."""
        from studio import platforms

        profile = platforms.get(account.platform).profile
        assert profile is not None, "asked of accounts() only"
        coming = [d for d in self._publishing.list(account=account.id, states=COMING) if _goes_out(d)]
        there = self._publishing.list(account=account.id, states=THERE, latest=count)
        newest = [*reversed(coming[:count]), *reversed(there)][:count]
        cells = tuple(map(_cell, self._calendar.entries(newest)))
        return Grid(account.id, profile.columns, profile.ratio, profile.gap, profile.source, cells)

    def tried(self, post: str) -> Cell:
        """A draft, to see how it would look among them. NotFound."""
        return Cell(post, self._posts.get(post).heading)

    def apply(self, moves: Sequence[tuple[str, datetime]]) -> list[tuple[str, datetime]]:
        """Lets deliveries change over their times; what they had before, to undo it.

        Refused when one of them changed meanwhile (sent, held, cancelled, moved), or may not move; what was moved
        until then is put back.
        """
        found = [self._publishing.get(delivery) for delivery, _ in moves]
        if not all(map(_goes_out, found)) or sorted(d.at for d in found) != sorted(at for _, at in moves):
            raise Refused(error("delivery.moved_on", "delivery", id=",".join(d.id for d in found)))
        before = [(delivery.id, delivery.at) for delivery in found]
        for number, (delivery, at) in enumerate(moves):
            try:
                self._calendar.move(delivery, at)
            except Exception:
                self._put_back(before[:number])
                raise
        return before

    def _put_back(self, before: Sequence[tuple[str, datetime]]) -> None:
        """As many as can: one that went out meanwhile keeps none of the others from it."""
        for delivery, at in reversed(before):
            with suppress(Problem):
                if _goes_out(self._publishing.get(delivery)):
                    self._calendar.move(delivery, at)


def _cell(entry: Entry) -> Cell:
    d = entry.delivery
    return Cell(d.post, entry.heading, d.id, d.at, d.state, d.state in THERE)


def _goes_out(delivery: Delivery) -> bool:
    """Nobody stopped it: neither a hold nor a cancel that still waits for its platform's timer."""
    return delivery.state in COMING and delivery.handles.get("errand") not in ("cancel", "hold")


def arranged(cells: Sequence[Cell], take: int, put: int) -> tuple[Cell, ...]:
    """The cell at `take` in the place `put`, the others closing up; what is there already stays where it is."""
    loose = [cell for cell in cells if not cell.fixed]
    if cells[take].fixed or not 0 <= put < len(loose):
        return tuple(cells)
    loose.insert(put, loose.pop(take))
    return _timed(loose, [cell.at for cell in cells if cell.at and not cell.fixed], cells)


def with_trial(cells: Sequence[Cell], cell: Cell) -> tuple[Cell, ...]:
    """A draft in front of all. None falls out, though there may be more than are shown: each may have a new time."""
    return (cell, *without_trial(cells, cell.post))


def without_trial(cells: Sequence[Cell], post: str) -> tuple[Cell, ...]:
    """The grid without a draft that was tried."""
    return tuple(cell for cell in cells if not (cell.trial and cell.post == post))


def moves(before: Sequence[Cell], after: Sequence[Cell]) -> tuple[tuple[str, datetime], ...]:
    """(delivery, its new time, UTC) of all whose time changed."""
    had = {cell.delivery: cell.at for cell in before}
    return tuple(
        (cell.delivery, cell.at) for cell in after
        if cell.at is not None and not cell.fixed and had.get(cell.delivery) not in (None, cell.at)
    )


def _timed(loose: Sequence[Cell], times: Sequence[datetime], cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """The same times in the same order, on the posts as they lie now."""
    rest = iter(sorted(times, reverse=True))
    made = [cell if cell.trial else replace(cell, at=next(rest)) for cell in loose]
    return (*made, *(cell for cell in cells if cell.fixed))
