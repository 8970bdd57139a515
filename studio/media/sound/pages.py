"""What remembers what it heard (filters, a changed tempo), made so that any stretch of it comes out the same.

Such sound is made in pages of a few seconds, each from a fresh start with a run-up of its own, so that a page depends
on nothing but its number. Neighbours overlap and pass over to each other where they differ least: no seam is heard.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

import numpy as np

from studio.media.sound.decoding import Samples, lay
from studio.media.sound.reading import RATE

PAGE = 6 * RATE
BEFORE = RATE  # page 0 begins so long before a clip does, for what a transition shows of it
OVERLAP = RATE // 2
FADE = RATE // 100
BUDGET = 48 << 20  # bytes

Make = Callable[[int, int], Samples]  # (start, count) in the clip's own time -> (count, 2)


class Pages:
    """Pages of many clips, the oldest forgotten first."""

    def __init__(self, budget: int = BUDGET) -> None:
        self._budget, self._held = budget, 0
        self._made: OrderedDict[tuple[Hashable, int, bool], Samples] = OrderedDict()
        self._lock = threading.RLock()

    def read(self, key: Hashable, make: Make, start: int, count: int) -> Samples:
        """(count, 2) from `start` of what `make` makes. key: everything that it depends on."""
        out, stop = np.zeros((count, 2), np.float32), start + count
        with self._lock:
            for number in range((start + BEFORE) // PAGE, (stop - 1 + BEFORE) // PAGE + 1):
                begin = number * PAGE - BEFORE
                if stop > begin + OVERLAP:
                    lay(out, start, self._page(key, make, number)[:PAGE], begin)
                if start < begin + OVERLAP:
                    lay(out, start, self._seam(key, make, number), begin)
        return out

    def _page(self, key: Hashable, make: Make, number: int) -> Samples:
        found = self._made.get((key, number, False))
        if found is None:
            found = make(number * PAGE - BEFORE, PAGE + OVERLAP)
        return self._kept((key, number, False), found)

    def _seam(self, key: Hashable, make: Make, number: int) -> Samples:
        """The first moments of a page, where it takes over from the one before."""
        found = self._made.get((key, number, True))
        if found is None:
            before, after = self._page(key, make, number - 1)[PAGE:], self._page(key, make, number)[:OVERLAP]
            found = joined(before, after)
        return self._kept((key, number, True), found)

    def _kept(self, key: tuple[Hashable, int, bool], samples: Samples) -> Samples:
        if key not in self._made:
            self._held += samples.nbytes
        self._made[key] = samples
        self._made.move_to_end(key)
        while self._held > self._budget and len(self._made) > 1:
            self._held -= self._made.popitem(last=False)[1].nbytes
        return samples


def joined(before: Samples, after: Samples) -> Samples:
    """From one sound over to another that is much the same, where they differ least. Both (n, 2), as is the result."""
    apart = np.cumsum(np.square(before - after, dtype=np.float64).sum(axis=1))
    at = int(np.argmin(apart[FADE:] - apart[:-FADE]))
    out = np.concatenate([before[:at], after[at:]])
    part = np.linspace(0, 1, FADE, dtype=np.float32)[:, None]
    out[at : at + FADE] = before[at : at + FADE] * (1 - part) + after[at : at + FADE] * part
    return out
