"""Wave forms: right, quick to read, and worked out once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from studio.core.errors import Cancelled, Refused
from studio.core.task import Task
from studio.core.words import N
from studio.media.sound import waveform
from studio.media.sound.waveform import peaks
from tests.media.sound.sounds import written


def steps(t: np.ndarray) -> np.ndarray:
    """Silence, then half, then full, a second each."""
    return np.floor(t) / 2 * np.sin(2 * np.pi * 500 * t)


@pytest.mark.parametrize("rate", [48_000, 44_100, 11_025])
def test_lowest_highest_and_level_of_each_stretch(tmp_path: Path, rate: int) -> None:
    found = peaks(written(tmp_path / "a.wav", steps, seconds=3, rate=rate), tmp_path / "cache")
    assert found.seconds == 3 and found.columns.shape == (300, 3)
    three = found.between(0, 3, 3)
    assert np.allclose(three[:, 0], [0, -0.5, -1], atol=0.02) and np.allclose(three[:, 1], [0, 0.5, 1], atol=0.02)
    assert np.allclose(three[:, 2], [0, 0.5 / np.sqrt(2), 1 / np.sqrt(2)], atol=0.02)
    assert list(found.data[50::100]) == pytest.approx([0, 127, 255], abs=3)
    assert not found.between(-2, -1, 4).any() and not found.between(5, 9, 4).any()
    assert found.between(1, 1.001, 8).shape == (8, 3)


def test_worked_out_once_and_again_when_the_file_changes(tmp_path: Path) -> None:
    path, folder = written(tmp_path / "a.wav", steps, seconds=3), tmp_path / "cache"
    before = peaks(path, folder)
    kept = next(folder.iterdir())
    stamp = kept.stat().st_mtime_ns
    assert np.array_equal(peaks(path, folder).columns, before.columns) and kept.stat().st_mtime_ns == stamp
    kept.write_bytes(b"\x93NUMPY\x01\x00 broken")
    assert np.array_equal(peaks(path, folder).columns, before.columns)
    written(path, steps, seconds=2)
    assert peaks(path, folder).seconds == 2 and len(list(folder.iterdir())) == 2


def test_what_has_no_sound_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("no sound at all")
    for name, code in (("a.txt", "video.no_sound_in"), ("gone.wav", "video.source_missing")):
        with pytest.raises(Refused) as refused:
            peaks(tmp_path / name, tmp_path / "cache")
        assert refused.value.findings[0].code == code


def test_cancelled_it_leaves_nothing(tmp_path: Path) -> None:
    task: Task[None] = Task(N("Test", "Wave"), "render", lambda: 0.0)
    task.cancel()
    with pytest.raises(Cancelled):
        peaks(written(tmp_path / "a.wav"), tmp_path / "cache", task)
    assert not (tmp_path / "cache").exists()


def test_every_file_has_as_many_seconds_as_it_sounds(tmp_path: Path) -> None:
    path = written(tmp_path / "a.m4a", seconds=2.5, codec="aac", rate=44_100)
    assert len(list(waveform.seconds(path))) == 3
