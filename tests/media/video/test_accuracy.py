"""Counters burnt into films of every usual rate come out of the timeline where it says, whatever its own rate."""

from __future__ import annotations

import random
from bisect import bisect_right
from fractions import Fraction
from pathlib import Path

import pytest

from studio.core.timeline import Clip, Source, Timeline, Track
from studio.media.video.compositor import Compositor
from studio.media.video.info import nearest
from tests.media.video.counters import film, number, steady
from tests.media.video.test_reader import RATES, uneven

GRAINS = {".mp4": Fraction(1, 90000), ".mkv": Fraction(1, 1000)}
SECONDS = 3


def clips() -> tuple[Clip, ...]:
    """Cuts at odd moments, one slower, one faster, one longer than the film."""
    return (
        Clip("a", Fraction(1, 3), source="film", start=Fraction(7, 10)),
        Clip("b", Fraction(2, 5), source="film", start=Fraction(11, 7), speed=Fraction(1, 2)),
        Clip("c", Fraction(1, 2), source="film", start=Fraction(1001, 30000) * 5, speed=Fraction(7, 3)),
        Clip("d", Fraction(3, 4), source="film"),
        Clip("e", Fraction(1), source="film", start=Fraction(SECONDS) - Fraction(1, 4)),
    )


def shown(times: list[Fraction], s: Fraction, grain: Fraction) -> int:
    """The picture at `s` by the rule of the reader, reckoned without it."""
    rounded = [nearest(at, grain) for at in times]
    return max(0, bisect_right(rounded, nearest(s, grain)) - 1)


@pytest.mark.parametrize("suffix", GRAINS)
@pytest.mark.parametrize("rate", [*RATES, "varying"])
def test_the_timeline_shows_the_picture_of_its_moment(tmp_path: Path, rate: str, suffix: str) -> None:
    times = uneven(100) if rate == "varying" else steady(RATES[rate], int(SECONDS * RATES[rate]))
    path = film(tmp_path / f"film{suffix}", times, rate=RATES.get(rate, Fraction(30)), size=(96, 48), gop=50)
    grain = Fraction(1, 1000) if rate == "varying" else GRAINS[suffix]  # its times are whole milliseconds
    compositor = Compositor(lambda source: Path(source.path))
    for own in random.Random(rate).sample([*RATES.values()], 2):
        timeline = Timeline("t", 96, 48, own, (Track("main", "main", clips()),),
                            {"film": Source("film", str(path), "video")})
        for n in range(timeline.frames):
            placed = timeline.tracks[0].at(n / own)
            assert placed is not None
            s = placed.clip.source_time(n / own - placed.begin)
            assert number(compositor.frame(timeline, n / own)) == shown(times, s, grain), (n, float(s))
    compositor.close()
