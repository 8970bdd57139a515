"""Signing in: a sheet with the fields the platform asks for. Nothing is kept when it is refused or stopped."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from studio.core.errors import Cancelled
from studio.core.finding import Finding
from studio.core.post import Account
from studio.core.words import Words
from studio.services.words import say
from studio.ui.accounts.detail import clear
from studio.ui.i18n import N, tr
from studio.ui.problems import findings_of
from studio.ui.sheet import Sheet
from studio.ui.widgets.base import column, name, row
from studio.ui.widgets.button import Button, Link, ToolButton
from studio.ui.widgets.choice import Combo
from studio.ui.widgets.field import Field
from studio.ui.widgets.label import Label
from studio.ui.widgets.marks import Disc
from studio.ui.widgets.note import Note
from studio.ui.widgets.progress import Arc

if TYPE_CHECKING:
    from studio.core.task import Task
    from studio.services.accounts import Accounts
    from studio.ui.jobs import JobsBridge
    from studio.ui.theme import Theme


class LoginField(Protocol):
    """A field of a login, as platforms declare it."""

    @property
    def name(self) -> str: ...
    @property
    def label(self) -> Words: ...
    @property
    def help(self) -> Words: ...
    @property
    def secret(self) -> bool: ...
    @property
    def required(self) -> bool: ...
    @property
    def default(self) -> str: ...


class FieldBlock(QWidget):
    """A label, the field (a secret one hidden, with an eye to show it), its help, and what was refused about it."""

    def __init__(self, theme: Theme, label: str, help: str, secret: bool = False, value: str = "") -> None:
        super().__init__()
        self.field = Field(theme)
        self.field.setText(value)
        name(self.field, label, help)
        self.label, self.help = Label(label, "small", "text-2"), Label(help, "caption", "text-3", wrap=True)
        self.label.setBuddy(self.field)
        self.problem = Label("", "small", "bad", wrap=True)
        self.problem.hide()
        line = row(self.field, gap=4)
        if secret:
            line.addWidget(self._eye(theme))
        self.setLayout(column(self.label, line, self.problem, self.help, gap=4))
        self.help.setVisible(bool(help))
        self.field.textEdited.connect(lambda _text: self.say(""))

    def say(self, problem: str) -> None:
        """What was refused; "" takes it away."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.field.set_bad(bool(problem))

    def _eye(self, theme: Theme) -> ToolButton:
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )  # fmt: skip
        eye = ToolButton(theme, "eye", tr("accounts", "Show"), checkable=True)

        def toggled(on: bool) -> None:
            self.field.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)
            eye.set_icon("eye-off" if on else "eye")
            eye.set_tip(tr("accounts", "Hide") if on else tr("accounts", "Show"))

        eye.toggled.connect(toggled)
        return eye


