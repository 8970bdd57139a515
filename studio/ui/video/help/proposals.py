"""What was found in a clip, line by line, for a person to accept: nothing is cut that was not looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from studio.core.opentime import Time
from studio.ui.i18n import tr
from studio.ui.sheet import Sheet
from studio.ui.widgets.base import name, row
from studio.ui.widgets.button import Button, Link
from studio.ui.widgets.label import Label
from studio.ui.widgets.scroll import ScrollColumn

if TYPE_CHECKING:
    from studio.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing that was found. at: its moment on the timeline; words: what it is; chosen: whether it is ticked."""

    at: Time
    words: str
    chosen: bool = True


class ProposalSheet(Sheet):
    """accepted(tuple of indices): those the person left ticked. looked(Time): the person wants to see one."""

    accepted = Signal(object)
    looked = Signal(object)

    def __init__(
        self, theme: Theme, title: str, found: Sequence[Proposal], verb: Callable[[int], str], remark: str = ""
    ) -> None:
        super().__init__(theme, title, width=520, padding=0)
        self._verb = verb
        if remark:
            self.set_title(title, remark)
        self.boxes = [self._box(each) for each in found]
        self._build(found)
        self._count()

    def _box(self, proposal: Proposal) -> QCheckBox:
        box = QCheckBox(proposal.words)
        box.setChecked(proposal.chosen)
        box.toggled.connect(self._count)
        return box

    def _build(self, found: Sequence[Proposal]) -> None:
        lines = ScrollColumn(self.theme, padding=24, gap=6)
        for proposal, box in zip(found, self.boxes, strict=True):
            show = Link(self.theme, tr("videohelp", "Show"))
            name(show, tr("videohelp", "Show {what}", what=proposal.words))
            show.clicked.connect(partial(self.looked.emit, proposal.at))
            line = QWidget()
            line.setLayout(row(box, None, show, gap=8))
            lines.column.addWidget(line)
        lines.column.addStretch(1)
        self.set_body(lines)
        self.all = Link(self.theme, "")
        self.all.clicked.connect(self._toggle_all)
        self.go = Button(self.theme, "", "primary")
        self.go.clicked.connect(self._accept)
        foot = QWidget()
        foot.setLayout(row(self.all, None, self.go, gap=12))
        self.set_footer(foot)

    def chosen(self) -> tuple[int, ...]:
        """Indices of what is ticked."""
        return tuple(index for index, box in enumerate(self.boxes) if box.isChecked())

    def _count(self) -> None:
        count = len(self.chosen())
        if hasattr(self, "go"):
            self.go.setText(self._verb(count))
            self.go.setEnabled(count > 0)
            self.go.why_not("" if count else tr("videohelp", "Nothing is ticked"))
            every = count == len(self.boxes)
            self.all.setText(tr("videohelp", "Tick none") if every else tr("videohelp", "Tick all"))

    def _toggle_all(self) -> None:
        wanted = len(self.chosen()) < len(self.boxes)
        for box in self.boxes:
            box.setChecked(wanted)

    def _accept(self) -> None:
        chosen = self.chosen()
        self.close_with("accepted")
        self.accepted.emit(chosen)


def nothing_found(theme: Theme, title: str, sentence: str) -> Sheet:
    """A sheet that says so."""
    sheet = Sheet(theme, title, width=440)
    sheet.body.addWidget(Label(sentence, "body", "text-2", wrap=True))
    return sheet
