"""MoviePy's effects that move a clip or its time, on the timeline: held to MoviePy's own composite."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from moviepy import CompositeVideoClip, VideoClip
from numpy.typing import NDArray

from studio.core.timeline import Source
from studio.media.video.scripted.vocabulary import Around, moviepy_effect
from tests.media.ssim import ssim
from tests.media.video import films
from tests.media.video.scripted.test_baking import COUNT, SIZE, effect, line, picture, shown

DURATION = Fraction(3, 2)
CASES: list[tuple[str, Mapping[str, Any], tuple[float, ...], float]] = [
    ("CrossFadeIn", {"duration": 0.8}, (0.0, 0.3, 0.7, 1.2), 1.5),
    ("CrossFadeOut", {"duration": 1.0}, (0.2, 0.8, 1.4), 1.5),
    ("FadeIn", {"duration": 0.5, "initial_color": "#ffe000"}, (0.0, 0.2, 0.4, 0.6), 1.5),
    ("FadeOut", {"duration": 0.5}, (0.2, 1.1, 1.4), 1.5),
    ("Blink", {"duration_on": 0.2, "duration_off": 0.3}, (0.0, 0.1, 0.2, 0.4, 0.5, 1.1, 1.3), 1.5),
    *[("SlideIn", {"duration": 1.0, "side": side}, (0.0, 0.25, 0.5, 1.2), 1.5) for side in ("left", "right", "top",
                                                                                            "bottom")],
    *[("SlideOut", {"duration": 1.0, "side": side}, (0.2, 0.75, 1.0), 1.5) for side in ("left", "right", "top",
                                                                                       "bottom")],
    ("Resize", {"new_size": 0.5}, (0.3,), 1.5),
    ("Resize", {"width": 48.0, "height": 48.0}, (0.3,), 1.5),
    ("Resize", {"height": 32.0}, (0.3,), 1.5),
    ("Crop", {"x1": 24.0, "y1": 16.0, "x2": 72.0, "y2": 48.0}, (0.4,), 1.5),
    ("Scroll", {"w": 48.0, "h": 32.0, "x_speed": 20.0}, (0.0, 0.7), 1.5),
    ("TimeMirror", {}, (0.0, 0.1, 0.7, 1.4), 1.5),
    ("TimeSymmetrize", {}, (0.0, 0.3, 0.9, 1.3), 0.75),
    ("Loop", {"n": 3}, (0.0, 0.4, 0.5, 1.1), 0.5),
    ("MultiplySpeed", {"factor": 0.5}, (0.0, 0.4, 1.4), 1.5),
    ("Freeze", {"t": 0.4, "freeze_duration": 0.5}, (0.2, 0.5, 0.8, 1.0, 1.4), 1.5),
    ("AccelDecel", {"abruptness": 1.5}, (0.0, 1.0, 1.4), 1.5),
]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Source:
    return films.film(tmp_path_factory.mktemp("film") / "moving.mkv", [picture(n) for n in range(COUNT)], fmt="yuv420p")


@pytest.fixture(scope="module")
def decoded(source: Source) -> list[NDArray[np.uint8]]:
    """The frames as the engine shows them."""
    plain = line(source, seconds=COUNT / 10)
    return [shown(plain, n / 10) for n in range(COUNT)]


def moviepys(frames: list[NDArray[np.uint8]], made: Any, t: float, given: float) -> NDArray[np.uint8]:
    """MoviePy's clip in the middle of a black canvas, as its users would lay it, grown as our fit lays it."""
    clip = VideoClip(lambda at: frames[min(COUNT - 1, int(at * 10 + 1e-4))], duration=given).with_fps(10)
    placed = clip.with_effects([made])
    if type(made).__name__ in ("Crop", "Scroll"):
        placed = placed.resized(new_size=SIZE)
    if not type(made).__name__.startswith("Slide"):
        placed = placed.with_position("center")
    return np.asarray(CompositeVideoClip([placed], size=SIZE, bg_color=(0, 0, 0)).get_frame(t)).astype(np.uint8)


@pytest.mark.parametrize(("name", "params", "moments", "given"), CASES,
                         ids=[f"{n}-{case[0]}" for n, case in enumerate(CASES)])
def test_the_timeline_shows_what_moviepy_composes(
    name: str, params: Mapping[str, Any], moments: tuple[float, ...], given: float, source: Source,
    decoded: list[NDArray[np.uint8]],
) -> None:
    one = effect(name, **params)
    timeline = line(source, one)
    for t in moments:
        made = moviepy_effect(one, Around(SIZE, Fraction(given).limit_denominator(100)))
        assert ssim(shown(timeline, t), moviepys(decoded, made, t, given)) >= 0.98, t


def test_a_smaller_drawing_is_the_same_picture(source: Source) -> None:
    from studio.media.video.compositor import Compositor

    for name, params, moments, _ in CASES:
        timeline = line(source, effect(name, **params))
        compositor = Compositor(lambda one: Path(one.path))
        t = Fraction(moments[-1]).limit_denominator(100)
        large = compositor.picture(timeline, t, (SIZE[0] * 2, SIZE[1] * 2))
        small = compositor.picture(timeline, t)
        compositor.close()
        assert ssim(np.asarray(large.resize(SIZE)), np.asarray(small)) >= 0.9, name
