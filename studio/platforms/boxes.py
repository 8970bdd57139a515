"""Small pieces that every preview layout is made of. Pure; all numbers are logical px."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from studio.core.card import (
    Box,
    BoxKind,
    Card,
    Confidence,
    Font,
    Line,
    Metrics,
    Rule,
    Run,
    Theme,
    Unit,
    View,
    Weight,
)
from studio.platforms.text import grapheme_cut

Crop = tuple[float, float, float, float]
ELLIPSIS = "…"
READ = "2026-11-22"  # the day most of the geometry was read


@dataclass(frozen=True, slots=True)
class Value:
    """One number of a platform's geometry with where it was read; "recalled" ones are to be measured."""

    value: float
    source: str
    confidence: Confidence = "seen"
    seen: str = READ
    unit: Unit = "px"


@dataclass(frozen=True, slots=True)
class Label:
    """A word of the platform in each language, with where it was read."""

    en: str
    zh_CN: str
    zh_TW: str
    source: str
    confidence: Confidence = "seen"
    seen: str = READ

    def say(self, language: str) -> str:
        """English for a language it has not."""
        return {"zh_CN": self.zh_CN, "zh_TW": self.zh_TW}.get(language, self.en)


@dataclass(frozen=True, slots=True)
class Ink:
    """A colour of the platform in its light and dark look: "#rrggbb", "#rrggbbaa"."""

    light: str
    dark: str
    source: str
    confidence: Confidence = "seen"
    seen: str = READ


@dataclass(frozen=True, slots=True)
class Table:
    """How a platform's layout reads its numbers, its words in each language, and its colours.

    checked   the day all of it was last gone through, "2026-11-22"
    """

    platform: str
    checked: str
    values: Mapping[str, Value]
    labels: Mapping[str, Label] = field(default_factory=dict)
    inks: Mapping[str, Ink] = field(default_factory=dict)
    _made: dict[Theme, Mapping[str, str]] = field(default_factory=dict, repr=False, compare=False)
    _rules: dict[str, Rule] = field(default_factory=dict, repr=False, compare=False)

    def px(self, name: str) -> float:
        """A number of the table."""
        return self.values[name].value

    def rule(self, name: str) -> Rule:
        """That number and where it was read, for a box that follows it; the same object each time."""
        if name not in self._rules:
            value = self.values[name]
            self._rules[name] = Rule(name, value.value, value.unit, value.source, value.confidence, value.seen)
        return self._rules[name]

    def word(self, name: str, language: str) -> str:
        """A label; English for a language the table has not."""
        return self.labels[name].say(language)

    def tokens(self, theme: Theme) -> Mapping[str, str]:
        """All colours of one look; the same object each time."""
        if theme not in self._made:
            self._made[theme] = {name: getattr(ink, theme) for name, ink in self.inks.items()}
        return self._made[theme]

    def card(
        self, view: View, height: float, boxes: Sequence[Box], confidence: Confidence, *, pages: int = 1,
        page: int = 0, html: str = "",
    ) -> Card:
        """What was laid out for `view`. confidence: of the surface as a whole."""
        return Card(
            self.platform, view.surface, view.theme, view.width, height, tuple(boxes), self.tokens(view.theme),
            self.checked, confidence, pages, page, html,
        )


def cover(width: float, height: float, cell_w: float, cell_h: float, focus: tuple[float, float] | None) -> Crop:
    """The part (x, y, w, h in 0..1) of a picture that fills a cell, around its focal point as far as it goes.

    An unknown size (0) is taken to have the cell's shape.
    """
    if width <= 0 or height <= 0 or cell_w <= 0 or cell_h <= 0:
        return (0.0, 0.0, 1.0, 1.0)
    picture, cell = width / height, cell_w / cell_h
    w, h = (min(1.0, cell / picture), 1.0) if picture > cell else (1.0, min(1.0, picture / cell))
    fx, fy = focus or (0.5, 0.5)
    return (min(max(fx - w / 2, 0.0), 1 - w), min(max(fy - h / 2, 0.0), 1 - h), w, h)


