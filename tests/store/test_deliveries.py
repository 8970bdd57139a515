"""A delivery moves once: whoever asks, however many, and its journal says so in the same breath."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from studio.core.delivery import MOVES, SENDING, Compared, Delivery, Proof, State, Step
from studio.core.errors import NotFound
from studio.core.finding import error, warning
from studio.core.slot import Late
from studio.store import urgency
from studio.store.workspace import Workspace
from tests.store.strategies import moments, texts

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_a_delivery_comes_back_whole(workspace: Workspace) -> None:
    proof = Proof("https://x/1", NOW, (Compared("text", "春\ud800", "春"), Compared("alt", "", "")))
    made = Delivery(
        post="p", account="a", platform="bluesky", state=State.FAILED, at=NOW, zone="Asia/Shanghai",
        late=Late("post", 90), plan={"rkey": "3k", "n": [1, None]}, handles={"uri": "at://x"}, url="https://x/1",
        proof=proof, error=(error("text.too_long", "text", "source", count=301, limit=300), warning("w")),
        owner="123@host:4", tries=3,
    )
    assert workspace.deliveries.add(made) == made
    assert workspace.deliveries.get(made.id) == made
    assert [(s.step, s.phase) for s in workspace.journal.of(made.id)] == [("created", "note")]


def test_the_same_delivery_is_not_added_twice(workspace: Workspace) -> None:
    made = workspace.deliveries.add(Delivery())
    with pytest.raises(DBAPIError):
        workspace.deliveries.add(made)
    assert len(workspace.journal.of(made.id)) == 1


@pytest.mark.parametrize("id", ["", "nobody", "\udfff"])
def test_no_such_delivery(workspace: Workspace, id: str) -> None:
    with pytest.raises(NotFound):
        workspace.deliveries.get(id)
    with pytest.raises(NotFound):
        workspace.deliveries.move(id, State.DRAFT, State.DUE)
    assert workspace.journal.of(id) == []


def test_a_move_changes_fields_and_writes_its_line(workspace: Workspace) -> None:
    made = workspace.deliveries.add(Delivery(state=State.DUE, tries=1))
    moved = workspace.deliveries.move(made.id, State.DUE, State.PREPARING, who="me", data={"a": 1}, owner="me", tries=2)
    assert moved is not None and (moved.state, moved.owner, moved.tries) == (State.PREPARING, "me", 2)
    assert moved.updated > made.updated and moved.created == made.created
    assert workspace.deliveries.get(made.id) == moved
    line = workspace.journal.of(made.id)[-1]
    assert (line.step, line.phase, line.who, line.data) == ("due>preparing", "move", "me", {"a": 1})


def test_a_move_from_another_state_or_of_another_owner_does_nothing(workspace: Workspace) -> None:
    made = workspace.deliveries.add(Delivery(state=State.PREPARING, owner="me"))
    assert workspace.deliveries.move(made.id, State.DUE, State.PREPARING) is None
    assert workspace.deliveries.move(made.id, State.PREPARING, State.STAGING, owner_is="you") is None
    assert workspace.deliveries.change(made.id, State.STAGING, url="x") is None
    assert workspace.deliveries.change(made.id, State.PREPARING, owner_is="you", url="x") is None
    assert workspace.deliveries.get(made.id) == made
    assert len(workspace.journal.of(made.id)) == 1
    assert workspace.deliveries.move(made.id, State.PREPARING, State.STAGING, owner_is="me") is not None


def test_what_changed_since_it_was_read_is_left_alone(workspace: Workspace) -> None:
    """State and owner can be the same again after somebody else took it all the way round."""
    read = workspace.deliveries.add(Delivery(state=State.SCHEDULED, at=NOW, plan={"n": (1, 2)}))
    assert workspace.deliveries.change(read.id, State.SCHEDULED, seen=read, handles={"receipt": {}}) is not None
    assert workspace.deliveries.move(read.id, State.SCHEDULED, State.DUE, seen=read) is None
    assert workspace.deliveries.change(read.id, State.SCHEDULED, seen=read, wake=NOW) is None
    fresh = workspace.deliveries.get(read.id)
    moved = workspace.deliveries.move(read.id, State.SCHEDULED, State.DUE, seen=fresh)
    assert moved is not None and moved.handles == {"receipt": {}}


def test_a_change_keeps_the_state(workspace: Workspace) -> None:
    made = workspace.deliveries.add(Delivery(state=State.STAGING))
    changed = workspace.deliveries.change(made.id, State.STAGING, plan={"rkey": "1"}, at=NOW)
    assert changed is not None and changed.plan == {"rkey": "1"} and changed.state is State.STAGING
    assert workspace.deliveries.get(made.id) == changed
    assert workspace.deliveries.list(start=NOW, end=NOW + timedelta(seconds=1)) == [changed]


@pytest.mark.parametrize("field", ["post", "account", "created"])
def test_some_fields_never_change(workspace: Workspace, field: str) -> None:
    made = workspace.deliveries.add(Delivery())
    with pytest.raises(ValueError, match=field):
        workspace.deliveries.change(made.id, State.DRAFT, **{field: "x"})  # type: ignore[arg-type]


@pytest.mark.parametrize("before", State)
def test_only_the_moves_of_the_plan_are_made(workspace: Workspace, before: State) -> None:
    for after in State:
        made = workspace.deliveries.add(Delivery(state=before))
        if after in MOVES[before]:
            moved = workspace.deliveries.move(made.id, before, after)
            assert moved is not None and moved.state is after
        else:
            with pytest.raises(ValueError, match="moves"):
                workspace.deliveries.move(made.id, before, after)
            assert workspace.deliveries.get(made.id).state is before


def test_lists_by_everything(workspace: Workspace) -> None:
    add = workspace.deliveries.add
    one = add(Delivery(post="p", account="a", state=State.SCHEDULED, at=NOW))
    two = add(Delivery(post="p", account="b", state=State.PUBLISHED, at=NOW - timedelta(hours=1)))
    three = add(Delivery(post="q", account="a", state=State.SCHEDULED, at=NOW + timedelta(hours=1)))
    get = workspace.deliveries.list
    assert get() == [two, one, three]
    assert get(post="p") == [two, one]
    assert get(account="a") == [one, three]
    assert get(states=[State.SCHEDULED, State.DRAFT]) == [one, three]
    assert get(states=[]) == []
    assert get(start=NOW) == [one, three]
    assert get(end=NOW) == [two]
    assert get(limit=1) == [two]
    assert get(latest=1) == get()[-1:] and get(latest=9) == get()
    assert get(post="p", account="a", states={State.SCHEDULED}, start=NOW, end=three.at) == [one]
    assert workspace.deliveries.waking(NOW) == [one]
    assert workspace.deliveries.next_wake(NOW) == three.at
    assert workspace.deliveries.waking(three.at) == [one, three]
    assert workspace.deliveries.next_wake(three.at) is None


def test_left_behind_is_what_was_under_way_and_nothing_that_only_waits(workspace: Workspace) -> None:
    for state in State:
        for owner in ("", "somebody"):
            workspace.deliveries.add(Delivery(state=state, owner=owner))
    left = workspace.deliveries.left(SENDING, [State.PROCESSING])
    assert {d.state for d in left} == SENDING and len(left) == 2 * len(SENDING) - 1


@pytest.mark.parametrize("statement", ["UPDATE journal SET who = 'x'", "DELETE FROM journal", "DELETE FROM delivery"])
def test_the_journal_is_append_only(workspace: Workspace, statement: str) -> None:
    made = workspace.deliveries.add(Delivery())
    before = workspace.journal.of(made.id)
    with pytest.raises(DBAPIError, match=r"append-only|FOREIGN KEY"), workspace.database.write() as connection:
        connection.execute(text(statement))
    assert workspace.journal.of(made.id) == before


def test_journal_lines_keep_their_order_and_their_data(workspace: Workspace) -> None:
    made = workspace.deliveries.add(Delivery())
    steps = [Step(made.id, f"stage:{n}", "begun", NOW, {"n": n, "text": "\ud800"}, "who") for n in range(5)]
    numbers = [workspace.journal.append(s) for s in steps]
    assert numbers == sorted(numbers)
    assert workspace.journal.of(made.id)[1:] == steps


def test_a_journal_of_no_delivery_is_a_fault(workspace: Workspace) -> None:
    with pytest.raises(DBAPIError, match="FOREIGN KEY"):
        workspace.journal.append(Step("nobody", "commit", "begun", NOW))


def test_of_many_threads_one_wins(workspace: Workspace) -> None:
    made = [workspace.deliveries.add(Delivery(state=State.DUE)) for _ in range(20)]
    won: list[tuple[str, str]] = []
    start = threading.Barrier(12)

    def race(name: str) -> None:
        start.wait()
        for d in made:
            if workspace.deliveries.move(d.id, State.DUE, State.PREPARING, owner=name):
                won.append((d.id, name))

    threads = [threading.Thread(target=race, args=(f"t{n}",)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(id for id, _ in won) == sorted(d.id for d in made)
    assert all(workspace.deliveries.get(id).owner == name for id, name in won)


RACER = """
import sys
from pathlib import Path
from typing import Any
from studio.core.delivery import State
from studio.store.workspace import Workspace
with Workspace.open(Path(sys.argv[1])) as workspace:
    print("ready", flush=True)
    sys.stdin.readline()
    for d in workspace.deliveries.list(states=[State.DUE]):
        if workspace.deliveries.move(d.id, State.DUE, State.PREPARING, owner=sys.argv[2]):
            print(d.id, flush=True)
