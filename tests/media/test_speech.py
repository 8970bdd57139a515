"""The sound of a film as engines hear it: one channel, 16 kHz, at the moments the film has it."""

from __future__ import annotations

import wave
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from studio.core.errors import Cancelled, Refused
from studio.media.speech import HZ, write_speech
from tests.media.make import clip


def sounding(path: Path, pieces: list[tuple[float, float]], rate: int = 44_100) -> Path:
    """A film without pictures whose tones begin and end at those seconds; nothing at all is written between them."""
    with av.open(str(path), "w") as file:
        stream = file.add_stream("pcm_s16le", rate=rate, layout="stereo")
        for begin, end in pieces:
            count = round((end - begin) * rate)
            tone = (np.sin(np.arange(count) / rate * 2 * np.pi * 440) * 20_000).astype(np.int16)
            for at in range(0, count, 1024):
                frame = av.AudioFrame.from_ndarray(np.repeat(tone[at : at + 1024], 2)[None], "s16", "stereo")
                frame.rate, frame.pts, frame.time_base = rate, round(begin * rate) + at, Fraction(1, rate)
                file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return path


def heard(path: Path, tmp_path: Path) -> np.ndarray:
    write_speech(path, tmp_path / "out.wav")
    with wave.open(str(tmp_path / "out.wav")) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (HZ, 1, 2)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(float)


def test_sound_that_begins_late_or_stops_has_silence_in_its_place(tmp_path):
    samples = heard(sounding(tmp_path / "a.mkv", [(1.0, 1.5), (3.0, 3.5)]), tmp_path)
    loud = np.abs(samples.reshape(-1)[: len(samples) // 160 * 160].reshape(-1, 160)).max(axis=1) > 1000
    ten = [bool(loud[int(moment * 100)]) for moment in (0.5, 1.2, 2.0, 3.2)]
    assert ten == [False, True, False, True]
    assert abs(len(samples) / HZ - 3.5) < 0.05
    assert abs(np.flatnonzero(loud)[0] / 100 - 1.0) < 0.06


def test_what_cannot_be_heard_is_refused(tmp_path):
    clip(tmp_path / "silent.mp4", sound=False)
    with pytest.raises(Refused, match=r"video\.no_speech"):
        write_speech(tmp_path / "silent.mp4", tmp_path / "out.wav")
    (tmp_path / "no.mp4").write_bytes(b"not a film")
    with pytest.raises(Refused, match=r"media\.unreadable"):
        write_speech(tmp_path / "no.mp4", tmp_path / "out.wav")
    (tmp_path / "list.m3u8").write_text("#EXTM3U\n#EXTINF:1\nhttp://127.0.0.1:9/a.ts\n")
    with pytest.raises(Refused):
        write_speech(tmp_path / "list.m3u8", tmp_path / "out.wav")


def test_a_moment_far_beyond_all_others_fills_no_disk(tmp_path):
    samples = heard(sounding(tmp_path / "a.mkv", [(0.0, 0.5), (90_000.0, 90_000.5)]), tmp_path)
    assert abs(len(samples) / HZ - 0.5) < 0.05


def test_it_can_be_stopped(tmp_path):
    def stop(_: Fraction) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        write_speech(sounding(tmp_path / "a.mkv", [(0, 2)]), tmp_path / "out.wav", stop)
