"""One delivery, up close: its state, when and where, its proof or its trouble, and the one safe thing to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from studio.core.delivery import State
from studio.services.words import say
from studio.ui.calendar.model import STOPPABLE, safe_action
from studio.ui.calendar.month import MOVABLE
from studio.ui.calendar.popover import Popover
from studio.ui.i18n import tight, tr
from studio.ui.widgets.base import row
from studio.ui.widgets.button import Button, Link, ToolButton
from studio.ui.widgets.label import ElidedLabel, Label
from studio.ui.widgets.marks import Disc, StateChip, ToneChip
from studio.ui.widgets.note import Note

if TYPE_CHECKING:
    from studio.core.delivery import Delivery
    from studio.ui.accounts.looks import Look
    from studio.ui.theme import Theme


class DeliveryPopover(Popover):
    """acted(what): "open", "see", "story", "look", "send", "again", "cancel" or "time". It stays until it is told."""

    acted = Signal(str)

    def __init__(
        self, theme: Theme, parent: QWidget, delivery: Delivery, heading: str, when: str, look: Look,
        looked: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(theme, parent, 344)
        self.delivery = delivery
        self.buttons: dict[str, Button] = {}
        self.setAccessibleName(heading)
        cross = ToolButton(theme, "x", tr("calendar", "Close"), "Esc")
        cross.clicked.connect(self.close_up)
        state = StateChip(theme, delivery.state.value)
        self.body.addLayout(row(state, Label(when, "small", "text-2"), None, cross))
        self.body.addWidget(ElidedLabel(heading, "heading"))
        disc = Disc(theme, look.initial, look.colour, 20, look.platform)
        self.body.addLayout(row(disc, ElidedLabel(_account(look), "body", "text-2"), gap=8))
        self._say_clock(theme, look)
        self._say_proof(theme)
        for finding in delivery.error[:3]:
            self.body.addWidget(Note(theme, finding.severity, say(finding, theme.language.code), source=finding.source))
        self.story = Link(theme, tr("calendar", "Open its story"), icon="scroll-text", tall=True)
        self.story.clicked.connect(lambda: self.acted.emit("story"))
        self.body.addWidget(self.story)
        self._add_buttons(theme, looked)

    def set_busy(self, what: str, busy: bool) -> None:
        """Turn the arc in the button that works; the others wait."""
        for key, button in self.buttons.items():
            button.setEnabled(not busy)
            if key == what:
                button.set_busy(busy)

    def focus_first(self) -> None:
        """The safe action has the focus."""
        first = next(iter(self.buttons.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_clock(self, theme: Theme, look: Look) -> None:
        """Whose clock fires, and what that asks of this computer."""
        d = self.delivery
        if d.state is not State.SCHEDULED:
            return
        if d.clock == "platform":
            whose = tight(tr("calendar", "{platform}’s own clock", platform=look.platform))
            chip = ToneChip(theme, "info", "server", whose)
            means = tr("calendar", "Goes out with the lid closed") if d.ahead else tr(
                "calendar", "This computer hands it over first")
        else:
            chip = ToneChip(theme, "info", "laptop", tr("calendar", "This computer’s clock"))
            means = tr("calendar", "It must be on then")
        self.body.addLayout(row(chip, ElidedLabel(means, "small", "text-2"), gap=8))

    def _say_proof(self, theme: Theme) -> None:
        proof = self.delivery.proof
        if proof is None:
            return
        wrong = sum(1 for line in proof.lines if not line.same)
        words = (
            tr("calendar", "Read back: %n differences", n=wrong) if wrong
            else tr("calendar", "Read back and compared: all the same")
        )  # fmt: skip
        self.body.addWidget(Label(words, "small", "warn" if wrong else "good"))
        if self.delivery.url:
            link = Link(theme, tr("calendar", "See it where it was published"), icon="external-link")
            link.setToolTip(self.delivery.url)
            link.clicked.connect(lambda: self.acted.emit("see"))
            self.body.addWidget(link)

    def _add_buttons(self, theme: Theme, looked: bool) -> None:
        safe = safe_action(self.delivery)
        line = row(gap=8)
        self._button(theme, line, safe, "primary")
        line.addStretch(1)
        for key in self._quiet(safe, looked):
            self._button(theme, line, key, "quiet")
        self.body.addLayout(line)

    def _quiet(self, safe: str, looked: bool) -> list[str]:
        """The quieter answers; a second send of something unconfirmed only after a look."""
        state = self.delivery.state
        keys = ["time"] if state in MOVABLE else []
        keys += ["again"] if state is State.UNCONFIRMED and looked else []
        keys += ["cancel"] if state in STOPPABLE else []
        return [*keys, "open"] if safe != "open" and len(keys) < 2 else keys

    def _button(self, theme: Theme, line: object, key: str, kind: str) -> None:
        button = Button(theme, action_words(key), "primary" if kind == "primary" else "quiet", size="small")
        button.clicked.connect(lambda: self.acted.emit(key))
        self.buttons[key] = button
        line.addWidget(button)  # type: ignore[attr-defined]  # a QBoxLayout


def action_words(key: str) -> str:
    """What an action's button says."""
    return {
        "open": tr("calendar", "Open draft"),
        "see": tr("calendar", "See post"),
        "look": tr("calendar", "Look again"),
        "send": tr("calendar", "Send now"),
        "hand": tr("calendar", "Start"),
        "again": tr("calendar", "Send again…"),
        "cancel": tr("calendar", "Take off"),
        "time": tr("calendar", "Change time…"),
    }[key]


def _account(look: Look) -> str:
    named = look.title
    return named if not look.handle or look.handle == named else f"{named} · {look.handle}"
