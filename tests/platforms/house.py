"""What the tests of several platforms stand on: a clock for us and a server, a desk that is opened before one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from studio.platforms.transport import Transport
from studio.services.desk import Desk
from studio.store.owner import Owners
from studio.store.workspace import Workspace
from tests.services.fakes import Clock as Ticking
from tests.services.fakes import FakeVault

START = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


class Clock:
    """Ours and the server's; `ours` is how far ahead ours is."""

    def __init__(self) -> None:
        self.at, self.ours = START, timedelta()

    def __call__(self) -> datetime:
        return self.at

    def mine(self) -> datetime:
        return self.at + self.ours

    def on(self, **by: float) -> None:
        self.at += timedelta(**by)


def opened(folder: Path, vault: FakeVault, clock: Ticking) -> Desk:
    """The workspace in `folder`, with a real network and a clock that passes only when somebody sleeps."""
    workspace = Workspace.open(folder / "w")
    return Desk(
        workspace, vault, Owners(workspace.cache / "owners"),  # type: ignore[arg-type]
        lambda base: Transport(base, attempts=2), now=clock.now, sleep=clock.sleep,
    )  # fmt: skip
