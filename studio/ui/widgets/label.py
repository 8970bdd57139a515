"""Text that stands still: a label with a text role and a tone, a key cap, a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from studio.ui.text import put
from studio.ui.widgets.base import dress

if TYPE_CHECKING:
    from studio.ui.theme import Theme


class Label(QLabel):
    """`Label("Accounts", "title")`, `Label("7", "small", "text-3")`. Plain text only; wraps when `wrap` is set."""

    def __init__(
        self, text: str = "", role: str = "body", tone: str = "text", weight: int | None = None, wrap: bool = False
    ) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        dress(self, role=role, tone=tone, **({} if weight is None else {"weight": str(weight)}))


class ElidedLabel(Label):
    """A label of one line that ends in an ellipsis when it gets too narrow; the tool tip has the whole text."""

    def __init__(self, text: str = "", role: str = "body", tone: str = "text", weight: int | None = None) -> None:
        super().__init__("", role, tone, weight)
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(40)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show `text`, cut to the width there is."""
        self._whole = text
        self.setAccessibleName(text)
        self._cut()

    def resizeEvent(self, event: object) -> None:
        """Cut again."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._cut()

    def sizeHint(self) -> QSize:
        """Wide enough for the whole text."""
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self._whole) + 2, super().sizeHint().height())

    def _cut(self) -> None:
        shown = QFontMetrics(self.font()).elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        if shown != self.text():
            self.setText(shown)
            self.setToolTip(self._whole if shown != self._whole else "")


class KeyCap(QWidget):
    """A key, drawn as a small cap: `KeyCap(theme, "Ctrl K")`."""

    def __init__(self, theme: Theme, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._keys = theme, keys
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as its text, 17 px high at 100 %."""
        return QSize(self._theme.width("caption", self._keys, 500) + 12, self._theme.px(17))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cap."""
        painter = QPainter(self)
        paint_key(painter, self._theme, QRectF(self.rect()), self._keys)


def paint_key(painter: QPainter, theme: Theme, rect: QRectF, keys: str) -> None:
    """A key cap on any painter."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("hover" if not theme.dark else "press"))
    painter.drawRoundedRect(rect, 4, 4)
    painter.setFont(theme.font("caption", 500))
    painter.setPen(QPen(theme.color("text-2")))
    put(painter, rect, keys, Qt.AlignmentFlag.AlignHCenter)
    painter.restore()
