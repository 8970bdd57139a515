"""Video projects: the timeline as JSON, what the list shows beside it, and which files of the library it uses."""

from __future__ import annotations

import builtins
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from studio.core.errors import NotFound, Refused
from studio.core.finding import error
from studio.core.timeline import Timeline
from studio.core.timeline_json import from_json, to_json
from studio.store import moments, tables
from studio.store.database import Database
from studio.store.text import clean, dump, load

_V, _M = tables.video, tables.video_media


@dataclass(frozen=True, slots=True)
class VideoRow:
    """One line of the list of projects. seconds: of the whole; post: the post it is for, or ""; updated: UTC."""

    id: str
    name: str
    width: int
    height: int
    seconds: float
    clips: int
    post: str
    updated: datetime


class VideoStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, timeline: Timeline, *, expect: int | None = None) -> int:
        """Saves all of it or nothing; gives the new revision.

        Refused("video.changed_elsewhere") when `expect` is not the saved revision (0: not saved yet).
        """
        with self._database.write() as connection:
            now = self._revision(connection, timeline.id)
            if expect is not None and expect != now:
                raise Refused(error("video.changed_elsewhere", "video", video=timeline.id))
            self._write(connection, timeline, now + 1)
        return now + 1

    def _write(self, connection: Connection, timeline: Timeline, revision: int) -> None:
        row = {**_columns(timeline), "revision": revision}
        if revision == 1:
            connection.execute(insert(_V).values(id=clean(timeline.id), post="", **row))
        else:
            connection.execute(update(_V).where(_V.c.id == clean(timeline.id)).values(**row))
        connection.execute(delete(_M).where(_M.c.video == clean(timeline.id)))
        media = sorted({clean(source.media) for source in timeline.sources.values() if source.media})
        if media:
            connection.execute(insert(_M), [{"video": clean(timeline.id), "media": each} for each in media])

    def get(self, id: str) -> Timeline:
        """NotFound when there is none; Refused when this version cannot read it."""
        with self._database.read() as connection:
            doc = connection.execute(select(_V.c.doc).where(_V.c.id == clean(id))).scalar_one_or_none()
        if doc is None:
            raise NotFound("video", id)
        return from_json(load(doc))

    def revision(self, id: str) -> int:
        """Number of the saved revision; 0 when it was never saved."""
        with self._database.read() as connection:
            return self._revision(connection, id)

    @staticmethod
    def _revision(connection: Connection, id: str) -> int:
        return connection.execute(select(_V.c.revision).where(_V.c.id == clean(id))).scalar_one_or_none() or 0

    def set_post(self, id: str, post: str) -> None:
        """The post that the project is for; "" for none."""
        with self._database.write() as connection:
            connection.execute(update(_V).where(_V.c.id == clean(id)).values(post=clean(post)))

    def delete(self, id: str) -> None:
        """Forgets the project; its files stay in the library."""
        with self._database.write() as connection:
            connection.execute(delete(_M).where(_M.c.video == clean(id)))
            connection.execute(delete(_V).where(_V.c.id == clean(id)))

    def list(self) -> builtins.list[VideoRow]:
        """All of them, the one edited last first."""
        columns = (_V.c.id, _V.c.name, _V.c.width, _V.c.height, _V.c.milliseconds, _V.c.clips, _V.c.post, _V.c.updated)
        with self._database.read() as connection:
            rows = connection.execute(select(*columns).order_by(_V.c.updated.desc(), _V.c.id)).all()
        return [VideoRow(r.id, r.name, r.width, r.height, r.milliseconds / 1000, r.clips, r.post,
                         moments.from_number(r.updated)) for r in rows]

    def using(self, media: str) -> builtins.list[str]:
        """Ids of the projects that use a file of the library."""
        with self._database.read() as connection:
            return list(connection.execute(select(_M.c.video).where(_M.c.media == clean(media))).scalars())


def _columns(timeline: Timeline) -> dict[str, Any]:
    return {
        "name": clean(timeline.name), "width": timeline.width, "height": timeline.height,
        "milliseconds": round(timeline.duration * 1000), "clips": sum(1 for _ in timeline.clips()),
        "updated": moments.to_number(datetime.now(UTC)), "doc": dump(to_json(timeline)),
    }
