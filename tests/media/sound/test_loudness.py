"""Loudness by EBU R 128, held against ffmpeg's own meter; the ceiling holds between samples, too."""

from __future__ import annotations

import re
import subprocess
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from imageio_ffmpeg import get_ffmpeg_exe

from studio.core.curve import Curve
from studio.core.errors import Cancelled
from studio.core.task import Task
from studio.core.timeline import Clip, Sound, Timeline
from studio.core.words import N
from studio.media.sound.loudness import CEILING, Levelled, levelled, measure
from studio.media.sound.mixer import Mixer
from studio.media.sound.truepeak import TAPS, peaks
from tests.media.sound.sounds import source, timeline, where, written

F = Fraction
RATE = 48_000


def music(t: np.ndarray) -> np.ndarray:
    """Beats and a voice: loud and soft, with peaks."""
    random = np.random.default_rng(2)
    beat = np.exp(-(t % 0.5) * 14) * random.standard_normal(len(t)) * 0.25
    return 0.12 * np.sin(2 * np.pi * 220 * t) * (1 + np.sin(2 * np.pi * 0.3 * t)) + beat


def meter(samples: np.ndarray, tmp_path: Path) -> tuple[float, float]:
    """Integrated loudness and true peak as the ffmpeg program says."""
    raw = tmp_path / "mix.f32"
    raw.write_bytes(samples.astype("<f4").tobytes())
    told = subprocess.run(
        [get_ffmpeg_exe(), "-hide_banner", "-nostats", "-f", "f32le", "-ar", "48000", "-ac", "2", "-i", str(raw),
         "-af", "ebur128=peak=true", "-f", "null", "-"], check=True, capture_output=True, text=True,
    ).stderr
    summary = told[told.rindex("Summary") :]
    numbers = [re.search(rf"{key}:\s+(\S+)", summary) for key in ("I", "Peak")]
    return tuple(float(found[1]) for found in numbers if found)  # type: ignore[return-value]


@pytest.fixture(scope="module")
def song(tmp_path_factory: pytest.TempPathFactory) -> Timeline:
    path = written(tmp_path_factory.mktemp("loud") / "m.wav", music, seconds=8)
    return timeline(Clip("a", F(8), source="s"), sources=[source(path, seconds=8)])


def test_measured_as_ffmpeg_measures(song: Timeline, tmp_path: Path) -> None:
    found = measure(Mixer(where), song)
    integrated, peak = meter(Mixer(where).block(song, 0, 8 * RATE), tmp_path)
    assert found.integrated == pytest.approx(integrated, abs=0.06) and found.true_peak == pytest.approx(peak, abs=0.06)


@pytest.mark.parametrize("target", [-14.0, -23.0, -9.0])
def test_brought_to_a_target_and_held_under_the_ceiling(song: Timeline, target: float, tmp_path: Path) -> None:
    made, _ = levelled(Mixer(where), song, target)
    integrated, peak = meter(made.block(song, 0, 8 * RATE), tmp_path)
    assert integrated == pytest.approx(target, abs=0.5 if target > -12 else 0.3)
    assert peak <= CEILING + 0.05


def test_the_limiter_is_the_same_for_blocks_of_any_size(song: Timeline) -> None:
    made = Levelled(Mixer(where), 18.0)
    whole = made.block(song, 0, 8 * RATE)
    assert np.abs(whole).max() > 0.8
    for first, count in ((0, 1000), (RATE // 3 + 1, 7), (5 * RATE + 123, RATE)):
        assert np.abs(made.block(song, first, count) - whole[first : first + count]).max() < 1e-6


def test_what_is_soft_is_not_touched_by_the_limiter(song: Timeline) -> None:
    plain = Mixer(where).block(song, 0, RATE)
    soft = Levelled(Mixer(where), -20.0).block(song, 0, RATE)
    assert np.allclose(soft, plain * 0.1, atol=1e-7)


def test_a_peak_between_samples_is_seen() -> None:
    """A sine of a quarter of the rate, sampled beside its crests: 3 dB more than any sample of it."""
    at = np.arange(4800 + 2 * TAPS)
    wave = np.repeat(np.sin(np.pi / 2 * at + np.pi / 4)[:, None], 2, 1).astype(np.float32)
    assert np.abs(wave).max() == pytest.approx(np.sqrt(0.5), abs=1e-6)
    assert peaks(wave, 48) == pytest.approx(1.0, abs=0.01)


def test_silence_stays_silent(tmp_path: Path) -> None:
    path = written(tmp_path / "s.wav", lambda t: np.zeros_like(t), seconds=2)
    made, before = levelled(Mixer(where), timeline(Clip("a", F(2), source="s"), sources=[source(path)]))
    assert before.silent and made.gain == 0.0
    empty = Timeline("x")
    assert measure(Mixer(where), empty).silent


def test_a_whisper_is_not_made_a_roar(song: Timeline, tmp_path: Path) -> None:
    path = written(tmp_path / "m.wav", music, seconds=3)
    soft = timeline(Clip("a", F(3), source="s", sound=Sound(Curve(-40.0))), sources=[source(path)])
    assert levelled(Mixer(where), soft)[0].gain == 30.0


def test_cancelled_in_the_middle(song: Timeline) -> None:
    task: Task[None] = Task(N("Test", "Measuring"), "render", lambda: 0.0)
    task.cancel()
    with pytest.raises(Cancelled):
        measure(Mixer(where), song, task.progress)
