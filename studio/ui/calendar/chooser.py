"""When and where: the small panel that schedules a draft, or gives a delivery another time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt, QTime, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from studio.core.slot import Late
from studio.ui.accounts.looks import Look
from studio.ui.calendar.month import at_clock
from studio.ui.calendar.popover import Popover
from studio.ui.i18n import tr
from studio.ui.moments import local
from studio.ui.widgets.base import name, row
from studio.ui.widgets.button import Button
from studio.ui.widgets.choice import Combo
from studio.ui.widgets.label import ElidedLabel, Label
from studio.ui.widgets.marks import Disc
from studio.ui.widgets.note import Note, NoteText
from studio.ui.widgets.stepper import DateField, TimeField

if TYPE_CHECKING:
    from studio.core.finding import Finding
    from studio.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Draft:
    """A post that may be scheduled. accounts: those it is meant for; blocked: account -> why it may not go there."""

    post: str
    heading: str
    accounts: tuple[str, ...]
    blocked: Mapping[str, str]


def late_words(late: Late) -> str:
    """What happens when the computer is off at that time."""
    if late.rule == "ask":
        return tr("calendar", "Goes out by itself while Yigao runs. If it was off, you are asked.")
    if late.rule == "skip":
        return tr("calendar", "Goes out by itself while Yigao runs. If it was off, it is not sent.")
    return tr(
        "calendar", "Goes out by itself while Yigao runs. If it was off, it is still sent up to {minutes} min late.",
        minutes=late.minutes,
    )  # fmt: skip


class Chooser(Popover):
    """chosen(post, accounts, at): confirmed. wanted(post): another draft was picked; answer with `show_draft`."""

    chosen = Signal(str, object, object)
    wanted = Signal(str)

    def __init__(
        self, theme: Theme, parent: QWidget, at: datetime, zone: tzinfo, zone_name: str, late: Late,
        looks: Iterable[Look], drafts: Sequence[tuple[str, str]] = (), verb: str = "schedule",
    ) -> None:  # fmt: skip
        super().__init__(theme, parent, 336)
        self._zone, self._verb = zone, verb
        self._looks = tuple(looks)
        self._draft: Draft | None = None
        self.checks: dict[str, QCheckBox] = {}
        self.title = ElidedLabel("", "heading")
        self.drafts = Combo(theme, drafts)
        self.drafts.setVisible(len(drafts) > 1)
        self.title.setVisible(len(drafts) <= 1)
        self.drafts.chosen.connect(self.wanted)
        self.date, self.time = _fields(theme, local(at, zone))
        for field in (self.date, self.time):
            field.dateTimeChanged.connect(self._said)
        self.where = row(self.date, self.time, None, gap=8)
        self.problem = Note(theme, "error", "")
        self.problem.hide()
        self.confirm = Button(theme, "", "primary", "calendar-check", "small")
        self.confirm.clicked.connect(self._confirm)
        self.drop = Button(theme, tr("calendar", "Cancel"), "quiet", size="small")
        self.drop.clicked.connect(self.close_up)
        zone_words = Label(tr("calendar", "Times in {zone}", zone=zone_name), "caption", "text-3")
        for widget in (self.title, self.drafts):
            self.body.addWidget(widget)
        self.body.addLayout(self.where)
        self.body.addWidget(zone_words)
        self._add_accounts(theme)
        self.body.addWidget(Label(late_words(late), "small", "text-2", wrap=True))
        self.body.addWidget(self.problem)
        self.body.addLayout(row(None, self.drop, self.confirm, gap=8))
        self._said()

    @property
    def at(self) -> datetime:
        """The chosen time, UTC."""
        day, clock = self.date.date(), self.time.time()
        return at_clock(date(day.year(), day.month(), day.day()), clock.hour(), clock.minute(), self._zone)

    @property
    def accounts(self) -> tuple[str, ...]:
        """The ticked accounts."""
        return tuple(id for id, check in self.checks.items() if check.isChecked() and check.isEnabled())

    def show_draft(self, draft: Draft) -> None:
        """Offer this draft: its accounts are ticked, those that would refuse it say why."""
        self._draft = draft
        self.title.set_text(draft.heading)
        self.setAccessibleName(draft.heading)
        if self.drafts.count():
            self.drafts.set_value(draft.post)
        for id, check in self.checks.items():
            why = draft.blocked.get(id, "")
            check.setEnabled(not why)
            check.setToolTip(why)
            check.setAccessibleDescription(why)
            check.setChecked(not why and id in draft.accounts)
        self._said()

    def show_title(self, heading: str) -> None:
        """A delivery that only gets another time."""
        self.title.set_text(heading)
        self.setAccessibleName(heading)

    def say(self, finding: Finding, sentence: str) -> None:
        """Why it was refused; the panel stays."""
        self.problem.set_note(NoteText(finding.severity, sentence))
        self.problem.show()
        self.set_busy(False)

    def untick(self, accounts: Iterable[str]) -> None:
        """These are done; what stays ticked is what was refused."""
        for id in accounts:
            self.checks[id].setChecked(False)

    def set_busy(self, busy: bool) -> None:
        """While it is being written down."""
        self.confirm.set_busy(busy)
        self.confirm.setEnabled(not busy)

    def focus_first(self) -> None:
        """The time is what one changes most."""
        self.time.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_accounts(self, theme: Theme) -> None:
        if self._verb != "schedule":
            return
        for look in self._looks:
            check = QCheckBox(look.title)
            name(check, f"{look.title}, {look.platform}")
            check.toggled.connect(self._said)
            self.checks[look.id] = check
            disc = Disc(theme, look.initial, look.colour, 16, look.platform)
            self.body.addLayout(row(disc, check, None, gap=8))

    def _said(self) -> None:
        if self._verb == "move":
            self.confirm.setText(tr("calendar", "Change time"))
            self.confirm.updateGeometry()
            return
        count = len(self.accounts)
        self.confirm.setText(tr("calendar", "Schedule to {count}", count=count))
        why = tr("calendar", "Tick at least one account.") if count == 0 else ""
        self.confirm.why_not(why if self._draft is not None else tr("calendar", "No draft is waiting."))
        self.confirm.updateGeometry()

    def _confirm(self) -> None:
        self.problem.hide()
        self.set_busy(True)
        post = self._draft.post if self._draft is not None else ""
        self.chosen.emit(post, self.accounts, self.at)


def _fields(theme: Theme, wall: datetime) -> tuple[DateField, TimeField]:
    day, clock = DateField(theme, "small"), TimeField(theme, "small")
    day.setDate(QDate(wall.year, wall.month, wall.day))
    clock.setTime(QTime(wall.hour, wall.minute))
    for field, words in ((day, tr("calendar", "Day")), (clock, tr("calendar", "Time"))):
        name(field, words)
    return day, clock

