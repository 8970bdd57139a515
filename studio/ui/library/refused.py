"""What an import refused or remarked on, in one list above the grid."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from studio.core.finding import Finding
from studio.services.words import say
from studio.ui.accounts.detail import clear
from studio.ui.i18n import tr
from studio.ui.widgets.base import Live, column, row
from studio.ui.widgets.button import ToolButton
from studio.ui.widgets.label import Label
from studio.ui.widgets.note import Note
from studio.ui.widgets.scroll import ScrollColumn

if TYPE_CHECKING:
    from studio.ui.theme import Theme

MOST, TALL, LINE = 200, 168, 44
Remarks = Sequence[tuple[str, Finding]]  # file name, what about it


class Refused(Live, QWidget):
    """Hidden while there is nothing to say; the cross closes it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.remarks: tuple[tuple[str, Finding], ...] = ()
        self.title = Label("", "small", weight=600)
        self.cross = ToolButton(theme, "x")
        self.notes = ScrollColumn(theme, padding=0, gap=6)
        self.setLayout(column(row(self.title, None, self.cross), self.notes, margins=(20, 0, 16, 12), gap=4))
        self.cross.clicked.connect(lambda: self.show_remarks(()))
        self.retranslate()

    def show_remarks(self, remarks: Remarks) -> None:
        """Say these, what blocks first; none hides the list."""
        self.remarks = tuple(sorted(remarks, key=lambda one: not one[1].blocks))
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything again."""
        clear(self.notes.column)
        for _, finding in self.remarks[:MOST]:
            words = say(finding, self._theme.language.code)
            self.notes.column.addWidget(Note(self._theme, finding.severity, words, source=finding.source))
        self.notes.column.addStretch(1)
        self.notes.setFixedHeight(min(TALL, LINE * len(self.remarks) + 4))
        bad = len({file for file, finding in self.remarks if finding.blocks})
        self.title.setText(
            tr("library", "%n files were not added", n=bad) if bad else tr("library", "Added, with remarks")
        )
        self.cross.set_tip(tr("library", "Close"))
        self.setVisible(bool(self.remarks))
