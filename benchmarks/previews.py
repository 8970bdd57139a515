"""Previews: from a keystroke to every card painted, to another surface, to files, and what stays in memory.

A post of nine pictures for six platforms. The peers stand in the same run: Qt's own rich text with the same words and
no pictures; Pillow drawing the same words and pictures at the same places, without icons, round corners or shaping.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

from benchmarks import cards, workspace
from benchmarks.measure import ROOT, Result, percentile, python

TYPING, CHANGING = "previews: typing, 6 platforms, 9 pictures", "previews: changing"
FILES, MEMORY = "previews: a PNG of every surface", "previews: memory"
STROKES, TURNS, EDITS = 200, 10, 10_000
HTML, PILLOW = "six QTextBrowsers with the same words, p95", "Pillow, the same words and pictures"


def measure(runs: int = 3) -> list[Result]:
    """16 ms for a keystroke, 30 ms for another surface or platform, 2 s for all files were promised."""
    folder = str(make())
    typed = [probe("keys", folder, STROKES) for _ in range(runs)]
    alone = [probe("alone", folder, STROKES) for _ in range(runs)]
    peers = [probe("html", STROKES) for _ in range(runs)]
    turned = [probe("switch", folder, TURNS) for _ in range(runs)]
    files, drawn = [[probe(what, folder) for _ in range(runs)] for what in ("files", "pillow")]
    grown = probe("grow", folder, EDITS)
    count = files[0]["count"]
    return [
        Result(TYPING, HTML, p95(peers, "milliseconds"), "ms"),
        Result(TYPING, f"key in a window, {typed[0]['seen']} cards, p95", p95(typed, "milliseconds"), "ms", most=16),
        Result(TYPING, "of that with a processor, p95", p95(typed, "processor"), "ms"),
        Result(TYPING, f"edit alone, {alone[0]['seen']} cards, p95", p95(alone, "milliseconds"), "ms", most=16),
        Result(TYPING, "of it with a processor, p95", p95(alone, "processor"), "ms"),
        Result(CHANGING, "another surface painted, p95", p95(turned, "surface"), "ms", most=30),
        Result(CHANGING, "another platform painted, p95", p95(turned, "platform"), "ms", most=30),
        Result(FILES, PILLOW, tuple(float(each["seconds"]) for each in drawn)),  # type: ignore[arg-type]
        Result(FILES, f"all {count} surfaces", tuple(float(each["seconds"]) for each in files), most=2),  # type: ignore[arg-type]
        Result(MEMORY, f"grown over {EDITS:,} edits", (float(grown["megabytes"]),), "MB", most=16),  # type: ignore[arg-type]
    ]  # fmt: skip


def make() -> Path:
    """The workspace, anew."""
    folder = workspace.FOLDER / "previews"
    shutil.rmtree(folder, ignore_errors=True)
    cards.make(folder)
    return folder


def p95(runs: list[dict[str, object]], name: str) -> tuple[float, ...]:
    """Of each run."""
    return tuple(percentile([float(each) for each in run[name]], 0.95) for run in runs)  # type: ignore[attr-defined]


def probe(*words: object) -> dict[str, object]:
    """What a process of its own measured."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    command = [str(part) for part in python("-m", "benchmarks.cards", *(str(word) for word in words))]
    done = subprocess.run(command, check=True, cwd=ROOT, env=environment, capture_output=True, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))
