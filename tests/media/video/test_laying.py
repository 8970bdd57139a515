"""Where a picture lies, in numbers."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.timeline import Fit
from studio.media.video.canvas import filled
from studio.media.video.cut import cut
from studio.media.video.effects import Lay
from studio.media.video.laying import Rect, base_size, even, fitted, rect_of, resampled
from studio.media.video.picture import MATRIX, Picture, color_of, masked, multiplied, of_rgba, straight, yuv_of

SIDES = st.integers(1, 4000)
CANVAS = st.integers(1, 1000).map(lambda half: 2 * half)


@given(w=SIDES, h=SIDES, cw=CANVAS, ch=CANVAS)
def test_a_fit_keeps_the_shape_and_meets_the_canvas(w: int, h: int, cw: int, ch: int) -> None:
    covers, contains = fitted("cover", (w, h), (cw, ch)), fitted("contain", (w, h), (cw, ch))
    for sides in (covers, contains):
        assert sides[0] / sides[1] == pytest.approx(w / h)
    assert covers[0] >= cw - 1e-6 and covers[1] >= ch - 1e-6
    assert contains[0] <= cw + 1e-6 and contains[1] <= ch + 1e-6
    assert fitted("fill", (w, h), (cw, ch)) == (cw, ch)


@given(w=SIDES, h=SIDES, cw=CANVAS, ch=CANVAS, x=st.floats(-3000, 3000), y=st.floats(-3000, 3000),
       scale=st.floats(0, 8), fit=st.sampled_from(["cover", "contain", "fill"]))
def test_a_cut_lies_within_the_picture_and_the_canvas(
    w: int, h: int, cw: int, ch: int, x: float, y: float, scale: float, fit: Fit
) -> None:
    rect = rect_of(fitted(fit, (w, h), (cw, ch)), Lay(x, y, scale, scale), (cw, ch), 1.0)
    found = cut(rect, (w, h), (cw, ch))
    if found is None:
        return
    for side, pixels in ((found.across, w), (found.down, h)):
        assert side.first % 2 == 0 and side.first >= 0 and side.taken >= 1 and side.first + side.taken <= pixels
        assert side.kept % 2 == side.skip % 2 == 0 and side.kept >= 2 and 0 <= side.skip <= side.size - side.kept
    assert found.left % 2 == found.top % 2 == 0
    assert found.left >= 0 and found.left + found.size[0] <= cw and found.top >= 0 and found.top + found.size[1] <= ch


@given(w=st.integers(200, 4000), cw=CANVAS, ratio=st.floats(1.1, 5))
def test_what_is_cut_lies_where_it_would_lie_uncut(w: int, cw: int, ratio: float) -> None:
    """Off by two px of the canvas at most: one for the place of the picture, one for that of its part."""
    rect = Rect(cw / 2, 50, cw * ratio, 100)
    found = cut(rect, (w, 100), (cw, 100))
    assert found is not None
    side, by = found.across, rect.w / w
    scale = side.size / side.taken
    off = side.skip - (cw * (ratio - 1) / 2 / by - side.first) * scale
    if 0 < side.first < w - side.taken and cw > 32:
        assert abs(off) <= 2.3 and abs(scale / by - 1) * side.kept <= 2.5


def test_what_fits_already_is_not_touched() -> None:
    found = cut(Rect(32, 24, 64, 48), (64, 48), (64, 48))
    assert found is not None and found.steps(64, 48) == []


def test_what_lies_outside_is_nothing() -> None:
    assert cut(Rect(-100, 24, 64, 48), (64, 48), (64, 48)) is None
    assert resampled(flat(0), Rect(-100, 24, 64, 48), (64, 48)) is None


def test_a_moving_picture_is_prepared_no_larger_than_it_is() -> None:
    assert base_size((100, 50), 3, (200, 100)) == (200, 100)
    assert base_size((100, 50), 1.5, (2000, 1000)) == (150, 76)
    assert base_size((100, 50), 0.5, (2000, 1000)) == (50, 24)
    assert even(0.2) == 2 and even(5) == 4 and even(7.2) == 8


def flat(shade: int, width: int = 16, height: int = 12) -> Picture:
    half = np.full((height // 2, width // 2), 128, np.uint8)
    return Picture(np.full((height, width), shade, np.uint8), half, half)


@given(x=st.floats(10, 50), y=st.floats(10, 38), rotation=st.floats(0, 360), w=st.floats(4, 30), h=st.floats(4, 30))
def test_area_and_middle_are_kept_wherever_it_is_laid(x: float, y: float, rotation: float, w: float, h: float) -> None:
    canvas = filled(96, 80, "#000000")
    found = resampled(flat(235), Rect(x + 16, y + 16, w, h, rotation), (96, 80))
    assert found is not None
    canvas.lay(found)
    light = (canvas.planes[0].astype(float) - 16) / 219
    rows, columns = np.mgrid[0:80, 0:96] + 0.5
    assert light.sum() == pytest.approx(w * h, rel=0.05, abs=2)
    assert (rows * light).sum() / light.sum() == pytest.approx(y + 16, abs=0.2)
    assert (columns * light).sum() / light.sum() == pytest.approx(x + 16, abs=0.2)


@pytest.mark.parametrize("color", ["#000000", "#ffffff", "#ff0000", "#00ff00", "#0000ff", "#123456", "#fedcba"])
def test_colours_are_those_of_bt709(color: str) -> None:
    red, green, blue, _ = color_of(color)
    y, u, v = yuv_of(color)
    light, cb, cr = (y - 16) / 219 * 255, (u - 128) / 224 * 255, (v - 128) / 224 * 255
    back = light + 1.5748 * cr, light - 0.1873 * cb - 0.4681 * cr, light + 1.8556 * cb
    assert back == pytest.approx((red, green, blue), abs=1.6)
    assert MATRIX.sum(axis=1) == pytest.approx([219 / 255, 0, 0], abs=1e-5)


def test_a_colour_that_is_none_is_black() -> None:
    assert color_of("red") == color_of("") == color_of("#12") == (0, 0, 0, 255) and color_of("#11223344")[3] == 0x44


@given(left=st.integers(-9, 9), top=st.integers(-9, 9), width=st.integers(1, 9), height=st.integers(1, 9))
def test_words_at_odd_places_get_an_even_frame_around(left: int, top: int, width: int, height: int) -> None:
    pixels = np.full((height, width, 4), 255, np.uint8)
    found = of_rgba(pixels, left, top)
    assert found.left % 2 == found.top % 2 == found.width % 2 == found.height % 2 == 0
    assert found.alpha is not None and int((found.alpha == 255).sum()) == width * height
    assert (found.alpha[top - found.top :, left - found.left :][:height, :width] == 255).all()


def test_multiplied_and_back_is_the_same_where_it_is_seen() -> None:
    rng = np.random.default_rng(1)
    picture = of_rgba(rng.integers(0, 255, (8, 8, 4), np.uint8))
    assert picture.alpha is not None
    back = straight(multiplied(picture))
    seen = picture.alpha > 60
    assert np.abs(back.y.astype(int) - picture.y)[seen].max() <= 3
    half = masked(picture, np.full((8, 8), 128, np.uint8))
    assert half.alpha is not None and np.abs(half.alpha.astype(float) - picture.alpha / 2).max() <= 1


def test_a_part_of_a_canvas_that_is_laid_twice_changes_once() -> None:
    """An opaque picture over another leaves nothing of what was below."""
    canvas = filled(16, 12, "#808080")
    canvas.lay(flat(200))
    canvas.lay(flat(90))
    assert (canvas.planes[0] == 90).all() and Fraction(canvas.width, canvas.height) == Fraction(4, 3)


def test_a_lying_film_on_an_upright_canvas_is_cut_to_a_fifth_of_a_pixel() -> None:
    """3412 px wide it begins 1166 px left of the canvas: places are even."""
    found = cut(Rect(540, 960, 1920 * 16 / 9, 1920), (1920, 1080), (1080, 1920))
    assert found is not None
    side, by = found.across, 3412 / 1920
    assert side.skip - (1166 / by - side.first) * by == pytest.approx(0, abs=0.2)
    assert side.size / side.taken == pytest.approx(by, rel=1e-3)
