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
        painter.drawText(QRectF(rect.left(), y, rect.width() + 1, step), align | Qt.AlignmentFlag.AlignVCenter, line)
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
    painter.drawText(rect.adjusted(0, 0, 1, 0), align | Qt.AlignmentFlag.AlignVCenter, shown)
    return metrics.horizontalAdvance(shown)


def baseline(theme: Theme, role: str) -> QPointF:
    """Offset of the first baseline inside a line of `role` whose height is `theme.line(role)`."""
    metrics = QFontMetricsF(theme.font(role))
    return QPointF(0, (theme.line(role) - metrics.height()) / 2 + metrics.ascent())
