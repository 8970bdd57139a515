from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.platforms.mastodon.desk import Clock, Desk
from tests.servers.faultproxy import FaultProxy
from tests.servers.mastodon import Mastodon


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(clock: Clock) -> Iterator[Mastodon]:
    with Mastodon(clock) as running:
        yield running


@pytest.fixture
def desk(server: Mastodon, clock: Clock, tmp_path: Path) -> Desk:
    return Desk(server, clock, tmp_path)


@pytest.fixture
def proxy(server: Mastodon) -> Iterator[FaultProxy]:
    with FaultProxy(server.url) as standing:
        yield standing
