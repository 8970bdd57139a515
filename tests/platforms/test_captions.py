"""Captions: what is folded is flat, what is unfolded is whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studio.core.card import Font, Rule
from studio.platforms.boxes import Sheet
from studio.platforms.captions import fold_flat, person, sound
from studio.platforms.folding import Fold
from tests.platforms.fakes import Ruler
from tests.platforms.layouts import TEXTS

FONT = Font(10, 14)
RULE = Rule("sound", 12, "px", "a test", "recalled", "2026-11-30")


def fold(text: str, unfolded: bool = False, less: str = "less") -> Fold:
    return fold_flat(text, FONT, 100, 2, "more", less, Ruler(), unfolded=unfolded)


def test_a_short_one_keeps_its_line_breaks() -> None:
    assert fold("一\n二").cut.text == "一\n二" and fold("一\n二").label is None
    assert fold("一\n二", unfolded=True).cut.text == "一\n二"


def test_a_long_one_is_flat_and_ends_with_its_label() -> None:
    made = fold("一\n二\n" + "字" * 30)
    assert made.cut.text == "一 二 " + "字" * 14 + "… more" and made.label is not None
    assert made.cut.text[slice(*made.label)] == "more"


def test_one_that_only_its_line_breaks_make_long_shows_all_of_its_words() -> None:
    made = fold("一\n二\n三")
    assert (made.cut.text, made.cut.folded, made.label) == ("一 二 三", True, None)


def test_unfolded_it_is_whole() -> None:
    made = fold("一\n二\n三", unfolded=True)
    assert made.cut.text == "一\n二\n三 less" and not made.cut.folded and made.label == (6, 10)
    bare = fold("一\n二\n三", unfolded=True, less="")
    assert bare.cut.text == "一\n二\n三" and bare.label is None


@given(TEXTS, st.booleans())
def test_nothing_of_the_text_is_lost_or_made_up(text: str, unfolded: bool) -> None:
    made = fold(text, unfolded)
    kept = made.cut.text[: made.kept]
    assert "".join(text.split()).startswith("".join(kept.split()))
    assert not (unfolded and made.cut.folded)


def test_the_sound_stands_behind_its_note() -> None:
    sheet = Sheet(Ruler(), y=100)
    block = sound(10, 200, "original sound", FONT, 12, 4, 8, rules=(RULE, RULE))
    block.put(sheet)
    note, name = sheet.boxes
    assert (note.name, name.name, block.height) == ("music.icon", "music", 22)
    assert (note.x, note.y + 6, name.x, name.y + 7) == (10, 115, 26, 115)


def test_whose_it_is_and_the_button_to_follow_stay_within_their_room() -> None:
    rules = (RULE, RULE, RULE)
    for name, room in (("mei", 200.0), ("很长的名字" * 20, 200.0), ("mei", 70.0)):
        sheet = Sheet(Ruler(), 5.0)
        block = person(10, room, name, FONT, 32, 8, "Follow", 6, 1, token="text", below=4, rules=rules)
        block.put(sheet)
        face, named, ring, word = sheet.boxes
        assert (block.height, block.gap, face.y, named.y) == (32, 4, 5, 5 + (32 - 14) / 2)
        assert [b.name for b in sheet.boxes] == ["avatar", "name", "follow.ring", "follow"]
        assert ring.x + ring.w <= 10 + room + 1e-6 and word.x == ring.x + 6 and named.x == 50
        assert room < 100 or named.x + named.w + 8 <= ring.x + 1e-6
