"""One setting as a row: its words at the left, its control at the right, made from its declaration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from studio.core.setting import Setting, Value
from studio.core.slot import Late
from studio.ui.i18n import LANGUAGES, tr
from studio.ui.settings.zones import ZoneBox
from studio.ui.widgets.base import Live, column, dress, name, row
from studio.ui.widgets.choice import Combo, Segments, Switch
from studio.ui.widgets.label import Label
from studio.ui.widgets.stepper import NumberField

if TYPE_CHECKING:
    from studio.ui.theme import Theme

MOST_SEGMENTS = 4
WORDY = ("startup", "closing")  # their choices are whole phrases
WORDY_WIDE = 232


def choice_words(setting: str, choice: str) -> str:
    """A choice in words."""
    if setting == "late":
        return late_words(Late.parse(choice))
    if choice in LANGUAGES:
        return LANGUAGES[choice]
    if setting in WORDY:
        return _running_words(choice)
    known: Mapping[str, str] = {
        "system": tr("settings", "As the system"), "light": tr("settings", "Light"), "dark": tr("settings", "Dark"),
        "comfortable": tr("settings", "Comfortable"), "compact": tr("settings", "Compact"),
    }  # fmt: skip
    return known.get(choice, choice)


def _running_words(choice: str) -> str:
    return {
        "off": tr("settings", "Nothing"), "worker": tr("settings", "Publishing, without a window"),
        "window": tr("settings", "The window, in the tray"), "ask": tr("settings", "Ask when posts are due"),
        "tray": tr("settings", "Keep publishing in the tray"), "quit": tr("settings", "Quit"),
    }[choice]  # fmt: skip


def late_words(late: Late) -> str:
    """A late policy in words."""
    if late.rule == "ask":
        return tr("settings", "Ask me")
    if late.rule == "skip":
        return tr("settings", "Do not send")
    return tr("settings", "Send up to {minutes} min late", minutes=late.minutes)


class SettingRow(Live, QWidget):
    """changed(id, value): the person set it; it acts at once."""

    changed = Signal(str, object)

    def __init__(self, theme: Theme, setting: Setting, value: Value) -> None:
        super().__init__()
        self._theme, self.setting = theme, setting
        self.label = Label("", "body", weight=500)
        self.help = Label("", "small", "text-2", wrap=True)
        self.problem = Label("", "small", "bad", wrap=True)
        self.problem.hide()
        self.control = self._make(value)
        words = column(None, self.label, self.help, self.problem, None, gap=1)
        line = row(words, self.control, gap=24, margins=(0, 10, 0, 10))
        line.setStretch(0, 1)
        self.setLayout(line)
        self.label.setBuddy(self.control)
        self.retranslate()

    def set_value(self, value: Value) -> None:
        """Show a value without telling."""
        control = self.control
        blocked = control.blockSignals(True)
        if isinstance(control, Switch):
            control.setChecked(bool(value))
        elif isinstance(control, NumberField):
            control.setValue(int(value))
        elif isinstance(control, Combo | Segments | ZoneBox):
            control.set_value(str(value))
        control.blockSignals(blocked)

    def say(self, problem: str, tone: str = "bad") -> None:
        """Why it was refused, or what is good to know; "" takes it away."""
        dress(self.problem, tone=tone)
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def retranslate(self) -> None:
        """Words of the setting and of its choices."""
        language = self._theme.language.code
        self.label.setText(self.setting.label.say(language))
        self.help.setText(self.setting.help.say(language))
        name(self.control, self.label.text(), self.help.text())
        texts = {choice: choice_words(self.setting.id, choice) for choice in self.setting.choices}
        if isinstance(self.control, Segments):
            self.control.set_texts(texts)
        elif isinstance(self.control, Combo):
            self.control.set_choices(list(texts.items()))
        elif isinstance(self.control, ZoneBox):
            self.control.retranslate()

    def _make(self, value: Value) -> QWidget:
        setting = self.setting
        if isinstance(setting.default, bool):
            switch = Switch()
            switch.setChecked(bool(value))
            switch.toggled.connect(lambda on: self.changed.emit(setting.id, on))
            return switch
        if isinstance(setting.default, int):
            return self._number(int(value))
        if not setting.choices:
            zones = ZoneBox(self._theme, str(value))
            zones.chosen.connect(lambda key: self.changed.emit(setting.id, key))
            return zones
        return self._choice(str(value))

    def _choice(self, value: str) -> QWidget:
        setting = self.setting
        pairs = [(choice, choice_words(setting.id, choice)) for choice in setting.choices]
        many = len(pairs) > MOST_SEGMENTS or setting.id in ("late", *WORDY)
        control: Combo | Segments = Combo(self._theme, pairs) if many else Segments(self._theme, pairs)
        if setting.id in WORDY:
            control.setMinimumWidth(self._theme.px(WORDY_WIDE))
        control.set_value(value)
        control.chosen.connect(lambda key: self.changed.emit(setting.id, key))
        return control

    def _number(self, value: int) -> NumberField:
        box = NumberField(self._theme, self.setting.least or 0, self.setting.most or 10_000, value, "small")
        box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        box.valueChanged.connect(lambda number: self.changed.emit(self.setting.id, number))
        return box


class Group(Live, QWidget):
    """A heading and rows with lines between."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key
        self.heading = Label("", "heading")
        self.rows = QVBoxLayout()
        self.rows.setSpacing(0)
        self.setLayout(column(self.heading, 4, self.rows, gap=0, margins=(0, 0, 0, 20)))
        self.retranslate()

    def retranslate(self) -> None:
        """Its heading."""
        self.heading.setText({
            "look": tr("settings", "Look"), "publishing": tr("settings", "Publishing"), "data": tr("settings", "Data"),
            "general": tr("settings", "General"), "keychain": tr("settings", "Keychain"),
            "about": tr("settings", "About"), "running": tr("settings", "Without the window"),
            "notices": tr("settings", "Notifications"),
        }.get(self._key, self._key))  # fmt: skip
