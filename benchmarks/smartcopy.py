"""A ten-minute film of 1080p is cut (beginning, end, and a hole in the middle) and exported: by keeping its packets,
and by encoding it anew. Both have the same sound to write, and both are commands of their own.

`python -m benchmarks.smartcopy kept|encoded TARGET` runs one of them.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from fractions import Fraction
from pathlib import Path

from benchmarks import footage
from benchmarks.measure import Result, python, seconds
from benchmarks.workspace import FOLDER
from studio.core.timeline import Clip, Source, Timeline, Track

GROUP = "cuts-only export of ten minutes of 1080p"
MINUTES, RATE, SIZE = 10, 30, (1920, 1080)
CUTS = ((Fraction(101, 30), Fraction(8311, 30)), (Fraction(8707, 30), Fraction(17777, 30)))  # seconds of the film


def measure(runs: int = 3) -> list[Result]:
    """At least 20 times faster by keeping packets, and frame-exact at both ends of each piece."""
    film()
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        kept, encoded = Path(folder) / "kept.mp4", Path(folder) / "encoded.mp4"
        quick = tuple(seconds(python("-m", "benchmarks.smartcopy", "kept", kept)) for _ in range(runs))
        slow = (seconds(python("-m", "benchmarks.smartcopy", "encoded", encoded)),)  # minutes: once is enough
        off = misplaced(kept)
    return [
        Result(GROUP, "encoded anew", slow),
        Result(GROUP, "packets kept", quick, against="encoded anew", most=1 / 20, notes={"frames": frames()}),
        Result(GROUP, "frames at the cuts that are not the right ones", (float(off),), "", most=0),
    ]


def film() -> Path:
    """Twenty seconds of footage, thirty times: packets of a real encoder."""
    path = FOLDER / "footage" / f"long-{MINUTES}.mp4"
    if not path.exists():
        short = footage.film("lying-20", 20, SIZE, seed=11, sound=True)
        tone = f"anoisesrc=c=pink:r=48000:a=0.1:d={MINUTES * 60}:s=3"
        part = path.with_suffix(".part.mp4")
        subprocess.run([footage.ffmpeg(), "-y", "-v", "error", "-stream_loop", str(MINUTES * 3 - 1), "-i", str(short),
                        "-f", "lavfi", "-i", tone, "-map", "0:v", "-map", "1:a", "-c:v", "copy", "-c:a", "aac",
                        "-movflags", "+faststart", str(part)], check=True, stdin=subprocess.DEVNULL)
        part.replace(path)
    return path


def timeline() -> Timeline:
    """The film without its first seconds, its last, and some in the middle."""
    source = Source("s", str(film()), "video", width=SIZE[0], height=SIZE[1], duration=Fraction(MINUTES * 60),
                    rate=Fraction(RATE), sound=True)
    clips = tuple(Clip(f"c{n}", end - begin, source="s", start=begin) for n, (begin, end) in enumerate(CUTS))
    return Timeline("cuts", *SIZE, rate=Fraction(RATE), tracks=(Track("main", "main", clips),),
                    sources={"s": source}, loudness=None)


def frames() -> int:
    return timeline().frames


def export(kind: str, target: Path) -> None:
    """One way or the other."""
    import time
    from dataclasses import replace

    from studio.core.export import USUAL
    from studio.core.task import Task
    from studio.core.words import N
    from studio.media.export.exporting import export as made

    preset = replace(USUAL, smart=kind == "kept", hardware=False)
    task: Task[object] = Task(N("", ""), "render", time.monotonic)
    found = made(timeline(), lambda source: Path(source.path), preset, target, task)
    if (found.copied > 0) != (kind == "kept"):
        raise RuntimeError(f"{found.copied} packets were kept")


def misplaced(path: Path) -> int:
    """How many of the frames around each cut are not the source's own of that number."""
    import numpy as np

    from studio.media.video.reader import Reader

    source, made, off, at = Reader(film()), Reader(path), 0, Fraction(0)
    for begin, end in CUTS:
        for local in (0, 1, 2, 3, (end - begin) * RATE - 3, (end - begin) * RATE - 2, (end - begin) * RATE - 1):
            shown = made.frame(at + Fraction(local) / RATE).to_ndarray(format="gray").astype(np.int16)
            near = [source.frame(begin + Fraction(local + d) / RATE).to_ndarray(format="gray") for d in (-1, 0, 1)]
            off += int(np.argmin([np.abs(shown - each).mean() for each in near]) != 1)
        at += end - begin
    source.close()
    made.close()
    return off


if __name__ == "__main__":
    export(sys.argv[1], Path(sys.argv[2]))
