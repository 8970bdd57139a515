"""What the painter draws: every part of a picture where its box says, and nothing but the bundled fonts."""

from __future__ import annotations

import numpy as np
import pytest

from studio import platforms
from studio.core.card import Box, Card
from studio.core.post import Media
from tests.previews.painting import Album, lay_out, paint, pixels
from tests.previews.samples import picture, post

SURFACES = [(p.id, s.id) for p in platforms.every().values() for s in p.surfaces]
FOCUS = (0.2, 0.8)
CASES = {
    "one tall": (picture(1, 9 / 16, focus=FOCUS),), "one wide": (picture(1, 2.35),),
    "three": tuple(picture(n, ratio) for n, ratio in ((1, 4 / 3), (2, 3 / 4), (3, 1.0))),
    "nine": tuple(picture(n, (0.5, 1.0, 2.0)[n % 3]) for n in range(1, 10)),
}


@pytest.fixture(autouse=True)
def _application(qapp):
    """The window's own application: there can be only one."""


@pytest.mark.parametrize("media", CASES.values(), ids=CASES.keys())
@pytest.mark.parametrize(("platform", "surface"), SURFACES, ids=["-".join(pair) for pair in SURFACES])
def test_a_picture_shows_the_part_its_box_says(platform: str, surface: str, media: tuple[Media, ...]) -> None:
    card = lay_out(post(platform, "x", media), surface, "zh_CN")
    seen = pixels(paint(card, Album(media, places=True), "zh_CN"))
    for box in card.boxes:
        if box.kind == "image" and box.media and min(box.w, box.h) >= 24:
            assert_shows(card, box, seen)


def assert_shows(card: Card, box: Box, seen: np.ndarray) -> None:
    """At points of the box that nothing else covers, the colour is the place in the picture."""
    x, y, w, h = box.crop or (0.0, 0.0, 1.0, 1.0)
    free = measured = 0
    for across, down in ((0.2, 0.2), (0.8, 0.2), (0.5, 0.5), (0.2, 0.8), (0.8, 0.8)):
        at = box.x + box.w * across, box.y + box.h * down
        if covered(card, box, *at) or in_a_corner(box, *at):
            continue
        free += 1
        blue, green, red, _ = (int(v) for v in seen[int(at[1]), int(at[0])])
        if blue > 24:  # a shade or a letter of the card lies here
            continue
        measured += 1
        assert red / 255 == pytest.approx(x + w * across, abs=0.02 + 1.5 * w / box.w), box
        assert green / 255 == pytest.approx(y + h * down, abs=0.02 + 1.5 * h / box.h), box
    assert 2 * measured >= free, box


def covered(card: Card, box: Box, x: float, y: float) -> bool:
    """Whether a later box lies on that point."""
    later = card.boxes[card.boxes.index(box) + 1 :]
    return any(b.x - 2 <= x <= b.x + b.w + 2 and b.y - 2 <= y <= b.y + b.h + 2 for b in later)


def in_a_corner(box: Box, x: float, y: float) -> bool:
    """Whether the box's round corner may cut that point off."""
    across, down = min(x - box.x, box.x + box.w - x), min(y - box.y, box.y + box.h - y)
    return across < box.radius and down < box.radius
