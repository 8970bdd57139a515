"""Deliveries and their moves. A move is compare-and-set in one transaction together with its journal line."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, insert, select, update

from studio.core.delivery import Delivery, Json, State, Step, may_move, wakes
from studio.core.errors import NotFound
from studio.core.hold import Hold
from studio.core.schema import delivery_from_json, delivery_to_json
from studio.store import moments, tables
from studio.store.database import Database
from studio.store.holds import hold_over
from studio.store.journal import write_step
from studio.store.text import clean, dump, load
from studio.store.urgency import urgency

_T, _POST = tables.delivery, tables.post
_FIXED = frozenset({"id", "post", "account", "created", "state"})
_UNDER_WAY = (State.PREPARING.value, State.STAGING.value)
MOST = 1000  # deliveries that are read to be looked at, at once
Many = builtins.list  # `list` is a method here
Check = Callable[[Sequence[Delivery]], None]  # of the others of the same post and account; raises to refuse
# Decides at the door: the delivery, when its account's visible requests went (those under way: now), and the hold
# that covers it. Gives the state to move to and the fields to change; DUE means that it waits on.
Gate = Callable[[Delivery, Sequence[datetime], Hold | None], tuple[State, dict[str, Any]]]


# Made once: to build a statement takes longer than to run it.
_GET = select(_T.c.doc).where(_T.c.id == bindparam("of"))
_LOCKED = _GET.with_for_update()
_ADD = insert(_T)
_PUT = update(_T).where(
    _T.c.id == bindparam("was_id"), _T.c.state == bindparam("was_state"), _T.c.owner == bindparam("was_owner"))
_WENT = select(_T.c.went).where(
    _T.c.account == bindparam("of"), _T.c.id != bindparam("other"), _T.c.went >= bindparam("since"))
_BUSY = select(_T.c.id).where(
    _T.c.account == bindparam("of"), _T.c.id != bindparam("other"), _T.c.state.in_(_UNDER_WAY))


def _number(moment: datetime | None) -> int | None:
    return None if moment is None else moments.to_number(moment)


def _columns(delivery: Delivery) -> dict[str, Any]:
    return {
        "post": clean(delivery.post), "account": clean(delivery.account), "platform": clean(delivery.platform),
        "state": delivery.state.value, "at": moments.to_number(delivery.at),
        "urgency": urgency(delivery.state, delivery.at), "owner": clean(delivery.owner),
        "doc": dump(delivery_to_json(delivery)), "wake": _number(wakes(delivery)), "went": _number(delivery.went),
    }


def _read(doc: str) -> Delivery:
    return delivery_from_json(load(doc))


def move_in(
    connection: Connection, before: Delivery, after: State, *, who: str = "", data: Json | None = None,
    lines: Sequence[Step] = (), **changes: Any,
) -> Delivery | None:
    """The move inside a transaction that is already open; None when its state is not `before.state` any more.

    The moment to wake it is the new state's own, never one that was meant for the old.
    """
    now = datetime.now(UTC)
    moved = replace(before, state=after, **{"updated": now, "wake": None, **changes})
    if not _put(connection, before, moved):
        return None
    for line in lines:
        write_step(connection, line)
    step = f"{before.state}>{after}"
    write_step(connection, Step(before.id, step, "move", now, dict(data or {}), who))
    return moved


def _put(connection: Connection, before: Delivery, after: Delivery) -> bool:
    """Writes `after` where the row still is as `before` says; False when somebody else was first."""
    was = {"was_id": clean(before.id), "was_state": before.state.value, "was_owner": clean(before.owner)}
    return connection.execute(_PUT, {**was, **_columns(after)}).rowcount == 1


class DeliveryStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, delivery: Delivery, check: Check | None = None) -> Delivery:
        """Keeps a new delivery and the first line of its journal. `check` hears of the others first."""
        values = {"id": clean(delivery.id), **_columns(delivery)}
        data = {"state": delivery.state.value, "at": delivery.at.isoformat()}
        with self._database.write() as connection:
            self._ask(connection, delivery, check)
            connection.execute(_ADD, values)
            write_step(connection, Step(delivery.id, "created", "note", delivery.created, data))
        return delivery

    def get(self, id: str) -> Delivery:
        """NotFound when there is none."""
        with self._database.read() as connection:
            return self._get(connection, id)

    def list(
        self, *, post: str | None = None, account: str | None = None, states: Iterable[State] | None = None,
        start: datetime | None = None, end: datetime | None = None, limit: int | None = None,
        latest: int | None = None,
    ) -> list[Delivery]:
        """Those that fit everything asked for, earliest first. start <= at < end, UTC; latest: only the last so many.
        """
        order = (_T.c.at, _T.c.id) if latest is None else (_T.c.at.desc(), _T.c.id.desc())
        query = select(_T.c.doc).order_by(*order).limit(limit if latest is None else latest)
        for column, value in ((_T.c.post, post), (_T.c.account, account)):
            query = query if value is None else query.where(column == clean(value))
        if states is not None:
            query = query.where(_T.c.state.in_([s.value for s in states]))
        if start is not None:
            query = query.where(_T.c.at >= moments.to_number(start))
        if end is not None:
            query = query.where(_T.c.at < moments.to_number(end))
        found = self._all(query)
        return found if latest is None else found[::-1]

    def move(
        self, id: str, before: State, after: State, *, who: str = "", data: Json | None = None,
        owner_is: str | None = None, seen: Delivery | None = None, check: Check | None = None,
        lines: Sequence[Step] = (), synced: bool = True, **changes: Any,
    ) -> Delivery | None:
        """Moves it from `before` to `after` and writes the journal's line (and `lines` before it), all or nothing.

        None when it is no longer in `before`, no longer `owner_is`'s, or not in everything as it was `seen`:
        somebody else moved it, nothing was changed. `changes` are fields of `Delivery`. synced: see `Database.write`.
        ValueError when `core.delivery.MOVES` has no such move; NotFound when there is no such delivery.
        """
        if not may_move(before, after):
            raise ValueError(f"no delivery moves from {before} to {after}")
        _check(changes)
        with self._database.write(synced=synced) as connection:
            found = self._held(connection, id, before, owner_is, seen)
            if found is not None:
                self._ask(connection, found, check)
            return move_in(connection, found, after, who=who, data=data, lines=lines, **changes) if found else None

    def change(
        self, id: str, state: State, *, owner_is: str | None = None, seen: Delivery | None = None,
        lines: Sequence[Step] = (), **changes: Any,
    ) -> Delivery | None:
        """Changes fields of a delivery that is in `state` (and `owner_is`'s, and as it was `seen`); None when not."""
        _check(changes)
        with self._database.write() as connection:
            found = self._held(connection, id, state, owner_is, seen)
            if found is None:
                return None
            changed = replace(found, **{"updated": datetime.now(UTC), **changes})
            if not _put(connection, found, changed):
                return None
            for line in lines:
                write_step(connection, line)
            return changed

    def waking(
        self, now: datetime, *, states: Iterable[State] | None = None, but: Iterable[str] = ()
    ) -> Many[Delivery]:
        """Those the engine must look at now, the longest waiting first, at most `MOST`. but: not of these accounts."""
        query = select(_T.c.doc).where(_T.c.wake <= moments.to_number(now)).order_by(_T.c.wake, _T.c.id).limit(MOST)
        if states is not None:
            # As an expression, so that the index of the states, which may be most rows, is not taken for the moments'.
            query = query.where(_T.c.state.concat("").in_([s.value for s in states]))
        if others := [clean(account) for account in but]:
            query = query.where(_T.c.account.not_in(others))
        return self._all(query)

    def planned(self, now: datetime) -> tuple[int, int]:
        """How many are scheduled, and how many of those lie with a platform's own timer."""
        away = func.count().filter(_T.c.went > moments.to_number(now))
        query = select(func.count(), away).where(_T.c.state == State.SCHEDULED.value)
        with self._database.read() as connection:
            waiting, there = connection.execute(query).one()
        return waiting, there

    def away(
        self, accounts: Iterable[str], now: datetime, seen: Mapping[str, int]
    ) -> Iterator[tuple[Delivery, int]]:
        """Those of these accounts that lie with a platform's own timer and are still to come, each with the revision
        of its post. Not those whose revision is in `seen` under their id: most of them, most of the time.
        """
        where = (_T.c.account.in_([clean(id) for id in accounts]), _T.c.went > moments.to_number(now))
        query = select(_T.c.id, _POST.c.revision, _T.c.doc).join(_POST, _POST.c.id == _T.c.post).where(*where)
        with self._database.read() as connection:
            rows = [(doc, revision) for id, revision, doc in connection.execute(query) if seen.get(id) != revision]
        found = ((_read(doc), revision) for doc, revision in rows)  # read as they are asked for
        return (each for each in found if each[0].ahead)

    def left(self, states: Iterable[State], waits: Iterable[State]) -> Many[Delivery]:
        """Those in one of `states`; of those in one of `waits` only what has an owner."""
        mine = (_T.c.owner != "") | _T.c.state.not_in([s.value for s in waits])
        return self._all(select(_T.c.doc).where(_T.c.state.in_([s.value for s in states]), mine).order_by(_T.c.at))

    def next_wake(self, after: datetime) -> datetime | None:
        """The first moment after this one at which something must be looked at."""
        query = select(_T.c.wake).where(_T.c.wake > moments.to_number(after)).order_by(_T.c.wake).limit(1)
        with self._database.read() as connection:
            return moments.maybe(connection.execute(query).scalar())

    def take(self, id: str, who: str, gate: Gate, recent: datetime, now: datetime) -> Delivery:
        """Takes a DUE delivery up as `gate` decides, in one transaction with what it decides from.

        recent   visible requests since then are told to the gate

        Gives the delivery as it is afterwards: PREPARING and `who`'s when it may go; unchanged when it was not DUE.
        After a power cut it may be DUE again: nothing was sent by then.
        """
        with self._database.write(synced=False) as connection:
            found = self._get(connection, id, lock=True)
            if found.state is not State.DUE:
                return found
            times = self._went(connection, found, recent, now)
            state, changes = gate(found, times, hold_over(connection, found))
            if state is State.DUE:
                waiting = replace(found, **changes)
                return waiting if _put(connection, found, waiting) else found
            owner = who if state is State.PREPARING else ""
            return move_in(connection, found, state, who=who, **{"owner": owner, **changes}) or found

    def begin(
        self, id: str, who: str, held: Callable[[Hold], dict[str, Any]], lines: Sequence[Step] = (), **changes: Any
    ) -> Delivery | None:
        """STAGING to COMMITTING, unless a hold covers it: then to HELD with what `held` changes.

        None when it is not `who`'s any more.
        """
        with self._database.write() as connection:
            found = self._held(connection, id, State.STAGING, who)
            if found is None:
                return None
            if (hold := hold_over(connection, found)) is not None:
                return move_in(connection, found, State.HELD, who=who, **{"owner": "", **held(hold)})
            return move_in(connection, found, State.COMMITTING, who=who, lines=lines, **changes)

    def _went(self, connection: Connection, of: Delivery, recent: datetime, now: datetime) -> Many[datetime]:
        """Visible requests of the account: those that began since `recent`, and now for each that is under way."""
        own = {"of": clean(of.account), "other": clean(of.id)}
        past = connection.execute(_WENT, {**own, "since": moments.to_number(recent)}).scalars()
        times = [moments.from_number(number) for number in past if number is not None]
        busy = connection.execute(_BUSY, own).scalars().all()
        return [*times, *(now for _ in busy)]

    @staticmethod
    def _ask(connection: Connection, delivery: Delivery, check: Check | None) -> None:
        """Inside the transaction, so that nobody comes between the question and what is written."""
        if check is None:
            return
        same = (_T.c.post == clean(delivery.post)) & (_T.c.account == clean(delivery.account))
        docs = connection.execute(select(_T.c.doc).where(same, _T.c.id != clean(delivery.id))).scalars().all()
        check([_read(doc) for doc in docs])

    def _held(
        self, connection: Connection, id: str, state: State, owner: str | None, seen: Delivery | None = None
    ) -> Delivery | None:
        found = self._get(connection, id, lock=True)
        same = seen is None or delivery_to_json(found) == load(dump(delivery_to_json(seen)))
        return found if same and found.state is state and owner in (None, found.owner) else None

    def _get(self, connection: Connection, id: str, *, lock: bool = False) -> Delivery:
        doc = connection.execute(_LOCKED if lock else _GET, {"of": clean(id)}).scalar()
        if doc is None:
            raise NotFound("delivery", id)
        return _read(doc)

    def _all(self, query: Select[Any]) -> Many[Delivery]:
        with self._database.read() as connection:
            docs = connection.execute(query).scalars().all()
        return [_read(doc) for doc in docs]


def _check(changes: dict[str, Any]) -> None:
    if wrong := sorted(_FIXED & changes.keys()):
        raise ValueError(f"a delivery keeps its {', '.join(wrong)}")
