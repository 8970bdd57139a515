"""The rows of the review: one delivery that did not go out, and what shall become of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate, Qt, QTime, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.core.slot import to_utc
from studio.services.words import say
from studio.ui.i18n import tr
from studio.ui.moments import local, moment
from studio.ui.problems import split
from studio.ui.widgets.base import column, dress, ground, hairline, name, row
from studio.ui.widgets.button import Link
from studio.ui.widgets.choice import Segments
from studio.ui.widgets.label import ElidedLabel, Label
from studio.ui.widgets.marks import Disc
from studio.ui.widgets.stepper import DateField, TimeField

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from studio.core.finding import Finding
    from studio.services.calendar import Entry
    from studio.ui.accounts.looks import Look
    from studio.ui.theme import Theme

ROW: Final = 58
ANSWERS: Final = ("later", "send", "time", "out")


class ReviewRow(QWidget):
    """changed: another answer or time. answer: one of ANSWERS; nothing happens by itself, so it starts with later."""

    changed = Signal()

    def __init__(self, theme: Theme, entry: Entry, zone: ZoneInfo, divided: bool = False) -> None:
        super().__init__()
        self._theme, self._zone, self.entry = theme, zone, entry
        heading = entry.heading or tr("draft", "Untitled")
        self.heading = ElidedLabel(heading, "body", weight=500)
        self.below = ElidedLabel("", "small", "text-2")
        self.choice = Segments(theme, _answers())
        self.date, self.time = DateField(theme, "small"), TimeField(theme, "small")
        self.fields = QWidget()
        self.fields.setLayout(row(self.date, self.time, gap=6))
        name(self.choice, heading)
        name(self.date, tr("review", "New day"))
        name(self.time, tr("review", "New time"))
        self.divided = divided
        self._propose()
        words = column(None, self.heading, self.below, None, gap=0)
        line = row(words, self.fields, self.choice, gap=12, margins=(24, 0, 24, 0))
        line.setStretch(0, 1)
        self.setLayout(line)
        self.setFixedHeight(theme.px(ROW))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.choice.chosen.connect(lambda _: self._changed())
        for field in (self.date, self.time):
            field.dateTimeChanged.connect(lambda _: self._changed())
        self.say()

    @property
    def answer(self) -> str:
        """What shall become of it."""
        return self.choice.value

    @property
    def at(self) -> datetime:
        """The new time, UTC."""
        day, clock = self.date.date(), self.time.time()
        return to_utc(f"{day.toString(Qt.DateFormat.ISODate)}T{clock.toString('HH:mm')}", self._zone.key)

    def answer_with(self, answer: str) -> None:
        """As the person would."""
        self.choice.set_value(answer)
        self._changed()

    def say(self, departs: datetime | None = None, refused: Finding | None = None) -> None:
        """Below the heading: when it was planned and why it stayed, or when it goes now."""
        language, d = self._theme.language.code, self.entry.delivery
        self.fields.setVisible(self.answer == "time")
        dress(self.below, tone="bad" if refused else "text-2")
        if refused is not None:
            self.below.set_text(split(say(refused, language))[0])
        elif departs is not None:
            self.below.set_text(self._departs(departs))
        else:
            when = moment(d.at, self._zone, language)
            state = self._theme.state(d.state.value).words
            self.below.set_text(tr("review", "Planned for {when} · {state}", when=when, state=state))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line above, between two rows of an account."""
        if self.divided:
            QPainter(self).fillRect(0, 0, self.width(), 1, self._theme.color("line"))

    def _departs(self, at: datetime) -> str:
        if at - datetime.now(UTC) < timedelta(minutes=1):
            return tr("review", "Goes right away")
        when = moment(at, self._zone, self._theme.language.code)
        return tr("review", "Goes about {when}, for the account’s pace", when=when)

    def _propose(self) -> None:
        """The same time of day, on the next day that is still to come."""
        at = local(self.entry.delivery.at, self._zone)
        now = local(datetime.now(UTC), self._zone)
        day = next_day(at, now)
        self.date.setMinimumDate(QDate(now.year, now.month, now.day))
        self.date.setDate(QDate(day.year, day.month, day.day))
        self.time.setTime(QTime(at.hour, at.minute))

    def _changed(self) -> None:
        self.fields.setVisible(self.answer == "time")
        self.changed.emit()


def next_day(at: datetime, now: datetime) -> date:
    """The day on which that time of day is still to come, with five minutes to spare. Both on one clock."""
    today = now.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
    return now.date() if today > now + timedelta(minutes=5) else now.date() + timedelta(days=1)


class AccountHead(QWidget):
    """The account of the rows below. asked(answer): for all of them."""

    asked = Signal(str)

    def __init__(self, theme: Theme, look: Look, number: int) -> None:
        super().__init__()
        ground(self, "sunken")
        below = look.below if look.below != look.title else ""
        parts: list[QWidget] = [
            Disc(theme, look.initial, look.colour, 20, look.platform), Label(look.title, "small", weight=600),
            Label(str(number), "small", "text-2"), ElidedLabel(below, "small", "text-2"),
        ]  # fmt: skip
        texts = {"send": tr("review", "Send all"), "out": tr("review", "Leave all out")} if number > 1 else {}
        self.links = {}
        for answer, text in texts.items():
            link = Link(theme, text, tall=True)
            link.setAccessibleName(f"{text}, {look.title}")
            link.clicked.connect(lambda _=False, a=answer: self.asked.emit(a))
            self.links[answer] = link
            parts.append(link)
        inner = QWidget()
        line = row(*parts, gap=10, margins=(24, 0, 24, 0))
        line.setStretch(3, 1)
        inner.setLayout(line)
        inner.setFixedHeight(theme.px(36))
        self.setLayout(column(hairline(), inner, hairline(), gap=0))


def _answers() -> list[tuple[str, str]]:
    return [
        ("later", tr("review", "Later")), ("send", tr("review", "Send now")), ("time", tr("review", "New time")),
        ("out", tr("review", "Leave out")),
    ]
