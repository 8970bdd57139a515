"""What was not done, or is wrong with a file, in a strip above the pane until somebody closes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.core.finding import Finding
from studio.services.words import say
from studio.ui.i18n import tr
from studio.ui.widgets.base import Live, ground, row
from studio.ui.widgets.button import ToolButton
from studio.ui.widgets.label import Label
from studio.ui.widgets.note import Note

if TYPE_CHECKING:
    from studio.ui.theme import Theme

MOST = 3
GONE = "video.source_missing"


class Remarks(Live, QWidget):
    """Hidden while there is nothing to say. relink_asked(): look for media that is gone."""

    relink_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.said: list[Finding] = []
        self.notes, self.more = QVBoxLayout(), Label("", "caption", "text-3")
        self.cross = ToolButton(theme, "x", size=14)
        self.notes.setSpacing(4)
        self.notes.addWidget(self.more)
        line = row(self.notes, self.cross, margins=(12, 6, 8, 6))
        line.setStretch(0, 1)
        self.setLayout(line)
        self.cross.clicked.connect(self.clear)
        ground(self, "surface")
        self.retranslate()

    def show_findings(self, findings: Iterable[Finding]) -> None:
        """Say these, too; what is said already is not said again."""
        new = [finding for finding in findings if finding not in self.said]
        if new:
            self.said = [*new, *self.said]
            self.retranslate()

    def clear(self) -> None:
        """Everything was read."""
        self.said = []
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything again."""
        while self.notes.count() > 1 and (item := self.notes.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for number, finding in enumerate(self.said[:MOST]):
            self.notes.insertWidget(number, self._note(finding))
        left = len(self.said) - MOST
        self.more.setText(tr("video", "%n more", n=left) if left > 0 else "")
        self.more.setVisible(left > 0)
        self.cross.set_tip(tr("sheet", "Close"))
        self.setVisible(bool(self.said))

    def _note(self, finding: Finding) -> Note:
        fixes = [("relink", tr("video", "Find missing media…"))] if finding.code == GONE else []
        words = say(finding, self._theme.language.code)
        note = Note(self._theme, finding.severity, words, fixes, finding.source)
        note.fixed.connect(lambda _key: self.relink_asked.emit())
        return note
