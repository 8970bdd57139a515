"""A phone's screen with a video on it: the stage, the rail, the words at the foot."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.card import Box
from studio.platforms import screens
from studio.platforms.boxes import Cut, Sheet
from studio.platforms.screens import Stage, fitted, stage_of
from tests.platforms.fakes import Ruler, media

PHONE, UPRIGHT = 812 / 375, 9 / 16


def sheet(text: float = 1.0) -> Sheet:
    return Sheet(Ruler(), text=text)


def box(where: Sheet, name: str) -> Box:
    return next(b for b in where.boxes if b.name == name)


def test_a_picture_that_is_seen_whole_stands_on_the_bar() -> None:
    stage = stage_of(375, PHONE, 83, UPRIGHT)
    assert (stage.height, stage.top, stage.bottom, stage.room) == (812, 0, 729, 729)
    assert stage.frame == pytest.approx((0, 729 - 375 * 16 / 9, 375, 375 * 16 / 9))
    assert stage.seen == (0, 0, 1, 1)


def test_a_picture_that_fills_loses_its_sides() -> None:
    stage = stage_of(375, PHONE, 72, UPRIGHT, fill=True)
    assert stage.frame[1] == 0 and stage.frame[3] == 740
    left, top, wide, high = stage.seen
    assert (left * 1080, (left + wide) * 1080) == pytest.approx((53.5, 1026.5), abs=1) and (top, high) == (0, 1)


def test_a_wide_window_has_black_beside_it() -> None:
    stage = stage_of(900, 0.5, 0, UPRIGHT)
    assert stage.frame == pytest.approx(((900 - 450 * UPRIGHT) / 2, 0, 450 * UPRIGHT, 450))


def test_it_grows_upwards() -> None:
    stage = stage_of(375, PHONE, 83, UPRIGHT, need=1000)
    assert (stage.height, stage.top, stage.bottom) == (1000, 188, 917)
    assert stage.frame[1] + stage.frame[3] == 917


def test_places_on_the_frame() -> None:
    stage = stage_of(375, PHONE, 83, UPRIGHT)
    assert stage.x(0.5) == 187.5 and stage.y(1) == 729
    cut = stage_of(375, PHONE, 0, UPRIGHT, fill=True)
    assert cut.x(0) == 0 and cut.x(1) == 375


@pytest.mark.parametrize(("size", "place"), [
    ((1080, 1920), (0, 62, 375, 667)), ((1920, 1080), (0, 290, 375, 211)), ((0, 0), (0, 62, 375, 667)),
    ((500, 2000), (104, 62, 167, 667)),
])
def test_whole(size: tuple[int, int], place: tuple[int, ...]) -> None:
    where, part = fitted(stage_of(375, PHONE, 83, UPRIGHT), media("a.mp4", *size), fill=False)
    assert where == pytest.approx(place, abs=0.9) and part == (0, 0, 1, 1)


def test_filling_is_for_upright_ones() -> None:
    stage = stage_of(375, PHONE, 83, UPRIGHT)
    where, part = fitted(stage, media("a", 1080, 1920), fill=True, upright=0.6)
    assert where == pytest.approx((0, 0, 375, 729)) and part[2] < 1 and part[3] == 1
    square, whole = fitted(stage, media("a", 1000, 1000), fill=True, upright=0.6)
    assert square == pytest.approx((0, 177, 375, 375)) and whole == (0, 0, 1, 1)


def test_what_stands_behind_a_picture() -> None:
    stage, drawn = stage_of(375, PHONE, 83, UPRIGHT), sheet()
    screens.put_media(drawn, stage, media("a", 1000, 1000), "image:1", blurred=True)
    assert [b.kind for b in drawn.boxes] == ["backdrop", "image"] and drawn.boxes[0].h == 729
    full = sheet()
    screens.put_media(full, stage_of(375, 16 / 9, 0, UPRIGHT), media("a", 375, 667, kind="video"), "video:1",
                      blurred=True)
    assert [b.kind for b in full.boxes if b.kind != "backdrop"] == ["video"]


def test_the_stage_says_which_part_of_the_frame_is_seen() -> None:
    stage, drawn = stage_of(375, PHONE, 0, UPRIGHT, fill=True), sheet()
    screens.put_stage(drawn, stage)
    shown = box(drawn, "stage")
    assert (shown.x, shown.y, shown.w, shown.h) == pytest.approx((0, 0, 375, 812)) and shown.crop == stage.seen


def rail(drawn: Sheet, labels: tuple[str, ...] = ("Like", "Share"), ups: tuple[float, ...] = (0, 0)) -> float:
    font = drawn.font(12, 16)
    items = [screens.face("M", 44, ring=2, badge=20)]
    items += [screens.button(says.lower(), "heart", says, 36, label=says, font=font, room=60, gap=14, up=up, space=2)
              for says, up in zip(labels, ups, strict=True)]
    items.append(screens.disc(40, gap=14))
    screens.put_rail(drawn, items, 340, 700)
    return screens.rail_height(items)


def test_the_rail_stands_on_its_floor() -> None:
    drawn = sheet()
    high = rail(drawn)
    at = {b.name: b for b in drawn.boxes}
    assert at["disc"].y + 40 == 700 and at["avatar"].y == 700 - high and at["follow"].y == at["avatar"].y + 34
    assert at["label:share"].y == at["action:share"].y + 38 and at["label:share"].y + 16 + 14 == at["disc"].y
    assert at["avatar.ring"].kind == "ring" and at["avatar.ring"].stroke == 2
    assert all(abs(b.x + b.w / 2 - 340) < 1e-6 for b in drawn.boxes)


def test_an_item_keeps_its_height_above_the_floor_unless_words_push_it_up() -> None:
    drawn = sheet()
    rail(drawn, ups=(300, 200))
    assert box(drawn, "action:like").y + 18 == 400 and box(drawn, "action:share").y + 18 == 500
    pushed = sheet(4.0)
    rail(pushed, ups=(101, 100))
    boxes = sorted((b for b in pushed.boxes if b.kind in ("icon", "text", "fill") and not b.name.startswith("follow")),
                   key=lambda b: b.y)
    assert all(a.y + a.h <= b.y + 1e-6 for a, b in pairwise(boxes))


def test_words_end_where_they_are_told_to() -> None:
    drawn = sheet()
    font = drawn.font(15, 20)
    text = "字" * 30
    cut = Cut(text, Ruler().lines(text, font, 150))
    blocks = [screens.line("name", 10, 150, "Mei", font, gap=6), screens.words("body", 10, 150, cut, font)]
    assert screens.put_stack(drawn, blocks, 700) == 700 - 20 - 6 - 60 == 700 - screens.stack_height(blocks)
    body = box(drawn, "body")
    assert body.y + body.h == 700 and box(drawn, "name").y == 614


@given(st.integers(1, 600), st.integers(0, 599), st.floats(60, 400), st.floats(0, 8))
def test_segments_fill_their_room(number: int, page: int, w: float, gap: float) -> None:
    drawn, page = sheet(), page % number
    screens.put_segments(drawn, number, page, 12, w, 2, gap)
    assert len(drawn.boxes) == number and [b.token for b in drawn.boxes].count("segment.on") == page + 1
    assert all(a.x + a.w <= b.x + 1e-6 for a, b in pairwise(drawn.boxes))
    assert drawn.boxes[-1].x + drawn.boxes[-1].w == pytest.approx(12 + w) and all(b.w > 0 for b in drawn.boxes)


@given(st.integers(1, 600), st.integers(0, 599))
def test_dots_are_those_around_the_page(number: int, page: int) -> None:
    drawn, page = sheet(), page % number
    screens.put_dots(drawn, number, page, 187, 6, 4, 9)
    assert len(drawn.boxes) == min(9, number)
    assert [b.name for b in drawn.boxes if b.token == "dot.on"] == [f"dot:{page + 1}"]


def test_small_parts() -> None:
    drawn, stage = sheet(), stage_of(375, PHONE, 83, UPRIGHT)
    screens.put_pill(drawn, "1/9", drawn.font(12, 20), 8, 363)
    assert box(drawn, "number").x + box(drawn, "number").w == 363
    screens.put_shade(drawn, stage, "shade.bottom", 300, "shade")
    screens.put_shade(drawn, stage, "shade.top", 100, "shade", top=True)
    assert (box(drawn, "shade.bottom").y, box(drawn, "shade.top").y) == (429, 0) and box(drawn, "shade.top").turned
    tabs, font = [("home", "play", "Home"), ("new", "plus", ""), ("me", "", "Me")], drawn.font(10, 14)
    assert screens.tabs_height(tabs, font, 24, 49, 34) == 83 and screens.tabs_height(tabs, font, 40, 49, 34) == 88
    screens.put_tabs(drawn, stage, tabs, font, 24, 34)
    assert box(drawn, "tab:new").x + 12 == 187.5 and box(drawn, "label:home").y == box(drawn, "tab:home").y + 24
    assert box(drawn, "label:me").y + 7 == 729 + 49 / 2
    screens.put_empty(drawn, stage, "A video goes here", drawn.font(15, 20), "muted")
    assert box(drawn, "no_media").y == (729 / 2 - 20) / 2
    low = sheet()
    screens.put_empty(low, stage, "A video goes here", low.font(15, 20), "muted", above=150)
    assert box(low, "no_media").y == 130


def test_a_stage_never_ends_above_its_beginning() -> None:
    stage = stage_of(160, 0.1, 200, UPRIGHT)
    assert isinstance(stage, Stage) and stage.room == 1
