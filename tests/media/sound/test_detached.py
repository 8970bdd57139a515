"""Sound taken off its picture sounds as it did."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np

from studio.core.curve import Curve, Key
from studio.core.edits.arrange import detach
from studio.core.timeline import Clip, Effect, Gap, Sound, Source, Timeline, Track
from studio.media.sound.mixer import Mixer
from tests.media.sound.sounds import where, written

F = Fraction
RATE = 48_000


def test_detached_sound_is_what_it_was(tmp_path: Path) -> None:
    path = written(tmp_path / "a.mp4", codec="aac", picture=True)
    clip = Clip(
        "a", F(2), source="s", start=F(1, 3), speed=F(5, 4), effects=(Effect("e", "echo"), Effect("f", "equalizer")),
        sound=Sound(Curve(keys=(Key(F(0), -12.0), Key(F(1), 0.0))), fade_in=F(1, 4), fade_out=F(1, 2)),
    )
    source = Source("s", str(path), "video", width=64, height=64, duration=F(4), rate=F(10), sound=True)
    made = Timeline("x", tracks=(Track("m", "main", (Gap(F(1, 2)), clip)),), sources={"s": source})
    apart = detach(made, "a")
    assert len(apart.tracks) == 2
    before, after = (Mixer(where).block(each, 0, 3 * RATE) for each in (made, apart))
    assert np.abs(before).max() > 0.1 and np.array_equal(before, after)
