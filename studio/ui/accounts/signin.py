"""Adding an account and signing in: a sheet with what the platform asks for, or the way through the browser.

Nothing is kept when it is refused or stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from studio.core.errors import Cancelled
from studio.core.finding import Finding
from studio.core.post import Account, Mode
from studio.services.words import say
from studio.ui.accounts.browser import BrowserStep, open_address
from studio.ui.accounts.form import AccountForm
from studio.ui.i18n import N, tr
from studio.ui.problems import findings_of
from studio.ui.sheet import Sheet
from studio.ui.widgets.base import row
from studio.ui.widgets.button import Button
from studio.ui.widgets.label import Label
from studio.ui.widgets.progress import Arc
from studio.ui.widgets.scroll import ScrollColumn

if TYPE_CHECKING:
    from studio.core.task import Task
    from studio.services.accounts import Accounts
    from studio.services.authorize import Waiting
    from studio.ui.accounts.fields import FieldBlock
    from studio.ui.jobs import JobsBridge
    from studio.ui.theme import Theme


AGAIN = frozenset({"authorize.no_code", "authorize.state"})  # the person may paste something else


class _Area(ScrollColumn):
    """As high as its content needs at that width; scrolls where the window is too low."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, gap=0)
        self.column.setContentsMargins(24, 4, 24, 24)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The sheet hears of it when the content grows."""
        if watched is self.inner and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def hasHeightForWidth(self) -> bool:
        """Words wrap in it."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Of its column."""
        return self.column.totalHeightForWidth(width) if self.column.hasHeightForWidth() else self.sizeHint().height()


