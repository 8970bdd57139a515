"""Lines stand on the side where their language begins."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from studio.core.card import Box, Card, Run
from studio.ui.fonts import Fonts
from studio.ui.preview.changes import changed
from studio.ui.preview.lettering import Lettering, shift
from studio.ui.preview.metrics import QtMetrics
from studio.ui.preview.reading import direction, has_turns
from tests.ui.preview.cards import FONT, TOKENS


@pytest.fixture
def metrics(qapp, resources):
    return QtMetrics(Fonts(resources).families("en"))


def box(text, metrics, width=400, **more):
    lines = metrics.lines(text, FONT, width)
    return Box("text", "body", 0, 0, width, 20 * len(lines), text=text, font=FONT, lines=lines, **more)


def ink(made, metrics, height=100):
    """The columns that have ink, first and last."""
    card = Card("p", "feed", "light", 400, height, (made,), TOKENS, "2026-11-22")
    image = QImage(400, height, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    Lettering(metrics).words(painter, card, made, QRectF(made.x, made.y, made.w, made.h), None)
    painter.end()
    dark = [x for x in range(400) if any(image.pixelColor(x, y).lightness() < 140 for y in range(0, height, 2))]
    return dark[0], dark[-1]


def test_a_paragraph_runs_as_its_first_letter_does():
    assert direction("hello مرحبا", 0) == "ltr" and direction("12, مرحبا hello", 9) == "rtl"
    assert direction("hello\nمرحبا", 8) == "rtl" and direction("مرحبا\nhello", 7) == "ltr"
    assert direction("", 0) == "ltr" and direction("123", 1) == "ltr"
    assert has_turns("שלום") and not has_turns("hello 老城")


def test_right_to_left_stands_at_the_right(metrics):
    assert ink(box("hello", metrics), metrics)[0] < 10
    first, last = ink(box("مرحبا بكم", metrics), metrics)
    assert last > 385 and first > 200
    assert ink(box("مرحبا بكم", metrics, runs=(Run(0, 5),)), metrics)[1] > 385
    assert ink(box("hello", metrics, align="right"), metrics)[1] > 385


def test_sides():
    assert shift("left", 100, 40) == 0 and shift("left", 100, 40, "rtl") == 60
    assert shift("center", 100, 40, "rtl") == 30 and shift("right", 100, 40) == 60


def test_a_turned_paragraph_is_painted_again(metrics):
    def card(text):
        return Card("p", "feed", "light", 400, 100, (box(text, metrics),), TOKENS, "2026-11-22")

    assert list(changed(card("a\nhello שלום"), card("b\nhello שלום"))) == [(0, 0, 400, 20)]
    assert len(list(changed(card("a שלום"), card("ש שלום")))) == 1


@pytest.mark.parametrize("text", ["\ud800", "x" * 3000, "👨‍👩‍👧" * 40, "\u202ehello", "नमस्ते สวัสดี ⴰⵣⵓⵍ", "\n\n"])
def test_any_text_is_drawn(metrics, text):
    made = box(text, metrics, runs=(Run(0, max(1, len(text) // 2)),))
    card = Card("p", "feed", "light", 400, 100, (made,), TOKENS, "2026-11-22")
    image = QImage(400, 100, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    Lettering(metrics).words(painter, card, made, QRectF(0, 0, 400, made.h), None)
    painter.end()
