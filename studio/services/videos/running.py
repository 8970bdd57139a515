"""Playing as arithmetic: which moment of the timeline belongs to a moment after the start. Pure, without a clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from studio.core.opentime import Time

SPEEDS = tuple(Fraction(s) for s in (-8, -4, -2, -1, 1, 2, 4, 8))
"""What J and L step through."""


@dataclass(frozen=True, slots=True)
class Run:
    """One stretch of playing. origin: where it began; speed: timeline seconds per second, below 0 backwards.

    begin, end   what is played, in seconds of the timeline; loop: from its other end again, for ever
    rate         frames a second, of the timeline and of the screen
    """

    origin: Time
    speed: Fraction
    rate: Fraction
    begin: Time
    end: Time
    loop: bool = False

    def at(self, seconds: Time) -> Time | None:
        """The moment that plays `seconds` after the start; None when it is over by then."""
        moment = self.origin + seconds * self.speed
        if self.loop and self.end > self.begin:
            return self.begin + (moment - self.begin) % (self.end - self.begin)
        if moment >= self.end if self.speed > 0 else moment < self.begin:
            return None
        return moment

    def frame(self, tick: int) -> int | None:
        """The frame of the timeline that the screen's frame number `tick` shows; None when it is over."""
        moment = self.at(Fraction(tick) / self.rate)
        return None if moment is None else int(moment * self.rate // 1)

    def rest(self) -> Time:
        """Where the playhead stands when it is over: on the last frame, or the first."""
        if self.speed < 0:
            return self.begin
        return max(self.begin, (-(-self.end * self.rate // 1) - 1) / self.rate)

    def samples(self, first: int, count: int, hz: int) -> Iterator[tuple[int, int]]:
        """The timeline's own samples for `count` samples of playing from number `first` on: pieces (start, count).

        At double speed twice as many, at half speed half as many; a loop comes round in a piece of its own. Ends
        early when it is over. Only for speeds above 0.
        """
        at, left = first * self.speed, count * self.speed
        while left > 0:
            moment = self.at(Fraction(at) / self.speed / hz)
            if moment is None:
                return
            here = min(left, max(Fraction(1), (self.end - moment) * hz))
            yield int(moment * hz // 1), round(here)
            at, left = at + here, left - here


def faster(speed: Fraction, by: int) -> Fraction:
    """The next speed for L (`by` 1) or J (-1): from rest or the other direction it begins with 1."""
    if speed * by <= 0:
        return Fraction(by)
    return max(SPEEDS[0], min(SPEEDS[-1], speed * 2 if abs(speed) >= 1 else Fraction(by)))
