"""What is known of each file of the library."""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from studio.core import opentime
from studio.core.asset import Asset, Probe
from studio.core.errors import NotFound
from studio.core.post import Kind
from studio.store import moments, search, tables
from studio.store.database import Database
from studio.store.text import clean, dump, load

_T = tables.asset
_PLAIN = ("kind", "mime", "suffix", "width", "height", "orientation", "frames", "has_alpha", "has_location", "mode")


def _probe_to_json(probe: Probe) -> dict[str, Any]:
    duration = None if probe.duration is None else opentime.to_text(probe.duration)
    return {**{name: getattr(probe, name) for name in _PLAIN}, "duration": duration}


def _probe_from_json(data: dict[str, Any]) -> Probe:
    duration = data["duration"]
    known = {name: data[name] for name in _PLAIN if name in data}
    return Probe(duration=None if duration is None else opentime.from_text(duration), **known)


def _columns(asset: Asset) -> dict[str, Any]:
    doc = {
        "schema": 1, "id": asset.id, "name": asset.name, "bytes": asset.bytes, "alt": asset.alt,
        "tags": list(asset.tags), "created": asset.created.isoformat(), "probe": _probe_to_json(asset.probe),
    }
    return {
        "kind": asset.probe.kind, "bytes": asset.bytes, "created": moments.to_number(asset.created),
        "doc": dump(doc), "words": search.words([asset.name, asset.alt, *asset.tags]),
    }


def _read(doc: str) -> Asset:
    data = load(doc)
    return Asset(
        id=data["id"], name=data["name"], bytes=data["bytes"], alt=data["alt"], tags=tuple(data["tags"]),
        created=datetime.fromisoformat(data["created"]), probe=_probe_from_json(data["probe"]),
    )


def _save(connection: Connection, asset: Asset) -> None:
    values = _columns(asset)
    if not connection.execute(update(_T).where(_T.c.id == clean(asset.id)).values(values)).rowcount:
        connection.execute(insert(_T).values(id=clean(asset.id), **values))


class AssetStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, asset: Asset) -> None:
        """Adds or replaces it. Its file must be durable already (see `files.FileStore`)."""
        self.save_many([asset])

    def save_many(self, assets: Sequence[Asset]) -> None:
        """Adds or replaces all of them in one transaction."""
        with self._database.write() as connection:
            for asset in assets:
                _save(connection, asset)

    def get(self, id: str) -> Asset:
        """NotFound("media") when there is none."""
        with self._database.read() as connection:
            return self._get(connection, id)

    def has(self, id: str) -> bool:
        with self._database.read() as connection:
            return connection.execute(select(_T.c.number).where(_T.c.id == clean(id))).first() is not None

    def list(
        self, query: str = "", kind: Kind | None = None, limit: int | None = None, offset: int = 0
    ) -> list[Asset]:
        """The latest added first; with `query`, those whose name, alt text and tags have all its words."""
        wanted = select(_T.c.doc).where(*self._conditions(query, kind))
        wanted = wanted.order_by(_T.c.created.desc(), _T.c.number.desc()).limit(limit).offset(offset or None)
        if limit is None and offset:
            wanted = wanted.limit(2**62)
        with self._database.read() as connection:
            return [_read(doc) for doc in connection.execute(wanted).scalars()]

    def count(self, query: str = "", kind: Kind | None = None) -> int:
        """How many `list` would give without a limit."""
        wanted = select(func.count()).select_from(_T).where(*self._conditions(query, kind))
        with self._database.read() as connection:
            return connection.execute(wanted).scalar_one()

    def set_alt(self, id: str, alt: str) -> Asset:
        """The library's alt text, offered to posts that use the file from now on. NotFound."""
        return self._change(id, alt=alt)

    def set_tags(self, id: str, tags: Iterable[str]) -> Asset:
        """NotFound when there is no such file."""
        return self._change(id, tags=tuple(tags))

    def remove(self, id: str) -> None:
        """Forgets what is known of the file; the file itself is `FileStore`'s."""
        with self._database.write() as connection:
            connection.execute(delete(_T).where(_T.c.id == clean(id)))

    def used_in(self, id: str) -> tuple[str, ...]:
        """Ids of the posts that carry it, the latest changed first."""
        post, link = tables.post, tables.post_media
        query = select(post.c.id).join(link, link.c.number == post.c.number).where(link.c.media == clean(id))
        with self._database.read() as connection:
            return tuple(connection.execute(query.order_by(post.c.updated.desc())).scalars())

    def _change(self, id: str, **changes: Any) -> Asset:
        with self._database.write() as connection:
            changed = replace(self._get(connection, id), **changes)
            _save(connection, changed)
        return changed

    def _get(self, connection: Connection, id: str) -> Asset:
        doc = connection.execute(select(_T.c.doc).where(_T.c.id == clean(id))).scalar()
        if doc is None:
            raise NotFound("media", id)
        return _read(doc)

    def _conditions(self, query: str, kind: Kind | None) -> builtins.list[ColumnElement[bool]]:
        conditions = [] if kind is None else [_T.c.kind == kind]
        if query.strip():
            conditions.append(search.found(query, _T, self._database.dialect))
        return conditions
