"""Posts: the whole document as JSON, and beside it what the list shows and the search looks in."""

from __future__ import annotations

import builtins
import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    ScalarSelect,
    Select,
    delete,
    func,
    insert,
    literal,
    select,
    update,
)

from studio.core.delivery import SENDING, TERMINAL, Delivery, State, given_up
from studio.core.errors import NotFound, Refused
from studio.core.finding import error
from studio.core.post import Post, all_media
from studio.core.schema import delivery_from_json, post_from_json, post_to_json, thread_proof
from studio.store import moments, search, tables, urgency
from studio.store.database import Database
from studio.store.deliveries import move_in
from studio.store.text import clean, dump, load, shorten

_P, _D, _M, _W = tables.post, tables.post_doc, tables.post_media, tables.delivery
HEADING, EXCERPT = 120, 160
_NOTHING_SENT = (State.DRAFT, None)
_WITHDRAWN = frozenset(State) - SENDING - TERMINAL - {State.HANDED_OVER}


class PostRow(NamedTuple):
    """One line of the list of posts. A tuple, because ten thousand are made at once.

    heading     at most 120 characters, "" when the post is empty
    excerpt     at most 160 characters of what follows the heading
    thumb       id of its first picture or video, or ""
    platforms   of the accounts it is meant for, each once, in their order
    state, at   of its most urgent delivery; DRAFT and None when it has none
    pictures    how many files it carries
    updated     UTC
    """

    id: str
    heading: str
    excerpt: str
    thumb: str
    platforms: tuple[str, ...]
    state: State
    at: datetime | None
    pictures: int
    updated: datetime


def _excerpt(post: Post) -> str:
    start = post.text[: EXCERPT * 40].lstrip()
    if not post.title.strip():
        start = start.partition("\n")[2]
    return shorten(start, EXCERPT)


def _columns(post: Post) -> dict[str, Any]:
    return {
        "heading": shorten(post.heading, HEADING), "excerpt": _excerpt(post),
        "thumb": next((clean(m.media) for m in post.media if m.kind in ("image", "video")), ""),
        "accounts": dump(list(post.accounts)), "pictures": len(post.media),
        "created": moments.to_number(post.created), "updated": moments.to_number(post.updated),
    }


def _words(post: Post) -> str:
    parts = [post.title, post.text, *post.tags, post.link]
    for override in post.overrides.values():
        parts += [override.title or "", override.text or "", *(override.tags or ()), override.link or ""]
    parts += [reply.text for reply in post.replies]
    parts += [m.alt for m in all_media(post)]
    return search.words(parts)


def _urgent() -> ScalarSelect[int]:
    """The most urgent delivery of the post in the same row, or NULL. Answered from an index."""
    return select(func.min(_W.c.urgency)).where(_W.c.post == _P.c.id).correlate(_P).scalar_subquery()


def _in_state(state: State) -> ColumnElement[bool]:
    low, high = urgency.span(state)
    return func.coalesce(_urgent(), literal(urgency.span(State.DRAFT)[0])).between(low, high)


def _rows() -> Select[Any]:
    columns = (_P.c.id, _P.c.heading, _P.c.excerpt, _P.c.thumb, _P.c.accounts, _P.c.pictures, _P.c.updated)
    return select(*columns, _urgent().label("urgent")).order_by(_P.c.updated.desc(), _P.c.number.desc())


def _platforms(accounts: str, known: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(known[a] for a in load(accounts) if a in known))


def _made(rows: Iterable[Any], known: Mapping[str, str]) -> list[PostRow]:
    # Ten thousand at a time: unpacked by place, and the few different sets of accounts read once each.
    of: dict[str, tuple[str, ...]] = {}
    made = []
    for id, heading, excerpt, thumb, accounts, pictures, updated, urgent in rows:
        if accounts not in of:
            of[accounts] = _platforms(accounts, known)
        state, at = _NOTHING_SENT if urgent is None else urgency.read(urgent)
        moment = moments.from_number(updated)
        made.append(PostRow(id, heading, excerpt, thumb, of[accounts], state, at, pictures, moment))
    return made


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Rows hold no cycles, and looking for some in ten thousand of them takes a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read(doc: str) -> Post:
    """Refused("document.unreadable") for a document nobody of ours wrote."""
    try:
        return post_from_json(load(doc))
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise Refused(error("document.unreadable", "post", kind="post")) from fault


class PostStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, post: Post, *, expect: int | None = None) -> int:
        """Keeps all of the post or nothing of it; returns the new revision, 1 for the first.

        expect   the revision this one was made from (0 for a new post), or None for "whatever there is".
                 Refused("post.changed_elsewhere") when another is there; nothing is written then.
        """
        columns, doc, words = _columns(post), dump(post_to_json(post)), _words(post)
        media = {clean(m.media) for m in all_media(post)}
        with self._database.write() as connection:
            number, revision = self._place(connection, post.id)
            if expect is not None and expect != revision:
                raise Refused(error("post.changed_elsewhere", "post", post=post.id, expected=expect, found=revision))
            columns["revision"] = revision + 1
            if number is None:
                self._insert(connection, clean(post.id), columns, doc, words, media)
            else:
                self._update(connection, number, columns, doc, words, media)
        return revision + 1

    def get(self, id: str) -> Post:
        """The post exactly as it was saved. NotFound when there is none."""
        query = select(_D.c.doc).join(_P, _P.c.number == _D.c.number).where(_P.c.id == clean(id))
        with self._database.read() as connection:
            doc = connection.execute(query).scalar()
        if doc is None:
            raise NotFound("post", id)
        return _read(doc)

    def revision(self, id: str) -> int:
        """How often it was saved. NotFound when it never was."""
        with self._database.read() as connection:
            revision = self._place(connection, id)[1]
        if not revision:
            raise NotFound("post", id)
        return revision

    def exists(self, id: str) -> bool:
        with self._database.read() as connection:
            return self._place(connection, id)[0] is not None

    def list(
        self, query: str = "", *, state: State | None = None, limit: int | None = None, offset: int = 0
    ) -> list[PostRow]:
        """The latest changed first; with `query`, those that have all its words (see `search`)."""
        wanted = _rows().limit(limit).offset(offset or None)
        if limit is None and offset:
            wanted = wanted.limit(2**62)
        return self._list(wanted.where(*self._conditions(query, state)))

    def count(self, query: str = "", *, state: State | None = None) -> int:
        """How many `list` would give without a limit."""
        wanted = select(func.count()).select_from(_P).where(*self._conditions(query, state))
        with self._database.read() as connection:
            return connection.execute(wanted).scalar_one()

    def delete(self, id: str) -> None:
        """Removes the post and withdraws what still waits to be sent of it. NotFound when there is none.

        Refused("post.sending") while it is being sent. What was published stays on record.
        """
        with self._database.write() as connection:
            number = self._place(connection, id)[0]
            if number is None:
                raise NotFound("post", id)
            self._withdraw(connection, id)
            for table in (_M, _D, _P):
                connection.execute(delete(table).where(table.c.number == number))

    def using(self, media_id: str) -> builtins.list[PostRow]:
        """The posts that carry this file, in the base or in an override."""
        here = select(_M.c.number).where(_M.c.media == clean(media_id))
        return self._list(_rows().where(_P.c.number.in_(here)))

    def headings(self, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
        """Heading and picture of each of these posts that is still there."""
        query = select(_P.c.id, _P.c.heading, _P.c.thumb).where(_P.c.id.in_([clean(id) for id in ids]))
        with self._database.read() as connection:
            return {row.id: (row.heading, row.thumb) for row in connection.execute(query)}

    def _conditions(self, query: str, state: State | None) -> builtins.list[ColumnElement[bool]]:
        conditions = [] if state is None else [_in_state(state)]
        if query.strip():
            having = select(_D.c.number).where(search.found(query, _D, self._database.dialect))
            conditions.append(_P.c.number.in_(having))
        return conditions

    def _list(self, query: Select[Any]) -> builtins.list[PostRow]:
        accounts = select(tables.account.c.id, tables.account.c.platform)
        with self._database.read() as connection, _no_collecting():
            known = {row.id: row.platform for row in connection.execute(accounts)}
            return _made(connection.execute(query).all(), known)

    def _place(self, connection: Connection, id: str) -> tuple[int | None, int]:
        """Row number and revision; (None, 0) when it was never saved."""
        query = select(_P.c.number, _P.c.revision).where(_P.c.id == clean(id))
        row = connection.execute(query).one_or_none()
        return (None, 0) if row is None else (row.number, row.revision)

    def _insert(
        self, connection: Connection, id: str, columns: dict[str, Any], doc: str, words: str, media: set[str]
    ) -> None:
        key = connection.execute(insert(_P).values(id=id, **columns)).inserted_primary_key
        assert key is not None
        connection.execute(insert(_D).values(number=key[0], doc=doc, words=words))
        self._link(connection, key[0], media)

    def _update(
        self, connection: Connection, number: int, columns: dict[str, Any], doc: str, words: str, media: set[str]
    ) -> None:
        connection.execute(update(_P).where(_P.c.number == number).values(columns))
        connection.execute(update(_D).where(_D.c.number == number).values(doc=doc, words=words))
        connection.execute(delete(_M).where(_M.c.number == number))
        self._link(connection, number, media)

    def _link(self, connection: Connection, number: int, media: set[str]) -> None:
        if media:
            connection.execute(insert(_M), [{"number": number, "media": m} for m in sorted(media)])

    def _withdraw(self, connection: Connection, id: str) -> None:
        docs = connection.execute(select(_W.c.doc).where(_W.c.post == clean(id)).with_for_update()).scalars().all()
        waiting = [delivery_from_json(load(doc)) for doc in docs]
        if any(d.state in SENDING or (d.ahead and d.owner) for d in waiting):
            raise Refused(error("post.sending", "post", post=id))
        for d in waiting:
            if d.state in _WITHDRAWN:
                after, changes = _ended(d)
                move_in(connection, d, after, data={"reason": "post deleted", "at": _now()}, **changes)


def _ended(delivery: Delivery) -> tuple[State, dict[str, Any]]:
    """What becomes of it without its post. What lies with a platform's timer is called cancelled once it is gone there.

    Of a thread the links that are live stay.
    """
    if delivery.ahead:
        handles = {**delivery.handles, "errand": "cancel"}
        return State.SCHEDULED, {"handles": handles, "wake": datetime.now(UTC), "error": ()}
    if delivery.link:
        proof = thread_proof(delivery.handles["links"])
        return State.PUBLISHED, {"proof": proof, "url": proof.url, "error": (), "owner": ""}
    return State.CANCELLED, {"handles": given_up(delivery)}


def _now() -> str:
    return datetime.now(UTC).isoformat()
