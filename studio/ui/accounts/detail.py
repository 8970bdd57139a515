"""One account up close: what it is, what its doctor says, what can be set, and what waits for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from studio.core.hold import Hold
from studio.ui.accounts.choices import Choice, Choices
from studio.ui.accounts.doctor import Entry, tally
from studio.ui.accounts.folding import Folding
from studio.ui.accounts.holding import is_own, note_of
from studio.ui.accounts.lines import DoctorList
from studio.ui.accounts.looks import Look
from studio.ui.accounts.parts import Icon as Icon
from studio.ui.accounts.parts import clear as clear
from studio.ui.i18n import tr
from studio.ui.widgets.base import Live, column, hairline, name, row
from studio.ui.widgets.button import Button, ToolButton
from studio.ui.widgets.card import Facts
from studio.ui.widgets.label import ElidedLabel, Label
from studio.ui.widgets.marks import Disc
from studio.ui.widgets.note import Note
from studio.ui.widgets.scroll import ScrollColumn

if TYPE_CHECKING:
    from studio.ui.theme import Theme

MOST_WIDE, NAMED = 880, 240  # px of the column; of disc and name beside the buttons, at least
FOOT = 50  # px, the same as at the foot of the list


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything the detail says of one account, in words.

    below     the line under its name
    checked   when the doctor was there, "" for never
    waiting   what stands at the foot
    hold      under which it rests, or None
    frozen    why nothing can be changed here, ""
    """

    look: Look
    below: str
    checked: str
    entries: tuple[Entry, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    modes: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    waiting: str = ""
    hold: Hold | None = None
    frozen: str = ""


class DoctorHead(QWidget):
    """"Doctor", when it was there, and how many lines of each kind."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.heading, self.when = Label("", "heading"), ElidedLabel("", "small", "text-3")
        self._counts = row(gap=14)
        words, counts = QWidget(), QWidget()
        line = row(self.heading, self.when, gap=8)
        line.setStretch(1, 1)
        words.setLayout(line)
        counts.setLayout(self._counts)
        self._fold = Folding(words, counts, 0)
        self.setLayout(column(self._fold))

    def say(self, when: str, entries: Sequence[Entry]) -> None:
        """Set every text."""
        self.heading.setText(tr("accounts", "Doctor"))
        self.when.set_text(when)
        clear(self._counts)
        found = tally(entries)
        for number, words, tone in (
            (found.bad, tr("accounts", "%n to fix", n=found.bad), "bad"),
            (found.hints, tr("accounts", "%n hints", n=found.hints), "warn"),
            (found.fine, tr("accounts", "%n fine", n=found.fine), "good"),
        ):  # fmt: skip
            if number:
                self._counts.addWidget(Label(words, "small", tone, weight=600))
        heading = self._theme.width("heading", self.heading.text())
        self._fold.set_least(heading + self._theme.width("small", when) + 16)


class Foot(Live, QWidget):
    """What waits for the account, and holding it. asked(): hold it, or end its own hold."""

    asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._own = theme, False
        self.words = Label("", "small", "text-2", wrap=True)
        self.hold = Button(theme, "", "quiet", "circle-pause")
        self.hold.clicked.connect(lambda: self.asked.emit("unhold" if self._own else "hold"))
        said = QWidget()
        line = row(Icon(theme, "calendar-clock", 16, "text-2"), self.words, gap=10)
        line.setStretch(1, 1)
        said.setLayout(line)
        self._fold = Folding(said, self.hold, theme.px(200))
        self._holder = QWidget()
        self._holder.setLayout(column(self._fold, margins=(0, 8, 0, 8)))
        self.setLayout(column(hairline(), self._holder, gap=0))
        self.restyle()

    def say(self, waiting: str, own: bool, frozen: str) -> None:
        """own: it rests under its own hold."""
        self._own = own
        self.words.setText(waiting)
        self.hold.setText(tr("accounts", "End the hold") if own else tr("accounts", "Hold this account"))
        self.hold.set_icon("circle-play" if own else "circle-pause")
        self.hold.why_not(frozen)

    def restyle(self) -> None:
        """Grow with the text."""
        self._holder.setMinimumHeight(self._theme.px(FOOT))
        self._fold.set_least(self._theme.px(200))


class AccountDetail(Live, QWidget):
    """asked(what): "check", "rename", "pace", "hold", "unhold", "remove", "sign_in" or "page".

    acted(deed): the button of a line. mode_chosen(mode). changed(setting, value).
    """

    asked = Signal(str)
    acted = Signal(object)
    mode_chosen = Signal(str)
    changed = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._shown: Shown | None = None
        self.check = Button(theme, "", icon="refresh-cw")
        self.more = ToolButton(theme, "ellipsis")
        self.name, self.sub = ElidedLabel("", "title"), ElidedLabel("", "small", "text-2")
        self.facts = Facts(theme)
        self.held = Note(theme, "warning", "")
        self.held.hide()
        self.head, self.lines = DoctorHead(theme), DoctorList(theme)
        self.choices, self.foot = Choices(theme), Foot(theme)
        self._disc = row()
        self._build()
        self.restyle()
        self.retranslate()

    @property
    def fixes(self) -> dict[str, Button]:
        """The buttons of the doctor's lines, by what they do."""
        return self.lines.buttons

    def show_account(self, shown: Shown) -> None:
        """Show this account; what has not changed stays as it is, focus and all."""
        other = self._shown is None or self._shown.look.id != shown.look.id
        self._shown = shown
        self._say(shown)
        if other:
            self._area.verticalScrollBar().setValue(0)

    def set_busy(self, busy: bool) -> None:
        """A check is under way."""
        self.check.set_busy(busy)
        self.check.setEnabled(not busy)

    def retranslate(self) -> None:
        """Say everything again."""
        self.check.setText(tr("accounts", "Check again"))
        self.check.updateGeometry()
        self.more.set_tip(tr("accounts", "More"))
        name(self, tr("accounts", "Account"))

    def restyle(self) -> None:
        """The column grows with the text."""
        self._head.set_least(self.theme.px(NAMED))
        self._inner.setMaximumWidth(self.theme.px(MOST_WIDE))
        self._under.setMaximumWidth(self.theme.px(MOST_WIDE))

    # inside ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        who, deeds = QWidget(), QWidget()
        named = row(self._disc, column(self.name, self.sub, gap=0), gap=14)
        named.setStretch(1, 1)
        who.setLayout(named)
        deeds.setLayout(row(self.check, self.more, gap=14))
        self._head = Folding(who, deeds, 0)
        inner, under = QWidget(), QWidget()
        self._inner, self._under = inner, under
        inner.setLayout(column(
            self._head, 10, self.held, self.facts, 16, self.head, self.lines, 20, self.choices, None, gap=8))
        under.setLayout(column(self.foot))
        self._area = ScrollColumn(self.theme, padding=24)
        self._area.column.addWidget(inner)
        self._area.column.addStretch(1)
        below = row(under, None, margins=(24, 0, 24, 0))
        below.setStretch(0, 10_000)  # all there is, up to the most it takes
        self.setLayout(column(self._area, below, gap=0))
        self.check.clicked.connect(lambda: self.asked.emit("check"))
        self.more.clicked.connect(self._menu)
        self.held.fixed.connect(self.asked.emit)
        self.foot.asked.connect(self.asked)
        self.lines.asked.connect(self.acted)
        self.choices.mode_chosen.connect(self.mode_chosen)
        self.choices.changed.connect(self.changed)

    def _say(self, shown: Shown) -> None:
        look = shown.look
        clear(self._disc)
        self._disc.addWidget(Disc(self.theme, look.initial, look.colour, 44, look.platform))
        self.name.set_text(look.title)
        self.sub.set_text(shown.below)
        self.facts.set_facts(shown.facts)
        self.held.setVisible(shown.hold is not None)
        if shown.hold is not None:
            self.held.set_note(note_of(shown.hold, look.id))
        self.head.say(shown.checked, shown.entries)
        self.lines.show_entries(shown.entries)
        self.choices.show_choices(shown.modes, look.mode, shown.choices, bool(shown.frozen))
        self.foot.say(shown.waiting, is_own(shown.hold, look.id), shown.frozen)

    def _menu(self) -> None:
        from studio.ui.widgets.menu import add, menu

        if self._shown is None:
            return
        found = menu(self)
        add(found, self.theme, tr("accounts", "Rename…"), "pen-line", lambda: self.asked.emit("rename"))
        add(found, self.theme, tr("accounts", "Pace…"), "timer", lambda: self.asked.emit("pace"))
        add(found, self.theme, tr("accounts", "Open its page"), "external-link", lambda: self.asked.emit("page"))
        if not self._shown.look.embedded:
            if "api" in self._shown.modes:
                again = self._shown.look.mode == "api"
                words = tr("accounts", "Sign in again…") if again else tr("accounts", "Sign in…")
                add(found, self.theme, words, "log-in", lambda: self.asked.emit("sign_in"))
            found.addSeparator()
            add(found, self.theme, tr("accounts", "Remove…"), "trash-2", lambda: self.asked.emit("remove"), danger=True)
        found.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))
