"""The real services in a process of their own, told what to do by arguments: to be killed, and to be measured.

    python -m tests.platforms.wechat.sender WORKSPACE setup URL APP_ID SECRET FILE ...
    python -m tests.platforms.wechat.sender WORKSPACE publish POST ACCOUNT [WARM-UP POST]
    python -m tests.platforms.wechat.sender WORKSPACE resume

Each prints one line of JSON. The first file is the picture of a short article, by which everything is loaded before
memory is measured; the others are those of the long one.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from studio.core.delivery import Delivery
from studio.services.desk import Desk
from studio.store.owner import Owners
from studio.store.workspace import Workspace

PARAGRAPH = "旧书店的一下午，二楼的窗，慢慢走。"


class FileVault:
    """A keychain in a file, so that the next process knows the account still. Replaced whole."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def _kept(self) -> dict[str, dict[str, str]]:
        return dict(json.loads(self._path.read_text())) if self._path.exists() else {}

    def _keep(self, kept: dict[str, dict[str, str]]) -> None:
        part = self._path.with_suffix(".part")
        part.write_text(json.dumps(kept))
        part.replace(self._path)

    def read(self, id: str) -> dict[str, str]:
        return self._kept().get(id, {})

    def write(self, id: str, secrets: dict[str, str]) -> None:
        self._keep({**self._kept(), id: dict(secrets)})

    def delete(self, id: str) -> None:
        self._keep({name: each for name, each in self._kept().items() if name != id})

    def check(self) -> tuple[()]:
        return ()


def memory(name: str) -> int:
    """Bytes that this process holds ("VmRSS") or held at most ("VmHWM") by the kernel's account.

    Not ru_maxrss: that one begins with what the process that started this one held.
    """
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024
    raise LookupError(name)


def forget_peak() -> None:
    """From here on the peak is counted anew."""
    Path("/proc/self/clear_refs").write_text("5")


def opened(folder: Path) -> Desk:
    """Pauses are short: the server at the other end is on this machine."""
    workspace = Workspace.open(folder)
    return Desk(
        workspace, FileVault(folder / "vault.json"), Owners(workspace.cache / "owners"),  # type: ignore[arg-type]
        sleep=lambda seconds: time.sleep(min(seconds, 0.05)),
    )  # fmt: skip


def setup(desk: Desk, url: str, app_id: str, secret: str, *files: str) -> dict[str, Any]:
    """The account and both articles."""
    account = desk.accounts.add("wechat", {"app_id": app_id, "app_secret": secret}, api_base=url)
    media = [desk.library.add([Path(file)])[0].asset for file in files]
    used = [asset.as_media() for asset in media if asset is not None]
    assert len(used) == len(files)
    text = "\n\n".join(f"{PARAGRAPH}\n\n![]({each.name})" for each in used[1:])
    warm = desk.posts.create(title="短文", text=PARAGRAPH, media=tuple(used[:1]))
    long = desk.posts.create(title="长文", text=text, media=tuple(used[1:]))
    return {"account": account.id, "warm": warm.id, "long": long.id}


def publish(desk: Desk, post: str, account: str, warm: str = "") -> dict[str, Any]:
    """With a short one before it, memory: bytes at the peak of the long one, beyond what was held before it."""
    measured = {}
    if warm:
        desk.publishing.publish(warm, account, hurry=True)
        forget_peak()
        measured["before"] = memory("VmRSS")
    start = time.perf_counter()
    done = desk.publishing.publish(post, account, hurry=True)
    if warm:
        measured["memory"] = memory("VmHWM") - measured["before"]
    return {**measured, "seconds": time.perf_counter() - start, **_told(done)}


def resume(desk: Desk) -> dict[str, Any]:
    """What another process left behind."""
    for _ in range(200):
        desk.publishing.recover()
        desk.publishing.run_due()
        found = desk.publishing.list()[0]
        if found.state.value not in ("due", "preparing", "staging", "committing", "processing"):
            break
        time.sleep(0.05)
    return _told(found)


def _told(delivery: Delivery) -> dict[str, Any]:
    whole = delivery.proof is not None and delivery.proof.whole
    return {"state": delivery.state.value, "url": delivery.url, "whole": whole, "error": repr(delivery.error)}


def main(folder: str, what: str, *given: str) -> None:
    desk = opened(Path(folder))
    try:
        print(json.dumps({"setup": setup, "publish": publish, "resume": resume}[what](desk, *given)))  # type: ignore[operator]
    finally:
        desk.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
