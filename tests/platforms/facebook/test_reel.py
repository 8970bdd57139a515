from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.card import Box, Card, View
from studio.platforms.facebook.layout_reel import reel
from tests.platforms.fakes import Ruler, content, media
from tests.platforms.layouts import TEXTS, assert_sound, contrast, pictures

CLIP = media("a.mp4", 1080, 1920, kind="video")


def card(said: str = "hello", *, shown: Any = (CLIP,), width: float = 375, **view: Any) -> Card:
    return reel(content("facebook", said, pictures=shown), View("reel", width, **view), Ruler())


def one(of: Card, name: str) -> Box:
    return next(box for box in of.boxes if box.name == name)


@settings(max_examples=30, deadline=None)
@given(TEXTS, pictures(3), st.sampled_from([160.0, 375.0, 412.0, 900.0]), st.sampled_from([0.85, 1.0, 2.0]),
       st.booleans())
def test_any_reel_is_sound(text: str, shown: Any, width: float, size: float, unfolded: bool) -> None:
    assert_sound(card(text, shown=shown, width=width, text=size, unfolded=unfolded))


def test_a_whole_long_text_makes_the_screen_higher() -> None:
    high = card("a\n" * 100, unfolded=True)
    assert card("a\n" * 100).height == 812 and high.height > 1800
    assert_sound(high)
    assert_sound(card("a\n" * 100, shown=(), unfolded=True))


def test_without_a_file_it_says_so() -> None:
    made = card(shown=())
    assert one(made, "no_media").text == "No video yet" and "video:1" not in {b.name for b in made.boxes}


def test_of_several_files_the_video() -> None:
    made = card(shown=(media(), CLIP))
    assert one(made, "video:1").media == CLIP.media


def test_its_words_are_white_on_black() -> None:
    made = card("see #this")
    assert {b.token for b in made.boxes if b.kind == "text"} == {"on-stage"}
    assert {run.token for run in one(made, "body").runs} == {"on-stage"}
    assert contrast(made.tokens["on-stage"], made.tokens["stage"]) == 21
