"""Measures text for preview cards as Qt shapes it, with our faces and their Chinese fallbacks."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption

from studio.core.card import Font, Line
from studio.ui.preview.breaking import Breaker
from studio.ui.preview.offsets import clean, table

KEEP: Final = 4000
"""Paragraphs whose line breaks are remembered: many posts' worth, a few MB."""
FONTS: Final = 64
HEAVIEST: Final = 600
"""Of the faces we have: a heavier one would be smeared out of it. Chinese draws 600 as its bold."""


class QtMetrics:
    """`core.card.Metrics` over QTextLayout. Remembers each paragraph, so a keystroke measures one of them.

    families    best first, as `ui.fonts.Fonts.families` gives them
    """

    def __init__(self, families: Sequence[str]) -> None:
        self.families = list(families)
        self._fonts: dict[tuple[float, int], QFont] = {}
        self._broken: OrderedDict[tuple[str, float, int, float], tuple[Line, ...]] = OrderedDict()
        self._ascents: dict[tuple[float, float, int], float] = {}
        self._breakers: dict[tuple[float, int, float], Breaker] = {}
        self._advances: OrderedDict[tuple[str, float, int], float] = OrderedDict()

    def font(self, font: Font, weight: int | None = None) -> QFont:
        """The face a card's font is drawn with; sizes may be fractions of a px."""
        key = (font.size, weight or font.weight)
        if key not in self._fonts:
            made = QFont()
            made.setFamilies(self.families)
            made.setPixelSize(max(1, round(font.size)))
            made.setWeight(QFont.Weight(min(key[1], HEAVIEST)))
            made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            self._fonts[key] = made
        return self._fonts[key]

    def lines(self, text: str, font: Font, width: float) -> tuple[Line, ...]:
        """Breaks `text` at its line feeds and at `width` px; at least one line. Offsets are characters."""
        result: list[Line] = []
        start = 0
        for paragraph in text.split("\n"):
            broken = self._paragraph(paragraph, font, width)
            result += broken if start == 0 else [Line(b.start + start, b.end + start, b.width) for b in broken]
            start += len(paragraph) + 1
        return tuple(result)

    def advance(self, text: str, font: Font) -> float:
        """Width in px of `text` on one line."""
        key = (text, font.size, font.weight)
        if key not in self._advances:
            self._advances[key] = QFontMetricsF(self.font(font)).horizontalAdvance(clean(text))
            if len(self._advances) > KEEP:
                self._advances.popitem(last=False)
        return self._advances[key]

    def ascent(self, font: Font) -> float:
        """From the top of a line of `font.line` px to its baseline, with the glyphs centred in the line."""
        key = (font.size, font.line, font.weight)
        if key not in self._ascents:
            metrics = QFontMetricsF(self.font(font))
            self._ascents[key] = (font.line - metrics.ascent() - metrics.descent()) / 2 + metrics.ascent()
        return self._ascents[key]

    def _paragraph(self, text: str, font: Font, width: float) -> tuple[Line, ...]:
        key = (text, font.size, font.weight, width)
        known = self._broken.get(key)
        if known is not None:
            self._broken.move_to_end(key)
            return known
        made = self._breaker(font, width).lines(text)
        self._broken[key] = made
        if len(self._broken) > KEEP:
            self._broken.popitem(last=False)
        return made

    def _breaker(self, font: Font, width: float) -> Breaker:
        key = (font.size, font.weight, width)
        if key not in self._breakers:
            if len(self._breakers) > FONTS:
                self._breakers.clear()
            face = self.font(font)
            self._breakers[key] = Breaker(lambda text: _break(text, face, width))
        return self._breakers[key]


def _break(text: str, font: QFont, width: float) -> tuple[Line, ...]:
    if not text:
        return (Line(0, 0, 0.0),)
    layout = QTextLayout(clean(text), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    layout.setTextOption(option)
    places, result = table(text), []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1.0, width))
        start, end = line.textStart(), line.textStart() + line.textLength()
        if places is not None:
            start, end = places[start], places[end]
        result.append(Line(start, end, line.naturalTextWidth()))
    layout.endLayout()
    return tuple(result)
