"""The editor column: title, account tabs, the text with its margin notes, and the fields docked below it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui.draft.fields import FieldBlock, FieldScroll, UndoneField
from studio.ui.draft.margin import MarginNotes
from studio.ui.draft.remarks import Remark
from studio.ui.draft.strip import DriftStrip, SavedMark, WayLine
from studio.ui.draft.tabs import AccountTabs
from studio.ui.draft.text_box import MEASURE, TextBox, local_files, png_of
from studio.ui.i18n import tr
from studio.ui.widgets.base import Live, column, dress, ground, hairline, row
from studio.ui.widgets.button import ToolButton

if TYPE_CHECKING:
    from studio.ui.preview.pictures import Pictures
    from studio.ui.theme import Theme

EDGE: Final = 24
GUTTER: Final = 20
LINES: Final = 4  # of the text that stay visible whatever lies below it
MARGIN_FROM: Final = 616
"""Px inside the column from which notes stand at the side: a text of 384 px, the gutter and 212 px."""


class Editor(Live, QWidget):
    """The widgets of one tab and how they share the room; `pane.py` says what they show.

    files(paths), picture(PNG bytes): dropped or pasted anywhere here. fixed(fix, Remark): a link of a note.
    """

    files = Signal(list)
    picture = Signal(bytes)
    fixed = Signal(str, object)

    def __init__(self, theme: Theme, pictures: Pictures) -> None:
        super().__init__()
        self._theme = theme
        self._remarks: list[Remark] = []
        self._dropping = False
        self.title = UndoneField(theme, kind="bare")
        dress(self.title, role="title")
        self.saved = SavedMark(theme)
        self.history = ToolButton(theme, "undo-2", shortcut="Ctrl+Z")
        self.more = ToolButton(theme, "ellipsis")
        self.tabs = AccountTabs(theme)
        self.drift, self.way = DriftStrip(theme), WayLine(theme)
        self.text = TextBox(theme)
        self.fields = FieldBlock(theme, pictures)
        self.margin = MarginNotes(theme, anchored=True)
        self.title_notes = MarginNotes(theme, anchored=False)
        self._late, self._head = QTimer(self), QWidget()
        self._head.setFixedHeight(theme.px(52))
        self._build()
        self.retranslate()

    # notes -----------------------------------------------------------------------------------------------------

    @property
    def beside(self) -> bool:
        """True when there is room for notes at the side."""
        return self.width() - 2 * EDGE >= self._theme.px(MARGIN_FROM)

    def show_remarks(self, remarks: list[Remark]) -> None:
        """Shows notes beside what they are about."""
        self._remarks = remarks
        self._place_notes()

    def remarks(self) -> list[Remark]:
        """The notes that are shown, in order."""
        return self._remarks

    def point_at(self, remark: Remark) -> None:
        """Moves the focus to a note, wherever it stands."""
        self._holder(remark).point_at(remark)

    def _holder(self, remark: Remark) -> MarginNotes:
        if self.beside:
            return self.margin
        return self.title_notes if remark.area == "title" else self.fields.notes[remark.area]

    def _place_notes(self) -> None:
        beside = self.beside
        stacks = {**self.fields.notes, "title": self.title_notes}
        for area, notes in stacks.items():
            notes.show_remarks([] if beside else [r for r in self._remarks if r.area == area])
        self.margin.setVisible(beside)
        if beside:
            placed = sorted(((self._wanted_top(r), n) for n, r in enumerate(self._remarks)))
            self.margin.show_remarks([self._remarks[n] for _, n in placed], [top for top, _ in placed])

    def _wanted_top(self, remark: Remark) -> float:
        """Where a note wants to stand, in px of the margin."""
        if remark.area == "title":
            return 0.0
        if remark.area != "text":
            anchor = self.fields.anchor(remark.area)
            return float(anchor.mapTo(self, QPoint(0, 0)).y() - self.margin.y())
        top = self.text.line_top(remark.place) if remark.place is not None else 0
        start = self.text.mapTo(self, QPoint(0, 0)).y() - self.margin.y()
        return float(start + min(max(0, top), max(0, self.text.height() - 40)))

    # layout ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        ground(self, "surface")
        self.setAcceptDrops(True)
        self.text.setAcceptDrops(False)
        self.title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        head = self._head
        head.setLayout(row(self.title, self.saved, self.history, self.more, gap=6, margins=(EDGE - 3, 0, EDGE - 8, 0)))
        tabs = row(self.tabs, margins=(EDGE, 0, EDGE, 0))
        self._body = QWidget(self)
        scroll = FieldScroll(self._theme, self.fields)
        scroll.verticalScrollBar().valueChanged.connect(lambda _: self._late.start(0))
        self._rows = column(self.way, self.drift, self.title_notes, self.text, scroll, gap=8, margins=(0, 16, 0, 16))
        self._rows.setStretch(3, 1)
        self._body.setLayout(self._rows)
        self.text.setMinimumHeight(LINES * self._theme.line("editor"))
        room = row(self._body, GUTTER, self.margin, None, gap=0, margins=(EDGE, 0, EDGE, 0))
        self._room = room
        whole = column(head, tabs, hairline(), room, gap=0)
        whole.setStretch(3, 1)
        self.setLayout(whole)
        self._late.setSingleShot(True)
        self._late.timeout.connect(self._place_notes)
        self.text.moved.connect(lambda: self._late.start(0))
        self.text.files.connect(self.files)
        self.text.picture.connect(self.picture)
        for notes in (self.margin, self.title_notes, *self.fields.notes.values()):
            notes.fixed.connect(self.fixed)
        order = [self.title, self.history, self.more, self.tabs, self.way.link, self.drift.difference,
                 self.drift.reset, self.text]  # fmt: skip
        for one, other in pairwise(order):
            QWidget.setTabOrder(one, other)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width between text and notes."""
        super().resizeEvent(event)
        inner = self.width() - 2 * EDGE
        notes = self._theme.px(244 if inner >= self._theme.px(780) else 212)
        wide = inner - GUTTER - notes if self.beside else inner
        self._body.setFixedWidth(max(200, min(wide, self._theme.px(MEASURE))))
        self.margin.setFixedWidth(notes)
        self._late.start(0)

    # dropping --------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and pictures may be dropped anywhere here."""
        mime = event.mimeData()
        if not self.text.isReadOnly() and (local_files(mime) or mime.hasImage()):
            event.acceptProposedAction()
            self._dropping = True
            self.update()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Everywhere is fine."""
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: object) -> None:
        """Gone again."""
        self._dropping = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        """Into the media strip."""
        self._dropping = False
        self.update()
        mime = event.mimeData()
        if paths := local_files(mime):
            self.files.emit(paths)
        elif data := png_of(mime):
            self.picture.emit(data)
        event.acceptProposedAction()

    def paintEvent(self, event: QPaintEvent) -> None:
        """While something is dragged over it: where it would land, and in words what would happen."""
        super().paintEvent(event)
        if not self._dropping:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._theme.color("accent-tint"))
        painter.setPen(QPen(self._theme.color("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self.rect().adjusted(6, 6, -6, -6), 8, 8)

    def retranslate(self) -> None:
        self.title.setPlaceholderText(tr("draft", "Title"))
        self.title.setAccessibleName(tr("draft", "Title"))
        self.history.set_tip(tr("draft", "Undo"))
        self.more.set_tip(tr("draft", "More"))

    def restyle(self) -> None:
        self._head.setFixedHeight(self._theme.px(52))
        self.text.setMinimumHeight(LINES * self._theme.line("editor"))
        self._late.start(0)

    def sizeHint(self) -> QSize:
        """680 px wide."""
        return QSize(680, 700)