class SignIn(Sheet):
    """signed_in(account id): it worked and is kept.

    `again`: an account whose sign-in ended; its platform, handle and server are filled in.
    """

    signed_in = Signal(str)

    def __init__(self, theme: Theme, accounts: Accounts, bridge: JobsBridge, again: Account | None = None) -> None:
        title = tr("accounts", "Sign in again") if again else tr("accounts", "Add account")
        super().__init__(theme, title, width=520)
        self._accounts, self._bridge, self._again = accounts, bridge, again
        self._task: Task[Any] | None = None
        self._infos = {info.id: info for info in accounts.platforms() if not info.embedded}
        self.blocks: dict[str, FieldBlock] = {}
        language = theme.language.code
        self.platform = Combo(theme, [(info.id, info.name.say(language)) for info in self._infos.values()])
        name(self.platform, tr("accounts", "Platform"))
        self.platform.setEnabled(again is None)
        self._disc = row()
        self._fields = QVBoxLayout()
        self._fields.setSpacing(14)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(8)
        self._own = Link(theme, tr("accounts", "Your own server"), icon="chevron-right", tall=True)
        self._own.clicked.connect(self._show_own)
        self.base = FieldBlock(
            theme, tr("accounts", "API address"),
            tr("accounts", "Only for a server of your own: every request goes there instead."),
        )  # fmt: skip
        self.base.hide()
        head = row(self._disc, self.platform, gap=12)
        head.setStretch(1, 1)
        self.body.addWidget(Label(tr("accounts", "Platform"), "small", "text-2"))
        self.body.addLayout(head)
        self.body.addLayout(self._notes)
        self.body.addLayout(self._fields)
        self.body.addWidget(self._own)
        self.body.addWidget(self.base)
        self._build_footer()
        self.platform.chosen.connect(self._show_platform)
        self._show_platform(again.platform if again else next(iter(self._infos), ""))
        if again is not None and again.api_base:
            self._show_own()
            self.base.field.setText(again.api_base)

    @property
    def running(self) -> bool:
        """Whether a sign-in is under way."""
        return self._task is not None

    def submit(self) -> None:
        """Sign in with what was typed."""
        if self.running:
            return
        self._say(())
        fields = {id: block.field.text() for id, block in self.blocks.items()}
        platform, base = self.platform.value, self.base.field.text().strip()
        self._set_running(True)
        self._task = self._bridge.submit(
            "network", N("job", "Signing in"), _sign_in(self._accounts, platform, fields, base),
            self._done, self._failed, self._stopped, owner=self,
        )  # fmt: skip

    def stop(self) -> None:
        """Ask the sign-in to stop, or close the sheet."""
        if self._task is None:
            self.close_with("dismissed")
            return
        self._task.cancel()
        self._words.setText(tr("accounts", "Stopping…"))

    def close_with(self, word: str) -> None:
        """Closing stops a sign-in that is under way: nothing is kept."""
        if self._task is not None:
            self._task.cancel()
        super().close_with(word)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter signs in from any field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
            event.accept()
            return
        super().keyPressEvent(event)

    def _build_footer(self) -> None:
        self._arc = Arc(self.theme)
        self._words = Label("", "small", "text-2")
        self.cancel = Button(self.theme, tr("accounts", "Cancel"), "quiet")
        self.confirm = Button(self.theme, tr("accounts", "Sign in"), "primary", "log-in")
        self.cancel.clicked.connect(self.stop)
        self.confirm.clicked.connect(self.submit)
        promise = Label(tr("accounts", "Secrets go to the system keychain only."), "caption", "text-3", wrap=True)
        self._promise = promise
        foot = QWidget()
        line = row(self._arc, self._words, promise, self.cancel, self.confirm, gap=8)
        line.setStretch(2, 1)
        foot.setLayout(line)
        self.set_footer(foot)
        self._set_running(False)

    def _set_running(self, on: bool) -> None:
        self._arc.setVisible(on)
        self._words.setVisible(on)
        self._promise.setVisible(not on)
        self._words.setText(tr("accounts", "Signing in…") if on else "")
        self.confirm.setEnabled(not on)
        for block in (*self.blocks.values(), self.base):
            block.setEnabled(not on)
        self.platform.setEnabled(not on and self._again is None)

    def _show_platform(self, id: str) -> None:
        info, language = self._infos.get(id), self.theme.language.code
        if info is None:
            return
        self.platform.set_value(id)
        clear(self._disc)
        initial = info.initial.get(language) or info.initial.get("en", "?")
        self._disc.addWidget(Disc(self.theme, initial, info.colour, 28))
        clear(self._fields)
        self._say(())
        self.blocks = {field.name: self._block(field, language) for field in info.fields}
        for number, block in enumerate(self.blocks.values()):
            self._fields.addWidget(block)
            if number == 0 and self._again is not None:
                block.field.setText(self._again.handle)

    def _block(self, field: LoginField, language: str) -> FieldBlock:
        label = field.label.say(language)
        if not field.required:
            label = tr("accounts", "{label} (may stay empty)", label=label)
        return FieldBlock(self.theme, label, field.help.say(language), field.secret, field.default)

    def _show_own(self) -> None:
        self.base.show()
        self._own.hide()

    def _done(self, account: Account) -> None:
        self._task = None
        self.signed_in.emit(account.id)
        self.close_with("done")

    def _failed(self, fault: BaseException) -> None:
        self._task = None
        self._set_running(False)
        self._say(findings_of(fault))

    def _stopped(self) -> None:
        self._task = None
        self._set_running(False)

    def _say(self, findings: Sequence[Finding]) -> None:
        """Each finding beside its field; what is about no field stands above them."""
        clear(self._notes)
        places = {**self.blocks, "api_base": self.base}
        for block in places.values():
            block.say("")
        language, first = self.theme.language.code, True
        for finding in findings:
            block_ = places.get(finding.field)
            words = say(self._named(finding), language)
            if block_ is None:
                self._notes.addWidget(Note(self.theme, finding.severity, words, source=finding.source))
                continue
            if block_ is self.base:
                self._show_own()
            block_.say(words)
            if first:
                block_.field.setFocus(Qt.FocusReason.OtherFocusReason)
            first = False

    def _named(self, finding: Finding) -> Finding:
        """A finding that names a field by its id names it by its label."""
        block = self.blocks.get(str(finding.values.get("name", "")))
        if block is None:
            return finding
        values = {**finding.values, "name": block.label.text()}
        return Finding(finding.code, finding.severity, finding.field, values, finding.source)


def _sign_in(
    accounts: Accounts, platform: str, fields: Mapping[str, str], base: str
) -> Callable[[Task[Account]], Account]:
    """The job. When somebody stopped it while the other side was answering, a new account is taken away again."""

    def work(task: Task[Account]) -> Account:
        task.progress(None)
        before = {account.id for account in accounts.list()}
        account = accounts.add(platform, fields, api_base=base)
        if task.cancelled:
            if account.id not in before:
                accounts.remove(account.id)
            raise Cancelled
        return account

    return work

