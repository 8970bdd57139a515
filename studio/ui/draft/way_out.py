"""From the open post to its accounts: choosing them, publishing, scheduling, and what became of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QUrl
from PySide6.QtGui import QDesktopServices

from studio.core.delivery import Delivery, State
from studio.core.errors import NotFound, Problem
from studio.core.finding import Finding, blocking
from studio.ui.draft.edits import choose
from studio.ui.draft.open_post import AccountView, OpenPost
from studio.ui.draft.results import Result
from studio.ui.i18n import N, tr
from studio.ui.problems import findings_of
from studio.ui.sheet import Confirm
from studio.ui.widgets.menu import add, menu

if TYPE_CHECKING:
    from studio.ui.draft.pane import DraftPane

HIDDEN = frozenset({State.CANCELLED, State.DRAFT})


class WayOut(QObject):
    """The bar and the results of the open post."""

    def __init__(self, pane: DraftPane) -> None:
        super().__init__(pane)
        self._pane, self._desk = pane, pane.desk
        self._dismissed: set[str] = set()
        bar, sender = pane.bar, pane.outbound
        bar.tab_wanted.connect(pane.writing.open_tab)
        bar.accounts_wanted.connect(self.choose_accounts)
        bar.schedule_wanted.connect(self.schedule)
        bar.publish_wanted.connect(self.publish)
        bar.stop_wanted.connect(sender.stop)
        sender.step.connect(bar.show_sending)
        sender.refused.connect(self._refused)
        sender.ended.connect(lambda _: self.reload())
        pane.results.acted.connect(self._act)
        pane.results.dismissed.connect(self._dismiss)
        pane.editor.tabs.add_wanted.connect(self.choose_accounts)

    @property
    def open(self) -> OpenPost | None:
        """The open post."""
        return self._pane.open

    def show_post(self, post: OpenPost) -> None:
        """Another post was opened."""
        self._dismissed = {d.id for d in self._deliveries() if d.state is State.PUBLISHED}
        self.reload()

    def reload(self) -> None:
        """What became of the open post, newest of each account."""
        latest = {d.account: d for d in self._deliveries() if d.state not in HIDDEN}
        shown = [d for d in latest.values() if d.id not in self._dismissed or d.state is not State.PUBLISHED]
        self._pane.results.show_results([r for d in shown if (r := self._result(d)) is not None])

    # accounts --------------------------------------------------------------------------------------------------

    def choose_accounts(self) -> None:
        """A menu of all accounts; a tick is where it goes."""
        post, theme = self.open, self._pane.theme
        if post is None:
            return
        entries = menu(self._pane)
        for account in self._desk.accounts.list():
            info = self._desk.accounts.platform(account.platform)
            platform = info.name.say(theme.language.code)
            words = platform if account.name in ("", platform) else f"{platform} · {account.name}"
            entry = add(entries, theme, words)
            entry.setCheckable(True)
            entry.setChecked(account.id in post.post.accounts)
            entry.setEnabled(not post.read_only)
            entry.toggled.connect(partial(self._choose, account.id))
        entries.addSeparator()
        add(entries, theme, tr("draft", "Add an account…"), "plus", self._pane.accounts_asked.emit)
        button = self._pane.editor.tabs.add
        entries.popup(button.mapToGlobal(QPoint(0, button.height() + 4)))

    def _choose(self, account: str, chosen: bool) -> None:
        if self.open is not None:
            self.open.edit(N("draft", "Choose accounts"), lambda p: choose(p, account, chosen))

    # publishing ------------------------------------------------------------------------------------------------

    def publish(self) -> None:
        """Sends to every account that nothing blocks; asks first where it is live already."""
        post = self.open
        if post is None or post.read_only or self._pane.outbound.busy:
            return
        views = tuple(v for v in post.evaluate_now().views if not blocking(v.findings))
        if not views or not post.session.flush():
            self._pane.bar.publish.setFocus()
            return
        live = self._pane.outbound.published(post.post.id)
        twice = [v for v in views if v.account.id in live]
        if twice:
            self._ask_again(post, views, twice)
        else:
            self._send(post, views, frozenset())

    def _ask_again(self, post: OpenPost, views: tuple[AccountView, ...], twice: list[AccountView]) -> None:
        language = self._pane.theme.language.code
        names = tr("draft", ", ").join(v.account.name or v.info.name.say(language) for v in twice)
        fresh = tuple(v for v in views if v not in twice)
        choices: list[tuple[str, str, object]] = [("keep", tr("draft", "Do not send again"), "secondary")]
        if fresh:
            choices.append(("fresh", tr("draft", "Only the other %n", n=len(fresh)), "secondary"))
        choices.append(("again", tr("draft", "Send a second time"), "danger-filled"))
        again = frozenset(v.account.id for v in twice)

        def answered(answer: str) -> None:
            if answer == "again":
                self._send(post, views, again)
            elif answer == "fresh":
                self._send(post, fresh, frozenset())

        Confirm(
            self._pane.theme, tr("draft", "This post is already live"),
            tr("draft", "It was published to {names}. Sending it again makes a second post there.", names=names),
            choices, "keep",  # type: ignore[arg-type]  # kinds are literals
        ).ask(self._pane.window(), answered)

    def _send(self, post: OpenPost, views: tuple[AccountView, ...], again: frozenset[str]) -> None:
        self._dismissed.clear()
        self._pane.outbound.publish(post.post.id, views, again)

    def _refused(self, account: str, findings: list[Finding]) -> None:
        self._pane.tell(findings)

    # scheduling ------------------------------------------------------------------------------------------------

    def schedule(self) -> None:
        """The sheet with a time for each account."""
        from studio.ui.draft.schedule_sheet import ScheduleSheet

        post = self.open
        if post is None or post.read_only:
            return
        snapshot = post.evaluate_now()
        if not snapshot.views or not post.session.flush():
            return
        sheet = ScheduleSheet(self._pane.theme, self._desk, snapshot)
        sheet.scheduled.connect(self._scheduled)
        sheet.open_over(self._pane.window())

    def _scheduled(self, number: int, at: str) -> None:
        self._pane.toaster.show(tr("draft", "Scheduled %n for {at}", n=number, at=at))
        self.reload()
        self._pane.list.reload_soon()

    # results ---------------------------------------------------------------------------------------------------

    def _deliveries(self) -> list[Delivery]:
        post = self.open
        return sorted(self._desk.publishing.list(post=post.post.id), key=lambda d: d.created) if post else []

    def _result(self, delivery: Delivery) -> Result | None:
        try:
            account = self._desk.accounts.get(delivery.account)
            info = self._desk.accounts.platform(delivery.platform)
        except NotFound:
            return None
        return Result(delivery, info, account.name or info.name.say(self._pane.theme.language.code))

    def _act(self, what: str, delivery_id: str) -> None:
        delivery = self._desk.publishing.get(delivery_id)
        result = self._result(delivery)
        name = result.name if result else ""
        if what == "open":
            QDesktopServices.openUrl(QUrl(delivery.url))
        elif what == "look":
            self._pane.outbound.look(delivery, name)
        elif what == "again":
            self._pane.outbound.resend(delivery, name)
        elif what == "cancel":
            self._cancel(delivery)

    def _cancel(self, delivery: Delivery) -> None:
        try:
            self._desk.publishing.cancel(delivery.id)
        except Problem as problem:
            self._pane.tell(list(findings_of(problem)))
            return
        self._pane.toaster.show(tr("draft", "Schedule cancelled"), lambda: self._bring_back(delivery))
        self.reload()

    def _bring_back(self, delivery: Delivery) -> None:
        try:
            self._desk.calendar.move(delivery.id, delivery.at)
        except Problem as problem:
            self._pane.tell(list(findings_of(problem)))
        self.reload()

    def _dismiss(self) -> None:
        self._dismissed = {r.delivery.id for r in self._pane.results.results()}
        self._pane.results.show_results(
            [r for r in self._pane.results.results() if r.delivery.state is not State.PUBLISHED]
        )

