"""A shaken film becomes steady, at the same moments, and never half."""

from __future__ import annotations

import os
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from studio.core.errors import Cancelled, Refused
from studio.core.task import Task
from studio.core.words import N
from studio.media.cutting.stabilise import stabilise
from tests.media import make

SIZE, RATE, COUNT = (192, 128), 25, 30


def shaken(path: Path, sound: bool = True) -> Path:
    """A detailed picture seen by an unsteady hand."""
    dice = np.random.default_rng(3)
    wide = np.asarray(make.photo(320, 240, seed=4)).astype(int)
    wide = np.clip(wide + np.kron(dice.integers(-80, 80, (30, 40, 1)), np.ones((8, 8, 1))), 0, 255).astype(np.uint8)
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx264", RATE, options={"crf": "12", "preset": "veryfast"})
        tone = file.add_stream("aac", 48_000, layout="mono") if sound else None
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        for _ in range(COUNT):
            x, y = (int(40 + dice.integers(-6, 7)) for _ in "xy")
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(wide[y : y + SIZE[1], x : x + SIZE[0]]), "rgb24")
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
        if isinstance(tone, av.AudioStream):
            for block in make.silence(COUNT / RATE):
                file.mux(tone.encode(block))
            file.mux(tone.encode(None))
    return path


def frames(path: Path) -> tuple[list[Fraction], list[NDArray[np.float64]]]:
    with av.open(str(path)) as file:
        seen = [((frame.pts or 0) * (frame.time_base or 1), frame.to_ndarray(format="gray").astype(float))
                for frame in file.decode(video=0)]
    return [at for at, _ in seen], [picture for _, picture in seen]


def restless(pictures: list[NDArray[np.float64]]) -> float:
    """Px by which the middle of a picture jumps from one to the next, by phase correlation, on average."""
    jumps = []
    middle = [picture[16:-16, 16:-16] - picture.mean() for picture in pictures]
    for one, two in pairwise(middle):
        cross = np.fft.fft2(one) * np.conj(np.fft.fft2(two))
        peak = np.unravel_index(np.argmax(np.fft.ifft2(cross / (np.abs(cross) + 1e-9)).real), cross.shape)
        jumps.append(np.hypot(*(min(int(p), n - int(p)) for p, n in zip(peak, cross.shape, strict=True))))
    return float(np.mean(jumps))


def job() -> Task[object]:
    return Task(N("job", "Making it steady"), "render", lambda: 0.0)


def test_it_is_steadier_and_every_frame_is_at_its_moment(tmp_path: Path) -> None:
    path, task = shaken(tmp_path / "shaken.mp4"), job()
    made = stabilise(path, tmp_path / "steady.mkv", task, tripod=True)
    before, after = frames(path), frames(made)
    assert [round(float(at), 2) for at in after[0]] == [round(n / RATE, 2) for n in range(COUNT)]
    assert restless(after[1]) < restless(before[1]) / 3
    assert task.fraction is not None and task.fraction > 0.5
    with av.open(str(made)) as file:
        assert file.streams.audio and file.streams.video[0].height == SIZE[1]
    assert sorted(item.name for item in tmp_path.iterdir()) == ["shaken.mp4", "steady.mkv"]


def test_a_stretch_begins_at_its_first_frame(tmp_path: Path) -> None:
    made = stabilise(shaken(tmp_path / "shaken.mp4", sound=False), tmp_path / "steady.mkv", start=Fraction(8, 25),
                     end=Fraction(18, 25))
    times, _ = frames(made)
    assert len(times) == 10 and times[0] == 0


def test_too_little_to_do_is_said(tmp_path: Path) -> None:
    path = shaken(tmp_path / "shaken.mp4", sound=False)
    for start, end in ((Fraction(1), Fraction(1)), (Fraction(1), Fraction(51, 50)), (Fraction(-1), Fraction(1)),
                       (Fraction(9), None)):
        with pytest.raises(Refused) as refused:
            stabilise(path, tmp_path / "steady.mkv", start=start, end=end)
        assert refused.value.findings[0].code == "video.nothing_to_stabilise"
    assert not (tmp_path / "steady.mkv").exists()


def test_names_that_look_like_orders_are_only_names(tmp_path: Path) -> None:
    for name in ("-y; rm 'x' $(id) %d:,[v].mp4", "concat:a|b.mp4", "übung 中文.mp4"):
        if os.name == "nt":
            continue
        path = shaken(tmp_path / name, sound=False)
        target = stabilise(path, tmp_path / f"steady {name}.mkv")
        assert frames(target)[0]


def test_what_is_no_film_and_what_leads_elsewhere(tmp_path: Path) -> None:
    trap = tmp_path / "trap.mp4"
    trap.write_text("#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n")
    for path in (trap, make.song(tmp_path / "a.mp3"), tmp_path / "gone.mp4"):
        with pytest.raises(Refused):
            stabilise(path, tmp_path / "steady.mkv")
    assert not (tmp_path / "steady.mkv").exists()


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    path = shaken(tmp_path / "shaken.mp4", sound=False)
    with pytest.raises(Refused) as refused:
        stabilise(path, tmp_path / "nowhere" / "steady.mkv")
    assert refused.value.findings[0].code == "video.stabilise_failed"
    assert refused.value.findings[0].values["reason"]


def test_cancelling_stops_the_program_and_leaves_nothing(tmp_path: Path) -> None:
    path, task = shaken(tmp_path / "shaken.mp4", sound=False), job()
    task.cancel()
    with pytest.raises(Cancelled):
        stabilise(path, tmp_path / "steady.mkv", task)
    assert [item.name for item in tmp_path.iterdir()] == ["shaken.mp4"]
