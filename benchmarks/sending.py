"""1,000 due deliveries to a loopback server, beside a bare httpx loop with the same requests and as many threads.

Each sends POST and GET per post over connections it keeps as it likes; the loop keeps one per thread. Measured with a
server that answers at once (then only our own work is seen) and with one that takes 80 ms, as a near one does.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import loopback, workspace
from benchmarks.measure import ROOT, Result, python

if TYPE_CHECKING:
    from studio.services.desk import Desk

POSTS = 1_000
ACCOUNTS = 8  # the engine sends for so many at once
MB = 1 << 20
DELAYS = ((0.0, "answers at once"), (0.08, "takes 80 ms"))
BARE = "httpx loop"


def measure(runs: int = 3) -> list[Result]:
    """At most 1.3 times the bare loop, and flat memory, were promised."""
    return [result for delay, name in DELAYS for result in against(delay, name, runs)]


def against(delay: float, name: str, runs: int) -> list[Result]:
    """One kind of server."""
    group = f"sending 1,000 due posts, server {name}"
    pairs = [(once("bare", delay), once("engine", delay)) for _ in range(runs)]
    bare, engine = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    return [
        Result(group, BARE, tuple(run["seconds"] for run in bare)),
        Result(group, "engine", tuple(run["seconds"] for run in engine), against=BARE, most=1.3 if delay else None),
        Result(group, "engine, CPU", tuple(run["cpu"] for run in engine)),
        Result(group, "engine, memory after 500 posts", tuple(run["half"] for run in engine), "MB"),
        Result(group, "engine, memory added by 500 more", tuple(run["added"] for run in engine), "MB", most=8),
    ]


def once(how: str, delay: float) -> dict[str, float]:
    """One run in a process of its own, with a server of its own."""
    with loopback.running("posts", delay) as url:
        command = [str(part) for part in python("-m", "benchmarks.sending", how, url)]
        printed = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
        import httpx

        count = httpx.get(f"{url}/count").json()
    if count != POSTS:
        raise RuntimeError(f"{count} posts were made")
    found: dict[str, float] = json.loads(printed)
    return found


# -- in the process that sends -----------------------------------------------------------------------------------


def text(number: int) -> str:
    """What post `number` says."""
    return f"{number} " + "周末去海边骑车，晚霞很好 coffee harbour morning market rain bicycle " * 3


def bare(url: str) -> dict[str, float]:
    """The yardstick: a thread per account, each with its own connection."""
    import httpx

    def loop(lane: int) -> None:
        with httpx.Client(base_url=url, headers={"Authorization": "Bearer sesame"}) as client:
            for number in range(lane, POSTS, ACCOUNTS):
                made = client.post("/posts", json={"text": text(number)}).json()
                if client.get(made["id"]).json()["text"] != text(number):
                    raise RuntimeError("another text came back")

    start = time.perf_counter()
    with ThreadPoolExecutor(ACCOUNTS) as pool:
        list(pool.map(loop, range(ACCOUNTS)))
    return {"seconds": time.perf_counter() - start}


class Vault:
    """A keychain in memory: the system's own is not what is measured."""

    def read(self, id: str) -> dict[str, str]:
        return {"token": "sesame"}

    def write(self, id: str, secrets: dict[str, str]) -> None:
        raise NotImplementedError

    def delete(self, id: str) -> None:
        raise NotImplementedError

    def check(self) -> tuple[()]:
        return ()


def engine(url: str) -> dict[str, float]:
    """As the worker does it: what is due is taken up, sent, read back, and kept."""
    from benchmarks.post_platform import register
    from studio.core.delivery import State

    register()
    with tempfile.TemporaryDirectory(dir=workspace.FOLDER) as folder:
        desk = opened(Path(folder))
        fill(desk, url, POSTS // 2, 0)
        clock, spent = time.process_time(), 0.0
        spent += run(desk)
        half = memory()
        clock -= time.process_time()
        fill(desk, url, POSTS // 2, POSTS // 2)
        clock += time.process_time()
        spent += run(desk)
        after, cpu = memory(), time.process_time() - clock
        published = desk.publishing.list(states=[State.PUBLISHED])
        desk.close()
    if len(published) != POSTS or not all(each.proof and each.proof.whole for each in published):
        raise RuntimeError(f"{len(published)} of {POSTS} were published")
    return {"seconds": spent, "cpu": cpu, "half": half / MB, "added": (after - half) / MB}


def opened(folder: Path) -> Desk:
    """A workspace on disk, with that keychain."""
    from studio.services.desk import Desk
    from studio.store.owner import Owners
    from studio.store.workspace import Workspace

    made = Workspace.open(folder / "workspace")
    return Desk(made, Vault(), Owners(made.cache / "owners"))  # type: ignore[arg-type]


def fill(desk: Desk, url: str, count: int, start: int) -> None:
    """Posts that are due, dealt out to the accounts."""
    from studio.core.delivery import Delivery, State
    from studio.core.post import Account

    for number in range(ACCOUNTS):
        desk.workspace.accounts.save(Account(f"account{number}", "posts", "api", f"{number}", f"@{number}", url))
    for number in range(start, start + count):
        post = desk.posts.create(text=text(number))
        account = f"account{number % ACCOUNTS}"
        desk.workspace.deliveries.add(
            Delivery(post=post.id, account=account, platform="posts", state=State.DUE, at=datetime.now(UTC)))


def run(desk: Desk) -> float:
    """Seconds until everything that is due is published."""
    start = time.perf_counter()
    desk.publishing.run_due()
    return time.perf_counter() - start


def memory() -> int:
    """Bytes of this process in memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    workspace.FOLDER.mkdir(parents=True, exist_ok=True)
    print(json.dumps({"bare": bare, "engine": engine}[sys.argv[1]](sys.argv[2])))
