from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.platforms.weibo.desk import Clock, Desk
from tests.servers.faultproxy import FaultProxy
from tests.servers.weibo import Weibo


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(clock: Clock) -> Iterator[Weibo]:
    with Weibo(clock) as running:
        yield running


@pytest.fixture
def desk(server: Weibo, clock: Clock, tmp_path: Path) -> Desk:
    return Desk(server, clock, tmp_path)


@pytest.fixture
def proxy(server: Weibo) -> Iterator[FaultProxy]:
    with FaultProxy(server.url) as standing:
        yield standing
