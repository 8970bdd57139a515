"""Cards in one or two columns, each under the last one of its column; one that is too wide takes all of them.

Places are worked out here rather than by a layout of Qt's: a card that grows by a line while somebody types moves those
below it, and nothing else is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from studio.ui.preview.frame import Frame

EDGE: Final = 20
GAP: Final = 16
TWO_FROM: Final = 600  # px of room from which cards stand two abreast


def placed(cards: Sequence[tuple[bool, int]], columns: int, step: int) -> tuple[list[tuple[int, int]], int]:
    """Column and y of each card, and the height of all. cards: whether it takes every column, and its height in px.

    step    px between two cards
    """
    ends, turn, found = [0] * columns, 0, []
    for wide, tall in cards:
        if wide:
            column, y = 0, max(ends)
            ends, turn = [y + tall + step] * columns, 0
        else:
            column = turn % columns
            y = ends[column]
            ends[column], turn = y + tall + step, turn + 1
        found.append((column, y))
    return found, max(0, max(ends) - step)


class Columns(QWidget):
    """Holds the frames of a preview column; as wide as its room, or as its widest card."""

    def __init__(self) -> None:
        super().__init__()
        self._frames: list[Frame] = []
        self._count, self._width, self._room = 1, 0, 0

    def show_frames(self, frames: Sequence[Frame], room: int) -> None:
        """These, in that order; others are hidden. room: px of the viewport."""
        for frame in self._frames:
            if frame not in frames:
                frame.hide()
        self._frames = list(frames)
        self._room = max(120, room - 2 * EDGE)
        self._count = 2 if self._room >= TWO_FROM and len(frames) > 1 else 1
        self._width = (self._room - (self._count - 1) * GAP) // self._count
        for frame in frames:
            frame.setParent(self)
        self.fit()

    def fit(self) -> None:
        """Each card in the room it needs; then all in their places."""
        for frame in self._frames:
            frame.fit(self._room if self._wide(frame) else self._width)
        self.place()
        for frame in self._frames:
            frame.show()

    def place(self) -> None:
        """After a card became higher or lower."""
        places, tall = self._places()
        for frame, (column, y) in zip(self._frames, places, strict=True):
            frame.setGeometry(EDGE + column * (self._width + GAP), y, frame.width(), frame.tall())
        size = QSize(max((frame.x() + frame.width() for frame in self._frames), default=0) + EDGE, tall + EDGE)
        if size != self.minimumSize():
            self.setMinimumSize(size)

    def between(self, top: int, bottom: int) -> list[Frame]:
        """The cards of which some lies there, as far as their heights are known; y in px of this widget."""
        places, _ = self._places()
        return [
            frame for frame, (_, y) in zip(self._frames, places, strict=True) if y <= bottom and y + frame.tall() >= top
        ]

    def _places(self) -> tuple[list[tuple[int, int]], int]:
        return placed([(self._wide(frame), frame.tall()) for frame in self._frames], self._count, GAP)

    def _wide(self, frame: Frame) -> bool:
        return self._count > 1 and frame.overflows(self._width)
