"""The base and an account's own version side by side."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from studio.core.post import Account, Post
from studio.ui.draft.edits import value
from studio.ui.i18n import tr
from studio.ui.preview.offsets import clean, units
from studio.ui.sheet import Sheet
from studio.ui.widgets.base import column, row
from studio.ui.widgets.button import Button
from studio.ui.widgets.label import Label
from studio.ui.widgets.scroll import overlay_bars

if TYPE_CHECKING:
    from studio.ui.theme import Theme

LONGEST = 20_000  # characters compared; matching more would hold the window up


class Difference(Sheet):
    """kept: this version stays as it is. taken: the base replaces it."""

    kept = Signal()
    taken = Signal()

    def __init__(self, theme: Theme, post: Post, account: Account) -> None:
        super().__init__(theme, tr("draft", "What differs from the base"), width=820)
        old, new = post.text[:LONGEST], str(value(post, account, "text"))[:LONGEST]
        spans = _spans(old, new)
        base = self._side(old, [(a, b) for a, b, _, _ in spans], "good-tint", tr("draft", "Base, as it is now"))
        own = self._side(new, [(c, d) for _, _, c, d in spans], "warn-tint", tr("draft", "This account’s version"))
        holder = QWidget()
        holder.setLayout(row(base, own, gap=16))
        holder.setMinimumHeight(320)
        self.set_body(holder)
        keep = Button(theme, tr("draft", "Keep this version"), "secondary")
        take = Button(theme, tr("draft", "Reset to base"), "primary")
        keep.clicked.connect(lambda: self._answer(self.kept, "kept"))
        take.clicked.connect(lambda: self._answer(self.taken, "taken"))
        foot = QWidget()
        foot.setLayout(row(None, keep, take))
        self.set_footer(foot)

    def _answer(self, signal: object, word: str) -> None:
        signal.emit()  # type: ignore[attr-defined]
        self.close_with(word)

    def _side(self, text: str, spans: list[tuple[int, int]], tint: str, title: str) -> QWidget:
        box = QTextEdit()
        box.setReadOnly(True)
        box.setAccessibleName(title)
        box.setPlainText(clean(text))
        box.setFont(self.theme.font("body"))
        box.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        overlay_bars(self.theme, box)
        marks = []
        for start, end in spans:
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(box.document())
            cursor.setPosition(units(text, start))
            cursor.setPosition(units(text, end), QTextCursor.MoveMode.KeepAnchor)
            look = QTextCharFormat()
            look.setBackground(self.theme.color(tint))
            mark.cursor, mark.format = cursor, look
            marks.append(mark)
        box.setExtraSelections(marks)
        side = QWidget()
        side.setLayout(column(Label(title, "small", "text-2", weight=600), box))
        return side


def _spans(old: str, new: str) -> list[tuple[int, int, int, int]]:
    """Stretches that differ: (start, end) in old and in new."""
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=len(old) > 3000)
    return [(a, b, c, d) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]
