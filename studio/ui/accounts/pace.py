"""How fast an account may post, in words and in a sheet to change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTime, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from studio.core.pace import MOST, Pace, hours_text
from studio.ui.i18n import tr
from studio.ui.sheet import Sheet
from studio.ui.widgets.base import column, hairline, name, row
from studio.ui.widgets.button import Button
from studio.ui.widgets.choice import Switch
from studio.ui.widgets.label import Label
from studio.ui.widgets.note import Note, NoteText
from studio.ui.widgets.stepper import NumberField, TimeField

if TYPE_CHECKING:
    from studio.ui.theme import Theme

NIGHT = (23 * 60, 7 * 60)  # what quiet hours begin with when they are turned on


def pace_words(pace: Pace) -> str:
    """"60 min apart, 3 a day"."""
    parts = [tr("accounts", "{minutes} min apart", minutes=pace.gap)] if pace.gap else []
    parts += [tr("accounts", "{count} a day", count=pace.daily)] if pace.daily else []
    return tr("accounts", ", ").join(parts) or tr("accounts", "No limit")


def quiet_words(pace: Pace) -> str:
    """"23:00–07:00", "" for none."""
    return hours_text(pace).replace("-", "–")


class PaceSheet(Sheet):
    """chosen(pace or None): None is what the platform proposes."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, title: str, pace: Pace, proposed: Pace) -> None:
        super().__init__(theme, title, width=480)
        self._proposed = proposed
        self.gap = NumberField(theme, 0, MOST["gap"], 0)
        self.jitter = NumberField(theme, 0, MOST["jitter"], 0)
        self.daily = NumberField(theme, 0, MOST["daily"], 0)
        self.quiet = Switch(tr("accounts", "Quiet hours"))
        self.start, self.end = TimeField(theme), TimeField(theme)
        for number in (self.gap, self.jitter):
            number.setSuffix(tr("accounts", " min"))
        for number in (self.gap, self.jitter, self.daily):
            number.setFixedWidth(max(112, self.gap.minimumWidth()))
            number.setSpecialValueText(tr("accounts", "None"))
        self.problem = Note(theme, "error", "")
        self.problem.hide()
        self._lay_out()
        self._build_footer()
        self.quiet.toggled.connect(self._switched)
        self.show_pace(pace)

    @property
    def pace(self) -> Pace:
        """As it is set now."""
        quiet = (_minute(self.start), _minute(self.end)) if self.quiet.isChecked() else (-1, -1)
        return Pace(self.gap.value(), self.jitter.value(), self.daily.value(), *quiet)

    def show_pace(self, pace: Pace) -> None:
        """Set every field."""
        self.gap.setValue(pace.gap)
        self.jitter.setValue(pace.jitter)
        self.daily.setValue(pace.daily)
        on = pace.quiet_from >= 0
        begins, ends = (pace.quiet_from, pace.quiet_to) if on else NIGHT
        self.start.setTime(QTime(begins // 60, begins % 60))
        self.end.setTime(QTime(ends // 60, ends % 60))
        self.quiet.setChecked(on)
        self._switched(on)

    def say(self, sentence: str) -> None:
        """Why it was refused."""
        self.problem.set_note(NoteText("error", sentence))
        self.problem.show()

    def _lay_out(self) -> None:
        intro = tr("accounts", "What comes due too soon waits by itself; the calendar and the outbox say until when.")
        self.body.addWidget(Label(intro, "body", "text-2", wrap=True))
        for field, words, more in (
            (self.gap, tr("accounts", "Between two posts, at least"), ""),
            (self.jitter, tr("accounts", "And a little more"),
             tr("accounts", "Another one for each post, up to this: nothing goes out like clockwork.")),
            (self.daily, tr("accounts", "Posts in one day, at most"), ""),
        ):  # fmt: skip
            self.body.addLayout(self._line(words, more, field))
        self.body.addWidget(hairline())
        name(self.start, tr("accounts", "Quiet from"))
        name(self.end, tr("accounts", "Quiet until"))
        self.body.addLayout(row(self.quiet, None, self.start, Label("–", "body", "text-2"), self.end, gap=8))
        self.body.addWidget(self.problem)

    @staticmethod
    def _line(words: str, more: str, field: NumberField) -> QHBoxLayout:
        name(field, words, more)
        label = Label(words)
        label.setBuddy(field)
        said = column(label, *([Label(more, "caption", "text-3", wrap=True)] if more else []), gap=0)
        line = row(said, field, gap=16)
        line.setStretch(0, 1)
        return line

    def _build_footer(self) -> None:
        as_proposed = Button(self.theme, tr("accounts", "As proposed"), "quiet", "rotate-ccw")
        as_proposed.setToolTip(tr("accounts", "What this platform proposes for every account"))
        save = self.save = Button(self.theme, tr("accounts", "Save"), "primary")
        as_proposed.clicked.connect(lambda: self.show_pace(self._proposed))
        save.clicked.connect(lambda: self.chosen.emit(None if self.pace == self._proposed else self.pace))
        foot = QWidget()
        foot.setLayout(row(as_proposed, None, save))
        self.set_footer(foot)

    def _switched(self, on: bool) -> None:
        for field in (self.start, self.end):
            field.setEnabled(on)


def _minute(field: TimeField) -> int:
    return field.time().hour() * 60 + field.time().minute()
