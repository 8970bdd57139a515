"""A timeline of ten minutes of 1080p in 200 clips: opened, edited, exported; and what 5, 10 and 20 minutes cost.

Every third cut is a crossfade, every fifth clip has an effect, every tenth a title over it. Memory is the most that a
process of its own ever held: while it exported the first minute at full size, and while it exported all of it. The cost
of length is measured at 320x180 and 15 frames a second, so that it does not take an hour: what is opened, sought,
decoded and closed is the same.

`python -m benchmarks.longline MINUTES full|light TARGET` exports one and prints its figures.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from benchmarks import footage
from benchmarks.measure import ROOT, Result, percentile, python
from benchmarks.workspace import FOLDER
from studio.core import export
from studio.core.timeline import Clip, Effect, Gap, Item, Source, Timeline, Track, Transition
from studio.core.title import Title

GROUP = "a timeline of 200 clips, 10 min of 1080p"
SECONDS, CLIPS, RATE = 3, 200, Fraction(30)
LOOKS = ("colour", "look", "vignette", "hue")
FULL = replace(export.USUAL, hardware=False, smart=False)
LIGHT = replace(FULL, width=320, height=180, rate=Fraction(15))


def measure(runs: int = 3) -> list[Result]:
    """Open under 0.5 s, any edit under 20 ms, memory under 900 MB, cost linear in length."""
    opened = tuple(opening() for _ in range(runs))
    edited = tuple(percentile([each * 1000 for each in editing(run)], 1.0) for run in range(runs))
    full, light = exported(10, "full"), {minutes: exported(minutes, "light") for minutes in (5, 10, 20)}
    memory = max(full["megabytes"], *(each["megabytes"] for each in light.values()))
    per_minute = {minutes: each["seconds"] / minutes for minutes, each in light.items()}
    return [
        Result(GROUP, "open the project and show a frame", opened, most=0.5),
        Result(GROUP, "the slowest of all edits", edited, "ms", most=20),
        Result(GROUP, "memory while exporting", (memory,), "MB", most=900),
        *(Result(GROUP, f"export of {minutes} minutes, light", (each["seconds"],)) for minutes, each in light.items()),
        Result(GROUP, "cost of a minute: of 20 beside of 5", (per_minute[20] / per_minute[5],), "x", most=1.15),
    ]


def timeline(minutes: int = 10) -> Timeline:
    """The same every time."""
    dice = random.Random(7)
    film = footage.film("lying-20", 20, (1920, 1080), seed=11, sound=True)
    source = Source("s", str(film), "video", width=1920, height=1080, duration=Fraction(20), rate=RATE, sound=True)
    items: list[Item] = []
    words: list[Item] = []
    for n in range(minutes * 60 // SECONDS):
        looks = (Effect(f"e{n}", dice.choice(LOOKS)),) if n % 5 == 0 else ()
        if n and n % 3 == 0:
            items.append(Transition(f"x{n}", "crossfade", Fraction(1, 2), Fraction(1, 2)))
        items.append(Clip(f"c{n}", Fraction(SECONDS), source="s", start=Fraction(dice.randint(30, 480), 30),
                          effects=looks))
        if n % 10 == 0:
            words += [Clip(f"t{n}", Fraction(SECONDS), "title", title=Title(f"Part {n}")), Gap(Fraction(9 * SECONDS))]
    tracks = (Track("main", "main", tuple(items)), Track("words", "titles", tuple(words[:-1])))
    return Timeline("long", 1920, 1080, rate=RATE, tracks=tracks, sources={"s": source}, loudness=None)


def opening() -> float:
    """Seconds from a project's file to its timeline and its first frame at 540p."""
    from studio.media.video.compositor import Compositor
    from studio.services.videos import files

    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        path = Path(folder) / "long.json"
        files.write(path, timeline())
        began = time.perf_counter()
        found = files.read(path)
        compositor = Compositor(lambda source: Path(source.path))
        compositor.frame(found, Fraction(0), (960, 540))
        spent = time.perf_counter() - began
        compositor.close()
    return spent


def editing(seed: int) -> list[float]:
    """Seconds of each kind of edit at random clips, the timeline's own bookkeeping included."""
    line, dice, spent = timeline(), random.Random(seed), []
    for edit in edits():
        for _ in range(5):
            clip = f"c{dice.randrange(1, CLIPS - 1)}"
            began = time.perf_counter()
            changed = edit(line, clip)
            _used = changed.duration, changed.find(clip)
            spent.append(time.perf_counter() - began)
    return spent


def edits() -> list[Callable[[Timeline, str], Timeline]]:
    """One of each kind."""
    from studio.core.edits import arrange, looks, place, trim

    frame = 1 / RATE

    def begin(line: Timeline, clip: str) -> Fraction:
        found = line.find(clip)
        assert found is not None
        return found[1].begin

    return [
        lambda line, clip: place.split(line, clip, begin(line, clip) + 1),
        lambda line, clip: place.remove(line, [clip]),
        lambda line, clip: place.lift(line, [clip]),
        lambda line, clip: place.insert(line, "main", Clip("new", Fraction(2), source="s"), begin(line, clip)),
        lambda line, clip: place.overwrite(line, "main", Clip("new", Fraction(2), source="s"), begin(line, clip)),
        lambda line, clip: trim.trim(line, clip, "end", -frame),
        lambda line, clip: trim.roll(line, clip, "end", -frame),
        lambda line, clip: trim.slip(line, clip, frame),
        lambda line, clip: trim.set_speed(line, clip, Fraction(2)),
        lambda line, clip: looks.add_effect(line, [clip], "blur"),
        lambda line, clip: looks.set_fields(line, [clip], fit="contain"),
        arrange.detach,
        lambda line, clip: arrange.mark(line, begin(line, clip), "here"),
    ]


def exported(minutes: int, kind: str) -> dict[str, Any]:
    """Seconds and megabytes of an export in a process of its own."""
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        command = python("-m", "benchmarks.longline", str(minutes), kind, Path(folder) / "out.mp4")
        said = subprocess.run([str(each) for each in command], check=True, capture_output=True, text=True, cwd=ROOT)
    found: dict[str, Any] = json.loads(said.stdout)
    return found


def run(minutes: int, kind: str, target: Path) -> dict[str, float]:
    """Exports here. Of the full size only the first minute."""
    import resource

    from studio.core.errors import Cancelled
    from studio.core.task import Task
    from studio.core.words import N
    from studio.media.export.exporting import export as made

    task: Task[object] = Task(N("", ""), "render", time.monotonic)
    if kind == "full":
        task.changed.connect(lambda each: each.cancel() if (each.fraction or 0) * minutes > 1 and not each.cancelled
                             else None)
    began = time.perf_counter()
    try:
        made(timeline(minutes), lambda source: Path(source.path), FULL if kind == "full" else LIGHT, target, task)
    except Cancelled:
        pass
    unit = 1e6 if sys.platform == "darwin" else 1e3  # kilobytes on Linux, bytes on a Mac
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    return {"seconds": time.perf_counter() - began, "megabytes": most}


if __name__ == "__main__":
    print(json.dumps(run(int(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))))
