"""Holding one account and ending that, from where the account is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from studio.core.hold import Hold, account_scope, covering
from studio.ui.i18n import N, tr
from studio.ui.problems import sentence
from studio.ui.widgets.note import NoteText

if TYPE_CHECKING:
    from studio.core.post import Account
    from studio.services.desk import Desk
    from studio.ui.jobs import JobsBridge
    from studio.ui.theme import Theme


class Holding:
    """owner: the widget these belong to; failed(fault): ending a hold did not work."""

    def __init__(
        self, theme: Theme, desk: Desk, bridge: JobsBridge, owner: QWidget, failed: Callable[[BaseException], None]
    ) -> None:
        self._theme, self._desk, self._bridge = theme, desk, bridge
        self._owner, self._failed = owner, failed

    def over(self, account: Account) -> Hold | None:
        """The hold under which the account rests: its own before a wider one."""
        holds = sorted(self._desk.holds.active(), key=lambda hold: hold.scope != account_scope(account.id))
        return covering(holds, account.platform, account.id)

    def ask(self, account: Account) -> None:
        """The reason first: it is shown beside everything that rests."""
        from studio.ui.outbox.panels import HoldSheet

        sheet = HoldSheet(self._theme, tr("accounts", "Hold {name}", name=account.name or account.handle))

        def chosen(reason: str) -> None:
            self._bridge.submit(
                "network", N("job", "Holding"), lambda _task: self._desk.holds.hold(reason, account=account.id),
                lambda _hold: sheet.close_with("done"),
                lambda fault: sheet.say(sentence(fault, self._theme.language.code)), owner=sheet,
            )  # fmt: skip

        sheet.chosen.connect(chosen)
        sheet.open_over(self._owner.window())

    def end(self, account: Account) -> None:
        """What it stopped still waits for the person."""
        self._bridge.submit(
            "store", N("job", "Ending the hold"), lambda _task: self._desk.holds.resume(account=account.id), None,
            self._failed, owner=self._owner,
        )  # fmt: skip


def is_own(hold: Hold | None, id: str) -> bool:
    """Whether it is about this account alone."""
    return hold is not None and hold.scope == account_scope(id)


def note_of(hold: Hold, id: str) -> NoteText:
    """What the account's page says of it."""
    own = is_own(hold, id)
    more = (tr("accounts", "Nothing is sent to this account until you end the hold.") if own
            else tr("accounts", "It covers more than this account; end it in the outbox."))  # fmt: skip
    fixes = (("unhold", tr("accounts", "End the hold")),) if own else ()
    return NoteText("warning", tr("accounts", "On hold: {reason}", reason=hold.reason), fixes, more)
