"""The words of a card's boxes: lines in their own direction, stretches in other colours and weights."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGlyphRun, QPainter, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from studio.core.card import Box, Card, Font, Line, Run
from studio.ui.preview.ink import Exposed, colour, touches
from studio.ui.preview.metrics import QtMetrics
from studio.ui.preview.offsets import clean, units
from studio.ui.preview.reading import Direction, direction, has_turns

QT: Final = {"ltr": Qt.LayoutDirection.LeftToRight, "rtl": Qt.LayoutDirection.RightToLeft}
KEEP: Final = 256
"""Lines of one card that are kept ready to be drawn."""
Look = tuple[int, int, int, int | None]
"""Start and end in the line, colour, weight."""
WIDE: Final = 1e6  # px: no line of a card is as long


class Lettering:
    """Draws the lines of boxes with a painter whose origin is the card's top left."""

    def __init__(self, metrics: QtMetrics) -> None:
        self.metrics = metrics
        self._glyphs: OrderedDict[tuple[str, float, int], tuple[float, list[QGlyphRun]]] = OrderedDict()
        self._layouts: OrderedDict[tuple[object, ...], tuple[QTextLayout, float]] = OrderedDict()

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
            self._plain(painter, box.font, at, shown)

    def _plain(self, painter: QPainter, font: Font, at: QPointF, shown: str) -> None:
        """One line in one colour: its glyphs are chosen and placed once."""
        key = (shown, font.size, font.weight)
        known = self._glyphs.get(key)
        if known is None:
            made, line = _one_line(QTextLayout(shown, self.metrics.font(font)))
            known = self._glyphs[key] = (line.ascent(), made.glyphRuns())
            _bound(self._glyphs)
        ascent, glyphs = known
        for run in glyphs:
            painter.drawGlyphRun(QPointF(at.x(), at.y() - ascent), run)

    def _runs(
        self, painter: QPainter, card: Card, box: Box, line: Line, at: QPointF, shown: str, runs: list[Run],
        way: Direction,
    ) -> None:
        assert box.font is not None
        looks = tuple(
            (max(0, run.start - line.start), min(len(shown), run.end - line.start),
             colour(card, run.token, "text").rgba(), run.weight) for run in runs
        )
        key = (shown, box.font.size, box.font.weight, way, looks)
        known = self._layouts.get(key)
        if known is None:
            known = self._layouts[key] = self._laid(shown, box.font, way, looks)
            _bound(self._layouts)
        made, ascent = known
        made.draw(painter, QPointF(at.x(), at.y() - ascent))

    def _laid(self, shown: str, font: Font, way: Direction, looks: tuple[Look, ...]) -> tuple[QTextLayout, float]:
        layout = QTextLayout(shown, self.metrics.font(font))
        option = QTextOption()
        option.setTextDirection(QT[way])
        option.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        layout.setTextOption(option)
        layout.setFormats([self._stretch(shown, font, look) for look in looks])
        layout.setCacheEnabled(True)
        made, line = _one_line(layout)
        return made, line.ascent()

    def _stretch(self, shown: str, font: Font, look: Look) -> QTextLayout.FormatRange:
        start, end, ink, weight = look
        made = QTextLayout.FormatRange()
        made.start = units(shown, start)
        made.length = units(shown[start:end])
        form = QTextCharFormat()
        form.setForeground(QColor.fromRgba(ink))
        if weight is not None:
            form.setFont(self.metrics.font(font, weight))
        made.format = form
        return made


def _one_line(layout: QTextLayout) -> tuple[QTextLayout, QTextLine]:
    layout.beginLayout()
    made = layout.createLine()
    made.setLineWidth(WIDE)
    layout.endLayout()
    return layout, made


def _bound(kept: OrderedDict[Any, Any]) -> None:
    """The oldest go: a line that is on the screen is made anew at once."""
    while len(kept) > KEEP:
        kept.popitem(last=False)


def shift(align: str, room: float, width: float, way: Direction = "ltr") -> float:
    """From the left edge of a box to that of a line; "left" is the side where its language begins."""
    if align == "left" and way == "rtl":
        align = "right"
    return {"center": (room - width) / 2, "right": room - width}.get(align, 0.0)
