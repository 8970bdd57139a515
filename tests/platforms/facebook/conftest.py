from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.platforms.facebook.desk import Clock, Desk
from tests.servers.facebook import Facebook


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(clock: Clock) -> Iterator[Facebook]:
    with Facebook(clock) as running:
        yield running


@pytest.fixture
def desk(server: Facebook, clock: Clock, tmp_path: Path) -> Desk:
    return Desk(server, clock, tmp_path)
