"""What a person chooses for an account: how posts get there, and what its platform lets them set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QSizePolicy, QVBoxLayout, QWidget

from studio.ui.accounts.folding import Folding
from studio.ui.accounts.parts import clear
from studio.ui.accounts.ways import way_words
from studio.ui.i18n import tr
from studio.ui.widgets.base import column, hairline, name
from studio.ui.widgets.choice import Combo, Segments
from studio.ui.widgets.field import Field
from studio.ui.widgets.label import Label
from studio.ui.widgets.marks import MODES, mode_parts

if TYPE_CHECKING:
    from studio.ui.theme import Theme

MOST_SEGMENTS, MOST_LETTERS = 4, 24  # more choices, or longer ones, are a list
FIELD, WORDS = 200, 220  # px of a field, and what the words beside it want at least


@dataclass(frozen=True, slots=True)
class Choice:
    """A setting of a platform, in words. value: as it is now, default included.

    choices   (key, words) of each; () for any text
    """

    name: str
    label: str
    help: str
    value: str
    default: str = ""
    choices: tuple[tuple[str, str], ...] = ()


class ChoiceLine(QWidget):
    """changed(name, value): the person set it; "" gives the default back."""

    changed = Signal(str, str)

    def __init__(self, theme: Theme, choice: Choice) -> None:
        super().__init__()
        self._theme, self.choice = theme, choice
        self.problem = Label("", "small", "bad", wrap=True)
        self.problem.hide()
        self.control = self._make()
        name(self.control, choice.label, choice.help)
        label = Label(choice.label, "body", weight=500, wrap=True)
        label.setBuddy(self.control)
        self.help = Label(choice.help, "small", "text-2", wrap=True)
        self.help.setVisible(bool(choice.help))
        words = QWidget()
        words.setLayout(column(label, self.help, self.problem, gap=1))
        self.setLayout(column(Folding(words, self.control, theme.px(WORDS)), margins=(0, 10, 0, 10)))

    def say(self, problem: str) -> None:
        """Why it was refused; "" takes it away."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        if isinstance(self.control, Field):
            self.control.set_bad(bool(problem))

    def _make(self) -> Field | Segments | Combo:
        choice = self.choice
        if not choice.choices:
            return self._field()
        pairs = choice.choices
        short = len(pairs) <= MOST_SEGMENTS and sum(len(words) for _, words in pairs) <= MOST_LETTERS
        control: Segments | Combo = Segments(self._theme, pairs) if short else Combo(self._theme, pairs)
        if choice.value in dict(pairs):
            control.set_value(choice.value)
        control.chosen.connect(lambda key: self.changed.emit(choice.name, "" if key == choice.default else key))
        return control

    def _field(self) -> Field:
        field, choice = Field(self._theme, size="small"), self.choice
        field.setText("" if choice.value == choice.default else choice.value)
        field.setPlaceholderText(choice.default or tr("accounts", "Not set"))
        field.setFixedWidth(self._theme.px(FIELD))
        field.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        field.textEdited.connect(lambda _: self.say(""))
        field.editingFinished.connect(self._edited)
        return field

    def _edited(self) -> None:
        assert isinstance(self.control, Field)
        typed, known = self.control.text().strip(), self.choice.value
        if typed not in (known, "" if known == self.choice.default else known):
            self.changed.emit(self.choice.name, typed)


class ModeLine(QWidget):
    """How posts get there, with what that means. chosen(mode)."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, modes: Sequence[str], mode: str) -> None:
        super().__init__()
        pairs = [(each, mode_parts(theme, each)[1]) for each in modes]
        self._mode = mode
        self.segments = Segments(theme, pairs, [MODES[each][0] for each in modes])
        self.segments.set_value(mode)
        self.segments.chosen.connect(self._chosen)
        label = Label(tr("accounts", "How posts get there"), "body", weight=500, wrap=True)
        words = QWidget()
        words.setLayout(column(label, Label(way_words(mode), "small", "text-2", wrap=True), gap=1))
        name(self.segments, label.text(), way_words(mode))
        self.setLayout(column(Folding(words, self.segments, theme.px(WORDS)), margins=(0, 10, 0, 10)))

    def _chosen(self, mode: str) -> None:
        """It shows what holds until something else does."""
        self.segments.set_value(self._mode)
        if mode != self._mode:
            self.chosen.emit(mode)


class Choices(QWidget):
    """mode_chosen(mode); changed(name, value)."""

    mode_chosen = Signal(str)
    changed = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.heading = Label("", "heading")
        self.mode: ModeLine | None = None
        self.lines: dict[str, ChoiceLine] = {}
        self._shown: tuple[object, ...] = ()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.setLayout(column(self.heading, 6, self._rows, gap=0))

    def show_choices(self, modes: Sequence[str], mode: str, choices: Sequence[Choice], frozen: bool) -> None:
        """Replace them when something changed. frozen: nothing can be changed here."""
        wanted = (tuple(modes), mode, tuple(choices), frozen, self._theme.language.code, self._theme.scale)
        if wanted == self._shown:
            return
        self._shown, focus = wanted, self._focused()
        self._build(modes, mode, choices, frozen)
        self.heading.setText(tr("accounts", "Settings"))
        self.setVisible(bool(self.mode or self.lines))
        if focus:
            QTimer.singleShot(0, self, lambda: self._focus(focus))

    def _build(self, modes: Sequence[str], mode: str, choices: Sequence[Choice], frozen: bool) -> None:
        clear(self._rows)
        self.mode = ModeLine(self._theme, modes, mode) if len(modes) > 1 else None
        if self.mode is not None:
            self.mode.chosen.connect(self.mode_chosen)
        self.lines = {choice.name: ChoiceLine(self._theme, choice) for choice in choices}
        for line in self.lines.values():
            line.changed.connect(self.changed)
        for row in (*((self.mode,) if self.mode is not None else ()), *self.lines.values()):
            row.setEnabled(not frozen)
            self._rows.addWidget(hairline())
            self._rows.addWidget(row)
        self._rows.addWidget(hairline())

    def _focused(self) -> QPoint | None:
        """Where in here the focus is."""
        focus = QApplication.focusWidget()
        return focus.mapTo(self, focus.rect().center()) if focus is not None and self.isAncestorOf(focus) else None

    def _focus(self, at: QPoint) -> None:
        """What stands there now gets it back."""
        found = self.childAt(at)
        while found is not None and found.focusPolicy() == Qt.FocusPolicy.NoFocus and found is not self:
            found = found.parentWidget()
        if found is not None and found is not self:
            found.setFocus(Qt.FocusReason.OtherFocusReason)
