"""What the person's answers do: links opened and copied, a second send asked about, times and holds chosen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from studio import __version__
from studio.core.delivery import Delivery, State
from studio.services.telling import report
from studio.ui.calendar.chooser import Chooser
from studio.ui.calendar.month import suggested
from studio.ui.handoff.footer import MINUTES
from studio.ui.handoff.work import KEEPABLE
from studio.ui.i18n import tr
from studio.ui.moments import local, moment
from studio.ui.outbox.menus import hold_menu
from studio.ui.outbox.panels import HoldSheet, LinkPanel, ReasonPanel
from studio.ui.outbox.rows import snug
from studio.ui.problems import findings_of, sentence
from studio.ui.sheet import Confirm
from studio.ui.widgets.menu import add, menu

if TYPE_CHECKING:
    from studio.ui.outbox.pane import OutboxPane
    from studio.ui.widgets.button import Kind

JOBS = frozenset({"look", "resume", "over", "again", "now", "hurry", "leave"})
Choices = list[tuple[str, str, "Kind"]]


def open_url(address: str) -> None:
    """In the person's browser."""
    QDesktopServices.openUrl(QUrl(address))


class Acting(QObject):
    """Acts on the delivery that the pane shows. open_url: who opens an address (tests record it)."""

    def __init__(self, pane: OutboxPane) -> None:
        super().__init__(pane)
        self._pane = pane
        self.open_url: Callable[[str], object] = open_url

    @property
    def delivery(self) -> Delivery:
        """The one that is shown."""
        assert self._pane.opened is not None
        return self._pane.opened.item.delivery

    def do(self, key: str) -> None:
        """A deed of the box, of a menu or of a command."""
        if self._pane.opened is None:
            return
        simple: dict[str, Callable[[], object]] = {
            "page": self._page, "see": lambda: self.link("see", self.delivery.url),
            "copy": lambda: self.link("copy", self.delivery.url),
            "report": self._report, "open": lambda: self._pane.open_post.emit(self.delivery.post),
            "accounts": self._pane.accounts_asked.emit, "confirm": self._confirm, "time": self._time,
            "unhold": self._unhold, "start": lambda: self._pane.hand_asked.emit(self.delivery.id),
            "remind": self._remind, "failed": self._did_not_work,
        }  # fmt: skip
        if key in simple:
            simple[key]()
        elif question := self._question(key):
            question.ask(self._pane.window(), lambda answer: self._run(key) if answer == key else None)
        else:
            self._run(key)

    # at once ---------------------------------------------------------------------------------------------------

    def _page(self) -> None:
        """The account's page; from now on the person has looked, and may say that it is not there."""
        assert self._pane.opened is not None
        self.open_url(self._pane.opened.page)
        self._pane.looked.add(self.delivery.id)
        self._pane.say_again()

    def link(self, what: str, address: str) -> None:
        """"see" a post's address, or "copy" it."""
        if what == "see":
            self.open_url(address)
            return
        QGuiApplication.clipboard().setText(address)
        self._pane.toaster.show(tr("outbox", "Link copied"))

    def _report(self) -> None:
        pane, found = self._pane, self._pane.opened
        assert found is not None
        text = report(self.delivery, found.steps, pane.theme.language.code, pane.zone,
                      platform=pane.look(self.delivery).platform, version=__version__)  # fmt: skip
        QGuiApplication.clipboard().setText(text)
        pane.toaster.show(tr("outbox", "Report copied; there is no secret in it"))

    # jobs ------------------------------------------------------------------------------------------------------

    def _run(self, key: str) -> None:
        self._pane.story.box.set_busy(key)
        self._pane.story.problem.hide()
        d = self.delivery
        self._pane.deeds.act(key, d, partial(self._over, key, d), partial(self._failed, d.id))

    def _over(self, key: str, before: Delivery, after: Delivery) -> None:
        self._pane.story.box.set_busy("")
        soon = datetime.now(UTC) + timedelta(minutes=1)
        if key == "leave" and before.state is State.SCHEDULED and before.at > soon:
            self._pane.toaster.show(tr("outbox", "Taken off"), partial(self._move_back, before))
        if key == "again":
            self._pane.looked.discard(after.id)
        self._pane.reload()

    def _failed(self, id: str, fault: BaseException) -> None:
        self._pane.story.box.set_busy("")
        self._pane.reload()
        if self.delivery.id == id:
            self._pane.story.say(sentence(fault, self._pane.theme.language.code))

    def _question(self, key: str) -> Confirm | None:
        """Asked only before a second send or a loss; the safe answer is the default."""
        d = self.delivery
        if key == "again":
            words = tr("outbox", "It was sent once and may be live. It is looked up once more now; where that does not "
                                 "find it, sending it again can make a second post.")  # fmt: skip
            return self._confirm_with(tr("outbox", "Send it a second time?"), words, "again",
                                      tr("outbox", "Leave it"), tr("outbox", "Send a second time"))  # fmt: skip
        if key == "over" and d.link:
            words = tr("outbox", "What is live of this thread stays live, and all of it is sent once more from the "
                                 "first part. Readers see the first parts twice.")  # fmt: skip
            return self._confirm_with(tr("outbox", "Start the thread over?"), words, "over",
                                      tr("outbox", "Keep what is live"), tr("outbox", "Start over"))  # fmt: skip
        if key == "leave" and d.state is State.UNCONFIRMED:
            words = tr("outbox", "Nobody looks for it any more, and it stays unknown whether it is live.")
            return self._confirm_with(tr("outbox", "Give it up?"), words, "leave",
                                      tr("outbox", "Keep looking"), tr("outbox", "Give it up"))  # fmt: skip
        return None

    def _confirm_with(self, title: str, words: str, key: str, safe: str, act: str) -> Confirm:
        choices: Choices = [("keep", safe, "secondary"), (key, act, "danger-filled")]
        return Confirm(self._pane.theme, title, words, choices, "keep")

    # panels ----------------------------------------------------------------------------------------------------

    def _anchor(self, key: str) -> QRect:
        control: QWidget | None = self._pane.story.box.controls.get(key)
        widget = control if control is not None and control.isVisible() else self._pane.story.head.more
        return QRect(widget.mapTo(self._pane.window(), QPoint(0, 0)), widget.size())

    def _confirm(self) -> None:
        """Paste the link."""
        pane, d = self._pane, self.delivery
        panel = LinkPanel(pane.theme, pane.window())
        by_hand = d.state in (State.WAITING, State.HANDED_OVER)

        def done(_after: Delivery) -> None:
            panel.close_up()
            pane.reload()

        def failed(fault: BaseException) -> None:
            keep = by_hand and any(finding.code in KEEPABLE for finding in findings_of(fault))
            panel.say(snug(sentence(fault, pane.theme.language.code)), keep)

        def look(url: str, anyway: bool = False) -> None:
            if by_hand:
                pane.hand.paste(d.id, url, anyway, done, failed)
            else:
                pane.deeds.confirm(d.id, url, done, failed)

        panel.chosen.connect(look)
        panel.anyway.connect(partial(look, anyway=True))
        panel.open_at(pane.window(), self._anchor("confirm"))

    # by hand ---------------------------------------------------------------------------------------------------

    def remind_menu(self) -> QMenu:
        """In ten minutes, half an hour, an hour."""
        made = menu(self._pane)
        for minutes in MINUTES:
            words = tr("outbox", "In %n minutes", n=minutes)
            add(made, self._pane.theme, words, "alarm-clock", partial(self._later, minutes))
        return made

    def _remind(self) -> None:
        anchor = self._anchor("remind")
        below = QPoint(anchor.left(), anchor.bottom() + 4)
        self.remind_menu().popup(self._pane.window().mapToGlobal(below))

    def _later(self, minutes: int) -> None:
        pane, id = self._pane, self.delivery.id

        def done(_after: Delivery) -> None:
            pane.toaster.show(tr("outbox", "You are reminded in %n minutes", n=minutes))
            pane.reload()

        pane.hand.later(id, minutes, done, partial(self._failed, id))

    def _did_not_work(self) -> None:
        pane, id = self._pane, self.delivery.id
        panel = ReasonPanel(pane.theme, pane.window())

        def done(_after: Delivery) -> None:
            panel.close_up()
            pane.reload()

        def failed(fault: BaseException) -> None:
            panel.say(sentence(fault, pane.theme.language.code))

        panel.chosen.connect(lambda reason: pane.hand.give_up(id, reason, done, failed))
        panel.open_at(pane.window(), self._anchor("failed"))

    def _time(self) -> None:
        """Another time."""
        pane, d, now = self._pane, self.delivery, datetime.now(UTC)
        at = d.at if d.at > now else suggested(local(now, pane.zone).date(), now, pane.zone)
        panel = Chooser(pane.theme, pane.window(), at, pane.zone, str(pane.zone), d.late, (), verb="move")
        assert pane.opened is not None
        panel.show_title(pane.opened.item.heading or tr("outbox", "Untitled"))

        def done(after: Delivery) -> None:
            panel.close_up()
            when = moment(after.at, pane.zone, pane.theme.language.code)
            back = d.state is State.SCHEDULED and d.at > now + timedelta(minutes=1)
            pane.toaster.show(tr("outbox", "Moved to {when}", when=when), partial(self._move_back, d) if back else None)
            pane.reload()

        def failed(fault: BaseException) -> None:
            panel.say(findings_of(fault)[0], sentence(fault, pane.theme.language.code))

        panel.chosen.connect(lambda _post, _accounts, at: pane.deeds.move(d.id, at, done, failed))
        panel.open_at(pane.window(), self._anchor("time"))

    def _move_back(self, before: Delivery) -> None:
        pane = self._pane
        pane.deeds.move(before.id, before.at, lambda _: pane.reload(), partial(self._failed, before.id))

    # holds -----------------------------------------------------------------------------------------------------

    def hold_menu(self, at: QPoint) -> None:
        """What can be held."""
        pane = self._pane
        holds = pane.listed.holds if pane.listed is not None else ()
        hold_menu(pane, pane.theme, holds, pane.places(), self.ask_hold, self.end_hold).popup(at)

    def ask_hold(self, scope: str) -> None:
        """The reason first: it is shown beside everything that rests."""
        pane = self._pane
        kind, _, id = scope.partition(":")
        names = {"platform": {p: look.platform for p, look in pane.places()},
                 "account": {look.id: look.title for _, look in pane.places()}}.get(kind, {})  # fmt: skip
        title = snug(tr("outbox", "Hold {name}", name=names[id])) if id in names else tr("outbox", "Hold everything")
        sheet = HoldSheet(pane.theme, title)
        platform, account = id if kind == "platform" else None, id if kind == "account" else None

        def failed(fault: BaseException) -> None:
            sheet.say(sentence(fault, pane.theme.language.code))

        sheet.chosen.connect(lambda reason: pane.deeds.hold(
            reason, platform, account, lambda _: sheet.close_with("done"), failed))
        sheet.open_over(pane.window())

    def _unhold(self) -> None:
        """The hold over the delivery that is shown."""
        if self._pane.opened is not None and (hold := self._pane.opened.hold) is not None:
            self.end_hold(hold.scope)

    def end_hold(self, scope: str) -> None:
        """It is over; what it stopped still waits."""
        pane = self._pane

        def done(stopped: list[Delivery]) -> None:
            said = tr("outbox", "The hold is over")
            if stopped:
                said = tr("outbox", "The hold is over; %n deliveries wait for you", n=len(stopped))
            pane.toaster.show(said)
            pane.reload()

        pane.deeds.unhold(scope, done, lambda fault: pane.story.say(sentence(fault, pane.theme.language.code)))
