"""Soft shadows as pre-rendered nine-patches, and the floating panel that wears one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from studio.ui.tokens import SHADOWS

if TYPE_CHECKING:
    from studio.ui.theme import Theme

MARGIN = 24
"""Room for the shadow around a floating panel, px."""


class Shadows:
    """Renders each kind of shadow once per device pixel ratio and paints it around any rectangle."""

    def __init__(self) -> None:
        self._patches: dict[tuple[str, int, float], QPixmap] = {}

    def paint(self, painter: QPainter, rect: QRect, kind: str, radius: int) -> None:
        """Paint the shadow of a rounded `rect`; `kind` is popup, dialog or drag."""
        ratio = painter.device().devicePixelRatioF()
        key = (kind, radius, ratio)
        if key not in self._patches:
            self._patches[key] = _render(kind, radius, ratio)
        down, reach, _ = SHADOWS[kind]
        outer = rect.adjusted(-reach, -reach, reach, reach).translated(0, down)
        _nine(painter, outer, self._patches[key], reach + radius, ratio)


def _render(kind: str, radius: int, ratio: float) -> QPixmap:
    """A small shadow: half its opacity at the edge, falling off with the square of the distance."""
    _, reach, opacity = SHADOWS[kind]
    side = 2 * (reach + radius) + 8
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for step in range(reach):
        before, after = step / reach, (step + 1) / reach
        painter.setBrush(QColor.fromRgbF(0, 0, 0, 0.5 * opacity * (after**2 - before**2)))
        corner = radius + reach - step
        painter.drawRoundedRect(QRectF(step, step, side - 2 * step, side - 2 * step), corner, corner)
    painter.end()
    return pixmap


def _nine(painter: QPainter, outer: QRect, patch: QPixmap, corner: int, ratio: float) -> None:
    """Stretch the middle of a patch, keep its corners."""
    side = round(patch.width() / ratio)
    xs = (outer.left(), outer.left() + corner, outer.right() + 1 - corner, outer.right() + 1)
    ys = (outer.top(), outer.top() + corner, outer.bottom() + 1 - corner, outer.bottom() + 1)
    cuts = (0, corner, side - corner, side)
    for row in range(3):
        for cell in range(3):
            target = QRectF(xs[cell], ys[row], xs[cell + 1] - xs[cell], ys[row + 1] - ys[row])
            source = QRectF(cuts[cell] * ratio, cuts[row] * ratio,
                            (cuts[cell + 1] - cuts[cell]) * ratio, (cuts[row + 1] - cuts[row]) * ratio)  # fmt: skip
            painter.drawPixmap(target, patch, source)


class Floating(QWidget):
    """A panel inside the window that floats over it: popup shadow in a margin of 24 px, rounded, outlined.

    Put content into a layout with `margins()` around it; `set_inner(rect)` places the visible panel.
    """

    def __init__(self, theme: Theme, parent: QWidget, radius: int = 10) -> None:
        super().__init__(parent)
        self.theme, self._radius = theme, radius
        self._shadows = Shadows()

    def margins(self, inside: int = 0) -> tuple[int, int, int, int]:
        """Layout margins: shadow plus `inside` px."""
        side = MARGIN + inside
        return side, side, side, side

    def inner(self) -> QRect:
        """The visible panel, in this widget."""
        return self.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)

    def set_inner(self, rect: QRect) -> None:
        """Place the visible panel, in the parent."""
        self.setGeometry(rect.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw shadow (light) or outline (dark), and the ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = self.inner()
        if not self.theme.dark:
            self._shadows.paint(painter, inner, "popup", self._radius)
        painter.setBrush(self.theme.color("raised"))
        painter.setPen(QPen(self.theme.color("line-2" if self.theme.dark else "line"), 1))
        painter.drawRoundedRect(QRectF(inner).adjusted(0.5, 0.5, -0.5, -0.5), self._radius, self._radius)
