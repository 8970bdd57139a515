"""Every picture where its time says, forwards, backwards and at random."""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path

import pytest

from studio.media.video.frames import FrameCache
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
