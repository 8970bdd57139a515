"""What the engine must look at now, and what it decides about it before anything is sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from studio.core.delivery import Delivery, State
from studio.core.errors import NotFound, Refused
from studio.core.finding import error
from studio.core.hold import covering
from studio.core.post import Content, link_of
from studio.services import ahead
from studio.services.sending import last_moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.platforms.base import Timer
    from studio.services.accounts import Accounts
    from studio.services.checks import Checks
    from studio.store.workspace import Workspace

S = State
UNDER_WAY = (S.PREPARING, S.STAGING, S.COMMITTING, S.PROCESSING, S.UNCONFIRMED)
WAITS = (S.PROCESSING, S.UNCONFIRMED)  # without an owner these wait for their moment, or for a person
COMPARES = 5  # posts with a platform's timer that are compared in one look; the others in the next
RESTS = timedelta(minutes=5)  # between two looks at what waits for a hold to end before it is left with a timer


class Attention:
    """Made for one look. alive: whether somebody has a delivery in hand. tell: hears of each move made here.

    compared   from look to look: with which revision of its post a delivery with a platform's timer was compared
    """

    def __init__(
        self, workspace: Workspace, accounts: Accounts, checks: Checks, who: str, alive: Callable[[Delivery], bool],
        tell: Callable[[Delivery], None], compared: dict[str, int] | None = None,
    ) -> None:
        self._workspace, self._accounts, self._checks = workspace, accounts, checks
        self._who, self._alive, self._tell = who, alive, tell
        self._compared = {} if compared is None else compared
        self._timers: dict[str, Timer | None] = {}

    def now(self, now: datetime) -> Iterator[Delivery]:
        """Those to be taken up, the longest waiting first: left behind by the dead, or woken by their moment."""
        seen = set()
        for delivery in self.left_behind(now):
            seen.add(delivery.id)
            yield delivery
        for delivery in self._waking(now):
            if delivery.id not in seen and not self._alive(delivery) and (ready := self._ready(delivery, now)):
                seen.add(delivery.id)
                yield ready
        yield from (d for d in self._edited(now) if d.id not in seen)

    def _waking(self, now: datetime) -> Iterator[Delivery]:
        """A long row of one account keeps no other waiting."""
        known: set[str] = set()
        while found := self._workspace.deliveries.waking(now, but=known):
            yield from found
            known |= {delivery.account for delivery in found}

    def _edited(self, now: datetime) -> Iterator[Delivery]:
        """What lies with a platform's timer and was edited since: it is replaced there."""
        accounts = [account.id for account in self._workspace.accounts.list()]
        away = self._workspace.deliveries.away(accounts, now, self._compared)
        free = (each for each in away if "errand" not in each[0].handles and not self._alive(each[0]))
        for delivery, revision in islice(free, COMPARES):
            content, updated = self._content(delivery)
            if content is not None and ahead.changed_since(delivery, content, updated, now):
                asked = ahead.ask(delivery, "replace", now)
                changed = self._workspace.deliveries.change(
                    delivery.id, S.SCHEDULED, owner_is="", seen=delivery, **asked)
                if changed is not None:
                    yield changed
            elif now - updated >= ahead.SETTLED:
                self._compared[delivery.id] = revision

    def _content(self, delivery: Delivery) -> tuple[Content | None, datetime]:
        """What its account would get of the post now, and when that was last edited; None when that cannot be told."""
        try:
            post, account = self._workspace.posts.get(delivery.post), self._accounts.get(delivery.account)
            return link_of(self._checks.content(post, account), 0), post.updated
        except Refused:  # the post, the account or its platform is gone
            return None, delivery.updated

    def left_behind(self, now: datetime) -> list[Delivery]:
        """Those that were being sent, or looked up, when their process ended; not what only waits for its moment."""
        return [d for d in self._workspace.deliveries.left(UNDER_WAY, WAITS) if not self._alive(d)]

    def _ready(self, delivery: Delivery, now: datetime) -> Delivery | None:
        """The delivery as it shall be taken up; None when there is nothing to send yet, or not any more."""
        if delivery.state is S.DUE:
            return self._due(delivery, now)
        if delivery.state is S.SCHEDULED and not delivery.ahead:
            return self._left_with_platform(delivery, now) if delivery.clock == "platform" else None
        return delivery

    def _due(self, delivery: Delivery, now: datetime) -> Delivery | None:
        """Missed when nobody was there for longer than its late policy allows."""
        if (at := delivery.plan.get("ahead")) is not None:
            timer = self._timer(delivery)
            if timer is None or not ahead.fits(timer, datetime.fromisoformat(at), now):
                self._ours(delivery)
                return None
        if now <= last_moment(delivery):
            return delivery
        self._move(delivery, S.MISSED, error=(error("delivery.missed", "delivery"),))
        return None

    def _left_with_platform(self, delivery: Delivery, now: datetime) -> Delivery | None:
        """Goes to the platform's timer as soon as that takes it; too late for it, our own clock fires."""
        timer = self._timer(delivery)
        moment = ahead.leave_at(timer, delivery.at, now) if timer is not None else None
        if moment is None:
            self._ours(delivery)
            return None
        if covering(self._workspace.holds.list(), delivery.platform, delivery.account) is not None:
            moment = now + RESTS
        if moment > now:
            self._workspace.deliveries.change(delivery.id, S.SCHEDULED, owner_is="", seen=delivery, wake=moment)
            return None
        number = int(delivery.plan.get("round", 1)) + ("made" in delivery.plan)  # of an earlier plan nothing is reused
        plan = {"round": number, "ahead": delivery.at.isoformat()}
        return self._move(delivery, S.DUE, plan=plan, wake=now)

    def _ours(self, delivery: Delivery) -> None:
        """Its timer cannot have it: this computer sends it at its time."""
        plan = {"round": int(delivery.plan.get("round", 1)) + 1}
        self._move(delivery, S.SCHEDULED, plan=plan, handles={}, clock="here", data={"clock": "here"}, owner="")

    def _timer(self, delivery: Delivery) -> Timer | None:
        from studio import platforms

        if delivery.account not in self._timers:
            try:
                self._timers[delivery.account] = platforms.get(self._accounts.get(delivery.account).platform).timer
            except NotFound:
                self._timers[delivery.account] = None
        return self._timers[delivery.account]

    def _move(self, delivery: Delivery, after: State, **changes: object) -> Delivery | None:
        moved = self._workspace.deliveries.move(
            delivery.id, delivery.state, after, who=self._who, owner_is=delivery.owner, seen=delivery,
            **changes)  # type: ignore[arg-type]
        if moved is not None:
            self._tell(moved)
        return moved
