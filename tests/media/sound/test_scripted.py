"""Effects on sound, held to MoviePy's own samples."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any

import moviepy.audio.fx as afx
import moviepy.video.fx as vfx
import numpy as np
import pytest
from moviepy import VideoClip
from moviepy.audio.AudioClip import AudioArrayClip

from studio.core.curve import Curve, Key
from studio.core.effects import scripted
from studio.core.timeline import Effect
from studio.media.sound.scripted import Read, Samples, through, touches

RATE = 8000
FRAME = Fraction(1, 25)


def tone(seconds: float) -> Samples:
    """Left rises in pitch, right is another tone, and both grow louder: every moment is told from every other."""
    t = np.arange(round(seconds * RATE)) / RATE
    both = np.stack([np.sin(300 * t * (1 + t)), np.cos(900 * t)], axis=1) * (0.1 + 0.2 * t[:, None])
    return both.astype(np.float32)


def reading(samples: Samples) -> Read:
    """Any stretch of a sound in memory, silent outside it."""
    def read(start: int, count: int) -> Samples:
        places = np.arange(start, start + count)
        inside = (places >= 0) & (places < len(samples))
        out = np.zeros((count, 2), np.float32)
        out[inside] = samples[places[inside]]
        return out
    return read


def effect(name: str, **params: float) -> Effect:
    made: Mapping[str, Curve] = {key: Curve(value) for key, value in params.items()}
    return Effect("e", f"moviepy.{name}", made)


def moviepys(samples: Samples, effects: Any, count: int) -> Samples:
    clip = AudioArrayClip(samples.astype(np.float64), RATE).with_effects([effects])
    heard: Samples = clip.get_frame((np.arange(count) + 0.02) / RATE).astype(np.float32)
    return heard


# (ours, MoviePy's, seconds of sound that MoviePy gets; ours lasts 2 s)
CASES = {
    "AudioFadeIn": (effect("AudioFadeIn", duration=0.7), lambda: afx.AudioFadeIn(0.7), 2.0),
    "AudioFadeOut": (effect("AudioFadeOut", duration=0.9), lambda: afx.AudioFadeOut(0.9), 2.0),
    "AudioDelay": (effect("AudioDelay", offset=0.25, n_repeats=3, decay=0.2),
                   lambda: afx.AudioDelay(0.25, 3, 0.2), 2.0),
    "AudioLoop": (effect("AudioLoop", n_loops=4), lambda: afx.AudioLoop(4), 0.5),
    "AudioNormalize": (effect("AudioNormalize"), lambda: afx.AudioNormalize(), 2.0),
    "MultiplyVolume": (effect("MultiplyVolume", factor=0.3), lambda: afx.MultiplyVolume(0.3), 2.0),
    "MultiplyVolume for a while": (effect("MultiplyVolume", factor=0.3, start_time=0.5, end_time=1.25),
                                   lambda: afx.MultiplyVolume(0.3, 0.5, 1.25), 2.0),
    "MultiplyStereoVolume": (effect("MultiplyStereoVolume", left=0.2, right=1.5),
                             lambda: afx.MultiplyStereoVolume(0.2, 1.5), 2.0),
    "Loop": (effect("Loop", n=2), lambda: vfx.Loop(2), 1.0),
    "MultiplySpeed": (effect("MultiplySpeed", factor=1.25), lambda: vfx.MultiplySpeed(1.25), 2.5),
    "TimeMirror": (effect("TimeMirror"), lambda: vfx.TimeMirror(), 2.0),
}


@pytest.mark.parametrize("case", CASES)
def test_the_samples_are_moviepys(case: str) -> None:
    ours, theirs, given = CASES[case]
    made = moviepys(tone(given), theirs(), 2 * RATE)
    heard = through([ours], reading(tone(given)), Fraction(2), RATE, FRAME)(0, 2 * RATE)
    rough = 0.08 if case == "MultiplySpeed" else 1e-3  # MoviePy takes the nearest sample, we go between them
    off = np.abs(heard - made).max(axis=1) > rough
    assert off.sum() <= 2  # a sample that lies on an edge may be on either side of it


@pytest.mark.parametrize("case", CASES)
def test_blocks_of_any_length_say_the_same_as_one(case: str) -> None:
    ours, _, given = CASES[case]
    read = through([ours], reading(tone(given)), Fraction(2), RATE, FRAME)
    whole = read(0, 2 * RATE)
    edges = [0, 1, 977, 977, 4000, 4001, 12_345, 2 * RATE]
    parts = [read(a, b - a) for a, b in pairwise(edges)]
    assert np.allclose(np.concatenate(parts), whole, atol=1e-6)


def test_a_seamless_loop_sounds_as_moviepys() -> None:
    sound = tone(2.5)
    clip = VideoClip(lambda t: np.zeros((2, 2, 3), np.uint8), duration=2.5)
    clip = clip.with_audio(AudioArrayClip(sound.astype(np.float64), RATE))
    made = clip.with_effects([vfx.MakeLoopable(0.5)]).audio.get_frame((np.arange(2 * RATE) + 0.02) / RATE)
    heard = through([effect("MakeLoopable", overlap_duration=0.5)], reading(sound), Fraction(2), RATE, FRAME)
    assert (np.abs(heard(0, 2 * RATE) - made).max(axis=1) > 1e-3).sum() <= 2


def test_every_effect_on_sound_has_a_twin() -> None:
    for spec in scripted.EFFECTS:
        if spec.domain == "sound":
            assert touches([Effect("e", spec.name)]), spec.name


def test_one_that_is_off_is_passed_over() -> None:
    off = Effect("e", "moviepy.MultiplyVolume", {"factor": Curve(0.0)}, enabled=False)
    assert not touches([off])
    read = reading(tone(1))
    assert through([off], read, Fraction(1), RATE, FRAME) is read


def test_silence_is_not_made_louder() -> None:
    read = through([effect("AudioNormalize")], reading(np.zeros((RATE, 2), np.float32)), Fraction(1), RATE, FRAME)
    assert not read(0, RATE).any()


def test_a_frozen_picture_is_silent_and_what_follows_comes_later() -> None:
    sound = tone(2)
    read = through([effect("Freeze", t=0.5, freeze_duration=0.25)], reading(sound), Fraction(2), RATE, FRAME)
    heard = read(0, 2 * RATE)
    assert np.array_equal(heard[: RATE // 2], sound[: RATE // 2])
    assert not heard[RATE // 2 : RATE * 3 // 4].any()
    assert np.array_equal(heard[RATE * 3 // 4 :], sound[RATE // 2 : -RATE // 4])


def test_forwards_and_back() -> None:
    sound = tone(2)
    heard = through([effect("TimeSymmetrize")], reading(sound), Fraction(2), RATE, FRAME)(0, 2 * RATE)
    assert np.array_equal(heard[:RATE], sound[:RATE])
    assert np.array_equal(heard[RATE:], sound[:RATE][::-1])


def test_a_volume_with_key_frames_moves() -> None:
    rising = Curve(keys=(Key(Fraction(0), 0.0), Key(Fraction(1), 1.0)))
    ones = np.ones((RATE, 2), np.float32)
    moving = Effect("e", "moviepy.MultiplyVolume", {"factor": rising})
    heard = through([moving], reading(ones), Fraction(1), RATE, FRAME)(0, RATE)
    assert np.allclose(heard[:, 0], np.arange(RATE) / RATE, atol=1e-4)
