"""The window's bare grounds, as they are before anything stands on them: what the very first paint shows.

Nothing but fills: the names of Qt's enumerations alone cost 20 ms, which the first paint need not wait for.
"""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QGuiApplication, QPainter
from PySide6.QtWidgets import QWidget

from studio.ui.tokens import COLOURS

RAIL, NARROW, TOP = 64, 48, 48
NARROW_BELOW = 1200
"""Window widths under this get the rail without names."""


def is_dark(mode: object) -> bool:
    """Whether the first paint is dark: as asked, else as the system's own palette is."""
    if mode in ("light", "dark"):
        return mode == "dark"
    return QGuiApplication.palette().window().color().lightness() < 128


def paint_ground(window: QWidget, dark: bool) -> None:
    """Rail, top bar and sheet in their colours, with the sheet's two lines."""
    painter = QPainter(window)
    left = NARROW if window.width() < NARROW_BELOW else RAIL
    painter.fillRect(window.rect(), QColor(COLOURS["window"][dark]))
    sheet = QRect(left, TOP, window.width() - left, window.height() - TOP)
    painter.fillRect(sheet, QColor(COLOURS["line"][dark]))
    painter.fillRect(sheet.adjusted(1, 1, 0, 0), QColor(COLOURS["surface"][dark]))
    painter.end()
