"""What lies in the bin, and where."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from studio.core.asset import Asset, Probe
from studio.core.edits.arrange import empty
from studio.core.edits.place import append, with_source
from studio.core.effects import EFFECTS
from studio.core.timeline import Clip, Source, Timeline
from studio.core.title_styles import STYLES
from studio.core.transitions import TRANSITIONS
from studio.ui.video.bin.layout import plan
from studio.ui.video.bin.things import TABS, Shelf, Thing, found_in, shelves
from studio.ui.video.carried import Carried, pack, unpack

FILM = Asset("f" * 64, "rye.mov", 10, Probe("video", "video/mp4", ".mp4", 64, 36, duration=Fraction(8)))
SONG = Asset("a" * 64, "walk.wav", 10, Probe("audio", "audio/wav", ".wav", duration=Fraction(60)))


def timeline() -> Timeline:
    made = with_source(empty("t"), Source("s", "", "video", "green.mov", media="e" * 64, duration=Fraction(3)))
    main = made.role("main")
    assert main is not None
    for id in "ab":
        made = append(made, main.id, Clip(id, Fraction(1), source="s"))
    return made


def names(shelf: Shelf) -> list[str]:
    return [thing.title for thing in shelf.things]


def test_media_is_that_of_the_video_and_then_the_librarys(theme) -> None:
    found = shelves("media", timeline(), [FILM, SONG, replace(FILM, id="e" * 64, name="green.mov")], "en")
    assert [names(shelf) for shelf in found] == [["green.mov"], ["rye.mov", "walk.wav"]]
    used = found[0].things[0]
    assert used.used == 2 and used.carried == Carried("source", "s", "3", False, "green.mov")
    assert found[1].things[0].carried.kind == "asset" and found[1].things[1].carried.sound


def test_audio_is_only_sound(theme) -> None:
    assert [names(shelf) for shelf in shelves("audio", timeline(), [FILM, SONG], "en")] == [["walk.wav"]]


def test_every_style_effect_and_transition_is_there_in_every_language(theme) -> None:
    for tab, all_of in (("text", STYLES), ("effects", EFFECTS), ("transitions", TRANSITIONS)):
        for language in ("en", "zh_CN", "zh_TW"):
            found = [thing for shelf in shelves(tab, timeline(), [], language) for thing in shelf.things]  # type: ignore[arg-type]
            assert {thing.carried.id for thing in found} == set(all_of)


def test_search_finds_by_name(theme) -> None:
    found = found_in(shelves("media", timeline(), [FILM, SONG], "en"), "WALK")
    assert [names(shelf) for shelf in found] == [["walk.wav"]]
    assert found_in(shelves("media", timeline(), [FILM], "en"), "nothing") == []


@given(st.integers(100, 2000), st.floats(1, 2), st.sampled_from(TABS))
def test_nothing_lies_over_anything_else(width: int, scale: float, tab: str) -> None:
    laid = plan(shelves(tab, timeline(), [FILM, SONG], "en"), width, scale)  # type: ignore[arg-type]
    for n, one in enumerate(laid.cells):
        assert one.w > 0 and one.x + one.w <= width
        assert laid.at(one.x + one.w / 2, one.y + one.h / 2) == n
    assert all(cell.y + cell.h <= laid.height for cell in laid.cells)


def test_arrows_lead_through_all_of_it() -> None:
    things = tuple(Thing(Carried("effect", str(n)), str(n), "card") for n in range(7))
    laid = plan([Shelf("One", things[:4]), Shelf("Two", things[4:])], 460)
    assert laid.beside(-1, 1, 0) == 0 and laid.beside(0, -1, 0) == 0
    at = 0
    for _ in range(6):
        at = laid.beside(at, 1, 0)
    assert at == 6 and laid.beside(6, 1, 0) == 6
    assert laid.beside(0, 0, 1) == 3 and laid.beside(3, 0, 1) == 4 and laid.beside(4, 0, -1) == 3
    assert plan([], 400).beside(0, 1, 0) == -1


def test_what_is_carried_arrives() -> None:
    things = [Carried("source", "s", "7/2", True, "Walk"), Carried("effect", "invert")]
    assert unpack(pack(things)) == things
    from PySide6.QtCore import QMimeData

    foreign = QMimeData()
    foreign.setData("application/x-yigao-video", b"[{\"kind\": 1, \"what\": 2}]")
    assert unpack(foreign) == [] and unpack(QMimeData()) == []