"""


def test_of_many_processes_one_wins(workspace: Workspace) -> None:
    made = [workspace.deliveries.add(Delivery(state=State.DUE)) for _ in range(40)]
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", RACER, str(workspace.folder), f"p{n}"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for n in range(4)
    ]
    for racer in racers:
        assert racer.stdout is not None and racer.stdout.readline() == "ready\n"
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("go\n")
        racer.stdin.flush()
    won = [line for racer in racers for line in racer.communicate()[0].split()]
    assert sorted(won) == sorted(d.id for d in made)
    assert [r.returncode for r in racers] == [0] * 4
    for d in made:
        assert [s.step for s in workspace.journal.of(d.id)] == ["created", "due>preparing"]


@given(state=st.sampled_from(State), at=moments)
def test_urgency_is_read_back(state: State, at: datetime) -> None:
    number = urgency.urgency(state, at)
    assert urgency.read(number) == (state, at)
    assert -(2**63) <= number < 2**63
    low, high = urgency.span(state)
    assert low <= number <= high


def test_urgency_knows_every_state() -> None:
    assert sorted(urgency.ORDER) == sorted(State)


@settings(deadline=None, max_examples=30)
@given(what=texts, who=texts, at=moments)
def test_any_text_in_a_journal_line(shared: Workspace, what: str, who: str, at: datetime) -> None:
    made = shared.deliveries.add(Delivery(post=what, account=who, zone=what, url=what, at=at, plan={what: who}))
    assert shared.deliveries.get(made.id) == made
    shared.journal.append(Step(made.id, what, "note", at, {what: [who]}, who))
    assert shared.journal.of(made.id)[-1].data == {what: [who]}


def test_what_must_be_looked_at_is_found_by_its_moment_however_much_is_planned(workspace: Workspace) -> None:
    from sqlalchemy import event

    asked: list[tuple[str, Any]] = []
    listen = event.listens_for(workspace.database.engine, "before_cursor_execute")
    listen(lambda connection, cursor, statement, parameters, *_: asked.append((statement, parameters)))
    workspace.deliveries.waking(NOW)
    workspace.deliveries.waking(NOW, states=[State.SCHEDULED])
    workspace.deliveries.waking(NOW, but=["a"])
    workspace.deliveries.next_wake(NOW)
    queries = [(statement, parameters) for statement, parameters in asked if statement.startswith("SELECT")]
    with workspace.database.read() as connection:
        plans = [
            " ".join(str(row) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters))
            for statement, parameters in queries
        ]
    assert len(plans) == 4 and all("ix_delivery_wake" in plan for plan in plans), plans
