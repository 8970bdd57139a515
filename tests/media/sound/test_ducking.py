"""Music under speech."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from studio.core.timeline import Clip, Gap, Timeline, Track
from studio.media.sound.ducking import ATTACK, DEPTH, HOLD, HOP, RELEASE, depth
from studio.media.sound.mixer import Mixer
from tests.media.sound.sounds import source, tone, where, written

F = Fraction
RATE = 48_000


@pytest.fixture
def talk(tmp_path: Path) -> Timeline:
    """Music for ten seconds; somebody speaks from 3 to 5, with a breath in the middle."""
    music = written(tmp_path / "music.wav", tone(2000, 0.2), seconds=10)
    voice = written(tmp_path / "voice.wav", lambda t: 0.3 * np.sin(2 * np.pi * 200 * t) * (np.abs(t - 1) > 0.15),
                    seconds=2)
    return Timeline("x", tracks=(
        Track("v", "voice", (Gap(F(3)), Clip("v", F(2), source="v"))),
        Track("m", "music", (Clip("m", F(10), source="m"),), duck=True),
    ), sources={"m": source(music, "m"), "v": source(voice, "v")})


def loudness(heard: np.ndarray) -> np.ndarray:
    """The music's level in dB, every 10 ms."""
    beats = heard[: len(heard) // HOP * HOP, 0].reshape(-1, HOP)
    wave = np.exp(-2j * np.pi * 2000 * np.arange(HOP) / RATE)
    return 20 * np.log10(np.abs(beats @ wave) * 2 / HOP / 0.2)


def test_music_is_down_before_the_first_word_and_up_a_while_after_the_last(talk: Timeline) -> None:
    levels = loudness(Mixer(where).block(talk, 0, 10 * RATE))
    assert np.abs(levels[: 300 - ATTACK - 5]).max() < 0.1
    assert np.allclose(levels[303:495], DEPTH, atol=0.3)  # through the breath, too
    assert levels[300] < DEPTH + 1 and np.all(np.diff(levels[270:300]) < 0.2)
    assert np.abs(levels[500 + HOLD + RELEASE + 5 :]).max() < 0.1 and levels[500 + HOLD + RELEASE // 2] < -3


def test_the_same_for_blocks_of_any_size(talk: Timeline) -> None:
    whole = Mixer(where).block(talk, 0, 10 * RATE)
    mixer = Mixer(where)
    for first, count in ((7 * RATE + 5, 100), (2 * RATE + 40_001, 30_000), (3 * RATE - 1, 1)):
        assert np.array_equal(mixer.block(talk, first, count), whole[first : first + count])


def test_without_a_voice_track_the_main_one_speaks(talk: Timeline) -> None:
    voice, music = talk.tracks
    spoken = Timeline("x", tracks=(Track("m", "main", voice.items), music), sources=talk.sources)
    assert loudness(Mixer(where).block(spoken, 0, 5 * RATE))[400] == pytest.approx(DEPTH, abs=0.3)
    alone = Timeline("x", tracks=(music,), sources=talk.sources)
    assert np.abs(loudness(Mixer(where).block(alone, 0, 5 * RATE))).max() < 0.1


def test_a_click_is_no_word(tmp_path: Path, talk: Timeline) -> None:
    click = written(tmp_path / "click.wav", lambda t: np.where(np.abs(t - 1) < 0.004, 0.5, 0.0), seconds=2)
    clicked = Timeline("x", tracks=talk.tracks, sources={**talk.sources, "v": source(click, "v")})
    assert np.abs(loudness(Mixer(where).block(clicked, 5 * RATE, RATE))).max() < 0.1


def test_depth_is_a_function_of_what_is_near() -> None:
    spoken = np.zeros(1000, bool)
    spoken[500:510] = True
    assert depth(spoken)[500:510].min() == 1 and depth(spoken)[: 500 - ATTACK].max() == 0
    assert np.array_equal(depth(spoken[300:800]), depth(spoken)[300:800])
