"""Reads deliveries as an outbox shows them: what needs the person, what comes, what is over; a window of each.

Every query takes an index and a limit, so a hundred thousand deliveries cost as much as three hundred.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, not_, or_, select

from studio.core.delivery import Delivery, State
from studio.core.hold import EVERYTHING, Hold
from studio.core.schema import delivery_from_json
from studio.store import moments, tables
from studio.store.database import Database
from studio.store.text import clean, load

_T = tables.delivery
S = State
ALWAYS = (S.WAITING, S.FAILED)  # these need the person, whatever else is said of them
SOMETIMES = (S.UNCONFIRMED, S.MISSED, S.HELD, S.HANDED_OVER)
PIECE = 500  # rows read at once while a search looks for what fits


@dataclass(frozen=True, slots=True)
class Wanted:
    """Narrows what is read. None and "": everything."""

    states: frozenset[State] | None = None
    accounts: frozenset[str] | None = None
    platform: str = ""


Fits = Callable[[Delivery], bool]


class OutboxStore:
    """What it is given as `holds` are the active ones: what they cover rests on purpose and needs nobody."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def needing(self, wanted: Wanted, holds: Iterable[Hold], limit: int, fits: Fits | None = None) -> list[Delivery]:
        """Those that need the person, and all unconfirmed ones, newest first."""
        condition = and_(_T.c.state.in_([s.value for s in (*ALWAYS, *SOMETIMES)]), _urgent(tuple(holds)))
        return self._read(_asked(wanted).where(condition).order_by(_T.c.at.desc(), _T.c.id), limit, fits)

    def count_needing(self, holds: Iterable[Hold]) -> int:
        """How many need the person."""
        states = [s.value for s in (*ALWAYS, *SOMETIMES)]
        query = select(func.count()).select_from(_T).where(_T.c.state.in_(states), _needs(tuple(holds)))
        with self._database.read() as connection:
            return int(connection.execute(query).scalar() or 0)

    def stamp(self) -> tuple[int, int]:
        """Other numbers after each move and each hold, of any process; quick: the ends of two keys."""
        with self._database.read() as connection:
            moves = connection.execute(select(func.max(tables.journal.c.number))).scalar()
            holds = connection.execute(select(func.count(), func.max(tables.hold.c.at))).one()
        return int(moves or 0), hash(tuple(holds))

    def ahead(self, wanted: Wanted, now: datetime, limit: int, fits: Fits | None = None) -> list[Delivery]:
        """Those whose time is still to come, earliest first."""
        condition = and_(_T.c.state == S.SCHEDULED.value, _T.c.at > moments.to_number(now))
        return self._read(_asked(wanted).where(condition).order_by(_T.c.at, _T.c.id), limit, fits)

    def count_ahead(self, wanted: Wanted, now: datetime) -> int:
        """How many those are, without a search."""
        query = _narrowed(select(func.count()).select_from(_T), wanted)
        query = query.where(_T.c.state == S.SCHEDULED.value, _T.c.at > moments.to_number(now))
        with self._database.read() as connection:
            return int(connection.execute(query).scalar() or 0)

    def rest(
        self, wanted: Wanted, holds: Iterable[Hold], now: datetime, limit: int, fits: Fits | None = None
    ) -> list[Delivery]:
        """Everything else (being sent, published, taken off ...), newest first."""
        ahead = and_(_T.c.state == S.SCHEDULED.value, _T.c.at > moments.to_number(now))
        query = _asked(wanted).where(not_(_urgent(tuple(holds))), not_(ahead)).order_by(_T.c.at.desc(), _T.c.id)
        return self._read(query, limit, fits)

    def _read(self, query: Select[Any], limit: int, fits: Fits | None) -> list[Delivery]:
        if fits is None:
            return list(self._pieces(query.limit(limit)))
        found: list[Delivery] = []
        for delivery in self._pieces(query):
            if fits(delivery):
                found.append(delivery)
                if len(found) == limit:
                    break
        return found

    def _pieces(self, query: Select[Any]) -> Iterator[Delivery]:
        with self._database.read() as connection:
            rows = connection.execution_options(yield_per=PIECE).execute(query).scalars()
            for doc in rows:
                yield delivery_from_json(load(doc))


def _asked(wanted: Wanted) -> Select[Any]:
    return _narrowed(select(_T.c.doc), wanted)


def _narrowed(query: Select[Any], wanted: Wanted) -> Select[Any]:
    if wanted.states is not None:
        query = query.where(_T.c.state.in_([s.value for s in wanted.states]))
    if wanted.accounts is not None:
        query = query.where(_T.c.account.in_([clean(a) for a in wanted.accounts]))
    return query.where(_T.c.platform == clean(wanted.platform)) if wanted.platform else query


def _urgent(holds: tuple[Hold, ...]) -> ColumnElement[bool]:
    """What stands above the days."""
    return or_(_T.c.state == S.UNCONFIRMED.value, _needs(holds))


def _needs(holds: tuple[Hold, ...]) -> ColumnElement[bool]:
    """Missed ones ask unless the person chose "skip"; held ones once the hold is over; handed over until proved.

    An unconfirmed one is no matter for a person while a look-up comes by itself.
    """
    return or_(
        _T.c.state.in_([s.value for s in ALWAYS]),
        and_(_T.c.state == S.UNCONFIRMED.value, _T.c.wake.is_(None)),
        and_(_T.c.state == S.MISSED.value, not_(_T.c.doc.contains('"late":"skip"', autoescape=True))),
        and_(_T.c.state == S.HELD.value, not_(_covered(holds))),
        and_(_T.c.state == S.HANDED_OVER.value, _T.c.doc.contains('"proof":null', autoescape=True)),
    )


def _covered(holds: tuple[Hold, ...]) -> ColumnElement[bool]:
    if any(hold.scope == EVERYTHING for hold in holds):
        return _T.c.state == S.HELD.value
    kinds = [hold.scope.partition(":") for hold in holds]
    platforms = [clean(id) for kind, _, id in kinds if kind == "platform"]
    accounts = [clean(id) for kind, _, id in kinds if kind == "account"]
    return or_(_T.c.platform.in_(platforms), _T.c.account.in_(accounts))
