"""When it goes: day, time and zone, the hour that summer time skips or repeats, and what to do when it was missed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo, available_timezones

from PySide6.QtCore import QDate, Qt, QTime, Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from studio.core.slot import Late, skipped, to_utc, twice
from studio.services.ahead import fits
from studio.ui import moments
from studio.ui.i18n import tr
from studio.ui.widgets.base import column, name, row
from studio.ui.widgets.choice import Combo, Segments
from studio.ui.widgets.label import Label
from studio.ui.widgets.stepper import DateField, NumberField, TimeField

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.services.accounts import PlatformInfo
    from studio.ui.theme import Theme

LEAST_LATE, MOST_LATE = 2, 24 * 60  # minutes
COMMON_ZONES: Final = (
    "Asia/Shanghai", "Asia/Taipei", "Asia/Hong_Kong", "Asia/Singapore", "Asia/Tokyo", "Europe/London", "Europe/Berlin",
    "America/New_York", "America/Los_Angeles", "UTC",
)  # fmt: skip


class When(QWidget):
    """changed: another day, time or zone."""

    changed = Signal()

    def __init__(self, theme: Theme, zone: str, at: datetime | None = None) -> None:
        super().__init__()
        self._theme = theme
        self.date, self.time = DateField(theme), TimeField(theme)
        self.zone = Combo(theme, _zones(zone), "globe")
        self.zone.set_value(zone)
        self.words = Label("", "small", "warn", wrap=True)
        self.which = Segments(theme, (("first", ""), ("second", "")))
        self._build()
        self._start(at, ZoneInfo(zone))
        for signal in (self.date.dateChanged, self.time.timeChanged, self.zone.chosen, self.which.chosen):
            signal.connect(lambda *_: self.changed.emit())

    @property
    def tz(self) -> ZoneInfo:
        """The zone in which times are read."""
        return ZoneInfo(self.zone.value)

    def at(self, time: QTime) -> datetime:
        """That time of the chosen day, UTC."""
        return to_utc(self._wall(time), self.zone.value, second=self.which.value == "second")

    def say_summer_time(self, times: Iterable[QTime]) -> None:
        """Tells when one of these does not exist that day, and asks which is meant when one comes twice."""
        walls = [self._wall(time) for time in times]
        gone = next((wall for wall in walls if skipped(wall, self.zone.value)), "")
        double = next((wall for wall in walls if twice(wall, self.zone.value)), "")
        self.words.setText(self._skipped(gone) if gone else self._twice(double) if double else "")
        self.which.setVisible(bool(double))
        self._second.setVisible(bool(gone or double))

    def _wall(self, time: QTime) -> str:
        return f"{self.date.date().toString(Qt.DateFormat.ISODate)}T{time.toString('HH:mm')}"

    def _skipped(self, wall: str) -> str:
        there = moments.clock(to_utc(wall, self.zone.value), self.tz)
        return tr("draft", "{clock} does not exist there that day (summer time begins); it goes out at {there}.",
                  clock=wall[-5:], there=there)

    def _twice(self, wall: str) -> str:
        offsets = [to_utc(wall, self.zone.value, second=second).astimezone(self.tz) for second in (False, True)]
        texts = (tr("draft", "the first, {offset}", offset=_offset(offsets[0])),
                 tr("draft", "the second, {offset}", offset=_offset(offsets[1])))
        self.which.set_texts(dict(zip(("first", "second"), texts, strict=True)))
        return tr("draft", "{clock} comes twice there that day (summer time ends). Which one?", clock=wall[-5:])

    def _build(self) -> None:
        self.date.setMinimumDate(QDate.currentDate().addDays(-1))  # it may still be yesterday elsewhere
        name(self.date, tr("draft", "Date"))
        name(self.time, tr("draft", "Time"))
        name(self.zone, tr("draft", "Time zone"))
        for field in (self.date, self.time, self.zone):
            field.setFixedHeight(self._theme.px(32))
        self._second = QWidget()
        line = row(self.words, self.which, gap=12)
        line.setStretch(0, 1)
        self._second.setLayout(line)
        self._second.hide()
        first = row(self.date, self.time, self.zone, None, gap=10)
        self.setLayout(column(first, self._second, gap=8, margins=(24, 4, 24, 14)))

    def _start(self, at: datetime | None, zone: ZoneInfo) -> None:
        """The next full hour that is at least half an hour away."""
        local = (at or datetime.now(UTC) + timedelta(minutes=90)).astimezone(zone)
        if at is None:
            local = local.replace(minute=0)
        self.date.setDate(QDate(local.year, local.month, local.day))
        self.time.setTime(QTime(local.hour, local.minute))


class LateChoice(QWidget):
    """What happens when its time passed while nobody was there."""

    def __init__(self, theme: Theme, late: Late) -> None:
        super().__init__()
        self.radios = {
            "post": QRadioButton(tr("draft", "send at most")), "ask": QRadioButton(tr("draft", "ask me")),
            "skip": QRadioButton(tr("draft", "skip it")),
        }  # fmt: skip
        self.minutes = NumberField(theme, LEAST_LATE, MOST_LATE, late.minutes or 15, "small")
        name(self.minutes, tr("draft", "Minutes late"))
        self.radios[late.rule].setChecked(True)
        group = QButtonGroup(self)
        for radio in self.radios.values():
            group.addButton(radio)
        label = Label(tr("draft", "If the computer was off"), "small", weight=600)
        amount = row(self.radios["post"], self.minutes, Label(tr("draft", "minutes late")), gap=6)
        self.setLayout(row(
            label, 12, amount, self.radios["ask"], self.radios["skip"], None, gap=18, margins=(24, 14, 24, 16)
        ))  # fmt: skip
        self.minutes.valueChanged.connect(lambda _: self.radios["post"].setChecked(True))

    def value(self) -> Late:
        """The chosen policy."""
        rule = next(key for key, radio in self.radios.items() if radio.isChecked())
        return Late("post", self.minutes.value()) if rule == "post" else Late.parse(rule)


def why_not(info: PlatformInfo, at: datetime) -> str:
    """Why the platform's timer does not take that time, "" when it does, or has none."""
    timer = info.timer
    if timer is None or fits(timer, at, datetime.now(UTC)):
        return ""
    least, most = span(timer.least.value), span(timer.most.value)
    return tr("draft", "The platform’s clock takes what is {least} to {most} ahead", least=least, most=most)


def span(seconds: int) -> str:
    """A length of time in its largest whole unit."""
    minutes = seconds // 60
    if minutes >= 2 * 24 * 60:
        return tr("draft", "%n days", n=minutes // (24 * 60))
    return tr("draft", "%n hours", n=minutes // 60) if minutes >= 120 else tr("draft", "%n minutes", n=minutes)


def _zones(own: str) -> list[tuple[str, str]]:
    known = available_timezones()
    names = [own, *(z for z in COMMON_ZONES if z in known and z != own)]
    return [(each, each.replace("_", " ")) for each in names]


def _offset(local: datetime) -> str:
    text = local.strftime("%z")
    return f"UTC{text[:3]}:{text[3:5]}"
