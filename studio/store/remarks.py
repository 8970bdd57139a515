"""What clients said about the previews of posts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from studio.core.errors import NotFound, Refused
from studio.core.finding import error
from studio.core.review import Remark, from_json, key_of, to_json
from studio.store import moments, tables
from studio.store.database import Database
from studio.store.text import clean, dump, load

_T = tables.remark


class RemarkStore:
    """Ids are those of the workspace: `core.review.key_of`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, remarks: Iterable[Remark]) -> tuple[int, int, int]:
        """Keeps all of them or none: how many were new, written anew by their author, and known already.

        One that says something else than before is open again; one that is settled and says the same stays so.
        """
        counts = [0, 0, 0]
        with self._database.write() as connection:
            for remark in remarks:
                counts[_keep(connection, remark)] += 1
        return counts[0], counts[1], counts[2]

    def of(self, post: str) -> list[Remark]:
        """All of a post, the oldest first."""
        query = select(_T.c.doc, _T.c.resolved).where(_T.c.post == clean(post)).order_by(_T.c.at, _T.c.id)
        with self._database.read() as connection:
            return [_read(row) for row in connection.execute(query)]

    def get(self, key: str) -> Remark:
        """NotFound when there is none."""
        with self._database.read() as connection:
            row = connection.execute(select(_T.c.doc, _T.c.resolved).where(_T.c.id == clean(key))).one_or_none()
        if row is None:
            raise NotFound("remark", key)
        return _read(row)

    def resolve(self, key: str, at: datetime | None) -> None:
        """Settled at that moment, or open again with None. NotFound when there is none."""
        moment = None if at is None else moments.to_number(at)
        with self._database.write() as connection:
            done = connection.execute(update(_T).where(_T.c.id == clean(key)).values(resolved=moment))
            if not done.rowcount:
                raise NotFound("remark", key)

    def delete(self, key: str) -> None:
        """NotFound when there is none."""
        with self._database.write() as connection:
            if not connection.execute(delete(_T).where(_T.c.id == clean(key))).rowcount:
                raise NotFound("remark", key)


def _keep(connection: Connection, remark: Remark) -> int:
    """0 new, 1 changed, 2 known."""
    key = key_of(remark.post, remark.id)
    row = connection.execute(select(_T.c.doc, _T.c.resolved).where(_T.c.id == key)).one_or_none()
    if row is None:
        connection.execute(insert(_T).values(id=key, post=clean(remark.post), **_columns(remark)))
        return 0
    known = _read(row)
    if known.at > remark.at or replace(known, at=remark.at, resolved=remark.resolved) == remark:
        return 2
    connection.execute(update(_T).where(_T.c.id == key).values(**_columns(remark)))
    return 1


def _columns(remark: Remark) -> dict[str, object]:
    """What is settled is a column; the document is as it came."""
    resolved = None if remark.resolved is None else moments.to_number(remark.resolved)
    return {"at": moments.to_number(remark.at), "resolved": resolved,
            "doc": dump(to_json(replace(remark, resolved=None)))}


def _read(row: Row[Any, Any]) -> Remark:
    try:
        return replace(from_json(load(row[0])), resolved=moments.maybe(row[1]))
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise Refused(error("document.unreadable", "review", kind="remark")) from fault
