"""Figures under the picture."""

from __future__ import annotations

from fractions import Fraction

import pytest

from studio.ui.video.player.timecode import frame_number, timecode

NTSC = Fraction(30000, 1001)


@pytest.mark.parametrize(("frame", "rate", "said"), [
    (0, Fraction(30), "0:00.00"), (284, Fraction(30), "0:09.14"), (29, NTSC, "0:00.29"), (30, NTSC, "0:01.00"),
    (1799, Fraction(30), "0:59.29"), (1800, Fraction(30), "1:00.00"), (24, Fraction(24), "0:01.00"),
])
def test_seconds_and_frames(frame: int, rate: Fraction, said: str) -> None:
    assert timecode(frame / rate, rate) == said and frame_number(frame / rate, rate) == frame


def test_frames_count_up_and_never_twice_the_same() -> None:
    for rate in (Fraction(24000, 1001), NTSC, Fraction(60000, 1001), Fraction(25)):
        codes = [timecode(frame / rate, rate) for frame in range(2000)]
        assert len(set(codes)) == 2000 and all(len(code) == 7 for code in codes)
