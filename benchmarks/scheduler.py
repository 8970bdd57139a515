"""A workspace with 100,000 deliveries: one look of the watch when nothing is due, and the scan at start."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import workspace
from benchmarks.measure import Result, percentile

if TYPE_CHECKING:
    from studio.core.delivery import Delivery, State
    from studio.core.post import Account, Post
    from studio.services.desk import Desk

GROUP = "scheduler, 100,000 deliveries"
DELIVERIES = 100_000
POSTS = 5_000
# What a studio of some years looks like: nearly all is published, some months are planned, a little waits for somebody.
MIX = {
    "published": 88_000, "scheduled": 7_500, "cancelled": 2_000, "failed": 1_200, "handed_over": 500, "missed": 300,
    "held": 200, "unconfirmed": 150, "processing": 50, "draft": 100,
}
AHEAD = 100  # of the scheduled ones lie with a platform's own timer


def measure(runs: int = 15) -> list[Result]:
    """5 ms for a look and 50 ms for the scan at start were promised."""
    folder = make()
    found = [once(folder) for _ in range(runs)]
    ticks = [tick for run in found for tick in run["ticks"]]
    return [
        Result(GROUP, "a look, nothing due", tuple(ticks), "ms", most=5),
        Result(GROUP, "a look, nothing due, p95", (percentile(ticks, 0.95),), "ms"),
        Result(GROUP, "at start: recover, missed, first look", tuple(run["start"] for run in found), "ms", most=50),
        Result(GROUP, "of which recover", tuple(run["recover"] for run in found), "ms"),
        Result(GROUP, "of which missed", tuple(run["missed"] for run in found), "ms"),
    ]


def once(folder: Path) -> dict[str, Any]:
    """A desk opened anew, its scan, then looks."""
    from studio.services.desk import Desk
    from studio.services.watch import Watch

    desk = Desk.open(folder)
    try:
        watch = Watch(desk.calendar, desk.publishing)
        recover = spent(desk.publishing.recover)
        missed = spent(desk.calendar.missed)
        first = spent(watch.once)
        ticks = [spent(lambda: (watch.once(), watch.pause())) for _ in range(10)]
    finally:
        desk.close()
    return {"start": recover + missed + first, "recover": recover, "missed": missed, "ticks": ticks}


def spent(work: Callable[[], object]) -> float:
    """Milliseconds."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def make() -> Path:
    """The workspace; kept under build/bench and made again after a day, for its plans lie in the future."""
    folder = workspace.FOLDER / f"deliveries-{DELIVERIES}"
    whole = folder / "whole"
    if whole.exists() and time.time() - whole.stat().st_mtime < 86_400:
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    fill(folder)
    whole.touch()
    return folder


def fill(folder: Path) -> None:
    """Posts and accounts through the services, the deliveries in one go."""
    from studio.core.post import Account
    from studio.services.desk import Desk

    chance, desk = random.Random(3), Desk.open(folder)
    long_ago = datetime.now(UTC) - timedelta(days=30)
    posts = [
        desk.posts.create(
            title=f"{number} {workspace.text(chance, 3)}", text=workspace.text(chance, 40), created=long_ago,
            updated=long_ago)
        for number in range(POSTS)
    ]
    accounts = [Account(f"account{number}", "practice", "api", f"Practice {number}") for number in range(8)]
    for account in accounts:
        desk.workspace.accounts.save(account)
    insert(desk, list(deliveries(posts, accounts, chance)))
    desk.close()


def insert(desk: Desk, made: list[Delivery]) -> None:
    """As the store writes them, thousands at once; with a line of the journal for each."""
    from sqlalchemy import insert as into

    from studio.core.delivery import Step
    from studio.store import deliveries as store
    from studio.store import tables
    from studio.store.journal import write_step

    rows = [{"id": each.id, **store._columns(each)} for each in made]
    with desk.workspace.database.write() as connection:
        connection.execute(into(tables.delivery), rows)
        for each in made:
            write_step(connection, Step(each.id, "created", "note", each.created, {"state": each.state.value}))


def deliveries(posts: list[Post], accounts: list[Account], chance: random.Random) -> Iterator[Delivery]:
    """The mix, in the past or the future as it must be."""
    from studio.core.delivery import State

    now, ahead = datetime.now(UTC), AHEAD
    for name, count in MIX.items():
        for _ in range(count):
            state, post, account = State(name), chance.choice(posts), chance.choice(accounts)
            past = now - timedelta(minutes=chance.randrange(60, 60 * 24 * 900))
            future = now + timedelta(minutes=chance.randrange(60 * 48, 60 * 24 * 120))
            waits = state in (State.SCHEDULED, State.DRAFT)
            yield delivery(post, account, state, future if waits else past, now, state is State.SCHEDULED and ahead > 0)
            ahead -= state is State.SCHEDULED


def delivery(
    post: Post, account: Account, state: State, at: datetime, now: datetime, ahead: bool
) -> Delivery:
    """One, with as much in it as a real one has."""
    from studio.core.delivery import Compared, Delivery, Proof, State
    from studio.core.finding import error
    from studio.core.post import link_of, resolve
    from studio.core.schema import content_to_json

    live = state in (State.PUBLISHED, State.HANDED_OVER, State.PROCESSING)
    sent = live or state in (State.FAILED, State.UNCONFIRMED) or ahead
    url = f"https://posts.test/{post.id}" if live else ""
    proof = Proof(url, at, (Compared("text", post.text, post.text),)) if state is State.PUBLISHED else None
    later = now + timedelta(days=2)
    content = content_to_json(link_of(resolve(post, account), 0)) if sent else {}
    return Delivery(
        post=post.id, account=account.id, platform="practice", state=state, at=at, url=url, proof=proof,
        created=min(at, now), updated=min(at, now), tries=1 if sent else 0, went=at if live or ahead else None,
        plan={"round": 1, "made": {"key": post.id}, "content": content, "uploads": []} if sent else {},
        handles={"receipt": {"url": url, "handle": {"key": post.id}, "done": True, "held": ahead}} if sent else {},
        error=(error("net.down", "account", host="posts.test"),) if state is State.FAILED else (),
        clock="platform" if ahead else "here",
        wake=later if state is State.PROCESSING else at + timedelta(days=1) if ahead else None,
    )
