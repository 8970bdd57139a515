"""Graphs of filters: set up once, kept while they are the same, let go when nobody needs them."""

from __future__ import annotations

import av
import numpy as np
import pytest

from studio.media.video.chain import IDLE, TAGGED, Chains
from studio.media.video.picture import planes


def frame(shade: int = 100, width: int = 64, height: int = 48) -> av.VideoFrame:
    made = av.VideoFrame(width, height, "yuv420p")
    for plane, value in zip(planes(made), (shade, 90, 200), strict=True):
        plane[...] = value
    return made


def test_a_graph_is_kept_while_its_steps_are_the_same() -> None:
    chains = Chains()
    for shade in (50, 60):
        assert planes(chains.run("a", [("negate", "")], frame(shade)))[0][0, 0] != shade
    assert len(chains._graphs) == 1
    assert planes(chains.run("a", [("hflip", "")], frame(70)))[0][0, 0] == 70
    chains.run("a", [("hflip", "")], frame(70, 32, 32))
    assert len(chains._graphs) == 2


def test_what_nobody_needs_is_let_go() -> None:
    chains = Chains(most=3)
    for name in "abcd":
        chains.run(name, [("hflip", "")], frame())
    assert len(chains._graphs) == 3
    for _ in range(IDLE + 2):
        chains.begin()
        chains.run("e", [("hflip", "")], frame())
    assert len(chains._graphs) == 1


def test_pixels_are_shared_and_the_frame_is_not() -> None:
    given = frame()
    given.pts = 5
    fresh = Chains().fresh(given)
    fresh.pts = 9
    assert given.pts == 5 and (planes(fresh)[0] == 100).all()


def test_upside_down_has_its_rows_in_order() -> None:
    given = frame()
    planes(given)[0][:24] = 10
    y = planes(Chains().run("a", [("vflip", "")], given))[0]
    assert (y[:24] == 100).all() and (y[24:] == 10).all()


def test_a_filter_that_waits_for_another_frame_gives_this_one() -> None:
    chains = Chains()
    for shade in (10, 20, 30):
        given = frame(shade)
        given.pts = shade
        assert planes(chains.run("a", [("estdif", "mode=frame")], given))[0][5, 5] == shade


@pytest.mark.parametrize("steps", [[("nosuch", "")], [("scale", "minus")], [("gblur", "sigma=-5")]])
def test_what_is_no_filter_raises_and_harms_nobody(steps: list[tuple[str, str]]) -> None:
    chains = Chains()
    with pytest.raises((av.error.FFmpegError, ValueError)):
        chains.run("a", steps, frame())
    assert (planes(chains.run("a", [TAGGED], frame()))[0] == 100).all()


def test_planes_are_views() -> None:
    given = frame(width=50)  # a width that leaves bytes between rows
    view = planes(given)[0]
    view[3, 7] = 1
    assert view.shape == (48, 50) and np.frombuffer(given.planes[0], np.uint8)[3 * given.planes[0].line_size + 7] == 1  # type: ignore[call-overload]
