"""Scrubbing as a person does it: from asking the player for a moment to a picture ready for the screen, at 540p.

The film is 1080p H.264 with 60 pictures from key frame to key frame and grain, 10 Mbit/s, like a camera's. Each figure
is of one run: the 95th percentile of random moments, with the film's proxy and without, and of steps forward with the
key held down.
"""

from __future__ import annotations

import random
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

from benchmarks.measure import Result, percentile
from benchmarks.workspace import FOLDER

GROUP = "scrubbing 1080p with 60-frame GOPs, shown at 540p"
SECONDS, RATE, SIZE = 10, 30, (960, 540)
SEEKS, STEPS = 40, 60


def measure(runs: int = 5) -> list[Result]:
    """The issue's promises: 25 ms with a proxy, 250 ms without, 12 ms a step."""
    path = film()
    proxy = proxy_of(path)
    figures: dict[str, list[float]] = {"proxy": [], "film": [], "step": [], "step with proxy": []}
    for run in range(runs):
        for name, source in (("film", path), ("proxy", proxy)):
            with player(source) as seek:
                figures[name].append(percentile(jumps(seek, run), 0.95))
                figures["step" if source is path else "step with proxy"].append(steps(seek))
    return [
        Result(GROUP, "random seek with a proxy, p95", tuple(figures["proxy"]), "ms", most=25),
        Result(GROUP, "random seek without, p95", tuple(figures["film"]), "ms", most=250),
        Result(GROUP, "step forward without a proxy, p95", tuple(figures["step"]), "ms", most=12),
        Result(GROUP, "step forward with a proxy, p95", tuple(figures["step with proxy"]), "ms", most=12),
    ]


def jumps(seek: Any, seed: int) -> list[float]:
    """Milliseconds of each of some random seeks."""
    dice = random.Random(seed)
    return [seek(Fraction(dice.randrange(SECONDS * RATE), RATE)) for _ in range(SEEKS)]


def steps(seek: Any) -> float:
    """Milliseconds that 95 of 100 steps forward take at most, with the key held down (30 times a second)."""
    seek(Fraction(5))
    figures = []
    for n in range(1, STEPS):
        time.sleep(1 / RATE)
        figures.append(seek(5 + Fraction(n, RATE)))
    return percentile(figures, 0.95)


@contextmanager
def player(path: Path) -> Iterator[Any]:
    """A function that seeks in a film and gives how many ms its picture took."""
    from studio.core.timeline import Clip, Source, Timeline, Track
    from studio.media.sound.mixer import Mixer
    from studio.media.video.compositor import Compositor
    from studio.services.videos.player import Player

    clip = Clip("clip", Fraction(SECONDS), source="film")
    timeline = Timeline("scrub", 1920, 1080, tracks=(Track("main", "main", (clip,)),),
                        sources={"film": Source("film", str(path), "video")})
    made = Player(lambda: Compositor(lambda source: path), lambda: Mixer(lambda source: path), budget=0)
    arrived = threading.Event()
    made.arrived.connect(lambda picture: arrived.set())
    made.resize(SIZE)
    made.show(timeline)
    arrived.wait()

    def seek(t: Fraction) -> float:
        arrived.clear()
        start = time.perf_counter()
        made.seek(t)
        if not arrived.wait(10):
            raise RuntimeError(f"no picture came for {t}")
        return (time.perf_counter() - start) * 1000

    try:
        yield seek
    finally:
        made.close()


def film() -> Path:
    """Made once, by the bundled ffmpeg program."""
    import imageio_ffmpeg

    path = FOLDER / "scrub.mp4"
    if path.exists():
        return path
    FOLDER.mkdir(parents=True, exist_ok=True)
    graph = "[0][1]overlay=x='mod(t*200,1280)':y='mod(t*90,700)',noise=alls=5:allf=t"
    part = path.with_suffix(".part.mp4")
    subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-f", "lavfi", "-i", f"mandelbrot=s=1920x1080:r={RATE}",
         "-f", "lavfi", "-i", f"testsrc2=s=640x360:r={RATE}", "-filter_complex", graph, "-t", str(SECONDS),
         "-c:v", "libx264", "-preset", "veryfast", "-g", "60", "-keyint_min", "60", "-sc_threshold", "0",
         "-pix_fmt", "yuv420p", str(part)],
        check=True, stdin=subprocess.DEVNULL,
    )
    part.replace(path)
    return path


def proxy_of(path: Path) -> Path:
    """Its proxy, as the studio makes it."""
    from studio.core.task import Task
    from studio.core.words import N
    from studio.media.video.proxies import Proxies

    return Proxies(FOLDER / "proxies").make(path, Task(N("Benchmark", "Proxy"), "render", time.monotonic))
