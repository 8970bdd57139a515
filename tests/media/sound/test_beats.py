"""Beats of synthetic music, within one frame of where they are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from studio.media.sound.beats import beats
from tests.media.sound.sounds import Wave, sweep, tone, written

FRAME = 1 / 30


def drums(bpm: float, first: float = 0.3) -> Wave:
    """A bass drum on each beat, a hat on each half, and a chord that changes every four."""
    def wave(t: np.ndarray) -> np.ndarray:
        beat = 60 / bpm
        since = np.where(t >= first, (t - first) % beat, 9.0)
        half = np.where(t >= first, (t - first) % (beat / 2), 9.0)
        random = np.random.default_rng(1).standard_normal(len(t))
        chord = 220 * 2 ** (np.floor((t - first) / beat / 4) % 4 * 3 / 12)
        return (0.6 * np.exp(-since * 30) * np.sin(2 * np.pi * 60 * since)
                + 0.12 * np.exp(-half * 90) * random + 0.08 * np.sin(2 * np.pi * chord * t))
    return wave


@pytest.mark.parametrize(("bpm", "rate"), [(80, 48_000), (96, 44_100), (120, 48_000), (128, 22_050), (150, 48_000)])
def test_every_beat_is_within_a_frame(tmp_path: Path, bpm: int, rate: int) -> None:
    found, moments = beats(written(tmp_path / "a.wav", drums(bpm), seconds=16, rate=rate))
    assert found == pytest.approx(bpm, rel=0.01)
    due = np.arange(0.3, 16, 60 / bpm)
    away = [min(abs(float(moment) - at) for moment in moments) for at in due]
    assert max(away[1:-1]) < FRAME and abs(len(moments) - len(due)) <= 1
    assert max(min(abs(float(moment) - at) for at in due) for moment in moments) < FRAME


def test_slow_and_very_fast_music_may_be_counted_double_or_half(tmp_path: Path) -> None:
    for bpm in (66, 174):
        found, moments = beats(written(tmp_path / "a.wav", drums(bpm), seconds=16))
        assert min(abs(found / bpm - times) for times in (0.5, 1, 2)) < 0.01
        grid = 60 / bpm / 2
        assert max(abs((float(moment) - 0.3 + grid / 2) % grid - grid / 2) for moment in moments) < FRAME


def test_music_that_grows_faster(tmp_path: Path) -> None:
    times = np.cumsum(60 / np.linspace(105, 118, 30)) + 0.2

    def wave(t: np.ndarray) -> np.ndarray:
        since = t - times[np.maximum(0, np.searchsorted(times, t, "right") - 1)]
        return np.where(since >= 0, 0.7 * np.exp(-np.abs(since) * 40) * np.sin(2 * np.pi * 180 * since), 0)

    _, moments = beats(written(tmp_path / "a.wav", wave, seconds=17))
    assert max(min(abs(float(moment) - at) for moment in moments) for at in times[1:28]) < FRAME


def test_plain_clicks_and_nothing(tmp_path: Path) -> None:
    def click(t: np.ndarray) -> np.ndarray:
        return np.where(t % 0.5 < 0.003, 0.8, 0.0)

    bpm, moments = beats(written(tmp_path / "click.wav", click, seconds=8))
    assert bpm == pytest.approx(120, rel=0.01)
    assert max(abs(float(moment) - round(float(moment) * 2) / 2) for moment in moments) < FRAME
    assert beats(written(tmp_path / "tone.mp3", tone(400), seconds=20, codec="libmp3lame")) == (0.0, [])
    assert beats(written(tmp_path / "none.wav", np.zeros_like, seconds=4)) == (0.0, [])
    assert beats(written(tmp_path / "tiny.wav", sweep, seconds=0.001)) == (0.0, [])
    assert beats(written(tmp_path / "short.wav", sweep, seconds=0.2)) == (0.0, [])
