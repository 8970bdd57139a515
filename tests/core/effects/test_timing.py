"""Which moment is seen, held to MoviePy's own effects of time."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import moviepy.video.fx as vfx
import numpy as np
import pytest
from moviepy import VideoClip

from studio.core.curve import Curve
from studio.core.effects.timing import TIME_MAPS, bounded, shown
from studio.core.timeline import Effect

RATE, DURATION = 25, Fraction(4)
FRAME = Fraction(1, RATE)


def clock(duration: float) -> VideoClip:
    """A film whose one pixel tells the number of its frame."""
    clip = VideoClip(lambda t: np.full((1, 1, 3), int(t * RATE + 1e-6), np.int64), duration=duration)
    return clip.with_fps(RATE)


def effect(name: str, **params: float | bool) -> Effect:
    made: Mapping[str, Curve | bool | str] = {
        key.replace("__", "."): value if isinstance(value, bool) else Curve(value) for key, value in params.items()
    }
    return Effect("e", f"moviepy.{name}", made)


# (ours, MoviePy's, seconds of the clip that MoviePy gets)
CASES = {
    "AccelDecel": (effect("AccelDecel", abruptness=2.0, soonness=1.5), vfx.AccelDecel(None, 2.0, 1.5), 4.0),
    "AccelDecel shorter": (effect("AccelDecel", new_duration=2), vfx.AccelDecel(2.0), 4.0),
    "MultiplySpeed": (effect("MultiplySpeed", factor=1.5), vfx.MultiplySpeed(1.5), 6.0),
    "MultiplySpeed slower": (effect("MultiplySpeed", factor=0.4), vfx.MultiplySpeed(0.4), 4.0),
    "MultiplySpeed by length": (effect("MultiplySpeed", final_duration=8), vfx.MultiplySpeed(None, 8.0), 4.0),
    "Freeze": (effect("Freeze", t=1, freeze_duration=1.2), vfx.Freeze(1.0, 1.2), 4.0),
    "Freeze at the end": (effect("Freeze", t__end=True, padding_end=1, freeze_duration=1),
                          vfx.Freeze("end", 1.0, padding_end=1.0), 4.0),
    "Freeze to a total": (effect("Freeze", t=1, freeze_duration=0, total_duration=5.0),
                          vfx.Freeze(1.0, total_duration=5.0), 4.0),
    "Loop": (effect("Loop", n=4), vfx.Loop(4), 1.0),
    "TimeMirror": (effect("TimeMirror"), vfx.TimeMirror(), 4.0),
    "TimeSymmetrize": (effect("TimeSymmetrize"), vfx.TimeSymmetrize(), 2.0),
}


@pytest.mark.parametrize("case", CASES)
def test_each_frame_is_moviepys(case: str) -> None:
    ours, theirs, given = CASES[case]
    made = clock(given).with_effects([theirs])
    last = min(float(DURATION), made.duration)
    nudge = Fraction(1, 1000)  # moments between frames, where MoviePy's floats and our fractions cannot differ
    for n in range(int(last * RATE)):
        at = n * FRAME + nudge
        seen = int(made.get_frame(float(at))[0, 0, 0])
        said = shown(ours, at, DURATION, FRAME) * RATE
        assert abs(int(said) - seen) <= (1 if "Accel" in case else 0), f"frame {n}: {float(said)} and {seen}"


def test_every_map_is_an_effects_and_other_effects_change_no_time() -> None:
    assert shown(effect("InvertColors"), Fraction(1), DURATION, FRAME) == 1
    for name in TIME_MAPS:
        for at in (Fraction(-1), Fraction(0), DURATION, DURATION * 3):
            assert isinstance(shown(effect(name), at, DURATION, FRAME), Fraction)


def test_values_beyond_their_bounds_are_brought_back() -> None:
    wild = effect("AccelDecel", soonness=-5.0, abruptness=-9.0, new_duration=-1.0)
    for at in (Fraction(0), Fraction(1), DURATION):
        assert 0 <= shown(wild, at, DURATION, FRAME) <= DURATION
    assert shown(effect("MultiplySpeed", factor=-3.0), Fraction(1), DURATION, FRAME) == Fraction(1, 100)


def test_what_is_no_number_is_as_if_it_were_not_there() -> None:
    assert bounded(Effect("e", "moviepy.MultiplyVolume", {"factor": "loud"}), "factor") == 1.0
    assert bounded(Effect("e", "moviepy.MultiplyVolume", {"factor": Curve(float("nan"))}), "factor") == 0.0
    assert bounded(Effect("e", "moviepy.MultiplyVolume", {"factor": Curve(float("inf"))}), "factor") == 10.0


def test_the_last_frame_stays_where_a_loop_ended() -> None:
    looped = effect("Loop", n=2, duration=2.0)
    assert shown(looped, Fraction(3), DURATION, FRAME) == 1


def test_a_clip_without_a_length_is_left_alone() -> None:
    assert shown(effect("TimeMirror"), Fraction(1), Fraction(0), FRAME) == 1
