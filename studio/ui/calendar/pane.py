"""The Calendar pane: the month, the drafts that wait for a time, and the panels that float over both."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPoint, QRect, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from studio.core.delivery import State
from studio.ui.accounts.looks import find, looks
from studio.ui.actions import Action
from studio.ui.calendar.acting import Acting
from studio.ui.calendar.chooser import Chooser
from studio.ui.calendar.delivery import DeliveryPopover
from studio.ui.calendar.desk import Deeds
from studio.ui.calendar.minis import Minis
from studio.ui.calendar.model import first_weekday, items
from studio.ui.calendar.month import bounds, first_of, step_month, suggested
from studio.ui.calendar.paint import MINI
from studio.ui.calendar.popover import DayPopover, Popover
from studio.ui.calendar.strip import TrustStrip
from studio.ui.calendar.tray import Ghost, Tray, Waiting
from studio.ui.calendar.view import MonthView
from studio.ui.i18n import N, tr
from studio.ui.library.thumbs import Thumbs
from studio.ui.moments import day as day_words
from studio.ui.moments import local, moment, month_title, zone_name
from studio.ui.problems import findings_of, sentence
from studio.ui.relay import Relay
from studio.ui.trust import Known, said
from studio.ui.viewstate import ViewState
from studio.ui.widgets.base import Pane, column, ground, hairline, name, row
from studio.ui.widgets.button import Button, ToolButton
from studio.ui.widgets.label import ElidedLabel, Label
from studio.ui.widgets.note import Note, NoteText

if TYPE_CHECKING:
    from studio.core.delivery import Delivery
    from studio.services.desk import Desk
    from studio.ui.jobs import JobsBridge
    from studio.ui.theme import Theme
    from studio.ui.toast import Toaster

TRAY_FROM = 1300  # px of window from which the tray stands by itself
WIDE = 1800
MOST = 300  # drafts in the tray
KEYWORDS = "calendar rl rili pq paiqi"


class CalendarPane(Pane):
    """open_post(id): the person wants to edit it. followed(target, ids): a fact of the trust strip leads elsewhere.

    hand_asked(delivery id): they want to post it by hand now
    """

    open_post = Signal(str)
    followed = Signal(str, tuple)
    hand_asked = Signal(str)

    def __init__(self, theme: Theme, desk: Desk, bridge: JobsBridge, toaster: Toaster) -> None:
        super().__init__(theme, "surface")
        self._desk, self.toaster = desk, toaster
        self._state = ViewState(desk.settings)
        self._zone = zone_name(desk.settings.get("zone"))
        self.popover: Popover | None = None
        self._drafts: dict[str, Waiting] = {}
        self.deeds = Deeds(theme, desk, bridge, self)
        self.acting = Acting(self)
        self.thumbs = Thumbs(desk.library, bridge, self)
        language = theme.language.code
        self.view = MonthView(theme, ZoneInfo(self._zone), lambda: datetime.now(UTC), first_weekday(language))
        self.minis = Minis(theme, desk, self, self.devicePixelRatioF)
        self.view.mini = lambda item: self.minis.get(item.post, item.account, MINI, MINI)
        self.minis.changed.connect(self.view.update)
        self.tray = Tray(theme, self.thumbs)
        self.strip = TrustStrip(theme)
        self.known = Known()
        self.ghost = Ghost(theme, self.thumbs, self)
        self.problem = Note(theme, "error", "")
        self.problem.hide()
        self._build()
        self._connect()
        self.retranslate()
        self.reload()

    # for the window --------------------------------------------------------------------------------------------

    def commands(self) -> list[Action]:
        """What can be done here."""
        plain = [
            ("today", N("calendar", "Go to today"), self.go_today, "calendar", "today jt jintian"),
            ("previous", N("calendar", "Previous month"), lambda: self.step(-1), "chevron-left", "syy shangyiyue"),
            ("next", N("calendar", "Next month"), lambda: self.step(1), "chevron-right", "xyy xiayiyue"),
        ]
        found = [
            Action(f"calendar.{id}", text, run, icon=icon, keywords=f"{KEYWORDS} {more}")
            for id, text, run, icon, more in plain
        ]
        found.append(Action(
            "calendar.planner", N("calendar", "Profile grid…"), self.plan_grid, icon="grid-2x2",
            keywords=f"{KEYWORDS} profile grid planner zhuye jiugongge",
        ))  # fmt: skip
        found.append(Action(
            "calendar.schedule", N("calendar", "Schedule a draft"), self.schedule_here, "Ctrl+Shift+Return",
            "calendar-clock", lambda: not self._desk.read_only, f"{KEYWORDS} schedule",
        ))  # fmt: skip
        return found

    def regions(self) -> list[QWidget]:
        """F6 order."""
        return [self.strip, self.tray, self.view, self.bar]

    def shown(self) -> None:
        """Today may have changed since."""
        self.reload()

    def close_down(self) -> None:
        """The window closes: nothing is loaded any more."""
        self.minis.close()

    # what is shown ---------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Set every text."""
        self.tray_title.setText(tr("calendar", "To schedule"))
        self.hint.setText(tr("calendar", "Drag one onto a day, or press Enter."))
        self.today.setText(tr("calendar", "Today"))
        self.schedule.setText(tr("calendar", "Schedule…"))
        why = tr("calendar", "This window only reads the workspace.") if self._desk.read_only else ""
        self.schedule.why_not(why)
        self.back.set_tip(tr("calendar", "Previous month"))
        self.onward.set_tip(tr("calendar", "Next month"))
        self.planner.set_tip(tr("calendar", "Profile grid…"))
        self.fold.set_tip(tr("calendar", "Drafts to schedule"))
        self.zone_words.set_text(tr("calendar", "Times in {zone}", zone=self._zone))
        name(self.tray, tr("calendar", "Drafts to schedule"))
        name(self, tr("calendar", "Calendar"))
        self._title()
        self.show_known(self.known)
        self.view.first_weekday = first_weekday(self.theme.language.code)

    def reload(self) -> None:
        """Read the month and the tray again."""
        known = looks(self._desk.accounts, self.theme.language.code)
        start, end = bounds(self.view.weeks, self.view.zone)
        self.view.show_month(self.view.month, items(self._desk.calendar.between(start, end), known, self.view.zone))
        rows = self._desk.posts.list(state=State.DRAFT, limit=MOST)
        empty = tr("calendar", "Untitled")
        found = [Waiting(r.id, r.heading or empty, r.thumb, len(r.platforms)) for r in rows if r.heading or r.thumb]
        self._drafts = {waiting.post: waiting for waiting in found}
        self.tray.rows.show(found)
        self.count.setText(str(len(found)) if len(found) < MOST else f"{MOST}+")
        self.hint.setVisible(bool(found))
        self.none.setVisible(not found)
        self._title()

    def show_known(self, known: Known) -> None:
        """What is true now, over the month."""
        self.known = known
        self.strip.show_facts(said(known, ZoneInfo(self._zone), self.theme.language.code))

    def show_month(self, first: date) -> None:
        """Turn to a month."""
        self.view.month = first_of(first)
        self.reload()

    def step(self, by: int) -> None:
        """Turn some months on."""
        self.show_month(step_month(self.view.month, by))

    def go_today(self) -> None:
        """Turn to today and put the cursor there."""
        self.view.go_to(self.view.today)
        self.show_month(self.view.today)

    # panels ----------------------------------------------------------------------------------------------------

    def open_delivery(self, id: str, looked: bool = False) -> None:
        """The panel of one delivery, beside its chip."""
        item, delivery = self.view.item(id), self._desk.publishing.get(id)
        heading = item.title if item is not None else tr("calendar", "Untitled")
        look = find(looks(self._desk.accounts, self.theme.language.code), delivery.account, delivery.platform)
        when = moment(delivery.at, self.view.zone, self.theme.language.code)
        panel = DeliveryPopover(self.theme, self.window(), delivery, heading, when, look, looked)
        panel.acted.connect(lambda what: self.acting.act(panel, what))
        self._open(panel, self.view.area(f"chip:{id}"))

    def open_day(self, when: date, anchor: QRect) -> None:
        """Everything on one day."""
        title = day_words(when, self.theme.language.code)
        panel = DayPopover(self.theme, self.window(), title, self.view.on_day(when))
        panel.opened.connect(self.open_delivery)
        self._open(panel, anchor)

    def schedule_here(self) -> None:
        """Schedule something on the day of the cursor, or today when that is past."""
        when = max(self.view.at_day, self.view.today)
        self.schedule_on(when)

    def schedule_on(self, when: date, post: str = "") -> None:
        """The panel that chooses time and accounts for a draft on a day."""
        if self._desk.read_only or when < self.view.today:
            self.complain(tr("calendar", "That time has passed. Choose a later day.") if when < self.view.today
                      else tr("calendar", "This window only reads the workspace."))  # fmt: skip
            return
        at = suggested(when, datetime.now(UTC), self.view.zone)
        known = looks(self._desk.accounts, self.theme.language.code)
        drafts = [(w.post, w.heading) for w in self._drafts.values()]
        panel = Chooser(
            self.theme, self.window(), at, self.view.zone, self._zone, self._desk.calendar.late(), known.values(),
            [] if post else drafts,
        )  # fmt: skip
        panel.wanted.connect(lambda id: panel.show_draft(self.deeds.draft(id, known)))
        panel.chosen.connect(lambda id, accounts, at: self.deeds.schedule(panel, id, accounts, at, self._zone))
        if post or drafts:
            panel.show_draft(self.deeds.draft(post or drafts[0][0], known))
        self._open(panel, self.view.area(f"day:{when}"))

    def plan_grid(self) -> None:
        """The next nine posts as an account's page will show them."""
        from studio.ui.calendar.planner import PlannerSheet

        known = looks(self._desk.accounts, self.theme.language.code)
        drafts = list(self._drafts.values())
        sheet = PlannerSheet(
            self.theme, self._desk, self.deeds.bridge, self.minis, self.thumbs, self.view.zone, known, drafts
        )
        sheet.moved.connect(self.acting.replanned)
        sheet.open_over(self.window())

    def change_time(self, delivery: Delivery, heading: str) -> None:
        """The panel that gives a delivery another time."""
        now = datetime.now(UTC)
        at = delivery.at if delivery.at > now else suggested(self.view.today, now, self.view.zone)
        panel = Chooser(
            self.theme, self.window(), at, self.view.zone, self._zone, delivery.late, (), verb="move"
        )
        panel.show_title(heading)
        panel.chosen.connect(lambda _post, _accounts, at: self.reschedule(delivery.id, at, panel))
        self._open(panel, self.view.area(f"chip:{delivery.id}"))

    def reschedule(self, id: str, at: datetime, panel: Popover | None = None) -> None:
        """Give a delivery another time; undo is offered for what was simply scheduled."""
        before = self._desk.publishing.get(id)

        def done(delivery: Delivery) -> None:
            if panel is not None:
                panel.close_up()
            when = moment(delivery.at, self.view.zone, self.theme.language.code)
            back = (lambda: self.reschedule(id, before.at)) if before.state is State.SCHEDULED else None
            undo = back if before.at > datetime.now(UTC) else None
            self.toaster.show(tr("calendar", "Moved to {when}", when=when), undo)

        self.deeds.move(id, at, done, lambda fault: self.refused(fault, panel))

    # inside ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.title = Label("", "title")
        self.back, self.onward = ToolButton(self.theme, "chevron-left"), ToolButton(self.theme, "chevron-right")
        self.fold = ToolButton(self.theme, "layout-panel-left", checkable=True)
        self.today = Button(self.theme, "", size="small")
        self.planner = ToolButton(self.theme, "grid-2x2")
        self.schedule = Button(self.theme, "", "primary", "calendar-clock", "small")
        self.bar = QWidget()
        self.bar.setLayout(row(
            self.fold, self.title, 8, self.back, self.onward, self.today, None, self.planner, 4, self.schedule,
            margins=(16, 0, 16, 0),
        ))  # fmt: skip
        self.bar.setFixedHeight(self.theme.px(56))
        self.side = ground(QWidget(), "sunken")
        self.tray_title, self.count = Label("", "body", weight=600), Label("", "small", "text-3")
        self.hint = Label("", "caption", "text-3", wrap=True)
        self.none = Label("", "small", "text-2", wrap=True)
        self.zone_words = ElidedLabel("", "caption", "text-3")
        head = row(self.tray_title, self.count, None, margins=(16, 18, 16, 8))
        foot = column(self.none, self.hint, self.zone_words, margins=(16, 4, 16, 12), gap=8)
        self.side.setLayout(column(head, self.tray, foot, gap=0))
        note = row(self.problem, margins=(16, 0, 16, 8))
        main = column(self.bar, note, self.view, gap=0)
        main.setStretch(2, 1)
        line = self._line = hairline(vertical=True)
        whole = row(self.side, line, gap=0)
        whole.addLayout(main, 1)
        outer = column(self.strip, whole, gap=0)
        outer.setStretch(1, 1)
        self.setLayout(outer)

    def _connect(self) -> None:
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.reload)
        desk = self._desk
        for event in (desk.calendar.changed, desk.publishing.changed, desk.posts.changed, desk.accounts.changed):
            Relay(event, lambda *_: self._later.start(), self)
        Relay(desk.settings.changed, self._setting_changed, self)
        self.back.clicked.connect(lambda: self.step(-1))
        self.onward.clicked.connect(lambda: self.step(1))
        self.today.clicked.connect(self.go_today)
        self.schedule.clicked.connect(self.schedule_here)
        self.planner.clicked.connect(self.plan_grid)
        self.fold.clicked.connect(self._folded)
        self.strip.acted.connect(self._follow)
        view, tray = self.view, self.tray
        view.month_wanted.connect(self.show_month)
        view.item_opened.connect(lambda id, _anchor: self.open_delivery(id))
        view.more_opened.connect(self.open_day)
        view.day_opened.connect(lambda when, _anchor: self.schedule_on(when))
        view.dropped.connect(self.reschedule)
        view.draft_dropped.connect(lambda post, when: self.schedule_on(when, post))
        view.told.connect(self.complain)
        tray.picked.connect(lambda post: self.schedule_on(max(view.at_day, view.today), post))
        tray.lifted.connect(view.take_draft)
        tray.carried.connect(self._carry)
        tray.let_go.connect(self._let_go)
        tray.put_back.connect(self._put_back)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tray folds first."""
        super().resizeEvent(event)
        window = self.window().width()
        self.side.setFixedWidth(round((264 if window >= WIDE else 232) * min(1.4, self.theme.scale)))
        kept = self._state.get(f"calendar.tray.{window >= TRAY_FROM}", window >= TRAY_FROM)
        self._show_side(bool(kept))

    def _follow(self, target: str, ids: tuple[str, ...]) -> None:
        if target == "delivery":
            self.show_month(local(self._desk.publishing.get(ids[0]).at, self.view.zone).date())
            self.open_delivery(ids[0])
        else:
            self.followed.emit(target, ids)

    def _folded(self) -> None:
        self._show_side(self.fold.isChecked())
        self._state.set(f"calendar.tray.{self.window().width() >= TRAY_FROM}", self.fold.isChecked())

    def _show_side(self, on: bool) -> None:
        self.side.setVisible(on)
        self._line.setVisible(on)
        self.fold.setChecked(on)

    def _title(self) -> None:
        self.title.setText(month_title(self.view.month, self.theme.language.code))
        self.none.setText(tr("calendar", "No draft waits for a time. What you write and have not scheduled lies here."))

    def _setting_changed(self, id: str) -> None:
        if id == "zone":
            self._zone = zone_name(self._desk.settings.get("zone"))
            self.view.zone = ZoneInfo(self._zone)
            self.retranslate()
            self.reload()

    def _open(self, panel: Popover, anchor: QRect) -> None:
        if self.popover is not None:
            self.popover.close_up()
        self.popover = panel
        panel.closed.connect(self._closed)
        self.problem.hide()
        corner = self.view.mapTo(self.window(), anchor.topLeft())
        panel.open_at(self.window(), QRect(corner, anchor.size()))

    def _closed(self) -> None:
        if self.sender() is self.popover:
            self.popover = None

    def refused(self, fault: BaseException, panel: Popover | None = None) -> None:
        """What could not be done, in the panel it was asked in or in place."""
        words = sentence(fault, self.theme.language.code)
        if isinstance(panel, Chooser) and self.popover is panel:
            panel.say(findings_of(fault)[0], words)
        else:
            self.complain(words)
        self.reload()

    def complain(self, words: str) -> None:
        """A refusal, in place."""
        self.problem.set_note(NoteText("error", words))
        self.problem.show()

    def _carry(self, post: str, at: QPoint) -> None:
        if (waiting := self._drafts.get(post)) is not None:
            self.ghost.follow(waiting, self.mapFromGlobal(at))
            self.view.hover_draft(self.view.mapFromGlobal(at))

    def _let_go(self, post: str, at: QPoint) -> None:
        self.ghost.hide()
        when = self.view.drop_draft(self.view.mapFromGlobal(at))
        if when is not None:
            self.schedule_on(when, post)

    def _put_back(self) -> None:
        self.ghost.hide()
        self.view.hover_draft(None)
