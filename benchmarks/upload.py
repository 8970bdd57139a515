"""A clip of 2 GB to a loopback server that throws it away: speed, added memory, and what a cut costs.

Beside it, httpx streams the same file in one request. Each upload runs in a process of its own.
"""

from __future__ import annotations

import hashlib
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import loopback, workspace
from benchmarks.measure import ROOT, Result, python

GROUP = "upload of a 2 GB clip to loopback"
SIZE = 2 << 30
MB = 1 << 20
PLAIN = "httpx, one request"


def measure(runs: int = 3) -> list[Result]:
    """At most 64 MB of added memory, and at most one piece sent twice after a cut, were promised."""
    path = clip()
    plain = [once("plain", path) for _ in range(runs)]
    whole = [once("pieces", path) for _ in range(runs)]
    broken = [once("pieces", path, cut=1234 * MB + 567) for _ in range(runs)]
    return [
        Result(GROUP, PLAIN, tuple(run["seconds"] for run in plain)),
        Result(GROUP, "in pieces", tuple(run["seconds"] for run in whole), against=PLAIN),
        Result(GROUP, "of which reading its hash before", tuple(run["hashing"] for run in whole)),
        Result(GROUP, "added memory", tuple(run["memory"] for run in whole), "MB", most=64),
        Result(GROUP, "added memory, with a cut", tuple(run["memory"] for run in broken), "MB", most=64),
        Result(GROUP, "sent twice after a cut", tuple(run["twice"] for run in broken), "MB", most=run_piece(broken)),
    ]


def run_piece(runs: list[dict[str, float]]) -> float:
    """One piece, in MB."""
    return runs[0]["piece"]


def clip() -> Path:
    """A sparse file of 2 GB, with its hash beside it; made once."""
    path = workspace.FOLDER / "clip.mp4"
    if not path.exists() or path.stat().st_size != SIZE:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.truncate(SIZE)
        with path.open("rb") as file:
            path.with_suffix(".sha256").write_text(hashlib.file_digest(file, "sha256").hexdigest())
    return path


def once(how: str, path: Path, cut: int = 0) -> dict[str, float]:
    """One upload; seconds, MB of memory it added, MB that went out twice."""
    with loopback.running("sink", cut) as url:
        command = [str(part) for part in python("-m", "benchmarks.upload", how, url, path)]
        printed = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    found: dict[str, float] = json.loads(printed)
    if found["arrived"] != SIZE:
        raise RuntimeError(f"{found['arrived']} bytes arrived")
    return found


# -- in the process that uploads ---------------------------------------------------------------------------------


def peak() -> int:
    """The most memory this process ever had, in bytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def plain(url: str, path: Path) -> dict[str, float]:
    """The yardstick."""
    import httpx

    def pieces() -> Iterator[bytes]:
        with path.open("rb") as file:
            while piece := file.read(1 << 18):
                yield piece

    with httpx.Client(timeout=600) as client:
        client.get(url)
        before, start = peak(), time.perf_counter()
        client.put(url, content=pieces(), headers={"Content-Length": str(SIZE)}).raise_for_status()
        spent = time.perf_counter() - start
        arrived = client.get(url).json()["taken"]
    return {"seconds": spent, "memory": (peak() - before) / MB, "arrived": arrived}


def pieces(url: str, path: Path) -> dict[str, float]:
    """As a publisher does it."""
    from studio.platforms import chunks
    from studio.platforms.base import Held, Upload
    from studio.platforms.transport import Transport
    from studio.platforms.tus import Tus

    digest = path.with_suffix(".sha256").read_text()
    upload = Upload(path, "video/mp4", SIZE, digest, 0, 0, "", path.name, "video")
    moments: list[float] = []
    went = before_that = 0

    def tell(gone: int, whole: int) -> None:
        """Adds up what went out; a step back is where something goes out again."""
        nonlocal went, before_that
        if gone and not moments:
            moments.append(time.perf_counter())
        went += max(0, gone - before_that)
        before_that = gone

    with Transport(url) as transport:
        transport.request("GET", url)
        before, start = peak(), time.perf_counter()
        chunks.send(upload, Tus(transport, url + "/files", upload), Held({}, lambda data: None), progress=tell)
        spent = time.perf_counter() - start
        server: dict[str, Any] = transport.request("GET", url).data()
    return {
        "seconds": spent, "hashing": moments[0] - start, "memory": (peak() - before) / MB, "arrived": server["offset"],
        "twice": (went - SIZE) / MB, "piece": chunks.PIECE / MB,
    }


if __name__ == "__main__":
    print(json.dumps({"plain": plain, "pieces": pieces}[sys.argv[1]](sys.argv[2], Path(sys.argv[3]))))
