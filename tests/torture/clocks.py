"""A day in a second: the clocks that the studio sees in a run, and who moves them."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest


@dataclass
class Clocks:
    """seconds: true time since the run began, also asleep. awake: without sleep. set_by: how wrong the wall clock."""

    epoch: datetime
    seconds: float = 0.0
    awake: float = 0.0
    set_by: float = 0.0

    def wall(self) -> datetime:
        """What the computer takes for the time."""
        return self.epoch + timedelta(seconds=self.seconds + self.set_by)

    def steady(self) -> float:
        return self.seconds

    def waking(self) -> float:
        return self.awake

    def sleep(self, seconds: float) -> None:
        """Time passes."""
        self.seconds += seconds
        self.awake += seconds

    def lid(self, seconds: float) -> None:
        """The computer sleeps."""
        self.seconds += seconds


class _Any(type):
    """Every datetime is one of these."""

    def __instancecheck__(cls, thing: object) -> bool:
        return isinstance(thing, datetime)


@contextmanager
def everywhere(wall: Callable[[], datetime]) -> Iterator[None]:
    """`datetime.now` of every module of the studio is `wall`, and names of new things come by number."""

    class Moved(datetime, metaclass=_Any):
        @classmethod
        def now(cls, tz=None):
            return wall().astimezone(tz)

    names = itertools.count(1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("studio.core.ids.os", SimpleNamespace(urandom=lambda size: next(names).to_bytes(size, "little")))
        patch.setattr("studio.core.ids.time", SimpleNamespace(time_ns=lambda: int(wall().timestamp() * 1e9)))
        for name, module in list(sys.modules.items()):
            if name.startswith("studio.") and getattr(module, "datetime", None) is datetime:
                patch.setattr(module, "datetime", Moved)
        yield
