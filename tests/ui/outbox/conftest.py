"""A stage with a workspace in Shanghai's time, and deliveries in any state."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from studio.ui.outbox.pane import OutboxPane
from tests.ui.desks import Stage


@pytest.fixture
def stage(qapp, tmp_path) -> Iterator[Stage]:
    made = Stage(tmp_path / "workspace")
    made.desk.settings.set("zone", "Asia/Shanghai")
    yield made
    made.close()


def opened(stage: Stage, width: int = 1280, height: int = 800) -> OutboxPane:
    """The pane in a window, with everything read."""
    pane = OutboxPane(stage.theme, stage.desk, stage.bridge, stage.toaster)
    stage.show(pane, width, height)
    stage.settle()
    return pane
