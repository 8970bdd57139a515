"""The box above the journal: what is the matter, the one safe thing to do, and the quieter answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLayout, QSizePolicy, QVBoxLayout, QWidget

from studio.core.finding import Finding
from studio.services.words import say
from studio.ui.accounts.detail import Icon, clear
from studio.ui.outbox.answers import Answer, Deed
from studio.ui.outbox.flow import flow
from studio.ui.widgets.base import hairline, name, row
from studio.ui.widgets.button import Button, Link
from studio.ui.widgets.label import Label

if TYPE_CHECKING:
    from studio.ui.theme import Theme

MARKS = {"error": ("circle-alert", "bad"), "warning": ("triangle-alert", "warn"), "info": ("info", "text-2")}


class AnswerBox(QWidget):
    """done(key): a deed of the answer was chosen. `controls`: by their keys."""

    done = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._answer: Answer | None = None
        self._busy = ""
        self.controls: dict[str, Button | Link] = {}
        self.title = Label("", "heading", wrap=True)
        self.sentence = Label("", "body", "text-2", wrap=True)
        self._more = QVBoxLayout()
        self._more.setSpacing(10)
        self._more.setContentsMargins(0, 8, 0, 0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 18, 20, 18)
        whole.setSpacing(6)
        for part in (self.title, self.sentence):
            whole.addWidget(part)
        whole.addLayout(self._more)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def answer(self) -> Answer | None:
        """What is shown."""
        return self._answer

    def show_answer(self, answer: Answer) -> None:
        """Say this. Only the words change while the deeds stay the same: nothing jumps, the focus stays."""
        before, self._answer = self._answer, answer
        self.title.setText(answer.title)
        self.sentence.setText(answer.sentence)
        name(self, answer.title, answer.sentence)
        if before is None or _deeds(before) != _deeds(answer):
            self._rebuild(answer)
        self.update()

    def rebuild(self) -> None:
        """Make everything anew: the language or the look changed."""
        if self._answer is not None:
            self._rebuild(self._answer)

    def set_busy(self, key: str) -> None:
        """Turn the arc in the deed that works; the others wait. "" when it is over."""
        self._busy = key
        for other, control in self.controls.items():
            control.setEnabled(not key and not self._locked(other))
            if isinstance(control, Button):
                control.set_busy(other == key)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The tint of its state, or an outline when nothing is wanted."""
        if self._answer is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self._answer.tinted:
            painter.setPen(QPen(self._theme.color("line"), 1) if self._theme.contrast else Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.state(self._answer.state).tint)
        else:
            painter.setPen(QPen(self._theme.color("line"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 10, 10)

    # inside ----------------------------------------------------------------------------------------------------

    def _rebuild(self, answer: Answer) -> None:
        focus = next((key for key, control in self.controls.items() if control.hasFocus()), "")
        clear(self._more)
        self.controls = {}
        for finding in answer.findings:
            self._more.addLayout(self._finding(finding))
        if answer.safe is not None:
            self._more.addLayout(self._safe(answer.safe, answer.note))
        if answer.quiet:
            self._add_quiet(answer)
        self.set_busy(self._busy)
        for control in self.controls.values() if self.isVisible() else ():
            control.show()  # now, not when the layout comes to it: the focus stays where it was
        if focus in self.controls:
            self.controls[focus].setFocus(Qt.FocusReason.OtherFocusReason)

    def _finding(self, finding: Finding) -> QLayout:
        icon, token = MARKS[finding.severity]
        words = Label(say(finding, self._theme.language.code), "body", wrap=True)
        mark = Icon(self._theme, icon, 16, token)
        line = row(mark, words, gap=8)
        line.setStretch(1, 1)
        line.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        return line

    def _safe(self, deed: Deed, note: str) -> QLayout:
        button = Button(self._theme, deed.words, "primary", deed.icon, "bar")
        self._adopt(deed, button)
        made = flow(button, gap=10)
        if note:
            made.addWidget(Label(note, "small", "text-2"))
        return made

    def _add_quiet(self, answer: Answer) -> None:
        if answer.safe is not None:
            self._more.addWidget(hairline(token="line-2"))
        made = flow(gap=18)
        if answer.lead:
            made.addWidget(Label(answer.lead, "small", "text-2"))
        for deed in answer.quiet:
            link = Link(self._theme, deed.words, "small", deed.icon, tall=True)
            self._adopt(deed, link)
            made.addWidget(link)
        self._more.addLayout(made)

    def _adopt(self, deed: Deed, control: Button | Link) -> None:
        control.clicked.connect(lambda _=False: self.done.emit(deed.key))
        control.setToolTip(deed.locked)
        name(control, deed.words, deed.locked)
        self.controls[deed.key] = control

    def _locked(self, key: str) -> bool:
        assert self._answer is not None
        return any(deed.key == key and deed.locked for deed in (self._answer.safe, *self._answer.quiet) if deed)


def _deeds(answer: Answer) -> tuple[object, ...]:
    return answer.safe, answer.note, answer.lead, answer.quiet, answer.findings
