"""Signing in: a sheet with the fields the platform asks for, or the way through the browser.

Nothing is kept when it is refused or stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QWidget

from studio.core.errors import Cancelled
from studio.core.finding import Finding
from studio.core.post import Account
from studio.services.words import say
from studio.ui.accounts.browser import BrowserStep
from studio.ui.accounts.detail import clear
from studio.ui.accounts.fields import FieldBlock, LoginField
from studio.ui.i18n import N, tr
from studio.ui.problems import findings_of
from studio.ui.sheet import Sheet
from studio.ui.widgets.base import column, name, row
from studio.ui.widgets.button import Button, Link
from studio.ui.widgets.choice import Combo
from studio.ui.widgets.label import Label
from studio.ui.widgets.marks import Disc
from studio.ui.widgets.note import Note
from studio.ui.widgets.progress import Arc

if TYPE_CHECKING:
    from studio.core.task import Task
    from studio.services.accounts import Accounts, PlatformInfo
    from studio.services.authorize import Waiting
    from studio.ui.jobs import JobsBridge
    from studio.ui.theme import Theme


AGAIN = frozenset({"authorize.no_code", "authorize.state"})  # the person may paste something else


class SignIn(Sheet):
    """signed_in(account id): it worked and is kept.

    again   an account whose sign-in ended; its platform, handle and server are filled in
    open_url   opens the person's browser; False when there is none
    """

    signed_in = Signal(str)

    def __init__(
        self, theme: Theme, accounts: Accounts, bridge: JobsBridge, again: Account | None = None,
        open_url: Callable[[str], bool] = lambda url: QDesktopServices.openUrl(QUrl(url)),
    ) -> None:
        title = tr("accounts", "Sign in again") if again else tr("accounts", "Add account")
        super().__init__(theme, title, width=520)
        self._accounts, self._bridge, self._again = accounts, bridge, again
        self._task: Task[Any] | None = None
        self._open_url, self._direct = open_url, False
        self._given: dict[str, str] = {}  # the fields the browser's sign-in was begun with
        self.step: BrowserStep | None = None
        self._infos = {info.id: info for info in accounts.platforms() if not info.embedded}
        self.blocks: dict[str, FieldBlock] = {}
        self.form = self._build_form()
        self.body.addWidget(self.form)
        self._build_footer()
        self.platform.chosen.connect(self._show_platform)
        self._show_platform(again.platform if again else next(iter(self._infos), ""))
        if again is not None and again.api_base:
            self._show_own()
            self.base.field.setText(again.api_base)

    def _build_form(self) -> QWidget:
        theme, language = self.theme, self.theme.language.code
        self.platform = Combo(theme, [(info.id, info.name.say(language)) for info in self._infos.values()])
        name(self.platform, tr("accounts", "Platform"))
        self.platform.setEnabled(self._again is None)
        self._disc, self._fields, self._notes = row(), column(gap=14), column()
        self._other = Link(theme, "", icon="chevron-right", tall=True)
        self._other.clicked.connect(self._change_way)
        self._own = Link(theme, tr("accounts", "Your own server"), icon="chevron-right", tall=True)
        self._own.clicked.connect(self._show_own)
        self.base = FieldBlock(
            theme, tr("accounts", "API address"),
            tr("accounts", "Only for a server of your own: every request goes there instead."),
        )  # fmt: skip
        self.base.hide()
        head = row(self._disc, self.platform, gap=12)
        head.setStretch(1, 1)
        form = QWidget()
        form.setLayout(column(
            column(Label(tr("accounts", "Platform"), "small", "text-2"), head, gap=4), self._notes, self._fields,
            self._other, self._own, self.base, gap=12,
        ))  # fmt: skip
        return form

    @property
    def running(self) -> bool:
        """Whether a sign-in is under way."""
        return self._task is not None

    @property
    def by_browser(self) -> bool:
        """Whether the browser is the way that is shown."""
        info = self._infos.get(self.platform.value)
        return info is not None and info.browser is not None and not self._direct

    def submit(self) -> None:
        """Sign in with what was typed, open the browser, or complete what it brought."""
        if self.running:
            return
        if self.step is not None:
            if text := self.step.pasted:
                self._finish(text)
            return
        self._say(())
        self._given = {id: block.field.text() for id, block in self.blocks.items()}
        platform, base = self.platform.value, self.base.field.text().strip()
        if self.by_browser:
            self._run(_begin(self._accounts, platform, self._given, base), self._came_to_browser)
        else:
            self._run(_sign_in(self._accounts, platform, self._given, base), self._done)

    def stop(self) -> None:
        """Ask the sign-in to stop; go back from the browser to the fields; else close the sheet."""
        if self._task is not None:
            self._task.cancel()
            self._words.setText(tr("accounts", "Stopping…"))
        elif self.step is not None:
            self._leave_browser()
        else:
            self.close_with("dismissed")

    def close_with(self, word: str) -> None:
        """Closing stops a sign-in that is under way: nothing is kept."""
        if self._task is not None:
            self._task.cancel()
        if self.step is not None:
            self.step.end()
        super().close_with(word)

    def _run(self, work: Callable[[Task[Any]], Any], done: Callable[[Any], None]) -> None:
        self._set_running(True)
        self._task = self._bridge.submit(
            "network", N("job", "Signing in"), work, done, self._failed, self._stopped, owner=self
        )

    # by browser ------------------------------------------------------------------------------------------------

    def _came_to_browser(self, waiting: Waiting) -> None:
        self._task = None
        self.set_title(self.title.text(), self._infos[self.platform.value].name.say(self.theme.language.code))
        step = BrowserStep(self.theme, waiting, self._open_url)
        step.answered.connect(self._finish)
        step.failed.connect(self._failed)
        step.changed.connect(self._label)
        self.step = step
        self.form.hide()
        self.body.addWidget(step)
        step.show()  # a layout would do that later, and what is hidden takes no focus
        self._set_running(False)
        step.begin()

    def _finish(self, callback: str) -> None:
        """Complete the sign-in with the address or code the browser brought."""
        if self.running:
            return
        given = {**self._given, "callback": callback}
        base = self.base.field.text().strip()
        self._run(_sign_in(self._accounts, self.platform.value, given, base), self._done)

    def _leave_browser(self) -> None:
        """Back to the fields; nobody listens any more."""
        if self.step is not None:
            self.step.end()
            self.step.hide()
            self.step.deleteLater()
            self.step = None
        self.set_title(self.title.text())
        self.form.show()
        self._set_running(False)
        if self.blocks:
            next(iter(self.blocks.values())).field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _change_way(self) -> None:
        self._direct = not self._direct
        self._show_fields(self._infos[self.platform.value])

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
        if on:  # what had the focus is about to be disabled; it must not wander to the cross
            self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        self._label()
        for block in (*self.blocks.values(), self.base):
            block.setEnabled(not on)
        if self.step is not None:
            self.step.setEnabled(not on)
        self.platform.setEnabled(not on and self._again is None)

    def _label(self) -> None:
        """What the two buttons do now."""
        opens = self.by_browser and self.step is None
        self.confirm.setText(tr("accounts", "Open the browser") if opens else tr("accounts", "Sign in"))
        self.confirm.set_icon("external-link" if opens else "log-in")
        self.confirm.setVisible(self.step is None or self.step.takes_text)
        self.confirm.setEnabled(not self.running and (self.step is None or bool(self.step.pasted)))
        back = self.step is not None and not self.running
        self.cancel.setText(tr("accounts", "Back") if back else tr("accounts", "Cancel"))
        for button in (self.confirm, self.cancel):
            button.updateGeometry()

    def _show_platform(self, id: str) -> None:
        info, language = self._infos.get(id), self.theme.language.code
        if info is None:
            return
        self.platform.set_value(id)
        clear(self._disc)
        initial = info.initial.get(language) or info.initial.get("en", "?")
        self._disc.addWidget(Disc(self.theme, initial, info.colour, 28))
        self._direct = False
        self._show_fields(info)

    def _show_fields(self, info: PlatformInfo) -> None:
        """Those of the way that is shown."""
        clear(self._fields)
        self._say(())
        browser, language = info.browser, self.theme.language.code
        wanted = [f for f in info.fields if f.name != "callback" and (not self.by_browser or _in(f, browser))]
        self.blocks = {field.name: self._block(field, language) for field in wanted}
        for number, (id, block) in enumerate(self.blocks.items()):
            self._fields.addWidget(block)
            if known := self._known(id, number):
                block.field.setText(known)
        more = browser is not None and any(f.name != "callback" and not _in(f, browser) for f in info.fields)
        self._other.setVisible(more)
        self._other.setText(
            tr("accounts", "Sign in without the browser") if self.by_browser
            else tr("accounts", "Sign in with the browser")
        )  # fmt: skip
        self._label()

    def _known(self, id: str, number: int) -> str:
        """What a field is filled with when somebody signs in again: what the account knows, else who it is."""
        if self._again is None:
            return ""
        who = self._again.handle if number == 0 and not self.by_browser else ""
        return self._again.identity.get(id, "") or who

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
        findings = findings_of(fault)
        if self.step is not None and self.step.pasted and {f.code for f in findings} <= AGAIN:
            self.step.say(say(findings[0], self.theme.language.code))
            return
        if self.step is not None:
            self._leave_browser()
        self._say(findings)

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


def _in(field: LoginField, browser: Any) -> bool:
    """Whether the browser's way needs this field."""
    return browser is not None and field.name in browser.fields


def _begin(
    accounts: Accounts, platform: str, fields: Mapping[str, str], base: str
) -> Callable[[Task[Waiting]], Waiting]:
    """The job that gets the address to open."""

    def work(task: Task[Waiting]) -> Waiting:
        task.progress(None)
        waiting = accounts.browse(platform, fields, api_base=base)
        if task.cancelled:
            waiting.close()
            raise Cancelled
        return waiting

    return work


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

