"""Sent beside found, painted: two columns of text, their pictures, and a line with a mark for each thing compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui import text
from studio.ui.i18n import tr
from studio.ui.library.thumbs import Thumbs
from studio.ui.outbox.listing import paint_picture
from studio.ui.outbox.proofs import Compare, Fact

if TYPE_CHECKING:
    from studio.ui.theme import Theme

LINES, PICTURES, GAP = 6, 4, 12  # lines of text and pictures in a row of a column, px between the columns
MARKS = {"good": ("check", "good"), "warn": ("triangle-alert", "warn"), "info": ("clock", "text-2")}


@dataclass(frozen=True, slots=True)
class Placed:
    """Where everything is. facts: (mark, label, words)."""

    heads: tuple[QRectF, QRectF]
    texts: tuple[QRectF, QRectF]
    pictures: tuple[tuple[QRectF, QRectF], ...]
    line: float
    facts: tuple[tuple[QRectF, QRectF, QRectF], ...]
    height: int


class Comparison(QWidget):
    """`area("sent")`, `area("found")`, `area("fact:<n>")`, `area("picture:<n>")` are where these are painted."""

    def __init__(self, theme: Theme, thumbs: Thumbs, compare: Compare) -> None:
        super().__init__()
        self._theme, self._thumbs, self.compare = theme, thumbs, compare
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(tr("outbox", "Sent and found"))
        self.setAccessibleDescription(compare.words)
        thumbs.ready.connect(lambda _: self.update())

    def area(self, name: str) -> QRect:
        """A painted part by its name; empty when it is not there."""
        placed = self._places(self.width())
        kind, _, number = name.partition(":")
        if kind in ("sent", "found"):
            return placed.texts[kind == "found"].toAlignedRect()
        rows = {"fact": placed.facts, "picture": placed.pictures}.get(kind, ())
        if not number.isdigit() or int(number) >= len(rows):
            return QRect()
        parts: tuple[QRectF, ...] = rows[int(number)]
        return parts[0].united(parts[-1]).toAlignedRect()

    def hasHeightForWidth(self) -> bool:
        """Words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Of all parts."""
        return self._places(width).height

    def sizeHint(self) -> QSize:
        """As high as at its width."""
        return QSize(280, self.heightForWidth(self.width() if self.width() > 100 else 380))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        placed, theme = self._places(self.width()), self._theme
        for rect, words in zip(placed.heads, (tr("outbox", "Sent"), tr("outbox", "Found on the page")), strict=True):
            text.paint_line(painter, theme, rect, words, "caption", "text-2")
        for rect, words in zip(placed.texts, (self.compare.sent, self.compare.found), strict=True):
            text.paint(painter, theme, rect, words, "small", "text", lines=LINES)
        for (sent, found), picture in zip(placed.pictures, self.compare.pictures, strict=False):
            paint_picture(painter, theme, self._thumbs, sent, picture.media)
            if picture.same:
                paint_picture(painter, theme, self._thumbs, found, picture.media)
            else:
                self._paint_other(painter, found)
        if placed.facts:
            painter.setPen(QPen(theme.color("line"), 1))
            painter.drawLine(0, round(placed.line), self.width(), round(placed.line))
        for places, fact in zip(placed.facts, self.compare.facts, strict=True):
            self._paint_fact(painter, places, fact)

    # inside ----------------------------------------------------------------------------------------------------

    def _paint_other(self, painter: QPainter, place: QRectF) -> None:
        """Something else was found there, or nothing."""
        theme = self._theme
        pen = QPen(theme.color("warn"), 1)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        theme.draw_icon(painter, place, "triangle-alert", 16, "warn")

    def _paint_fact(self, painter: QPainter, places: tuple[QRectF, QRectF, QRectF], fact: Fact) -> None:
        theme, (mark, label, words) = self._theme, places
        icon, token = MARKS[fact.mark]
        theme.draw_icon(painter, mark, icon, 14, token)
        text.paint(painter, theme, label, fact.label, "small", "text-2")
        text.paint(painter, theme, words, fact.words, "small", "warn" if fact.mark == "warn" else "text")

    def _places(self, width: int) -> Placed:
        theme = self._theme
        half = (width - GAP) / 2
        lefts = (0.0, half + GAP)
        high = float(theme.line("caption"))
        heads = QRectF(0, 0, half, high), QRectF(lefts[1], 0, half, high)
        compare = self.compare
        tall = max(text.height(theme, one, "small", half, lines=LINES) for one in (compare.sent, compare.found))
        tall = tall if compare.sent or compare.found else 0
        top = high + 4
        texts = QRectF(0, top, half, tall), QRectF(lefts[1], top, half, tall)
        top += tall + (10 if tall else 0)
        pictures, top = self._picture_places(lefts, half, top)
        facts, height = self._fact_places(width, top + 13)
        return Placed(heads, texts, pictures, top + 4.5, facts, height)

    def _picture_places(
        self, lefts: tuple[float, float], half: float, top: float
    ) -> tuple[tuple[tuple[QRectF, QRectF], ...], float]:
        count = min(len(self.compare.pictures), PICTURES * 2)
        if not count:
            return (), top
        side = min(44.0, (half - 6 * (PICTURES - 1)) / PICTURES)
        places = []
        for number in range(count):
            x, y = (number % PICTURES) * (side + 6), top + (number // PICTURES) * (side + 6)
            places.append((QRectF(lefts[0] + x, y, side, side), QRectF(lefts[1] + x, y, side, side)))
        return tuple(places), places[-1][0].bottom() + 8

    def _fact_places(self, width: int, top: float) -> tuple[tuple[tuple[QRectF, QRectF, QRectF], ...], int]:
        theme = self._theme
        side = float(theme.icon_size(14))
        column = min(width * 0.4, max((theme.width("small", f.label) for f in self.compare.facts), default=0) + 4.0)
        left = side + 8
        start = left + column + 16
        places = []
        for fact in self.compare.facts:
            high = max(text.height(theme, fact.words, "small", width - start),
                       text.height(theme, fact.label, "small", column))  # fmt: skip
            line = float(theme.line("small"))
            places.append((QRectF(0, top, side, line), QRectF(left, top, column, high),
                           QRectF(start, top, width - start, high)))  # fmt: skip
            top += high + 8
        return tuple(places), round(top)
