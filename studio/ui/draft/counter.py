"""How long a text is, and how long it may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from studio.ui.i18n import tr
from studio.ui.widgets.base import dress
from studio.ui.widgets.label import Label

if TYPE_CHECKING:
    from studio.ui.theme import Theme


class Counter(Label):
    """`150 / 140`, tabular, as wide as its longest value so that nothing moves."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("", "small", "text-2")
        self._theme = theme
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumWidth(theme.width("small", "00000 / 00000"))

    def show_count(self, text: str, bad: bool, hint: str = "") -> None:
        """Shows a count; bad: it is over the limit."""
        if text == self.text() and bad == (self.property("tone") == "bad"):
            return
        self.setText(text)
        self.setToolTip(hint)
        dress(self, tone="bad" if bad else "text-2", weight="600" if bad else "400")

    def show_length(self, length: int, count: Any = None) -> None:
        """The platform's own count (a `Count`), or `length` characters where nobody counts."""
        if count is None:
            self.show_count(tr("draft", "%n chars", n=length), False)
            return
        limit = f" / {count.limit}" if count.limit is not None else ""
        self.show_count(f"{count.count}{limit}", count.limit is not None and count.count > count.limit)
