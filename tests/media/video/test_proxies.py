"""Proxies show the same picture at the same moment, and are there whole or not at all."""

from __future__ import annotations

import os
import random
import sys
import threading
import time
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from studio.core.errors import Cancelled, Refused
from studio.core.task import Task
from studio.core.timeline import Clip, Source, Timeline, Track
from studio.core.words import N
from studio.media.video.compositor import Compositor
from studio.media.video.index import key_distance
from studio.media.video.info import Info
from studio.media.video.proxies import Proxies, heavy, small
from studio.media.video.reader import Reader
from tests.media import make
from tests.media.video.counters import film, number, steady
from tests.media.video.test_reader import uneven

NTSC = Fraction(30000, 1001)


def task() -> Task[Path]:
    return Task(N("Test", "Test"), "render", time.monotonic)


@pytest.mark.parametrize(("suffix", "times"), [
    (".mp4", steady(NTSC, 60)), (".mkv", steady(NTSC, 60)), (".mp4", uneven(60)), (".mkv", uneven(60)),
    (".ts", steady(Fraction(24000, 1001), 60)), (".mp4", [7 + at for at in steady(NTSC, 30)]),
])
def test_every_picture_comes_when_it_comes_in_the_film(
    tmp_path: Path, suffix: str, times: list[Fraction]
) -> None:
    path = film(tmp_path / f"film{suffix}", times, size=(96, 48), gop=20, options={"bf": "2"})
    proxy = Proxies(tmp_path / "cache").make(path, task())
    one, two = Reader(path), Reader(proxy)
    dice, length = random.Random(1), times[-1] - times[0]
    moments = [at - times[0] for at in times] + [dice.randrange(1000) * length / 990 for _ in range(60)]
    assert [number(one.frame(s)) for s in moments] == [number(two.frame(s)) for s in moments]
    assert key_distance(proxy) == 0
    one.close()
    two.close()


def test_a_proxy_is_small_upright_and_without_sound(tmp_path: Path) -> None:
    path = make.turned(make.clip(tmp_path / "phone.mp4", size=(1280, 720), times=[0.0, 0.1, 0.2]))
    proxy = Proxies(tmp_path / "cache").make(path, task())
    info = Reader(proxy).info
    assert (info.width, info.height, info.rotation, info.fmt, info.sound) == (540, 960, 0, "yuv420p", False)
    assert (info.matrix, info.full) == (1, False)
    grey = Reader(proxy).frame(Fraction(0)).to_ndarray(format="gray")
    assert grey[10, 530] > 200 > grey[10, 5]  # the white corner is at the top right


def test_a_proxy_is_found_until_its_film_is_replaced(tmp_path: Path) -> None:
    path = film(tmp_path / "film.mp4", steady(NTSC, 10))
    proxies = Proxies(tmp_path / "cache")
    assert proxies.proxy_for(path) is None
    assert proxies.proxy_for(tmp_path / "gone.mp4") is None
    made = proxies.make(path, task())
    assert proxies.proxy_for(path) == made == proxies.make(path, task())
    os.utime(path, ns=(1, 1))
    assert proxies.proxy_for(path) is None


def test_the_engine_draws_from_a_proxy_as_from_the_film(tmp_path: Path) -> None:
    """Swapped silently: the same picture on the canvas, only softer."""
    path = film(tmp_path / "film.mp4", steady(NTSC, 20), size=(1920, 1080))
    proxies = Proxies(tmp_path / "cache")
    proxies.make(path, task())
    clip = Clip("clip", Fraction(1, 2), source="film", start=Fraction(1, 10))
    timeline = Timeline("t", 640, 360, tracks=(Track("main", "main", (clip,)),),
                        sources={"film": Source("film", str(path), "video")})
    exact = Compositor(lambda source: Path(source.path))
    quick = Compositor(lambda source: proxies.proxy_for(Path(source.path)) or Path(source.path))
    for n in (0, 3, 9):
        one, two = (each.frame(timeline, n / timeline.rate) for each in (exact, quick))
        assert number(one) == number(two)
        apart = one.to_ndarray(format="gray").astype(int) - two.to_ndarray(format="gray")
        assert abs(apart).mean() < 2
    exact.close()
    quick.close()


