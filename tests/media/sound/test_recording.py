"""A voice-over: whole at any moment, also of a program that was killed."""

from __future__ import annotations

import signal
import subprocess
import sys
import wave
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from studio.core.errors import Refused
from studio.media.sound.reading import RATE, Sounds
from studio.media.sound.recording import Level, Recording, delay, level, placed, repair

F = Fraction


def spoken(count: int, rate: int = RATE) -> np.ndarray:
    return (0.5 * np.sin(2 * np.pi * 300 * np.arange(count) / rate)).astype(np.float32)


@pytest.mark.parametrize("sample", ["s16", "s32", "f32", "u8"])
def test_what_is_said_is_kept_whatever_its_format(tmp_path: Path, sample: str) -> None:
    voice = spoken(RATE)
    data = {"s16": lambda: (voice * 32767).astype("<i2"), "s32": lambda: (voice * 2147483520.0).astype("<i4"),
            "f32": lambda: voice.astype("<f4"), "u8": lambda: (voice * 127 + 128).astype("u1")}[sample]().tobytes()
    recording = Recording(tmp_path / "v.wav", RATE, 1, sample)
    for at in range(0, len(data), 999):  # not whole samples
        recording.feed(data[at : at + 999])
    recording.close()
    recording.close()
    heard = Sounds().read(tmp_path / "v.wav", 0, RATE)
    assert recording.seconds == 1 and np.abs(heard[:, 0] - voice).max() < (0.02 if sample == "u8" else 1e-3)
    assert recording.feed(data) == recording.level and repair(tmp_path / "v.wav") == 1


def test_whole_while_it_is_being_written(tmp_path: Path) -> None:
    recording = Recording(tmp_path / "v.wav", RATE, 2, "f32")
    for second in range(1, 4):
        recording.feed(np.repeat(spoken(RATE), 2).tobytes())
        with wave.open(str(tmp_path / "v.wav")) as file:
            assert (file.getnchannels(), file.getframerate(), file.getnframes()) == (2, RATE, second * RATE)
    recording.close()


def test_killed_in_the_middle_of_a_word(tmp_path: Path) -> None:
    """The samples behind the last header count after `repair`, but for a last one that is only begun."""
    path = tmp_path / "v.wav"
    code = (
        "import sys, os, time; from pathlib import Path; from studio.media.sound.recording import Recording\n"
        "r = Recording(Path(sys.argv[1]), 8000, 1)\n"
        "for n in range(10**6):\n    r.feed(bytes([n % 100, 1]) * 100)\n    print(n, flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if int(line) >= 333:
                child.kill()
                break
    with path.open("ab") as file:
        file.write(b"\x01")
    found = repair(path)
    assert found is not None and found >= F(333 * 100 // 4096 * 4096, 8000) - F(1, 2)
    with wave.open(str(path)) as file:
        assert F(file.getnframes(), 8000) == found and len(file.readframes(10**9)) == file.getnframes() * 3


def test_what_is_no_recording_is_left_alone(tmp_path: Path) -> None:
    for name, data in (("a.wav", b""), ("b.wav", b"RIFF" + bytes(60)), ("c.txt", b"hello " * 30)):
        (tmp_path / name).write_bytes(data)
        assert repair(tmp_path / name) is None and (tmp_path / name).read_bytes() == data
    with pytest.raises(FileExistsError):
        Recording(tmp_path / "a.wav", RATE, 1)


def test_a_full_disk_stops_it_and_keeps_what_was_said(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")  # there is none on Windows
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        recording = Recording(tmp_path / "v.wav", RATE, 1, "f32")
        recording.feed(spoken(RATE).tobytes())
        resource.setrlimit(resource.RLIMIT_FSIZE, (RATE * 3 + 50_000, before[1]))
        with pytest.raises(Refused) as refused:
            recording.feed(spoken(RATE).tobytes())
            recording.feed(spoken(RATE).tobytes())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert refused.value.findings[0].code == "video.recording_stopped"
    length = repair(tmp_path / "v.wav")
    assert length is not None and length >= 1
    recording.close()


def test_level() -> None:
    assert level(np.zeros(0, np.float32)) == Level()
    loud = level(spoken(RATE))
    assert loud.peak == pytest.approx(-6.02, abs=0.01) and loud.rms == pytest.approx(-9.03, abs=0.01)
    assert not loud.clipped and level(np.ones(5, np.float32)).clipped


def test_the_machines_delay_is_taken_out() -> None:
    clicks = np.zeros(RATE, np.float32)
    clicks[[1000, 9000, 30_000]] = 1
    heard = np.roll(clicks, 4321) * 0.3 + np.random.default_rng(1).standard_normal(RATE).astype(np.float32) * 0.002
    assert delay(clicks, heard.astype(np.float32), RATE) == F(4321, RATE)
    noise = np.random.default_rng(2).standard_normal(RATE).astype(np.float32)
    assert delay(clicks, noise, RATE) is None and delay(clicks, np.zeros(RATE, np.float32), RATE) is None
    assert placed(F(7), F(5), F(1, 10)) == (F(7), F(1, 10), F(49, 10))
    assert placed(F(7), F(0), F(1, 10)) == (F(7), F(0), F(0))
