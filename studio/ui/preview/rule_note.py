"""The small note beside an element of a card: what it is, its rule, and where that was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from studio.ui import text as words
from studio.ui.preview.rules import RuleWords
from studio.ui.widgets.base import name

if TYPE_CHECKING:
    from studio.ui.theme import Theme

PAD_X, PAD_Y, GAP, WIDEST = 12, 8, 8, 300
NOTHING: Final = RuleWords("", "", "")


class RuleNote(QWidget):
    """Lies over its parent, beside the element; takes neither mouse nor focus."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._theme, self.said = theme, NOTHING
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def say(self, said: RuleWords, place: QRect) -> None:
        """Shows the note beside `place` (in px of the parent), inside the parent."""
        self.said = said
        name(self, said.spoken)
        self.resize(self.sizeHint())
        self.move(beside(place, self.size(), self._over.rect()))
        self.show()
        self.raise_()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words, 300 px at most, where they wrap."""
        theme = self._theme
        need = max(theme.width(role, text, weight) for text, role, weight, _ in self._lines())
        inner = min(self._widest(), need + 1)
        tall = sum(words.height(theme, text, role, inner, weight) for text, role, weight, _ in self._lines())
        return QSize(inner + 2 * PAD_X, tall + 2 * PAD_Y)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A raised sheet with three kinds of line."""
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("line-2"), 1))
        painter.setBrush(theme.color("raised"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        rect = QRectF(self.rect()).adjusted(PAD_X, PAD_Y, -PAD_X, -PAD_Y)
        for text, role, weight, token in self._lines():
            rect.setTop(words.paint(painter, theme, rect, text, role, token, weight))

    def _lines(self) -> list[tuple[str, str, int | None, str]]:
        said = self.said
        every = [(said.name, "small", 600, "text"), (capital(said.says), "small", None, "text"),
                 (said.source, "caption", None, "text-2")]  # fmt: skip
        return [line for line in every if line[0]]

    def _widest(self) -> int:
        return max(120, min(self._theme.px(WIDEST), self._over.width() - 2 * (PAD_X + GAP)))


def capital(words: str) -> str:
    """As a line of its own begins."""
    return words[:1].upper() + words[1:]


def beside(place: QRect, size: QSize, room: QRect) -> QPoint:
    """Below the element, above it where there is no room, over its lower part where neither fits; within `room`."""
    left = min(max(place.left(), room.left() + GAP), max(room.left() + GAP, room.right() - size.width() - GAP))
    below, above = place.bottom() + GAP, place.top() - GAP - size.height()
    if below + size.height() <= room.bottom():
        top = below
    elif above >= room.top():
        top = above
    else:
        top = room.bottom() - size.height() - GAP
    return QPoint(left, max(room.top(), top))
