import pytest

from studio import platforms
from studio.services.desk import Desk
from studio.store.owner import Owners
from studio.store.workspace import Workspace
from tests.services.fakes import FakePlatform, FakeVault


@pytest.fixture
def fake(monkeypatch):
    """The only platform there is, for this test."""
    declared = FakePlatform()
    monkeypatch.setattr(platforms, "names", lambda: ("fake",))
    monkeypatch.setattr(platforms, "get", lambda name: {"fake": declared}[name])
    monkeypatch.setattr(platforms, "every", lambda: {"fake": declared})
    return declared


@pytest.fixture
def vault():
    return FakeVault()


def open_desk(folder, vault, owners=None):
    workspace = Workspace.open(folder)
    desk = Desk(workspace, vault, owners or Owners(workspace.cache / "owners"), lambda base: None)
    desk.publishing._sleep = lambda seconds: None
    return desk


@pytest.fixture
def desk(tmp_path, fake, vault):
    made = open_desk(tmp_path / "w", vault)
    yield made
    made.close()


@pytest.fixture
def account(desk):
    return desk.accounts.add("fake", {"user": "mill", "password": "right"})
