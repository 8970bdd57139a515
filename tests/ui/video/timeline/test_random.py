"""Somebody who does not know what they are doing: random mouse and keys, and the document keeps its rules.

    YIGAO_SEEDS=200 pytest -q tests/ui/video/timeline/test_random.py      for longer
"""

from __future__ import annotations

import os
import random

import pytest
from PySide6.QtCore import QPoint, Qt

from studio.core.edits.rules import broken
from studio.ui.actions import perform
from studio.ui.video.timeline.hand import TOOLS
from studio.ui.video.timeline.panel import TimelinePanel
from tests.ui.video.timeline.films import Paper
from tests.ui.video.timeline.hands import Hands

MODS = [Qt.KeyboardModifier.NoModifier] * 4 + [
    Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier,
]  # fmt: skip
KEYS = [Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Escape,
        Qt.Key.Key_Home, Qt.Key.Key_End]  # fmt: skip
LEFT_OUT = {"timeline.rename", "timeline.tracks"}  # they open something, which takes the keys that follow


def act(luck: random.Random, panel: TimelinePanel, hands: Hands) -> str:
    """One thing somebody does."""
    view = panel.view

    def anywhere():
        return QPoint(luck.randrange(view.width()), luck.randrange(view.height()))

    what = luck.choice(["drag", "drag", "click", "key", "key", "command", "wheel", "tool", "zoom"])
    if what == "drag":
        start, mods = anywhere(), luck.choice(MODS)
        if view.plan().hit(start) is not None and view.plan().hit(start).kind != "add":  # type: ignore[union-attr]
            hands.drag(start, QPoint(luck.randrange(-300, 300), luck.randrange(-120, 120)), mods)
    elif what == "click":
        at = anywhere()
        if view.plan().hit(at) is None or view.plan().hit(at).kind != "add":  # type: ignore[union-attr]
            hands.click(at, luck.choice(MODS))
    elif what == "key":
        hands.key(luck.choice(KEYS), luck.choice(MODS))
    elif what == "command":
        action = luck.choice([action for action in panel.commands() if action.id not in LEFT_OUT])
        perform(action)
        return action.id
    elif what == "wheel":
        hands.wheel(luck.choice([-240, -120, 120, 240]), luck.choice(MODS), anywhere())
    elif what == "tool":
        panel.controller.use(luck.choice(TOOLS))
    else:
        view.set_zoom(luck.uniform(0.5, 400))
    return what


@pytest.mark.parametrize("seed", range(int(os.environ.get("YIGAO_SEEDS", "3"))))
def test_whatever_is_done_breaks_no_rule_and_can_be_undone(panel: TimelinePanel, paper: Paper, seed: int) -> None:
    luck, hands, before = random.Random(seed), Hands(panel), paper.timeline
    for number in range(120):
        done = act(luck, panel, hands)
        assert broken(paper.timeline) == "", f"{number}: {done}"
        if number % 10 == 0:
            panel.view.grab()
    panel.view.give_up()
    while paper.history.undo_name is not None:
        panel.controller.undo()
    assert paper.timeline == before
