"""Connections are shared by all accounts, kept between sends, and closed with the desk."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from studio.services.connections import Connections
from studio.services.desk import Desk
from studio.store.owner import Owners
from studio.store.workspace import Workspace
from tests.platforms.test_transport import serving
from tests.services.fakes import FakeVault


@pytest.fixture
def port():
    """A server whose answer is the port that the client came from."""
    with serving(lambda handler: handler.reply(200, b"%d" % handler.client_address[1])) as served:
        yield served


def test_one_send_after_the_other_uses_the_same_connection(port):
    connections = Connections()
    found = []
    for _ in range(3):
        with connections(port.url) as transport:
            found.append(transport.request("GET", "https://api.example/x").json())
    connections.close()
    assert len(set(found)) == 1


def test_side_by_side_they_do_not_wait_for_each_other(port):
    connections = Connections()

    def ask(number):
        with connections(port.url) as transport:
            return transport.request("POST", f"https://api.example/{number}", json={}).json()

    with ThreadPoolExecutor(8) as pool:
        assert len(list(pool.map(ask, range(80)))) == 80
    connections.close()
    assert len(port.seen) == 80


def test_they_can_be_used_again_after_closing(port):
    connections = Connections()
    for _ in range(2):
        assert connections(port.url).request("GET", "https://api.example/x").ok
        connections.close()


def test_the_desk_closes_them(tmp_path, port, monkeypatch):
    closed = []
    monkeypatch.setattr(Connections, "close", lambda self: closed.append(self))
    workspace = Workspace.open(tmp_path / "w")
    Desk(workspace, FakeVault(), Owners(workspace.cache / "owners")).close()
    assert len(closed) == 1
