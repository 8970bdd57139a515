"""One field of a login: its label, what is typed, its help, and what was refused about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from studio.core.words import Words
from studio.ui.i18n import tr
from studio.ui.widgets.base import column, name, row
from studio.ui.widgets.button import ToolButton
from studio.ui.widgets.field import Field
from studio.ui.widgets.label import Label

if TYPE_CHECKING:
    from studio.ui.theme import Theme


class LoginField(Protocol):
    """A field of a login, as platforms declare it."""

    @property
    def name(self) -> str: ...
    @property
    def label(self) -> Words: ...
    @property
    def help(self) -> Words: ...
    @property
    def secret(self) -> bool: ...
    @property
    def required(self) -> bool: ...
    @property
    def default(self) -> str: ...


class FieldBlock(QWidget):
    """A label, the field (a secret one hidden, with an eye to show it), its help, and what was refused about it."""

    def __init__(self, theme: Theme, label: str, help: str, secret: bool = False, value: str = "") -> None:
        super().__init__()
        self.field = Field(theme)
        self.field.setText(value)
        name(self.field, label, help)
        self.label, self.help = Label(label, "small", "text-2"), Label(help, "caption", "text-3", wrap=True)
        self.label.setBuddy(self.field)
        self.problem = Label("", "small", "bad", wrap=True)
        self.problem.hide()
        line = row(self.field, gap=4)
        if secret:
            line.addWidget(self._eye(theme))
        self.setLayout(column(self.label, line, self.problem, self.help, gap=4))
        self.help.setVisible(bool(help))
        self.field.textEdited.connect(lambda _text: self.say(""))

    def say(self, problem: str) -> None:
        """What was refused; "" takes it away."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.field.set_bad(bool(problem))

    def _eye(self, theme: Theme) -> ToolButton:
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )  # fmt: skip
        eye = ToolButton(theme, "eye", tr("accounts", "Show"), checkable=True)

        def toggled(on: bool) -> None:
            self.field.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)
            eye.set_icon("eye-off" if on else "eye")
            eye.set_tip(tr("accounts", "Hide") if on else tr("accounts", "Show"))

        eye.toggled.connect(toggled)
        return eye
