"""Each transition against a plain statement of what it means."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from studio.core.curve import Curve
from studio.core.timeline import Clip, Transform, Transition
from studio.core.transitions import TRANSITIONS
from studio.media.video.transitions import DRAWN
from tests.media.video.films import drawn, luma, overlay, solid, timeline

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Plane = NDArray[np.uint8]

HALF = Fraction(1, 2)
DARK, LIGHT = luma("#303030"), luma("#d0d0d0")
SIZE = (64, 48)


def passing(kind: str, progress: float, canvas: tuple[int, int] = SIZE, **params: Any) -> Plane:
    """Luma in the middle of a transition from dark to light."""
    how = {name: value if isinstance(value, str) else Curve(float(value)) for name, value in params.items()}
    line = timeline(solid("#303030", id="a"), Transition("x", kind, HALF, HALF, how), solid("#d0d0d0", id="b"),
                    size=canvas)
    return drawn(line, 0.5 + progress)[0]


def test_every_declared_one_is_drawn_and_every_drawn_one_declared() -> None:
    assert set(DRAWN) == set(TRANSITIONS) and len(DRAWN) >= 12


@pytest.mark.parametrize("kind", TRANSITIONS)
def test_it_begins_with_the_one_and_ends_with_the_other(kind: str) -> None:
    assert np.abs(passing(kind, 0).astype(int) - DARK).mean() < 3
    assert np.abs(passing(kind, 0.999).astype(int) - LIGHT).mean() < 3


@pytest.mark.parametrize("kind", TRANSITIONS)
def test_it_looks_alike_at_any_size(kind: str) -> None:
    grains = {"size": 12.5} if kind == "dissolve" else {}  # of whole pixels at both sizes
    small, large = (passing(kind, 0.4, canvas, **grains) for canvas in ((64, 96), (256, 384)))
    means = large.reshape(96, 4, 64, 4).mean(axis=(1, 3))
    assert np.abs(means - small).mean() < 4


def test_one_that_nobody_knows_is_a_crossfade() -> None:
    assert (passing("from a later version", 0.3) == passing("crossfade", 0.3)).all()


@pytest.mark.parametrize(("direction", "light"), [
    ("right", (slice(None), slice(0, 16))), ("left", (slice(None), slice(48, 64))),
    ("down", (slice(0, 12), slice(None))), ("up", (slice(36, 48), slice(None))),
])
def test_a_wipe_uncovers_from_one_side(direction: str, light: tuple[slice, slice]) -> None:
    wanted = np.full((48, 64), DARK)
    wanted[light] = LIGHT
    found = passing("wipe", 0.25, direction=direction, softness=0)
    assert (found != wanted).mean() < 0.05  # the edge itself


@pytest.mark.parametrize("kind", ["push", "slide", "reveal"])
def test_what_slides_is_half_way_in_the_middle(kind: str) -> None:
    found = passing(kind, 0.5, direction="left")
    assert (found[:, :32] == DARK).all() and (found[:, 32:] == LIGHT).all()


def test_a_push_moves_both_and_a_slide_only_what_comes() -> None:
    edge = Clip("a", Fraction(1), "solid", color="#303030")
    mark = Clip("m", Fraction(1), "solid", color="#ffffff", transform=Transform(x=Curve(-24), scale=Curve(0.25)))

    def marked(kind: str) -> bool:
        transition = Transition("x", kind, HALF, HALF, {"direction": "left"})
        line = timeline(edge, solid("#303030", 1, id="b"),
                        above=[overlay(mark, transition, solid("#00000000", 1, id="c", fit="contain"))])
        return bool((drawn(line, 1.0)[0][:, :8] > 200).any())

    assert marked("slide") and not marked("push")


@pytest.mark.parametrize(("kind", "shade"), [("dip_black", 16), ("dip_white", 235)])
def test_a_dip_is_all_of_its_colour_in_the_middle(kind: str, shade: int) -> None:
    assert (passing(kind, 0.5) == shade).all()
    assert abs(int(passing(kind, 0.25)[0, 0]) - (DARK + shade) / 2) <= 1
    assert abs(int(passing(kind, 0.75)[0, 0]) - (LIGHT + shade) / 2) <= 1


def test_a_circle_opens_from_the_middle_and_closes_to_it() -> None:
    opening, closing = (passing("circle", 0.3, way=way, softness=0) for way in ("open", "close"))
    assert opening[24, 32] == LIGHT and opening[0, 0] == DARK
    assert closing[24, 32] == DARK and closing[0, 0] == LIGHT


def test_a_clock_goes_round_from_the_top() -> None:
    found = passing("clock", 0.25, softness=0)
    assert found[8, 48] == LIGHT and found[40, 48] == DARK and found[40, 16] == DARK and found[8, 16] == DARK


def test_a_zoom_does_not_show_what_lies_beside_the_picture() -> None:
    for kind in ("zoom", "zoom_out"):
        for progress in (0.1, 0.5, 0.9):
            assert passing(kind, progress).min() >= DARK - 1


def test_only_what_is_on_the_track_takes_part() -> None:
    """A picture in picture that wipes leaves what lies beside it alone."""
    small = Transform(scale=Curve(0.5))
    over = overlay(solid("#303030", id="a", transform=small), Transition("x", "wipe", HALF, HALF),
                   solid("#d0d0d0", id="b", transform=small))
    y, _, _ = drawn(timeline(solid("#ff0000", 2), above=[over]), 1.0)
    outside = np.ones((48, 64), bool)
    outside[12:36, 16:48] = False
    assert (y[outside] == luma("#ff0000")).all() and DARK in y[12:36, 16:48] and LIGHT in y[12:36, 16:48]
