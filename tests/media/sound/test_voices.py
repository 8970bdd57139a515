"""A clip's sound at its speed and with its effects: in time, without seams, and each effect doing what it says."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from studio.core import effects
from studio.core.curve import Curve, Key
from studio.core.timeline import Clip, Effect, Sound
from studio.media.sound.mixer import Mixer
from studio.media.sound.voices import STAGES
from tests.media.sound.sounds import clicks, source, timeline, tone, where, written

F = Fraction
RATE = 48_000


def played(path: Path, clip: Clip, seconds: float, first: float = 0) -> np.ndarray:
    made = timeline(clip, sources=[source(path, seconds=60)])
    return Mixer(where).block(made, round(first * RATE), round(seconds * RATE))


def effect(name: str, **params: float | str | bool | Curve) -> Effect:
    return Effect("e", name, {key: Curve(value) if isinstance(value, int | float) and not isinstance(value, bool)
                              else value for key, value in params.items()})


def level(samples: np.ndarray) -> float:
    return float(20 * np.log10(np.sqrt(np.mean(samples.astype(np.float64) ** 2)) + 1e-9))


def pitch(samples: np.ndarray) -> float:
    return float(np.argmax(np.abs(np.fft.rfft(samples[:RATE, 0] * np.hanning(RATE)))))


@pytest.mark.parametrize("speed", [F(1, 4), F(4, 5), F(3, 2), F(3)])
def test_another_speed_keeps_the_pitch_and_the_time(tmp_path: Path, speed: Fraction) -> None:
    flat = written(tmp_path / "tone.wav", tone(440), seconds=8)
    heard = played(flat, Clip("a", F(2), source="s", start=F(1), speed=speed), 2)
    assert abs(pitch(heard) - 440) <= 2 and level(heard) == pytest.approx(level(played(
        flat, Clip("a", F(1), source="s"), 1)), abs=1.0)
    every = written(tmp_path / "clicks.wav", lambda t: (t % 1 < 0.08) * tone(900)(t), seconds=8)
    heard = np.abs(played(every, Clip("a", F(2), source="s", start=F(1, 2), speed=speed), 2)[:, 0])
    loud = np.nonzero(heard > 0.25)[0]
    for nth in range(int(2 * speed)):
        due = float((nth + F(1, 2)) / speed) * RATE
        assert np.abs(loud - due).min() < RATE / 25, (nth, due)


def test_pages_pass_over_without_a_seam(tmp_path: Path) -> None:
    """A steady tone stays steady where one page takes over from another."""
    flat = written(tmp_path / "tone.wav", tone(440), seconds=24)
    for clip in (
        Clip("a", F(20), source="s", start=F(1), effects=(effect("compressor"), effect("equalizer", bass=6))),
        Clip("a", F(20), source="s", speed=F(11, 10)),
    ):
        heard = played(flat, clip, 18, 1)[:, 0]
        steps = np.abs(np.diff(heard, 2))
        assert steps.max() < 1.5 * np.median(np.sort(steps)[-2000:])


def test_effects_are_the_same_wherever_a_block_begins(tmp_path: Path) -> None:
    noisy = written(tmp_path / "n.wav", lambda t: 0.1 * np.random.default_rng(3).standard_normal(len(t)), seconds=12)
    clip = Clip("a", F(9), source="s", start=F(1), speed=F(5, 4), effects=(
        effect("denoise"), effect("moviepy.AudioDelay", n_repeats=2), effect("reverb")))
    whole = played(noisy, clip, 7)
    for first, seconds in ((0.1, 0.01), (4.9, 1.0), (6.2, 0.5)):
        part = played(noisy, clip, seconds, first)
        assert np.abs(whole[round(first * RATE) :][: len(part)] - part).max() < 1e-6


def test_cutting_tones(tmp_path: Path) -> None:
    low = written(tmp_path / "low.wav", tone(60))
    high = written(tmp_path / "high.wav", tone(12_000))
    for path, cut, left in ((low, "highpass", "lowpass"), (high, "lowpass", "highpass")):
        plain = level(played(path, Clip("a", F(2), source="s"), 2))
        hertz = 600.0
        gone = Clip("a", F(2), source="s", effects=(effect(cut, hertz=hertz, steep=True),))
        kept = Clip("a", F(2), source="s", effects=(effect(left, hertz=hertz, steep=True),))
        assert level(played(path, gone, 2)) < plain - 30
        assert level(played(path, kept, 2)) == pytest.approx(plain, abs=0.5)


def test_a_parameter_moves_while_it_plays(tmp_path: Path) -> None:
    path = written(tmp_path / "low.wav", tone(200), seconds=8)
    rising = Curve(keys=(Key(F(0), 20.0), Key(F(4), 4000.0)))
    heard = played(path, Clip("a", F(6), source="s", effects=(effect("highpass", hertz=rising, steep=True),)), 6)
    levels = [level(heard[at : at + RATE // 2]) for at in range(0, 5 * RATE, RATE)]
    assert levels[0] > levels[1] + 3 > levels[2] + 6 and levels[4] < levels[0] - 40


def test_noise_goes_and_the_voice_stays_where_it_was(tmp_path: Path) -> None:
    def voice(t: np.ndarray) -> np.ndarray:
        spoken = (np.sin(2 * np.pi * 1.5 * t) > 0) * sum(np.sin(2 * np.pi * 180 * n * t) / n for n in range(1, 12))
        return 0.2 * spoken

    def noisy(t: np.ndarray) -> np.ndarray:
        return voice(t) + 0.004 * np.random.default_rng(5).standard_normal(len(t))

    path = written(tmp_path / "noisy.wav", noisy, seconds=8)
    clip = Clip("a", F(6), source="s", start=F(1), effects=(effect("denoise", reduction=20.0),))
    clean, dirty = played(path, clip, 5)[:, 0], played(path, Clip("a", F(6), source="s", start=F(1)), 5)[:, 0]
    pauses = np.abs(voice(1 + np.arange(5 * RATE) / RATE)) == 0
    assert level(clean[pauses]) < level(dirty[pauses]) - 8
    spectrum = np.fft.rfft(clean) * np.conj(np.fft.rfft(dirty))
    assert int(np.argmax(np.fft.irfft(spectrum))) == 0


def test_louder_and_softer_come_nearer(tmp_path: Path) -> None:
    path = written(tmp_path / "steps.wav", lambda t: np.where(t % 2 < 1, 0.05, 0.8) * np.sin(2 * np.pi * 300 * t))
    clip = Clip("a", F(4), source="s", effects=(effect("compressor", threshold=-30.0, ratio=8.0),))
    heard = played(path, clip, 4)
    assert level(heard[round(1.5 * RATE) : 2 * RATE]) - level(heard[round(2.5 * RATE) : 3 * RATE]) < 14
    gated = played(path, Clip("a", F(4), source="s", effects=(effect("gate", threshold=-12.0, reduction=40.0),)), 4)
    assert level(gated[round(1.5 * RATE) : 2 * RATE]) - level(gated[round(2.6 * RATE) : 3 * RATE]) > 40


def test_pitch_by_semitones(tmp_path: Path) -> None:
    path = written(tmp_path / "a.wav", tone(440), seconds=8)
    heard = played(path, Clip("a", F(4), source="s", start=F(1), effects=(effect("pitch", semitones=7.0),)), 3, 1)
    assert abs(pitch(heard) - 440 * 2 ** (7 / 12)) < 4


def test_echoes_and_rooms(tmp_path: Path) -> None:
    path = written(tmp_path / "click.wav", clicks(10), seconds=4)
    echo = effect("echo", delay=0.5, feedback=50.0, level=50.0)
    heard = np.abs(played(path, Clip("a", F(3), source="s", effects=(echo,)), 3)[:, 0])
    peaks = [heard[round(at * RATE) : round(at * RATE) + 2000].max() for at in (0, 0.5, 1, 1.5)]
    assert np.allclose(np.array(peaks[1:]) / peaks[:-1], 0.5, rtol=0.01)
    room = played(path, Clip("a", F(3), source="s", effects=(effect("reverb", seconds=1.0, mix=50.0),)), 3)
    assert level(room[RATE // 10 : RATE // 5]) > level(room[RATE // 2 : RATE * 3 // 5]) + 20
    assert np.abs(room[2 * RATE :]).max() < 1e-6


def test_sides(tmp_path: Path) -> None:
    path = written(tmp_path / "a.wav", tone(440))
    clip = Clip("a", F(4), source="s", effects=(effect("balance", side=100.0),))
    heard = played(path, clip, 1)
    assert np.abs(heard[:, 0]).max() < 1e-6 and level(heard[:, 1]) == pytest.approx(level(played(
        path, Clip("a", F(1), source="s"), 1)[:, 0]) + 3, abs=0.1)
    swapped = played(path, Clip("a", F(4), source="s", effects=(
        effect("balance", side=100.0), effect("channels", take="swap"))), 1)
    assert np.allclose(swapped, heard[:, ::-1])
    narrow = played(path, Clip("a", F(4), source="s", effects=(
        effect("balance", side=100.0), effect("width", width=0.0))), 1)
    assert np.allclose(narrow[:, 0], narrow[:, 1], atol=1e-6)


@pytest.mark.parametrize("name", sorted(STAGES))
def test_every_effect_is_declared_and_runs_at_its_defaults_and_bounds(tmp_path: Path, name: str) -> None:
    spec = effects.EFFECTS[name]
    assert spec.domain == "sound"
    path = written(tmp_path / "a.wav", seconds=2)
    for bound in ("default", "least", "most"):
        params = {each.name: Curve(float(getattr(each, bound))) for each in spec.fields if each.numeric}
        heard = played(path, Clip("a", F(2), source="s", effects=(Effect("e", name, params),)), 0.5, 0.5)
        assert np.isfinite(heard).all() and (bound != "default" or level(heard) > -60)


def test_what_is_off_or_unknown_changes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path / "a.wav")
    plain = played(path, Clip("a", F(2), source="s"), 2)
    odd = Clip("a", F(2), source="s", effects=(Effect("e", "nobody.knows"), Effect("f", "echo", enabled=False)))
    assert np.array_equal(played(path, odd, 2), plain)


def test_a_clip_mixed_with_an_effect_sounds_only_where_it_lies(tmp_path: Path) -> None:
    path = written(tmp_path / "a.wav")
    clip = Clip("a", F(1), source="s", start=F(1), sound=Sound(fade_out=F(1, 10)), effects=(effect("reverb"),))
    heard = played(path, clip, 2)
    assert heard[: RATE - 100].any() and not heard[RATE:].any()
