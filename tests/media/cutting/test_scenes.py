"""Scenes are found at their first frame, whatever moves within them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from studio.core.errors import Cancelled, Refused
from studio.core.task import Task
from studio.core.words import N
from studio.media.cutting import scenes as module
from studio.media.cutting.scenes import changes, scenes
from tests.media import make

Pixels = NDArray[np.uint8]
SIZE = (160, 90)


def shot(seed: int) -> Pixels:
    """A picture larger than the frame, unlike that of any other seed."""
    soft = np.random.default_rng(seed).integers(0, 256, (9, 12, 3), dtype=np.uint8)
    return np.asarray(Image.fromarray(soft).resize((320, 180), Image.Resampling.BICUBIC))


def film(path: Path, count: int, picture: Callable[[int], Pixels], rate: Fraction = Fraction(25),
         options: dict[str, str] | None = None, times: Sequence[int] = ()) -> Path:
    """Frames of `picture`, in H.264 with one key frame in 250. times: in milliseconds."""
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx264", rate, options={"crf": "20", "preset": "veryfast", **(options or {})})
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        stream.codec_context.time_base = Fraction(1, 1000) if times else 1 / rate
        for n in range(count):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture(n)), format="rgb24")
            frame.pts, frame.time_base = (times[n] if times else n), stream.codec_context.time_base
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return path


def panned(seed: int, n: int) -> Pixels:
    """The shot with the camera moving over it."""
    return shot(seed)[20 : 20 + SIZE[1], n % 100 : n % 100 + SIZE[0]]


def test_hard_cuts_are_exact_while_the_camera_moves(tmp_path: Path) -> None:
    cuts = [30, 55, 61, 100]
    path = film(tmp_path / "a.mp4", 130, lambda n: panned(sum(n >= cut for cut in cuts), n))
    assert scenes(path) == [Fraction(cut, 25) for cut in cuts]


def test_a_film_without_cuts_has_none(tmp_path: Path) -> None:
    assert scenes(film(tmp_path / "a.mp4", 100, lambda n: panned(3, n))) == []


def test_grain_and_a_flash_are_no_cuts(tmp_path: Path) -> None:
    noise = np.random.default_rng(5)

    def picture(n: int) -> Pixels:
        grain = noise.normal(0, 18, (SIZE[1], SIZE[0], 3))
        return np.clip(panned(1, n // 3) + grain + (140 if n in (40, 41) else 0), 0, 255).astype(np.uint8)
    assert scenes(film(tmp_path / "a.mp4", 90, picture)) == []


def test_a_cut_to_a_shot_that_rushes_by_is_found_and_rushing_alone_is_none(tmp_path: Path) -> None:
    def rushing(n: int) -> Pixels:
        wide = np.tile(shot(2), (1, 2, 1))
        return wide[20 : 20 + SIZE[1], (n * 8) % 300 : (n * 8) % 300 + SIZE[0]]
    cut = film(tmp_path / "cut.mp4", 60, lambda n: panned(1, n // 4) if n < 30 else rushing(n))
    assert scenes(cut) == [Fraction(30, 25)]
    still = film(tmp_path / "still.mp4", 60, lambda n: rushing(max(0, n - 30)))
    assert scenes(still) == []


def test_a_dissolve_is_told_as_one(tmp_path: Path) -> None:
    def picture(n: int) -> Pixels:
        part = min(1.0, max(0.0, (n - 40) / 20))
        mixed = shot(1)[:90, :160] * (1 - part) + shot(2)[:90, :160] * part
        return mixed.astype(np.uint8)
    found = changes(film(tmp_path / "a.mp4", 100, picture))
    assert [scene.kind for scene in found] == ["dissolve"]
    assert abs(found[0].at - 2) < Fraction(1, 2)


@pytest.mark.parametrize("rate", [Fraction(24000, 1001), Fraction(60000, 1001)])
def test_a_cut_is_at_a_frame_of_any_rate(tmp_path: Path, rate: Fraction) -> None:
    path = film(tmp_path / "a.mkv", 60, lambda n: shot(n // 37)[:90, :160], rate)
    [at] = scenes(path)
    assert abs(at - 37 / rate) <= Fraction(1, 1000)  # Matroska counts in milliseconds


def test_a_cut_in_a_film_of_varying_rate(tmp_path: Path) -> None:
    times = [n * 40 if n < 20 else 800 + (n - 20) * 100 for n in range(50)]
    path = film(tmp_path / "a.mp4", 50, lambda n: shot(int(n >= 31))[:90, :160], times=times)
    assert scenes(path) == [Fraction(times[31], 1000)]


def test_every_frame_another_picture_is_a_mess_and_not_a_cut_each(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", 40, lambda n: shot(n)[:90, :160])
    assert len(scenes(path)) <= 5


def test_a_long_film_is_looked_at_piece_by_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TOGETHER", 40)
    monkeypatch.setattr(module, "BESIDE", 30)

    def picture(n: int) -> Pixels:
        if 150 <= n < 175:
            return (panned(4, n // 4) * (1 - (n - 150) / 25) + panned(9, n // 4) * ((n - 150) / 25)).astype(np.uint8)
        return panned(9 if n >= 175 else n // 33, n // 4)
    path = film(tmp_path / "a.mp4", 260, picture)
    found = changes(path)
    assert [scene.at for scene in found if scene.kind == "cut"] == [Fraction(cut, 25) for cut in (33, 66, 99, 132)]
    assert len([scene for scene in found if scene.kind == "dissolve"]) <= 1


def test_only_a_stretch_is_looked_at(tmp_path: Path) -> None:
    cuts = [30, 60, 90, 110]
    path = film(tmp_path / "a.mp4", 130, lambda n: panned(sum(n >= cut for cut in cuts), n))
    assert scenes(path, start=Fraction(61, 25), end=Fraction(100, 25)) == [Fraction(90, 25)]
    assert scenes(path, start=Fraction(60, 25), end=Fraction(80, 25)) == []
    assert scenes(path, start=Fraction(50)) == []


def test_one_frame_and_a_threshold_nothing_reaches(tmp_path: Path) -> None:
    assert scenes(film(tmp_path / "a.mp4", 1, lambda n: shot(1)[:90, :160])) == []
    path = film(tmp_path / "b.mp4", 40, lambda n: shot(n // 20)[:90, :160])
    assert scenes(path, threshold=255.0) == []


def test_what_cannot_be_read_is_refused_in_words(tmp_path: Path) -> None:
    noise = tmp_path / "noise.mp4"
    noise.write_bytes(os.urandom(4000))
    empty = tmp_path / "empty.mp4"
    empty.write_bytes(b"")
    playlist = tmp_path / "list.m3u8"
    playlist.write_text("#EXTM3U\n#EXTINF:1,\nnoise.mp4\n")
    for path, code in ((noise, "media.unreadable"), (empty, "media.unreadable"), (playlist, "media.unreadable"),
                       (make.song(tmp_path / "a.mp3"), "media.no_picture"), (tmp_path / "no", "video.source_missing")):
        with pytest.raises(Refused) as refused:
            scenes(path)
        assert refused.value.findings[0].code == code


def test_a_film_that_breaks_off_gives_what_is_there(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mkv", 120, lambda n: panned(int(n >= 30), n))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) * 2 // 3])
    assert scenes(path)[:1] == [Fraction(6, 5)]


def test_cancelling_stops_it(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", 30, lambda n: panned(1, n))
    task: Task[object] = Task(N("job", "Looking for scenes"), "render", lambda: 0.0)
    task.cancel()
    with pytest.raises(Cancelled):
        scenes(path, task)
