"""What the pane reads of the workspace, in jobs: a page of the list, and everything about one delivery."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from studio.core.delivery import SENDING, Delivery, State, Step
from studio.core.hold import Hold, covering
from studio.services.outbox import Asked, Item, Page
from studio.services.story import Read, read, story
from studio.services.telling import Told, parts_of, tell_all
from studio.ui.outbox.rows import WAITING, Progress

if TYPE_CHECKING:
    from studio.services.desk import Desk


HELD = Progress(held=True)


@dataclass(frozen=True, slots=True)
class Listed:
    """A page, how far each of what is being sent is, and what is on hold."""

    page: Page
    progress: Mapping[str, Progress]
    holds: tuple[Hold, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """One delivery with everything around it. Fields as in `answers.Case`."""

    item: Item
    steps: tuple[Step, ...]
    told: tuple[Told, ...]
    others: tuple[Delivery, ...]
    progress: Progress
    hold: Hold | None
    looks: int
    went: datetime | None
    parts: int
    staged: int
    files: int
    page: str


def listed(desk: Desk, asked: Asked, window: int) -> Listed:
    """A page of the outbox."""
    page, holds = desk.outbox.page(asked, window), tuple(desk.holds.active())
    resting = [item.delivery for item in page.ahead if covering(holds, item.delivery.platform, item.delivery.account)]
    moving = [item.delivery for item in page.rest if item.delivery.state in SENDING or item.delivery.state is State.DUE]
    progress = {d.id: HELD for d in resting} | {d.id: progress_of(desk, d) for d in moving[:40]}
    return Listed(page, progress, holds)


def opened(desk: Desk, id: str, language: str, zone: tzinfo) -> Opened:
    """Everything about one delivery. NotFound when there is none."""
    item = desk.outbox.item(id)
    d, steps = item.delivery, tuple(desk.publishing.story(id))
    lines = [read(step) for step in steps]
    return Opened(
        item, steps, tell_all(d, steps, language, zone), tuple(desk.outbox.others(d)), progress_of(desk, d, steps),
        desk.holds.over(d), _looks(d, steps), _went(d, lines), parts_of(d), _staged(d, lines), _files(d),
        _page(desk, d),
    )  # fmt: skip


def progress_of(desk: Desk, delivery: Delivery, steps: Sequence[Step] | None = None) -> Progress:
    """How far an upload is, or how long a due delivery waits."""
    if delivery.state is State.STAGING:
        found = steps if steps is not None else desk.publishing.story(delivery.id)
        return Progress(_staged(delivery, [read(step) for step in found]), _files(delivery))
    if delivery.state in WAITING and desk.holds.over(delivery) is not None:
        return HELD
    if delivery.state is State.DUE and delivery.link:
        return Progress(until=delivery.wake)  # the thread's own delay
    wait = desk.outlook.waits(delivery)
    return Progress(until=wait.until, why=wait.why) if wait is not None else Progress()


def _round(delivery: Delivery) -> int:
    return int(delivery.plan.get("round", 1))


def _staged(delivery: Delivery, lines: Sequence[Read]) -> int:
    """Files of the present round and link that lie over there."""
    here = [line for line in lines if (line.round, line.link) == (_round(delivery), delivery.link)]
    return len({line.number for line in here if line.kind == "stage" and line.phase == "done"})


def _files(delivery: Delivery) -> int:
    uploads = delivery.plan.get("uploads")
    return len(uploads) if isinstance(uploads, list | tuple) else 0


def _looks(delivery: Delivery, steps: Sequence[Step]) -> int:
    """How often it was looked for in vain since it was sent."""
    last = next((line for line in reversed(story(delivery, steps)) if line.kind in ("look", "commit")), None)
    return len(last.times) if last is not None and last.kind == "look" and last.unsure else 0


def _went(delivery: Delivery, lines: Sequence[Read]) -> datetime | None:
    if delivery.went is not None:
        return delivery.went
    begun = [line.at for line in lines if line.kind == "commit" and line.phase == "begun"]
    return begun[-1] if begun else None


def _page(desk: Desk, delivery: Delivery) -> str:
    from studio.core.errors import NotFound

    try:
        return desk.accounts.page(delivery.account)
    except NotFound:
        return ""
