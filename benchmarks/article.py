"""A WeChat article of 60 photos of 8 MB each to a contract server on loopback: added memory, uploads side by side, and
what a kill costs.

The real services send it, in a process of their own. Killed while four uploads hang in the middle, another process goes
on; the server counts every picture it takes by its hash.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import workspace
from benchmarks.measure import ROOT, Result, python
from tests.servers.wechat import WeChat

GROUP = "a WeChat article of 60 photos of 8 MB"
PHOTOS = 60
LEAST = 8_000_000  # bytes of each
HANDS = 4
MB = 1 << 20


def measure(runs: int = 1) -> list[Result]:
    """At most 100 MB of added memory, four uploads at a time, and no picture twice after a kill, were promised."""
    files = photos()
    whole = [once(files) for _ in range(runs)]
    killed = [once(files, kill=PHOTOS // 2) for _ in range(runs)]
    return [
        Result(GROUP, "whole way", tuple(run["seconds"] for run in whole)),
        Result(GROUP, "added memory", tuple(run["memory"] / MB for run in whole), "MB", most=100),
        Result(GROUP, "uploads at a time", tuple(run["busiest"] for run in whole), "", most=HANDS),
        Result(GROUP, "sent twice after a kill", tuple(run["twice"] for run in killed), "", most=0),
    ]


def photos() -> list[Path]:
    """Different JPEG files of 12 megapixels and more than 8 MB, and a small one before them; made once."""
    folder = workspace.FOLDER / "article"
    if not (folder / "whole").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        from PIL import Image

        Image.new("RGB", (1200, 900), "teal").save(folder / "small.jpg")
        for number in range(PHOTOS):
            (folder / f"IMG_{number:02}.jpg").write_bytes(photo(number))
        (folder / "whole").touch()
    return [folder / "small.jpg", *sorted(folder.glob("IMG_*.jpg"))]


def photo(seed: int) -> bytes:
    """Large shapes under so much grain that the file gets as large as a good camera's."""
    import io

    import numpy
    from PIL import Image

    chance = numpy.random.default_rng(seed)
    coarse = chance.integers(0, 255, (12, 16, 3), dtype=numpy.uint8)
    picture = numpy.asarray(Image.fromarray(coarse).resize((4000, 3000), Image.Resampling.BICUBIC), dtype=numpy.int16)
    grain = chance.integers(-16, 17, (3000, 4000, 1), dtype=numpy.int16)
    out = io.BytesIO()
    mixed = numpy.clip(picture + grain, 0, 255).astype(numpy.uint8)
    Image.fromarray(mixed).save(out, "JPEG", quality=97, subsampling="4:4:4")
    if len(out.getvalue()) < LEAST:
        raise RuntimeError(f"a photo has {len(out.getvalue())} bytes only")
    return out.getvalue()


def once(files: list[Path], kill: int | None = None) -> dict[str, Any]:
    """One article. kill: after so many stored pictures, while the next four are under way."""
    with WeChat() as server, tempfile.TemporaryDirectory(dir=workspace.FOLDER) as folder:
        server.state.polls = 0
        made = sender(folder, "setup", server.url, server.state.app_id, server.state.secret, *map(str, files))
        server.gather = HANDS
        if kill is None:
            found = sender(folder, "publish", made["long"], made["account"], made["warm"])
        else:
            found = interrupted(server, folder, made, kill)
        if found["state"] != "published" or not found["whole"]:
            raise RuntimeError(f"it was not published: {found}")
        inside = [digest for place, digest in server.state.places if place == "article"]
        if len(set(inside)) < PHOTOS:
            raise RuntimeError(f"{len(set(inside))} pictures arrived")
        return {**found, "busiest": server.busiest, "twice": len(server.twice())}


def interrupted(server: WeChat, folder: str, made: dict[str, str], kill: int) -> dict[str, Any]:
    """Killed without a warning when all its hands are in the middle of an upload, then taken up by another process."""
    server.holding = kill
    with subprocess.Popen(command(folder, "publish", made["long"], made["account"]), cwd=ROOT) as victim:
        while server.held < HANDS and victim.poll() is None:
            time.sleep(0.02)
        victim.kill()
    if server.held < HANDS:
        raise RuntimeError("it ended before it could be killed")
    server.holding = None
    server.release.set()
    return sender(folder, "resume")


def command(folder: str, *given: str) -> list[str]:
    return [str(part) for part in python("-m", "tests.platforms.wechat.sender", f"{folder}/workspace", *given)]


def sender(folder: str, *given: str) -> dict[str, Any]:
    """What it printed."""
    printed = subprocess.run(command(folder, *given), cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    found: dict[str, Any] = json.loads(printed)
    return found
