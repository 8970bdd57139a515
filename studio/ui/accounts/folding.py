"""Two things side by side, or one under the other where there is no room for both."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QWidget, QWidgetItem


class Folding(QWidget):
    """`left` takes what is left over.

    least   px that `left` wants when they stand side by side; under that, `right` goes below it
    """

    def __init__(self, left: QWidget, right: QWidget, least: int, gap: int = 16) -> None:
        super().__init__()
        self._right, self._least, self._gap = right, least, gap
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(gap)
        self._line.addWidget(left, 1)
        self._line.addWidget(right, 0, Qt.AlignmentFlag.AlignVCenter)

    @property
    def folded(self) -> bool:
        """Whether one stands under the other."""
        return self._line.direction() == QBoxLayout.Direction.TopToBottom

    def set_least(self, least: int) -> None:
        """Another measure, after the text grew."""
        self._least = least
        self._fold(self.width())

    def minimumSizeHint(self) -> QSize:
        """It never makes its pane wider."""
        return QSize(0, super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        """What stands in it became longer or shorter."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fold(self.width())
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold or unfold."""
        super().resizeEvent(event)
        self._fold(event.size().width())

    def _fold(self, width: int) -> None:
        narrow = width < self._least + self._gap + QWidgetItem(self._right).sizeHint().width()
        if narrow != self.folded:
            direction = QBoxLayout.Direction
            self._line.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
            self._line.setSpacing(6 if narrow else self._gap)
            side = Qt.AlignmentFlag.AlignLeft if narrow else Qt.AlignmentFlag.AlignVCenter
            self._line.setAlignment(self._right, side)
            self.updateGeometry()
