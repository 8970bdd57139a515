"""Frame rates as they are written and as they are."""

from __future__ import annotations

from fractions import Fraction


def exact_rate(rate: float) -> Fraction:
    """29.97 and its like as 30000/1001; all others as the nearest simple fraction."""
    ntsc = Fraction(round(rate * 1.001) * 1000, 1001)
    plain = Fraction(rate).limit_denominator(1000)
    return ntsc if abs(float(ntsc) - rate) < 0.01 and plain.denominator != 1 else plain
