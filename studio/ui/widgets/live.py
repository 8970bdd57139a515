"""Words and looks that follow while the studio runs. Light: the window needs it before its first paint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    _Base = QWidget
else:
    _Base = object


class Live(_Base):
    """Mix in before the Qt class; override `retranslate` and call it at the end of `__init__`.

    `retranslate()` runs again after each language change, `restyle()` after each change of theme or scale.
    """

    def retranslate(self) -> None:
        """Set every text of this widget."""

    def restyle(self) -> None:
        """Take up colours, fonts and measures that are not asked for while painting."""

    def changeEvent(self, event: QEvent) -> None:
        """Qt tells of new words and looks here."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.StyleChange:
            self.restyle()
            self.updateGeometry()
