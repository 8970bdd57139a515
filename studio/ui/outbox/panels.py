"""Small panels of the outbox: paste a link, say why it did not work, give a reason to hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from studio.ui.calendar.popover import Popover
from studio.ui.i18n import tr
from studio.ui.sheet import Sheet
from studio.ui.widgets.base import name, row
from studio.ui.widgets.button import Button, Link
from studio.ui.widgets.field import Field
from studio.ui.widgets.label import Label
from studio.ui.widgets.note import Note, NoteText

if TYPE_CHECKING:
    from studio.ui.theme import Theme

LINKS = ("https://", "http://")


class LinkPanel(Popover):
    """chosen(link): the person says that the post is there. It stays until told otherwise.

    anyway(link): they keep it although it was not recognised.
    """

    chosen = Signal(str)
    anyway = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent, 380)
        self.setAccessibleName(tr("outbox", "It is there, paste the link"))
        self.field = Field(theme, "link", clear=True)
        self.field.setPlaceholderText("https://")
        name(self.field, tr("outbox", "Link of the post"))
        self.problem = Note(theme, "error", "")
        self.problem.hide()
        self.confirm = Button(theme, tr("outbox", "It is there"), "primary", "check", "small")
        drop = Button(theme, tr("outbox", "Cancel"), "quiet", size="small")
        words = tr("outbox", "It is looked up first. Where it cannot be read back, your word counts, and the proof "
                             "says so.")  # fmt: skip
        self.body.addWidget(Label(tr("outbox", "Link of the post"), "body", weight=600))
        self.body.addWidget(self.field)
        self.body.addWidget(Label(words, "small", "text-2", wrap=True))
        self.body.addWidget(self.problem)
        self.keep = Link(theme, tr("outbox", "Keep it anyway"), tall=True)
        name(self.keep, self.keep.text())
        self.keep.hide()
        self.body.addLayout(row(self.keep, None, drop, self.confirm, gap=8))
        self.keep.clicked.connect(self._keep)
        drop.clicked.connect(self.close_up)
        self.confirm.clicked.connect(self._confirm)
        self.field.returnPressed.connect(self._confirm)
        self.field.textChanged.connect(lambda _: self._check())
        held = QGuiApplication.clipboard().text().strip()
        self.field.setText(held if held.startswith(LINKS) and len(held) < 2000 else "")
        self._check()

    def focus_first(self) -> None:
        """Ready to paste."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()

    def say(self, sentence: str, keep: bool = False) -> None:
        """Why it was refused; the panel stays. keep: it may be kept all the same."""
        self.set_busy(False)
        self.problem.set_note(NoteText("error", sentence))
        self.problem.show()
        self.keep.setVisible(keep)

    def set_busy(self, busy: bool) -> None:
        """While it is looked up."""
        self.confirm.set_busy(busy)
        self.confirm.setEnabled(not busy)
        self.keep.setEnabled(not busy)

    def _keep(self) -> None:
        if link := self.field.text().strip():
            self.set_busy(True)
            self.anyway.emit(link)

    def _check(self) -> None:
        self.confirm.why_not("" if self.field.text().strip() else tr("outbox", "Paste the link first."))

    def _confirm(self) -> None:
        if link := self.field.text().strip():
            self.problem.hide()
            self.keep.hide()
            self.set_busy(True)
            self.chosen.emit(link)


class ReasonPanel(Popover):
    """chosen(reason): it could not be posted by hand; the reason may be empty."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent, 360)
        title = tr("outbox", "What went wrong?")
        self.setAccessibleName(title)
        self.field = Field(theme)
        self.field.setMaxLength(200)
        self.field.setPlaceholderText(tr("outbox", "The page refused the video, for example"))
        name(self.field, title)
        self.problem = Note(theme, "error", "")
        self.problem.hide()
        self.act = Button(theme, tr("outbox", "Mark it as failed"), "danger", "circle-x", "small")
        drop = Button(theme, tr("outbox", "Cancel"), "quiet", size="small")
        words = tr("outbox", "It is kept in the journal. Nothing is sent; it can be prepared again.")
        self.body.addWidget(Label(title, "body", weight=600))
        self.body.addWidget(self.field)
        self.body.addWidget(Label(words, "small", "text-2", wrap=True))
        self.body.addWidget(self.problem)
        self.body.addLayout(row(None, drop, self.act, gap=8))
        drop.clicked.connect(self.close_up)
        self.act.clicked.connect(self._chosen)
        self.field.returnPressed.connect(self._chosen)

    def say(self, sentence: str) -> None:
        """Why it was refused; the panel stays."""
        self.act.set_busy(False)
        self.problem.set_note(NoteText("error", sentence))
        self.problem.show()

    def _chosen(self) -> None:
        self.act.set_busy(True)
        self.chosen.emit(self.field.text().strip())


class HoldSheet(Sheet):
    """chosen(reason): hold it, for this reason."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__(theme, title, width=460)
        words = tr("outbox", "Nothing it covers is sent from now on. What comes due meanwhile waits for you "
                             "afterwards, too: it never goes out by itself.")  # fmt: skip
        self.body.addWidget(Label(words, "body", "text-2", wrap=True))
        self.field = Field(theme)
        self.field.setMaxLength(200)
        self.field.setPlaceholderText(tr("outbox", "Reason, for you and your team"))
        name(self.field, tr("outbox", "Reason, for you and your team"))
        self.body.addWidget(self.field)
        self.problem = Note(theme, "error", "")
        self.problem.hide()
        self.body.addWidget(self.problem)
        self.hold = Button(theme, tr("outbox", "Hold"), "primary", "circle-pause")
        self.hold.clicked.connect(self._chosen)
        self.field.returnPressed.connect(self._chosen)
        self.field.textChanged.connect(lambda _: self._check())
        foot = QWidget()
        foot.setLayout(row(None, self.hold))
        self.set_footer(foot)
        self._check()

    def say(self, sentence: str) -> None:
        """Why it was refused."""
        self.hold.set_busy(False)
        self.problem.set_note(NoteText("error", sentence))
        self.problem.show()

    def _check(self) -> None:
        self.hold.why_not("" if self.field.text().strip() else tr("outbox", "Say why, in a few words."))

    def _chosen(self) -> None:
        if words := self.field.text().strip():
            self.hold.set_busy(True)
            self.chosen.emit(words)