class SignIn(Sheet):
    """signed_in(account id): it worked and is kept.

    again   an account that signs in (again); its platform, handle and server are filled in
    open_url   opens the person's browser; False when there is none
    """

    signed_in = Signal(str)

    def __init__(
        self, theme: Theme, accounts: Accounts, bridge: JobsBridge, again: Account | None = None,
        open_url: Callable[[str], bool] = open_address,
    ) -> None:
        super().__init__(theme, _title(again), width=520, padding=0)
        self._accounts, self._bridge, self._again = accounts, bridge, again
        self._task: Task[Any] | None = None
        self._open_url = open_url
        self._given: dict[str, str] = {}  # the fields the browser's sign-in was begun with
        self.step: BrowserStep | None = None
        infos = sorted((info for info in accounts.platforms() if not info.embedded), key=lambda i: "api" not in i.modes)
        self.form = AccountForm(theme, infos, again)
        self._area = _Area(theme)
        self._area.column.addWidget(self.form)
        self.body.addWidget(self._area)
        self._build_footer()
        self.form.changed.connect(self._label)

    @property
    def blocks(self) -> dict[str, FieldBlock]:
        """The fields that are shown, by their ids."""
        return self.form.blocks

    @property
    def running(self) -> bool:
        """Whether a sign-in is under way."""
        return self._task is not None

    def submit(self) -> None:
        """Add it, sign in with what was typed, open the browser, or complete what it brought."""
        if self.running:
            return
        if self.step is not None:
            if text := self.step.pasted:
                self._finish(text)
            return
        form = self.form
        form.say(())
        self._given = form.given
        platform, base = form.platform.value, form.base.field.text().strip() if form.mode == "api" else ""
        if form.mode != "api":
            self._add_by_hand(platform, form.mode)
        elif form.by_browser:
            self._run(_begin(self._accounts, platform, self._given, base), self._came_to_browser)
        else:
            self._run(self._job(self._given, base), self._done)

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter signs in from any field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
            event.accept()
            return
        super().keyPressEvent(event)

    # what runs -------------------------------------------------------------------------------------------------

    def _add_by_hand(self, platform: str, mode: Mode) -> None:
        """No keychain, no network: nobody signs in."""
        called = self._given["name"].strip()
        if not called:
            self.blocks["name"].say(tr("accounts", "Give it a name, so that you know it among the others."))
            self.form.focus_first()
            return
        fields = {"handle": self._given["handle"].strip()}

        def work(_task: Task[Account]) -> Account:
            return self._accounts.add(platform, fields, name=called, mode=mode)

        self._run(work, self._done)

    def _job(self, fields: Mapping[str, str], base: str) -> Callable[[Task[Account]], Account]:
        into = self._again.id if self._again is not None else ""
        return _sign_in(self._accounts, self.form.platform.value, fields, base, into)

    def _run(self, work: Callable[[Task[Any]], Any], done: Callable[[Any], None]) -> None:
        self._set_running(True)
        self._task = self._bridge.submit(
            "network", N("job", "Signing in"), work, done, self._failed, self._stopped, owner=self
        )

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
        self.form.say(findings)
        focus = QApplication.focusWidget()
        if focus is not None and self.form.isAncestorOf(focus):  # at the field that it is about
            self._area.ensureWidgetVisible(focus)
        else:
            self._area.verticalScrollBar().setValue(0)

    # by browser ------------------------------------------------------------------------------------------------

    def _came_to_browser(self, waiting: Waiting) -> None:
        self._task = None
        info = self.form.info
        self.set_title(self.title.text(), info.name.say(self.theme.language.code) if info is not None else "")
        step = BrowserStep(self.theme, waiting, self._open_url)
        step.answered.connect(self._finish)
        step.failed.connect(self._failed)
        step.changed.connect(self._label)
        self.step = step
        self.form.hide()
        self._area.column.addWidget(step)
        step.show()  # a layout would do that later, and what is hidden takes no focus
        self._set_running(False)
        step.begin()

    def _finish(self, callback: str) -> None:
        """Complete the sign-in with the address or code the browser brought."""
        if not self.running:
            given = {**self._given, "callback": callback}
            self._run(self._job(given, self.form.base.field.text().strip()), self._done)

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
        self.form.focus_first()

    # the foot --------------------------------------------------------------------------------------------------

    def _build_footer(self) -> None:
        self._arc = Arc(self.theme)
        self._words = Label("", "small", "text-2")
        self.cancel = Button(self.theme, tr("accounts", "Cancel"), "quiet")
        self.confirm = Button(self.theme, tr("accounts", "Sign in"), "primary", "log-in")
        self.cancel.clicked.connect(self.stop)
        self.confirm.clicked.connect(self.submit)
        self._promise = Label("", "caption", "text-3", wrap=True)
        foot = QWidget()
        line = row(self._arc, self._words, self._promise, self.cancel, self.confirm, gap=8)
        line.setStretch(2, 1)
        foot.setLayout(line)
        self.set_footer(foot)
        self._set_running(False)

    def _set_running(self, on: bool) -> None:
        self._arc.setVisible(on)
        self._words.setVisible(on)
        self._promise.setVisible(not on)
        self._words.setText(self._running_words() if on else "")
        if on:  # what had the focus is about to be disabled; it must not wander to the cross
            self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        self._label()
        self.form.set_running(on)
        if self.step is not None:
            self.step.setEnabled(not on)

    def _running_words(self) -> str:
        return tr("accounts", "Signing in…") if self.form.mode == "api" else tr("accounts", "Adding…")

    def _label(self) -> None:
        """What the two buttons do now, and what is promised beside them."""
        words, icon = self._deed()
        self.confirm.setText(words)
        self.confirm.set_icon(icon)
        self.confirm.setVisible(self.step is None or self.step.takes_text)
        self.confirm.setEnabled(not self.running and (self.step is None or bool(self.step.pasted)))
        back = self.step is not None and not self.running
        self.cancel.setText(tr("accounts", "Back") if back else tr("accounts", "Cancel"))
        self._promise.setText(
            tr("accounts", "Secrets go to the system keychain only.") if self.form.mode == "api"
            else tr("accounts", "No password is needed, and none is kept.")
        )  # fmt: skip
        for button in (self.confirm, self.cancel):
            button.updateGeometry()

    def _deed(self) -> tuple[str, str]:
        if self.form.mode != "api":
            return tr("accounts", "Add account"), "plus"
        if self.form.by_browser and self.step is None:
            return tr("accounts", "Open the browser"), "external-link"
        return tr("accounts", "Sign in"), "log-in"


def _title(again: Account | None) -> str:
    if again is None:
        return tr("accounts", "Add account")
    return tr("accounts", "Sign in again") if again.mode == "api" else tr("accounts", "Sign in")


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
    accounts: Accounts, platform: str, fields: Mapping[str, str], base: str, into: str
) -> Callable[[Task[Account]], Account]:
    """The job. When somebody stopped it while the other side was answering, a new account is taken away again."""

    def work(task: Task[Account]) -> Account:
        task.progress(None)
        before = {account.id for account in accounts.list()}
        account = accounts.add(platform, fields, mode="api", api_base=base, into=into)
        if task.cancelled:
            if account.id not in before:
                accounts.remove(account.id)
            raise Cancelled
        return account

    return work
