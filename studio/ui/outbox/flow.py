"""Controls side by side that go on in the next line where the width ends: nothing is cut at 200 %."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """A layout that breaks like text. Items keep their size hints and are centred in their line."""

    def __init__(self, gap: int = 12, line_gap: int = 4) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap, self._line_gap = gap, line_gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Qt hands items over here."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """One of them."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take one out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Never more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """It breaks."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of the lines."""
        return max((place.bottom() + 1 for _, place in self._places(width)), default=0)

    def setGeometry(self, rect: QRect) -> None:
        """Put them where they belong."""
        super().setGeometry(rect)
        for item, place in list(self._places(rect.width())):
            item.setGeometry(place.translated(rect.topLeft()))

    def sizeHint(self) -> QSize:
        """All in one line."""
        sizes = [item.sizeHint() for item in self._shown()]
        wide = sum(size.width() for size in sizes) + self._gap * max(0, len(sizes) - 1)
        return QSize(wide, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """One below the other."""
        return QSize(max((item.minimumSize().width() for item in self._shown()), default=0), 0)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _places(self, width: int) -> Iterator[tuple[QLayoutItem, QRect]]:
        top = 0
        for line in self._lines(width):
            high = max(item.sizeHint().height() for item in line)
            left = 0
            for item in line:
                size = item.sizeHint()
                wide = min(size.width(), width)
                yield item, QRect(QPoint(left, top + (high - size.height()) // 2), QSize(wide, size.height()))
                left += wide + self._gap
            top += high + self._line_gap

    def _lines(self, width: int) -> Iterator[list[QLayoutItem]]:
        line: list[QLayoutItem] = []
        used = 0
        for item in self._shown():
            wide = item.sizeHint().width()
            if line and used + wide > width:
                yield line
                line, used = [], 0
            line.append(item)
            used += wide + self._gap
        if line:
            yield line


def flow(*widgets: QWidget, gap: int = 12) -> Flow:
    """A flow with these in it."""
    made = Flow(gap)
    for widget in widgets:
        made.addWidget(widget)
    return made
