"""A Draft pane on a real workspace, in a real window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.core.post import Account, Post
from studio.ui.draft.pane import DraftPane
from studio.ui.resources import prepare
from tests.ui.desks import Stage

SKY = "sky"


@pytest.fixture
def stage(qapp: QApplication, tmp_path: Path) -> Iterator[Stage]:
    prepare()
    made = Stage(tmp_path / "w")
    yield made
    made.close()


@pytest.fixture
def pane(stage: Stage) -> Iterator[DraftPane]:
    """Shown, with nothing read yet; `enter` reads the list."""
    made = DraftPane(stage.theme, stage.desk, stage.bridge, stage.toaster)
    stage.show(made, 1440, 900)
    yield made
    made.close_down()
    stage.settle()


@pytest.fixture
def enter(stage: Stage, pane: DraftPane) -> Callable[..., DraftPane]:
    def enter(*posts: Post) -> DraftPane:
        pane.shown()
        stage.settle()
        wait_ready(pane)
        stage.settle()
        return pane

    return enter


def wait_ready(pane: DraftPane) -> None:
    """Until the first post, or the first-run page, stands beside the list."""
    for _ in range(3000):
        if pane.ready:
            return
        QTest.qWait(10)
    raise AssertionError("the desk was never laid out beside the list")


def sky(stage: Stage) -> Account:
    """A Bluesky account as it lies in a workspace, found fit just now; nobody signs in."""
    account = Account(SKY, "bluesky", name="Mill Street", handle="millstreet.example.com")
    stage.desk.workspace.accounts.save(account)
    stage.desk.workspace.accounts.set_health(SKY, datetime.now(UTC), ())
    return account


def picture(path: Path, colour: str = "#cc8844", width: int = 320, height: int = 240) -> Path:
    """A photo on disk."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    assert image.save(str(path))
    return path
