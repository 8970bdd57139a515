"""The doctor as it is shown: a line each, with a round mark, what it says, and what can be done at its right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QVBoxLayout, QWidget

from studio.ui import text
from studio.ui.accounts.copying import CopyButton
from studio.ui.accounts.doctor import Deed, Entry
from studio.ui.accounts.parts import clear
from studio.ui.widgets.base import hairline, name
from studio.ui.widgets.button import Button, Kind

if TYPE_CHECKING:
    from studio.ui.theme import Theme

MARKS = {
    "error": ("x", "bad"), "warning": ("triangle-alert", "warn"), "info": ("info", "info"), "good": ("check", "good"),
}  # fmt: skip
MARK, GAP, BESIDE, LEAST = 24, 14, 16, 260  # px; LEAST: words that have buttons at their right are at least so wide
TALL, LOW = 14, 8  # px above and below a line that wants something, and one that is fine


class LineRow(QWidget):
    """One line. asked(deed): its button was pressed. loud: its main button is the window's filled one."""

    asked = Signal(object)

    def __init__(self, theme: Theme, entry: Entry, loud: bool) -> None:
        super().__init__()
        self._theme, self.entry = theme, entry
        self.buttons = [self._button(deed, loud and deed is entry.deeds[-1]) for deed in entry.deeds]
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        name(self, f"{entry.title}. {entry.more}".strip(), entry.source)

    def hasHeightForWidth(self) -> bool:
        """It wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Mark, words or buttons, whichever ends lowest."""
        return self._lay_out(width)[1]

    def sizeHint(self) -> QSize:
        """As high as it is wide now."""
        return QSize(400, self.heightForWidth(self.width() if self.width() > 100 else 400))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons where they belong."""
        places, _ = self._lay_out(event.size().width())
        for button, place in zip(self.buttons, places, strict=True):
            button.setGeometry(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw mark and words."""
        painter, theme, entry = QPainter(self), self._theme, self.entry
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, above = float(theme.icon_size(MARK)), self._pad()
        icon, token = MARKS[entry.tone]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(f"{token}-tint"))
        painter.drawEllipse(QPointF(side / 2, above + side / 2), side / 2, side / 2)
        theme.draw_icon(painter, QRectF(0, above, side, side), icon, 14, token)
        left, top, wide = self._left(), self._top(), self._words(self.width())
        if self._one_line(wide):
            used = text.paint(painter, theme, QRectF(left, top, wide, 999), entry.title, "body", "text", 600)
            after = theme.width("body", entry.title, 600) + 10
            beside = QRectF(left + after, top, wide - after, theme.line("body"))
            text.paint_line(painter, theme, beside, entry.more, "small", "text-2")
        else:
            used = text.paint(painter, theme, QRectF(left, top, wide, 999), entry.title, "body", "text", 600)
            if entry.more:
                place = QRectF(left, used + 1, wide, 999)
                used = text.paint(painter, theme, place, entry.more, self._role(), "text-2")
        if entry.source:
            text.paint(painter, theme, QRectF(left, used + 1, wide, 999), entry.source, "caption", "text-3")

    # inside ----------------------------------------------------------------------------------------------------

    def _button(self, deed: Deed, loud: bool) -> Button:
        kind: Kind = "primary" if loud else "secondary"
        button = (CopyButton(self._theme, deed.words, deed.value) if deed.kind == "copy"
                  else Button(self._theme, deed.words, kind, deed.icon, "small"))  # fmt: skip
        button.setParent(self)
        button.clicked.connect(lambda: self.asked.emit(deed))
        name(button, deed.words, self.entry.title)
        return button

    @property
    def _quiet(self) -> bool:
        return self.entry.tone in ("good", "info")

    def _pad(self) -> int:
        return LOW if self._quiet else TALL

    def _role(self) -> str:
        return "small" if self._quiet else "body"

    def _left(self) -> int:
        return self._theme.icon_size(MARK) + GAP

    def _top(self) -> float:
        """The first line of the words stands beside the middle of the mark."""
        return self._pad() + max(0.0, (self._theme.icon_size(MARK) - self._theme.line("body")) / 2)

    def _beside(self, width: int) -> int:
        """What the buttons take at the right; 0 where they stand below the words."""
        wide = sum(button.sizeHint().width() + 8 for button in self.buttons) - 8 + BESIDE if self.buttons else 0
        return wide if width - self._left() - wide >= self._theme.px(LEAST) else 0

    def _words(self, width: int) -> int:
        return max(60, width - self._left() - self._beside(width))

    def _one_line(self, wide: int) -> bool:
        """What is fine takes one line where there is room."""
        theme, entry = self._theme, self.entry
        both = theme.width("body", entry.title, 600) + 10 + theme.width("small", entry.more)
        return self._quiet and bool(entry.more) and both <= wide

    def _lay_out(self, width: int) -> tuple[list[QRect], int]:
        """Where the buttons are, and how high the line is."""
        theme, entry, wide = self._theme, self.entry, self._words(width)
        low = self._top() + text.height(theme, entry.title, "body", wide, 600)
        if entry.more and not self._one_line(wide):
            low += text.height(theme, entry.more, self._role(), wide) + 1
        if entry.source:
            low += text.height(theme, entry.source, "caption", wide) + 1
        low = max(low, self._pad() + theme.icon_size(MARK))
        places, end = self._at_right(width) if self._beside(width) else self._below(width, round(low) + 8)
        return places, max(round(low), end) + self._pad()

    def _at_right(self, width: int) -> tuple[list[QRect], int]:
        places, x, end = [], width, 0
        for button in reversed(self.buttons):
            hint = button.sizeHint()
            top = self._pad() + (self._theme.icon_size(MARK) - hint.height()) // 2
            places.append(QRect(QPoint(x - hint.width(), top), hint))
            x, end = x - hint.width() - 8, top + hint.height()
        return places[::-1], end

    def _below(self, width: int, top: int) -> tuple[list[QRect], int]:
        places: list[QRect] = []
        x = left = self._left()
        for button in self.buttons:
            hint = button.sizeHint()
            if x > left and x + hint.width() > width:
                x, top = left, places[-1].bottom() + 9
            places.append(QRect(QPoint(x, top), hint))
            x += hint.width() + 8
        return places, places[-1].bottom() + 1 if places else 0


