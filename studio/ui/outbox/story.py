"""The middle: head, the box with its one safe action, and the journal; below them the proof where it has no column."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from studio.ui.i18n import tr
from studio.ui.library.thumbs import Thumbs
from studio.ui.moments import local
from studio.ui.outbox.answer import AnswerBox
from studio.ui.outbox.answers import Answer
from studio.ui.outbox.head import StoryHead
from studio.ui.outbox.journal import Journal
from studio.ui.outbox.reading import Opened
from studio.ui.outbox.rows import Row, shown_state, state_words
from studio.ui.widgets.base import Live, column, hairline, row
from studio.ui.widgets.button import Button
from studio.ui.widgets.label import Label
from studio.ui.widgets.note import Note, NoteText
from studio.ui.widgets.scroll import ScrollColumn

if TYPE_CHECKING:
    from studio.ui.theme import Theme

MOST_WIDE = 760


class StoryColumn(Live, QWidget):
    """done(key): a deed was chosen. copy_asked: the report. more_asked: the menu of the head."""

    done = Signal(str)
    copy_asked = Signal()
    more_asked = Signal()

    def __init__(self, theme: Theme, thumbs: Thumbs) -> None:
        super().__init__()
        self._theme = theme
        self.head = StoryHead(theme, thumbs)
        self.box = AnswerBox(theme)
        self.journal = Journal(theme)
        self.heading = Label("", "heading")
        self.copy = Button(theme, "", "quiet", "clipboard-copy", "small")
        self.problem = Note(theme, "error", "")
        self.problem.hide()
        self.area = ScrollColumn(theme, padding=24, gap=0)
        self._inner = QWidget()
        self._slot = column(gap=0)
        titles = row(self.heading, None, self.copy)
        self._inner.setLayout(column(self.problem, self.box, 12, titles, 4, self.journal, 20, self._slot, gap=8))
        self.area.column.addWidget(self._inner)
        self.area.column.addStretch(1)
        whole = column(self.head, hairline(), self.area, gap=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self.box.done.connect(self.done)
        self.copy.clicked.connect(self.copy_asked)
        self.head.more_asked.connect(self.more_asked)
        self.retranslate()

    def show_story(self, shown: Row, opened: Opened, answer: Answer, now: datetime, zone: tzinfo) -> None:
        """This delivery and everything about it."""
        d, progress = opened.item.delivery, shown.progress
        self.head.show_row(shown, shown_state(d, now, progress.held), state_words(d, now, progress))
        self.box.show_answer(answer)
        self.journal.show_story(opened.told, local(now, zone).date())

    def take_proof(self, proof: QWidget) -> None:
        """The proof lies under the journal."""
        self._slot.addWidget(proof)

    def to_top(self) -> None:
        """Another delivery: from its beginning."""
        self.area.verticalScrollBar().setValue(0)
        self.problem.hide()
        self.journal.at = -1

    def say(self, sentence: str) -> None:
        """A refusal, in place."""
        self.problem.set_note(NoteText("error", sentence))
        self.problem.show()

    def retranslate(self) -> None:
        """Set every text."""
        self.heading.setText(tr("outbox", "Journal"))
        self.copy.setText(tr("outbox", "Copy report"))
        self.copy.updateGeometry()
        self.restyle()

    def restyle(self) -> None:
        """Text grows, and what was measured is measured anew."""
        self._inner.setMaximumWidth(self._theme.px(MOST_WIDE))
        self.journal.restyle()
        self.box.rebuild()
