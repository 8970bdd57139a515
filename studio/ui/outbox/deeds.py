"""What the outbox does to the workspace, as jobs: quick writes on the "store" lane, platforms on "network"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.core.delivery import Delivery, State
from studio.core.hold import Hold
from studio.ui.i18n import N

if TYPE_CHECKING:
    from studio.core.task import Task
    from studio.services.desk import Desk
    from studio.ui.jobs import JobsBridge

Done = Callable[[Delivery], object]
Failed = Callable[[BaseException], object]


class Deeds:
    """Each calls `done` with the delivery as it is afterwards, or `failed`."""

    def __init__(self, desk: Desk, bridge: JobsBridge, owner: QObject) -> None:
        self._desk, self._bridge, self._owner = desk, bridge, owner

    def act(self, key: str, delivery: Delivery, done: Done, failed: Failed) -> None:
        """"look", "resume", "over", "again", "now", "hurry" or "leave"."""
        publishing = self._desk.publishing
        id, work = delivery.id, dict[str, Callable[["Task[Delivery]"], Delivery]]()
        work["look"] = lambda task: publishing.look(id, task)
        work["resume"] = work["again"] = lambda task: publishing.resend(id, task, patient=True)
        work["over"] = lambda task: publishing.resend(id, task, over=True, patient=True)
        work["hurry"] = lambda task: publishing.run(id, task, patient=True, hurry=True)
        work["leave"] = lambda task: publishing.cancel(id)
        work["now"] = work["resume"] if delivery.state is State.HELD else self._publish(delivery)
        names = {"look": N("job", "Looking it up"), "leave": N("job", "Taking off the calendar")}
        name = names.get(key, N("job", "Publishing"))
        self._bridge.submit("network", name, work[key], done, failed, owner=self._owner)

    def _publish(self, delivery: Delivery) -> Callable[[Task[Delivery]], Delivery]:
        """What waits in the calendar is brought forward: it goes once."""
        publish = self._desk.publishing.publish
        return lambda task: publish(delivery.post, delivery.account, task, patient=True)

    def confirm(self, id: str, url: str, done: Done, failed: Failed) -> None:
        """The person says that it is there."""
        self._bridge.submit(
            "network", N("job", "Reading it back"), lambda _task: self._desk.publishing.confirm(id, url), done, failed,
            owner=self._owner,
        )  # fmt: skip

    def move(self, id: str, at: datetime, done: Done, failed: Failed) -> None:
        """Another time."""
        self._bridge.submit(
            "store", N("job", "Moving"), lambda _task: self._desk.calendar.move(id, at), done, failed,
            owner=self._owner,
        )  # fmt: skip

    def hold(self, reason: str, platform: str | None, account: str | None, done: Callable[[Hold], object],
             failed: Failed) -> None:  # fmt: skip
        """Nothing of it is sent from now on."""
        self._bridge.submit(
            "network", N("job", "Holding"),
            lambda _task: self._desk.holds.hold(reason, platform=platform, account=account), done, failed,
            owner=self._owner,
        )  # fmt: skip

    def unhold(self, scope: str, done: Callable[[list[Delivery]], object], failed: Failed) -> None:
        """Ends a hold; what it stopped stays where it is."""
        kind, _, id = scope.partition(":")
        platform, account = id if kind == "platform" else None, id if kind == "account" else None
        self._bridge.submit(
            "store", N("job", "Ending the hold"),
            lambda _task: self._desk.holds.resume(platform=platform, account=account), done, failed, owner=self._owner,
        )  # fmt: skip
