"""What the hand-off window does to the workspace, as jobs: quick writes on "store", the look at a link on "network"."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from studio.core.delivery import Delivery
from studio.ui.i18n import N

if TYPE_CHECKING:
    from studio.services.byhand import HandSheet
    from studio.services.desk import Desk
    from studio.ui.jobs import JobsBridge

KEEPABLE: Final = frozenset({"handoff.not_a_link", "handoff.not_there", "handoff.not_it"})
"""Links that may be kept on the person's word although the look at them found something else."""
Done = Callable[[Delivery], object]
Failed = Callable[[BaseException], object]


class HandWork:
    """Each calls `done` with the delivery as it is afterwards, or `failed`."""

    def __init__(self, desk: Desk, bridge: JobsBridge, owner: QObject) -> None:
        self._desk, self._bridge, self._owner = desk, bridge, owner

    def read(self, id: str, done: Callable[[HandSheet], object], failed: Failed) -> None:
        """The sheet of a delivery that waits for a person."""
        by_hand = self._desk.by_hand
        self._bridge.submit(
            "store", N("job", "Reading the outbox"), lambda _task: by_hand.sheet(id), done, failed, owner=self._owner)

    def tick(self, id: str, step: str, on: bool, failed: Failed) -> None:
        """A step is done, or not."""
        by_hand = self._desk.by_hand
        self._bridge.submit(
            "store", N("job", "Writing it down"), lambda _task: by_hand.tick(id, step, on), None, failed,
            owner=self._owner,
        )  # fmt: skip

    def paste(self, id: str, text: str, anyway: bool, done: Done, failed: Failed) -> None:
        """The link of the post, looked up where that can be done."""
        by_hand = self._desk.by_hand
        self._bridge.submit(
            "network", N("job", "Reading it back"), lambda _task: by_hand.paste(id, text, anyway=anyway), done, failed,
            owner=self._owner,
        )  # fmt: skip

    def later(self, id: str, minutes: int, done: Done, failed: Failed) -> None:
        """It waits, and the person is told again then."""
        by_hand = self._desk.by_hand
        self._bridge.submit(
            "store", N("job", "Writing it down"), lambda _task: by_hand.later(id, minutes), done, failed,
            owner=self._owner,
        )  # fmt: skip

    def give_up(self, id: str, reason: str, done: Done, failed: Failed) -> None:
        """It did not work."""
        by_hand = self._desk.by_hand
        self._bridge.submit(
            "store", N("job", "Writing it down"), lambda _task: by_hand.failed(id, reason), done, failed,
            owner=self._owner,
        )  # fmt: skip
