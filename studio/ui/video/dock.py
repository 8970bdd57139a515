"""How the parts of the pane stand: the player at the right of upright videos, in the middle above wide ones.

Small windows fold the bin to a tab beside the inspector.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from studio.ui.i18n import tr
from studio.ui.widgets.base import Live, column, ground, hairline, row
from studio.ui.widgets.choice import Segments
from studio.ui.widgets.splitter import SettingsStore, Splitter

if TYPE_CHECKING:
    from studio.ui.theme import Theme

FOLD = 1200  # px of window under which the bin is a tab beside the inspector
UPRIGHT = {0: [560, 400], 1024: [640, 320], 1280: [872, 344], 1440: [960, 416], 1920: [1360, 496]}
SIDES = {0: [300, 288], 1280: [584, 288], 1440: [640, 320], 1920: [1000, 360]}
HIGH = {0: [300, 330], 1280: [364, 350], 1440: [436, 380], 1920: [524, 480]}
LOW = {0: [320, 300], 1280: [430, 290], 1440: [480, 330], 1920: [620, 400]}
WIDE = {0: [0, 600, 300], 1024: [0, 600, 280], 1280: [260, 684, 272], 1440: [300, 756, 320], 1920: [380, 1116, 360]}


class Dock(Live, QWidget):
    """Holds bin, inspector, player and timeline; `stand(upright)` puts them where they belong."""

    def __init__(self, theme: Theme, kept: SettingsStore, header: QWidget) -> None:
        super().__init__()
        self._theme, self._kept, self._header = theme, kept, header
        self._parts: dict[str, QWidget] = {}
        self._upright: bool | None = None
        self._folded: bool | None = None
        self._root: QWidget | None = None
        self.tabs = Segments(theme, [("bin", "bin"), ("inspector", "inspector")])
        self.tabs.chosen.connect(self._show_side)
        self._stack: QStackedWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        ground(self, "surface")
        self.retranslate()

    def hold(self, **parts: QWidget) -> None:
        """bin, inspector, player, timeline; a new timeline takes the place of the one before."""
        self._parts |= parts
        if self._upright is not None:
            upright, self._upright = self._upright, None
            self.stand(upright)

    def stand(self, upright: bool) -> None:
        """Where everything is for a video of this shape and a window of this size."""
        folded = self.window().width() < FOLD
        if (upright, folded) == (self._upright, self._folded):
            return
        self._upright, self._folded = upright, folded
        for part in (*self._parts.values(), self._header, self.tabs):
            part.setParent(None)
        old, self._root = self._root, (self._stand_upright if upright else self._stand_wide)(folded)
        self._column.addWidget(self._root)
        stacked = (self._parts["bin"], self._parts["inspector"]) if self._stack is not None else ()
        for part in (*self._parts.values(), self._header):
            if part not in stacked:
                part.show()
        self._show_side(self.tabs.value)
        if old is not None:
            old.hide()
            old.deleteLater()

    def show_side(self, key: str) -> None:
        """Bring the bin or the inspector to the front, where only one has room."""
        self.tabs.set_value(key)
        self._show_side(key)

    def retranslate(self) -> None:
        """Set every text."""
        self.tabs.set_texts({"bin": tr("video", "Bin"), "inspector": tr("video", "Inspector")})

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Small windows fold."""
        super().resizeEvent(event)
        if self._upright is not None:
            self.stand(self._upright)

    # inside ----------------------------------------------------------------------------------------------------

    def _least(self, width: int) -> int:
        """Room for rows of fields at this size of text."""
        return min(440, self._theme.px(width))

    def _split(self, key: str, sizes: dict[int, list[int]], down: bool = False) -> Splitter:
        way = Qt.Orientation.Vertical if down else Qt.Orientation.Horizontal
        return Splitter(self._theme, f"video/{key}", self._kept, sizes, way)

    def _stand_upright(self, folded: bool) -> QWidget:
        work = QWidget()
        down = self._split("work", HIGH, down=True)
        down.add(self._sides(folded), 0)
        down.add(self._parts["timeline"], 1)
        _least_high(down, 200, 220)
        inside = column(self._header, hairline(), down, gap=0)
        inside.setStretch(2, 1)
        work.setLayout(inside)
        across = self._split("upright", UPRIGHT)
        across.add(work, 1, 480)
        across.add(self._parts["player"], 0, 240)
        return across

    def _stand_wide(self, folded: bool) -> QWidget:
        whole = QWidget()
        top = self._split("wide.folded" if folded else "wide", _pairs(WIDE) if folded else WIDE)
        if folded:
            top.add(self._parts["player"], 1, 320)
            top.add(self._sides(True), 0, 260)
        else:
            for part, stretch, least in (("bin", 0, 220), ("player", 1, 320), ("inspector", 0, self._least(250))):
                top.add(self._parts[part], stretch, least)
        down = self._split("wide.work", LOW, down=True)
        down.add(top, 0)
        down.add(self._parts["timeline"], 1)
        _least_high(down, 220, 220)
        inside = column(self._header, hairline(), down, gap=0)
        inside.setStretch(2, 1)
        whole.setLayout(inside)
        return whole

    def _sides(self, folded: bool) -> QWidget:
        """Bin and inspector side by side, or as two tabs."""
        self._stack = None
        if not folded:
            across = self._split("sides", SIDES)
            across.add(self._parts["bin"], 1, 260)
            across.add(self._parts["inspector"], 0, self._least(250))
            return across
        self._stack = QStackedWidget()
        self._stack.addWidget(self._parts["bin"])
        self._stack.addWidget(self._parts["inspector"])
        holder = QWidget()
        self.tabs.show()
        inside = column(row(self.tabs, None, margins=(12, 6, 12, 6)), hairline(), self._stack, gap=0)
        inside.setStretch(2, 1)
        holder.setLayout(inside)
        return ground(holder, "surface")

    def _show_side(self, key: str) -> None:
        if self._stack is not None and key in self._parts:
            self._stack.setCurrentWidget(self._parts[key])


def _least_high(splitter: Splitter, *least: int) -> None:
    for index, height in enumerate(least):
        if (part := splitter.widget(index)) is not None:
            part.setMinimumHeight(height)


def _pairs(sizes: dict[int, list[int]]) -> dict[int, list[int]]:
    """Without the bin's own column."""
    return {width: [row[0] + row[1], row[2]] for width, row in sizes.items()}
