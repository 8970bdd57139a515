"""A stage with a new workspace, and small films."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from studio.services.videos.sounding import Silence
from studio.ui.video.pane import VideoPane
from tests.media.make import clip
from tests.ui.desks import Stage


@pytest.fixture
def stage(qapp, tmp_path) -> Iterator[Stage]:
    made = Stage(tmp_path / "workspace")
    yield made
    made.close()


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """One second, 96 x 160, with a silent track of sound."""
    return clip(tmp_path / "rye.mp4", size=(96, 160))


@pytest.fixture
def pane(stage: Stage) -> Iterator[VideoPane]:
    """The Video pane in a window; no video is open."""
    made = VideoPane(stage.theme, stage.desk, stage.bridge, stage.toaster, Silence())
    stage.show(made, 1376, 852)
    yield made
    made.close_down()


def until(true: object, seconds: float = 10.0) -> None:
    """Waits in the event loop for something to become so."""
    assert callable(true)
    for _ in range(int(seconds * 200)):
        if true():
            return
        QTest.qWait(5)
    raise AssertionError("it never came")
