"""What rests, and why. Read inside the transactions that send, so that nothing slips through once one is kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from studio.core.delivery import Delivery
from studio.core.hold import Hold, covering
from studio.store import moments, tables
from studio.store.database import Database
from studio.store.text import clean

_T = tables.hold
_ALL = select(_T.c.scope, _T.c.reason, _T.c.at).order_by(_T.c.at, _T.c.scope)


def holds_in(connection: Connection) -> list[Hold]:
    """All that are active, oldest first, inside a transaction that is already open."""
    rows = connection.execute(_ALL).all()
    return [Hold(r.scope, r.reason, moments.from_number(r.at)) for r in rows]


def hold_over(connection: Connection, delivery: Delivery) -> Hold | None:
    """The hold that covers this delivery, if one does."""
    return covering(holds_in(connection), delivery.platform, delivery.account)


class HoldStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, scope: str, reason: str, at: datetime, who: str = "") -> Hold:
        """Keeps it; one with the same scope is replaced. From the return on nothing it covers begins to send."""
        with self._database.write() as connection:
            connection.execute(delete(_T).where(_T.c.scope == clean(scope)))
            connection.execute(insert(_T).values(
                scope=clean(scope), reason=clean(reason), at=moments.to_number(at), who=clean(who)))
        return Hold(scope, reason, at)

    def lift(self, scope: str) -> bool:
        """Ends it; False when there was none."""
        with self._database.write() as connection:
            return connection.execute(delete(_T).where(_T.c.scope == clean(scope))).rowcount > 0

    def list(self) -> list[Hold]:
        """All that are active, oldest first."""
        with self._database.read() as connection:
            return holds_in(connection)
