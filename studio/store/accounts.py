"""Accounts and how they were when last checked. Their secrets are in the vault, never here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select, update

from studio.core.errors import NotFound
from studio.core.finding import Finding, to_json
from studio.core.post import Account
from studio.core.schema import account_from_json, account_to_json
from studio.store import moments, tables
from studio.store.database import Database
from studio.store.text import clean, dump, load

_T = tables.account
_GET = select(_T.c.doc).where(_T.c.id == bindparam("of"))
_LOCKED = _GET.with_for_update()
_HEALTH = select(_T.c.checked, _T.c.health).where(_T.c.id == bindparam("of"))


def _finding(data: dict[str, object]) -> Finding:
    return Finding(**data)  # type: ignore[arg-type]  # `to_json` wrote exactly its fields


class AccountStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, account: Account) -> None:
        """Adds or replaces it; what is known of its health stays."""
        values = {"platform": clean(account.platform), "doc": dump(account_to_json(account))}
        with self._database.write() as connection:
            changed = connection.execute(update(_T).where(_T.c.id == clean(account.id)).values(values))
            if not changed.rowcount:
                connection.execute(insert(_T).values(id=clean(account.id), health="[]", **values))

    def change(self, id: str, of: Callable[[Account], Account]) -> Account:
        """Replaces it by `of(it)`, so that nobody comes between what is read and what is written; gives the new one.

        NotFound when there is none; what `of` raises changes nothing.
        """
        with self._database.write() as connection:
            doc = connection.execute(_LOCKED, {"of": clean(id)}).scalar()
            if doc is None:
                raise NotFound("account", id)
            before = account_from_json(load(doc))
            after = of(before)
            if after != before:
                values = {"platform": clean(after.platform), "doc": dump(account_to_json(after))}
                connection.execute(update(_T).where(_T.c.id == clean(id)).values(values))
        return after

    def get(self, id: str) -> Account:
        """NotFound when there is none."""
        with self._database.read() as connection:
            doc = connection.execute(_GET, {"of": clean(id)}).scalar()
        if doc is None:
            raise NotFound("account", id)
        return account_from_json(load(doc))

    def list(self) -> list[Account]:
        """In the order they were added."""
        with self._database.read() as connection:
            docs = connection.execute(select(_T.c.doc).order_by(_T.c.number)).scalars().all()
        return [account_from_json(load(doc)) for doc in docs]

    def remove(self, id: str) -> None:
        """Forgets the account; what was delivered through it stays on record."""
        with self._database.write() as connection:
            connection.execute(delete(_T).where(_T.c.id == clean(id)))

    def set_health(self, id: str, at: datetime, findings: Iterable[Finding]) -> None:
        """Remembers a check. NotFound when there is no such account."""
        values = {"checked": moments.to_number(at), "health": dump([to_json(f) for f in findings])}
        with self._database.write() as connection:
            if not connection.execute(update(_T).where(_T.c.id == clean(id)).values(values)).rowcount:
                raise NotFound("account", id)

    def health(self, id: str) -> tuple[datetime | None, tuple[Finding, ...]]:
        """When it was last checked (UTC, or None) and what was found then. NotFound when there is no such account."""
        with self._database.read() as connection:
            row = connection.execute(_HEALTH, {"of": clean(id)}).one_or_none()
        if row is None:
            raise NotFound("account", id)
        return moments.maybe(row.checked), tuple(_finding(f) for f in load(row.health))
