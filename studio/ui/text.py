"""Text painted by us: wrapped to a width with the role's own line height, elided after the last line allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QTextLayout, QTextOption

if TYPE_CHECKING:
    from studio.ui.theme import Theme


def wrap(theme: Theme, text: str, role: str, width: float, weight: int | None = None, lines: int = 99) -> list[str]:
    """The lines a text breaks into (Chinese line-start rules included); the last one allowed is elided."""
    font = theme.font(role, weight)
    result: list[str] = []
    for paragraph in text.split("\n"):
        layout = QTextLayout(paragraph, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1.0, width))
            start, size = line.textStart(), line.textLength()
            if len(result) == lines - 1 and start + size < len(paragraph):
                metrics = QFontMetricsF(font)
                result.append(metrics.elidedText(paragraph[start:], Qt.TextElideMode.ElideRight, width))
                break
            result.append(paragraph[start : start + size].rstrip())
            if len(result) == lines:
                break
        layout.endLayout()
        if len(result) >= lines:
            break
    return result


def height(theme: Theme, text: str, role: str, width: float, weight: int | None = None, lines: int = 99) -> int:
    """Height in px of the wrapped text."""
    return len(wrap(theme, text, role, width, weight, lines)) * theme.line(role)


def put(
    painter: QPainter, rect: QRectF, text: str, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
) -> None:
    """Draw one line with the painter's font and pen so that its letters sit in the middle of `rect`.

    Qt centres the line box, which grows with the fallback face and pushes Chinese down. The middle of Inter's capitals
    and the middle of a Chinese character both lie 0.37 em above the baseline, so that is what we centre.
    """
    font = painter.font()
    left = rect.left()
    if not align & Qt.AlignmentFlag.AlignLeft:
        spare = rect.width() - QFontMetricsF(font).horizontalAdvance(text)
        left += spare / 2 if align & Qt.AlignmentFlag.AlignHCenter else spare
    painter.drawText(QPointF(left, round(rect.center().y() + font.pixelSize() * 0.37)), text)


def paint(
    painter: QPainter,
    theme: Theme,
    rect: QRectF,
    text: str,
    role: str,
    token: str | QColor = "text",
    weight: int | None = None,
    lines: int = 99,
    centred: bool = False,
) -> float:
    """Paint wrapped text from the top of `rect`; gives the y below its last line."""
    painter.setFont(theme.font(role, weight))
    painter.setPen(theme.color(token) if isinstance(token, str) else token)
    step, y = theme.line(role), rect.top()
    align = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
    for line in wrap(theme, text, role, rect.width(), weight, lines):
        put(painter, QRectF(rect.left(), y, rect.width(), step), line, align)
        y += step
    return y


def paint_line(
    painter: QPainter,
    theme: Theme,
    rect: QRectF,
    text: str,
    role: str,
    token: str | QColor = "text",
    weight: int | None = None,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    tabular: bool = False,
) -> float:
    """Paint one line, vertically centred, elided to `rect`; gives the width used in px."""
    font = theme.font(role, weight, tabular)
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width() + 0.5)
    painter.setFont(font)
    painter.setPen(theme.color(token) if isinstance(token, str) else token)
    put(painter, rect, shown, align)
    return metrics.horizontalAdvance(shown)

