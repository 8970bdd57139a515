"""Choosing a time zone: typed, completed from the zones this computer knows."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QWidget

from studio.ui.i18n import tr
from studio.ui.moments import system_zone
from studio.ui.widgets.base import column, name
from studio.ui.widgets.field import Field
from studio.ui.widgets.label import Label

if TYPE_CHECKING:
    from studio.ui.theme import Theme

COMMON = (
    "Asia/Shanghai", "Asia/Taipei", "Asia/Hong_Kong", "Asia/Singapore", "Asia/Tokyo", "Europe/Berlin", "Europe/London",
    "America/New_York", "America/Los_Angeles", "Australia/Sydney", "UTC",
)  # fmt: skip


def zone_names() -> list[str]:
    """The common ones first, then all others; no aliases like "posix/..."."""
    odd = ("posix/", "right/", "Etc/")
    known = {name for name in available_timezones() if "/" in name and not name.startswith(odd)}
    first = [name for name in COMMON if name in known or name == "UTC"]
    return first + sorted(known - set(first))


class ZoneBox(QWidget):
    """chosen(name): a zone of the list, or "system" when the field is emptied."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, value: str) -> None:
        super().__init__()
        self._value = value
        self.field = Field(theme, "globe", clear=True, size="small")
        self.setFixedWidth(theme.px(260))
        self.hint = Label("", "caption", "text-3", wrap=True)
        self._names: list[str] = []
        self.setLayout(column(self.field, self.hint, gap=2))
        self.setFocusProxy(self.field)
        self.field.editingFinished.connect(self._take)
        self.field.textEdited.connect(self._complete)
        self.retranslate()
        self.set_value(value)

    def set_value(self, value: str) -> None:
        """Show a zone without telling."""
        self._value = value
        self.field.setText("" if value == "system" else value)

    def retranslate(self) -> None:
        """The system's zone is what an empty field means."""
        self.field.setPlaceholderText(tr("settings", "As the system: {zone}", zone=system_zone()))
        name(self.field, tr("settings", "Time zone"))
        self.hint.setText(tr("settings", "Type a city, such as Shanghai. Empty: as the system."))

    def _complete(self) -> None:
        """The list of zones is read when somebody types."""
        if self._names:
            return
        self._names = zone_names()
        completer = QCompleter(QStringListModel(self._names, self), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(lambda _text: self._take())
        self.field.setCompleter(completer)

    def _take(self) -> None:
        words = self.field.text().strip()
        names = self._names or zone_names()
        found = _meant(words, names) if words else "system"
        self.field.set_bad(found is None)
        if found is None:
            self.hint.setText(tr("settings", "There is no zone “{words}”.", words=words))
            return
        self.retranslate()
        before = self._value
        self.set_value(found)
        if found != before:
            self.chosen.emit(found)


def _meant(words: str, names: list[str]) -> str | None:
    """A zone by its name, or the only one (else the first common one) with that city."""
    folded = words.replace(" ", "_").casefold()
    exact = next((name for name in names if name.casefold() == folded), None)
    return exact or next((name for name in names if name.casefold().rsplit("/", 1)[-1] == folded), None)
