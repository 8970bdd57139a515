import pytest

from studio import platforms
from studio.services.desk import Desk
from studio.store.owner import Owners
from studio.store.workspace import Workspace
from tests.services.fakes import Clock, FakePlatform, FakeVault


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


def open_desk(folder, vault, owners=None, clock=None):
    """clock: a `fakes.Clock` that the engine goes by; None: the computer's, but nobody sleeps."""
    workspace = Workspace.open(folder)
    times = {"now": clock.now, "sleep": clock.sleep} if clock else {"sleep": lambda seconds: None}
    return Desk(workspace, vault, owners or Owners(workspace.cache / "owners"), lambda base: None, **times)


@pytest.fixture
def clock(fake):
    """The engine and the platform go by this one; ask for it before `desk`."""
    made = Clock()
    fake.server.now = made.now
    return made


@pytest.fixture
def desk(tmp_path, fake, vault, request):
    made = open_desk(
        tmp_path / "w", vault, clock=request.getfixturevalue("clock") if "clock" in request.fixturenames else None)
    yield made
    made.close()


@pytest.fixture
def account(desk):
    return desk.accounts.add("fake", {"user": "mill", "password": "right"})