class DoctorList(QWidget):
    """All lines, a thin line between. asked(deed)."""

    asked = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.entries: tuple[Entry, ...] = ()
        self.rows: list[LineRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    @property
    def buttons(self) -> dict[str, Button]:
        """The first button of each kind of deed."""
        pairs = [(d.kind, b) for row in self.rows for d, b in zip(row.entry.deeds, row.buttons, strict=True)]
        return dict(reversed(pairs))

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Replace them; a button that had the focus gives it to the one in its place."""
        if tuple(entries) == self.entries and self.rows:
            return
        before = self._focused()
        clear(self._column)
        self.entries, self.rows = tuple(entries), []
        loud = next((entry for entry in entries if entry.tone == "error" and entry.deeds), None)
        for entry in entries:
            row = LineRow(self._theme, entry, entry is loud)
            row.asked.connect(self.asked)
            self._column.addWidget(hairline())
            self._column.addWidget(row)
            row.show()  # a layout would do that later, and what is hidden takes no focus
            self.rows.append(row)
        self._column.addWidget(hairline())
        if before:
            self._focus(before)

    def _focused(self) -> str:
        focus = QApplication.focusWidget()
        return next((kind for kind, button in self.buttons.items() if button is focus), "")

    def _focus(self, kind: str) -> None:
        found = self.buttons.get(kind) or next(iter(self.buttons.values()), None)
        if found is not None:
            found.setFocus(Qt.FocusReason.OtherFocusReason)
