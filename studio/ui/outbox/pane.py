"""The Outbox pane: the list by urgency, one delivery's story with its one safe action, and its proof."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from studio.core.delivery import SENDING, Delivery
from studio.core.errors import NotFound
from studio.ui.accounts.looks import Look, find, look
from studio.ui.actions import Action
from studio.ui.handoff.work import HandWork
from studio.ui.i18n import N, tr
from studio.ui.library.thumbs import Thumbs
from studio.ui.moments import zone_name
from studio.ui.outbox.acting import Acting
from studio.ui.outbox.answers import Answer, Case, answer, frozen
from studio.ui.outbox.column import OutboxColumn
from studio.ui.outbox.commands import commands
from studio.ui.outbox.deeds import Deeds
from studio.ui.outbox.listing import OutboxList, utc_now
from studio.ui.outbox.menus import delivery_menu, hold_words
from studio.ui.outbox.proof import ProofColumn, Shown
from studio.ui.outbox.reading import Listed, Opened, listed, opened
from studio.ui.outbox.rows import Arranger, Progress, Row, pace_words, shown_state, ticks
from studio.ui.outbox.story import StoryColumn
from studio.ui.problems import sentence
from studio.ui.relay import Relay
from studio.ui.viewstate import ViewState
from studio.ui.widgets.base import Pane, column, ground, name
from studio.ui.widgets.empty import EmptyState
from studio.ui.widgets.scroll import ScrollColumn
from studio.ui.widgets.splitter import Splitter

if TYPE_CHECKING:
    from studio.core.task import Task
    from studio.services.desk import Desk
    from studio.ui.jobs import JobsBridge
    from studio.ui.theme import Theme
    from studio.ui.toast import Toaster

WIDTHS = {0: [280, 680, 0], 1280: [280, 936, 0], 1440: [320, 612, 444], 1920: [360, 936, 560]}
PROOF_FROM = 1400  # px of window from which the proof has a column of its own
WINDOW = 200


class OutboxPane(Pane):
    """open_post(id), accounts_asked, calendar_asked, drafts_asked: the person wants to go there.

    hand_asked(delivery id): the person wants to post it by hand now
    """

    open_post = Signal(str)
    hand_asked = Signal(str)
    accounts_asked = Signal()
    calendar_asked = Signal()
    drafts_asked = Signal()

    def __init__(self, theme: Theme, desk: Desk, bridge: JobsBridge, toaster: Toaster) -> None:
        super().__init__(theme, "surface")
        self.desk, self._bridge, self.toaster = desk, bridge, toaster
        self.zone = ZoneInfo(zone_name(desk.settings.get("zone")))
        self.listed: Listed | None = None
        self.opened: Opened | None = None
        self.looked: set[str] = set()  # deliveries whose page the person opened to look
        self._known: dict[str, tuple[str, Look]] = {}
        self._want, self._turn, self._window = "", 0, WINDOW
        self._stamp = (0, 0)
        self.deeds, self.hand = Deeds(desk, bridge, self), HandWork(desk, bridge, self)
        self.thumbs = Thumbs(desk.library, bridge, self)
        self.acting = Acting(self)
        self._build()
        self._connect()
        self.retranslate()

    # for the window --------------------------------------------------------------------------------------------

    def commands(self) -> list[Action]:
        """What can be done here."""
        return commands(self)

    def regions(self) -> list[QWidget]:
        """F6 order: the list, what can be done, the journal, the proof."""
        return [self.list, self.story.box, self.story.journal, self.proof]

    def shown(self) -> None:
        """What was said of times may be old."""
        self.reload()

    def show_delivery(self, id: str) -> None:
        """Go to a delivery, whatever the list is narrowed to."""
        self._want = id
        if self.list.row(id) is None and self.column.wanted.narrow:
            self.column.clear()
        self.list.choose(id)
        self._open(id)

    def go_to_needs(self) -> None:
        """The most urgent one."""
        if ids := self.list.rows.ids():
            self.list.choose(ids[0])
            self.list.scrollToTop()

    # what is shown ---------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Set every text."""
        name(self, tr("outbox", "Outbox"))
        name(self.story, tr("outbox", "Story"))
        name(self.side, tr("outbox", "Proof"))
        self.empty.say(
            tr("outbox", "Nothing was sent yet. What you publish or schedule is followed here, step by step."),
            tr("outbox", "Go to the drafts"), tr("outbox", "Open the calendar"),
        )  # fmt: skip
        self.restyle()
        if self.listed is None:
            self.reload()
        else:
            self._seen()

    def restyle(self) -> None:
        """The column holds its head at any text size."""
        self.column.setMinimumWidth(min(420, self.theme.px(240)))

    def reload(self) -> None:
        """Read the list again, in a job; what is chosen stays chosen."""
        self._turn += 1
        turn, asked, window = self._turn, self.column.wanted, self._window
        self._stamp = self.desk.outbox.stamp()
        self._later.stop()

        def work(_task: Task[Listed]) -> Listed:
            return listed(self.desk, asked, window)

        self._bridge.submit("store", N("job", "Reading the outbox"), work, partial(self._show, turn), owner=self)

    def _show(self, turn: int, found: Listed) -> None:
        if turn != self._turn:
            return
        self.listed = found
        self._learn()
        self.list.zone = self.zone
        arranger = self._arranger(utc_now(), found.progress)
        self.list.show_lines(arranger.lines(found.page))
        narrow = self.column.wanted.narrow
        self.column.show_found(not found.page.empty or not narrow)
        self.column.show_holds([(h.scope, hold_words(h, self.places()), h.reason) for h in found.holds])
        self.pages.setCurrentIndex(0 if found.page.empty and not narrow and self.opened is None else 1)
        self._stand()
        self._set_ticking()

    def _stand(self) -> None:
        """Where the person was, or on the most urgent one."""
        ids = self.list.rows.ids()
        wanted = self._want or (self.opened.item.delivery.id if self.opened is not None else "")
        if not wanted and ids:
            wanted = ids[0]
        if wanted:
            self.list.choose(wanted)
            self._open(wanted)

    def _open(self, id: str) -> None:
        """Read one delivery, in a job."""
        if not id:
            return
        self._want = id
        language, zone = self.theme.language.code, self.zone
        self._bridge.submit(
            "store", N("job", "Reading the outbox"), lambda _task: opened(self.desk, id, language, zone),
            self._show_story, self._gone, owner=self,
        )  # fmt: skip

    def _gone(self, fault: BaseException) -> None:
        self._want = ""
        if not isinstance(fault, NotFound):
            self.story.say(sentence(fault, self.theme.language.code))

    def _show_story(self, found: Opened) -> None:
        d = found.item.delivery
        if d.id != self._want:
            return  # the person went on
        if self.opened is None or self.opened.item.delivery.id != d.id:
            self.story.to_top()
        self.opened = found
        self.pages.setCurrentIndex(1)
        self._place_proof()
        self.say_again()
        others = [self._shown(other) for other in found.others]
        self.proof.show_proof(self._shown(d), others, self.zone)
        self._set_ticking()

    def say_again(self) -> None:
        """Something changed that only the pane knows: what was looked at, or the time."""
        if self.opened is None:
            return
        now = utc_now()
        d = self.opened.item.delivery
        shown = self._arranger(now, {d.id: self.opened.progress}).row(self.opened.item)
        self.story.show_story(shown, self.opened, self.answer(now), now, self.zone)

    def answer(self, now: datetime) -> Answer:
        """What can be done with the delivery that is shown."""
        found = self.opened
        assert found is not None
        d = found.item.delivery
        said = answer(Case(
            d, self.look(d), now, self.zone, self.theme.language.code, pace_words(found.progress), found.looks,
            d.id in self.looked, found.went, found.parts, found.staged, found.files, bool(found.page), found.hold,
        ))  # fmt: skip
        if self.desk.read_only:
            return frozen(said, tr("outbox", "This window only reads the workspace."))
        return said

    def _shown(self, d: Delivery) -> Shown:
        return Shown(d, self.look(d), shown_state(d, utc_now()))

    def _arranger(self, now: datetime, progress: Mapping[str, Progress]) -> Arranger:
        known = {id: look for id, (_, look) in self._known.items()}
        said = {id: pace_words(one) for id, one in progress.items()}
        return Arranger(known, self.zone, self.theme.language.code, now, said)

    # accounts --------------------------------------------------------------------------------------------------

    def look(self, d: Delivery) -> Look:
        """Whose a delivery is."""
        return find({id: look for id, (_, look) in self._known.items()}, d.account, d.platform)

    def places(self) -> list[tuple[str, Look]]:
        """Platform id and look of each account."""
        return list(self._known.values())

    def _learn(self) -> None:
        infos = {info.id: info for info in self.desk.accounts.platforms()}
        language = self.theme.language.code
        self._known = {
            a.id: (a.platform, look(a, infos[a.platform], language)) for a in self.desk.accounts.list()
            if a.platform in infos
        }  # fmt: skip

    # inside ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        theme = self.theme
        self.list = OutboxList(theme, self.thumbs, self.zone)
        self.column = OutboxColumn(theme, self.list, self.places)
        self.story = StoryColumn(theme, self.thumbs)
        self.proof = ProofColumn(theme, self.thumbs)
        self.side = ScrollColumn(theme, "window", padding=20)
        ground(self.side, "window")
        self.empty = EmptyState(theme, "outbox", "square-pen")
        self.pages = QStackedWidget()
        self.pages.addWidget(self.empty)
        self.pages.addWidget(self.story)
        self.split = Splitter(theme, "outbox", ViewState(self.desk.settings), WIDTHS)
        self.split.add(self.column, 0)
        self.split.add(self.pages, 1, 380)
        self.split.add(self.side, 0)
        self.setLayout(column(self.split, gap=0))
        self._place_proof()

    def _connect(self) -> None:
        self._later = _timer(self, 60, self._seen, once=True)
        self._elsewhere = _timer(self, 2000, self.look_elsewhere)
        self._clock = _timer(self, 1000, self.tick)
        desk = self.desk
        for event in (desk.publishing.changed, desk.calendar.changed, desk.holds.changed, desk.accounts.changed):
            Relay(event, lambda *_: self._later.start(), self)
        Relay(desk.settings.changed, self._setting_changed, self)
        self.list.chosen.connect(self._open)
        self.list.entered.connect(lambda _: self.focus_safe())
        self.list.more_wanted.connect(self._more)
        self.list.calendar_wanted.connect(self.calendar_asked)
        self.list.menu_wanted.connect(self._menu)
        self.column.asked.connect(self.reload)
        self.column.hold_asked.connect(self.acting.hold_menu)
        self.column.hold_ended.connect(self.acting.end_hold)
        self.story.done.connect(self.acting.do)
        self.story.copy_asked.connect(partial(self.acting.do, "report"))
        self.story.more_asked.connect(self._more_menu)
        self.proof.acted.connect(self._proof_acted)
        self.empty.acted.connect(self.drafts_asked)
        self.empty.linked.connect(self.calendar_asked)

    def focus_safe(self) -> None:
        """Enter in the list: the safe action has the focus."""
        if (first := next(iter(self.story.box.controls.values()), None)) is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def _seen(self) -> None:
        """What nobody sees is read when it is shown."""
        if self.isVisible():
            self.reload()

    def look_elsewhere(self) -> None:
        """A worker of the same workspace moves deliveries, too, and cannot tell us."""
        if self.desk.outbox.stamp() != self._stamp:
            self._seen()

    def _more(self) -> None:
        """The person scrolls to the end: twice as much of what is over."""
        if self.listed is not None and self.listed.page.more:
            self._window *= 2
            self.reload()

    def _menu(self, id: str, at: QPoint) -> None:
        self.list.choose(id)
        if self.opened is not None and self.opened.item.delivery.id == id:
            self.more_menu().popup(at)

    def _more_menu(self) -> None:
        more = self.story.head.more
        self.more_menu().popup(more.mapToGlobal(QPoint(0, more.height() + 4)))

    def more_menu(self) -> QMenu:
        """Everything that can be done with the delivery that is shown."""
        assert self.opened is not None
        return delivery_menu(self, self.theme, self.opened.item.delivery, bool(self.opened.page),
                             not self.desk.read_only, self.acting.do)  # fmt: skip

    def _proof_acted(self, what: str, id: str) -> None:
        if what == "go":
            self.show_delivery(id)
        else:
            self.acting.link(what, self.desk.publishing.get(id).url)

    def _setting_changed(self, id: str) -> None:
        if id == "zone":
            self.zone = ZoneInfo(zone_name(self.desk.settings.get("zone")))
            self.reload()

    # the clock -------------------------------------------------------------------------------------------------

    @property
    def ticking(self) -> bool:
        """Whether the clock is watched: only while somebody sees words that count."""
        return self._clock.isActive()

    def tick(self) -> None:
        """A second has passed."""
        self.list.tick()
        self.say_again()
        states = [line.row.delivery.state for line in self.list.rows.lines if line.row is not None]
        if any(state in SENDING for state in states):
            self._later.start()

    def _set_ticking(self) -> None:
        counts = self.list.counts() or (self.opened is not None and self._counts(self.opened))
        if not (counts and self.isVisible()):
            self._clock.stop()
        elif not self._clock.isActive():
            self._clock.start()

    def _counts(self, found: Opened) -> bool:
        return ticks(Row("", found.item.delivery, "", "", self.look(found.item.delivery), ""), utc_now())

    # Qt --------------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Countdowns run."""
        super().showEvent(event)
        self._elsewhere.start()
        self._set_ticking()

    def hideEvent(self, event: QHideEvent) -> None:
        """Countdowns rest."""
        super().hideEvent(event)
        self._clock.stop()
        self._elsewhere.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The proof moves under the story where there is no room beside it."""
        super().resizeEvent(event)
        self._place_proof()

    def _place_proof(self) -> None:
        """Beside the story where there is room and a story."""
        beside = self.window().width() >= PROOF_FROM
        self.side.setVisible(beside and self.opened is not None)
        if beside and self.proof.parentWidget() is not self.side.inner:
            self.side.column.addWidget(self.proof)
        elif not beside and (self.proof.parentWidget() in (None, self.side.inner)):
            self.story.take_proof(self.proof)


def _timer(owner: QWidget, interval: int, run: Callable[[], object], once: bool = False) -> QTimer:
    timer = QTimer(owner)
    timer.setSingleShot(once)
    timer.setInterval(interval)
    timer.timeout.connect(run)
    return timer
