"""Moments of a video in figures."""

from __future__ import annotations

from fractions import Fraction

from studio.core.opentime import Time


def timecode(t: Time, rate: Fraction) -> str:
    """"0:09.14": minutes, seconds, and the frame of the second."""
    frame = int(t * rate // 1)
    second = int(t // 1)
    within = frame - int(-(-second * rate // 1))
    return f"{second // 60}:{second % 60:02}.{max(0, within):02}"


def frame_number(t: Time, rate: Fraction) -> int:
    """Number of the frame that is shown at `t`."""
    return int(t * rate // 1)