def one_line(text: str, font: Font, width: float, metrics: Metrics) -> str:
    """`text` without line breaks, cut with "…" at a grapheme where it is wider than `width`."""
    flat = " ".join(text.split())
    if metrics.advance(flat, font) <= width:
        return flat
    low, high = 0, len(flat)
    while low < high:  # the longest prefix that fits with the ellipsis
        middle = (low + high + 1) // 2
        if metrics.advance(flat[:middle].rstrip() + ELLIPSIS, font) <= width:
            low = middle
        else:
            high = middle - 1
    return flat[: grapheme_cut(flat, low)].rstrip() + ELLIPSIS


@dataclass(frozen=True, slots=True)
class Cut:
    """Laid-out text of at most some lines. folded: True when there is more of it."""

    text: str
    lines: tuple[Line, ...]
    folded: bool = False


def most_lines(text: str, font: Font, width: float, most: int, metrics: Metrics) -> Cut:
    """`text` as it breaks in `width`, cut after `most` lines at a grapheme; its rest is not in the cut."""
    lines = metrics.lines(text, font, width)
    if len(lines) <= most:
        return Cut(text, lines)
    kept = lines[:most]
    end = grapheme_cut(text, kept[-1].end)
    last = Line(kept[-1].start, end, kept[-1].width)
    return Cut(text[:end], (*kept[:-1], last), folded=True)


def ellipsized(text: str, font: Font, width: float, most: int, metrics: Metrics) -> Cut:
    """Like `most_lines`, with "…" at the end of the last line when there is more."""
    cut = most_lines(text, font, width, most, metrics)
    if not cut.folded:
        return cut
    last = cut.lines[-1]
    tail = one_line(text[last.start : last.end].rstrip() + " " + ELLIPSIS * 2, font, width, metrics)
    tail = tail.rstrip(f"{ELLIPSIS} ") + ELLIPSIS
    shown = text[: last.start] + tail
    line = Line(last.start, len(shown), metrics.advance(tail, font))
    return Cut(shown, (*cut.lines[:-1], line), folded=True)


@dataclass(slots=True)
class Sheet:
    """Boxes being put down, top to bottom. y: where the next one goes; text: the reader's text size."""

    metrics: Metrics
    y: float = 0.0
    boxes: list[Box] = field(default_factory=list)
    text: float = 1.0

    def font(self, size: float, line: float, weight: Weight = 400) -> Font:
        """A font as the platform has it, at the reader's text size."""
        return Font(size * self.text, line * self.text, weight)

    def put(self, kind: BoxKind, name: str, x: float, w: float, h: float, **more: Any) -> Box:
        """A box at the current height; the height stays."""
        box = Box(kind, name, x, self.y, w, h, **more)
        self.boxes.append(box)
        return box

    def words(
        self, name: str, x: float, w: float, cut: Cut, font: Font, *, token: str = "text",
        runs: Sequence[Run] = (), rule: Rule | None = None,
    ) -> None:
        """Lines of text; the height moves on below them."""
        height = len(cut.lines) * font.line
        end = len(cut.text)
        kept = tuple(Run(r.start, min(r.end, end), r.token, r.weight) for r in runs if r.start < end)
        self.put(
            "text", name, x, w, height, text=cut.text, font=font, token=token, lines=cut.lines, runs=kept,
            folded=cut.folded, rule=rule,
        )
        self.y += height

    def label(
        self, name: str, x: float, w: float, text: str, font: Font, token: str = "text", rule: Rule | None = None
    ) -> Box:
        """One line of text, cut to `w`; the height stays."""
        shown = one_line(text, font, w, self.metrics)
        wide = self.metrics.advance(shown, font)
        return self.put(
            "text", name, x, w, font.line, text=shown, font=font, token=token, lines=(Line(0, len(shown), wide),),
            rule=rule,
        )
