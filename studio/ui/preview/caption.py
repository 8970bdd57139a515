"""The parts of a card's caption: the surface, which can be changed, and when its layout was checked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent

from studio.ui.text import put
from studio.ui.widgets.button import Link
from studio.ui.widgets.label import ElidedLabel


class Chooser(Link):
    """A link that opens a menu: a chevron after its words, unless there is nothing to choose."""

    def sizeHint(self) -> QSize:
        """Room for the chevron."""
        hint = super().sizeHint()
        return QSize(hint.width() + (self._theme.icon_size(12) + 4 if self.isEnabled() else 0), hint.height())

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words as quiet as the caption's, then the chevron."""
        painter, theme = QPainter(self), self._theme
        token = "text" if self.isEnabled() and self.underMouse() else "text-2"
        painter.setFont(theme.font(self._role))
        painter.setPen(theme.color(token))
        put(painter, QRectF(self.rect()), self.text())
        if self.isEnabled():
            side = theme.icon_size(12)
            theme.draw_icon(painter, QRectF(self.width() - side - 1, 0, side, self.height()), "chevron-down", 12, token)


class Badge(ElidedLabel):
    """One line, said as fully as there is room; its tool tip has all of it, and a sentence more."""

    def __init__(self, role: str, tone: str) -> None:
        self._texts: tuple[str, ...] = ("",)
        self._more = ""
        super().__init__("", role, tone)

    def tell(self, texts: Sequence[str], more: str) -> None:
        """texts: the same, longest first; more: the sentence."""
        self._texts, self._more = tuple(texts), more
        self.set_text(texts[0])
        self.setAccessibleDescription(more)

    def _cut(self) -> None:
        metrics = QFontMetrics(self.font())
        right, width = Qt.TextElideMode.ElideRight, self.width()
        fitting = (text for text in self._texts if metrics.elidedText(text, right, width) == text)
        self._whole = next(fitting, self._texts[-1])
        super()._cut()
        self.setToolTip(f"{self._texts[0]}\n{self._more}" if self._more else "")
