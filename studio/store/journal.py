"""What was done for each delivery, one line at a time, never rewritten."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, insert, select

from studio.core.delivery import Step
from studio.store import moments, tables
from studio.store.database import Database
from studio.store.text import clean, dump, load

_T = tables.journal
_ADD = insert(_T)  # made once: to build a statement takes longer than to run it
_FIELDS = (_T.c.delivery, _T.c.step, _T.c.phase, _T.c.at, _T.c.data, _T.c.who)

_OF = select(*_FIELDS).where(_T.c.delivery == bindparam("of")).order_by(_T.c.number)


def write_step(connection: Connection, step: Step) -> int:
    """Adds a line inside a transaction that is already open; returns its number."""
    values = {
        "delivery": clean(step.delivery), "step": clean(step.step), "phase": step.phase,
        "at": moments.to_number(step.at), "who": clean(step.who), "data": dump(dict(step.data)),
    }
    number: int = connection.execute(_ADD, values).inserted_primary_key[0]  # type: ignore[index]
    return number


class Journal:
    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, step: Step) -> int:
        """Adds a line; it is committed and on disk when this returns its number."""
        with self._database.write() as connection:
            return write_step(connection, step)

    def of(self, delivery: str) -> list[Step]:
        """The lines of one delivery, oldest first."""
        with self._database.read() as connection:
            rows = connection.execute(_OF, {"of": clean(delivery)}).all()
        return [Step(r.delivery, r.step, r.phase, moments.from_number(r.at), load(r.data), r.who) for r in rows]
