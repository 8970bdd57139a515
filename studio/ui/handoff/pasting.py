"""The link of the post: a field that has it checked as soon as it is pasted, and what came of that in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from studio.ui.i18n import tr
from studio.ui.widgets.base import Live, column, dress, name, row
from studio.ui.widgets.button import Button, Link
from studio.ui.widgets.field import Field
from studio.ui.widgets.label import Label
from studio.ui.widgets.progress import Arc

if TYPE_CHECKING:
    from studio.ui.theme import Theme

AT_ONCE: Final = 4
"""Characters that come in one edit from which it was pasted: what is typed is checked on Enter only, for half an
address may be that of another post."""
MARKS: Final = {"bad": "circle-alert", "warn": "triangle-alert"}


class PasteBox(Live, QWidget):
    """checked(text): look this up. anyway(text): the person keeps it although it was not recognised."""

    checked = Signal(str)
    anyway = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._tone, self._before = theme, "", ""
        self.busy = False
        self.field = Field(theme, "link", size="small")
        dress(self.field, role="small")
        self.paste = Button(theme, "", "primary", "clipboard-copy", "small")
        self.arc = Arc(theme)
        self.words = Label("", "small", "text-2", wrap=True)
        self.keep = Link(theme, "", tall=True)
        self.again = Link(theme, "", tall=True)
        self._said = QWidget()
        said = row(self.arc, self.words, gap=8)
        said.setStretch(1, 1)
        said.setAlignment(self.arc, Qt.AlignmentFlag.AlignTop)
        self._links = QWidget()
        self._links.setLayout(row(self.again, self.keep, None, gap=16))
        self._said.setLayout(column(said, self._links, gap=0))
        self._button = QWidget()
        self._button.setLayout(row(self.paste, None))
        self.setLayout(column(self.field, self._button, self._said, gap=8))
        for part in (self._button, self._said, self._links):
            part.hide()
        self.field.textEdited.connect(self._edited)
        self.field.returnPressed.connect(self.check)
        self.paste.clicked.connect(self.take)
        self.keep.clicked.connect(lambda: self.anyway.emit(self.field.text().strip()))
        self.again.clicked.connect(self.check)
        self.retranslate()

    def show_next(self, next: bool) -> None:
        """next: everything before it is done; the button that pastes is there, too."""
        self._button.setVisible(next and not self.busy)

    def take(self) -> None:
        """What is on the clipboard, as the person would paste it."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.setText(" ".join(QGuiApplication.clipboard().text().split()))
        self._before = self.field.text()
        self.check()

    def check(self) -> None:
        """Have it looked up."""
        if text := self.field.text().strip():
            self.checked.emit(text)
        elif not self.busy:
            self.say(tr("handoff", "Nothing is on the clipboard yet: copy the link of your post over there first."),
                     "text-2")  # fmt: skip

    def set_busy(self, busy: bool) -> None:
        """While it is looked up."""
        self.busy = busy
        self.field.setReadOnly(busy)
        self.arc.setVisible(busy)
        self.paste.setEnabled(not busy)
        if busy:
            self.say(tr("handoff", "Looking at the post…"), "text-2")
            self.arc.show()

    def say(self, sentence: str, tone: str, keep: bool = False, again: bool = False) -> None:
        """What came of it; "" for nothing. keep: it may be kept all the same. again: it may be tried once more."""
        self._tone = tone
        self.arc.hide()
        self.words.setText(sentence)
        dress(self.words, tone=tone)
        left = self._theme.icon_size(14) + 6 if tone in MARKS else 0
        self.words.setContentsMargins(left, 0, 0, 0)
        self._links.setContentsMargins(left, 0, 0, 0)
        self.keep.setVisible(keep)
        self.again.setVisible(again)
        self._links.setVisible(keep or again)
        self._said.setVisible(bool(sentence))
        self.field.set_bad(tone == "bad")
        self.field.setAccessibleDescription(sentence)
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The icon before the sentence."""
        if self._tone in MARKS and self._said.isVisible():
            painter, side, line = QPainter(self), self._theme.icon_size(14), self._theme.line("small")
            top = self._said.y() + self.words.y()
            self._theme.draw_icon(painter, QRectF(0, top, side, line), MARKS[self._tone], 14, self._tone)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the field is done here; it presses nothing else."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _edited(self, text: str) -> None:
        grown, self._before = len(text) - len(self._before), text
        held = " ".join(QGuiApplication.clipboard().text().split())
        whole = "://" in text or bool(held and held in " ".join(text.split()))  # not what an input method wrote at once
        if grown >= AT_ONCE and whole:
            self.check()
        elif self._tone and not self.busy:
            self.say("", "")

    def retranslate(self) -> None:
        """Set every text."""
        self.field.setPlaceholderText(tr("handoff", "It is checked as soon as you paste"))
        name(self.field, tr("handoff", "Link of the post"))
        self.paste.setText(tr("handoff", "Paste link"))
        self.paste.updateGeometry()
        self.keep.setText(tr("handoff", "Keep it anyway"))
        self.again.setText(tr("handoff", "Try again"))
        for link in (self.keep, self.again):
            name(link, link.text())
            link.updateGeometry()
