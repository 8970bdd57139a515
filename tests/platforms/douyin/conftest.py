from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.platforms.douyin.desk import Clock, Desk
from tests.servers.douyin import Douyin


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(clock: Clock) -> Iterator[Douyin]:
    with Douyin(clock) as running:
        yield running


@pytest.fixture
def desk(server: Douyin, clock: Clock, tmp_path: Path) -> Desk:
    return Desk(server, clock, tmp_path)
