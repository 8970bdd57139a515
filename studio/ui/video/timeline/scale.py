"""Seconds and pixels: zoom, scroll, and the steps of the ruler. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction

from studio.core.opentime import Time
from studio.core.timeline import Timeline

MOST_PER_FRAME = 48.0  # px a frame is wide at the closest
LEAST = 0.5  # px of a second at the farthest
SECONDS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 3600)


@dataclass(frozen=True, slots=True)
class Scale:
    """per_second: px of a second; left: seconds at the left edge of the tracks; origin: px where the tracks begin."""

    per_second: float = 60.0
    left: float = 0.0
    origin: float = 0.0

    def x(self, t: Time | float) -> float:
        """Where a moment lies, in px of the widget."""
        return self.origin + (float(t) - self.left) * self.per_second

    def seconds(self, x: float) -> float:
        """The moment at a place."""
        return self.left + (x - self.origin) / self.per_second

    def time(self, x: float) -> Time:
        """The same as exact as a pixel is: a thousandth of a second."""
        return Fraction(round(self.seconds(x) * 1000), 1000)

    def length(self, px: float) -> Time:
        """A distance in seconds."""
        return Fraction(round(px / self.per_second * 1000), 1000)

    def zoomed(self, per_second: float, about: float) -> Scale:
        """Another zoom, with the moment under `about` (px) staying where it is."""
        left = self.seconds(about) - (about - self.origin) / per_second
        return replace(self, per_second=per_second, left=max(0.0, left))

    def scrolled(self, px: float) -> Scale:
        """Moved on by so many px; never before the beginning."""
        return replace(self, left=max(0.0, self.left + px / self.per_second))


def closest(timeline: Timeline) -> float:
    """The largest zoom, px of a second: frames as wide as a finger."""
    return MOST_PER_FRAME * float(timeline.rate)


def fitting(timeline: Timeline, width: float) -> float:
    """The zoom that shows all of it in `width` px, with a little air behind."""
    seconds = max(float(timeline.duration), 1.0)
    return min(closest(timeline), max(LEAST, (width - 24) / seconds))


def position(per_second: float, most: float) -> float:
    """A zoom as a place of the slider, 0 (far) to 1 (close): equal steps multiply."""
    return min(1.0, max(0.0, math.log(per_second / LEAST) / math.log(most / LEAST)))


def at_position(part: float, most: float) -> float:
    """The reverse of `position`."""
    return LEAST * math.exp(min(1.0, max(0.0, part)) * math.log(most / LEAST))


def ruler_step(per_second: float, rate: Fraction, apart: float) -> Time:
    """Seconds between two figures of the ruler, so that they are at least `apart` px apart."""
    frames = [Fraction(n) / rate for n in (1, 2, 5, 10, 15) if Fraction(n) / rate < 1]
    for step in (*frames, *(Fraction(each) for each in SECONDS)):
        if float(step) * per_second >= apart:
            return step
    return Fraction(SECONDS[-1])


def parts_of(step: Time, rate: Fraction) -> int:
    """Into how many small ticks a step of the ruler is divided."""
    if step < 1:
        frames = step * rate
        return int(frames) if frames in (2, 5, 10, 15) else 1
    return {2: 4, 15: 3, 30: 6, 60: 6, 120: 4, 300: 5, 600: 5}.get(int(step), 5)


def clock(t: Time, rate: Fraction, frames: bool = True) -> str:
    """A moment as people read it: "0:09.14" (minutes, seconds, frames), "1:02:03" from an hour on."""
    number = int(t * rate // 1) if t >= 0 else 0
    per = max(1, round(rate))
    seconds, rest = int(number / rate // 1), 0
    first = math.ceil(seconds * rate)
    rest = number - first
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    text = f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
    return f"{text}.{max(0, min(rest, per - 1)):02}" if frames else text


def signed(by: Time, rate: Fraction) -> str:
    """How far something was moved: "+0:00.12"."""
    return f"{'−' if by < 0 else '+'}{clock(abs(by), rate)}"