def test_progress_and_cancel_leave_nothing(tmp_path: Path) -> None:
    path = film(tmp_path / "film.mp4", steady(NTSC, 60))
    folder, work, seen = tmp_path / "cache", task(), list[float]()
    work.changed.connect(lambda told: seen.append(told.fraction or 0))
    Proxies(folder).make(path, work)
    assert seen == sorted(seen)
    stopped = task()
    stopped.cancel()
    os.utime(path, ns=(1, 1))
    with pytest.raises(Cancelled):
        Proxies(folder).make(path, stopped)
    assert len(list(folder.iterdir())) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="threads have no priority of their own there")
def test_making_one_gives_way_to_everything_else(tmp_path: Path) -> None:
    path, work, seen = film(tmp_path / "film.mp4", steady(NTSC, 5)), task(), set[int]()
    before = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    work.changed.connect(lambda told: seen.add(os.getpriority(os.PRIO_PROCESS, threading.get_native_id())))
    Proxies(tmp_path / "cache").make(path, work)
    assert seen == {max(10, before)}
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == before


def test_what_cannot_have_one_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    proxies = Proxies(tmp_path / "cache")
    song, broken = make.song(tmp_path / "song.mp3"), tmp_path / "broken.mp4"
    broken.write_bytes(b"no film" * 40)
    clear = film(tmp_path / "clear.mov", steady(NTSC, 2), codec="png", pixels="rgba")
    for path, code in ((song, "media.no_picture"), (broken, "media.unreadable"), (clear, "video.proxy_see_through")):
        assert not proxies.wanted(path)
        with pytest.raises(Refused) as refused:
            proxies.make(path, task())
        assert refused.value.findings[0].code == code
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    path = film(tmp_path / "film.mp4", steady(NTSC, 3))
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Refused) as refused:
        Proxies(tmp_path / "file").make(path, task())
    assert refused.value.findings[0].code == "video.proxy_failed"


@pytest.mark.skipif(os.name == "nt", reason="no limit of file sizes there")
def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    import resource

    path = film(tmp_path / "film.mp4", steady(NTSC, 30), grain=60)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, before[1]))
    try:
        with pytest.raises(Refused) as refused:
            Proxies(tmp_path / "cache").make(path, task())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert refused.value.findings[0].code == "video.export_full"
    assert list((tmp_path / "cache").iterdir()) == []


def test_only_heavy_films_get_one(tmp_path: Path) -> None:
    path = film(tmp_path / "film.mp4", steady(Fraction(30), 70), gop=60, options={"sc_threshold": "0"})
    info = Reader(path).info
    assert key_distance(path) == 2
    assert not heavy(info, Fraction(2))
    assert not Proxies(tmp_path).wanted(path)
    hd = replace(info, coded_width=1920, coded_height=1080)
    assert heavy(hd, Fraction(2))  # a long way from key frame to key frame
    assert not heavy(hd, Fraction(0))
    assert heavy(replace(hd, coded_width=3840, coded_height=2160), Fraction(0))  # too many pixels for a step
    assert heavy(replace(hd, codec="hevc", fmt="yuv420p10le"), Fraction(1, 2))
    assert not heavy(replace(hd, alpha=True), Fraction(9))


@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".ts"])
def test_the_distance_of_key_frames(tmp_path: Path, suffix: str) -> None:
    path = film(tmp_path / f"film{suffix}", steady(Fraction(30), 70), gop=30, options={"bf": "2", "sc_threshold": "0"})
    assert key_distance(path) == pytest.approx(1, abs=0.002)


def test_sizes(tmp_path: Path) -> None:
    info = Reader(film(tmp_path / "film.mp4", steady(NTSC, 1))).info

    def of(width: int, height: int) -> tuple[int, int]:
        shape: Info = replace(info, width=width, height=height)
        return small(shape)

    assert [of(1920, 1080), of(1080, 1920), of(640, 360), of(3, 1)] == [(960, 540), (540, 960), (640, 360), (4, 2)]


def test_those_not_used_for_longest_give_way(tmp_path: Path) -> None:
    films = [film(tmp_path / f"{n}.mp4", steady(NTSC, 5)) for n in range(4)]
    made = [Proxies(tmp_path / "cache").make(path, task()) for path in films[:3]]
    for n, proxy in enumerate(made):
        os.utime(proxy, (1000 + (n * 7) % 3, 1000))
    made.append(Proxies(tmp_path / "cache", 2 * made[0].stat().st_size + 100).make(films[3], task()))
    assert [proxy.exists() for proxy in made] == [False, False, True, True]
