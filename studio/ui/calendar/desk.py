"""What the calendar does to the workspace, as jobs: schedule, move, cancel, look, send."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.core.errors import Problem
from studio.core.finding import blocking
from studio.services.words import say
from studio.ui.accounts.looks import Look
from studio.ui.calendar.chooser import Chooser, Draft
from studio.ui.i18n import N, tr
from studio.ui.problems import findings_of

if TYPE_CHECKING:
    from studio.core.delivery import Delivery
    from studio.core.task import Task
    from studio.services.desk import Desk
    from studio.ui.jobs import JobsBridge
    from studio.ui.theme import Theme

Done = Callable[["Delivery"], object]
Failed = Callable[[BaseException], object]


class Deeds:
    """Quick writes go to the "store" lane, what talks to a platform to "network"."""

    def __init__(self, theme: Theme, desk: Desk, bridge: JobsBridge, owner: QObject) -> None:
        self._theme, self._desk, self.bridge, self._owner = theme, desk, bridge, owner

    def draft(self, post: str, known: Mapping[str, Look]) -> Draft:
        """A post as the chooser offers it, with what blocks it on each account."""
        document = self._desk.posts.get(post)
        return Draft(
            post, document.heading or tr("calendar", "Untitled"),
            tuple(id for id in document.accounts if id in known),
            {id: why for id in known if (why := self._blocked(post, id))},
        )  # fmt: skip

    def schedule(self, panel: Chooser, post: str, accounts: Sequence[str], at: datetime, zone: str) -> None:
        """Schedule one post to each account; the panel closes, or says what was refused and keeps only that."""

        def done(result: tuple[tuple[str, ...], Problem | None]) -> None:
            scheduled, problem = result
            if problem is None:
                panel.close_up()
                return
            panel.untick(scheduled)
            failed(problem)

        def failed(fault: BaseException) -> None:
            finding = findings_of(fault)[0]
            panel.say(finding, say(finding, self._theme.language.code))

        self.bridge.submit(
            "store", N("job", "Scheduling"), lambda _task: self._schedule(post, accounts, at, zone), done, failed,
            owner=panel,
        )  # fmt: skip

    def _schedule(
        self, post: str, accounts: Sequence[str], at: datetime, zone: str
    ) -> tuple[tuple[str, ...], Problem | None]:
        """The accounts it was scheduled to, and what the next one refused."""
        for number, account in enumerate(accounts):
            try:
                self._desk.calendar.schedule(post, account, at, zone)
            except Problem as problem:
                return tuple(accounts[:number]), problem
        return tuple(accounts), None

    def replan(self, moves: Sequence[tuple[str, datetime]], done: Callable[[object], object], failed: Failed) -> None:
        """Other times for several, or for none of them."""
        self.bridge.submit(
            "store", N("job", "Moving"), lambda _task: self._desk.planner.apply(moves), done, failed,
            owner=self._owner,
        )  # fmt: skip

    def move(self, id: str, at: datetime, done: Done, failed: Failed) -> None:
        """Another time."""
        self.bridge.submit(
            "store", N("job", "Moving"), lambda _task: self._desk.calendar.move(id, at), done, failed,
            owner=self._owner,
        )  # fmt: skip

    def act(self, what: str, delivery: Delivery, done: Done, failed: Failed) -> None:
        """"cancel", "look", "send" or "again"."""
        publishing = self._desk.publishing
        lane = "store" if what == "cancel" else "network"
        work: dict[str, Callable[[Task[Delivery]], Delivery]] = {
            "cancel": lambda _task: publishing.cancel(delivery.id),
            "look": lambda task: publishing.look(delivery.id, task),
            "send": lambda task: publishing.resend(delivery.id, task),
            "again": lambda task: publishing.resend(delivery.id, task),
        }
        names = {"cancel": N("job", "Taking off the calendar"), "look": N("job", "Looking it up")}
        self.bridge.submit(lane, names.get(what, N("job", "Publishing")), work[what], done, failed, owner=self._owner)

    def _blocked(self, post: str, account: str) -> str:
        try:
            found = blocking(self._desk.checks.findings(self._desk.posts.get(post), self._desk.accounts.get(account)))
        except Problem as problem:
            found = problem.findings
        return say(found[0], self._theme.language.code) if found else ""
