"""A reel, its paper, and a panel in a window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest

from studio.ui.actions import Bound
from studio.ui.theme import Theme
from studio.ui.video.timeline.panel import TimelinePanel
from tests.ui.video.timeline.films import Paper, drawn, reel


@pytest.fixture
def paper() -> Paper:
    return Paper(reel())


@pytest.fixture
def panel(theme: Theme, paper: Paper) -> Iterator[TimelinePanel]:
    made = TimelinePanel(theme, paper, drawn())
    keys = Bound(made, made.commands())  # in the studio the window does this
    made.resize(1216, 420)
    made.show()
    QTest.qWait(1)
    made.view.setFocus()
    yield made
    keys.release()
    made.close_session()
    made.hide()
    made.deleteLater()
