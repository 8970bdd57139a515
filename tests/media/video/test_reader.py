"""Every picture where its time says, forwards, backwards and at random."""

from __future__ import annotations

import atexit
import random
import shutil
import tempfile
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.media.video.frames import FrameCache
from studio.media.video.head import Head
from studio.media.video.reader import Reader
from tests.media.video.counters import film, number, steady

RATES = {
    "23.976": Fraction(24000, 1001), "24": Fraction(24), "25": Fraction(25), "29.97": Fraction(30000, 1001),
    "30": Fraction(30), "59.94": Fraction(60000, 1001), "60": Fraction(60),
}


def uneven(count: int) -> list[Fraction]:
    """Times of a film whose frame rate varies: from 4 ms to half a second apart."""
    dice = random.Random(5)
    times = [Fraction(0)]
    for _ in range(count - 1):
        times.append(times[-1] + Fraction(dice.choice((4, 16, 17, 33, 34, 70, 500)), 1000))
    return times


def shown(times: list[Fraction], s: Fraction) -> int:
    """The number of the picture that is shown at `s`."""
    return max((n for n, at in enumerate(times) if at <= s), default=0)


def agrees(reader: Reader, times: list[Fraction]) -> None:
    """Asks for every picture at its own time, in three orders, and for moments in between."""
    order = list(range(len(times)))
    mixed = random.Random(1).sample(order, len(order))
    for n in (*order, *order[::-1], *mixed):
        assert number(reader.frame(times[n])) == n
    for n in mixed[:20]:
        until = times[n + 1] if n + 1 < len(times) else times[n] + 1
        assert number(reader.frame((times[n] + until) / 2)) == n
    assert number(reader.frame(Fraction(-3))) == 0
    assert number(reader.frame(times[-1] + 1000)) == len(times) - 1


@pytest.mark.parametrize("suffix", [".mp4", ".mkv"])  # Matroska rounds times to milliseconds
@pytest.mark.parametrize("rate", RATES)
def test_counters_come_out_where_their_time_says(tmp_path: Path, rate: str, suffix: str) -> None:
    times = steady(RATES[rate], 100)
    path = film(tmp_path / f"film{suffix}", times, rate=RATES[rate], gop=40, size=(96, 48))
    reader = Reader(path, cache=FrameCache(200_000))
    agrees(reader, times)
    reader.close()


@pytest.mark.parametrize("suffix", [".mp4", ".mkv"])
def test_a_varying_frame_rate(tmp_path: Path, suffix: str) -> None:
    times = uneven(100)
    path = film(tmp_path / f"film{suffix}", times, gop=40, size=(96, 48))
    agrees(Reader(path, cache=FrameCache(200_000)), times)


@pytest.mark.parametrize("rate", [Fraction(30), Fraction(60), Fraction(24000, 1001)])
def test_a_recording_in_milliseconds_put_into_mp4_loses_no_picture(tmp_path: Path, rate: Fraction) -> None:
    """What OBS and browsers record: every frame of a timeline at the film's own rate shows the next picture."""
    rounded = [Fraction(round(at * 1000), 1000) for at in steady(rate, 90)]
    path = film(tmp_path / "film.mp4", rounded, tick=Fraction(1, 16000), options={"bf": "2"})
    reader = Reader(path)
    assert [number(reader.frame(n / rate)) for n in range(90)] == list(range(90))
    assert reader.info.grain == Fraction(1, 1000)


@pytest.mark.parametrize("rate", [Fraction(25), Fraction(30), Fraction(20)])
def test_exact_times_are_taken_at_their_word(tmp_path: Path, rate: Fraction) -> None:
    info = Reader(film(tmp_path / "film.mp4", steady(rate, 40), tick=Fraction(1, 90000))).info
    assert info.grain == info.tick == Fraction(1, 90000)


@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".ts"])
def test_the_length_counts_from_the_first_picture(tmp_path: Path, suffix: str) -> None:
    path = film(tmp_path / f"late{suffix}", [5 + at for at in steady(Fraction(30), 30)])
    assert Reader(path).info.duration == pytest.approx(1, abs=0.05)


