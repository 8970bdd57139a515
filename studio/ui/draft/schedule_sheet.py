"""Schedule…: a time, what to do when it is missed, where it goes, and in one sentence what will happen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo, available_timezones

from PySide6.QtCore import QDate, QRectF, QSize, Qt, QTime, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QRadioButton, QSizePolicy, QWidget

from studio.core.errors import Problem
from studio.core.finding import Finding, blocking
from studio.core.slot import Late, skipped, to_utc
from studio.services.words import say
from studio.ui import moments
from studio.ui.draft.open_post import AccountView, Snapshot
from studio.ui.i18n import tr
from studio.ui.problems import findings_of, split
from studio.ui.sheet import Sheet
from studio.ui.text import paint_line
from studio.ui.widgets.base import column, ground, hairline, row
from studio.ui.widgets.button import Button
from studio.ui.widgets.choice import Combo
from studio.ui.widgets.label import Label
from studio.ui.widgets.marks import Disc, ModeBadge
from studio.ui.widgets.scroll import ScrollColumn
from studio.ui.widgets.stepper import DateField, TimeField

if TYPE_CHECKING:
    from studio.services.desk import Desk
    from studio.ui.theme import Theme

ROW: Final = 58
LATES: Final = ("post:15m", "post:60m", "ask", "skip")
COMMON_ZONES: Final = (
    "Asia/Shanghai", "Asia/Taipei", "Asia/Hong_Kong", "Asia/Singapore", "Asia/Tokyo", "Europe/London", "Europe/Berlin",
    "America/New_York", "America/Los_Angeles", "UTC",
)  # fmt: skip


class _Sum(QWidget):
    """What one account gets, and the worst finding about it."""

    def __init__(self, theme: Theme, view: AccountView) -> None:
        super().__init__()
        self._theme = theme
        language = theme.language.code
        self._first = summary(view)
        worst = view.findings[0] if view.findings and view.verdict != "good" else None
        self._second = split(say(worst, language))[0] if worst else tr("draft", "Nothing to change")
        self._icon, self._tone = {
            "good": ("circle-check", "good"), "warn": ("triangle-alert", "warn"), "bad": ("circle-alert", "bad"),
        }[view.verdict]  # fmt: skip
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(f"{self._first}. {self._second}")
        self.setToolTip(say(worst, language) if worst else "")

    def sizeHint(self) -> QSize:
        return QSize(260, 2 * self._theme.line("small"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, line = QPainter(self), self._theme.line("small")
        top = (self.height() - 2 * line) / 2
        paint_line(painter, self._theme, QRectF(0, top, self.width(), line), self._first, "small", "text-2")
        self._theme.draw_icon(painter, QRectF(0, top + line, 14, line), self._icon, 14, self._tone)
        paint_line(
            painter, self._theme, QRectF(20, top + line, self.width() - 20, line), self._second, "small", self._tone
        )


class AccountRow(QWidget):
    """Check, disc, names, mode, what is sent. `changed` when its check changes."""

    changed = Signal()

    def __init__(self, theme: Theme, view: AccountView) -> None:
        super().__init__()
        self.view = view
        language = theme.language.code
        platform = view.info.name.say(language)
        self.check = QCheckBox()
        self.check.setAccessibleName(view.account.name or platform)
        self.check.setChecked(not blocking(view.findings))
        self.check.setEnabled(not blocking(view.findings))
        self.check.toggled.connect(self.changed)
        initial = view.info.initial.get(language) or view.info.initial.get("en", "?")
        under = view.account.handle or (view.account.name if view.account.name != platform else "")
        second = Label(under, "small", "text-2")
        second.setVisible(bool(under))
        names = column(None, Label(platform, "body", weight=500), second, None, gap=0)
        holder = QWidget()
        holder.setLayout(names)
        holder.setFixedWidth(theme.px(160))
        line = row(
            self.check, Disc(theme, initial, view.info.colour, 24), holder, ModeBadge(theme, view.account.mode), 12,
            _Sum(theme, view), gap=12, margins=(24, 0, 24, 0),
        )  # fmt: skip
        line.setStretch(5, 1)
        self.setLayout(line)
        self.setFixedHeight(theme.px(ROW))


class ScheduleSheet(Sheet):
    """scheduled(number, words of the time): it is done."""

    scheduled = Signal(int, str)

    def __init__(self, theme: Theme, desk: Desk, snapshot: Snapshot, at: datetime | None = None) -> None:
        super().__init__(theme, "", width=780, padding=0)
        self._desk, self._snapshot = desk, snapshot
        heading = snapshot.post.heading[:60] or tr("draft", "Untitled")
        self.set_title(tr("draft", "Schedule “{heading}”", heading=heading), self._subtitle())
        self._zone = moments.zone_name(desk.settings.get("zone"))
        self.date, self.time = DateField(theme), TimeField(theme)
        self.zone = Combo(theme, self._zones(), "globe")
        self.rows = [AccountRow(theme, view) for view in snapshot.views]
        self.lates = {key: QRadioButton(text) for key, text in _late_words().items()}
        self.what = Label("", "body", weight=600, wrap=True)
        self.means = Label("", "small", "text-2", wrap=True)
        self.button = Button(theme, "", "primary", "calendar-check", "bar", key="Ctrl ↵")
        self._build()
        self._start(at)
        self._wire()
        self._say()

    # what was chosen -------------------------------------------------------------------------------------------

    def chosen(self) -> list[AccountView]:
        """The ticked accounts."""
        return [line.view for line in self.rows if line.check.isChecked()]

    def moment(self) -> datetime:
        """The chosen time, UTC."""
        return to_utc(self._wall(), self.zone.value)

    def late(self) -> Late:
        """The chosen late policy."""
        return Late.parse(next(key for key, radio in self.lates.items() if radio.isChecked()))

    def _wall(self) -> str:
        day, clock = self.date.date(), self.time.time()
        return f"{day.toString(Qt.DateFormat.ISODate)}T{clock.toString('HH:mm')}"

    # inside ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.date.setMinimumDate(QDate.currentDate())
        self.date.setAccessibleName(tr("draft", "Date"))
        self.time.setAccessibleName(tr("draft", "Time"))
        self.zone.setAccessibleName(tr("draft", "Time zone"))
        for field in (self.date, self.time, self.zone):
            field.setFixedHeight(self.theme.px(32))
        when = row(self.date, self.time, self.zone, None, gap=10, margins=(24, 4, 24, 14))
        lines = ScrollColumn(self.theme, "none", padding=0, gap=0)
        for number, line in enumerate(self.rows):
            if number:
                lines.column.addWidget(hairline())
            lines.column.addWidget(line)
        lines.column.addStretch(1)
        lines.setFixedHeight(min(5, len(self.rows)) * (self.theme.px(ROW) + 1))
        whole = QWidget()
        whole.setLayout(column(when, self._group_head(), lines, hairline(), self._late_line(), gap=0))
        self.set_body(whole)
        foot = QWidget()
        words = column(self.what, self.means, gap=2)
        layout = row(words, self.button, gap=16)
        layout.setStretch(0, 1)
        foot.setLayout(layout)
        self.set_footer(foot)

    def _wire(self) -> None:
        for signal in (self.date.dateChanged, self.time.timeChanged, self.zone.chosen):
            signal.connect(lambda *_: self._say())
        for radio in self.lates.values():
            radio.toggled.connect(lambda _: self._say())
        for line in self.rows:
            line.changed.connect(self._say)
        self.button.clicked.connect(self.do)

    def _group_head(self) -> QWidget:
        head = ground(QWidget(), "sunken")
        words = Label(tr("draft", "Goes out by itself"), "small", weight=600)
        note = Label(tr("draft", "This computer must be on"), "small", "text-2")
        inner = QWidget()
        inner.setLayout(row(words, None, note, margins=(24, 0, 24, 0)))
        inner.setFixedHeight(self.theme.px(34))
        head.setLayout(column(hairline(), inner, hairline(), gap=0))
        return head

    def _late_line(self) -> QWidget:
        group = QButtonGroup(self)
        label = Label(tr("draft", "If the computer was off"), "small", weight=600)
        for radio in self.lates.values():
            group.addButton(radio)
        holder = QWidget()
        holder.setLayout(row(label, 12, *self.lates.values(), None, gap=14, margins=(24, 14, 24, 16)))
        return holder

    def _start(self, at: datetime | None) -> None:
        """The next full hour that is at least half an hour away."""
        kept = str(self._desk.calendar.late())
        self.lates[kept if kept in self.lates else LATES[0]].setChecked(True)
        zone = ZoneInfo(self._zone)
        local = (at or datetime.now(UTC) + timedelta(minutes=90)).astimezone(zone)
        if at is None:
            local = local.replace(minute=0)
        self.date.setDate(QDate(local.year, local.month, local.day))
        self.time.setTime(QTime(local.hour, local.minute))
        self.zone.set_value(self._zone)

    def _zones(self) -> list[tuple[str, str]]:
        known = available_timezones()
        names = [self._zone, *(z for z in COMMON_ZONES if z in known and z != self._zone)]
        return [(name, name.replace("_", " ")) for name in names]

    def _subtitle(self) -> str:
        post = self._snapshot.post
        parts = [tr("draft", "%n pictures", n=len(post.media)), tr("draft", "%n accounts", n=len(self._snapshot.views))]
        return tr("draft", "{one}, {other}", one=parts[0], other=parts[1])

    def _say(self) -> None:
        number, language = len(self.chosen()), self.theme.language.code
        at = self.moment()
        when = moments.moment(at, ZoneInfo(self.zone.value), language)
        self.button.setText(tr("draft", "Schedule %n", n=number))
        self.button.updateGeometry()
        self.what.setText(tr("draft", "%n go out by themselves on {when}", n=number, when=when))
        self.means.setText(self._meaning())
        past = at < datetime.now(UTC)
        reason = tr("draft", "That time has passed; choose a later one") if past else ""
        reason = reason or ("" if number else tr("draft", "Tick at least one account"))
        self.button.why_not(reason)
        if reason:
            self.means.setText(reason)

    def _meaning(self) -> str:
        """What being late, or the hour that summer time skips, means here."""
        if skipped(self._wall(), self.zone.value):
            return tr("draft", "That hour is skipped there (summer time); it goes out right after it.")
        late = self.late()
        if late.rule == "post":
            on = tr("draft", "Keep this computer on then; nothing is sent twice.")
            return on + " " + tr("draft", "It still goes out up to %n minutes late.", n=late.minutes)
        if late.rule == "ask":
            return tr("draft", "Keep this computer on then, or you are asked; nothing is sent twice.")
        return tr("draft", "Keep this computer on then, or it is skipped; nothing is sent twice.")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter does it."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier and self.button.isEnabled():
            self.do()
        else:
            super().keyPressEvent(event)

    def do(self) -> None:
        """Schedules for each ticked account; one that is refused stays here with its reason."""
        at, zone, late = self.moment(), self.zone.value, self.late()
        done, refused = 0, list[Finding]()
        for line in self.rows:
            if not line.check.isChecked():
                continue
            try:
                self._desk.calendar.schedule(self._snapshot.post.id, line.view.account.id, at, zone, late)
            except Problem as problem:
                refused += findings_of(problem)
                continue
            line.check.setChecked(False)
            done += 1
        if done:
            self.scheduled.emit(done, moments.moment(at, ZoneInfo(zone), self.theme.language.code))
        if refused:
            self.means.setText(say(refused[0], self.theme.language.code))
        else:
            self.close_with("scheduled")


def _late_words() -> dict[str, str]:
    return {
        "post:15m": tr("draft", "still send up to %n minutes late", n=15),
        "post:60m": tr("draft", "up to %n minutes late", n=60),
        "ask": tr("draft", "ask me"), "skip": tr("draft", "skip it"),
    }  # fmt: skip


def summary(view: AccountView) -> str:
    """What is sent: "214 / 300, 2 pictures"."""
    count = view.counts.get("text")
    text = tr("draft", "%n chars", n=len(view.content.text))
    if count is not None and count.limit is not None:
        text = f"{count.count} / {count.limit}"
    pictures = tr("draft", "%n pictures", n=len(view.content.media)) if view.content.media else ""
    return tr("draft", "{one}, {other}", one=text, other=pictures) if pictures else text
