"""Titles as pixels: what is drawn, where, and when the same drawing comes back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from PIL import Image

from studio.core.title import TextStyle, Title, Word
from studio.core.title_motion import MOTIONS
from studio.core.title_styles import STYLES
from studio.media.lettering import Drawn, drawn
from studio.media.lettering.drawing import Lettering
from tests.media.ssim import ssim

REFERENCE = (1080, 1920)
SMALL = (270, 480)
LASTS = Fraction(4)
PLAIN = TextStyle(size=80, shadow="")


def at(title: Title, local: Fraction | int = 2, canvas: tuple[int, int] = SMALL) -> Drawn | None:
    return drawn(title, canvas, REFERENCE, Fraction(local), LASTS)


def seen(title: Title, local: Fraction | int = 2, canvas: tuple[int, int] = SMALL) -> Drawn:
    found = at(title, local, canvas)
    assert found is not None
    return found


def middle(found: Drawn) -> tuple[float, float]:
    return found.left + found.rgba.shape[1] / 2, found.top + found.rgba.shape[0] / 2


def ink(found: Drawn | None) -> int:
    return 0 if found is None else int(found.rgba[..., 3].astype(np.int64).sum())


def test_words_stand_in_the_middle_in_their_colour():
    found = seen(Title("Hello", replace(PLAIN, color="#ff0000")))
    assert found.rgba.dtype == np.uint8 and found.rgba.shape[2] == 4
    x, y = middle(found)
    assert abs(x - 135) < 2 and abs(y - 240) < 3
    solid = found.rgba[found.rgba[..., 3] == 255]
    assert len(solid) and (solid[:, :3] == (255, 0, 0)).all()


def test_sizes_follow_the_canvas():
    small, large = seen(Title("Hello", PLAIN)), seen(Title("Hello", PLAIN), canvas=REFERENCE)
    assert abs(large.rgba.shape[1] / small.rgba.shape[1] - 4) < 0.2
    assert abs(large.left / small.left - 4) < 0.1


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "\u200b", "\ufeff", "\x00\x01"])
def test_nothing_to_say_is_nothing(text):
    assert at(Title(text, PLAIN)) is None


def test_the_same_drawing_comes_back_while_nothing_moves():
    title = Title("Still", PLAIN, enter="fade", leave="fade")
    assert seen(title, Fraction(1)) is seen(title, Fraction(3))
    assert seen(title, Fraction(1, 10)) is not seen(title, 1)


@pytest.mark.parametrize("name", list(MOTIONS))
def test_every_animation_begins_with_nothing_and_ends_at_rest(name):
    title = Title("One two three", PLAIN, enter=name, leave=name)
    assert at(title, 0) is None
    half = seen(title, Fraction(1, 10))
    rest = seen(title, 2)
    assert (half.rgba.shape, half.left, half.top, ink(half)) != (rest.rgba.shape, rest.left, rest.top, ink(rest))
    assert rest is seen(title, Fraction(2, 5))
    assert ink(at(title, LASTS - Fraction(1, 1000))) < ink(rest)


def test_the_spoken_word_takes_the_highlight_colour():
    words = (Word("one", Fraction(0), Fraction(1)), Word("two", Fraction(1), Fraction(2)))
    title = Title("one two", replace(PLAIN, highlight="#ffff00"), words=words)

    def yellow(local: Fraction) -> np.ndarray:
        found = seen(title, local)
        columns = np.zeros(SMALL[0], bool)
        lit = (found.rgba[..., 2] < 90) & (found.rgba[..., 3] > 200)
        columns[found.left : found.left + found.rgba.shape[1]] = lit.any(axis=0)
        return np.flatnonzero(columns)

    first, second = yellow(Fraction(1, 2)), yellow(Fraction(3, 2))
    assert len(first) and len(second) and first.max() < second.min()
    assert not len(yellow(Fraction(7, 2)))


@pytest.mark.parametrize("name", list(STYLES))
@pytest.mark.parametrize("text", ["You hear it before you taste it.", "今天去了三家面包店，真不错！", "😀 مرحبا 12"])
def test_every_style_draws_every_script(name, text):
    assert ink(seen(Title(text, STYLES[name].style)))


@pytest.mark.parametrize("style", [
    TextStyle(size=0), TextStyle(size=-5), TextStyle(size=9e9), TextStyle(width=0), TextStyle(width=-1),
    TextStyle(line_height=0), TextStyle(color="red"), TextStyle(color=""), TextStyle(shadow_blur=-4, shadow="#000000"),
    TextStyle(outline="#000000", outline_width=-2), TextStyle(font="no such font"), TextStyle(weight=99999),
    TextStyle(box="#00000088", box_radius=-9, box_padding=-300), TextStyle(spacing=-500), TextStyle(shadow_offset=1e9),
])  # fmt: skip
def test_a_style_of_nonsense_breaks_nothing(style):
    at(Title("Words \ud800 and 字", style))


def test_long_texts_and_tiny_canvases_are_survived():
    at(Title("字" * 20_000, PLAIN))
    at(Title("\n" * 3000, PLAIN))
    at(Title("Words", PLAIN), canvas=(2, 2))
    assert at(Title("Words", PLAIN), canvas=(0, 0)) is None


@pytest.mark.parametrize("name", ["caption", "boxed", "headline", "karaoke", "neon"])
def test_what_is_shown_small_is_what_is_exported_large(name):
    text = "You hear it before you taste it. 今天去了三家面包店，真不错！"
    title = replace(STYLES[name].title(text), enter="", leave="")

    def whole(canvas: tuple[int, int]) -> Image.Image:
        """On a plain ground."""
        found = seen(title, canvas=canvas)
        ground = Image.new("RGB", canvas, (60, 110, 110))
        words = Image.fromarray(found.rgba)
        ground.paste(words, (found.left, found.top), words)
        return ground

    found = seen(title, canvas=(540, 960))
    height, width = found.rgba.shape[:2]
    box = found.left - 8, found.top - 8, found.left + width + 8, found.top + height + 8
    shown = [whole(canvas).resize((540, 960), Image.Resampling.BOX).crop(box) for canvas in (REFERENCE, (540, 960))]
    assert ssim(*map(np.asarray, shown)) > 0.98


def test_many_threads_draw_the_same_as_one():
    titles = [Title(f"Words {number} 字", PLAIN, enter="words") for number in range(12)]
    moments = [(title, Fraction(part, 10)) for title in titles for part in (1, 3, 20)]
    wanted = [ink(at(title, local)) for title, local in moments]
    lettering = Lettering()

    def one(pair: tuple[Title, Fraction]) -> int:
        return ink(lettering.drawn(pair[0], SMALL, REFERENCE, pair[1], LASTS))

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(one, moments * 3)) == wanted * 3


def test_what_was_drawn_is_kept_up_to_a_number_of_bytes():
    lettering, title = Lettering(keep=200_000), Title("First", PLAIN)

    def draw(text: str) -> Drawn | None:
        return lettering.drawn(replace(title, text=text), SMALL, REFERENCE, Fraction(1), LASTS)

    first = draw("First")
    assert draw("First") is first
    for number in range(60):
        draw(f"Other {number}")
    assert draw("First") is not first
