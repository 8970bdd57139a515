"""The Accounts pane: the list at the left, one account at the right."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from studio.core.errors import Problem
from studio.core.post import Mode
from studio.services.words import say
from studio.ui.accounts.browser import open_address
from studio.ui.accounts.detail import FOOT, AccountDetail
from studio.ui.accounts.doctor import Deed
from studio.ui.accounts.holding import Holding
from studio.ui.accounts.listing import AccountList, lines
from studio.ui.accounts.parts import Icon
from studio.ui.accounts.reading import Reader
from studio.ui.accounts.sheets import ask_name, ask_pace, ask_remove
from studio.ui.accounts.signin import SignIn
from studio.ui.actions import Action
from studio.ui.i18n import N, tr
from studio.ui.problems import sentence
from studio.ui.relay import Relay
from studio.ui.sheet import Sheet
from studio.ui.viewstate import ViewState
from studio.ui.widgets.base import Pane, column, ground, hairline, name, row
from studio.ui.widgets.button import Button
from studio.ui.widgets.empty import EmptyState
from studio.ui.widgets.label import Label
from studio.ui.widgets.marks import mode_parts
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
    """Where posts go: adding, checking, choosing how, removing.

    open_post(post id): its draft is wanted. open_url: opens the person's browser; False when there is none.
    """

    open_post = Signal(str)

    def __init__(
        self, theme: Theme, desk: Desk, bridge: JobsBridge, toaster: Toaster,
        open_url: Callable[[str], bool] = open_address,
    ) -> None:
        super().__init__(theme, "surface")
        self._desk, self._bridge, self._toaster, self._open_url = desk, bridge, toaster, open_url
        self._reader = Reader(desk)
        self._checking: set[str] = set()
        self._stale = False  # something changed while nobody looked
        self._sheet: Sheet | None = None
        self._holding = Holding(theme, desk, bridge, self, self._say)
        self._build()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._changed)
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
        self._bottom.setMinimumHeight(self.theme.px(FOOT))
        self._side.setMinimumWidth(max(300, self._top.sizeHint().width()))

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed meanwhile."""
        super().showEvent(event)
        if self._stale:
            self.reload()

    def _changed(self) -> None:
        """Reading asks the checks of every next post: not while nobody looks."""
        self._stale = True
        if self.isVisible():
            self.reload()

    def reload(self) -> None:
        """Read the accounts again; what is chosen stays chosen."""
        self._stale = False
        self._reader.speak(self.theme.language.code)
        found = [self._reader.row(account) for account in self._accounts()]
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
        if id := self.list.current:
            accounts = self._desk.accounts
            ask_name(self.theme, self.window(), accounts.get(id).name,
                     lambda words: self._try(lambda: accounts.rename(id, words)))  # fmt: skip

    def change_pace(self) -> None:
        """Ask how fast the chosen account may post."""
        if id := self.list.current:
            ask_pace(self.theme, self.window(), self._desk.accounts, self._desk.accounts.get(id))

    def set_mode(self, mode: Mode, id: str = "") -> None:
        """Another way for posts to get to the account (the chosen one); asks to sign in where that is needed."""
        if not (id := id or self.list.current):
            return
        accounts, before = self._desk.accounts, self._desk.accounts.get(id)
        try:
            accounts.set_mode(id, mode)
        except Problem as problem:
            if any(finding.code == "account.sign_in_first" for finding in problem.findings):
                self._open_sign_in(before)
            else:
                self._say(problem)
            return
        words = tr("accounts", "{name}: {mode} from now on", name=before.name, mode=mode_parts(self.theme, mode)[1])
        self._toaster.show(words, lambda: self.set_mode(before.mode, id))
        self.check(id)

    def set_setting(self, key: str, value: str) -> None:
        """Something the platform lets one set; a refusal is said at its line."""
        line = self.detail.choices.lines.get(key)
        try:
            self._desk.accounts.set_setting(self.list.current, key, value)
        except Problem as problem:
            if line is not None:
                line.say(sentence(problem, self.theme.language.code))

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
        if id := self.list.current:
            found = self._desk.accounts.get(id)
            if not self._desk.accounts.platform(found.platform).embedded:
                ask_remove(self.theme, self.window(), found, lambda: self._remove(id))

    def open_page(self) -> None:
        """Where the chosen account's posts are seen, else where its platform is."""
        if id := self.list.current:
            accounts = self._desk.accounts
            self._open(accounts.page(id) or accounts.platform(accounts.get(id).platform).home)

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
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.detail)
        side = self._side = ground(QWidget(), "sunken")
        head = row(self.title, self.count, None, self.all, self.add, margins=(20, 0, 16, 0))
        top = self._top = QWidget()
        top.setLayout(head)
        foot = row(Icon(theme, "shield-check", 16, "text-2"), self.promise, margins=(20, 8, 20, 8), gap=10)
        foot.setStretch(1, 1)
        bottom = self._bottom = QWidget()
        bottom.setLayout(foot)
        side.setLayout(column(top, self.list, hairline(), bottom, gap=0))
        main = QWidget()
        self._above = QWidget()
        self._above.setLayout(row(self.problem, margins=(24, 12, 24, 0)))
        self._above.hide()
        main.setLayout(column(self._above, self.stack, gap=0))
        self.split = Splitter(theme, "accounts", ViewState(self._desk.settings), WIDTHS)
        self.split.add(side, 0)
        self.split.add(main, 1, 420)
        self.setLayout(column(self.split, gap=0))
        self.all.clicked.connect(self.check_all)
        self.add.clicked.connect(self.open_add)
        self.empty.acted.connect(self.open_add)
        self.list.chosen.connect(self._show)
        self.detail.asked.connect(self._asked)
        self.detail.acted.connect(self._acted)
        self.detail.mode_chosen.connect(self.set_mode)
        self.detail.changed.connect(self.set_setting)

    def _accounts(self) -> list[Account]:
        known = {info.id for info in self._desk.accounts.platforms()}
        return [account for account in self._desk.accounts.list() if account.platform in known]

    def _show(self, id: str) -> None:
        if id:
            account = self._desk.accounts.get(id)
            self.detail.show_account(self._reader.shown(account, self._holding.over(account)))
            self._busy()

    def _busy(self) -> None:
        self.detail.set_busy(self.list.current in self._checking)

    def _asked(self, what: str) -> None:
        deeds = {
            "check": self.check, "rename": self.rename, "pace": self.change_pace, "remove": self.remove,
            "sign_in": self.sign_in_again, "hold": self.hold, "unhold": self.unhold, "page": self.open_page,
        }  # fmt: skip
        deeds[what]()

    def _acted(self, deed: Deed) -> None:
        """A button of the doctor. What is copied, its button does by itself."""
        if deed.kind == "open":
            self._open(deed.value)
        elif deed.kind == "by_hand":
            self._go_by_hand()
        elif deed.kind == "draft":
            self.open_post.emit(deed.value)
        elif deed.kind != "copy":
            self._asked(deed.kind)

    def _go_by_hand(self) -> None:
        account = self._desk.accounts.get(self.list.current)
        others = [m for m in self._desk.accounts.platform(account.platform).modes if m not in ("api", account.mode)]
        if others:
            self.set_mode(others[0])

    def _open(self, url: str) -> None:
        """In the person's browser; where none opens, the address is at least at hand."""
        if url.startswith(("https://", "http://", "file://")) and not self._open_url(url):
            QApplication.clipboard().setText(url)
            words = tr("accounts", "No browser could be opened. The address is on the clipboard; open it yourself.")
            self.problem.set_note(NoteText("warning", words))
            self._above.show()

    def _try(self, deed: Callable[[], object]) -> None:
        try:
            deed()
        except Problem as problem:
            self._say(problem)

    def _checked(self, id: str) -> None:
        self._checking.discard(id)
        self.reload()

    def _not_checked(self, id: str, fault: BaseException) -> None:
        self._checked(id)
        self._say(fault)

    def _say(self, fault: BaseException) -> None:
        self.problem.set_note(NoteText("error", sentence(fault, self.theme.language.code)))
        self._above.show()

    def _remove(self, id: str) -> None:
        self._bridge.submit(
            "network", N("job", "Removing the account"), lambda _task: self._desk.accounts.remove(id),
            lambda _: self._above.hide(), self._say, owner=self,
        )  # fmt: skip

    def _open_sign_in(self, again: Account | None) -> None:
        if self._desk.read_only:
            why = self._desk.why
            self.problem.set_note(NoteText("warning", say(why, self.theme.language.code) if why is not None else ""))
            self._above.show()
            return
        self._above.hide()
        sheet = SignIn(self.theme, self._desk.accounts, self._bridge, again, self._open_url)
        sheet.signed_in.connect(self._signed_in)
        self._sheet = sheet
        sheet.open_over(self.window())

    def _signed_in(self, id: str) -> None:
        self.show_account(id)
        self.check(id)
