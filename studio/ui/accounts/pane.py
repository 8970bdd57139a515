"""The Accounts pane: the list at the left, one account at the right."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QStackedWidget, QWidget

from studio.core.delivery import State
from studio.core.errors import Problem
from studio.core.pace import Pace
from studio.services.words import say
from studio.ui.accounts.detail import AccountDetail, Icon, Shown
from studio.ui.accounts.holding import Holding
from studio.ui.accounts.listing import AccountList, lines
from studio.ui.accounts.looks import Look, look
from studio.ui.accounts.pace import PaceSheet, pace_words, quiet_words
from studio.ui.accounts.signin import SignIn
from studio.ui.actions import Action
from studio.ui.i18n import N, tr
from studio.ui.moments import ago, day, local, moment, zone_name
from studio.ui.problems import sentence
from studio.ui.relay import Relay
from studio.ui.sheet import Confirm, Sheet
from studio.ui.viewstate import ViewState
from studio.ui.widgets.base import Pane, column, ground, hairline, name, row
from studio.ui.widgets.button import Button, Kind
from studio.ui.widgets.empty import EmptyState
from studio.ui.widgets.field import Field
from studio.ui.widgets.label import Label
from studio.ui.widgets.note import Note, NoteText
from studio.ui.widgets.splitter import Splitter

if TYPE_CHECKING:
    from studio.core.post import Account
    from studio.core.task import Task
    from studio.services.accounts import Health
    from studio.services.desk import Desk
    from studio.ui.jobs import JobsBridge
    from studio.ui.theme import Theme
    from studio.ui.toast import Toaster

WIDTHS = {0: [360, 600], 1280: [400, 816], 1440: [500, 876], 1920: [560, 1296]}


class AccountsPane(Pane):
    """Where posts go: adding, checking, renaming, removing."""

    def __init__(self, theme: Theme, desk: Desk, bridge: JobsBridge, toaster: Toaster) -> None:
        super().__init__(theme, "surface")
        self._desk, self._bridge, self._toaster = desk, bridge, toaster
        self._checking: set[str] = set()
        self._sheet: Sheet | None = None
        self._holding = Holding(theme, desk, bridge, self, self._say)
        self._build()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.reload)
        for event in (desk.accounts.changed, desk.calendar.changed, desk.holds.changed):
            Relay(event, lambda *_: self._later.start(), self)
        self.retranslate()

    # for the window --------------------------------------------------------------------------------------------

    def commands(self) -> list[Action]:
        """What can be done here."""
        def free() -> bool:
            return not self._desk.read_only

        def one() -> bool:
            return bool(self.list.current)

        words = "account zh zhanghao"
        return [
            Action("accounts.add", N("accounts", "Add account"), self.open_add, "Ctrl+Shift+A", "plus", free,
                   f"{words} sign in login tj tianjia"),
            Action("accounts.check", N("accounts", "Check all accounts"), self.check_all, "F5", "stethoscope",
                   keywords=f"{words} health doctor jc jiancha"),
            Action("accounts.rename", N("accounts", "Rename account…"), self.rename, "F2", "pen-line", one,
                   f"{words} cmm chongmingming"),
            Action("accounts.pace", N("accounts", "Pace…"), self.change_pace, "", "timer", one,
                   f"{words} gap quiet hours limit jz jiezou jg jiange"),
            Action("accounts.hold", N("accounts", "Hold…"), self.hold, "", "circle-pause", one,
                   f"{words} pause stop zt zanting"),
            Action("accounts.remove", N("accounts", "Remove account…"), self.remove, "", "trash-2", one,
                   f"{words} delete yc yichu"),
        ]  # fmt: skip

    def regions(self) -> list[QWidget]:
        """F6 order."""
        return [self.list, self.stack]

    def shown(self) -> None:
        """How long ago a check was changes while one looks elsewhere."""
        self.reload()

    # what is shown ---------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Set every text."""
        self.title.setText(tr("accounts", "Accounts"))
        self.all.setText(tr("accounts", "Check all"))
        self.add.setText(tr("accounts", "Add account"))
        self.add.why_not(tr("accounts", "This window only reads the workspace.") if self._desk.read_only else "")
        self.promise.setText(tr("accounts", "Secrets live in the system keychain, never in the workspace."))
        self.empty.say(
            tr("accounts", "No account is connected yet. Practice works without one."),
            tr("accounts", "Add account"),
        )
        name(self.list, tr("accounts", "Accounts"))
        name(self, tr("accounts", "Accounts"))
        for button in (self.all, self.add):
            button.updateGeometry()
        self.restyle()
        self.reload()

    def restyle(self) -> None:
        """The head of the list is never cut; it grows with the text."""
        self._top.setFixedHeight(self.theme.px(60))
        self._side.setMinimumWidth(max(300, self._top.sizeHint().width()))

    def reload(self) -> None:
        """Read the accounts again; what is chosen stays chosen."""
        found = [(self._look(account), self._desk.accounts.health(account.id)) for account in self._accounts()]
        self.count.setText(str(len(found)))
        self.list.show_lines(lines(found))
        self.stack.setCurrentIndex(1 if found else 0)
        self._show(self.list.current)

    def show_account(self, id: str) -> None:
        """Choose an account."""
        self.reload()
        self.list.choose(id)

    # what is done ----------------------------------------------------------------------------------------------

    def open_add(self) -> None:
        """The sheet that adds an account."""
        self._open_sign_in(None)

    def sign_in_again(self) -> None:
        """The same sheet for the chosen account."""
        if self.list.current:
            self._open_sign_in(self._desk.accounts.get(self.list.current))

    def check(self, id: str = "") -> None:
        """Ask the platform whether the account (the chosen one) is usable now."""
        id = id or self.list.current
        if not id or id in self._checking:
            return
        self._checking.add(id)
        self._busy()
        self._bridge.submit(
            "network", N("job", "Checking the account"), lambda _task: self._desk.accounts.check(id),
            lambda _health: self._checked(id), lambda fault: self._not_checked(id, fault),
            lambda: self._checked(id), owner=self,
        )  # fmt: skip

    def check_all(self) -> None:
        """One after the other, with cancel."""
        ids = [account.id for account in self._accounts()]
        self.all.set_busy(True)

        def work(task: Task[list[Health]]) -> list[Health]:
            found = []
            for number, id in enumerate(ids):
                step = N("job", "Checking {number} of {all}", number=number + 1, all=len(ids))
                task.progress(number / len(ids), step)
                found.append(self._desk.accounts.check(id))
            return found

        def over(*_: object) -> None:
            self.all.set_busy(False)
            self.reload()

        self._bridge.submit("network", N("job", "Checking the accounts"), work, over, over, over, owner=self)

    def rename(self) -> None:
        """Ask for another name for the chosen account."""
        if not (id := self.list.current):
            return
        sheet = Sheet(self.theme, tr("accounts", "Rename account"), width=420)
        field = Field(self.theme)
        field.setText(self._desk.accounts.get(id).name)
        field.selectAll()
        name(field, tr("accounts", "Name"))
        save = Button(self.theme, tr("accounts", "Rename"), "primary")

        def renamed() -> None:
            if words := field.text().strip():
                self._desk.accounts.rename(id, words)
                sheet.close_with("done")

        save.clicked.connect(renamed)
        field.returnPressed.connect(renamed)
        sheet.body.addWidget(field)
        foot = QWidget()
        foot.setLayout(row(None, save))
        sheet.set_footer(foot)
        sheet.open_over(self.window())

    def change_pace(self) -> None:
        """Ask how fast the chosen account may post."""
        if not (id := self.list.current):
            return
        accounts = self._desk.accounts
        account = accounts.get(id)
        title = tr("accounts", "Pace of {name}", name=account.name or account.handle)
        sheet = PaceSheet(self.theme, title, accounts.pace(account), accounts.platform(account.platform).pace)

        def chosen(pace: object) -> None:
            try:
                accounts.set_pace(id, pace if isinstance(pace, Pace) else None)
            except Problem as problem:
                sheet.say(sentence(problem, self.theme.language.code))
            else:
                sheet.close_with("done")

        sheet.chosen.connect(chosen)
        sheet.open_over(self.window())

    def hold(self) -> None:
        """Nothing is sent to the chosen account from now on; asks why."""
        if self.list.current:
            self._holding.ask(self._desk.accounts.get(self.list.current))

    def unhold(self) -> None:
        """The chosen account's own hold is over."""
        if self.list.current:
            self._holding.end(self._desk.accounts.get(self.list.current))

    def remove(self) -> None:
        """Ask first; posts and what was published stay."""
        if not (id := self.list.current):
            return
        found = self._desk.accounts.get(id)
        if self._embedded(found):
            return
        choices: list[tuple[str, str, Kind]] = [
            ("keep", tr("accounts", "Keep it"), "secondary"), ("remove", tr("accounts", "Remove"), "danger-filled"),
        ]  # fmt: skip
        title = tr("accounts", "Remove {name}?", name=found.name or found.handle)
        words = tr("accounts", "Its secrets are taken out of the keychain and it gets no more posts. Drafts and what "
                               "was published stay.")  # fmt: skip
        Confirm(self.theme, title, words, choices, "keep").ask(
            self.window(), lambda key: self._remove(id) if key == "remove" else None
        )

    # inside ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        theme = self.theme
        self.title, self.count = Label("", "title"), Label("", "small", "text-3")
        self.all = Button(theme, "", "quiet", "stethoscope", "small")
        self.add = Button(theme, "", "secondary", "plus", "small")
        self.list = AccountList(theme)
        self.promise = Label("", "small", "text-2", wrap=True)
        self.detail = AccountDetail(theme)
        self.empty = EmptyState(theme, "accounts", "plus")
        self.problem = Note(theme, "error", "")
        self.problem.hide()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.detail)
        side = self._side = ground(QWidget(), "sunken")
        head = row(self.title, self.count, None, self.all, self.add, margins=(20, 0, 16, 0))
        top = self._top = QWidget()
        top.setLayout(head)
        foot = row(Icon(theme, "shield-check", 16, "text-2"), self.promise, margins=(20, 14, 20, 14), gap=10)
        foot.setStretch(1, 1)
        side.setLayout(column(top, self.list, hairline(), foot, gap=0))
        main = QWidget()
        main.setLayout(column(row(self.problem, margins=(24, 12, 24, 0)), self.stack, gap=0))
        self.split = Splitter(theme, "accounts", ViewState(self._desk.settings), WIDTHS)
        self.split.add(side, 0)
        self.split.add(main, 1, 420)
        self.setLayout(column(self.split, gap=0))
        self.all.clicked.connect(self.check_all)
        self.add.clicked.connect(self.open_add)
        self.empty.acted.connect(self.open_add)
        self.list.chosen.connect(self._show)
        self.detail.asked.connect(self._asked)

    def _accounts(self) -> list[Account]:
        known = {info.id for info in self._desk.accounts.platforms()}
        return [account for account in self._desk.accounts.list() if account.platform in known]

    def _look(self, account: Account) -> Look:
        return look(account, self._desk.accounts.platform(account.platform), self.theme.language.code)

    def _embedded(self, account: Account) -> bool:
        return self._desk.accounts.platform(account.platform).embedded

    def _show(self, id: str) -> None:
        if not id:
            return
        account, health = self._desk.accounts.get(id), self._desk.accounts.health(id)
        info = self._desk.accounts.platform(account.platform)
        zone, language = ZoneInfo(zone_name(self._desk.settings.get("zone"))), self.theme.language.code
        server = urlsplit(account.api_base or info.home).netloc or info.home
        if info.embedded:
            server = tr("accounts", "This computer")
        checked = ago(health.at, datetime.now(UTC), zone, language)
        ends = day(local(health.ends, zone).date(), language) if health.ends else ""
        pace = self._desk.accounts.pace(account)
        self.detail.show_account(Shown(
            self._look(account), health, server or "-", checked, self._waiting(id), ends, pace_words(pace),
            quiet_words(pace), self._holding.over(account),
        ))  # fmt: skip
        self._busy()

    def _waiting(self, id: str) -> str:
        waiting = self._desk.publishing.list(account=id, states=[State.SCHEDULED])
        if not waiting:
            return ""
        zone = ZoneInfo(zone_name(self._desk.settings.get("zone")))
        first = moment(waiting[0].at, zone, self.theme.language.code)
        return tr(
            "accounts", "%n scheduled posts wait for this account. The first: {when}", n=len(waiting), when=first
        )

    def _busy(self) -> None:
        self.detail.set_busy(self.list.current in self._checking)

    def _asked(self, what: str) -> None:
        deeds = {
            "check": self.check, "rename": self.rename, "pace": self.change_pace, "remove": self.remove,
            "sign_in": self.sign_in_again, "hold": self.hold, "unhold": self.unhold,
        }  # fmt: skip
        if what == "page":
            info = self._desk.accounts.platform(self._desk.accounts.get(self.list.current).platform)
            QDesktopServices.openUrl(QUrl(info.home))
        else:
            deeds[what]()

    def _checked(self, id: str) -> None:
        self._checking.discard(id)
        self.reload()

    def _not_checked(self, id: str, fault: BaseException) -> None:
        self._checked(id)
        self._say(fault)

    def _say(self, fault: BaseException) -> None:
        self.problem.set_note(NoteText("error", sentence(fault, self.theme.language.code)))
        self.problem.show()

    def _remove(self, id: str) -> None:
        self._bridge.submit(
            "network", N("job", "Removing the account"), lambda _task: self._desk.accounts.remove(id),
            lambda _: self.problem.hide(), self._say, owner=self,
        )  # fmt: skip

    def _open_sign_in(self, again: Account | None) -> None:
        if self._desk.read_only:
            why = self._desk.why
            self.problem.set_note(NoteText("warning", say(why, self.theme.language.code) if why is not None else ""))
            self.problem.show()
            return
        self.problem.hide()
        sheet = SignIn(self.theme, self._desk.accounts, self._bridge, again)
        sheet.signed_in.connect(self._signed_in)
        self._sheet = sheet
        sheet.open_over(self.window())

    def _signed_in(self, id: str) -> None:
        self.show_account(id)
        self.check(id)
