"""MoviePy's effects beside their native twins, on one picture of 1080x1920; and how fast scenes are found.

MoviePy works on RGB arrays, the engine on the planes of a film; each is measured as it gets and gives its pictures.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial
from typing import Any

from benchmarks.measure import Result, in_turn

GROUP = "MoviePy's effects and their native twins, 1080x1920, one frame"
SIZE, DURATION = (1080, 1920), Fraction(2)
# the effect, its parameters, and the most of MoviePy's time that its twin may take
EFFECTS: tuple[tuple[str, Mapping[str, float], float], ...] = (
    ("MultiplyColor", {"factor": 1.2}, 0.8), ("GammaCorrection", {"gamma": 1.4}, 0.5),
    ("LumContrast", {"contrast": 0.3}, 0.5), ("BlackAndWhite", {}, 0.5), ("InvertColors", {}, 1.0),
    ("FadeIn", {"duration": 2.0}, 0.8), ("Margin", {"margin_size": 20.0}, 0.8),
    ("HeadBlur", {"fx": 500.0, "fy": 900.0, "radius": 120.0}, 1.0),
)
TWIN, THEIRS = "{}: the twin", "{}: MoviePy"


def measure(runs: int = 15) -> list[Result]:
    """Each effect both ways, in turn."""
    results: list[Result] = []
    for name, params, most in EFFECTS:
        native, moviepy = both(name, params)
        found = in_turn(runs, native=native, moviepy=moviepy)
        results.append(Result(GROUP, THEIRS.format(name), found["moviepy"], "ms"))
        results.append(Result(GROUP, TWIN.format(name), found["native"], "ms", THEIRS.format(name), most))
    return [*results, scenes()]


def both(name: str, params: Mapping[str, float]) -> tuple[Callable[[], float], Callable[[], float]]:
    """Milliseconds of the twin and of MoviePy, for the picture at a moment that differs each time."""
    import numpy as np
    from av.video.frame import VideoFrame
    from moviepy import VideoClip

    from studio.core.curve import Curve
    from studio.core.timeline import Effect
    from studio.media.video.acting import Acting
    from studio.media.video.chain import ENDING, TAGGED, Chains
    from studio.media.video.scripted.vocabulary import Around, moviepy_effect

    dice = np.random.default_rng(1)
    rgb = dice.integers(0, 256, (SIZE[1], SIZE[0], 3), dtype=np.uint8)
    chains = Chains()
    frame = chains.run("made", [*ENDING[:1], ("format", "yuv420p")], VideoFrame.from_ndarray(rgb, format="rgb24"))
    effect = Effect("e", f"moviepy.{name}", {field: Curve(value) for field, value in params.items()})
    clip = VideoClip(lambda t: rgb, duration=float(DURATION)).with_fps(30)
    made = clip.with_effects([moviepy_effect(effect, Around(SIZE, DURATION))])
    moments = iter(range(1, 1_000_000))
    native = partial(_drawn, Acting(chains, _failed), effect, frame, TAGGED, moments)
    return native, lambda: _timed(lambda: made.get_frame(next(moments) % 50 / 30))


def _drawn(acting: Any, effect: Any, frame: Any, tagged: Any, moments: Any) -> float:
    from studio.media.video.effects import Moment

    moment = Moment(Fraction(next(moments) % 50, 30), DURATION, *SIZE)

    def draw() -> None:
        seen = frame
        for early in (True, False):
            parts = acting.plan([effect], moment, early)
            seen = acting.run(("bench", early), seen, [tagged], parts) if parts else seen
    return _timed(draw)


def _failed(finding: Any) -> None:
    raise RuntimeError(finding)


def _timed(act: Callable[[], Any]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def scenes() -> Result:
    """How long looking for scenes takes in the film that scrubbing is measured with."""
    from benchmarks.scrub import RATE, SECONDS, film
    from studio.media.cutting.scenes import changes

    path = film()
    found = in_turn(3, all=lambda: _timed(lambda: changes(path)) / 1000)
    group, name = f"scenes of {SECONDS} s of 1080p", f"{SECONDS * RATE} frames looked at"
    return Result(group, name, found["all"], "s", most=SECONDS)
