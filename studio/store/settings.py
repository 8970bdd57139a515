"""Settings of this workspace and the state of its views, as JSON values by name."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, delete, insert, select

from studio.store import tables
from studio.store.database import Database
from studio.store.text import clean, dump, load

_T = tables.setting
_GET = select(_T.c.value).where(_T.c.key == bindparam("of"))


class SettingStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, key: str, default: Any = None) -> Any:
        """The value, or `default` when it was never set."""
        with self._database.read() as connection:
            value = connection.execute(_GET, {"of": clean(key)}).scalar()
        return default if value is None else load(value)

    def set(self, key: str, value: Any) -> None:
        """Keeps `value`, which JSON must be able to write (TypeError otherwise)."""
        written = dump(value)
        with self._database.write() as connection:
            connection.execute(delete(_T).where(_T.c.key == clean(key)))
            connection.execute(insert(_T).values(key=clean(key), value=written))

    def forget(self, key: str) -> None:
        """As if it was never set."""
        with self._database.write() as connection:
            connection.execute(delete(_T).where(_T.c.key == clean(key)))

    def all(self) -> dict[str, Any]:
        """Everything that was set."""
        with self._database.read() as connection:
            rows = connection.execute(select(_T.c.key, _T.c.value).order_by(_T.c.key)).all()
        return {row.key: load(row.value) for row in rows}
