"""Containers and codecs with habits of their own; the counters must come out all the same."""

from __future__ import annotations

import os
import random
import time
from fractions import Fraction
from pathlib import Path

import av
import pytest

from studio.core.task import Task
from studio.core.timeline import Clip, Source, Timeline, Track
from studio.core.words import N
from studio.media.video.compositor import Compositor
from studio.media.video.frames import FrameCache
from studio.media.video.proxies import Proxies
from studio.media.video.reader import Reader
from tests.media.video.counters import film, number, steady

RATE = Fraction(25)
KINDS = {
    "b-frames and pyramid": (".mp4", "libx264", {"preset": "medium", "bf": "5", "b-pyramid": "normal"}),
    "open groups": (".mkv", "libx264", {"preset": "medium", "x264-params": "open-gop=1:bframes=3"}),
    "open groups in MP4": (".mp4", "libx264", {"preset": "medium", "x264-params": "open-gop=1:bframes=3"}),
    "H.265 with open groups": (".mp4", "libx265", {"x265-params": "log-level=none:open-gop=1:bframes=4"}),
    "no key frame but the first": (".ts", "libx264", {"x264-params": "intra-refresh=1:keyint=20:bframes=0"}),
    "transport stream": (".ts", "libx264", {"bf": "3"}),
    # A program stream tells times once a pack of 2 KB; pictures smaller than that get wrong ones after a seek.
    "program stream": (".mpg", "mpeg2video", {"bf": "2", "b": "9M"}),
    "AVI without times": (".avi", "mpeg4", {"b": "2M"}),
    "AVI with pictures out of order": (".avi", "mpeg4", {"bf": "2", "b": "2M"}),
    "H.264 in AVI": (".avi", "libx264", {"bf": "0"}),
    "motion JPEG": (".avi", "mjpeg", {"b": "2M"}),
    "Flash video": (".flv", "libx264", {"bf": "2"}),
    "Windows Media": (".wmv", "wmv2", {"b": "2M"}),
    "VP9 with hidden pictures": (".webm", "libvpx-vp9", {"auto-alt-ref": "1", "lag-in-frames": "16", "b": "1M",
                                                         "deadline": "realtime", "cpu-used": "8"}),
    "VP8": (".webm", "libvpx", {"b": "1M", "deadline": "realtime", "cpu-used": "8"}),
    "VP8 in Ogg": (".ogv", "libvpx", {"b": "1M", "deadline": "realtime", "cpu-used": "8"}),
    "ProRes": (".mov", "prores_ks", {}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_counters_of_any_container(tmp_path: Path, kind: str) -> None:
    suffix, codec, options = KINDS[kind]
    times = steady(RATE, 60)
    pixels = {"prores_ks": "yuv422p10le", "mjpeg": "yuvj420p"}.get(codec, "yuv420p")
    path = film(tmp_path / f"film{suffix}", times, rate=RATE, tick=Fraction(1, 25), codec=codec, pixels=pixels,
                gop=20, options=options, grain=40 if suffix == ".mpg" else 0)
    reader = Reader(path, cache=FrameCache(400_000))
    order = list(range(60))
    wrong = {
        name: [(n, got) for n in asked if (got := number(reader.frame(times[n]))) != n]
        for name, asked in (("on", order), ("back", order[::-1]), ("mixed", random.Random(3).sample(order, 60)))
    }
    assert wrong == {"on": [], "back": [], "mixed": []}
    assert number(reader.frame(Fraction(500))) == 59
    reader.close()


@pytest.mark.parametrize("deep", [False, True])
def test_a_film_that_changes_its_shape_plays_on(tmp_path: Path, deep: bool) -> None:
    """A screen recording whose window was resized: every frame has the size and format that it began with."""
    shapes = [((96, 48), "yuv420p"), ((192, 96), "yuv420p10le" if deep else "yuv420p")]
    parts = [film(tmp_path / f"{n}.ts", [n + at for at in steady(RATE, 25)], size=size, pixels=pixels, rate=RATE,
                  options={"bf": "0"}) for n, (size, pixels) in enumerate(shapes)]
    path = tmp_path / "both.ts"
    path.write_bytes(b"".join(part.read_bytes() for part in parts))
    clip = Clip("clip", Fraction(2), source="film")
    timeline = Timeline("t", 96, 48, RATE, (Track("main", "main", (clip,)),),
                        {"film": Source("film", str(path), "video")})
    reader, compositor = Reader(path), Compositor(lambda source: path)
    for n in (5, 35, 1, 49, 24, 25):
        frame = reader.frame(n / RATE)
        assert (frame.width, frame.height, frame.format.name, number(frame)) == (96, 48, "yuv420p", n % 25)
        assert number(compositor.frame(timeline, n / RATE)) == n % 25
    compositor.close()
    proxy = Reader(Proxies(tmp_path / "cache").make(path, Task(N("Test", "Test"), "render", time.monotonic)))
    assert [number(proxy.frame(n / RATE)) for n in (5, 35, 49)] == [5, 10, 24]


ODD_MEDIA = Path(os.environ.get("YIGAO_ODD_MEDIA", "odd-media-not-set"))
REAL = ("chaplin.mp4", "fire2.mp4", "no_duration.webm", "os_run.mp4", "os_test.mp4", "os_test1.mp4", "transparent.webm")


@pytest.mark.skipif(not ODD_MEDIA.is_dir(), reason="YIGAO_ODD_MEDIA names no folder of odd clips")
@pytest.mark.parametrize("name", REAL)
def test_real_clips_give_each_picture_at_its_time_in_any_order(name: str) -> None:
    """Held against all of their pictures, decoded once from the start."""
    path = ODD_MEDIA / name
    with av.open(str(path)) as file:
        stream = file.streams.video[0]
        truth = [(frame.pts or 0, frame.to_ndarray(format="gray").tobytes()) for frame in file.decode(stream)]
    reader = Reader(path, cache=FrameCache(5_000_000))
    order = range(len(truth))
    for n in (*order, *reversed(order), *random.Random(2).sample(order, min(40, len(truth)))):
        frame = reader.frame((truth[n][0] - truth[0][0]) * reader.info.tick)
        assert frame.to_ndarray(format="gray").tobytes() == truth[n][1], n
    reader.close()
