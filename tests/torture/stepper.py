"""Processes that are killed -9 in front of, or right behind, one named line of a delivery's journal.

python -m tests.torture.stepper    reads one order after the other, as JSON lines, and answers how each ended

Each order is carried out by a process of its own, forked from this warm one where the system can fork. What
survives is the workspace on disk and the platform, which is a server in another process.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from studio import platforms
from studio.core.ids import new_id
from studio.core.slot import Late
from studio.platforms.transport import Transport
from studio.services.desk import Desk
from studio.store import deliveries, journal
from studio.store.database import Database
from studio.store.owner import Owners
from studio.store.workspace import Workspace
from tests.services.fakes import FakeVault
from tests.torture.rough import RoughPlatform
from tests.torture.site import EPOCH, Site, Traits


class Names(Site):
    """What the victim knows of the site: which kind it is, and names that no other life of it gives."""

    def fresh(self) -> str:
        return new_id()


def platform(traits: dict) -> RoughPlatform:
    return RoughPlatform(Names(lambda: 0.0, EPOCH, Traits(**traits)))


def kill() -> None:
    """As the system kills: nothing more of this process runs."""
    if hasattr(signal, "SIGKILL"):
        os.kill(os.getpid(), signal.SIGKILL)
    os._exit(9)


class Watched:
    """Every journal line on its way to disk. `at`: which is the deadly one, from 0; `when`: "before" or "after"."""

    def __init__(self, at: int, when: str) -> None:
        self.at, self.when, self.lines = at, when, []

    def write_step(self, connection, step) -> int:
        if (len(self.lines), "before") == (self.at, self.when):
            kill()
        self.lines.append(f"{step.step} {step.phase}")
        return self._write_step(connection, step)

    def begin(self):
        self._write_step, write = journal.write_step, Database.write
        journal.write_step = deliveries.write_step = self.write_step
        watched = self

        @contextmanager
        def counted(database, **how):
            with write(database, **how) as connection:
                yield connection
            if watched.when == "after" and len(watched.lines) > watched.at:
                kill()

        Database.write = counted


def open_desk(folder, traits, secrets):
    """The workspace, with the rough platform as the only one."""
    declared = platform(traits)
    platforms.names, platforms.get = lambda: ("rough",), lambda name: declared
    platforms.every = lambda: {"rough": declared}
    workspace, vault = Workspace.open(folder), FakeVault()
    vault.kept.update(secrets)
    desk = Desk(workspace, vault, Owners(workspace.cache / "owners"), Transport)
    desk.publishing._sleep = lambda seconds: None
    return desk


def carry_out(order: dict) -> list[str]:
    """Does what is ordered; gives the lines it wrote, when it lives to tell."""
    watched = Watched(order["at"], order["when"])
    desk = open_desk(Path(order["folder"]), order["traits"], order["secrets"])
    post, account = order["post"], order["account"]
    watched.begin()
    for deed in order["deeds"]:
        {
            "publish": lambda: desk.publishing.publish(post, account),
            "resend": lambda: desk.publishing.resend(desk.publishing.list()[0].id),
            "cancel": lambda: desk.publishing.cancel(desk.publishing.list()[0].id),
            "ahead": lambda: desk.calendar.schedule(
                post, account, datetime.now(UTC) + timedelta(hours=2), "UTC", Late("ask", 0), ahead=True),
            "later": lambda: desk.calendar.move(desk.publishing.list()[0].id, datetime.now(UTC) + timedelta(hours=3)),
            "look": lambda: desk.publishing.run_due(),
        }[deed]()
    desk.close()
    return watched.lines


def forked(order: dict) -> int:
    """Its exit status, negative when a signal ended it."""
    child = os.fork()
    if not child:
        try:
            Path(order["told"]).write_text(json.dumps(carry_out(order)))
            os._exit(0)
        except BaseException:
            sys.excepthook(*sys.exc_info())
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def spawned(order: dict) -> int:
    """The same, where the system cannot fork."""
    return subprocess.run([sys.executable, "-m", "tests.torture.stepper", json.dumps(order)], check=False).returncode


def warm_up() -> None:
    """What every send loads and prepares once in its process."""
    import filelock  # noqa: F401
    import PIL.Image  # noqa: F401
    import stamina  # noqa: F401

    import studio.services.sending  # noqa: F401
    from studio.platforms.wire import trusted

    trusted()


def main() -> None:
    if len(sys.argv) > 1:
        order = json.loads(sys.argv[1])
        Path(order["told"]).write_text(json.dumps(carry_out(order)))
        return
    warm_up()
    for line in sys.stdin:
        print((forked if hasattr(os, "fork") else spawned)(json.loads(line)), flush=True)


if __name__ == "__main__":
    main()
