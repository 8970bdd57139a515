"""Broken, strange and hostile films: a picture or a sentence, never a crash or a hang."""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from studio.core.errors import Refused
from studio.core.task import Task
from studio.core.words import N
from studio.media.video.chain import Chains
from studio.media.video.frames import FrameCache, Still
from studio.media.video.head import Head
from studio.media.video.normal import normal
from studio.media.video.proxies import Proxies
from studio.media.video.reader import Reader
from studio.media.video.readers import Readers
from tests.media import make
from tests.media.video.counters import film, number, steady

THIRTY = Fraction(30)


def code(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.findings[0].code


def mutated(data: bytes, dice: random.Random) -> bytes:
    """`data` with a few bytes or a stretch of it changed, cut out or cut off."""
    kind = dice.randrange(4)
    at = dice.randrange(len(data))
    if kind == 0:
        return data[:at]
    if kind == 1:
        return data[:at] + data[min(len(data), at + dice.randrange(1, 4000)) :]
    changed = bytearray(data)
    for _ in range(dice.choice((1, 5, 100))):
        changed[dice.randrange(len(data) if kind == 2 else min(len(data), 2000))] = dice.randrange(256)
    return bytes(changed)


def survives(path: Path) -> str:
    """Opens and reads a film here and there; the code it is refused with, "" when it plays."""
    try:
        reader = Reader(path, cache=FrameCache(2_000_000))
    except Refused as refused:
        return refused.findings[0].code
    try:
        for s in (0, 1, Fraction(1, 2), 2, Fraction(1, 3), 0):
            assert reader.frame(Fraction(s)).width > 0
    except Refused as refused:
        return refused.findings[0].code
    finally:
        reader.close()
    return ""


def proxied(path: Path) -> str:
    """Makes the proxy of a film; the code it is refused with, "" when there is one that plays."""
    proxies = Proxies(path.parent / "proxies")
    try:
        proxy = proxies.make(path, Task(N("Test", "Test"), "render", time.monotonic))
    except Refused as refused:
        return refused.findings[0].code
    assert survives(proxy) == ""
    return ""


def fuzz(folder: Path, count: int, seed: int, outcome_of: Callable[[Path], str] = survives) -> dict[str, int]:
    """How often each outcome was, over `count` mutations of films of several kinds."""
    films = [
        film(folder / "a.mp4", steady(THIRTY, 40), size=(96, 48), gop=12, options={"bf": "2"}).read_bytes(),
        film(folder / "b.mkv", steady(THIRTY, 40), size=(96, 48), gop=12).read_bytes(),
        film(folder / "c.ts", steady(THIRTY, 40), size=(96, 48), gop=12).read_bytes(),
        film(folder / "d.webm", steady(THIRTY, 40), size=(96, 48), gop=12, codec="libvpx-vp9",
             options={"deadline": "realtime", "cpu-used": "8"}).read_bytes(),
        film(folder / "e.avi", steady(THIRTY, 40), size=(96, 48), gop=12, codec="mpeg4", tick=1 / THIRTY).read_bytes(),
    ]
    dice, outcomes = random.Random(seed), dict[str, int]()
    for n in range(count):
        path = folder / f"fuzz{n}"
        path.write_bytes(mutated(films[n % len(films)], dice))
        outcome = outcome_of(path)
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
        path.unlink()
    return outcomes


def test_mutations_play_or_are_named(tmp_path: Path) -> None:
    outcomes = fuzz(tmp_path, 500, 7)
    assert set(outcomes) <= {"", "media.unreadable", "media.no_picture", "media.empty", "video.codec_unknown"}
    assert outcomes[""] > 200  # most still show something


def test_proxies_of_mutations_play_or_are_named(tmp_path: Path) -> None:
    outcomes = fuzz(tmp_path, 60, 8, proxied)
    assert set(outcomes) <= {"", "media.unreadable", "media.no_picture", "media.empty", "video.codec_unknown",
                             "video.proxy_failed"}
    assert outcomes[""] > 20
    assert {path.suffix for path in (tmp_path / "proxies").iterdir()} == {".mp4"}  # nothing half done


@pytest.mark.parametrize(("content", "expected"), [
    (b"", "media.empty"), (b"not a film at all" * 50, "media.unreadable"),
    (b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{film}\n#EXT-X-ENDLIST\n", "media.unreadable"),
    (b"ffconcat version 1.0\nfile '{film}'\n", "media.unreadable"),
    (b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n", "media.unreadable"),
    (b"<?xml version='1.0'?><MPD><Period><BaseURL>{film}</BaseURL></Period></MPD>", "media.unreadable"),
    (b"[playlist]\nFile1={film}\n", "media.unreadable"),
])
@pytest.mark.parametrize("suffix", [".mp4", ".m3u8"])
def test_what_leads_elsewhere_is_never_followed(tmp_path: Path, content: bytes, expected: str, suffix: str) -> None:
    inside = film(tmp_path / "inside.mp4", steady(THIRTY, 3))
    path = tmp_path / f"list{suffix}"
    path.write_bytes(content.replace(b"{film}", str(inside).encode()))
    with pytest.raises(Refused) as refused:
        Reader(path)
    assert code(refused) == expected


def test_sound_without_a_picture_is_said(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        Reader(make.song(tmp_path / "song.mp3"))
    assert code(refused) == "media.no_picture"


def test_a_folder_and_nothing_at_all(tmp_path: Path) -> None:
    for path, expected in ((tmp_path, "media.unreadable"), (tmp_path / "gone.mp4", "video.source_missing")):
        with pytest.raises(Refused) as refused:
            Reader(path)
        assert code(refused) == expected


def test_a_codec_nobody_knows(tmp_path: Path) -> None:
    path = film(tmp_path / "film.mp4", steady(THIRTY, 3))
    path.write_bytes(path.read_bytes().replace(b"avc1", b"zzzz").replace(b"avcC", b"zzzC"))
    with pytest.raises(Refused) as refused:
        Reader(path)
    assert code(refused) == "video.codec_unknown"


@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".ts", ".avi"])
def test_a_film_cut_off_plays_as_far_as_it_goes(tmp_path: Path, suffix: str) -> None:
    options = {"movflags": "+faststart"} if suffix == ".mp4" else {}
    tick = 1 / THIRTY if suffix == ".avi" else Fraction(1, 90000)
    path = film(tmp_path / f"film{suffix}", steady(THIRTY, 60), gop=15, container=options, tick=tick,
                codec="mpeg4" if suffix == ".avi" else "libx264", grain=30, size=(96, 48),
                options={"b": "4M"} if suffix == ".avi" else {})
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 6 // 10])
    reader = Reader(path)
    assert number(reader.frame(Fraction(10, 30))) == 10
    assert number(reader.frame(Fraction(59, 30))) >= 15
    assert number(reader.frame(Fraction(3, 30))) == 3


def test_a_hole_in_the_middle_leaves_the_rest_exact(tmp_path: Path) -> None:
    path = film(tmp_path / "film.mp4", steady(THIRTY, 90), gop=15, options={"bf": "2"})
    data = bytearray(path.read_bytes())
    middle = len(data) // 3
    data[middle : middle + 600] = bytes(600)
    path.write_bytes(data)
    reader = Reader(path)
    for n in (80, 85, 75, 3, 89):
        assert number(reader.frame(n / THIRTY)) == n


def test_a_picture_that_is_damaged_is_looked_for_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = film(tmp_path / "film.ts", steady(THIRTY, 90), gop=15, options={"bf": "0", "sc_threshold": "0"}, grain=20)
    data, whole = bytearray(path.read_bytes()), len(path.read_bytes()) // 188
    for packet in range(whole // 2, whole // 2 + 6):
        data[packet * 188 : packet * 188 + 188] = b"\x47\x1f\xff\x10" + bytes(184)  # null packets: nothing is left
    path.write_bytes(data)
    reader, sought = Reader(path), [0]
    seek = Head.seek

    def counted(head: Head, tick: int) -> None:
        sought[0] += 1
        seek(head, tick)

    monkeypatch.setattr(Head, "seek", counted)
    first = [number(reader.frame(n / THIRTY)) for n in range(89, 29, -1)]
    assert first[:20] == list(range(89, 69, -1)) and first == sorted(first, reverse=True)
    assert first != list(range(89, 29, -1))  # some are lost
    before = sought[0]
    assert [number(reader.frame(n / THIRTY)) for n in range(89, 29, -1)] == first
    assert sought[0] == before


def test_colours_that_nobody_knows_are_taken_as_untold(tmp_path: Path) -> None:
    """ProRes carries its colours in every picture; here they are numbers that mean nothing."""
    path = film(tmp_path / "film.mov", steady(THIRTY, 3), codec="prores_ks", pixels="yuv422p10le")
    data = bytearray(path.read_bytes())
    at = data.index(b"icpf")
    while at >= 0:
        data[at + 18 : at + 21] = bytes((42, 244, 163))  # primaries, transfer, matrix
        at = data.find(b"icpf", at + 1)
    path.write_bytes(data)
    reader = Reader(path)
    assert (reader.info.primaries, reader.info.transfer, reader.info.matrix) == (2, 2, 2)
    frame = Chains().run("test", normal(reader.info), reader.frame(2 / THIRTY))
    assert (frame.format.name, number(frame)) == ("yuv420p", 2)


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (3, 5), (7680, 4320)])
def test_sizes_from_one_pixel_to_8k(tmp_path: Path, size: tuple[int, int]) -> None:
    path = tmp_path / "film.mov"
    codec, pixels = ("mjpeg", "yuvj420p") if size[0] > 100 else ("png", "rgb24")
    with av.open(str(path), "w") as file:
        stream = file.add_stream(codec, 30)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = *size, pixels
        for n in range(2):
            frame = av.VideoFrame.from_ndarray(np.full((size[1], size[0], 3), 99, np.uint8)).reformat(format=pixels)
            frame.pts = n
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    reader = Reader(path)
    assert (reader.info.width, reader.info.height) == size
    assert reader.frame(Fraction(1)).width == size[0]


@pytest.mark.parametrize("rate", [Fraction(1), Fraction(1, 4), Fraction(240), Fraction(1000)])
def test_rates_from_four_seconds_a_picture_to_a_thousand_a_second(tmp_path: Path, rate: Fraction) -> None:
    path = film(tmp_path / "film.mp4", steady(rate, 40), rate=rate, gop=15)
    reader = Reader(path)
    for n in (39, 0, 17, 18, 16, 38, 1):
        assert number(reader.frame(n / rate)) == n
        assert number(reader.frame((n + Fraction(9, 10)) / rate)) == n


@pytest.mark.parametrize("suffix", [".mp4", ".mkv"])
def test_two_hours_with_few_pictures(tmp_path: Path, suffix: str) -> None:
    times = [Fraction(0), Fraction(1, 30), Fraction(3600), Fraction(7199), Fraction(7200)]
    reader = Reader(film(tmp_path / f"long{suffix}", times, gop=2))
    assert reader.info.duration is not None and reader.info.duration >= 7199
    for s, n in ((7199, 3), (7200, 4), (20, 1), (3600, 2), (7198, 2), (0, 0), (10**9, 4)):
        assert number(reader.frame(Fraction(s))) == n


def test_no_duration_in_the_header(tmp_path: Path) -> None:
    path = film(tmp_path / "live.webm", steady(THIRTY, 40), codec="libvpx", container={"live": "1"},
                options={"deadline": "realtime", "cpu-used": "8"})
    reader = Reader(path)
    assert reader.info.duration == pytest.approx(Fraction(4, 3), abs=0.05)
    for n in (39, 3, 20, 19):
        assert number(reader.frame(n / THIRTY)) == n


def test_times_that_jump_back_neither_hang_nor_crash(tmp_path: Path) -> None:
    """Two transport streams one after the other: the clock starts anew in the middle."""
    one = film(tmp_path / "one.ts", steady(THIRTY, 40), gop=10).read_bytes()
    path = tmp_path / "both.ts"
    path.write_bytes(one + one)
    reader = Reader(path)
    for n in (0, 5, 39, 20, 60, 79, 3, 1000):
        assert reader.frame(n / THIRTY).width > 0
    assert number(reader.frame(Fraction(0))) == 0


def test_times_before_zero_and_a_late_start(tmp_path: Path) -> None:
    """The first picture is moment 0, whatever the file's clock says."""
    path = film(tmp_path / "late.mp4", [5 + at for at in steady(THIRTY, 20)])
    reader = Reader(path)
    for n in (19, 0, 7):
        assert number(reader.frame(n / THIRTY)) == n


def test_a_source_that_goes_or_is_replaced_while_open(tmp_path: Path) -> None:
    path = film(tmp_path / "film.mp4", steady(THIRTY, 20))
    readers = Readers(10_000_000)
    assert number(readers.reader(path).frame(Fraction(15, 30))) == 15
    other = film(tmp_path / "other.mp4", [Fraction(0), *(n / THIRTY for n in range(15, 30))])
    os.replace(other, path)
    assert number(readers.reader(path).frame(Fraction(15, 30))) == 1
    path.unlink()
    with pytest.raises(Refused) as refused:
        readers.reader(path)
    assert code(refused) == "video.source_missing"
    readers.close()


def test_a_source_that_is_emptied_under_the_reader(tmp_path: Path) -> None:
    path = film(tmp_path / "film.mp4", steady(THIRTY, 90), gop=10, grain=60)
    reader = Reader(path)
    path.write_bytes(b"")
    outcomes: list[int | str] = []
    for n in (70, 20, 89):
        try:
            outcomes.append(reader.frame(n / THIRTY).width)
        except Refused as refused:
            outcomes.append(refused.findings[0].code)
    assert set(outcomes) <= {192, "media.empty", "media.unreadable"}


def test_a_reader_that_was_closed_opens_again(tmp_path: Path) -> None:
    reader = Reader(film(tmp_path / "film.mp4", steady(THIRTY, 30)), ahead=2)
    kept = reader.frame(Fraction(2, 30))
    reader.close()
    reader.close()
    assert number(kept) == 2
    assert number(reader.frame(Fraction(20, 30))) == 20
    reader.close()


def test_many_threads_at_once(tmp_path: Path) -> None:
    path = film(tmp_path / "film.mp4", steady(THIRTY, 60), gop=20)
    readers, wrong = Readers(1_000_000, most=1, ahead=3), []
    other = film(tmp_path / "other.mp4", steady(THIRTY, 5))

    def read(seed: int) -> None:
        dice = random.Random(seed)
        for _ in range(30):
            n = dice.randrange(60)
            if (got := number(readers.reader(path).frame(n / THIRTY))) != n:
                wrong.append((n, got))

    threads = [threading.Thread(target=read, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    readers.reader(other)
    for thread in threads:
        thread.join()
    readers.close()
    assert wrong == []


def test_large_films_close_one_another_sooner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [film(tmp_path / f"{n}.mp4", steady(THIRTY, 2)) for n in range(6)]
    closed, close = [], Reader.close

    def noted(reader: Reader) -> None:
        closed.append(reader.path)
        close(reader)

    monkeypatch.setattr(Reader, "close", noted)
    readers = Readers()
    for path in paths:
        readers.reader(path)
    assert closed == []
    monkeypatch.setattr("studio.media.video.readers.DECODERS", 1_000_000)
    readers.reader(paths[5])
    assert closed == paths[:3]  # as many as may be seen at once stay
    readers.close()


def test_the_cache_keeps_its_budget() -> None:
    cache = FrameCache(10 * 1536)
    for n in range(40):
        cache.put("film", Still(n, n + 1, av.VideoFrame(32, 32, "yuv420p")))
    assert cache.bytes <= 10 * 1536 and len(cache) >= 3
    assert cache.at("film", 0) is None and cache.at("film", 39) is not None
    nearest = cache.nearest("film", 0)
    assert nearest is not None and nearest.at >= 30
    cache.put("film", Still(1, 2, av.VideoFrame(640, 480, "yuv420p")))  # larger than all of it
    assert cache.at("film", 1) is None
    cache.forget("film")
    assert (cache.bytes, len(cache), cache.nearest("film", 3)) == (0, 0, None)


