"""What is asked about one account: another name, another pace, whether to remove it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from studio.core.errors import Problem
from studio.core.pace import Pace
from studio.ui.accounts.pace import PaceSheet
from studio.ui.i18n import tr
from studio.ui.problems import sentence
from studio.ui.sheet import Confirm, Sheet
from studio.ui.widgets.base import name, row
from studio.ui.widgets.button import Button, Kind
from studio.ui.widgets.field import Field

if TYPE_CHECKING:
    from studio.core.post import Account
    from studio.services.accounts import Accounts
    from studio.ui.theme import Theme


def ask_name(theme: Theme, window: QWidget, before: str, chosen: Callable[[str], None]) -> None:
    """Another name; nothing happens with an empty one."""
    sheet = Sheet(theme, tr("accounts", "Rename account"), width=420)
    field = Field(theme)
    field.setText(before)
    field.selectAll()
    name(field, tr("accounts", "Name"))
    save = Button(theme, tr("accounts", "Rename"), "primary")

    def renamed() -> None:
        if words := field.text().strip():
            chosen(words)
            sheet.close_with("done")

    save.clicked.connect(renamed)
    field.returnPressed.connect(renamed)
    sheet.body.addWidget(field)
    foot = QWidget()
    foot.setLayout(row(None, save))
    sheet.set_footer(foot)
    sheet.open_over(window)


def ask_pace(theme: Theme, window: QWidget, accounts: Accounts, account: Account) -> None:
    """How fast the account may post; kept when it is fit."""
    title = tr("accounts", "Pace of {name}", name=account.name or account.handle)
    sheet = PaceSheet(theme, title, accounts.pace(account), accounts.platform(account.platform).pace)

    def chosen(pace: object) -> None:
        try:
            accounts.set_pace(account.id, pace if isinstance(pace, Pace) else None)
        except Problem as problem:
            sheet.say(sentence(problem, theme.language.code))
        else:
            sheet.close_with("done")

    sheet.chosen.connect(chosen)
    sheet.open_over(window)


def ask_remove(theme: Theme, window: QWidget, account: Account, remove: Callable[[], None]) -> None:
    """Whether it shall go; posts and what was published stay."""
    choices: list[tuple[str, str, Kind]] = [
        ("keep", tr("accounts", "Keep it"), "secondary"), ("remove", tr("accounts", "Remove"), "danger-filled"),
    ]  # fmt: skip
    title = tr("accounts", "Remove {name}?", name=account.name or account.handle)
    words = tr("accounts", "Its secrets are taken out of the keychain and it gets no more posts. Drafts and what "
                           "was published stay.")  # fmt: skip
    Confirm(theme, title, words, choices, "keep").ask(window, lambda key: remove() if key == "remove" else None)
