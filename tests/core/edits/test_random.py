"""Ten thousand random edits: what is always true of a timeline stays true, and undo leads back to the start."""

from __future__ import annotations

import json

import pytest

from studio.core.edits.rules import broken
from studio.core.history import History
from studio.core.timeline_json import from_json, to_json
from studio.core.words import N
from tests.core.edits.lines import Editor, line, shot


@pytest.mark.parametrize("seed", range(20))
def test_five_hundred_random_edits(seed: int) -> None:
    start = line(*(shot(2) for _ in range(4)))
    editor, history = Editor(seed), History.of(start)
    steps = changed = 0
    while steps < 499:
        before = history.document
        after = editor.edit(before)
        steps += 1
        assert broken(after) == "", f"seed {seed}, step {steps}"
        changed += after is not before
        history = history.edit(N("video", "Edit"), after)
    assert changed > 100, "most edits were refused: the test would prove nothing"
    again = from_json(json.loads(json.dumps(to_json(history.document))))
    assert again == history.document
    last = history.document
    while history.undo_name is not None:
        history = history.undo()
    assert history.document == start
    while history.redo_name is not None:
        history = history.redo()
    assert history.document == last