class Counted:
    """How often a head sought, and how many packets were decoded."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.sought = self.opened = 0
        seek, begin = Head.seek, Head.__init__

        def counted_seek(head: Head, tick: int) -> None:
            self.sought += 1
            seek(head, tick)

        def counted_begin(head: Head, path: Path) -> None:
            self.opened += 1
            begin(head, path)

        patch.setattr(Head, "seek", counted_seek)
        patch.setattr(Head, "__init__", counted_begin)


def test_stepping_back_decodes_a_group_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    times = steady(Fraction(30), 90)
    reader = Reader(film(tmp_path / "film.mp4", times, gop=30, options={"sc_threshold": "0"}))
    reader.frame(times[89])
    counted = Counted(monkeypatch)
    assert [number(reader.frame(times[n])) for n in range(88, -1, -1)] == list(range(88, -1, -1))
    assert counted.sought <= 3  # one for each group


def test_reading_on_never_seeks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    times = steady(Fraction(30), 90)
    reader = Reader(film(tmp_path / "film.mp4", times, gop=30), ahead=3)
    counted = Counted(monkeypatch)
    assert [number(reader.frame(at)) for at in times] == list(range(90))
    assert [number(reader.frame(at)) for at in times[80::2]] == list(range(80, 90, 2))
    assert counted.sought <= 1  # back to the 80th
    reader.close()


def test_two_places_of_one_film_do_not_call_each_other_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crossfade between two clips of the same film."""
    times = steady(Fraction(30), 120)
    reader = Reader(film(tmp_path / "film.mp4", times, gop=60), cache=FrameCache(100_000))
    counted = Counted(monkeypatch)
    for n in range(30):
        assert number(reader.frame(times[n])) == n
        assert number(reader.frame(times[70 + n])) == 70 + n
    assert (counted.opened, counted.sought) <= (1, 3)


def test_a_jump_over_key_frames_seeks_and_a_short_one_reads_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = steady(Fraction(30), 120)
    reader = Reader(film(tmp_path / "film.mp4", times, gop=30, options={"sc_threshold": "0"}))
    counted = Counted(monkeypatch)
    reader.frame(times[20])
    assert counted.sought == 0
    reader.frame(times[100])
    assert counted.sought == 1


def test_the_nearest_picture_is_there_at_once(tmp_path: Path) -> None:
    times = steady(Fraction(30), 90)
    reader = Reader(film(tmp_path / "film.mp4", times, gop=30))
    near = reader.near(Fraction(2))
    assert near is not None and number(near) == 0  # the first picture is always at hand
    reader.frame(times[60])
    near = reader.near(times[63])
    assert near is not None and number(near) == 60


def test_a_frame_is_its_callers_own(tmp_path: Path) -> None:
    reader = Reader(film(tmp_path / "film.mp4", steady(Fraction(30), 10)))
    one = reader.frame(Fraction(5, 30))
    one.pts, one.time_base = 12345, Fraction(1, 7)
    two = reader.frame(Fraction(5, 30))
    assert two.pts != 12345 and number(two) == 5
    assert number(reader.frame(Fraction(6, 30))) == 6


@given(st.lists(st.integers(0, 119), min_size=1, max_size=25), st.sampled_from([0, 30_000, 400_000]))
@settings(max_examples=40, deadline=None)
def test_any_order_with_any_budget(wanted: list[int], budget: int) -> None:
    times = uneven(120)
    reader = Reader(shared(times), cache=FrameCache(budget))
    assert [number(reader.frame(times[n])) for n in wanted] == wanted
    reader.close()


@cache
def folder() -> Path:
    made = Path(tempfile.mkdtemp(prefix="yigao-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


def shared(times: list[Fraction]) -> Path:
    """A film that is made once."""
    path = folder() / "shared.mp4"
    if not path.exists():
        film(path, times, gop=40, size=(96, 48), options={"preset": "medium", "bf": "4"})
    return path
