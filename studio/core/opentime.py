"""Time inside media: exact fractions of a second."""

from __future__ import annotations

from fractions import Fraction

Time = Fraction


def to_text(time: Time) -> str:
    """`Fraction(1001, 30000)` -> "1001/30000"; whole seconds -> "5"."""
    return str(time)


def from_text(text: str | int) -> Time:
    """The reverse of `to_text`; also takes "0.5". ValueError on anything else."""
    return Fraction(text)
