"""The grid of an account's page: what comes before what is there, and an order that is times changing hands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio import platforms
from studio.core.delivery import Delivery, State
from studio.core.errors import Refused
from studio.core.finding import error
from studio.platforms.base import Profile
from studio.services.desk import Desk
from studio.services.planner import Cell, Planner, arranged, moves, with_trial, without_trial

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


def cell(number: int, fixed: bool = False) -> Cell:
    """Newest first: 0 is the latest."""
    state = State.PUBLISHED if fixed else State.SCHEDULED
    return Cell(f"p{number}", f"Post {number}", f"d{number}", NOON - timedelta(days=number), state, fixed)


@st.composite
def grids(draw: st.DrawFn) -> tuple[Cell, ...]:
    coming, there = draw(st.integers(0, 6)), draw(st.integers(0, 3))
    tried = [Cell(f"t{n}", "Tried") for n in range(draw(st.integers(0, 2)))]
    return (*tried, *(cell(n) for n in range(coming)), *(cell(coming + n, True) for n in range(there)))


@given(grids(), st.integers(0, 8), st.integers(0, 8))
def test_an_order_gives_the_same_times_to_other_posts(cells: tuple[Cell, ...], take: int, put: int) -> None:
    if take >= len(cells):
        return
    after = arranged(cells, take, put)
    assert sorted(c.post for c in after) == sorted(c.post for c in cells)
    assert [c.at for c in after if c.at] == [c.at for c in cells if c.at]  # the places keep their times
    assert [c for c in after if c.fixed] == [c for c in cells if c.fixed]
    assert [c.at is None for c in after if c.trial] == [True] * sum(c.trial for c in cells)
    changed = dict(moves(cells, after))
    now = {c.delivery: c.at for c in after}
    assert all(now[c.delivery] == changed.get(c.delivery, c.at) for c in cells if not c.trial)
    assert moves(after, after) == ()


def test_a_post_put_first_is_the_last_to_go_out() -> None:
    cells = tuple(cell(n) for n in range(3))
    after = arranged(cells, 2, 0)
    assert [c.post for c in after] == ["p2", "p0", "p1"] and after[0].at == NOON
    assert dict(moves(cells, after)) == {"d2": NOON, "d0": NOON - timedelta(days=1), "d1": NOON - timedelta(days=2)}


def test_what_is_there_does_not_move() -> None:
    cells = (cell(0), cell(1, True))
    assert arranged(cells, 1, 0) == cells and arranged(cells, 0, 1) == cells


def test_a_draft_may_be_tried_once_and_taken_out() -> None:
    cells = tuple(cell(n, n > 1) for n in range(9))
    tried = with_trial(with_trial(cells, Cell("t", "Tried")), Cell("t", "Tried"))
    assert [c.post for c in tried[:2]] == ["t", "p0"]
    assert moves(cells, tried) == () and without_trial(tried, "t") == cells


def test_a_draft_that_is_tried_keeps_the_times_of_nine_in_one_order() -> None:
    cells = tuple(cell(n) for n in range(9))
    asked = moves(cells, with_trial(arranged(cells, 8, 0), Cell("t", "Tried")))
    assert sorted(at for _, at in asked) == sorted(c.at for c in cells if c.at)


@pytest.fixture
def desk(tmp_path, monkeypatch):
    shown = Profile(3, 0.75, 1, "our own")
    monkeypatch.setattr(type(platforms.get("practice")), "profile", shown)
    made = Desk.open(tmp_path / "w")
    yield made
    made.close()


def scheduled(desk: Desk, title: str, days: int) -> str:
    account = desk.accounts.list()[0]
    post = desk.posts.create(title=title, text="x", accounts=(account.id,))
    return desk.calendar.schedule(post.id, account.id, datetime.now(UTC) + timedelta(days=days)).id


def planner(desk: Desk) -> Planner:
    return Planner(desk.accounts, desk.posts, desk.publishing, desk.calendar)


def test_it_reads_the_next_nine_and_moves_them(desk: Desk) -> None:
    ids = [scheduled(desk, f"Post {n}", n + 1) for n in range(11)]
    work = planner(desk)
    (account,) = work.accounts()
    grid = work.grid(account)
    assert [c.delivery for c in grid.cells] == list(reversed(ids[:9])) and (grid.columns, grid.ratio) == (3, 0.75)
    asked = moves(grid.cells, arranged(grid.cells, 0, 8))
    before = work.apply(asked)
    assert work.grid(account).cells[-1].delivery == ids[8]
    work.apply(before)
    assert work.grid(account) == grid


def swapped(desk: Desk, first: str, second: str) -> list[tuple[str, datetime]]:
    return [(first, desk.publishing.get(second).at), (second, desk.publishing.get(first).at)]


def test_a_refused_move_leaves_all_as_it_was(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = scheduled(desk, "One", 1), scheduled(desk, "Two", 2)
    work, move = planner(desk), desk.calendar.move
    (account,) = work.accounts()
    before = work.grid(account)

    def busy(delivery: str, at: datetime) -> Delivery:
        if delivery == second:
            raise Refused(error("delivery.moved_on", "delivery", id=delivery))
        return move(delivery, at)

    monkeypatch.setattr(desk.calendar, "move", busy)
    with pytest.raises(Refused):
        work.apply(swapped(desk, first, second))
    assert work.grid(account) == before


@pytest.mark.parametrize("state", [State.CANCELLED, State.HELD, State.MISSED])
def test_what_was_stopped_meanwhile_is_not_sent_after_all(desk: Desk, state: State) -> None:
    first, second = scheduled(desk, "One", 1), scheduled(desk, "Two", 2)
    asked = swapped(desk, first, second)
    assert desk.workspace.deliveries.move(second, State.SCHEDULED, state) is not None
    with pytest.raises(Refused):
        planner(desk).apply(asked)
    assert desk.publishing.get(second).state is state
    assert [desk.publishing.get(d).at for d in (first, second)] == [asked[1][1], asked[0][1]]


def test_a_time_that_another_window_changed_is_not_given_to_two(desk: Desk) -> None:
    first, second = scheduled(desk, "One", 1), scheduled(desk, "Two", 2)
    asked = swapped(desk, first, second)
    desk.calendar.move(second, datetime.now(UTC) + timedelta(days=9))
    with pytest.raises(Refused):
        planner(desk).apply(asked)


def test_what_a_hold_stopped_has_no_place_among_what_comes(desk: Desk) -> None:
    scheduled(desk, "One", 1)
    held = scheduled(desk, "Two", 2)
    desk.workspace.deliveries.move(held, State.SCHEDULED, State.HELD)
    work = planner(desk)
    assert [c.heading for c in work.grid(work.accounts()[0]).cells] == ["One"]


def test_of_what_is_there_only_the_latest_are_read(desk: Desk) -> None:
    account, post = desk.accounts.list()[0], desk.posts.create(title="There", text="x")
    now = datetime.now(UTC)
    for n in range(1, 13):
        desk.workspace.deliveries.add(Delivery(
            post=post.id, account=account.id, platform="practice", state=State.PUBLISHED, at=now - timedelta(days=n)))
    scheduled(desk, "One", 1)
    cells = planner(desk).grid(account).cells
    assert len(cells) == 9 and [c.fixed for c in cells] == [False] + [True] * 8
    assert [c.at for c in cells[1:]] == [now - timedelta(days=n) for n in range(1, 9)]
