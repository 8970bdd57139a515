"""Colours, boxes, outlines and shadows as pixels."""

from __future__ import annotations

import numpy as np
import pytest

from studio.core.title import TextStyle, Title, scaled
from studio.media.lettering.layout import layout
from studio.media.lettering.painting import Drawn, paint, rgba

CANVAS = (540, 960)


def painted(style: TextStyle, text: str = "Hi", canvas: tuple[int, int] = CANVAS) -> Drawn:
    laid = layout(Title(text, style), CANVAS)
    assert laid is not None
    scale = canvas[0] / CANVAS[0]
    found = paint(laid, scaled(style, scale), canvas, scale)
    assert found is not None
    return found


def has(found: Drawn, color: tuple[int, int, int]) -> bool:
    solid = found.rgba[found.rgba[..., 3] > 250][:, :3].astype(int)
    return bool((np.abs(solid - color).max(axis=1) < 3).any())


def test_every_part_has_its_colour():
    style = TextStyle(size=60, color="#ff0000", outline="#00ff00", outline_width=8, shadow="", box="#0000ff")
    found = painted(style)
    assert has(found, (255, 0, 0)) and has(found, (0, 255, 0)) and has(found, (0, 0, 255))


def test_a_box_is_as_large_as_it_says_with_round_corners():
    found = painted(TextStyle(size=60, shadow="", color="#ffffff", box="#000000", box_padding=40, box_radius=20))
    alpha = found.rgba[..., 3]
    assert alpha[1, 1] == 0 and alpha[1, alpha.shape[1] // 2] == 255 and alpha[alpha.shape[0] // 2, 1] == 255
    half = painted(TextStyle(size=60, box="#00000080", shadow=""))
    assert 120 <= np.median(half.rgba[..., 3]) <= 130


def test_a_shadow_is_soft_below_and_of_its_own_colour():
    plain = painted(TextStyle(size=60, shadow=""))
    soft = painted(TextStyle(size=60, shadow="#000000", shadow_blur=12, shadow_offset=10))
    assert soft.top + soft.rgba.shape[0] > plain.top + plain.rgba.shape[0] + 8
    below = soft.rgba[-5:]
    assert 0 < below[..., 3].max() < 200 and below[below[..., 3] > 0][:, :3].max() < 40


def test_emoji_keep_their_colours():
    found = painted(TextStyle(size=80, color="#ffffff", shadow=""), "😀")
    if np.ptp(found.rgba[..., :3][found.rgba[..., 3] > 200].astype(int), axis=1).max() < 30:
        pytest.skip("this machine has no coloured emoji")
    assert found.rgba.shape[0] > 60 and abs(found.left + found.rgba.shape[1] / 2 - 270) < 4


def test_the_edges_are_smooth_and_the_alpha_is_straight():
    found = painted(TextStyle(size=60, color="#ffffff", shadow=""), "O")
    edge = (found.rgba[..., 3] > 0) & (found.rgba[..., 3] < 255)
    assert edge.sum() > 20 and (found.rgba[edge][:, :3] == 255).all()


@pytest.mark.parametrize(("text", "wanted"), [
    ("#ff8000", (255, 128, 0, 255)), ("#ff800080", (255, 128, 0, 128)), ("", (255,) * 4),
    ("red", (255,) * 4), ("#gggggg", (255,) * 4),
])  # fmt: skip
def test_colours(text, wanted):
    assert rgba(text) == wanted
