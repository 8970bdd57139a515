"""Killed in the middle of an article's pictures, another process goes on; and what it takes of memory.

The long form, 60 photos of 8 MB, is in the benchmarks: `python -m benchmarks article`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.servers.wechat import WeChat

ROOT = Path(__file__).parents[3]
PICTURES, KEPT, HANDS = 12, 5, 4


def command(folder: Path, *given: str) -> list[str]:
    return [sys.executable, "-m", "tests.platforms.wechat.sender", str(folder), *given]


def sender(folder: Path, *given: str) -> dict[str, Any]:
    """What it printed."""
    done = subprocess.run(command(folder, *given), cwd=ROOT, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def pictures(folder: Path, number: int, size: tuple[int, int]) -> list[str]:
    """Different ones, so coarse that they are made in no time."""
    import numpy
    from PIL import Image

    made = []
    for seed in range(number):
        grain = numpy.random.default_rng(seed).integers(0, 255, (9, 12, 3), dtype=numpy.uint8)
        path = folder / f"{seed:02}.jpg"
        Image.fromarray(grain).resize(size).save(path, quality=90)
        made.append(str(path))
    return made


def made(server: WeChat, folder: Path, files: list[str]) -> dict[str, Any]:
    server.state.polls = 0
    return sender(folder, "setup", server.url, server.state.app_id, server.state.secret, *files)


def test_after_a_kill_no_picture_that_was_taken_goes_up_again(tmp_path: Path) -> None:
    with WeChat() as server:
        work = tmp_path / "w"
        posts = made(server, work, pictures(tmp_path, PICTURES + 1, (1000, 750)))
        server.holding = KEPT
        with subprocess.Popen(command(work, "publish", posts["long"], posts["account"]), cwd=ROOT) as victim:
            while server.held < HANDS and victim.poll() is None:
                time.sleep(0.02)
            victim.kill()  # all hands are in the middle of an upload
        assert server.held == HANDS and len(server.state.stored) == KEPT and server.state.published == {}
        server.holding = None
        server.release.set()
        found = sender(work, "resume")
        assert found["state"] == "published" and found["whole"], found
        inside = [digest for place, digest in server.state.places if place == "article"]
        assert len(inside) == len(set(inside)) == PICTURES and server.twice() == []
        assert server.asked("/cgi-bin/freepublish/submit") == 1 and len(server.state.published) == 1


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="only Linux counts a peak anew")
def test_many_pictures_take_no_more_memory_than_a_few(tmp_path: Path) -> None:
    """A picture of 12 megapixels opened whole has 36 MB."""
    with WeChat() as server:
        work = tmp_path / "w"
        posts = made(server, work, pictures(tmp_path, PICTURES // 2 + 1, (4000, 3000)))
        server.gather = HANDS
        found = sender(work, "publish", posts["long"], posts["account"], posts["warm"])
        assert found["state"] == "published" and found["memory"] < 100 << 20, found
        assert server.busiest == HANDS
