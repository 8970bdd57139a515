"""From the open post to its accounts: choosing them, publishing, scheduling, and what became of it."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QPoint, QUrl
from PySide6.QtGui import QDesktopServices

from studio.core.delivery import Delivery, State
from studio.core.errors import NotFound, Problem
from studio.core.finding import Finding
from studio.ui import moments
from studio.ui.draft.edits import choose
from studio.ui.draft.kit_export import KitExport
from studio.ui.draft.open_post import AccountView, OpenPost
from studio.ui.draft.remarks import Remark
from studio.ui.draft.results import Result
from studio.ui.i18n import N, tr
from studio.ui.problems import findings_of
from studio.ui.widgets.menu import add, menu
from studio.ui.widgets.note import NoteText

if TYPE_CHECKING:
    from studio.ui.draft.pane import DraftPane
    from studio.ui.draft.publish_sheet import PublishSheet

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
        sender.handed.connect(pane.handed)
        self.kits = KitExport(pane)
        bar.kit_wanted.connect(self.kits.ask)
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
        """The sheet, on Now."""
        if not self._pane.outbound.busy:
            self._open_sheet("now")

    def schedule(self) -> None:
        """The sheet, with a time for each account."""
        self._open_sheet("time")

    def _open_sheet(self, mode: str) -> None:
        from studio.ui.draft.publish_sheet import PublishSheet

        post = self.open
        if post is None or post.read_only:
            return
        snapshot = post.evaluate_now()
        if not snapshot.views or not post.session.flush():
            self._pane.bar.publish.setFocus()
            return
        sheet = PublishSheet(self._pane.theme, self._desk, self._pane.bridge, snapshot, self._pane.pictures, mode)
        sheet.published.connect(lambda views, again, hurry: self._send(post, views, again, hurry))
        sheet.scheduled.connect(self._scheduled)
        sheet.fixed.connect(lambda key, account: self._fixed(sheet, key, account))
        sheet.open_over(self._pane.window())

    def _fixed(self, sheet: PublishSheet, key: str, account: str) -> None:
        """A row's link: the tab it is about is opened, so that undo and the eye find what was changed."""
        writing, post = self._pane.writing, self.open
        what, _, id = key.partition(":")
        if what == "start":
            self._pane.hand_asked.emit(id)
            return
        if post is None:
            return
        writing.open_tab(account)
        writing.fix(key, Remark("text", NoteText("error", ""), owner=account))
        if sheet.isVisible() and post.session.flush():
            sheet.show_snapshot(post.evaluate_now())

    def _send(
        self, post: OpenPost, views: tuple[AccountView, ...], again: frozenset[str], hurry: frozenset[str]
    ) -> None:
        self._dismissed.clear()
        self._pane.outbound.publish(post.post.id, views, again, hurry)

    def _refused(self, account: str, findings: list[Finding]) -> None:
        self._pane.tell(findings)

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
        name = account.name or info.name.say(self._pane.theme.language.code)
        wait = self._desk.outlook.waits(delivery)
        at = wait.until if wait else delivery.at if delivery.state is State.SCHEDULED else None
        if delivery.state is State.DUE and delivery.link:
            at = delivery.wake
        return Result(delivery, info, name, self._when(at), wait is not None)

    def _when(self, at: datetime | None) -> str:
        zone = ZoneInfo(moments.zone_name(self._desk.settings.get("zone")))
        return moments.moment(at, zone, self._pane.theme.language.code) if at is not None else ""

    def _act(self, what: str, delivery_id: str) -> None:
        delivery = self._desk.publishing.get(delivery_id)
        result = self._result(delivery)
        name = result.name if result else ""
        if what == "open":
            QDesktopServices.openUrl(QUrl(delivery.url))
        elif what == "story":
            self._pane.story_asked.emit(delivery_id)
        elif what == "start":
            self._pane.hand_asked.emit(delivery_id)
        elif what == "look":
            self._pane.outbound.look(delivery, name)
        elif what == "hurry":
            self._pane.outbound.hurry(delivery, name)
        elif what == "again":
            self._pane.outbound.resend(delivery, name)
        elif what == "cancel":
            self._cancel(delivery)

    def _cancel(self, delivery: Delivery) -> None:
        """Beside the window: what lies with a platform's timer is taken back there."""

        def done(_cancelled: Delivery) -> None:
            self._pane.toaster.show(tr("draft", "Schedule cancelled"), lambda: self._bring_back(delivery))
            self.reload()

        self._pane.bridge.submit(
            "network" if delivery.ahead else "store", N("job", "Taking off the calendar"),
            lambda _task: self._desk.publishing.cancel(delivery.id), done,
            lambda fault: self._pane.tell(list(findings_of(fault))), owner=self,
        )  # fmt: skip

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

