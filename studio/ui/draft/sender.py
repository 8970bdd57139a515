"""Sending the open post: one job per account, one after the other, with what happens told as it happens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from studio.core.delivery import Delivery, State
from studio.core.finding import Finding
from studio.core.task import Task
from studio.ui.draft.open_post import AccountView
from studio.ui.i18n import N, tr
from studio.ui.jobs import step_words
from studio.ui.problems import findings_of

if TYPE_CHECKING:
    from studio.services.desk import Desk
    from studio.ui.jobs import JobsBridge


class Sender(QObject):
    """step(text): what is being sent now, "" when nothing is. ended(post id): something came to its end.

    refused(account id, list[Finding]): it was not sent at all, and why.
    handed(delivery id): everything is ready, and now it needs the person's hand.
    """

    step = Signal(str)
    ended = Signal(str)
    refused = Signal(str, list)
    handed = Signal(str)

    def __init__(self, desk: Desk, bridge: JobsBridge, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._bridge = desk, bridge
        self._tasks: dict[str, tuple[Task[Any], str]] = {}
        bridge.changed.connect(self._moved)

    @property
    def busy(self) -> bool:
        """True while something is being sent."""
        return bool(self._tasks)

    def publish(
        self, post_id: str, views: Sequence[AccountView], again: frozenset[str], hurry: frozenset[str] = frozenset()
    ) -> None:
        """Sends to each account. again: those where it is live already and shall be sent a second time. hurry: those
        that do not wait for their account's pace.
        """
        for view in views:
            self._send(post_id, view, view.account.id in again, view.account.id in hurry)

    def resend(self, delivery: Delivery, name: str) -> None:
        """Sends a failed or missed one again."""
        self._run(delivery.post, delivery.account, name, lambda t: self._desk.publishing.resend(delivery.id, t))

    def hurry(self, delivery: Delivery, name: str) -> None:
        """Sends one now that waits for its account's pace."""
        self._run(
            delivery.post, delivery.account, name,
            lambda t: self._desk.publishing.run(delivery.id, t, patient=True, hurry=True))

    def look(self, delivery: Delivery, name: str) -> None:
        """Looks an unconfirmed one up; sends nothing."""
        self._run(delivery.post, delivery.account, name, lambda t: self._desk.publishing.look(delivery.id, t))

    def stop(self) -> None:
        """Asks everything that is being sent to stop, where that is still safe."""
        for task, _ in self._tasks.values():
            task.cancel()

    def _send(self, post_id: str, view: AccountView, again: bool, hurry: bool) -> None:
        name = view.info.name.say("en")
        account = view.account.id
        self._run(
            post_id, account, view.account.name or name,
            lambda t: self._desk.publishing.publish(post_id, account, t, again=again, hurry=hurry, patient=True),
        )

    def _run(self, post_id: str, account: str, name: str, work: Any) -> None:
        task = self._bridge.submit(
            "network", N("draft", "Publish to {name}", name=name), work, owner=self,
            done=lambda delivery: self._done(account, post_id, delivery),
            failed=lambda fault: self._end(account, post_id, findings_of(fault)),
            cancelled=lambda: self._end(account, post_id, ()),
        )  # fmt: skip
        self._tasks[account] = (task, name)
        self._tell()

    def _done(self, account: str, post_id: str, delivery: Delivery) -> None:
        self._end(account, post_id, ())
        if delivery.state is State.WAITING:
            self.handed.emit(delivery.id)

    def _end(self, account: str, post_id: str, findings: Sequence[Finding]) -> None:
        self._tasks.pop(account, None)
        if findings:
            self.refused.emit(account, list(findings))
        self.ended.emit(post_id)
        self._tell()

    def _moved(self, task: Task[Any]) -> None:
        if any(task is known for known, _ in self._tasks.values()):
            self._tell()

    def _tell(self) -> None:
        if not self._tasks:
            self.step.emit("")
            return
        task, name = next(iter(self._tasks.values()))
        self.step.emit(tr("draft", "{name}: {step}", name=name, step=step_words(task)))
