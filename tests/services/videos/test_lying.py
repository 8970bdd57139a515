"""Where things lie on the canvas, and what a platform covers of the words."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from studio.core.curve import Curve
from studio.core.edits.arrange import empty
from studio.core.edits.place import put, with_source
from studio.core.timeline import Clip, Source, Timeline, Transform
from studio.core.title import TextStyle, Title
from studio.platforms import get
from studio.services.videos.covering import covered, lifted
from studio.services.videos.lying import fitted, lies

HALF = Fraction(1, 2)


def caption(place: str = "lower", text: str = "Warm bread", **move: Curve) -> Timeline:
    title = Title(text, TextStyle(place=place, size=80))  # type: ignore[arg-type]
    timeline = empty("t")
    track = timeline.role("captions")
    assert track is not None
    clip = Clip("c", Fraction(2), "title", title=title, transform=Transform(**move))
    return put(timeline, track.id, clip, Fraction(0))


def test_fits() -> None:
    canvas = (1080, 1920)
    assert fitted("cover", (1920, 1080), canvas) == pytest.approx((3413.33, 1920), abs=0.01)
    assert fitted("contain", (1920, 1080), canvas) == fitted("blur", (1920, 1080), canvas) == (1080, 607.5)
    assert fitted("fill", (1920, 1080), canvas) == canvas == fitted("cover", (0, 0), canvas)


def test_a_picture_lies_as_its_transform_says_at_that_moment() -> None:
    timeline = with_source(empty("t"), Source("s", "a.mov", "video", width=1920, height=1080))
    x = Curve().with_key(Fraction(0), 0.0).with_key(Fraction(2), 100.0)
    clip = Clip("c", Fraction(2), source="s", fit="contain", transform=Transform(x=x, scale=Curve(2.0)))
    box = lies(timeline, clip, Fraction(1))
    assert box is not None and (box.x, box.y, box.w, box.h) == (590, 960, 2160, 1215)
    turned = lies(timeline, replace(clip, transform=Transform(rotation=Curve(90.0))), Fraction(0))
    assert turned is not None and turned.bounds == pytest.approx((540 - 303.75, 960 - 540, 607.5, 1080))
    assert turned.holds(540, 1400) and not turned.holds(1000, 960)


def test_what_has_no_place() -> None:
    timeline = with_source(empty("t"), Source("s", "a.wav", "audio"))
    empty_title = Clip("c", HALF, "title", title=Title(" "))
    for clip in (Clip("a", HALF, "adjustment"), Clip("b", HALF, source="s"), empty_title):
        assert lies(timeline, clip, Fraction(0)) is None


def test_a_title_lies_where_its_words_are() -> None:
    timeline = caption("top")
    found = timeline.find("c")
    assert found is not None
    box = lies(timeline, found[1].clip, HALF)
    assert box is not None and box.y < 500 and 200 < box.w < 1000 and abs(box.x - 540) < 12


def test_a_caption_under_the_buttons_is_found_and_lifted_to_where_it_is_seen() -> None:
    zone = get("douyin").zones[0]
    timeline = caption("bottom", y=Curve(60.0))
    found = covered(timeline, zone)
    assert [(one.clip, one.captions, one.number) for one in found] == [("c", True, 1)] and (found[0].by or 0) < 0
    assert covered(lifted(timeline, found[0]), zone) == []
    assert covered(caption("center"), zone) == []


def test_what_is_too_wide_fits_nowhere_and_stays() -> None:
    zone = get("douyin").zones[0]
    timeline = caption("center", "A very long line of words indeed", scale=Curve(3.0))
    found = covered(timeline, zone)
    assert found[0].by is None and lifted(timeline, found[0]) is timeline


def test_a_wide_video_has_no_zone() -> None:
    assert covered(replace(caption("bottom"), width=1920, height=1080), get("douyin").zones[0]) == []
