"""The mix: exact to the sample, the same for any size of block, quiet where a source is broken."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.curve import Curve, Key
from studio.core.timeline import Clip, Gap, Sound, Timeline, Track, Transition
from studio.media.sound.mixer import Mixer
from tests.media.sound.sounds import source, sweep, timeline, tone, where, written

F = Fraction
RATE = 48_000


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("sound") / "sweep.wav")


@pytest.fixture
def mixer() -> Mixer:
    return Mixer(where)


def expected(start: float, count: int) -> np.ndarray:
    return np.tile(sweep(start + np.arange(count) / RATE)[:, None], (1, 2)).astype(np.float32)


def test_a_clip_sounds_from_its_start_where_it_lies(mixer: Mixer, swept: Path) -> None:
    made = timeline(Gap(F(1, 2)), Clip("a", F(1), source="s", start=F(3, 2)), sources=[source(swept)])
    heard = mixer.block(made, 0, 2 * RATE)
    assert not heard[: RATE // 2].any() and not heard[RATE // 2 + RATE :].any()
    assert np.abs(heard[RATE // 2 : RATE // 2 + RATE] - expected(1.5, RATE)).max() < 1e-5


def test_a_clip_cut_in_two_sounds_as_it_did(mixer: Mixer, swept: Path) -> None:
    """At frames of 29.97 a second, which are no whole number of samples."""
    at = F(1001, 30000) * 31
    one = timeline(Clip("a", F(3), source="s", start=F(1, 7)), sources=[source(swept)])
    two = timeline(
        Clip("a", at, source="s", start=F(1, 7)), Clip("b", 3 - at, source="s", start=F(1, 7) + at),
        sources=[source(swept)],
    )
    assert np.array_equal(mixer.block(one, 0, 3 * RATE), mixer.block(two, 0, 3 * RATE))


def test_two_that_cross_are_as_loud_together_as_each(mixer: Mixer, tmp_path: Path) -> None:
    one = written(tmp_path / "one.wav", tone(500), seconds=3)
    two = written(tmp_path / "two.wav", tone(730), seconds=3)
    made = timeline(
        Clip("a", F(1), source="1", start=F(1)), Transition("x", "crossfade", F(1, 4), F(1, 4)),
        Clip("b", F(1), source="2", start=F(1)), sources=[source(one, "1"), source(two, "2")],
    )
    heard = mixer.block(made, 0, 2 * RATE)[:, 0]
    level = [float(np.sqrt(np.mean(heard[at : at + 4800] ** 2))) for at in range(0, 2 * RATE, 4800)]
    assert np.allclose(level, 0.4 / np.sqrt(2), rtol=0.03)


def test_gain_fades_and_the_tracks_gain(mixer: Mixer, tmp_path: Path) -> None:
    path = written(tmp_path / "flat.wav", lambda t: np.full_like(t, 0.5))
    gain = Curve(keys=(Key(F(1), 0.0), Key(F(2), -20.0, "hold"), Key(F(3), -100.0)))
    clip = Clip("a", F(4), source="s", sound=Sound(gain, fade_in=F(1, 2)))
    heard = mixer.block(timeline(clip, sources=[source(path)], gain=-6.0), 0, 4 * RATE)[:, 0]
    half = 0.5 * 10 ** (-6 / 20)
    assert heard[0] < 1e-4 and heard[RATE // 4] == pytest.approx(half / 2, rel=1e-3)
    assert heard[RATE * 3 // 4] == pytest.approx(half, rel=1e-4)
    assert heard[RATE * 3 // 2] == pytest.approx(half * 10 ** (-10 / 20), rel=1e-3)
    assert heard[RATE * 5 // 2] == pytest.approx(half * 0.1, rel=1e-4) and not heard[3 * RATE :].any()


def test_muted_and_hidden_are_not_heard(mixer: Mixer, swept: Path) -> None:
    clip = Clip("a", F(1), source="s", sound=Sound(muted=True))
    assert not mixer.block(timeline(clip, sources=[source(swept)]), 0, RATE).any()
    hidden = timeline(Clip("a", F(1), source="s"), sources=[source(swept)], hidden=True)
    assert not mixer.block(hidden, 0, RATE).any()


def test_backwards_and_at_another_speed_with_another_pitch(mixer: Mixer, swept: Path) -> None:
    back = timeline(Clip("a", F(2), source="s", start=F(1), reverse=True), sources=[source(swept)])
    assert np.abs(mixer.block(back, 0, 2 * RATE) - expected(1, 2 * RATE)[::-1]).max() < 1e-5
    quick = Clip("a", F(1), source="s", start=F(1), speed=F(2), sound=Sound(keep_pitch=False))
    heard = mixer.block(timeline(quick, sources=[source(swept)]), 0, RATE)
    assert np.abs(heard - np.tile(sweep(1 + np.arange(RATE) * 2 / RATE)[:, None], (1, 2))).max() < 2e-3
    both = mixer.block(timeline(
        Clip("a", F(1), source="s", start=F(1), speed=F(2), reverse=True, sound=Sound(keep_pitch=False)),
        sources=[source(swept)]), 0, RATE)
    assert np.abs(both - heard[::-1]).max() < 2e-3


def test_a_source_that_is_gone_or_broken_is_silent_and_said(mixer: Mixer, tmp_path: Path, swept: Path) -> None:
    (tmp_path / "text.mp3").write_text("#EXTM3U\nhttp://127.0.0.1/a.ts\n")
    made = Timeline("x", tracks=(
        Track("1", "sound", (Clip("a", F(1), source="gone"),)), Track("2", "music", (Clip("b", F(1), source="text"),)),
        Track("3", "voice", (Clip("c", F(1), source="s", start=F(1)),)),
    ), sources={one.id: one for one in (
        source(tmp_path / "gone.wav", "gone"), source(tmp_path / "text.mp3", "text"), source(swept),
    )})
    assert np.abs(mixer.block(made, 0, RATE) - expected(1, RATE)).max() < 1e-5
    assert [(one.code, one.values["name"]) for one in mixer.troubles] == [
        ("video.sound_unreadable", "gone.wav"), ("video.sound_unreadable", "text.mp3"),
    ]


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Timeline:
    """Everything at once: rates, codecs, speeds, crossfades, curves."""
    folder = tmp_path_factory.mktemp("busy")
    sources = [
        source(written(folder / "a.m4a", codec="aac", rate=44_100), "a"),
        source(written(folder / "b.webm", tone(300), codec="libopus"), "b"),
        source(written(folder / "c.mp3", codec="libmp3lame", layout="mono", rate=22_050), "c"),
    ]
    gain = Curve(keys=(Key(F(0), -30.0), Key(F(1), 0.0, "both"), Key(F(2), -6.0)))
    return Timeline("x", tracks=(
        Track("1", "main", (
            Clip("1", F(1), source="a", start=F(1, 3)), Transition("t", "crossfade", F(1, 5), F(1, 7)),
            Clip("2", F(1), source="b", start=F(1), reverse=True), Gap(F(1, 9)), Clip("3", F(1, 3), source="a"),
        )),
        Track("2", "voice", (Gap(F(2, 3)), Clip("4", F(2), source="c", sound=Sound(gain, F(1, 10), F(1, 2))))),
        Track("3", "music", (
            Clip("5", F(2), source="b", speed=F(3, 2), sound=Sound(keep_pitch=False, fade_out=F(1))),
        )),
    ), sources={one.id: one for one in sources})


@pytest.fixture(scope="module")
def whole(busy: Timeline) -> np.ndarray:
    return Mixer(where).block(busy, 0, 3 * RATE)


@settings(max_examples=10, deadline=None)
@given(cuts=st.lists(st.integers(0, 3 * RATE), max_size=6), backwards=st.booleans())
def test_blocks_of_any_size_in_any_order_are_one_mix(
    busy: Timeline, whole: np.ndarray, cuts: list[int], backwards: bool
) -> None:
    edges = sorted({0, 3 * RATE, *cuts})
    spans = list(pairwise(edges))
    mixer, parts = Mixer(where), {}
    for first, last in reversed(spans) if backwards else spans:
        parts[first] = mixer.block(busy, first, last - first)
    assert np.abs(np.concatenate([parts[first] for first, _ in spans]) - whole).max() < 2e-3
