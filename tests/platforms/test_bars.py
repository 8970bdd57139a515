"""The row of buttons below a post."""

from __future__ import annotations

import pytest

from studio.core.card import Font, Rule
from studio.platforms.bars import put_buttons
from studio.platforms.boxes import Sheet
from tests.platforms.fakes import Ruler

FONT = Font(10, 14)
RULE = Rule("bar", 40, "px", "a test", "recalled", "2026-11-30")
BUTTONS = [("like", "heart", "Like"), ("comment", "message-circle", "Comment"), ("share", "share-2", "Share")]


def put(width: float) -> Sheet:
    sheet = Sheet(Ruler(), 100.0)
    put_buttons(sheet, BUTTONS, 12, width, 40, 16, 6, FONT, token="action", rules=(RULE, RULE))
    return sheet


def test_each_stands_in_the_middle_of_its_part() -> None:
    sheet = put(300)
    for number, (icon, word) in enumerate(zip(sheet.boxes[::2], sheet.boxes[1::2], strict=True)):
        assert (icon.x + word.x + word.w) / 2 == pytest.approx(12 + (number + 0.5) * 100)
        assert word.x - icon.x - icon.w == 6 and icon.y + 8 == word.y + 7 == 120
    assert sheet.y == 140
    assert [box.name for box in sheet.boxes[:2]] == ["action:like", "label:like"]


@pytest.mark.parametrize("width", [60, 100, 150])
def test_a_word_is_cut_where_there_is_no_room(width: float) -> None:
    boxes = put(width).boxes
    assert boxes[3].text.endswith("…") and boxes[2].text == "Comment"
    assert all(word.x + word.w <= 12 + (number + 1) * max(width / 3, 23) + 1e-6
               for number, word in enumerate(boxes[1::2]))
