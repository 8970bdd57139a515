"""Stages for the outbox: the practice account, or a platform in memory that breaks on demand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from studio import platforms
from studio.core.delivery import State, Step
from studio.ui.outbox.pane import OutboxPane
from tests.services.conftest import open_desk
from tests.services.fakes import FakePlatform, FakeVault
from tests.ui.desks import Stage


@pytest.fixture
def stage(qapp, tmp_path) -> Iterator[Stage]:
    made = Stage(tmp_path / "workspace")
    made.desk.settings.set("zone", "Asia/Shanghai")
    yield made
    made.close()


@pytest.fixture
def fake(monkeypatch) -> FakePlatform:
    """The only platform there is, with an address to look at."""
    declared = FakePlatform()
    declared.home = "https://fake.example/mine"
    monkeypatch.setattr(platforms, "names", lambda: ("fake",))
    monkeypatch.setattr(platforms, "get", lambda name: {"fake": declared}[name])
    monkeypatch.setattr(platforms, "every", lambda: {"fake": declared})
    return declared


@pytest.fixture
def broken(qapp, tmp_path, fake) -> Iterator[Stage]:
    """A stage on that platform, with one account."""
    made = Stage(tmp_path / "workspace", desk=open_desk(tmp_path / "workspace", FakeVault()))
    made.desk.settings.set("zone", "Asia/Shanghai")
    made.desk.accounts.add("fake", {"user": "mill", "password": "right"})
    yield made
    made.close()


def opened(stage, width=1280, height=800):
    """The pane in a window, with everything read. `pane.urls`: the addresses that were opened."""
    pane = OutboxPane(stage.theme, stage.desk, stage.bridge, stage.toaster)
    pane.urls = []
    pane.acting.open_url = pane.urls.append
    stage.show(pane, width, height)
    stage.settle()
    return pane


def groups(pane):
    """Titles by group, as the list has them."""
    found = {}
    for line in pane.list.rows.lines:
        if line.row is not None:
            found.setdefault(line.group, []).append(line.row.title)
    return found


def sent(stage, title="Old paper", **faults):
    """Published for real; the platform breaks as `faults` say."""
    platforms.get("fake").server.faults = faults
    return stage.desk.publishing.publish(stage.post(title, "Rain outside.").id, stage.practice)


def unconfirmed(stage, title="Old paper"):
    """Sent once, the answer lost, looked for until a person is asked."""
    delivery = sent(stage, title, commit=["drop_before"])
    for _ in range(12):
        if delivery.state is State.UNCONFIRMED and delivery.wake is None:
            break
        delivery = stage.desk.publishing.look(delivery.id)
    if delivery.wake is not None:
        delivery = stage.desk.workspace.deliveries.change(delivery.id, State.UNCONFIRMED, wake=None)
    assert delivery is not None and delivery.state is State.UNCONFIRMED
    return delivery


def laid(stage, title, state, hours=-1.0, **more):
    """A delivery as it may lie in a workspace."""
    return stage.stored(stage.post(title), datetime.now(UTC) + timedelta(hours=hours), state, **more)


def wrote(stage, delivery, step, phase="done", **data):
    """A line of its journal."""
    stage.desk.workspace.journal.append(Step(delivery.id, step, phase, datetime.now(UTC), data, "1@here"))
