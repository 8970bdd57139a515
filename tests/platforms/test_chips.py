"""An icon and words in place of an address, and where the icon stands."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.card import Font, Run
from studio.platforms.boxes import Cut, Sheet
from studio.platforms.chips import ICON, Span, chip, face, put_icons, runs, shown, whole
from tests.platforms.fakes import Ruler
from tests.platforms.layouts import TEXTS

MARKS = re.compile(r"(?P<topic>#[^#\n]+#)|(?P<mention>@\w+)")
FONT = Font(10, 16)


def test_an_address_becomes_a_chip_and_marks_are_spans() -> None:
    text, spans = shown("看 https://a.cn/b，#周末# @mei", chip("网页", 9), MARKS, {"topic": lambda found: found[1:-1]})
    assert text == f"看 {ICON}网页，周末 @mei"
    assert spans == (Span(2, 5, "link"), Span(6, 8, "topic"), Span(9, 13, "mention"))
    assert runs(spans[:1], "blue", {"link": "link-2"}) == [Run(2, 3, "clear"), Run(3, 5, "blue")]
    assert runs(spans[1:], "blue", ("link",)) == [Run(6, 8, "blue"), Run(9, 13, "blue")]


def test_a_face_has_room_and_its_own_colour() -> None:
    faces = re.compile(r"(?P<face>\[doge\])|(?P<topic>#\w+)")
    text, spans = shown("好[doge] [other] https://a.cn/#x #y", None, faces, {"face": face})
    assert text == f"好{ICON} [other] https://a.cn/#x #y"
    assert [(s.start, s.kind) for s in spans] == [(1, "face"), (27, "topic")]
    assert runs(spans, "blue", ("face",)) == [Run(1, 2, "clear"), Run(27, 29, "blue")]
    sheet, cut = Sheet(Ruler()), Cut(text, Ruler().lines(text, FONT, 900))
    put_icons(sheet, cut, FONT, spans, {"face": "smile"}, (0, 0), 900)
    assert [(b.name, b.icon, b.token, b.x) for b in sheet.boxes] == [("face.icon:1", "smile", "face", 10.0)]


def test_a_title_is_cut() -> None:
    assert chip("abc", 3) == f"{ICON}abc" and chip("abcd", 3) == f"{ICON}abc…"


def test_what_is_never_cut() -> None:
    assert whole("看 https://a.cn #a b#x", MARKS) == [(2, 14), (15, 20)]
    assert whole("", MARKS) == []


@given(TEXTS, st.sampled_from(["x", "网页链接"]))
def test_spans_lie_in_order_in_the_text(text: str, title: str) -> None:
    drawn, spans = shown(text, chip(title, 27), MARKS)
    ends = [0, *(edge for span in spans for edge in (span.start, span.end)), len(drawn)]
    assert ends == sorted(ends) and all(span.start < span.end for span in spans)
    assert all(drawn[s.start : s.end] == chip(title, 27) for s in spans if s.kind == "link")


def test_an_icon_stands_in_its_room() -> None:
    ruler, sheet = Ruler(), Sheet(Ruler(), 7.0)
    text, spans = shown("周周周周 https://a.cn @mei https://a.cn", chip("链", 9), MARKS)
    cut = Cut(text, ruler.lines(text, FONT, 70))
    put_icons(sheet, cut, FONT, spans, {"link": "link-2"}, (5, 20), 300, part=0.8)
    first, second = sheet.boxes
    assert (first.name, second.name, first.icon, sheet.y) == ("link.icon:1", "link.icon:2", "link-2", 7.0)
    assert first.x == pytest.approx(50) and first.y == pytest.approx(24) and first.w == 8
    assert second.y == pytest.approx(40) and second.x < first.x


def test_it_never_leaves_the_card() -> None:
    sheet, text = Sheet(Ruler()), f"{'x' * 30}{ICON}a"
    cut = Cut(text, Ruler().lines(text, FONT, 1000))
    put_icons(sheet, cut, FONT, [Span(30, 32, "link"), Span(99, 100, "link")], {"link": "link-2"}, (0, 0), 60)
    (icon,) = sheet.boxes
    assert icon.x == 50
