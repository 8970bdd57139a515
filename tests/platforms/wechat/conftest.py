from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.platforms.wechat.desk import Clock, Desk
from tests.servers.faultproxy import FaultProxy
from tests.servers.wechat import WeChat


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(clock: Clock) -> Iterator[WeChat]:
    with WeChat(clock) as running:
        yield running


@pytest.fixture
def desk(server: WeChat, clock: Clock, tmp_path: Path) -> Desk:
    return Desk(server, clock, tmp_path)


@pytest.fixture
def proxy(server: WeChat) -> Iterator[FaultProxy]:
    with FaultProxy(server.url) as standing:
        yield standing
