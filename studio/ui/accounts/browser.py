"""The step of a sign-in that happens in the browser: waiting for it to come back, or for what it shows to be pasted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.core.errors import Problem
from studio.ui.accounts.copying import CopyButton
from studio.ui.accounts.fields import FieldBlock
from studio.ui.i18n import tr
from studio.ui.widgets.base import column, hairline, row
from studio.ui.widgets.button import Button, Link
from studio.ui.widgets.label import Label
from studio.ui.widgets.note import Note, NoteText
from studio.ui.widgets.progress import Arc, ProgressBar

if TYPE_CHECKING:
    from studio.services.authorize import Waiting
    from studio.ui.theme import Theme

LOOK = 200  # ms between two looks whether the browser came back


def open_address(url: str) -> bool:
    """In the person's own browser; False when there is none."""
    return QDesktopServices.openUrl(QUrl(url))


class BrowserStep(QWidget):
    """answered(callback): the browser came back. failed(fault): it did not. changed(): another text was pasted.

    open_url   False when no browser could be opened
    """

    answered = Signal(str)
    failed = Signal(object)
    changed = Signal()

    def __init__(self, theme: Theme, waiting: Waiting, open_url: Callable[[str], bool]) -> None:
        super().__init__()
        self._theme, self._waiting, self._open_url = theme, waiting, open_url
        self._whole = waiting.left or 1.0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK)
        self._timer.timeout.connect(self._look)
        self.destroyed.connect(lambda _gone: waiting.close())  # the window may close over an open sheet
        self.left = Label("", "small", "text-2")
        self.bar = ProgressBar()
        self.open = Button(theme, tr("accounts", "Open it again"), "secondary", "external-link", "small")
        self.copy = CopyButton(theme, tr("accounts", "Copy the address"), waiting.begun.url, "quiet")
        self.trouble = Note(theme, "warning", "")
        self.trouble.hide()
        self.more = Link(theme, tr("accounts", "The browser shows an error or a code"), icon="chevron-right", tall=True)
        self.paste = FieldBlock(
            theme, tr("accounts", "What the browser shows"),
            tr("accounts", "Paste the whole address from its address bar, or the code on the page."),
        )  # fmt: skip
        self.open.clicked.connect(self._open)
        self.more.clicked.connect(self.take_text)
        self.paste.field.textChanged.connect(lambda _text: self.changed.emit())
        self._lay_out()

    @property
    def takes_text(self) -> bool:
        """Whether the field for pasting is shown."""
        return not self.paste.isHidden()

    @property
    def pasted(self) -> str:
        """What is in it."""
        return self.paste.field.text().strip() if self.takes_text else ""

    def begin(self) -> None:
        """Open the browser and wait for it."""
        self._open()
        if self._waiting.listens:
            self._count()
            self._timer.start()
            self.open.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.take_text()

    def end(self) -> None:
        """Nobody waits any more."""
        self._timer.stop()
        self._waiting.close()

    def take_text(self) -> None:
        """Show the field for pasting."""
        self.more.hide()
        self.paste.show()
        self.paste.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def say(self, problem: str) -> None:
        """What was pasted cannot be used."""
        self.paste.say(problem)
        self.paste.field.selectAll()
        self.paste.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        listens, (title, words) = self._waiting.listens, self._words()
        arc = Arc(self._theme, "accent")
        for widget in () if listens else (arc, self.left, self.bar):
            widget.hide()  # never shown before it has a parent: it would be a window of its own
        head = row(arc, Label(title, "heading"), None, self.left, gap=10)
        layout: QVBoxLayout = column(
            head, Label(words, "body", "text-2", wrap=True), self.bar, self.trouble, row(self.open, self.copy, None),
            4, hairline(), self.more, self.paste, gap=12,
        )  # fmt: skip
        self.paste.hide()
        self.setLayout(layout)
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)

    def _words(self) -> tuple[str, str]:
        """What is going on, and what to do."""
        if self._waiting.listens:
            words = tr("accounts", "Agree on the page that just opened. Then this goes on by itself.")
            return tr("accounts", "Waiting for your browser"), words
        words = tr("accounts", "Agree on the page that just opened, then come back with what it shows.")
        return tr("accounts", "Agree in your browser"), words

    def _open(self) -> None:
        opened = self._open_url(self._waiting.begun.url)
        sentence = tr("accounts", "No browser could be opened. Copy the address and open it yourself.")
        self.trouble.set_note(NoteText("warning", sentence))
        self.trouble.setVisible(not opened)

    def _look(self) -> None:
        try:
            found = self._waiting.look()
        except Problem as fault:
            self.end()
            self.failed.emit(fault)
            return
        if found is not None:
            self.end()
            self.answered.emit(found)
            return
        self._count()

    def _count(self) -> None:
        """The time that is left, said once a second."""
        seconds = round(self._waiting.left)
        words = tr("accounts", "{time} left", time=f"{seconds // 60}:{seconds % 60:02}")
        if words != self.left.text():
            self.left.setText(words)
            self.bar.set_fraction(self._waiting.left / self._whole)
