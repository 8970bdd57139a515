"""What this is: name, version, licence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio import __version__
from studio.ui.i18n import tr
from studio.ui.widgets.base import Live, column, row
from studio.ui.widgets.label import Label

if TYPE_CHECKING:
    from studio.ui.theme import Theme


class Seal(QWidget):
    """The seal mark, 40 px."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Square."""
        return QSize(40, 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        self._theme.draw_seal(QPainter(self), QRectF(self.rect()))


class About(Live, QWidget):
    """Seal, name and version, licence."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.name, self.licence = Label("", "body", weight=600), Label("", "small", "text-2", wrap=True)
        line = row(Seal(theme), column(self.name, self.licence, gap=1), gap=14, margins=(0, 10, 0, 10))
        line.setStretch(1, 1)
        self.setLayout(line)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words."""
        self.name.setText(tr("settings", "Yigao {version}", version=__version__))
        self.licence.setText(tr("settings", "Free software under the GNU General Public License, version 3 or later."))

