"""Where a small window stands: measured from the nearest corner of its screen, so it stays when it grows. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QPoint, QRect, QSize

MARGIN: Final = 24  # px from the screen's edges when it was never moved


@dataclass(frozen=True, slots=True)
class Corner:
    """left, top: which corner of the screen. dx, dy: px from it to the window's own corner, inwards."""

    left: bool = False
    top: bool = False
    dx: int = MARGIN
    dy: int = MARGIN

    def data(self) -> dict[str, Any]:
        """To be kept among the view state."""
        return {"left": self.left, "top": self.top, "dx": self.dx, "dy": self.dy}

    def place(self, size: QSize, screen: QRect) -> QRect:
        """The window of that size; always whole on the screen where it fits."""
        x = screen.left() + self.dx if self.left else screen.right() + 1 - self.dx - size.width()
        y = screen.top() + self.dy if self.top else screen.bottom() + 1 - self.dy - size.height()
        x = max(screen.left(), min(x, screen.right() + 1 - size.width()))
        y = max(screen.top(), min(y, screen.bottom() + 1 - size.height()))
        return QRect(QPoint(x, y), size)


def corner_of(window: QRect, screen: QRect) -> Corner:
    """The corner that a window was moved to."""
    left = window.center().x() < screen.center().x()
    top = window.center().y() < screen.center().y()
    dx = window.left() - screen.left() if left else screen.right() - window.right()
    dy = window.top() - screen.top() if top else screen.bottom() - window.bottom()
    return Corner(left, top, max(0, dx), max(0, dy))


def corner_from(kept: object) -> Corner:
    """What `Corner.data` gave; the lower right corner for anything else."""
    if not isinstance(kept, dict):
        return Corner()
    try:
        return Corner(bool(kept["left"]), bool(kept["top"]), max(0, int(kept["dx"])), max(0, int(kept["dy"])))
    except (KeyError, TypeError, ValueError):
        return Corner()
