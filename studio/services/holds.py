"""Hold and resume: nothing a hold covers is sent while it lasts, and nothing it stopped goes out by itself later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from studio.core.clock import wall
from studio.core.delivery import Delivery, State
from studio.core.errors import Problem, Refused, WorkspaceProblem
from studio.core.event import Event
from studio.core.finding import error
from studio.core.hold import EVERYTHING, Hold, account_scope, covering, platform_scope

if TYPE_CHECKING:
    from studio.services.publishing import Publishing
    from studio.store.owner import Owners
    from studio.store.workspace import Workspace

S = State
MOST = 200  # characters of a reason
AHEAD = timedelta(minutes=1)  # what is due sooner than this after a resume is asked about


def _scope(platform: str | None, account: str | None) -> str:
    if account is not None:
        return account_scope(account)
    return platform_scope(platform) if platform is not None else EVERYTHING


class Holds:
    """changed: emitted after each hold and resume."""

    def __init__(
        self, workspace: Workspace, publishing: Publishing, owners: Owners, now: Callable[[], datetime] = wall
    ) -> None:
        self._workspace, self._publishing, self._owners, self._now = workspace, publishing, owners, now
        self.changed: Event[[]] = Event()

    def hold(self, reason: str, *, platform: str | None = None, account: str | None = None) -> Hold:
        """From the return on nothing it covers begins to be sent. What lies with a platform's timer is taken back.

        Refused without a reason. What cannot be taken back now says so (`ahead.not_changed`) and is tried again.
        """
        self._writable()
        if not reason.strip():
            raise Refused(error("hold.reason", "reason"))
        hold = self._workspace.holds.put(
            _scope(platform, account), reason.strip()[:MOST], self._now(), self._owners.me)
        lying = self._ahead(hold)
        for delivery in lying:  # all of them are marked before the first platform is asked, in case we end here
            from studio.services import ahead

            asked = ahead.ask(delivery, "hold", self._now(), why=hold.reason)
            self._workspace.deliveries.change(delivery.id, S.SCHEDULED, owner_is="", seen=delivery, **asked)
        for delivery in lying:
            self._take_back(delivery, hold)
        self.changed.emit()
        return hold

    def resume(self, *, platform: str | None = None, account: str | None = None) -> list[Delivery]:
        """Ends that hold. Gives what it stopped: that waits for the person. What is still ahead is planned as before.
        """
        self._writable()
        ended = [h for h in self.active() if h.scope == _scope(platform, account)]
        self._workspace.holds.lift(_scope(platform, account))
        self._stays(ended)
        held = [d for d in self._workspace.deliveries.list(states=[S.HELD]) if covering(ended, d.platform, d.account)]
        left = [d for d in held if not self._replanned(d)]
        self.changed.emit()
        return left

    def active(self) -> list[Hold]:
        """Oldest first."""
        return self._workspace.holds.list()

    def over(self, delivery: Delivery) -> Hold | None:
        """The hold that covers this delivery, or None."""
        return covering(self.active(), delivery.platform, delivery.account)

    def _ahead(self, hold: Hold) -> list[Delivery]:
        """A cancel that still waits for its platform stays a cancel."""
        waiting = self._workspace.deliveries.list(states=[S.SCHEDULED])
        return [
            d for d in waiting
            if d.ahead and hold.covers(d.platform, d.account) and d.handles.get("errand") != "cancel"
        ]

    def _stays(self, ended: list[Hold]) -> None:
        """What could not be taken back before its hold ended lies there as before."""
        for delivery in (d for hold in ended for d in self._ahead(hold) if d.handles.get("errand") == "hold"):
            if self.over(delivery) is not None:
                continue
            done = ("errand", "why", "waits")
            handles = {name: value for name, value in delivery.handles.items() if name not in done}
            stays = self._workspace.deliveries.change(
                delivery.id, S.SCHEDULED, owner_is="", handles=handles, wake=None, error=())
            if stays is not None:
                self._publishing.changed.emit(stays)

    def _take_back(self, delivery: Delivery, hold: Hold) -> None:
        try:
            self._publishing.errand(delivery.id, "hold", why=hold.reason)
        except Problem:
            return  # it moved on meanwhile, or it is said on the delivery itself

    def _replanned(self, delivery: Delivery) -> bool:
        """Its time is still to come and nothing covers it any more: it never was due, so it is not "stopped"."""
        if delivery.at < self._now() + AHEAD or self.over(delivery) is not None or delivery.link:
            return False
        wake = self._now() if delivery.clock == "platform" else None  # left with its timer as soon as that takes it
        moved = self._workspace.deliveries.move(
            delivery.id, S.HELD, S.SCHEDULED, who=self._owners.me, error=(), wake=wake)
        if moved is not None:
            self._publishing.changed.emit(moved)
        return moved is not None

    def _writable(self) -> None:
        if self._workspace.read_only:
            raise WorkspaceProblem(self._workspace.why or error("workspace.read_only", "workspace"))
