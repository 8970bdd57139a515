"""The words of a card's boxes: lines in their own direction, stretches in other colours and weights."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QTextCharFormat, QTextLayout, QTextOption

from studio.core.card import Box, Card, Line, Run
from studio.ui.preview.ink import Exposed, colour, touches
from studio.ui.preview.metrics import QtMetrics
from studio.ui.preview.offsets import clean, units
from studio.ui.preview.reading import Direction, direction, has_turns

QT: Final = {"ltr": Qt.LayoutDirection.LeftToRight, "rtl": Qt.LayoutDirection.RightToLeft}
WIDE: Final = 1e6  # px: no line of a card is as long


class Lettering:
    """Draws the lines of boxes with a painter whose origin is the card's top left."""

    def __init__(self, metrics: QtMetrics) -> None:
        self.metrics = metrics

    def words(self, painter: QPainter, card: Card, box: Box, rect: QRectF, exposed: Exposed) -> None:
        """The lines of a box that touch what is exposed."""
        if not box.text or box.font is None:
            return
        painter.setPen(colour(card, box.token if box.kind == "text" else f"on-{box.token}", "text"))
        painter.setFont(self.metrics.font(box.font))
        lines = box.lines or (Line(0, len(box.text), self.metrics.advance(box.text, box.font)),)
        step = box.font.line
        first = rect.top() if box.lines else rect.center().y() - step / 2
        turns = has_turns(box.text)
        for number, line in enumerate(lines):
            place = QRectF(rect.left(), first + number * step, rect.width(), step)
            if touches(exposed, place):
                self._line(painter, card, box, line, place, direction(box.text, line.start) if turns else "ltr")

    def _line(
        self, painter: QPainter, card: Card, box: Box, line: Line, rect: QRectF, way: Direction
    ) -> None:
        assert box.font is not None
        shown = clean(box.text[line.start : line.end]).rstrip("\n")
        if not shown:
            return
        left = rect.left() + shift(box.align, rect.width(), line.width, way)
        at = QPointF(left, rect.top() + self.metrics.ascent(box.font))
        runs = [run for run in box.runs if run.start < line.end and run.end > line.start]
        if runs or way == "rtl":
            self._runs(painter, card, box, line, at, shown, runs, way)
        else:
            painter.drawText(at, shown)

    def _runs(
        self, painter: QPainter, card: Card, box: Box, line: Line, at: QPointF, shown: str, runs: list[Run],
        way: Direction,
    ) -> None:
        assert box.font is not None
        layout = QTextLayout(shown, self.metrics.font(box.font))
        option = QTextOption()
        option.setTextDirection(QT[way])
        option.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        layout.setTextOption(option)
        layout.setFormats([self._stretch(card, box, run, line, shown) for run in runs])
        layout.beginLayout()
        made = layout.createLine()
        made.setLineWidth(WIDE)
        layout.endLayout()
        layout.draw(painter, QPointF(at.x(), at.y() - made.ascent()))

    def _stretch(self, card: Card, box: Box, run: Run, line: Line, shown: str) -> QTextLayout.FormatRange:
        start, end = max(0, run.start - line.start), min(len(shown), run.end - line.start)
        made = QTextLayout.FormatRange()
        made.start = units(shown, start)
        made.length = units(shown[start:end])
        made.format = self._look(card, box, run)
        return made

    def _look(self, card: Card, box: Box, run: Run) -> QTextCharFormat:
        assert box.font is not None
        look = QTextCharFormat()
        look.setForeground(colour(card, run.token, "text"))
        if run.weight is not None:
            look.setFont(self.metrics.font(box.font, run.weight))
        return look


def shift(align: str, room: float, width: float, way: Direction = "ltr") -> float:
    """From the left edge of a box to that of a line; "left" is the side where its language begins."""
    if align == "left" and way == "rtl":
        align = "right"
    return {"center": (room - width) / 2, "right": room - width}.get(align, 0.0)
