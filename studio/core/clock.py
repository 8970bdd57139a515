"""Whether the clock of this computer was changed, or the computer slept, between two looks.

The wall clock says what time it is; a person or a time server may set it at any moment. A steady clock only ever
counts. When the two disagree about how much time passed, somebody set the wall clock.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

Kind = Literal["slept", "forward", "back"]
# Time servers put small errors right all day, and a post two minutes late is on time: less than this is no event.
STEP = timedelta(minutes=1)
# A kernel may run the wall clock this much faster or slower while it puts it right (500 millionths); over a weekend
# asleep that, and a cheap quartz, come to more than STEP.
SLEW = 0.0005
# A computer that was gone for less did not sleep in any sense that matters: nothing planned can have been missed.
NAP = timedelta(seconds=10)
# Without a clock that stops in sleep, a long time between two looks is taken for sleep. Looks come every 20 seconds,
# but one of them may be busy sending.
LONG = timedelta(minutes=5)
_COUNTS_ON = {"linux": "CLOCK_BOOTTIME", "darwin": "CLOCK_MONOTONIC_RAW"}


@dataclass(frozen=True, slots=True)
class Moment:
    """One look at the clocks. wall: UTC. steady: seconds, counting on while the computer sleeps.

    awake   seconds not counting sleep, or None where there is no such clock
    """

    wall: datetime
    steady: float
    awake: float | None = None


@dataclass(frozen=True, slots=True)
class Jump:
    """by: how long it slept, or how far the wall clock was set; never negative."""

    by: timedelta
    kind: Kind


def judge(before: Moment, after: Moment) -> Jump | None:
    """What happened between two looks of one process. A changed clock is named before a sleep, when it was both."""
    passed = timedelta(seconds=max(0.0, after.steady - before.steady))
    changed = (after.wall - before.wall) - passed
    if abs(changed) > STEP + passed * SLEW:
        return Jump(abs(changed), "forward" if changed > timedelta(0) else "back")
    slept = _slept(before, after, passed)
    return Jump(slept, "slept") if slept else None


def _slept(before: Moment, after: Moment, passed: timedelta) -> timedelta:
    """Zero when it did not, or for less than counts."""
    if before.awake is None or after.awake is None:
        return passed if passed > LONG else timedelta(0)
    asleep = passed - timedelta(seconds=after.awake - before.awake)
    return asleep if asleep > NAP else timedelta(0)


def since(last_seen: datetime | None, now: datetime) -> Jump | None:
    """Between two runs only the wall clock is left: that it went back is certain, how far at least.

    A clock set forward between two runs cannot be told from a computer that was off.
    """
    if last_seen is None or now >= last_seen - STEP:
        return None
    return Jump(last_seen - now, "back")


def wall() -> datetime:
    """What time it is by the clock of this computer, UTC."""
    return datetime.now(UTC)


def steady() -> float:
    """Seconds that count on while the computer sleeps.

    Linux     CLOCK_BOOTTIME
    macOS     CLOCK_MONOTONIC_RAW, which counts sleep there, other than on Linux
    Windows   time.monotonic(): the tick count, from Python 3.13 on the performance counter; both count sleep
    elsewhere time.monotonic(); where it stops in sleep, a sleep looks like a clock set forward, and the same is done
    """
    number = getattr(time, _COUNTS_ON.get(sys.platform, ""), None)
    return time.monotonic() if number is None else time.clock_gettime(number)


def awake() -> float | None:
    """Seconds that stand still while the computer sleeps (time.monotonic on Linux and macOS); None elsewhere."""
    return time.monotonic() if sys.platform in _COUNTS_ON else None


class Clock:
    """Tells at each tick what happened since the one before. For one thread; the clocks may be given, for tests."""

    def __init__(
        self, wall: Callable[[], datetime] = wall, steady: Callable[[], float] = steady,
        awake: Callable[[], float | None] = awake,
    ) -> None:
        self._wall, self._steady, self._awake = wall, steady, awake
        self._last = self.moment()

    def moment(self) -> Moment:
        """The clocks as they are now."""
        return Moment(self._wall(), self._steady(), self._awake())

    def tick(self) -> Jump | None:
        """What happened since the tick before, or since it was made."""
        before, self._last = self._last, self.moment()
        return judge(before, self._last)
