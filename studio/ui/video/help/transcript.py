"""The text of a clip: what is struck out of it is cut out of the film."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from studio.core import transcript as texts
from studio.core.timeline import Clip
from studio.core.transcript import Transcript
from studio.ui.i18n import tr
from studio.ui.sheet import Sheet
from studio.ui.widgets.base import name, row
from studio.ui.widgets.button import Button, Link
from studio.ui.widgets.label import Label

if TYPE_CHECKING:
    from studio.ui.theme import Theme

HEIGHT = 320


class SpokenText(QTextEdit):
    """A transcript to select in. Delete strikes words out, and puts back those that are struck out already.

    changed()   other words are struck out        gone: their indices
    """

    changed = Signal()

    def __init__(self, theme: Theme, transcript: Transcript) -> None:
        super().__init__()
        self._theme, self.transcript = theme, transcript
        self.gone: set[int] = set()
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.setFont(theme.font("editor"))
        self.setPlainText(transcript.text)
        self.setMinimumHeight(theme.px(HEIGHT))
        self.setTabChangesFocus(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete and Backspace strike out; everything else moves and selects."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.strike()
            return
        super().keyPressEvent(event)

    def strike(self) -> None:
        """Strikes out the words of the selection, or the one at the cursor; again: puts them back."""
        cursor = self.textCursor()
        start, end = cursor.selectionStart(), max(cursor.selectionEnd(), cursor.selectionStart() + 1)
        touched = texts.words_in(self.transcript, start, end)
        if touched is None:
            return
        words = set(range(touched[0], touched[1] + 1))
        self.set_gone(self.gone - words if words <= self.gone else self.gone | words)

    def set_gone(self, gone: set[int]) -> None:
        """Strikes out exactly these."""
        self.gone = gone
        self._draw()
        self.changed.emit()

    def _draw(self) -> None:
        plain, struck = QTextCharFormat(), QTextCharFormat()
        struck.setFontStrikeOut(True)
        struck.setForeground(self._theme.color("text-3"))
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setCharFormat(plain)
        for index, (start, end) in enumerate(texts.spans(self.transcript)):
            if index in self.gone:
                cursor.setPosition(start)
                cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                cursor.setCharFormat(struck)


class TranscriptSheet(Sheet):
    """cut_asked(list of source ranges)   captions_asked()"""

    cut_asked = Signal(object)
    captions_asked = Signal()

    def __init__(self, theme: Theme, transcript: Transcript, clip: Clip) -> None:
        super().__init__(theme, tr("videohelp", "Cut by the text"), width=680)
        self.set_title(tr("videohelp", "Cut by the text"), clip.name)
        self.text = SpokenText(theme, transcript)
        name(self.text, tr("videohelp", "What is said"))
        self.text.changed.connect(self._count)
        hint = tr("videohelp", "Select words and press Delete to strike them out; press it again to put them back.")
        self.body.addWidget(Label(hint, "small", "text-2", wrap=True))
        self.body.addWidget(self.text)
        self.fillers = Link(theme, tr("videohelp", "Strike out fillers"))
        self.fillers.clicked.connect(self._strike_fillers)
        self.captions = Button(theme, tr("videohelp", "Make captions"), "secondary")
        self.captions.clicked.connect(self._captions)
        self.cut = Button(theme, "", "primary")
        self.cut.clicked.connect(self._cut)
        foot = QWidget()
        foot.setLayout(row(self.fillers, None, self.captions, self.cut, gap=12))
        self.set_footer(foot)
        self._count()

    def ranges(self) -> list[texts.Range]:
        """What is struck out, in the source's seconds."""
        return texts.cuts_of(self.text.transcript, self.text.gone)

    def _strike_fillers(self) -> None:
        found = {index for filler in texts.fillers(self.text.transcript) if filler.sure
                 for index in range(filler.first, filler.last + 1)}
        self.text.set_gone(self.text.gone | found)

    def _count(self) -> None:
        seconds = sum(float(end - start) for start, end in self.ranges())
        self.cut.setText(tr("videohelp", "Cut out {seconds} s", seconds=f"{seconds:.1f}"))
        self.cut.setEnabled(bool(self.text.gone))
        self.cut.why_not("" if self.text.gone else tr("videohelp", "Nothing is struck out"))

    def _cut(self) -> None:
        ranges = self.ranges()
        self.close_with("cut")
        self.cut_asked.emit(ranges)

    def _captions(self) -> None:
        self.close_with("captions")
        self.captions_asked.emit()
