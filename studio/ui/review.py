"""The review: what did not go out while nobody was there. Nothing of it goes by itself; the person decides for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from studio.core.delivery import Delivery
from studio.core.errors import Problem
from studio.core.finding import Finding
from studio.services.departures import departures
from studio.services.words import say
from studio.ui.accounts.looks import find, looks
from studio.ui.i18n import N, tr
from studio.ui.moments import moment
from studio.ui.problems import findings_of
from studio.ui.relay import Relay
from studio.ui.review_rows import AccountHead, ReviewRow
from studio.ui.sheet import Sheet, does_it
from studio.ui.trust import own_zone
from studio.ui.widgets.base import column, dress, row
from studio.ui.widgets.button import Button
from studio.ui.widgets.label import Label
from studio.ui.widgets.note import Note, NoteText
from studio.ui.widgets.scroll import ScrollColumn

if TYPE_CHECKING:
    from studio.core.task import Task
    from studio.services.calendar import Entry
    from studio.services.desk import Desk
    from studio.ui.jobs import JobsBridge
    from studio.ui.theme import Theme

LATER: Final = "review later"  # the setting that remembers what the person put off
MOST: Final = 200  # rows; what is beyond stays in the Outbox


def waiting(desk: Desk, new: bool = False) -> bool:
    """Whether there is anything to decide. new: anything that was not put off before."""
    if desk.outlook.clock() is not None:
        return True
    known = desk.settings.view(LATER, []) if new else []
    return any(entry.delivery.id not in known for entry in desk.calendar.missed())


class ReviewSheet(Sheet):
    """Listed by account. Sending several keeps to each account's pace and says when each will go."""

    decided = Signal(int)

    def __init__(self, theme: Theme, desk: Desk, bridge: JobsBridge) -> None:
        super().__init__(theme, "", width=940, padding=0)
        self._desk, self._bridge = desk, bridge
        self._zone = own_zone(desk)
        self._refused: dict[str, Finding] = {}
        self.rows: list[ReviewRow] = []
        self.heads: list[AccountHead] = []
        self.lines = ScrollColumn(theme, "none", padding=0, gap=0)
        self.clock = Note(theme, "warning", "")
        self.what = Label("", "body", weight=600, wrap=True)
        self.means = Label("", "small", "text-2", wrap=True)
        self.later = Button(theme, tr("review", "Decide later"), "quiet")
        self.button = Button(theme, "", "primary", "check", "bar", key="Ctrl ↵")
        self._build()
        self.reload()
        Relay(desk.publishing.changed, lambda _: self._gone(), self)
        Relay(desk.calendar.changed, lambda _: self._gone(), self)

    # showing ---------------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Reads what waits, and keeps the answers that were given."""
        before = {line.entry.delivery.id: line for line in self.rows}
        entries = self._desk.calendar.missed()
        self.set_title(
            tr("review", "%n did not go out", n=len(entries)) if entries else tr("review", "The clock was changed"),
            tr("review", "Nothing of this goes by itself. Decide for each, now or later in the Outbox."))
        self._say_clock()
        self._fill(entries[:MOST])
        for line in self.rows:
            if (old := before.get(line.entry.delivery.id)) is not None:
                line.choice.set_value(old.answer)
                line.date.setDate(old.date.date())
                line.time.setTime(old.time.time())
        self.refresh()

    def refresh(self) -> None:
        """Says what will happen with the answers of now."""
        sending = [line.entry.delivery for line in self.rows if line.answer == "send"]
        departs = departures(self._desk.publishing, self._desk.accounts, sending)
        for line in self.rows:
            id = line.entry.delivery.id
            line.say(departs.get(id), self._refused.get(id))
        self._say(departs)

    def _fill(self, entries: Sequence[Entry]) -> None:
        while (item := self.lines.column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.rows, self.heads = [], []
        known = looks(self._desk.accounts, self.theme.language.code)
        for account, group in _by_account(entries).items():
            look = find(known, account, group[0].delivery.platform)
            head = AccountHead(self.theme, look, len(group))
            lines = [ReviewRow(self.theme, entry, self._zone, number > 0) for number, entry in enumerate(group)]
            head.asked.connect(lambda answer, lines=lines: self._answer_all(lines, answer))
            for widget in (head, *lines):
                self.lines.column.addWidget(widget)
            for line in lines:
                line.changed.connect(self._changed)
            self.heads.append(head)
            self.rows += lines
        self.lines.column.addStretch(1)
        self.lines.setVisible(bool(entries))
        self.lines.updateGeometry()

    def _say_clock(self) -> None:
        found = self._desk.outlook.clock()
        self._clock.setVisible(found is not None)
        if found is not None:
            words = say(found, self.theme.language.code)
            self.clock.set_note(NoteText("warning", words, (("seen", tr("review", "Got it")),)))

    def _say(self, departs: Mapping[str, datetime]) -> None:
        number = {answer: sum(line.answer == answer for line in self.rows) for answer in ("send", "time", "out")}
        parts = []
        if number["send"]:
            parts.append(tr("review", "%n go out now", n=number["send"]))
        if number["time"]:
            parts.append(tr("review", "%n get a new time", n=number["time"]))
        if number["out"]:
            parts.append(tr("review", "%n are left out", n=number["out"]))
        done = sum(number.values())
        self.what.setText(_listed(parts) or tr("review", "Nothing happens yet"))
        self.button.setText(tr("review", "Confirm %n", n=done) if done else tr("review", "Confirm"))
        self.button.setAccessibleName(self.button.text())
        self.button.updateGeometry()
        reason = self._reason(done)
        self.button.why_not(reason)
        self.means.setText(reason or self._meaning(departs, len(self.rows) - done))
        dress(self.means, tone="bad" if reason and done else "text-2")

    def _meaning(self, departs: Mapping[str, datetime], rest: int) -> str:
        words = tr("review", "Nothing is sent twice.")
        last = max(departs.values(), default=None)
        if last is not None and (last - datetime.now(UTC)).total_seconds() > 60:
            when = moment(last, self._zone, self.theme.language.code)
            words = tr("review", "Each account’s pace is kept: the last goes about {when}.", when=when)
        stay = tr("review", "%n stay in the Outbox.", n=rest) if rest else ""
        return tr("draft", "{one} {other}", one=words, other=stay) if stay else words

    def _reason(self, done: int) -> str:
        if not done:
            return tr("review", "Choose an answer for at least one")
        now = datetime.now(UTC)
        if any(line.answer == "time" and line.at < now for line in self.rows):
            return tr("draft", "That time has passed; choose a later one")
        return ""

    # inside ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._clock = QWidget()
        self._clock.setLayout(row(self.clock, margins=(24, 0, 24, 12)))
        whole = QWidget()
        layout = column(self._clock, self.lines, gap=0)
        layout.setStretch(1, 1)
        whole.setLayout(layout)
        self.set_body(whole)
        foot = QWidget()
        line = row(column(self.what, self.means, gap=2), self.later, self.button, gap=12)
        line.setStretch(0, 1)
        foot.setLayout(line)
        self.set_footer(foot)
        self.clock.fixed.connect(lambda _: self._seen())
        self.later.clicked.connect(lambda: self.close_with("later"))
        self.button.clicked.connect(self.do)
        self.closed.connect(lambda _: self._put_off())

    def _changed(self) -> None:
        self._refused.clear()
        self.refresh()

    def _answer_all(self, lines: Iterable[ReviewRow], answer: str) -> None:
        for line in lines:
            line.choice.set_value(answer)
        self._changed()

    def _seen(self) -> None:
        """The person has read what happened to the clock."""
        self._desk.outlook.clock_seen()
        self._say_clock()
        if not self.rows:
            self.close_with("seen")

    def _gone(self) -> None:
        """Something was decided elsewhere."""
        ids = {entry.delivery.id for entry in self._desk.calendar.missed()}
        if any(line.entry.delivery.id not in ids for line in self.rows):
            self.reload()

    def _put_off(self) -> None:
        """What is left waits in the Outbox, and is not asked about at the next start again."""
        if not self._desk.read_only:
            left = [entry.delivery.id for entry in self._desk.calendar.missed()][:MOST]
            self._desk.settings.set_view(LATER, left)
            self._desk.outlook.clock_seen()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter does it."""
        if does_it(event):
            self.do()
        else:
            super().keyPressEvent(event)

    # doing -----------------------------------------------------------------------------------------------------

    def do(self) -> None:
        """Does what was answered; what is refused stays with its reason."""
        self.refresh()
        if not self.button.isEnabled():
            return
        self._refused.clear()
        done = 0
        for line in [line for line in self.rows if line.answer != "later"]:
            try:
                self._do(line)
                done += 1
            except Problem as problem:
                self._refused[line.entry.delivery.id] = findings_of(problem)[0]
                line.choice.set_value("later")
        self.decided.emit(done)
        if self._refused:
            self.reload()
        else:
            self.close_with("decided")

    def _do(self, line: ReviewRow) -> None:
        delivery = line.entry.delivery
        if line.answer == "time":
            self._desk.calendar.move(delivery.id, line.at)
        elif line.answer == "out":
            self._desk.publishing.cancel(delivery.id)
        else:
            self._send(delivery)

    def _send(self, delivery: Delivery) -> None:
        """A job that outlives the sheet; what the pace holds back waits for its turn and goes by itself then."""

        def work(task: Task[Delivery]) -> Delivery:
            return self._desk.publishing.resend(delivery.id, task, patient=True)

        self._bridge.submit("network", N("job", "Publishing"), work)


def _by_account(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.account, []).append(entry)
    return found


def _listed(parts: Iterable[str]) -> str:
    result = ""
    for part in parts:
        result = tr("draft", "{one}, {other}", one=result, other=part) if result else part
    return result
