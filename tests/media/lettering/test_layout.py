"""Where words stand: places, alignments, lines, directions, and which word is whose."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from studio.core.title import Align, TextStyle, Title, Word
from studio.media.lettering.layout import Layout, clean, layout

CANVAS = (1080, 1920)
STYLE = TextStyle(size=80)


def laid(text: str, style: TextStyle = STYLE, words: tuple[Word, ...] = ()) -> Layout:
    found = layout(Title(text, style, words=words), CANVAS)
    assert found is not None
    return found


def rows(found: Layout) -> list[str]:
    lines: dict[float, str] = {}
    for piece in found.pieces:
        lines[piece.y] = lines.get(piece.y, "") + piece.text
    return list(lines.values())


@pytest.mark.parametrize(("place", "least", "most"), [
    ("top", 0.05, 0.2), ("upper", 0.2, 0.3), ("center", 0.45, 0.55), ("lower", 0.67, 0.77), ("bottom", 0.8, 0.95),
])  # fmt: skip
def test_a_block_stands_at_its_place(place, least, most):
    _, top, _, bottom = laid("Words", replace(STYLE, place=place)).box
    assert least < (top + bottom) / 2 / 1920 < most


def test_lines_are_aligned():
    text = "a long first line\nshort"


    def begins(align: Align) -> list[float]:
        pieces = laid(text, replace(STYLE, align=align)).pieces
        return [min(piece.x for piece in pieces if piece.y == y) for y in sorted({piece.y for piece in pieces})]

    ends = {"left": begins("left"), "center": begins("center"), "right": begins("right")}
    assert ends["left"][0] == ends["left"][1] < ends["center"][0] < ends["center"][1]
    assert ends["right"][0] < ends["right"][1]


def test_lines_are_no_wider_than_the_style_says():
    found = laid("今天去了三家面包店，真的很不错，下次还要再去一次。" * 3)
    assert found.box[2] - found.box[0] <= 0.86 * 1080
    assert all(piece.x >= 0 and piece.x + piece.width <= 1080 for piece in found.pieces)
    assert not any(line[0] in "，。" for line in rows(found))


def test_arabic_runs_from_the_right_and_numbers_do_not():
    found = laid("مرحبا 12 بالعالم")
    hello, number, world = [piece for piece in found.pieces if piece.text.strip()]
    assert hello.x > number.x > world.x and hello.rtl and world.rtl and not number.rtl


def test_words_are_those_that_were_spoken_or_those_a_reader_counts():
    words = tuple(Word(text, Fraction(at), Fraction(at + 1)) for at, text in enumerate(["Hello", "gone", "世界"]))
    found = laid("hello, 世界 again", words=words)
    assert [(piece.text, piece.spoken) for piece in found.pieces] == [
        ("hello", 0), (", ", -1), ("世界", 2), (" ", -1), ("again", -1),
    ]  # fmt: skip
    assert laid("one two 世界").words == 4


def test_letters_can_be_set_apart():
    plain, wide = laid("spacing"), laid("spacing", replace(STYLE, spacing=20))
    assert abs((wide.box[2] - wide.box[0]) - (plain.box[2] - plain.box[0]) - 140) < 12
    assert len(wide.pieces) == 7


def test_what_cannot_be_drawn_is_left_out():
    assert clean("a\r\nb\tc\x00\u2028d\ud800\ufeff") == "a\nb c\nd\ufffd"
