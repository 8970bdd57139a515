"""Times whole commands side by side: one after the other in turn, so that a slow minute hits all alike."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table.

    values   each run's figure, in `unit`
    against  the name of the result this one is compared with, "" for a yardstick
    most     the largest ratio of medians (or, without `against`, the largest median) that was promised
    """

    group: str
    name: str
    values: tuple[float, ...]
    unit: str = "s"
    against: str = ""
    most: float | None = None
    notes: Mapping[str, object] = field(default_factory=dict)

    @property
    def median(self) -> float:
        return statistics.median(self.values)


def seconds(command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> float:
    """Wall time of a command from start to end; CalledProcessError when it fails."""
    start = time.perf_counter()
    subprocess.run(
        [str(part) for part in command],
        check=True,
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - start


def in_turn(runs: int, **measured: Callable[[], float]) -> dict[str, tuple[float, ...]]:
    """Call each of `measured` once to warm up, then `runs` times in turn; the figures by name."""
    for measure in measured.values():
        measure()
    found: dict[str, list[float]] = {name: [] for name in measured}
    for _ in range(runs):
        for name, measure in measured.items():
            found[name].append(measure())
    return {name: tuple(values) for name, values in found.items()}


def python(*arguments: str | Path) -> list[str | Path]:
    """A command line for this Python."""
    return [sys.executable, *arguments]


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` (0 to 1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
