"""From the start of the process to the first paint, and to a draft list that can be used."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Sequence

from benchmarks import workspace
from benchmarks.measure import ROOT, Result, in_turn, python

GROUP = "start on 10,000 posts"
PAINT, ORM = "empty QMainWindow", "empty QMainWindow, sqlalchemy.orm imported"


def measure(runs: int = 15) -> list[Result]:
    """At most 1.5 times each yardstick was promised."""
    folder = str(workspace.with_posts())
    found = in_turn(
        runs,
        bare=lambda: moment("painted", "bare"),
        orm=lambda: moment("painted", "bare", "sqlalchemy.orm"),
        painted=lambda: moment("painted", "studio", folder),
        usable=lambda: moment("usable", "studio", folder),
    )
    return [
        Result(GROUP, PAINT, found["bare"]),
        Result(GROUP, ORM, found["orm"]),
        Result(GROUP, "first paint", found["painted"], against=PAINT, most=1.5),
        Result(GROUP, "usable draft list", found["usable"], against=ORM, most=1.5),
    ]


def moment(what: str, *probe: str) -> float:
    """Seconds from before the process started to `what`."""
    start = time.monotonic()
    return float(run(probe)[what]) - start


def run(probe: Sequence[str]) -> dict[str, float]:
    """What the probe printed. Off screen, unless QT_QPA_PLATFORM says otherwise."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    command = [str(part) for part in python("-m", "benchmarks.probe", *probe)]
    printed = subprocess.run(command, check=True, cwd=ROOT, env=environment, capture_output=True, text=True).stdout
    return dict(json.loads(printed.splitlines()[-1]))
