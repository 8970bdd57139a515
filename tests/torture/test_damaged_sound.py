"""Sound files damaged in 500 ways are heard as far as they can be, and never bring anything down.

    pytest -n 0 -q -s tests/torture/test_damaged_sound.py --kills=200
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from studio.core.errors import Problem
from studio.core.timeline import Clip
from studio.media.sound.beats import beats
from studio.media.sound.mixer import Mixer
from studio.media.sound.silence import silences
from studio.media.sound.waveform import peaks
from tests.media.sound.sounds import source, timeline, where, written

KINDS = (
    ("a.m4a", "aac"), ("b.mp3", "libmp3lame"), ("c.webm", "libopus"), ("d.wav", "pcm_s16le"), ("e.flac", "flac"),
    ("f.mkv", "ac3"), ("g.ts", "aac"), ("h.ogg", "libopus"), ("i.mp4", "aac"), ("j.flv", "aac"),
    ("k.aiff", "pcm_s16be"), ("l.avi", "pcm_s16le"),
)


def damaged(data: bytes, random: np.random.Generator) -> bytes:
    """Cut off, hit in the head or anywhere, with a piece taken out or put in."""
    kind, out = random.integers(0, 5), bytearray(data)
    at = int(random.integers(0, len(out)))
    if kind == 0:
        return bytes(out[:at])
    if kind == 1:
        del out[at : at + int(random.integers(1, 5000))]
    elif kind == 2:
        out[at:at] = random.bytes(int(random.integers(1, 3000)))
    else:
        reach = min(len(out), 600) if kind == 3 else len(out)
        for hit in random.integers(0, reach, int(random.integers(1, 200))):
            out[hit] = random.integers(0, 256)
    return bytes(out)


def test_damaged_sound(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    count = 500 if int(request.config.getoption("kills")) >= 100 else 24
    whole = [written(tmp_path / name, codec=codec, seconds=1.5, picture=name[0] in "ijl") for name, codec in KINDS]
    heard = 0
    for seed in range(count):
        original = whole[seed % len(whole)]
        path = tmp_path / f"damaged{original.suffix}"
        path.write_bytes(damaged(original.read_bytes(), np.random.default_rng(seed)))
        made = timeline(
            Clip("a", Fraction(2), source="s", start=Fraction(1, 3), speed=Fraction(5, 4)),
            Clip("b", Fraction(1), source="s", reverse=True), sources=[source(path)],
        )
        mixer = Mixer(where)
        mixed = mixer.block(made, 1000, 140_000)
        assert np.isfinite(mixed).all(), f"seed {seed}"
        heard += bool(mixed.any())
        mixer.close()
        for look in (lambda path=path: peaks(path, tmp_path / "cache"), lambda path=path: silences(path),
                     lambda path=path: beats(path)):
            try:
                look()
            except Problem as problem:
                assert problem.findings[0].code == "video.no_sound_in", f"seed {seed}"
    print(f"\n{count} damaged files, {heard} of them still heard")
